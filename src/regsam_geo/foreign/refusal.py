"""Why a file is not read, before it is known as what it was to be read."""

from __future__ import annotations

from typing import Any

from regsam_geo.errors import InputError
from regsam_geo.text import problem


class RefusedFileError(Exception):
    """A reason to refuse a file; the room that wanted to read it makes it an error of its own kind.

    Parameters
    ----------
    code
        The phrase ``error.<code>``.
    **fields
        Its fields but ``file``, which the reader knows.
    """

    def __init__(self, code: str, **fields: Any) -> None:
        super().__init__(code)
        self.code = code
        self.fields = fields

    def as_error(self, kind: type[InputError], file: str) -> InputError:
        """Return the error for people: what was found, what was expected, what to do."""
        return problem(kind, self.code, file=file, **self.fields)
