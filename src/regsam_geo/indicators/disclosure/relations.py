"""Which counts add up to which: over the areas of the city, and over the groups of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID, Division, official_ids
from regsam_geo.areas.keys import NUMBERED
from regsam_geo.indicators.disclosure.counts import Counts, Ints, Pair
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

UNALLOCATED = 0.03
"""Share of cases without area up to which areas are held to add up to the larger one (see the data notes)."""

ENOUGH_CELLS = 5  # areas that must confirm that groups add up
FEW = 0.1  # of the cells may be wrong and contradict a relation that the others prove
TOTALS = ("insgesamt", "gesamt", "zusammen", "alle", "total", "Insgesamt", "Gesamt")


class Family(NamedTuple):
    """An area and the areas that make it up, or some of them; numbers of rows in ``Counts.areas``.

    ``nested``: each part lies in the whole, beside the others; of areas of one's own nobody says so.
    """

    parent: int
    children: Ints
    complete: bool
    nested: bool = True

    @property
    def key(self) -> tuple[int, bytes]:
        """What tells families apart."""
        return self.parent, self.children.tobytes()


class Parts(NamedTuple):
    """A count and the counts that make it up."""

    whole: int
    parts: tuple[int, ...]


class Tree(NamedTuple):
    """A division as a tree of the city's areas: which group each member of a level lies in."""

    level: str
    region_of: Mapping[str, str]

    def holds(self, level: str) -> bool:
        """Tell whether areas of a level lie within the members; larger ones may be cut by the groups."""
        return level in NUMBERED and NUMBERED.index(level) >= NUMBERED.index(self.level)

    def region(self, area: str) -> str:
        """Return the group of an area that lies within a member; empty text where it is in none."""
        return self.region_of.get(_above(area, self.level), "")


