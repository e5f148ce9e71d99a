"""Options that several verbs share: listed once in a ``TypedDict``, and each call held to that list."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.text.lookup import problem
from regsam_geo.text.phrases import did_you_mean


def check_options(given: Mapping[str, Any], known: type) -> None:
    """Refuse the first option that a ``TypedDict`` does not list.

    Python itself checks nothing that arrives as ``**options: Unpack[...]``: a misspelled name would be ignored.

    Parameters
    ----------
    given
        The options of a call.
    known
        The ``TypedDict`` that lists what there is.

    Raises
    ------
    OptionError
        With what was probably meant.
    """
    names = list(known.__annotations__)
    for name in given:
        if name not in names:
            raise problem(
                OptionError,
                "option_unknown",
                found=name,
                expected=", ".join(names),
                hint=did_you_mean(name, names),
            )
