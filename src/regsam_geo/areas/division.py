"""A division of the city: which areas make up which group, named, dated, and on what evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, cast

import pandas as pd

from regsam_geo.areas.ids import Level, clean, fold, natural_key
from regsam_geo.areas.keys import NUMBERED, find_region, read_keys, written
from regsam_geo.areas.official import area_names, shipped_quarters
from regsam_geo.errors import DivisionError, OptionError
from regsam_geo.resources import data_folder
from regsam_geo.text import html_table, join_words, problem, say, shorten, tell_once

COLUMNS = ("region_id", "region_name", "evidence", "source")
DIVISION_LEVELS = (*NUMBERED, "own")
"""The levels that members of a division can be of, the coarsest first."""

TITLES = {
    "area_id": (
        *("areaid", "area", "gebiet", "districtid", "district", "stadtbezirk", "bezirk", "sbnummer"),
        *("subdistrictid", "subdistrict", "bezirksteil", "stadtbezirksteil", "quarterid", "quarter", "viertel"),
        *("gebiete", "stadtbezirke", "bezirke", "bezirksteile", "areas", "districts", "planungsraum"),
    ),
    "region_id": (
        *("regionid", "region", "regionnummer", "planungsregion", "gruppe", "group", "handlungsraum", "groupid"),
        *("sozialbürgerhaus", "sozialregion", "sbh", "raum", "regionen", "handlungsräume"),
    ),
    "region_name": ("regionname", "name", "groupname"),
    "evidence": ("evidence", "beleg"),
    "source": ("source", "quelle"),
}
"""What the columns of a list are called, folded."""


@dataclass(frozen=True, eq=False)
class Division:
    """A division of a city into groups of areas; ``read_division`` makes one.

    It may be partial: areas that it does not name are in no group. Within one division each area has one group;
    what overlaps is two divisions.

    Attributes
    ----------
    members
        Which area belongs to which group: one row per area, index ``area_id``; columns ``region_id``,
        ``region_name``, ``evidence`` (``own`` where nobody said), ``source`` and, where it was measured, ``share``
        of the area that lies in the group. A mapping from areas to groups, or from groups to lists of areas, is
        made into one.
    name
        What headings call it, such as ``"Handlungsräume"``.
    level
        What the areas are: ``"district"``, ``"subdistrict"``, ``"quarter"`` or ``"own"``; found by the ids where
        it is not said.
    date
        As of when, as it is to be read.
    sources
        Where it stands.
    cut
        Groups whose border cuts through areas: their sums are never complete.

    Raises
    ------
    DivisionError
        With the list, if an area is named twice, or unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> north = rg.read_division({"Nord": [11, 12, 24]}, name="Handlungsraum")
    >>> north.level, north.region_ids, north.members_of("Nord")
    ('district', ['Nord'], ['11', '12', '24'])
    >>> north.region_of("subdistrict", "11.2"), north.region_of("subdistrict", "17.1")
    ('Nord', '')
    """

    members: pd.DataFrame
    name: str = ""
    level: str = ""
    date: str = ""
    sources: tuple[str, ...] = ()
    cut: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.level and self.level not in DIVISION_LEVELS:
            expected = ", ".join(DIVISION_LEVELS)
            raise problem(OptionError, "division_level", found=str(self.level), expected=expected)
        table = _as_frame(self.members)
        level, ids = _areas_of(table["area_id"], self.level, self.name)
        members = _checked(table.assign(area_id=ids), level, self.name)
        said = {"members": members, "level": level, "name": str(self.name or ""), "date": str(self.date or "")}
        for name, value in {**said, "sources": tuple(self.sources)}.items():
            # The way of a frozen class to hold what it has checked.
            object.__setattr__(self, name, value)

    # --- groups ------------------------------------------------------------------------------------------------

    @cached_property
    def groups(self) -> pd.Series:
        """The group of each area that it names, by the id of the area."""
        return self.members["region_id"]

    @cached_property
    def names(self) -> dict[str, str]:
        """The name of each group, in the order of ``region_ids``."""
        first = self.members.drop_duplicates("region_id").set_index("region_id")["region_name"]
        # The shipped order is that of the districts, which the ids list; other ids are put so that 2 precedes 10.
        return {str(region): str(first[region]) for region in sorted(first.index, key=natural_key)}

    @property
    def region_ids(self) -> list[str]:
        """The ids of all groups, in the order of their numbers."""
        return list(self.names)

    def region_name(self, region: str) -> str:
        """Return the name of a group."""
        return self.names[region]

    def members_of(self, region: str) -> list[str]:
        """Return the ids of the areas of a group."""
        return [str(area) for area in self.groups.index[self.groups == region]]

    def find_region(self, words: str) -> str:
        """Return the id of a group from what people write: its id, its numbers, its name, one of its areas.

        Raises
        ------
        OptionError
            If there is no such group, or a part of a name belongs to several.
        """
        # Name and numbers both: people write "Hadern" as often as "Region 20".
        return find_region(self.names, words, {str(area): str(region) for area, region in self.groups.items()})

    # --- areas -------------------------------------------------------------------------------------------------

    def has_ids_of(self, level: str) -> bool:
        """Tell whether the ids of a level say by themselves in which group an area lies."""
        if not len(self.groups):
            return False  # nothing is said: a layer may say it of its own areas
        return level == self.level or (level in NUMBERED and self.level in NUMBERED)

    def region_of(self, level: str, area: str) -> str:
        """Return the group of an area by its id; empty text where it is in none, or only in part."""
        if level == self.level:
            return str(self.groups.get(area, ""))
        if not self.has_ids_of(level):
            return ""
        if NUMBERED.index(level) > NUMBERED.index(self.level):
            return str(self.groups.get(_above(area, self.level), ""))
        return self._of_larger(level).get(area, "")

    def regions_of(self, level: str, areas: Iterable[object]) -> pd.Series:
        """Return the group of each area of a level; empty text where it is in none."""
        ids = pd.Index(list(areas), name="area_id")
        return pd.Series(
            [self.region_of(level, str(one)) for one in ids], index=ids, name="region_id", dtype="str"
        )

    def target(self, level: str) -> pd.Series:
        """Return the group of every area of a level that is in one; sums to groups are made by it.

        Of areas larger than the members of the division those count that lie in one group whole. A group that has
        a part of an area only, has a member beside them that no table knows: its sum is never complete.
        """
        if not self.has_ids_of(level):
            return self.groups.iloc[:0]
        found, cut = self.groups, list(self.cut)
        if level != self.level:
            found = self.regions_of(level, official_ids(level))
            found = found[found != ""]
        if level in NUMBERED and NUMBERED.index(level) < NUMBERED.index(self.level):
            cut += [
                region
                for region in self.region_ids
                if any(self.region_of(level, _above(area, level)) != region for area in self.members_of(region))
            ]
        if cut:
            absent = pd.Series(cut, index=[f"–{region}" for region in cut], dtype=object)
            found = pd.concat([found.astype(object), absent])
        return found.rename_axis("area_id")

    def covers(self, level: str) -> bool:
        """Tell whether every area of the city is in a group."""
        return level in NUMBERED and bool((self.regions_of(level, official_ids(level)) != "").all())

    def _of_larger(self, level: str) -> dict[str, str]:
        """Return the group of each larger area that lies in one whole."""
        if level not in self._larger:
            groups: dict[str, set[str]] = {}
            for area in official_ids(self.level):
                groups.setdefault(_above(area, level), set()).add(str(self.groups.get(area, "")))
            self._larger[level] = {area: min(found) for area, found in groups.items() if len(found) == 1}
        return self._larger[level]

    @cached_property
    def _larger(self) -> dict[str, dict[str, str]]:
        return {}

    # --- words -------------------------------------------------------------------------------------------------

    @cached_property
    def is_regsam(self) -> bool:
        """Whether it is the shipped one: with one district moved, it is somebody else's."""
        return self.level == "district" and self.groups.equals(_shipped_members()["region_id"])

    def title(self, lang: str | None = None) -> str:
        """Return what headings call its groups.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.read_division().title("en"), rg.read_division({"1": "Nord"}).title("en")
        ('REGSAM regions', 'own regions')
        """
        if self.name and not self.is_regsam:
            return self.name
        return say("label.level.region" if self.is_regsam else "label.level.own_regions", lang)

    def describe_evidence(self, lang: str | None = None) -> str:
        """Say which rows are only derived; empty where none is.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.read_division().describe_evidence("en")[:47]
        'REGSAM has published no single list of regions.'
        """
        derived = self.derived
        if not derived:
            return ""
        listed = ", ".join(derived)
        return say("note.division.derived", lang, n=len(derived), total=len(self.members), districts=listed)

    @property
    def derived(self) -> list[str]:
        """The areas whose group is only derived."""
        return [str(area) for area in self.members.index[self.members["evidence"] == "derived"]]

    def tell_derived(self) -> None:
        """Tell the user once in a session which rows are derived."""
        if sentence := self.describe_evidence():
            tell_once("division.derived", sentence)

    def to_frame(self) -> pd.DataFrame:
        """Return the table of its members, to be changed at will and made a division again.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> table = rg.read_division().to_frame()
        >>> table.loc["05", ["region_id", "region_name"]] = ["13", "Bogenhausen"]
        >>> rg.read_division(table, name="Probe").members_of("13")
        ['05', '13']
        """
        return self.members.copy()

    def said(self) -> str:
        """Return everything that it says as text, by which two are told apart."""
        return f"{self.level}\n{self.members.to_csv(lineterminator=chr(10))}"

    def __repr__(self) -> str:
        n = len(self.region_ids)
        return f"Division({self.title('en')!r}, {n} groups of {len(self.members)} areas, level={self.level!r})"

    def _repr_html_(self) -> str:
        """Show one row per group: its areas, and on what evidence they are assigned."""
        rows = []
        for region, name in self.names.items():
            part = self.members[self.groups == region]
            evidence = join_words(_evidence_words(word) for word in dict.fromkeys(part["evidence"]))
            rows.append((region, name, ", ".join(part.index), evidence))
        head = [say(f"view.division.{name}") for name in ("region", "name", "areas", "evidence")]
        title = say("view.division", n=len(rows), total=len(self.members), name=self.title())
        return html_table(head, rows, title, self.describe_evidence())


