"""Which counts add up to which: over the areas of the city, and over the groups of an indicator."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from regsam_geo.areas import CITY_ID, area_names, load_boundaries
from regsam_geo.indicators.disclosure.counts import Counts, Ints, Pair
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

UNALLOCATED = 0.03
"""Share of cases without area up to which areas are held to add up to the larger one (see the data notes)."""

MOST_STEPS = 4000  # of the search for groups that add up
ENOUGH_CELLS = 5  # areas that must confirm it
TOTALS = ("insgesamt", "gesamt", "zusammen", "alle", "total", "Insgesamt", "Gesamt")


class Family(NamedTuple):
    """An area and the areas that make it up; numbers of rows in ``Counts.areas``."""

    parent: int
    children: Ints


class Parts(NamedTuple):
    """A count and the counts that make it up."""

    whole: int
    parts: tuple[int, ...]


class Areas:
    """The tree of areas: which are made up of which others in a table."""

    def __init__(
        self, areas: pd.DataFrame, scheme: pd.DataFrame, sums: Mapping[str, Sequence[str]] | None = None
    ) -> None:
        self.levels = areas["level"].to_numpy()
        self.ids = areas["area_id"].to_numpy()
        self.number = {
            (level, area_id): k for k, (level, area_id) in enumerate(zip(self.levels, self.ids, strict=True))
        }
        self.region_of = scheme["region_id"].to_dict()
        self.sums = dict(sums or {})
        self._families: dict[bytes, list[Family]] = {}
        self.above = [self._ancestors(k) for k in range(len(areas))]

    def _ancestors(self, k: int) -> list[int]:
        """Return the areas above one, nearest first, as far as they stand in the tables."""
        level, area_id = self.levels[k], self.ids[k]
        chain: list[tuple[str, str]] = []
        if level == "quarter":
            chain.append(("subdistrict", area_id.rpartition(".")[0]))
        if level in ("quarter", "subdistrict"):
            chain.append(("district", area_id[:2]))
        if level in ("quarter", "subdistrict", "district"):
            chain.append(("region", self.region_of.get(area_id[:2], "")))
        if level not in ("city", "own"):
            chain.append(("city", CITY_ID))
        return [self.number[key] for key in chain if key in self.number]

    def families(self, stands: Bools) -> list[Family]:
        """Return each area with all its parts, among the areas that stand in a table."""
        key = stands.tobytes()
        if key not in self._families:
            self._families[key] = self._find(stands)
        return self._families[key]

    def _find(self, stands: Bools) -> list[Family]:
        parts: dict[int, list[int]] = {}
        for k in np.flatnonzero(stands):
            nearest = next((a for a in self.above[k] if stands[a]), None)
            if nearest is not None:
                parts.setdefault(nearest, []).append(int(k))
        present = set(self.levels[stands])
        finest = next((level for level in ("quarter", "subdistrict", "district") if level in present), "region")
        reach = self._reach(finest)
        found = []
        for parent, children in sorted(parts.items()):
            covered = sum(reach.get((self.levels[k], self.ids[k]), 0) for k in children)
            if covered and covered == reach.get((self.levels[parent], self.ids[parent]), -1):
                found.append(Family(parent, np.array(children, dtype=np.int64)))
        for whole, names in self.sums.items():
            members = [self._named(name) for name in (whole, *names)]
            if all(k is not None and stands[k] for k in members):
                first, *rest = (k for k in members if k is not None)
                found.append(Family(first, np.array(rest, dtype=np.int64)))
        return found

    def _named(self, name: str) -> int | None:
        """Return the area with this id, own areas first."""
        for level in ("own", "region", "district", "subdistrict", "quarter", "city"):
            if (level, name) in self.number:
                return self.number[(level, name)]
        return None

    def _reach(self, finest: str) -> dict[tuple[str, str], int]:
        """Return how many areas of the finest level each area holds."""
        reach: dict[tuple[str, str], int] = {}
        for leaf in official_ids(finest) if finest != "region" else sorted(set(self.region_of.values())):
            names = {("city", CITY_ID)}
            if finest == "region":
                names.add(("region", leaf))
            else:
                names |= {("district", leaf[:2]), ("region", self.region_of.get(leaf[:2], ""))}
                if finest != "district":
                    names.add(("subdistrict", ".".join(leaf.split(".")[:2])))
                if finest == "quarter":
                    names.add(("quarter", leaf))
            for name in names:
                reach[name] = reach.get(name, 0) + 1
        return reach


@lru_cache(maxsize=4)
def official_ids(level: str) -> tuple[str, ...]:
    """Return all area ids of a shipped level."""
    if level == "quarter":
        return tuple(load_boundaries("quarter").index)
    names = area_names()
    return tuple(names.loc[names["level"] == level, "area_id"])


def adds_up(counts: Counts, areas: Areas) -> tuple[Bools, list[dict[int, tuple[float, float]]]]:
    """Tell for each count whether its areas add up, and how far off they were where all is visible.

    Returns
    -------
    tuple
        One flag per count, and per count the smallest and largest difference by parent's level (coded by the
        parent's number).
    """
    flags = np.ones(len(counts.numbers), dtype=bool)
    gaps: list[dict[int, tuple[float, float]]] = []
    for c, table in enumerate(counts.numbers):
        off = total = 0.0
        seen: dict[int, tuple[float, float]] = {}
        for p in range(len(counts.periods)):
            for parent, children in areas.families(counts.stands[c, p]):
                gap = table[p, parent] - table[p, children].sum()
                if np.isnan(gap):
                    continue
                off += abs(gap)
                total += abs(table[p, parent])
                low, high = seen.get(parent, (0.0, 0.0))
                seen[parent] = min(low, gap), max(high, gap)
        flags[c] = off <= UNALLOCATED * total + TOLERANCE if total > 0 else not _refused(counts, c)
        gaps.append(seen)
    return flags, gaps


def _refused(counts: Counts, c: int) -> bool:
    """Return whether every catalogue row with this count says that it cannot be summed."""
    rows = np.flatnonzero((counts.of_column == c).any(axis=1))
    return bool((counts.entries["summable"].iloc[rows] == False).fillna(False).all())  # noqa: E712 (three-valued)


def find_parts(counts: Counts, declared: Mapping[tuple[str, str], Sequence[str]] | None = None) -> list[Parts]:
    """Find the counts that make up another one: declared, or proved by the numbers of one indicator's groups."""
    found: list[Parts] = []
    of_key = {
        (row["indicator"], row["group"]): counts.of_column[k]
        for k, row in enumerate(counts.entries.to_dict("records"))
    }
    for (indicator, whole), groups in (declared or {}).items():
        for column in range(counts.of_column.shape[1]):
            members = [of_key[(indicator, group)][column] for group in (whole, *groups)]
            if min(members) >= 0 and len(set(members)) == len(members):
                found.append(Parts(int(members[0]), tuple(int(c) for c in members[1:])))
    for together in counts.entries.groupby("indicator", sort=False).indices.values():
        if len(together) > 1:
            for column in range(counts.of_column.shape[1]):
                printed = np.unique(counts.of_column[together, column])
                found += _search(counts, printed[printed >= 0])
    # numerators of one whole: two shares that make up 100 %
    by_whole: dict[int, set[int]] = {}
    for pair in counts.pairs:
        by_whole.setdefault(pair.whole, set()).add(pair.part)
    for whole_count, shares in by_whole.items():
        if len(shares) > 1:
            several = _search(counts, np.array([*sorted(shares), whole_count]), pairs=True)
            found += [division for division in several if division.whole == whole_count]
    return list(dict.fromkeys(Parts(p.whole, tuple(sorted(p.parts))) for p in found))


