"""The reports of a panel, period by period: which areas stood in each of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import part_of
from regsam_geo.indicators.periods import frequency
from regsam_geo.study.settings import Settings
from regsam_geo.warning.detectors.newest_change import newest_cubes, of_few_series
from regsam_geo.warning.report.past import flagged_cells
from regsam_geo.warning.report.urgency import UNIT, findings_of, flagged_units, q_within, tests_of
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.schema.findings import concat_findings
from regsam_geo.warning.statistics.robust import Array

STOOD = [*UNIT, "kind", "kinds", "direction", "value", "expected", "p", "q"]
"""What is kept of an area that stood in a report: its surest finding."""


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
        Who stood in the reports that were asked for so far, and why.
    tested
        p of every test of these reports, sorted, by period, level and kind.
    """

    panel: Panel
    neighbors: Mapping[str, Neighbors]
    settings: Settings
    detectors: Sequence[Detector]
    city_level: str = ""
    known: dict[str, pd.DataFrame] = field(default_factory=dict, repr=False)
    tested: dict[tuple[str, str, str], Array] = field(default_factory=dict, repr=False)

    def context(self, period: str) -> Context:
        """Return what a detector is given besides the panel."""
        shared = {"panel": self.panel}
        return Context(period, self.neighbors, self.settings, self.city_level, shared)

    def findings(self, period: str, context: Context | None = None) -> pd.DataFrame:
        """Return every test of a period, with q; what is fitted for it stays in a context that is given."""
        return findings_of(self.panel, context or self.context(period), self.detectors)

    def flagged(self, findings: pd.DataFrame, period: str) -> pd.DataFrame:
        """Return the areas that the findings of a period flag."""
        rows = flagged_units(findings, self.neighbors, self.settings, self.detectors)
        # Noted, so that the next report asks for no test of this one.
        self.known[period] = rows[STOOD]
        for (level, kind), p in findings.groupby(["level", "kind"])["p"]:
            self._note(period, str(level), str(kind), p.to_numpy())
        return rows

    def _note(self, period: str, level: str, kind: str, p: Array) -> None:
        self.tested[period, level, kind] = np.sort(p[np.isfinite(p)])

    def with_frequencies(self, rows: pd.DataFrame, findings: pd.DataFrame, period: str) -> pd.DataFrame:
        """Say of each finding in how many comparisons of earlier reports it was as unusual: in its ``details``.

        Comparable are the tests of the same kind and level in all indicators and areas, in the earlier reports
        that are looked at (``Settings.lookback``).
        """
        earlier = self.earlier(period)
        for name in earlier:
            self.stood(name)
        tested = findings[findings["p"].notna()].groupby(["level", "kind"])
        sizes = {
            place: (len(part[list(CATALOGUE_KEY)].drop_duplicates()), part["area_id"].nunique())
            for place, part in tested
        }
        details = []
        for row in rows.to_dict("records"):
            place = (row["level"], row["kind"])
            known = {
                name: self.tested[name, *place] for name in earlier if len(self.tested.get((name, *place), ()))
            }
            fields = dict(row["details"])
            if known and np.isfinite(row["p"]) and place in sizes:
                fields |= {
                    "as_unusual": sum(int(np.searchsorted(p, row["p"], side="right")) for p in known.values()),
                    "comparisons": sum(map(len, known.values())),
                    "compared_since": next(iter(known)),
                    "compared_series": sizes[place][0],
                    "compared_areas": sizes[place][1],
                }
            details.append(fields)
        return rows.assign(details=pd.Series(details, index=rows.index, dtype="object"))

    def stood(self, period: str) -> pd.DataFrame:
        """Return who stood in the report of a period, which need not have been written."""
        if period not in self.known:
            self.known[period] = self._stood(period)
        return self.known[period]

    def earlier(self, period: str) -> list[str]:
        """Return the periods before one, of its frequency, oldest first; as many as ``lookback`` says."""
        # A quarterly report is compared with quarters: the year in between would break every row of warnings.
        kind = frequency(period)
        names = [name for name in self.panel.periods if name < period and frequency(name) == kind]
        return names if self.settings.lookback is None else names[max(len(names) - self.settings.lookback, 0) :]

    def just_before(self, period: str) -> str:
        """Return the period before the earliest that is looked back at; empty where there is none, or no bound."""
        earlier = self.earlier(period)
        older = [*self.earlier(earlier[0])] if earlier and self.settings.lookback is not None else []
        return older[-1] if older else ""

    def history(self, units: pd.DataFrame, period: str) -> pd.DataFrame:
        """Tell in which earlier reports the units stood: one column per report, oldest first."""
        index = pd.MultiIndex.from_frame(units[UNIT])
        stood = {
            name: index.isin(pd.MultiIndex.from_frame(self.stood(name)[UNIT])) for name in self.earlier(period)
        }
        return pd.DataFrame(stood, index=index)

    def _stood(self, period: str) -> pd.DataFrame:
        context = self.context(period)
        warning = [one for one in self.detectors if one.warns]
        quick = [one for one in warning if one.past is not None]

        def note(level: str, kind: str, p: Array) -> None:
            self._note(period, level, kind, p[np.isfinite(p)])

        hits = [flagged_cells(cube, quick, context, note) for cube in newest_cubes(self.panel, context)]
        asked = [one for one in warning if one.past is None]
        whole = [self._tests(one, context) for one in asked]
        hits += [self._flagged(tests, one) for tests, one in zip(whole, asked, strict=True)]
        hits = [one for one in hits if len(one)]
        if not hits:
            return pd.DataFrame(columns=STOOD)
        found = pd.concat(hits, ignore_index=True)
        # Only now the words: what was expected is asked of the few series that warned, which changes no test.
        told_in = of_few_series(self.panel, found, context)
        told = [tests_of(one, self.panel, told_in) for one in quick if one.name in set(found["kind"])]
        told = concat_findings([*told, *whole])[[*UNIT, "kind", "direction", "value", "expected"]]
        rank = found["kind"].map({one.name: place for place, one in enumerate(self.detectors)})
        named = found.assign(rank=rank).sort_values("rank", kind="stable")
        kinds = named.groupby(UNIT)["kind"].agg("+".join).rename("kinds").reset_index()
        lead = found.sort_values(["q", "p"], kind="stable").drop_duplicates(UNIT)
        return lead.merge(told, on=[*UNIT, "kind"]).merge(kinds, on=UNIT)[STOOD]

    def _tests(self, detector: Detector, context: Context) -> pd.DataFrame:
        """Return the tests of a detector that can only be asked for its findings."""
        tests = tests_of(detector, self.panel, context)
        tests = tests[tests["level"] != "city"]
        for level, p in tests.groupby("level")["p"]:
            self._note(context.period, str(level), detector.name, p.to_numpy())
        return tests

    def _flagged(self, tests: pd.DataFrame, detector: Detector) -> pd.DataFrame:
        """Return the cells that such tests flag."""
        q = q_within(tests, [tests["level"]], np.ones(len(tests), dtype=bool), detector, self.settings)
        return tests.assign(q=q).loc[q < self.settings.q_watch, [*UNIT, "kind", "p", "q"]]


def only(panel: Panel, series: pd.DataFrame) -> Panel:
    """Return the panel of some indicators and groups; the panel itself when they are all."""
    # The same object, so that what is held for a panel (cubes, stays) is found again.
    if len(series) == len(panel.catalogue):
        return panel
    wished = pd.MultiIndex.from_frame(series[list(CATALOGUE_KEY)])
    return part_of(panel, pd.MultiIndex.from_frame(panel.data[list(CATALOGUE_KEY)]).isin(wished))