def shipped_division() -> Division:
    """Return the 16 REGSAM regions."""
    return _shipped()


@lru_cache(maxsize=1)
def _shipped_members() -> pd.DataFrame:
    table = pd.read_csv(data_folder() / "boundaries" / "regsam_regions.csv", dtype=str)
    return _checked(table.rename(columns={"district_id": "area_id"}), "district", "REGSAM")


@lru_cache(maxsize=1)
def _shipped() -> Division:
    return Division(_shipped_members(), "REGSAM", "district")


def no_division() -> Division:
    """Return the division of which nobody said anything: no area is in a group."""
    return Division(pd.DataFrame(columns=["area_id", "region_id"], dtype="str"), level="own")


def as_division(given: Any) -> Division:
    """Return a division: the shipped one, one as it is, or one made of a table or a mapping in memory."""
    if given is None:
        return shipped_division()
    if isinstance(given, Division):
        return given
    if isinstance(given, pd.DataFrame | pd.Series | Mapping):
        return Division(cast("Any", given))
    found = f"„{given}“" if isinstance(given, str) else type(given).__name__
    raise problem(OptionError, "division_type", found=found)


@lru_cache(maxsize=4)
def official_ids(level: str) -> tuple[str, ...]:
    """Return all area ids of a shipped level."""
    if level == "quarter":
        return tuple(shipped_quarters().index)
    names = area_names()
    return tuple(names.loc[names["level"] == level, "area_id"])


