"""What area identifiers look like, and which area a spelling means."""

from __future__ import annotations

import datetime
import re
import unicodedata
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any, Literal, NamedTuple, get_args

import pandas as pd

from regsam_geo.areas.official import area_names, shipped_quarters
from regsam_geo.errors import AreaError
from regsam_geo.text import did_you_mean, problem, say, with_name

Level = Literal["district", "subdistrict", "quarter", "region", "city", "own"]
LEVELS: tuple[Level, ...] = get_args(Level)

CITY_ID = "munich"
"""The id of the one area of level ``city``."""


class AreaId(NamedTuple):
    """An area: its level and its id on that level."""

    level: Level
    area_id: str


class Refusal(NamedTuple):
    """Why a spelling means no area: the code of an error and its fields, put into words only for a reader.

    Most have none: ids of one's own are tried as those of every level.
    """

    code: str
    fields: dict[str, Any]
    level: Level | None = None

    def error(self) -> AreaError:
        """Return the error with its sentence."""
        fields = self.fields
        if self.code == "area_unknown":
            words = say(f"label.level.{fields['expected']}")
            fields = fields | {"words": words, "hint": did_you_mean(fields["found"], _names_of(self.level))}
        return problem(AreaError, self.code, **fields)


_NUMBERED = re.compile(
    r"^(?:Stadtbezirk(?:s?teil|sviertel)?|Bezirk(?:steil)?|Viertel|Bez\.?|SB)?(?:\s*Nr\.?)?\s*"
    r"(\d{1,4}(?:\.\d{1,2}){0,2})(?:\s+(.*)|\s*[.:;,)_‐‑‒–—-]\s*([^\W\d].*))?$",
    re.I,
)
_NAME_FIRST = re.compile(r"^(.*[^\W\d].*?)\s*[(\[](\d{1,2}(?:\.\d{1,2}){0,2})[)\]]$")
"""``Altstadt-Lehel (01)``."""
_REGION = re.compile(
    r"^(?:(?:REGSAM-?\s*)?Region\s+(\d{1,2}(?:/\d{1,2})*)|(\d{1,2}(?:/\d{1,2})+))(?:\s+.*)?$", re.I
)
_DATE = re.compile(
    r"^\d{1,2}\.\s?(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)|^(?:Jan|Feb|Mrz|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez)\s\d\d$|^\d{1,2}[.]\d{1,2}[.](?:19|20)\d\d",
    re.I,
)
"""What a German Excel makes of ``4/12`` and ``01.1``."""
_CITY = re.compile(
    r"^(?:(?:landeshauptstadt|stadt|gesamtstadt)(?:\s+münchen)?|münchen)(?:,?\s+(?:gesamt|insgesamt))?$|^#100$",
    re.I,
)
LONGEST_SPELLING = 200
"""Letters; the longest official name has 54."""
LIKE = 0.6
"""How much alike a name beside a number must be to the official one, where neither contains the other."""
_NOT_A_LETTER = re.compile(r"[\W_]+")
_WITHOUT_UMLAUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})


def clean(text: object) -> str:
    """Return a spelling without what nobody sees: composed umlauts, single blanks, no marks without width."""
    composed = str(text)
    if not composed.isascii():
        composed = unicodedata.normalize("NFC", composed)
        # joiners stay: they have no width, but letters and signs are made with them
        composed = "".join(
            sign for sign in composed if unicodedata.category(sign) != "Cf" or sign in "\u200c\u200d"
        )
    return " ".join(composed.split())


def fold(name: str) -> str:
    """Reduce a name to its letters and digits, so that ``Altstadt - Lehel`` equals ``Altstadt-Lehel``."""
    return _NOT_A_LETTER.sub("", unicodedata.normalize("NFC", name).casefold())


def natural_key(area_id: str) -> tuple[tuple[bool, int, str], ...]:
    """Return the sort key that puts ``4/12`` before ``10``, ``Raum 2`` before ``Raum 10``, numbers first."""
    parts = [one for one in re.split(r"[./]|(\d+)", area_id) if one]
    return tuple((not one.isdecimal(), int(one) if one.isdecimal() else 0, one) for one in parts)


@lru_cache(maxsize=1)
def _known() -> tuple[dict[AreaId, str], dict[str, tuple[AreaId, ...]]]:
    """Return the folded official name of each area, and the areas that a folded name means."""
    names: dict[AreaId, str] = {AreaId("quarter", area_id): "" for area_id in shipped_quarters().index}
    by_name: dict[str, tuple[AreaId, ...]] = {}
    for level, area_id, name in area_names()[["level", "area_id", "name"]].itertuples(index=False):
        area = AreaId(level, area_id)
        names[area] = fold(name)
        for spelling in dict.fromkeys((fold(name), fold(name).translate(_WITHOUT_UMLAUT))):
            by_name[spelling] = (*by_name.get(spelling, ()), area)
    return names, by_name


def areas_named(text: object) -> tuple[AreaId, ...]:
    """Return the areas that a name means, of whatever level; none where it is no official name."""
    return _known()[1].get(fold(clean(text)), ())


def is_official(area_id: str, level: str) -> bool:
    """Tell whether an id is spelled as that of an area of Munich."""
    return (level, area_id) in _known()[0]


