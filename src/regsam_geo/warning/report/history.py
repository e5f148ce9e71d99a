"""The reports of a panel, period by period: one definition of new, continuing and returning for all who ask."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import frequency
from regsam_geo.study.settings import Settings
from regsam_geo.warning.cube import cubes
from regsam_geo.warning.detectors.change import change, change_p
from regsam_geo.warning.detectors.detector import Context, Detector
from regsam_geo.warning.detectors.drift import drift, drift_p
from regsam_geo.warning.detectors.level import level, level_p
from regsam_geo.warning.detectors.spatial import cluster, spatial, spatial_floor, spatial_p
from regsam_geo.warning.report.past import Past, warned_cells
from regsam_geo.warning.report.urgency import UNIT, findings_of, flagged_units, q_within


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
        units, names = flagged[UNIT], self.earlier(period)[::-1]
        index = pd.MultiIndex.from_frame(units)
        table = np.zeros((len(units), len(names)), dtype=bool)
        for place, name in enumerate(names if len(units) else []):
            known = self.known.get(name)
            table[:, place] = self._warned(units, name) if known is None else index.isin(known)
        return pd.DataFrame(table, index=index, columns=names)

    def _warned(self, units: pd.DataFrame, period: str) -> npt.NDArray[np.bool_]:
        """Tell which units warned in a report that has not been written, with as few tests as it takes."""
        context = Context(period, self.near, self.settings)
        kinds = [past for detector, past in PAST.items() if detector in self.detectors]
        warned = np.zeros(len(units), dtype=bool)
        for cube in cubes(self.panel, period):
            row, column = cube.cells(units)
            here = np.flatnonzero(row >= 0)
            if not len(here):
                continue
            cell = row[here], column[here]
            asked = np.zeros(cube.value[:, -1].shape, dtype=bool)
            asked[cell] = True
            warned[here] = warned_cells(cube, asked, kinds, context)[cell]
        for detector in self.detectors:
            if detector not in PAST and detector is not cluster and not warned.all():  # a cluster warns nobody
                warned |= self._found(detector, units, context)
        return warned

    def _found(self, detector: Detector, units: pd.DataFrame, context: Context) -> npt.NDArray[np.bool_]:
        """Tell which units a detector flags that can only be asked for its findings."""
        tests = detector(self.panel, context)
        tests = tests[tests["level"] != "city"]
        q = q_within(tests, [tests["level"]], np.ones(len(tests), dtype=bool), self.settings)
        hit = pd.MultiIndex.from_frame(tests.loc[q < self.settings.q_watch, UNIT])
        return np.asarray(pd.MultiIndex.from_frame(units).isin(hit))


PAST: dict[Detector, Past] = {
    level: Past(level_p),
    change: Past(change_p),
    drift: Past(drift_p),
    spatial: Past(spatial_p, spatial_floor),
}
"""Detectors that can give p without the rest, the quickest first; any other is asked for its findings."""


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