def _above(area: str, level: str) -> str:
    """Return the area of a coarser level that an id begins with: ``17`` of ``17.1.1``."""
    return ".".join(area.split(".")[: NUMBERED.index(level) + 1])


def _as_frame(given: Any) -> pd.DataFrame:
    """Return a table with the columns ``area_id`` and ``region_id``; the input is not changed."""
    if isinstance(given, Mapping):
        pairs: list[tuple[object, object]] = []
        for key, value in given.items():
            many = not isinstance(value, str) and isinstance(value, Iterable)
            pairs += [(area, key) for area in value] if many else [(key, value)]
        given = pd.DataFrame(pairs, columns=["area_id", "region_id"], dtype=object)
    if isinstance(given, pd.Series):
        given = given.rename("region_id").rename_axis("area_id").reset_index()
    if not isinstance(given, pd.DataFrame):
        raise problem(OptionError, "division_type", found=type(given).__name__)
    table = pd.DataFrame(given)
    if "region_id" in table and not {"area_id", "district_id"} & set(map(str, table.columns)):
        # the areas stand in the index, whatever it is called
        table = table.rename_axis("area_id").reset_index()
    return table.rename(columns=titled(list(map(str, table.columns))))


def titled(header: list[str]) -> dict[str, str]:
    """Return what columns mean by their titles; of several that mean the same, the first."""
    found: dict[str, str] = {}
    for meaning, titles in TITLES.items():
        known = [one for one in header if one == meaning or fold(one) in titles]
        exact = [one for one in known if one == meaning]
        for title in (exact or known)[:1]:
            found.setdefault(title, meaning)
    return found


