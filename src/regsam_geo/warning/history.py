"""The reports of a panel, period by period: one definition of new, continuing and returning for all who ask."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import frequency
from regsam_geo.warning.change import change, change_p
from regsam_geo.warning.context import Context, Detector
from regsam_geo.warning.drift import drift, drift_p
from regsam_geo.warning.flags import UNIT, findings_of, flagged_units, q_within
from regsam_geo.warning.level import level, level_p
from regsam_geo.warning.past import TESTS, no_tests
from regsam_geo.warning.settings import Settings
from regsam_geo.warning.spatial import cluster, spatial, spatial_p


@dataclass(frozen=True, eq=False)
class Reports:
    """Which areas warn in which period of one panel.

    Attributes
    ----------
    panel
        The headline indicators, without doubtful cells.
    near, settings, detectors
        As in ``detect_warnings``.
    known
        What the reports written so far have flagged.
    """

    panel: Panel
    near: Mapping[str, Neighbors]
    settings: Settings
    detectors: Sequence[Detector]
    known: dict[str, pd.MultiIndex] = field(default_factory=dict, repr=False)

    def findings(self, period: str) -> pd.DataFrame:
        """Return every test of a period, with q."""
        return findings_of(self.panel, Context(period, self.near, self.settings), self.detectors)

    def flagged(self, findings: pd.DataFrame, period: str) -> pd.DataFrame:
        """Return the areas that the findings of a period flag."""
        rows = flagged_units(findings, self.near, self.settings)
        self.known[period] = pd.MultiIndex.from_frame(rows[UNIT])
        return rows

    def earlier(self, period: str) -> list[str]:
        """Return the periods before one, of its frequency, newest first; as many as ``lookback`` says."""
        kind = frequency(period)
        names = [name for name in self.panel.periods if name < period and frequency(name) == kind][::-1]
        return names if self.settings.lookback is None else names[: self.settings.lookback]

    def history(self, flagged: pd.DataFrame, period: str) -> pd.DataFrame:
        """Tell in which earlier reports the flagged areas stood: one column per report, oldest first."""
        units = pd.MultiIndex.from_frame(flagged[UNIT])
        before = self.earlier(period)[::-1]
        table = np.zeros((len(before), len(units)), dtype=bool)
        asked = [place for place, name in enumerate(before) if name not in self.known]
        for place, name in enumerate(before if len(units) else []):
            if name in self.known:
                table[place] = units.isin(self.known[name])
        if len(units) and asked:
            table[asked] = self._warned(units, [before[place] for place in asked], flagged)
        return pd.DataFrame(table.T, index=units, columns=before)

    def _warned(self, units: pd.MultiIndex, periods: list[str], flagged: pd.DataFrame) -> np.ndarray:
        """Tell which units warned in which period, shape (periods, units), with as few tests as it takes.

        q is never below p, and p of a series depends on no other series: where p of these units is large, the
        tests of all other series of that period need not be made.
        """
        warned = np.zeros((len(periods), len(units)), dtype=bool)
        part = only(self.panel, flagged[list(CATALOGUE_KEY)].drop_duplicates())
        context = Context(periods[-1], self.near, self.settings)

        def mark(places: Sequence[int], test: Callable[[Panel, list[str]], pd.DataFrame]) -> None:
            left = [place for place in places if not warned[place].all()]
            mine = test(part, [periods[place] for place in left]) if left else no_tests()
            mine = mine[mine["p"].to_numpy() < self.settings.q_watch * (1 + 1e-9)]
            mine = mine[pd.MultiIndex.from_frame(mine[UNIT]).isin(units)] if len(mine) else mine
            left = [place for place in left if periods[place] in set(mine["period"])]
            if not left:
                return
            tests = test(self.panel, [periods[place] for place in left]).reset_index(drop=True)
            families = [tests[name] for name in (["period", "level"] if len(left) > 1 else ["level"])]
            q = q_within(tests, families, np.ones(len(tests), dtype=bool), self.settings)
            hit = tests[q < self.settings.q_watch]
            for place in left:
                found = hit.loc[hit["period"] == periods[place], UNIT]
                if len(found):
                    warned[place] |= units.isin(pd.MultiIndex.from_frame(found))

        asked = [detector for detector in self.detectors if detector is not cluster]  # a cluster warns nobody
        for detector in asked:
            if detector in ALL_PERIODS:
                at_once = ALL_PERIODS[detector]
                mark(range(len(periods)), lambda panel, names, at_once=at_once: at_once(panel, names, context))  # type: ignore[misc]
        for place, name in enumerate(periods):
            ask = _OnePeriod(name, self.near, self.settings)
            for detector in asked:
                if detector not in ALL_PERIODS:
                    mark([place], lambda panel, _, ask=ask, detector=detector: ask(panel, detector))  # type: ignore[misc]
        return warned


class _OnePeriod:
    """Ask detectors about one period; change and drift share what they work out of one panel."""

    def __init__(self, period: str, near: Mapping[str, Neighbors], settings: Settings) -> None:
        self._of = (period, near, settings)
        self._contexts: dict[int, Context] = {}

    def __call__(self, panel: Panel, detector: Detector) -> pd.DataFrame:
        """Return the tests of the areas."""
        found = ONE_PERIOD.get(detector, detector)(panel, self._contexts.setdefault(id(panel), Context(*self._of)))
        return found.loc[found["level"] != "city", TESTS]


ALL_PERIODS: dict[Detector, Callable[[Panel, list[str], Context], pd.DataFrame]] = {
    level: level_p,
    spatial: spatial_p,
}
"""Detectors that can give p of many periods at once."""

ONE_PERIOD: dict[Detector, Detector] = {change: change_p, drift: drift_p}
"""Detectors that can give p without the rest; any other detector is asked for its findings."""


def with_status(flagged: pd.DataFrame, history: pd.DataFrame, period: str) -> pd.DataFrame:
    """Add ``status`` and ``since``.

    ``continuing``: it stood in the report before; ``since`` is the first report of the unbroken row.
    ``returning``: it stood in an earlier report, but not in the one before. ``new``: in none.
    """
    newest_first = history.to_numpy(dtype=bool)[:, ::-1]
    names = np.array([period, *history.columns[::-1]], dtype=object)
    run = np.cumprod(newest_first, axis=1).sum(axis=1)
    before = newest_first.any(axis=1)
    status = np.where(run > 0, "continuing", np.where(before, "returning", "new"))
    return flagged.assign(status=status, since=names[run])


def only(panel: Panel, series: pd.DataFrame) -> Panel:
    """Return the panel of some indicators and groups; the panel itself when they are all."""
    if len(series) == len(panel.catalogue):
        return panel
    wished = pd.MultiIndex.from_frame(series[list(CATALOGUE_KEY)])
    keep = pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)]).isin(wished)
    listed = pd.MultiIndex.from_frame(panel.catalogue[list(CATALOGUE_KEY)]).isin(wished)
    return Panel(panel.data[keep], panel.catalogue[listed])
