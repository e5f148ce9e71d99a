"""Options that several verbs share: listed once in a ``TypedDict``, and each call held to that list."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.text.lookup import problem, say
from regsam_geo.text.phrases import did_you_mean

ELSEWHERE = {
    "cmap": "palette",
    "colormap": "palette",
    "color_map": "palette",
    "fill_color": "palette",
    "scheme": "classes",
    "classification": "classes",
    "breaks": "classes",
    "bins": "classes",
    "n_classes": "k",
    "column": "what",
    "columns": "what",
    "figsize": "theme",
    "dpi": "save_figure(dpi=)",
    "legend_name": "title",
}
"""What geopandas, folium and others call it, and how it is called here."""
_ARGUMENTS = ("what", "save_figure(dpi=)")
"""Those that are no option of the look, and mean something everywhere."""


def check_options(
    given: Mapping[str, Any], known: type, without: Collection[str] = (), *, about: str = "option"
) -> None:
    """Refuse the first option that a ``TypedDict`` does not list, or that means nothing to this verb.

    Python itself checks nothing that arrives as ``**options: Unpack[...]``: a misspelled name would be ignored.

    Parameters
    ----------
    given
        The options of a call.
    known
        The ``TypedDict`` that lists what there is.
    without
        Options that are listed and mean nothing here.
    about
        What the errors begin with: ``<about>_unknown`` and ``<about>_without``.

    Raises
    ------
    OptionError
        With what was probably meant.
    """
    listed = list(known.__annotations__)
    # With what means something here alone: a hint to an option that is refused next would lead in a circle.
    possible = [name for name in listed if name not in without]
    for name in given:
        if name not in possible:
            raise problem(
                OptionError,
                f"{about}_without" if name in listed else f"{about}_unknown",
                found=name,
                expected=", ".join(possible),
                hint=_hint(name, possible),
            )


def _hint(name: str, possible: Collection[str]) -> str:
    """Say how an option of another library is called here, or which option of ours was probably meant."""
    ours = ELSEWHERE.get(name.casefold(), "")
    # tables and protection have options of their own, which these words are not about
    if not ours or "theme" not in possible:
        return did_you_mean(name, possible)
    if ours not in _ARGUMENTS and ours not in possible:
        return ""
    return say("hint.elsewhere", found=name, ours=ours)


def check_choice(found: object, known: Iterable[str], code: str) -> None:
    """Refuse what is none of the known words, and say what was probably meant; ``code`` names the error.

    Raises
    ------
    OptionError
        With all that there is.
    """
    # listed, as an iterator would be empty when the message names all
    names = list(known)
    if found not in names:
        raise problem(
            OptionError, code, found=found, expected=", ".join(names), hint=did_you_mean(str(found), names)
        )