class Areas:
    """The trees of areas, one per division into regions: which are made up of which others in a table."""

    def __init__(
        self,
        areas: pd.DataFrame,
        divisions: Sequence[Division],
        sums: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        self.levels = areas["level"].to_numpy()
        self.ids = areas["area_id"].to_numpy()
        self.number = {
            (level, area_id): k for k, (level, area_id) in enumerate(zip(self.levels, self.ids, strict=True))
        }
        divided = [Tree(one.level, one.groups.to_dict()) for one in divisions if one.level in NUMBERED]
        if not any(tree.level == NUMBERED[0] for tree in divided):
            # groups of smaller areas may cut districts, whose own parts add up all the same
            divided.append(Tree(NUMBERED[0], {}))
        self.divided, self.own = divided, [one for one in divisions if one.level == "own" and len(one.members)]
        self.sums = dict(sums or {})
        self._families: dict[bytes, list[Family]] = {}
        self.trees = [[self._ancestors(k, tree) for k in range(len(areas))] for tree in divided]

    def _ancestors(self, k: int, tree: Tree) -> list[int] | None:
        """Return the areas above one, nearest first, as far as they stand in the tables.

        ``None`` for an area that has no place in the tree: one of another division, or of one's own.
        """
        level, area_id = self.levels[k], self.ids[k]
        if level == "region":
            if area_id not in tree.region_of.values():
                return None
        elif level != "city" and not tree.holds(level):
            return None
        chain: list[tuple[str, str]] = []
        if level in NUMBERED:
            between = NUMBERED[NUMBERED.index(tree.level) : NUMBERED.index(level)]
            chain += [(larger, _above(area_id, larger)) for larger in reversed(between)]
            chain.append(("region", tree.region(area_id)))
        if level != "city":
            chain.append(("city", CITY_ID))
        return [self.number[key] for key in chain if key in self.number]

    def families(self, stands: Bools) -> list[Family]:
        """Return each area with its parts, among the areas that stand in a table."""
        key = stands.tobytes()
        if key not in self._families:
            self._families[key] = self._find(stands)
        return self._families[key]

    def _find(self, stands: Bools) -> list[Family]:
        found: dict[tuple[int, bytes], Family] = {}
        for tree, above in zip(self.divided, self.trees, strict=True):
            # a sum that two divisions share would else be two equations, and with them a cycle
            for family in self._find_tree(stands, tree, above):
                found.setdefault(family.key, family)
        for family in self._find_own(stands):
            found.setdefault(family.key, family)
        return list(found.values())

    def _find_tree(self, stands: Bools, tree: Tree, above: list[list[int] | None]) -> list[Family]:
        parts: dict[int, list[int]] = {}
        for k in np.flatnonzero(stands):
            # a level that is not printed breaks no sum: readers add up what is there
            nearest = next((a for a in above[k] or () if stands[a]), None)
            if nearest is not None:
                parts.setdefault(nearest, []).append(int(k))
        present = set(self.levels[stands])
        finest = next((level for level in reversed(NUMBERED) if level in present and tree.holds(level)), "region")
        reach = self._reach(finest, tree)
        found = []
        for parent, children in sorted(parts.items()):
            # counted in the finest areas, because parts may stand on different levels
            covered = sum(reach.get((self.levels[k], self.ids[k]), 0) for k in children)
            complete = covered > 0 and covered == reach.get((self.levels[parent], self.ids[parent]), -1)
            found.append(Family(parent, np.array(children, dtype=np.int64), complete))
        return found

    def _find_own(self, stands: Bools) -> list[Family]:
        """Return the sums that are declared, and the city as the sum of all areas of one's own."""
        found = []
        for whole, names in self.sums.items():
            parent, *parts = (self._named(name) for name in (whole, *names))
            children = [k for k in parts if k is not None and stands[k]]
            if parent is not None and stands[parent] and children:
                complete = len(children) == len(parts)
                found.append(Family(parent, np.array(children, dtype=np.int64), complete))
        city = self.number.get(("city", CITY_ID), -1)
        own = np.flatnonzero(stands & (self.levels == "own"))
        if city >= 0 and stands[city] and len(own):
            # whether they cover the city is left to the numbers
            found.append(Family(city, own.astype(np.int64), complete=False, nested=False))
        for division in self.own:
            found += self._groups_of_own(stands, division, city, own)
        return found

    def _groups_of_own(self, stands: Bools, division: Division, city: int, own: Ints) -> list[Family]:
        """Return the groups of areas of one's own as their sums, and the city as the sum of the groups."""
        found, groups = [], []
        for region in division.region_ids:
            parent = self.number.get(("region", region), -1)
            if parent < 0 or not stands[parent]:
                continue
            groups.append(parent)
            names = division.members_of(region)
            parts = [k for name in names if (k := self.number.get(("own", name), -1)) >= 0 and stands[k]]
            if parts:
                found.append(Family(parent, np.array(parts, dtype=np.int64), len(parts) == len(names)))
        grouped = set(division.groups.index[division.groups.isin([self.ids[k] for k in groups])])
        if groups and city >= 0 and stands[city]:
            beside = [int(k) for k in own if self.ids[k] not in grouped]
            found.append(Family(city, np.array([*groups, *beside], dtype=np.int64), complete=False, nested=False))
        return found

    def _named(self, name: str) -> int | None:
        """Return the area with this id, own areas first."""
        for level in ("own", "region", "district", "subdistrict", "quarter", "city"):
            if (level, name) in self.number:
                return self.number[(level, name)]
        return None

    def _reach(self, finest: str, tree: Tree) -> dict[tuple[str, str], int]:
        """Return how many areas of the finest level each area holds."""
        reach: dict[tuple[str, str], int] = {}
        if finest == "region":
            regions = set(tree.region_of.values())
            whole = set(tree.region_of) >= set(official_ids(tree.level))
            # a city that is divided in part only is more than its groups
            return {("city", CITY_ID): len(regions) + (not whole), **{("region", one): 1 for one in regions}}
        for leaf in official_ids(finest):
            between = NUMBERED[NUMBERED.index(tree.level) : NUMBERED.index(finest) + 1]
            names = {("city", CITY_ID), ("region", tree.region(leaf))}
            for name in names | {(level, _above(leaf, level)) for level in between}:
                reach[name] = reach.get(name, 0) + 1
        return reach


def _above(area: str, level: str) -> str:
    """Return the area of a level that an id begins with: ``17`` of ``17.1.1``."""
    return ".".join(area.split(".")[: NUMBERED.index(level) + 1])


class Sum(NamedTuple):
    """A sum over areas in one period: what the whole has more than its parts, and what a reader makes of it."""

    family: Family
    gap: float  # NaN where a number is hidden
    equal: bool  # else the parts are at most the whole


class AreaSums:
    """Which counts add up over which areas, judged period by period.

    Parts and whole that differ by little add up (cases without area); where areas are missing or the numbers are
    further apart, the whole is at least the sum of the parts that are there.
    """

    def __init__(self, counts: Counts, areas: Areas) -> None:
        self.counts, self.areas = counts, areas
        self._plans: dict[bytes, _Plan] = {}
        self._usual: dict[int, dict[tuple[int, bytes], tuple[float, float]]] = {}

    def of(self, c: int, period: int) -> list[Sum]:
        """Return the sums of one count in one period."""
        plan, gaps, equal = self._judge(c, period)
        # parts that clearly exceed their whole contradict it: from them a reader learns nothing
        return [
            Sum(family, float(gap), bool(same))
            for family, gap, same in zip(plan.families, gaps, equal, strict=True)
            if same or gap >= -TOLERANCE or np.isnan(gap)
        ]

    def usual_gaps(self, c: int) -> dict[tuple[int, bytes], tuple[float, float]]:
        """Return per family how far the sums were off where all is visible, at least and at most."""
        if c not in self._usual:
            seen: dict[tuple[int, bytes], tuple[float, float]] = {}
            for period in range(len(self.counts.periods)):
                plan, gaps, equal = self._judge(c, period)
                for k in np.flatnonzero(equal & ~np.isnan(gaps)):
                    key = plan.families[k].key
                    low, high = seen.get(key, (0.0, 0.0))
                    seen[key] = min(low, float(gaps[k])), max(high, float(gaps[k]))
            self._usual[c] = seen
        return self._usual[c]

    def _judge(self, c: int, period: int) -> tuple[_Plan, Floats, Bools]:
        table = self.counts.numbers[c, period]
        plan = self._plan(self.counts.stands[c, period])
        if not plan.families:
            return plan, np.empty(0), np.empty(0, dtype=bool)
        wholes = table[plan.parents]
        gaps = wholes - np.add.reduceat(table[plan.children], plan.starts)
        # means are taken to be printed with one decimal: every addend may be off by half a unit
        room = TOLERANCE + (0.0 if self.counts.whole[c, period] else 0.05) * (plan.sizes + 1)
        known = ~np.isnan(gaps)
        told = known & plan.complete
        # over all areas together, since one case is much in a small area;
        # but per period: an old total that does not fit says nothing about new ones
        off, total = np.abs(gaps[told]).sum(), np.abs(wholes[told]).sum()
        # where nothing is visible to judge by, a sum that is missed would be a leak: so it holds unless denied
        together = off <= UNALLOCATED * total + TOLERANCE if total > 0 else not _refused(self.counts, c)
        with np.errstate(invalid="ignore"):
            fits = np.abs(gaps) <= UNALLOCATED * np.abs(wholes) + room
        return plan, gaps, np.asarray((fits & known) | (plan.complete & together))

    def _plan(self, stands: Bools) -> _Plan:
        key = stands.tobytes()
        if key not in self._plans:
            families = self.areas.families(stands)
            sizes = np.array([len(family.children) for family in families], dtype=np.int64)
            self._plans[key] = _Plan(
                families,
                np.array([family.parent for family in families], dtype=np.int64),
                np.concatenate([family.children for family in families]) if families else np.empty(0, np.int64),
                np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int64),
                sizes,
                np.array([family.complete for family in families], dtype=bool),
            )
        return self._plans[key]


