"""What the change test gains from related indicators and from adjacent areas: injected changes.

As in ``temporal_injection.py``, every area x indicator x sign: the value of the last year times 1 +- s. A change
is found if at most one other alarm of the report ranks as high; an alarm is an area, or adjacent areas together.
Beside single cells: two related indicators of one area, and one indicator in three adjacent areas::

    python benchmarks/borrowed_strength.py                      # the shipped sample
    python benchmarks/borrowed_strength.py --folder PATH        # all other series of a folder of original files
    python benchmarks/borrowed_strength.py --years 2012 2013    # other years
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
from temporal_injection import SIZES, YEARS, cube_until, other_series, tuning_half

import regsam_geo as rg
from regsam_geo.warning import Settings
from regsam_geo.warning.detectors.newest_change import relevant_on_link
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.statistics.change_test import (
    ChangeTest,
    Newest,
    PastFit,
    p_of_effect,
    past_fit,
    steps,
    test_against,
)
from regsam_geo.warning.statistics.link import ZERO_RULE, Linked, difference, linked_values
from regsam_geo.warning.statistics.related import (
    Lent,
    Relations,
    confirmed,
    lendable,
    lent,
    relations,
    with_related,
)
from regsam_geo.warning.statistics.zones import Zones, likeness, zone_test

LISTED = 10
"""Places that the report lists."""


@dataclass(frozen=True)
class How:
    """What is borrowed."""

    related: bool = True
    zones: bool = True


@dataclass
class Alarms:
    """The alarms of some series: ``mine`` is p of the alarm that a cell belongs to, ``heads`` has it once."""

    mine: np.ndarray
    heads: np.ndarray

    def __getitem__(self, place: object) -> Alarms:
        return Alarms(self.mine[place], self.heads[place])


class Report:
    """One report whose past is fitted once: only what an injection changes is tested again."""

    def __init__(self, cube: Cube, zones: Zones, how: How) -> None:
        settings = Settings()
        self.cube, self.zones, self.how = cube, zones, how
        self.linked = linked_values(cube)
        move = steps(self.linked, cube.season)
        self.past = past_fit(self.linked, move, settings, cube.season)
        self.newest = Newest.of(move)
        self.relevant = settings.yearly_share * relevant_on_link(cube, self.linked, settings)
        self.test = test_against(self.past, self.newest)
        series = len(cube.keys)
        none = Relations(np.full((series, 3), -1), np.zeros((series, 3)), np.ones(series))
        self.relation = relations(self.past.standard, no_common_base(cube)) if how.related else none
        self.rho = likeness(self.past.standard, zones)
        self.z = lendable(self.test)
        self.plain = self.alarms(np.arange(series), self.test, self.z)
        self.ranked = np.sort(self.plain.heads, axis=None)

    def alarms(self, series: np.ndarray, test: ChangeTest, z: np.ndarray) -> Alarms:
        """Return the alarms of some series, whose tests these are; ``z`` are the surprises of all."""
        if self.how.related:
            borrowed = lent(self.relation.take(series), z)
            test = with_related(test, confirmed(borrowed, lendable(test)))
        relevant = self.relevant[series][:, None]
        p = np.nan_to_num(p_of_effect(test.effect, test.se, test.df, relevant), nan=2.0)
        if not self.how.zones:
            return Alarms(p, p)
        beyond = np.sign(test.effect) * np.maximum(np.abs(test.effect) - relevant, 0.0) / test.se
        known = np.where(p > 1, np.nan, p)
        found = zone_test(beyond, relevant / test.se, known, test.df, self.rho[series], self.zones)
        mine, heads = p.copy(), p.copy()
        for s, k in {(s, found.zone[s, a]) for s, a in zip(*np.nonzero(found.zone >= 0), strict=True)}:
            members = self.zones.members[k, : self.zones.size[k]]
            surest = min(p[s, members].min(), found.p[s, members[0]])
            mine[s, members] = surest
            heads[s, members] = 3.0
            heads[s, members[0]] = surest
        # Neighbors that deviate in one direction stand in one row: only the surest of them is an alarm.
        sign = np.sign(test.effect)
        for one, other in (self.zones.pairs.T, self.zones.pairs.T[::-1]):
            surer = (mine[:, other] < mine[:, one]) & (sign[:, other] == sign[:, one])
            at, which = np.nonzero(surer)
            heads[at, one[which]] = 3.0
        return Alarms(mine, heads)

    def retested(self, s: int, masks: np.ndarray, factor: float) -> ChangeTest:
        """Return the tests of one series, one row per mask of areas whose newest value is multiplied."""
        n = len(masks)
        changed, sampling = self._injected(s, factor)
        newest = Newest(*(np.repeat(array[[s]], n, axis=0) for array in self.newest))
        newest = newest._replace(
            change=np.where(masks, changed, newest.change), sampling=np.where(masks, sampling, newest.sampling)
        )
        return test_against(_repeated(self.past, s, n), newest)

    def _injected(self, s: int, factor: float) -> tuple[np.ndarray, np.ndarray]:
        """Return the newest changes of a series with its newest values multiplied, and their sampling variance."""
        linked, origin = self.linked, self.newest.origin[s]
        back, area = np.maximum(origin, 0), np.arange(len(origin))

        def two(array: np.ndarray) -> np.ndarray:
            return np.stack([array[s, back, area], array[s, -1]])[None]

        x, d, y = (two(array).copy() for array in (linked.numerator, linked.denominator, linked.y))
        counted, kind = np.isfinite(x[0, 1]), linked.kind[s]
        x[0, 1] *= factor
        rest = d[0, 1] - x[0, 1]
        rest = np.where(rest >= 0, rest + ZERO_RULE, np.nan) if kind == 2 else d[0, 1]
        plain = Linked.plain(y).forth(self.cube.value[[s], -1] * factor)
        if kind:
            alone = Linked(y, linked.kind[[s]], linked.scale[[s]], x, d)
            plain = alone.forth(self.cube.value[[s], -1] * factor)
        y[0, 1] = np.where(counted, np.log(x[0, 1] + ZERO_RULE) - np.log(rest), plain[0])
        start = np.stack([np.full(len(origin), -1), np.where(origin >= 0, 0, -1)])[None]
        change, sampling = difference(Linked(y, linked.kind[[s]], linked.scale[[s]], x, d), start)
        return change[0, 1], sampling[0, 1]

    def others(self, changes: Sequence[int], masks: np.ndarray, factor: float) -> np.ndarray:
        """Return how many other alarms rank as high as each injected cell.

        ``changes`` are the series that are changed together, in the areas of each mask; the result has the shape
        (series, masks, areas), NaN for cells that are not changed.
        """
        tests = {s: self.retested(s, masks, factor) for s in changes}
        lending = {s: lendable(test) for s, test in tests.items()}
        touched = [*changes]
        if self.how.related:
            told = np.isin(self.relation.partners, changes).any(axis=1)
            touched += [r for r in np.flatnonzero(told) if r not in tests]
        rest = [np.sort(np.delete(self.plain.heads, touched, axis=0), axis=None)]
        parts: dict[int, Alarms] = {}
        n = len(masks)
        for r in touched:
            test = tests.get(r) or _rows(self.test, r, n)
            # a series per mask: the surprises of all series as they are under this mask
            z = self.z[:, None].repeat(n, axis=1)
            for s, own in lending.items():
                z[s] = own
            relation = self.relation.take(np.array([r]))
            if self.how.related:
                flat = lent(relation, z.reshape(len(z), -1))
                borrowed = Lent(*(part.reshape(n, -1) for part in flat))
                test = with_related(test, confirmed(borrowed, lendable(test)))
            parts[r] = self._tested(test, r)
        result = np.full((len(changes), *masks.shape), np.nan)
        for place, s in enumerate(changes):
            mine = parts[s].mine
            higher = np.searchsorted(rest[0], mine, side="right").astype("float64")
            for part in parts.values():
                higher += (part.heads[:, None, :] <= mine[:, :, None]).sum(axis=2)
            result[place] = np.where(masks, higher - 1, np.nan)
        return result

    def _tested(self, test: ChangeTest, r: int) -> Alarms:
        how, self.how = self.how, How(related=False, zones=self.how.zones)
        try:
            return self.alarms(np.full(len(test.effect), r), test, self.z)
        finally:
            self.how = how


def _repeated(past: PastFit, s: int, n: int) -> PastFit:
    def rows(array: np.ndarray) -> np.ndarray:
        return np.repeat(array[[s]], n, axis=0)

    fields = {name: rows(value) for name, value in vars(past).items() if isinstance(value, np.ndarray)}
    return PastFit(**fields, first_scale=tuple(rows(part) for part in past.first_scale), spike=past.spike)


def _rows(test: ChangeTest, r: int, n: int) -> ChangeTest:
    return ChangeTest(**{name: np.repeat(value[[r]], n, axis=0) for name, value in vars(test).items()})


def no_common_base(cube: Cube) -> np.ndarray:
    """Tell which series share no Basiswert."""
    columns = [f"name_{number}" for number in range(1, 6)]
    names = [frozenset(str(x) for x in row if isinstance(x, str)) for row in cube.keys[columns].to_numpy()]
    return np.array([[not (one & other) for other in names] for one in names])


def district_zones(cube: Cube) -> Zones:
    """Return the zones of the districts."""
    near = rg.neighbors(rg.load_boundaries("district"))
    pairs = [cube.area_ids.get_indexer(near.pairs[name]) for name in ("area_id", "neighbor_id")]
    return Zones.of(np.column_stack(pairs), len(cube.area_ids))


def found(others: np.ndarray) -> dict[str, float]:
    """Return the shares found at one other alarm, and among the ten places."""
    cells = np.isfinite(others)
    return {
        "found": float((others[cells] <= 1).mean()),
        "listed": float((others[cells] < LISTED).mean()),
        # of what is changed together, at least one
        "any": float(np.mean(np.nanmin(others.transpose(1, 0, 2).reshape(others.shape[1], -1), axis=1) <= 1)),
    }


HOWS = {"alone": How(False, False), "related": How(True, False), "zones": How(False, True), "both": How()}
BENEFITS = "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil"
JOINT = (
    ("Arbeitslose - Anteil", BENEFITS),
    (BENEFITS, "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"),
)
"""Pairs of indicators that move together: unemployment and benefits, benefits of adults and of children."""


def measure(
    panel: rg.Panel, years: Sequence[int], hows: Sequence[str] = tuple(HOWS), joint: bool = True
) -> pd.DataFrame:
    """Return what is found, by year, size and what is borrowed."""
    rows = []
    for year in years:
        cube = cube_until(panel, year)
        zones = district_zones(cube)
        one = np.eye(len(cube.area_ids), dtype=bool)
        three = np.zeros((int((zones.size == 3).sum()), len(cube.area_ids)), dtype=bool)
        np.put_along_axis(three, zones.members[zones.size == 3], True, axis=1)
        half = tuning_half(cube)
        names = list(cube.keys["indicator"])
        for name in hows:
            report = Report(cube, zones, HOWS[name])
            for size in SIZES:
                for sign in (1, -1):
                    factor = 1 + sign * size
                    for s in range(len(names)):
                        which = "tuning" if half[s] else "shown"
                        rows.append((year, name, size, "cell", which, found(report.others([s], one, factor))))
                    if joint and size < 0.25:
                        for pair in JOINT:
                            changed = [names.index(x) for x in pair]
                            rows.append((year, name, size, "pair", "", found(report.others(changed, one, factor))))
                        rows += [
                            (year, name, size, "three", "", found(report.others([s], three, factor)))
                            for s in range(len(names))
                        ]
        print(year, len(names), flush=True)
    table = pd.DataFrame(rows, columns=["year", "how", "size", "what", "half", "found"])
    return table.drop(columns="found").join(pd.DataFrame(list(table["found"])))


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, help="folder with original files; only series not shipped are used")
    parser.add_argument("--years", type=int, nargs="*", default=list(YEARS))
    parser.add_argument("--how", nargs="*", default=list(HOWS))
    arguments = parser.parse_args()
    panel = other_series(arguments.folder) if arguments.folder else rg.load_sample()
    result = measure(panel, arguments.years, arguments.how, joint=not arguments.folder)
    cells = result[result["what"] == "cell"]
    for rows, by, values in (
        (result, ["what", "how"], ["found", "listed", "any"]),
        (cells, ["half", "how"], ["found"]),
        (cells, ["year", "how"], ["found"]),
    ):
        print(rows.pivot_table(index=by, columns="size", values=values, sort=False).round(3).to_string())


if __name__ == "__main__":
    main()