def parse_area_id(text: object, level: Level | None = None) -> AreaId:
    """Find the area that a spelling means.

    Parameters
    ----------
    text
        A number with or without leading zero and name (``"1"``, ``"01"``, ``"01 Altstadt - Lehel"``,
        ``"Stadtbezirk 01"``, ``"01.1 Graggenau"``), a name, a region in REGSAM's notation (``"17/18"``) or the
        city (``"Stadt München"``).
    level
        The level that is meant, where the spelling alone would not tell; ``"131"`` is read as ``13.1`` where it is
        ``"subdistrict"``.

    Returns
    -------
    AreaId
        ``level`` and ``area_id``.

    Raises
    ------
    AreaError
        If no area of Munich is meant; if number and name contradict each other; if a name belongs to areas of two
        levels and ``level`` is not given; or if a spreadsheet has turned the id into a date.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.parse_area_id("01 Altstadt - Lehel")
    AreaId(level='district', area_id='01')
    >>> rg.parse_area_id("1.1")
    AreaId(level='subdistrict', area_id='01.1')
    >>> rg.parse_area_id("Stadt München").level
    'city'
    """
    found = find_area(text, level)
    if isinstance(found, Refusal):
        raise found.error()
    return found


def find_area(text: object, level: Level | None = None) -> AreaId | Refusal:
    """Return the area that a spelling means, as ``parse_area_id``, or why it means none."""
    # Excel knows no whole numbers: district 1 arrives as 1.0.
    if isinstance(text, float) and text.is_integer():
        text = int(text)
    spelling = clean(text)
    # Before anything is parsed: own areas may be called "01" or "Mai 24" without being a district or a date.
    if level == "own":
        return AreaId("own", spelling) if spelling else _unknown(spelling, level)
    # Before the patterns, which try every place of a long text against every other.
    if len(spelling) > LONGEST_SPELLING:
        return _unknown(spelling, level)
    # A date is refused and not undone: "1.2" and "01.02" have become the same one, and which of them it was is
    # lost.
    if isinstance(text, datetime.date | datetime.time) or _DATE.match(spelling):
        return Refusal("area_is_date", {"found": spelling})
    found = _find(spelling, level)
    if isinstance(found, AreaId) and level is not None and found.level != level:
        return Refusal("area_wrong_level", {"found": spelling, "is_level": found.level, "expected": level})
    return found


def _find(spelling: str, level: Level | None) -> AreaId | Refusal:
    # The city before any number: the office writes it as "#100" in some tables.
    if _CITY.match(spelling):
        return AreaId("city", CITY_ID)
    if region := _REGION.match(spelling):
        return AreaId("region", "/".join(str(int(part)) for part in (region[1] or region[2]).split("/")))
    # A scheme of one's own names its regions as it likes.
    if level == "region" and spelling:
        return AreaId("region", spelling)
    names, by_name = _known()
    if numbered := _NUMBERED.match(spelling):
        area = _numbered(numbered[1], level)
        if area not in names:
            return _unknown(spelling, level)
        return _held_to_name(area, numbered[2] or numbered[3], spelling)
    if named := _NAME_FIRST.match(spelling):
        area = _numbered(named[2], level)
        if area in names:
            return _held_to_name(area, named[1], spelling)
    meant = by_name.get(fold(spelling), ())
    if level is not None:
        meant = tuple(area for area in meant if area.level == level)
    # Some names belong to a district and to one of its parts: to guess would put a value on the wrong map.
    if len(meant) > 1:
        listed = ", ".join(f"{area.area_id} ({area.level})" for area in meant)
        return Refusal("area_ambiguous", {"found": spelling, "areas": listed})
    return meant[0] if meant else _unknown(spelling, level)


def _numbered(number: str, level: Level | None) -> AreaId:
    """Return the area of a number: ``1``, ``01``, ``1.0``, ``01.1``; of a level that is told, without dots too."""
    first, *rest = number.split(".")
    if not any(int(part) for part in rest):
        rest = []  # a spreadsheet's 1.0
    if not rest and len(first) > 2 and level in ("subdistrict", "quarter"):
        parts = 1 if level == "subdistrict" else 2
        first, rest = str(int(first[:-parts])), list(first[-parts:])
    return AreaId(("district", "subdistrict", "quarter")[len(rest)], ".".join([first.zfill(2), *rest]))


def _held_to_name(area: AreaId, name: str | None, spelling: str) -> AreaId | Refusal:
    """Hold a number to the name beside it: short or old names pass, that of another area does not."""
    names, by_name = _known()
    written, official = fold(name or ""), names[area]
    if not written or not official or written == official:
        return area
    # An old or shortened name is let pass as long as it is not that of another area: names change, numbers stay.
    others = [other for other in by_name.get(written, ()) if other.level == area.level]
    like = written in official or official in written or SequenceMatcher(None, written, official).ratio() >= LIKE
    if others or not like:
        fields = {"found": spelling, "number": area.area_id, "name": official_name(area)}
        return Refusal("area_name_differs", fields)
    return area


def official_name(area: AreaId) -> str:
    """Return the official name of an area; that of a quarter is its number."""
    table = area_names()
    rows = table[(table["level"] == area.level) & (table["area_id"] == area.area_id)]
    return str(rows["name"].iloc[0]) if len(rows) else area.area_id


def _names_of(level: Level | None) -> pd.Series:
    """Return the names that may have been meant: those of the level, where it is known and has names."""
    table = area_names()
    own = table.loc[table["level"] == level, "name"]
    return own if len(own) else table["name"]


def _unknown(spelling: str, level: Level | None) -> Refusal:
    return Refusal("area_unknown", {"found": spelling, "expected": level or "district"}, level)


def numbered_name(area: str, name: str) -> str:
    """Write ``22 Aubing-Lochhausen-Langwied``; what has no name by its id, and own ids that are names once.

    Examples
    --------
    >>> numbered_name("05", "Au-Haidhausen").replace("\N{NO-BREAK SPACE}", " "), numbered_name("Nord", "Nord")
    ('5 Au-Haidhausen', 'Nord')
    """
    number = area.lstrip("0") or area
    if name in ("", area):
        return number
    return name if with_name(area, name) == name else f"{number}\N{NO-BREAK SPACE}{name}"