class _Plan(NamedTuple):
    """The families of a table as arrays."""

    families: list[Family]
    parents: Ints
    children: Ints
    starts: Ints
    sizes: Ints
    complete: Bools


def _refused(counts: Counts, c: int) -> bool:
    """Return whether every catalogue row with this count says that it cannot be summed."""
    rows = np.flatnonzero((counts.of_column == c).any(axis=1))
    if not len(rows):
        return False
    return bool((counts.entries["summable"].iloc[rows] == False).fillna(False).all())  # noqa: E712 (three-valued)


def subgroup_pairs(counts: Counts, parts: list[Parts]) -> list[Pair]:
    """Return groups that are part of another group without a full division: the rest can be subtracted."""
    covered = {(p, division.whole) for division in parts for p in division.parts}
    found: list[Pair] = []
    records = counts.entries.to_dict("records")
    row_of = {(row["indicator"], row["group"]): k for k, row in enumerate(records)}
    for k, row in enumerate(records):
        named = row["subgroup_of"]
        # no word of the catalogue is needed: readers take what is called total for the whole
        groups = [named] if isinstance(named, str) and named else [t for t in TOTALS if t != row["group"]]
        for group in groups:
            other = row_of.get((row["indicator"], group))
            if other is None:
                continue
            for column in range(counts.of_column.shape[1]):
                part, whole = int(counts.of_column[k, column]), int(counts.of_column[other, column])
                if part < 0 or whole < 0 or part == whole or (part, whole) in covered:
                    continue
                rest = counts.numbers[whole] - counts.numbers[part]
                known = rest[~np.isnan(rest)]
                if (
                    counts.persons[[part, whole]].all()
                    and len(known)
                    and (known < -TOLERANCE).mean() <= FEW
                    # without any rest it is the same count and no part
                    and (known > TOLERANCE).any()
                ):
                    covered.add((part, whole))
                    # a rest of zero is a group without cases here, and describes nobody
                    found.append(Pair(part, whole, everybody=False))
    return found