def _areas_of(cells: pd.Series, level: str, file: str) -> tuple[str, list[str]]:
    """Return the level of the areas and their ids in the library's spelling."""
    keys = list(cells)
    if level == "own" or not keys:
        return level or "own", [written(key) for key in keys]
    reading = read_keys(keys, cast("Level", level) if level else None)
    unknown = list(dict.fromkeys(clean(key) for key in keys if key in reading.refusals))
    levels = [one for one in reading.levels if one in NUMBERED]
    if not level and len(unknown) == len(set(map(clean, keys))):
        # nothing in it is the city's: areas of one's own
        return "own", [written(key) for key in keys]
    others = [clean(key) for key in keys if key in reading.areas and reading.areas[key].level not in NUMBERED]
    if unknown or others:
        listed = shorten([*unknown, *others], 12)
        raise problem(DivisionError, "division_unknown_areas", file=file or "–", found=listed)
    if len(levels) != 1:
        words = join_words(say(f"label.level.{one}") for one in levels)
        raise problem(DivisionError, "division_levels", file=file or "–", found=words)
    return levels[0], [reading.areas[key].area_id for key in keys]


def _checked(table: pd.DataFrame, level: str, file: str) -> pd.DataFrame:
    """Return the members indexed by area; areas without a group are left out."""
    if lacking := [name for name in ("area_id", "region_id") if name not in table]:
        found = shorten(list(table.columns), 12)
        raise problem(DivisionError, "division_columns", file=file or "–", missing=shorten(lacking), found=found)
    regions = ["" if pd.isna(cell) else written(cell) for cell in table["region_id"]]
    table = table.assign(region_id=regions, area_id=table["area_id"].astype("str"))
    table = table[table["region_id"] != ""].drop_duplicates(["area_id", "region_id"])
    if twice := sorted(set(table.loc[table["area_id"].duplicated(), "area_id"]), key=natural_key):
        groups = {area: list(table.loc[table["area_id"] == area, "region_id"]) for area in twice}
        listed = [f"{area} ({', '.join(found)})" for area, found in groups.items()]
        apart = _without_overlap(list(dict.fromkeys(table["region_id"])), list(groups.values()))
        raise problem(
            DivisionError,
            "division_area_twice",
            file=file or "–",
            twice=shorten(listed, 12),
            n=len(apart),
            divisions=join_words(f"({shorten(one, 5)})" for one in apart),
        )
    members = table.set_index("area_id")
    if "region_name" not in members:
        members["region_name"] = members["region_id"]
    members["region_name"] = members["region_name"].fillna("").astype("str")
    members.loc[members["region_name"] == "", "region_name"] = members["region_id"]
    for column, otherwise in (("evidence", "own"), ("source", "")):
        said = members[column] if column in members else pd.Series(otherwise, index=members.index)
        members[column] = said.fillna(otherwise).astype("str")
    order = sorted(members.index, key=natural_key) if level in NUMBERED else list(members.index)
    kept = members.loc[order, [*COLUMNS, *(["share"] if "share" in members else [])]]
    return kept.astype(dict.fromkeys(COLUMNS, "str")).rename_axis("area_id")


def _without_overlap(regions: list[str], overlaps: list[list[str]]) -> list[list[str]]:
    """Sort groups into as few divisions as do without an overlap, in the order in which they stand.

    Examples
    --------
    >>> _without_overlap(["Nord", "Nordwest", "Süd"], [["Nord", "Nordwest"]])
    [['Nord', 'Süd'], ['Nordwest']]
    """
    divisions: list[list[str]] = []
    for region in regions:
        against = {other for groups in overlaps if region in groups for other in groups} - {region}
        fitting = next((one for one in divisions if not against & set(one)), None)
        if fitting is None:
            divisions.append([region])
        else:
            fitting.append(region)
    return divisions


def _evidence_words(word: str) -> str:
    known = ("published", "reported", "derived", "own", "overlap")
    return say(f"view.division.evidence.{word}") if word in known else word
