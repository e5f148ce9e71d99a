"""What area identifiers look like, and which area a spelling means."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

import pandas as pd

from regsam_geo.errors import AreaError
from regsam_geo.resources import data_folder
from regsam_geo.text import did_you_mean, problem

Level = Literal["district", "subdistrict", "quarter", "region", "city", "own"]
LEVELS: tuple[Level, ...] = get_args(Level)

CITY_ID = "munich"
"""The id of the one area of level ``city``."""


class AreaId(NamedTuple):
    """An area: its level and its id on that level."""

    level: Level
    area_id: str


_NUMBERED = re.compile(
    r"^(?:Stadtbezirk(?:steil|sviertel)?|Bezirk(?:steil)?|Viertel|Bez\.?)?\s*#?(\d{1,3}(?:\.\d{1,2}){0,2})(?:\s+(.*))?$",
    re.I,
)
_REGION = re.compile(r"^(?:REGSAM-)?(?:Region\s+)?(\d{1,2}(?:/\d{1,2})+)(?:\s+.*)?$", re.I)
_CITY = re.compile(
    r"^(?:landeshauptstadt|stadt|gesamtstadt)(?:\s+münchen)?(?:\s+gesamt|\s+insgesamt)?$|^münchen$|^#100$",
    re.I,
)
_NOT_A_LETTER = re.compile(r"[\W_]+")


def fold(name: str) -> str:
    """Reduce a name to its letters and digits, so that ``Altstadt - Lehel`` equals ``Altstadt-Lehel``."""
    return _NOT_A_LETTER.sub("", name.casefold())


def natural_key(area_id: str) -> tuple[int | str, ...]:
    """Return the sort key that puts ``4/12`` before ``10`` and ``01.2`` before ``01.10``."""
    return tuple(int(part) if part.isdigit() else part for part in re.split(r"[./]", area_id))


def area_names() -> pd.DataFrame:
    """Return the table of official names: columns ``level``, ``area_id``, ``name``."""
    return pd.read_csv(data_folder() / "boundaries" / "names.csv", dtype=str)


@lru_cache(maxsize=1)
def _known() -> tuple[dict[str, frozenset[str]], dict[str, AreaId]]:
    """Return the valid ids per level, and the areas that a folded name means."""
    from regsam_geo.areas.layers import load_boundaries

    ids = {level: frozenset(load_boundaries(level).index) for level in ("district", "subdistrict", "quarter")}
    names = area_names()
    by_name: dict[str, AreaId] = {}
    for level in ("subdistrict", "district"):  # a district wins where a sub-district has the same name
        for area_id, name in names.loc[names["level"] == level, ["area_id", "name"]].itertuples(index=False):
            by_name[fold(name)] = AreaId(level, area_id)
    return ids, by_name


def parse_area_id(text: object, level: Level | None = None) -> AreaId:
    """Find the area that a spelling means.

    Parameters
    ----------
    text
        A number with or without leading zero and name (``"1"``, ``"01"``, ``"01 Altstadt - Lehel"``,
        ``"Stadtbezirk 01"``, ``"01.1 Graggenau"``), a name, a region in REGSAM's notation (``"17/18"``) or the
        city (``"Stadt München"``).
    level
        The level that is meant, where the spelling alone would not tell.

    Returns
    -------
    AreaId
        ``level`` and ``area_id``.

    Raises
    ------
    AreaError
        If no area of Munich is meant.

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
    spelling = " ".join(str(text).split())
    if _CITY.match(spelling):
        return AreaId("city", CITY_ID)
    if (region := _REGION.match(spelling)) or level == "region":
        return AreaId("region", region.group(1) if region else spelling)
    ids, by_name = _known()
    if numbered := _NUMBERED.match(spelling):
        first, *rest = numbered.group(1).split(".")
        area_id = ".".join([first.zfill(2), *rest])
        found = AreaId(("district", "subdistrict", "quarter")[len(rest)], area_id)
        if area_id in ids[found.level]:
            return found
    elif (named := by_name.get(fold(spelling))) is not None:
        return named
    raise problem(
        AreaError,
        "area_unknown",
        found=spelling,
        expected=level or "district",
        hint=did_you_mean(spelling, area_names()["name"]),
    )
