"""The one gate for keys: whatever names an area - ids, names, in a table, an index, a layer - is matched here."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, cast

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas.ids import (
    CITY_ID,
    LEVELS,
    AreaId,
    Level,
    Refusal,
    areas_named,
    clean,
    find_area,
    fold,
    is_official,
    official_name,
)
from regsam_geo.areas.official import area_names
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.text import did_you_mean, problem, say, shorten

NUMBERED = ("district", "subdistrict", "quarter")
"""The levels whose ids are numbers of the city."""

NAMED_THROUGHOUT = 0.8
"""From this share of known names a column is one of names."""
ONE_EACH = 0.75
"""From so many different names per id, names stand for the ids; with fewer they group them."""

_TELLING = ("area_name_differs", "area_is_date")
"""Errors that say what is wrong with a key, where others only say that nobody knows it."""
_LIST = re.compile(
    r"^(?:(?:REGSAM-?\s*)?Region\s+)?\d{1,2}(?:\s*/\s*\d{1,2})+$|^\d{1,2}\.\s?[A-Z][a-zä]{2}$", re.I
)
"""A list of districts, or the date that a spreadsheet made of it."""
_BARE = re.compile(r"^\d{1,2}$")
_NO_NAME = re.compile(r"\d+|\b(?:regsam|region(?:en)?)\b", re.I)


# --- a column of keys ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeyReading:
    """What the keys of one column mean.

    Attributes
    ----------
    areas
        The area of each distinct key that means one.
    refusals
        Why the others mean none, in the order of the column.
    """

    areas: dict[object, AreaId]
    refusals: dict[object, Refusal]

    def area_of(self, key: object) -> AreaId:
        """Return the area of a key, or raise why it means none."""
        if key in self.refusals:
            raise self.refusals[key].error()
        return self.areas[key]

    @property
    def levels(self) -> list[str]:
        """The levels that the keys belong to, without the city."""
        found = {area.level for area in self.areas.values()} - {"city"}
        return [level for level in LEVELS if level in found]


def read_keys(keys: Iterable[object], level: Level | None = None) -> KeyReading:
    """Find the areas that the keys of one column mean; what leaves one key open is settled by the others.

    Parameters
    ----------
    keys
        Ids and names in any spelling and type; of equal ones one is enough.
    level
        The level of all keys but the city, where it is told; ``"own"`` leaves ids as they stand.

    Examples
    --------
    >>> found = read_keys([1, "02 Ludwigsvorstadt", "Schwanthalerhöhe", "Stadt München"])
    >>> [area.area_id for area in found.areas.values()]
    ['01', '02', 'munich', '08']
    """
    areas: dict[object, AreaId] = {}
    refusals: dict[object, Refusal] = {}
    # Each spelling once: a column of 95,000 rows holds a few dozen.
    for key in dict.fromkeys(keys):
        found = _read(key, level)
        if isinstance(found, Refusal):
            refusals[key] = found
        else:
            areas[key] = found
    reading = KeyReading(areas, refusals)
    _settle_names(reading)
    if level is None:
        _settle_regions(reading)
    if level in ("subdistrict", "quarter") and areas:
        _settle_codes(reading, level)
    return reading


def _read(key: object, level: Level | None) -> AreaId | Refusal:
    """Read one key; the city may stand among areas of every level."""
    found = find_area(key, level)
    if isinstance(found, Refusal) and found.fields.get("is_level") == "city":
        return AreaId("city", CITY_ID)
    return found


def _settle_names(reading: KeyReading) -> None:
    """Give a name of two levels the level that all others of the column have."""
    # With two levels in one column nobody can tell which of them a shared name means.
    if len(reading.levels) != 1:
        return
    level = cast("Level", reading.levels[0])
    for key in [key for key, refusal in reading.refusals.items() if refusal.code == "area_ambiguous"]:
        found = find_area(key, level)
        if isinstance(found, Refusal):
            raise found.error()
        reading.areas[key] = found
        del reading.refusals[key]


def _settle_regions(reading: KeyReading) -> None:
    """Read the bare numbers beside regions as regions of one district: ``10`` beside ``4/12``."""
    lists = [area.area_id for area in reading.areas.values() if area.level == "region" and "/" in area.area_id]
    members = {number for one in lists for number in one.split("/")}
    bare = [key for key, area in reading.areas.items() if area.level == "district"]
    numbers = [str(int(reading.areas[key].area_id)) for key in bare]
    # Only where no number would stand for two things: a table of regions names each district once.
    if members and bare and not members & set(numbers) and all(_BARE.match(written(key)) for key in bare):
        for key, number in zip(bare, numbers, strict=True):
            reading.areas[key] = AreaId("region", number)


def _settle_codes(reading: KeyReading, level: Level) -> None:
    """Read bare numbers as codes without a dot, their zeros lost, where all of them are: ``11`` and ``131``.

    A column of two digits alone may as well be one of districts, and one from 1 on is a running number.
    """
    bare = [key for key in (*reading.areas, *reading.refusals) if written(key).isdecimal()]
    if not bare:
        return
    longest = max(len(written(key)) for key in bare)
    shortest = 3 if level == "subdistrict" else 4
    codes: dict[object, AreaId] = {}
    for key in bare:
        found = find_area(written(key).zfill(shortest) if longest >= 3 else written(key), level)
        if isinstance(found, Refusal):
            for other in bare:
                reading.areas.pop(other, None)
                reading.refusals.setdefault(other, found)
            return
        codes[key] = found
    reading.areas.update(codes)
    for key in bare:
        reading.refusals.pop(key, None)


def written(key: object) -> str:
    """Write a key as text; whole numbers without their ``.0``, and nothing that nobody sees.

    Examples
    --------
    >>> written(1.0), written(" 001 ")
    ('1', '001')
    """
    if isinstance(key, float | np.floating) and float(key).is_integer():
        return str(int(key))
    return clean(key)


def respell(keys: Iterable[object], level: str) -> dict[object, str]:
    """Return the library's spelling of each key of a level; keys that are none of the city's stay as they are.

    Raises
    ------
    AreaError
        If number and name of one key contradict each other, or a spreadsheet made a date of it.

    Examples
    --------
    >>> list(respell(["1 Altstadt-Lehel", 2, "Hinterhof"], "district").values()), respell(["001"], "own")
    (['01', '02', 'Hinterhof'], {'001': '001'})
    """
    given = list(dict.fromkeys(keys))
    spelled = {key: written(key) for key in given}
    if level not in LEVELS or level == "own":
        return spelled
    # regions of one's own may be called anything; REGSAM's are lists of districts
    open_keys = [
        key
        for key, text in spelled.items()
        if not is_official(text, level)
        and (level != "region" or _LIST.match(text) or isinstance(key, datetime.date))
    ]
    if level == "region":
        texts = {re.sub(r"\s*/\s*", "/", key) if isinstance(key, str) else key: key for key in open_keys}
        reading = read_keys(texts, "region")
        found = {texts[text]: area for text, area in reading.areas.items()}
    else:
        # The whole column tells whether bare numbers are codes, also by what needs no other spelling.
        reading = read_keys(given if level in ("subdistrict", "quarter") else open_keys, cast("Level", level))
        found = reading.areas
    for key in open_keys:
        if key in found:
            spelled[key] = found[key].area_id if found[key].level == level else spelled[key]
    for refusal in reading.refusals.values():
        if refusal.code in _TELLING:
            raise refusal.error()
    return spelled


def find_keys(asked: Iterable[object], present: Mapping[str, Iterable[str]]) -> list[str]:
    """Return the ids that keys mean among those present on some levels.

    Raises
    ------
    OptionError
        If a key means none of them, or areas of two levels.

    Examples
    --------
    >>> find_keys([1, "Sendling", "17"], {"district": ["01", "06", "17"], "city": ["munich"]})
    ['01', '06', '17']
    """
    ids = {level: dict.fromkeys(found) for level, found in present.items()}
    every = list(dict.fromkeys(area_id for found in ids.values() for area_id in found))
    return [_find_key(key, ids, every) for key in asked]


def _find_key(key: object, ids: Mapping[str, Mapping[str, None]], every: Sequence[str]) -> str:
    text = written(key)
    # The spelling of the table goes before any other reading: own ids may look like those of another level.
    if text in every:
        return text
    found: dict[str, str] = {}
    for level, known in ids.items():
        spelled = respell([key], level)[key]
        if spelled not in known:
            spelled = _other_spellings(known, None).get(_spoken(text), "") if level in ("own", "region") else ""
        if spelled:
            found.setdefault(spelled, level)
    # "10" as a region and as a district: to choose would answer another question than was asked.
    if len(found) > 1:
        areas = ", ".join(f"{area_id} ({level})" for area_id, level in found.items())
        raise problem(AreaError, "area_ambiguous", found=text, areas=areas)
    if not found:
        table = area_names()
        names = dict(zip(table["area_id"], table["name"], strict=True))
        shown = [*every, *(names[one] for one in every if one in names)]
        raise problem(
            OptionError,
            "not_in_panel",
            column="area_id",
            found=text,
            expected=shorten(sorted(every), 8),
            hint=did_you_mean(text, shown) or _names_with(text, names, every),
        )
    return next(iter(found))


def _names_with(part: str, names: Mapping[str, str], ids: Sequence[str]) -> str:
    """Name the areas whose names hold a word; nothing where none does."""
    if len(part) < LEAST_PART:
        return ""
    areas = [f"{one} {names[one]}" for one in ids if part.casefold() in names.get(one, "").casefold()]
    return say("hint.names_with", found=part, areas=shorten(areas, 5)) if areas else ""


LEAST_PART = 4
"""Fewer letters are no part of a name that anybody would mean."""


def find_region(regions: Mapping[str, str], words: object, districts: Mapping[str, str] | None = None) -> str:
    """Return the id of a region from what people write: all of it, or what belongs to it alone.

    Parameters
    ----------
    regions
        The name of each region, by id.
    words
        Its id, its numbers or its name; or the number of one of its districts, or a part of its name.
    districts
        The region of each district, by the id of the district.

    Raises
    ------
    OptionError
        If there is no such region, or a part of a name belongs to several.
    AreaError
        If numbers and name belong to two regions.

    Examples
    --------
    >>> regions = {"17/18": "Obergiesing/Harlaching", "20": "Hadern", "2": "Nord", "Nord 2": "Ring"}
    >>> [find_region(regions, words) for words in ("Region 17–18", "hadern", "20 Hadern", "Nord 2", "Giesing")]
    ['17/18', '20', '20', 'Nord 2', '17/18']
    >>> find_region(regions, "17", {"17": "17/18", "18": "17/18"})
    '17/18'
    """
    text = clean(words)
    # a name first: a region of one's own may be called "Nord 2", which is not region 2
    known = {fold(name): key for key, name in regions.items()} | {clean(key).casefold(): key for key in regions}
    if found := known.get(text.casefold()) or known.get(fold(text)):
        return found
    # Numbers after names: "Nord 2" is a name before it is a number.
    by_numbers = {_numbers_in(key): key for key in regions}
    if (numbers := _numbers_in(text)) and numbers in by_numbers:
        region = by_numbers[numbers]
        other = known.get(fold(_NO_NAME.sub("", text)), region)
        if other != region:
            raise problem(AreaError, "area_name_differs", found=text, number=region, name=regions[region])
        return region
    holding = _regions_of_district(text, districts or {}) or _regions_with_part(text, regions)
    if len(holding) == 1:
        return holding[0]
    if holding:
        raise problem(OptionError, "region_ambiguous", found=words, expected=", ".join(holding))
    raise problem(
        OptionError,
        "region_unknown",
        found=words,
        expected=", ".join(regions),
        hint=did_you_mean(text, [*regions, *regions.values()]),
    )


def _regions_of_district(text: str, districts: Mapping[str, str]) -> list[str]:
    """Return the region of the district with this number, where no other word could mean something else."""
    found = re.fullmatch(r"(?:[^\W\d]+\.? ?)?0*(\d+)", text)
    by_number = {_numbers_in(district): region for district, region in districts.items()}
    return [by_number[found[1]]] if found and found[1] in by_number else []


def _regions_with_part(text: str, regions: Mapping[str, str]) -> list[str]:
    """Return the regions with a district of that name; else those in whose name it is a word, or a part of one."""
    part = fold(text)
    if len(part) < LEAST_PART:
        return []
    districts = {key: [fold(one) for one in name.split("/")] for key, name in regions.items()}
    words = {key: [fold(word) for word in re.split(r"[^\w]+", name)] for key, name in regions.items()}
    for names in (districts, words):
        if whole := [key for key, of_region in names.items() if part in of_region]:
            return whole
    return [key for key, of_region in words.items() if any(part in name for name in of_region)]


def _numbers_in(text: str) -> str:
    """Return the numbers in a text, joined: ``Region 04-12`` gives ``4/12``."""
    return "/".join(str(int(one)) for one in re.findall(r"\d+", text))


# --- names beside ids ---------------------------------------------------------------------------------------


class Contradiction(NamedTuple):
    """An id, and the name beside it that belongs to another area."""

    area: AreaId
    name: str
    named: AreaId

    def text(self) -> str:
        """Return ``01 (Altstadt-Lehel) neben „Sendling“ (06)``."""
        return say(
            "label.key.contradiction",
            area=self.area.area_id,
            official=official_name(self.area),
            name=self.name,
            named=self.named.area_id,
        )


def contradictions(areas: Iterable[AreaId], names: Iterable[object]) -> list[Contradiction]:
    """Return where names that stand beside ids belong to other areas; none where the column holds no names.

    A column holds names if nearly all of its entries are official ones and each id has its own. The names of
    larger areas, which stand beside many ids, contradict an id only where they do not hold it.

    Examples
    --------
    >>> ids = [AreaId("district", "01"), AreaId("district", "02")]
    >>> [str(one.named.area_id) for one in contradictions(ids, ["Allach-Untermenzing", "Au-Haidhausen"])]
    ['23', '05']
    """
    distinct = dict.fromkeys(zip(areas, map(written, names), strict=True))
    pairs = [(area, name) for area, name in distinct if area.level in NUMBERED and name not in ("", "nan", "None")]
    if not pairs:
        return []
    meant = {name: _areas_of_name(name) for _, name in pairs}
    known = [(area, name, meant[name]) for area, name in pairs if meant[name]]
    # A column with a few names in it is a column of something else.
    if len(known) < NAMED_THROUGHOUT * len(pairs):
        return []
    ids = {area for area, _, _ in known}
    first = {(area, candidates[0]) for area, _, candidates in known}
    # moves from one district to another have both in each row: neither is the name of the other
    if len(first) > (2 - NAMED_THROUGHOUT) * len(ids):
        return []
    grouping = len({named for _, named in first}) < ONE_EACH * len(ids)
    found = []
    for area, name, candidates in known:
        # Of several areas of one name the one of the same level is meant, if any.
        named = next((one for one in candidates if one.level == area.level), candidates[0])
        # One name beside many ids groups them, and says nothing about each.
        if grouping and named.level == area.level:
            continue
        if not any(_holds(one, area) or _holds(area, one) for one in candidates):
            found.append(Contradiction(area, name, named))
    return found


def _areas_of_name(name: str) -> tuple[AreaId, ...]:
    """Return the areas that a name means, with or without a number before it; a bare number is no name."""
    # Three letters: a unit or a sign is no name.
    if not re.search(r"[^\W\d]{3}", name):
        return ()
    if found := areas_named(name):
        return found
    area = find_area(name)
    if isinstance(area, Refusal):
        return ()
    return (area,) if area.level in NUMBERED and re.search(r"\d", name) else ()


def _holds(larger: AreaId, smaller: AreaId) -> bool:
    return larger == smaller or smaller.area_id.startswith(f"{larger.area_id}.")


def refuse_contradictions(
    areas: Iterable[AreaId], names: Iterable[object], *, where: str, ids: str, column: str, mend: str = ""
) -> None:
    """Raise where names beside ids belong to other areas: a running number is no number of a district.

    Raises
    ------
    AreaError
        With three of the contradictions.
    """
    if found := contradictions(areas, names):
        raise problem(
            AreaError,
            "keys_contradict",
            where=where,
            ids=ids,
            column=column,
            n=len(found),
            examples="; ".join(one.text() for one in found[:3]),
            mend=mend,
        )


# --- keys beside areas --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class KeyMatch:
    """Which key belongs to which area.

    Attributes
    ----------
    places
        For each key the place of its area, -1 where it has none.
    strangers
        Keys that have no area, as they are written.
    vacant
        Areas that have no key.
    """

    places: npt.NDArray[np.int64] = field(repr=False)
    strangers: tuple[str, ...]
    vacant: tuple[str, ...]

    @property
    def note(self) -> str:
        """The sentence about keys without an area, the same on every map, in joins and reports; else empty."""
        return strangers_note(self.strangers)

    def order(self, n: int) -> npt.NDArray[np.int64]:
        """Return for each of ``n`` areas the place of its key, -1 where it has none."""
        found = np.full(n, -1, dtype=np.int64)
        matched = self.places >= 0
        found[self.places[matched]] = np.flatnonzero(matched)
        return found


def read_as_they_stand(keys: pd.Index) -> bool:
    """Tell whether ``written`` keeps different keys apart: whole numbers, and plain texts without blanks.

    Examples
    --------
    >>> import pandas as pd
    >>> read_as_they_stand(pd.Index(["01", "02"])), read_as_they_stand(pd.Index(["01", " 01"]))
    (True, False)
    """
    if keys.dtype.kind in "iu":
        return True
    given = keys.tolist()
    try:
        text = "\n".join(given)
    except TypeError:
        return False
    return text.isascii() and text.split() == given


def match_keys(
    keys: Iterable[object], ids: Iterable[object], level: str | None = None, names: Iterable[object] | None = None
) -> KeyMatch:
    """Match keys in any spelling with the areas of a layer or table.

    Parameters
    ----------
    keys
        Ids or names, such as the index of values.
    ids
        The ids of the areas.
    level
        Their level; found from the ids by default.
    names
        The names of the areas, by which keys may call them too.

    Raises
    ------
    InputError
        If two keys belong to one area.
    AreaError
        If number and name of a key contradict each other, or the keys are running numbers from 0.

    Examples
    --------
    >>> match_keys([2, "01 Altstadt-Lehel", "Berlin"], ["01", "02", "03"])
    KeyMatch(strangers=('Berlin',), vacant=('03',))
    """
    given = list(keys)
    places_of: dict[str, int] = {}
    for place, one in enumerate(ids):
        # The first of equal ids, as a layer may hold the parts of one area.
        places_of.setdefault(written(one), place)
    texts = [written(key) for key in given]
    places = np.array([places_of.get(text, -1) for text in texts], dtype=np.int64)
    # Other spellings are tried only where one is needed: exact keys are the usual case, and cost nothing.
    if (places < 0).any():
        level = _level_of(places_of) if level is None else level
        refuse_positions(given, level)
        spelled = respell(given, level)
        other = _other_spellings((), names, places_of) if level in NUMBERED else _other_spellings(places_of, names)
        for at in np.flatnonzero(places < 0):
            text = spelled[given[at]]
            places[at] = places_of.get(text if text in places_of else other.get(_spoken(texts[at]), ""), -1)
    matched = places[places >= 0]
    # Two values for one area: one of them would be drawn, and which one is chance.
    if len(np.unique(matched)) < len(matched):
        counts = np.bincount(matched, minlength=len(places_of))
        twice = [text for text, place in zip(texts, places, strict=True) if place >= 0 and counts[place] > 1]
        raise problem(InputError, "map_values_twice", found=twice[0])
    taken: set[int] = set(matched.tolist())
    return KeyMatch(
        places,
        tuple(text for text, place in zip(texts, places.tolist(), strict=True) if place < 0),
        tuple(text for text, place in places_of.items() if place not in taken),
    )


def match_or_refuse(
    keys: Iterable[object], ids: Iterable[object], level: str | None = None, names: Iterable[object] | None = None
) -> KeyMatch:
    """Match keys with areas as ``match_keys`` does, and refuse where none has an area: nothing is drawn then.

    Raises
    ------
    AreaError
        If no key belongs to an area.
    """
    given, areas = list(keys), list(ids)
    match = match_keys(given, areas, level, names)
    if not (match.places >= 0).any():
        raise problem(
            AreaError,
            "map_no_match",
            found=shorten([repr(key) for key in given], 3) or "–",
            expected=shorten([repr(area_id) for area_id in areas], 3) or "–",
        )
    return match


def strangers_note(strangers: Sequence[str], lang: str | None = None) -> str:
    """Say which keys belong to no area; empty where all do."""
    if not strangers:
        return ""
    return say("label.key.strangers", lang, n=len(strangers), found=shorten(strangers, 5, lang))


def _level_of(ids: Iterable[str]) -> str:
    """Return the one level that all ids are spelled for; ``own`` for any others."""
    known = list(ids)
    return next((level for level in NUMBERED if known and all(is_official(one, level) for one in known)), "own")


def refuse_positions(keys: Sequence[object], level: str) -> None:
    """Refuse the index that pandas gives a table by itself: 0 to 24 are no districts 01 to 24."""
    numbers = [int(written(key)) for key in keys if re.fullmatch(r"0|[1-9]\d*", written(key))]
    if level in NUMBERED and len(numbers) == len(keys) and len(keys) > 1 and 0 in numbers:
        raise problem(AreaError, "keys_are_positions", found=shorten(numbers, 4))


def _spoken(text: str) -> str:
    """Reduce a key of one's own to what people say: letters, and numbers without zeros before them.

    Examples
    --------
    >>> _spoken("Nord-West 02"), _spoken("01.1") == _spoken("11")
    ('nordwest2', False)
    """
    parts = re.findall(r"\d+|[^\W\d_]+", clean(text).casefold())
    spoken = ""
    for part in parts:
        number = part.isdecimal()
        # two numbers stay two
        spoken += ("." if number and spoken[-1:].isdecimal() else "") + (str(int(part)) if number else part)
    return spoken


def _other_spellings(
    ids: Iterable[str], names: Iterable[object] | None, named: Iterable[str] | None = None
) -> dict[str, str]:
    """Return the areas by what else they may be called, where that means one area only.

    ``ids`` may lose their zeros; ``names`` belong to ``named``, which are the ids by default.
    """
    found: dict[str, set[str]] = {}
    own = list(ids)
    for area_id in own:
        found.setdefault(_spoken(area_id), set()).add(area_id)
    for area_id, name in zip(own if named is None else named, () if names is None else names, strict=False):
        for spelling in (_spoken(str(name)), _spoken(f"{area_id} {name}")):
            if re.search(r"[^\W\d]", spelling):
                found.setdefault(spelling, set()).add(area_id)
    return {spelling: next(iter(areas)) for spelling, areas in found.items() if spelling and len(areas) == 1}
