"""What phrases call the areas, the regions and the city: the shipped ones unless a study is about others."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple


class Terms(NamedTuple):
    """What a study is about, as far as phrases name it.

    Attributes
    ----------
    areas
        The level of the areas that regions are made of.
    regions
        What the regions are called; empty text for REGSAM's.
    elsewhere
        Whether the areas are none of Munich's.
    """

    areas: str = "district"
    regions: str = ""
    elsewhere: bool = False


_terms: ContextVar[Callable[[], Terms] | None] = ContextVar("terms", default=None)

# German words of one declension each: "Stadtbezirken" becomes "Bezirksteilen" and "Gebieten"
_AREAS: dict[str, dict[str, tuple[tuple[str, str], ...]]] = {
    "subdistrict": {"de": (("Stadtbezirk", "Bezirksteil"),), "en": (("district", "sub-district"),)},
    "quarter": {
        "de": (("Stadtbezirken", "Vierteln"), ("Stadtbezirke", "Viertel"), ("Stadtbezirk", "Viertel")),
        "en": (("district", "quarter"),),
    },
    "own": {
        "de": (("Stadtbezirk", "Gebiet"),),
        "en": (("a district", "an area"), ("one district", "one area"), ("district", "area")),
    },
}
_CITY = {
    "de": (
        ("Landeshauptstadt München", "Stadt"),
        ("der Stadt München", "der Gesamtstadt"),
        ("Stadt München", "Gesamtstadt"),
        ("Sozialmonitoring München", "Sozialmonitoring"),
        (" in München", " in der Stadt"),
    ),
    "en": (
        ("City of Munich", "Whole city"),
        ("Social monitoring Munich", "Social monitoring"),
        ("in\nMunich", "in the city"),
        ("in Munich", "in the city"),
    ),
}
_CREDIT = {
    "de": (
        (" Grenzen: Landeshauptstadt München, dl-de/by-2-0.", ""),
        ("Grenzen und Daten: Landeshauptstadt München, Statistisches Amt, dl-de/by-2-0.", ""),
    ),
    "en": (
        (" Boundaries: City of Munich, dl-de/by-2-0.", ""),
        ("Boundaries and data: City of Munich, statistics office, dl-de/by-2-0.", ""),
    ),
}
"""What only the shipped polygons are credited with."""
_REGIONS = {
    "de": (
        ("Grenzen und Nummern der REGSAM-Regionen", "Grenzen und Nummern: {}"),
        ("Grenzen der REGSAM-Regionen", "Grenzen: {}"),
        ("REGSAM-Regionen", "{}"),
        ("REGSAM-Region", "Region"),
    ),
    "en": (
        ("Borders and numbers of the REGSAM regions", "Borders and numbers: {}"),
        ("Borders of the REGSAM regions", "Borders: {}"),
        ("REGSAM regions", "{}"),
        ("REGSAM region", "Region"),
    ),
}
_OF_AREAS = re.compile(r"^(profile|pack|overview|regionmaps|column|summary|series|first|report)\.|^label\.first")
"""The phrases that name the areas of a region; others name levels as such."""
_AS_THEY_STAND = re.compile(r"^(error|hint|cli|view|label\.form)\.")
_NAMES = re.compile(r"Stadtbezirk|district|München|Munich|REGSAM")
_NUMBERED = re.compile(r"(?<!ie )(?<!er )(?<!the )[Rr]egion \{(region|id|name)\}")
"""Where a phrase puts the word before a number; behind an article it may stay before a name too."""
_REPEATED = re.compile(r"(?:, |\n)\{name\}")


@contextmanager
def using_terms(find: Callable[[], Terms], *, anew: bool = False) -> Iterator[None]:
    """Call things inside a ``with`` block as a study calls them; it is asked when a phrase names one.

    A study that is made within a verb, such as that of the regions, is about the same, unless it is said ``anew``.
    """
    token = _terms.set(find if anew else _terms.get() or find)
    try:
        yield
    finally:
        _terms.reset(token)


def in_force(code: str, text: str, lang: str) -> str:
    """Return the text of a phrase with the names that are in force.

    Examples
    --------
    >>> with using_terms(lambda: Terms("own", "Planungsräume", elsewhere=True)):
    ...     in_force("profile.a", "Werte der Stadtbezirke; Stadt München; {n} REGSAM-Regionen", "de")
    'Werte der Gebiete; Gesamtstadt; {n} Planungsräume'
    >>> in_force("profile.a", "Werte der Stadtbezirke", "de")
    'Werte der Stadtbezirke'
    """
    find = _terms.get()
    if find is None or not _NAMES.search(text) or _AS_THEY_STAND.match(code):
        return text
    # what a study says while it is asked must not ask it again
    token = _terms.set(None)
    try:
        terms = find()
    finally:
        _terms.reset(token)
    pairs: list[tuple[str, str]] = []
    if _OF_AREAS.match(code):
        pairs += _AREAS.get(terms.areas, {}).get(lang, ())
    if terms.regions:
        name = terms.regions.replace("{", "{{").replace("}", "}}")
        pairs += [(word, other.format(name)) for word, other in _REGIONS[lang]]
    if terms.elsewhere or terms.areas == "own":
        pairs += _CREDIT[lang]
    if terms.elsewhere:
        pairs += _CITY[lang]
    # names of fields stay: "{districts}" is filled by its name
    pieces = re.split(r"(\{\w+)", text)
    pieces[::2] = [_replaced(piece, pairs) for piece in pieces[::2]]
    new = "".join(pieces)
    return new[:1].upper() + new[1:] if text[:1].isupper() else new


def plainly_named(text: str, fields: Mapping[str, object]) -> str:
    """Return the text of a phrase for a region that is called by its name: its name is no number and said once.

    Examples
    --------
    >>> text = "Profil: Region {region}, {name}"
    >>> plainly_named(text, {"region": "17/18", "name": "Giesing"})
    'Profil: Region {region}, {name}'
    >>> plainly_named(text, {"region": "Planungsraum 1", "name": "Planungsraum 1"})
    'Profil: {region}'
    """

    def word(match: re.Match[str]) -> str:
        return f"{{{match[1]}}}" if is_name(str(fields.get(match[1], ""))) else match[0]

    if "region" in fields and fields["region"] == fields.get("name"):
        text = _REPEATED.sub("", text)
    return _NUMBERED.sub(word, text) if "egion {" in text else text


def with_name(area: str, name: str) -> str:
    """Write ``05 Au-Haidhausen``; a name that says the id itself stands alone, and so does an id without a name.

    Examples
    --------
    >>> with_name("05", "Au-Haidhausen"), with_name("01.3.1", "01.3.1"), with_name("Z008", "Quartier Z008")
    ('05 Au-Haidhausen', '01.3.1', 'Quartier Z008')
    """
    if not area.isdecimal() and re.search(rf"(?<!\w){re.escape(area)}(?!\w)", name):
        return name
    return f"{area} {name}".strip()


def is_name(region: str) -> bool:
    """Tell a region that is called by a name from one that is called by a number or a letter.

    Examples
    --------
    >>> [is_name(region) for region in ("Nord", "Planungsraum 1", "17/18", "B", "Z008", "4/12 Schwabing")]
    [True, True, False, False, False, False]
    """
    return not region[:1].isdecimal() and bool(re.search(r"[^\W\d_]{3}", region))


def _replaced(text: str, pairs: list[tuple[str, str]]) -> str:
    for word, other in pairs:
        text = text.replace(word, other)
        if word[:1].islower():
            text = text.replace(word[:1].upper() + word[1:], other[:1].upper() + other[1:])
    return text
