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
from regsam_geo.warning.report.past import warned_cells
from regsam_geo.warning.report.urgency import UNIT, findings_of, flagged_units, q_within, tests_of
from regsam_geo.warning.schema.cube import cubes
from regsam_geo.warning.schema.detector import Context, Detector


@dataclass(frozen=True, eq=False)
class Reports:
    """Which areas warn in which period of one panel.

    Attributes
    ----------
    panel
        The headline indicators, without doubtful cells.
    neighbors, settings, city_level
        As in ``Context``.
    detectors
        As in ``detect_warnings``.
    known
        What the reports written so far have flagged.
    """

    panel: Panel
    neighbors: Mapping[str, Neighbors]
    settings: Settings
    detectors: Sequence[Detector]
    city_level: str = ""
    known: dict[str, pd.MultiIndex] = field(default_factory=dict, repr=False)

    def context(self, period: str) -> Context:
        """Return what a detector is given besides the panel."""
        return Context(period, self.neighbors, self.settings, self.city_level)

    def findings(self, period: str) -> pd.DataFrame:
        """Return every test of a period, with q."""
        return findings_of(self.panel, self.context(period), self.detectors)

    def flagged(self, findings: pd.DataFrame, period: str) -> pd.DataFrame:
        """Return the areas that the findings of a period flag."""
        rows = flagged_units(findings, self.neighbors, self.settings, self.detectors)
        # Noted, so that the next report asks for no test of this one.
        self.known[period] = pd.MultiIndex.from_frame(rows[UNIT])
        return rows

    def earlier(self, period: str) -> list[str]:
        """Return the periods before one, of its frequency, newest first; as many as ``lookback`` says."""
        # A quarterly report is compared with quarters: the year in between would break every row of warnings.
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
            # Reports that were written are known; the others are asked about these units alone.
            table[:, place] = self._warned(units, name) if known is None else index.isin(known)
        return pd.DataFrame(table, index=index, columns=names)

    def _warned(self, units: pd.DataFrame, period: str) -> npt.NDArray[np.bool_]:
        """Tell which units warned in a report that has not been written, with as few tests as it takes."""
        context = self.context(period)
        warning = [one for one in self.detectors if one.warns]
        # Exact permutation tests last: for a unit that another detector has settled they are not made at all.
        quick = [one for one in warning if one.past is not None and not one.past.costly]
        costly = [one for one in warning if one.past is not None and one.past.costly]
        warned = np.zeros(len(units), dtype=bool)
        # Of the figures up to that period alone, as the report of that time had them.
        for cube in cubes(self.panel, period):
            row, column = cube.cells(units)
            known = np.flatnonzero(row >= 0)
            if not len(known):
                continue
            cell = row[known], column[known]
            asked = np.zeros(cube.value[:, -1].shape, dtype=bool)
            asked[cell] = True
            warned[known] = warned_cells(cube, asked, (*quick, *costly), context)[cell]
        for detector in warning:
            if detector.past is None and not warned.all():
                warned |= self._found(detector, units, context)
        return warned

    def _found(self, detector: Detector, units: pd.DataFrame, context: Context) -> npt.NDArray[np.bool_]:
        """Tell which units a detector flags that can only be asked for its findings."""
        tests = tests_of(detector, self.panel, context)
        tests = tests[tests["level"] != "city"]
        every = np.ones(len(tests), dtype=bool)
        q = q_within(tests, [tests["level"]], every, detector, self.settings)
        hit = pd.MultiIndex.from_frame(tests.loc[q < self.settings.q_watch, UNIT])
        return np.asarray(pd.MultiIndex.from_frame(units).isin(hit))


def with_status(flagged: pd.DataFrame, history: pd.DataFrame, period: str) -> pd.DataFrame:
    """Add ``status`` and ``since``.

    ``continuing``: it stood in the report before; ``since`` is the first report of the unbroken row.
    ``returning``: it stood in an earlier report, but not in the one before. ``new``: in none.
    """
    # the run counts back from the report before this one and ends at the first in which the unit did not stand
    newest_first = history.to_numpy(dtype=bool)[:, ::-1]
    names = np.array([period, *history.columns[::-1]], dtype=object)
    run = np.cumprod(newest_first, axis=1).sum(axis=1)
    before = newest_first.any(axis=1)
    status = np.where(run > 0, "continuing", np.where(before, "returning", "new"))
    return flagged.assign(status=status, since=names[run])


def only(panel: Panel, series: pd.DataFrame) -> Panel:
    """Return the panel of some indicators and groups; the panel itself when they are all."""
    # The same object, so that what is held for a panel (cubes, stays) is found again.
    if len(series) == len(panel.catalogue):
        return panel
    wished = pd.MultiIndex.from_frame(series[list(CATALOGUE_KEY)])
    keep = pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)]).isin(wished)
    listed = pd.MultiIndex.from_frame(panel.catalogue[list(CATALOGUE_KEY)]).isin(wished)
    return Panel(panel.data[keep], panel.catalogue[listed])