def _search(counts: Counts, members: NDArray[np.int64], pairs: bool = False) -> list[Parts]:
    """Search sets of counts that add up to another one in all cells that show them."""
    members = members[counts.persons[members]]
    if len(members) < 3:
        return []
    flat = counts.numbers[members].reshape(len(members), -1)
    some = ~np.isnan(flat)
    found: list[Parts] = []
    for w in range(len(members)):
        with np.errstate(invalid="ignore"):
            above = [
                k
                for k in range(len(members))
                if k != w
                and (both := some[k] & some[w]).sum() >= ENOUGH_CELLS
                and not (flat[k, both] > flat[w, both] + TOLERANCE).any()
                and (flat[k, both] > 0).any()
            ]
        found += [
            Parts(int(members[w]), tuple(int(members[k]) for k in parts))
            for parts in _subsets(flat, some, w, above, 2 if pairs else len(above))
        ]
    return found


def _subsets(flat: Floats, some: Bools, whole: int, candidates: list[int], most: int) -> list[tuple[int, ...]]:
    """Return the sets of rows that add up to the row ``whole`` wherever all of them are known."""
    # the largest first: the sum is reached or passed soon
    order = sorted(candidates, key=lambda k: (-float(np.nansum(flat[k])), k))
    slack = 0.0 if not np.any(np.abs(flat[some] - np.round(flat[some])) > TOLERANCE) else 0.051
    solutions: list[tuple[int, ...]] = []
    steps = 0

    def descend(start: int, taken: tuple[int, ...], rest: Floats) -> None:
        nonlocal steps
        known = ~np.isnan(rest)
        room = slack * (len(taken) + 1) + TOLERANCE
        if len(taken) >= 2 and known.sum() >= ENOUGH_CELLS and np.all(np.abs(rest[known]) <= room):
            solutions.append(taken)
            return
        if len(taken) >= most:
            return
        for place in range(start, len(order)):
            steps += 1
            if steps > MOST_STEPS:
                return
            left = rest - flat[order[place]]
            seen = left[~np.isnan(left)]
            if len(seen) >= ENOUGH_CELLS and seen.min() >= -room - slack:
                descend(place + 1, (*taken, order[place]), left)

    descend(0, (), flat[whole].copy())
    return solutions


def subgroup_pairs(counts: Counts, parts: list[Parts]) -> list[Pair]:
    """Return groups that are part of another group without a full division: the rest can be subtracted."""
    covered = {(p, division.whole) for division in parts for p in division.parts}
    found: list[Pair] = []
    records = counts.entries.to_dict("records")
    row_of = {(row["indicator"], row["group"]): k for k, row in enumerate(records)}
    for k, row in enumerate(records):
        named = row["subgroup_of"]
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
                    and (known >= -TOLERANCE).all()
                    and (known > TOLERANCE).any()
                ):
                    covered.add((part, whole))
                    found.append(Pair(part, whole, everybody=False))
    return found
