"""Every exception that a caller may catch.

Messages are written in ``text/wording/``; an exception carries the finished sentence for people and, for
programs, a stable ``code`` and the ``fields`` that the sentence was made from.
"""

from __future__ import annotations

from typing import Any


class RegsamGeoError(Exception):
    """Base class of all errors that this library raises on purpose.

    Parameters
    ----------
    message
        The sentence that a person reads: what was found, what was expected, what to do.
    code
        Stable English name of the problem, such as ``"column_missing"``.
    **fields
        What the sentence was made from (file, row, column, found, expected ...).
    """

    def __init__(self, message: str, *, code: str = "", **fields: Any) -> None:
        super().__init__(message)
        self.code = code
        self.fields = fields


class InputError(RegsamGeoError, ValueError):
    """A file or table that cannot be read as what it should be."""


class AreaError(InputError):
    """An area id that is unknown, ambiguous or given twice."""


class BoundaryError(InputError):
    """A boundary layer that cannot be used: no CRS, no id, broken or overlapping polygons."""


class DivisionError(InputError):
    """A division that names an area twice, or one that nobody knows."""


class PanelError(InputError):
    """A panel whose rows contradict each other or the catalogue."""


class AggregationError(RegsamGeoError, ValueError):
    """An indicator that cannot be summed over areas."""


class OptionError(RegsamGeoError, ValueError):
    """An argument outside the values that a function takes."""


class OutputError(RegsamGeoError, OSError):
    """A file that cannot be put in its place: open elsewhere, in a closed folder, or with too long a path."""
