"""Does an area drift? Sustained departures that no single change shows."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.warning.detectors.newest_change import newest_change, newest_changes, relevant_on_link
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector, Past
from regsam_geo.warning.schema.findings import as_findings, concat_findings
from regsam_geo.warning.statistics.change_test import ChangeTest, p_of_effect
from regsam_geo.warning.statistics.drift_test import WINDOWS, DriftTest, drift_test
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import Array


def drift(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that have moved away from the others over three or five years.

    Both windows are tested; p is twice the smaller one (Bonferroni).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = drift(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), Context(period="2024"))
    >>> len(found), set(found["kind"])
    (50, {'drift'})
    """
    return concat_findings([_findings_of_cube(*tested, context) for tested in newest_changes(panel, context)])


def drift_p(cube: Cube, context: Context) -> Array:
    """Return p alone of every cell: what the history of a warning asks for."""
    if not cube.is_tested(context.period) or len(cube.numbers) <= cube.season * min(WINDOWS):
        return np.full(cube.value[:, -1].shape, np.nan)
    _, _, combined = _tested(cube, *newest_change(cube, context), context)
    return np.where(np.isfinite(cube.value[:, -1]), combined, np.nan)


def _tested(
    cube: Cube, linked: Linked, test: ChangeTest, context: Context
) -> tuple[list[DriftTest], Array, Array]:
    """Return the tests of both windows, their p, and p of both together (NaN where there is no test)."""
    settings = context.settings
    relevant = relevant_on_link(cube, linked, settings)[:, None]
    # Two windows: three years find a course that has just begun, five one that is slow.
    results = [drift_test(test, years, cube.season) for years in WINDOWS]
    history = np.isfinite(test.excess[:, ::-1][:, :: cube.season]).sum(axis=1)
    p = np.stack(
        [
            np.where(
                history >= result.years + settings.min_history,
                p_of_effect(
                    # What matters grows with the years, but never beyond what matters as a level.
                    result.effect,
                    result.se,
                    result.df,
                    relevant * min(1.0, settings.yearly_share * result.years),
                ),
                np.nan,
            )
            for result in results
        ]
    )
    # Bonferroni over the windows that could be tested: the three years are a part of the five, so p is cautious
    number = np.isfinite(p).sum(axis=0)
    smallest = np.where(np.isfinite(p), p, 2.0).min(axis=0)
    return results, p, np.where(number > 0, np.minimum(smallest * number, 1.0), np.nan)


def _findings_of_cube(cube: Cube, linked: Linked, test: ChangeTest, context: Context) -> pd.DataFrame:
    results, p, combined = _tested(cube, linked, test, context)
    any_test = np.isfinite(combined)
    best = np.argmin(np.where(np.isfinite(p), p, 2.0), axis=0)
    effect = np.take_along_axis(np.stack([result.effect for result in results]), best[None], 0)[0]
    se = np.take_along_axis(np.stack([result.se for result in results]), best[None], 0)[0]
    effect = np.where(any_test, effect, np.nan)
    expected = np.where(any_test, linked.back(linked.y[:, -1] - effect), np.nan)
    years = np.asarray(WINDOWS)[best]
    # The period before the first change of the sum: "since" names the last value that still lay on the common
    # course.
    start = np.maximum(len(cube.numbers) - 1 - years * cube.season, 0)
    at, area = np.nonzero(np.isfinite(cube.value[:, -1]))
    before = cube.value[at, start[at, area], area]
    # the newest change may go against the years before it, and then has to be told
    year_ago = max(len(cube.numbers) - 1 - cube.season, 0)
    last = cube.value[at, year_ago, area]
    details = [
        {
            "years": int(span),
            "before": float(b),
            "before_period": cube.periods.get(int(cube.numbers[o]), ""),
            "last": float(before_now),
            "last_period": cube.periods.get(int(cube.numbers[year_ago]), ""),
            "se": float(s),
        }
        for span, b, o, before_now, s in zip(
            years[at, area], before, start[at, area], last, se[at, area], strict=True
        )
    ]
    found = any_test[at, area]
    return as_findings(
        pd.DataFrame(
            {
                **cube.labels(at, area),
                "period": context.period,
                "kind": "drift",
                "direction": np.where(found, np.where(effect[at, area] >= 0, "up", "down"), ""),
                "value": cube.value[at, -1, area],
                "expected": expected[at, area],
                "effect": effect[at, area],
                "p": combined[at, area],
                "p_floor": np.where(found, 0.0, np.nan),
                "reason": np.where(found, "drift", "drift_short_history"),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


DRIFT = Detector("drift", "temporal", drift, past=Past(drift_p), chart_note="label.series.band_drift")
