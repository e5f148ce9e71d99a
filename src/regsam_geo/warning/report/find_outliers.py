"""The tests of one family alone, significant or not: areas against their neighbors, their past, or the city."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.periods import Period, years_before
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import did_you_mean, problem, say, shows_progress, watched
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.detectors.cluster import CLUSTER, cluster_findings
from regsam_geo.warning.detectors.level import LEVEL
from regsam_geo.warning.detectors.neighbor_findings import SERIES
from regsam_geo.warning.detectors.spatial import SPATIAL, outlier_findings
from regsam_geo.warning.report.urgency import findings_of, tests_of
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.schema.findings import FindingTable, concat_findings

OutlierKind = Literal["spatial", "temporal", "level"]


@verb
@shows_progress
def find_outliers(
    study: Study, kind: OutlierKind, period: Period | None = None, *, change_years: int | None = None
) -> pd.DataFrame:
    """Compare areas with their neighbors, with their own past, or with the city, for every indicator and group.

    Parameters
    ----------
    study
        Figures and areas.
    kind
        ``"spatial"``: findings of the kinds ``cluster`` and ``spatial``; ``"temporal"``: ``change``,
        ``zone`` and ``drift``; ``"level"``: each area against the city, given its size and the scatter of all
        areas.
    period
        The period whose values are tested; the study's by default. Earlier ones say what was to be expected, and
        since when an area has been outside.
    change_years
        With ``"spatial"``: compare changes over so many years instead of values.

    Returns
    -------
    DataFrame
        Findings, one row per test made, significant or not. ``expected`` is the mean of the other areas (cluster),
        of the neighbors (spatial), the rate of all areas (level; their median where there is no denominator), or
        what the areas' common change and the own past led to expect; with ``change_years`` the earlier value
        changed as much as those. ``effect`` is in standard deviations of the tested values (spatial), on the
        link scale (temporal) or the studentised residual (level). ``q`` is set for ``"temporal"`` alone: within
        kind and level over the headline indicators; what moves all areas has level ``city``. ``details`` holds
        what a sentence needs; for ``"level"`` the 95 % limits ``lower`` and ``upper`` for an area of this size
        and ``since``, the period from which on p has been below 5 % on the same side (empty if it is not now).

    Raises
    ------
    OptionError
        If the kind is unknown, the period does not occur, or changes of another kind are asked for.

    Notes
    -----
    Rates are tested unrounded. Changes between areas are differences for shares in percent and indicators without
    denominator, and log ratios for other quotients. See ``docs/methods/spatial.md`` and ``funnel_limits``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Nichtdeutsche", "Arbeitslose - Anteil"])
    >>> rg.find_outliers(panel, "spatial", 2024).groupby("kind").size().to_dict()
    {'cluster': 50, 'spatial': 50}
    >>> found = rg.find_outliers(panel.sel("Nichtdeutsche"), "level")
    >>> first = found.loc[found["p"].idxmin()]
    >>> first["area_id"], round(float(first["value"]), 1), round(float(first["expected"]), 1)
    ('11', 43.6, 30.6)
    >>> rg.find_outliers(panel, "temporal", 2023)["kind"].value_counts().to_dict()
    {'change': 52, 'zone': 50, 'drift': 50}
    """
    kinds = get_args(OutlierKind)
    if kind not in kinds:
        hint = did_you_mean(kind, kinds)
        raise problem(OptionError, "outlier_kind", found=str(kind), expected=", ".join(kinds), hint=hint)
    if change_years is not None and kind != "spatial":
        raise problem(OptionError, "outlier_changes", found=kind)
    neighbors = {level: study.neighbors(level) for level in study.layers}
    context = Context(study.find_period(period), neighbors, study.settings, study.level)
    if kind == "temporal":
        family = [one for one in DETECTORS if one.family == "temporal"]
        return FindingTable(findings_of(study.subject, context, family))
    if change_years is not None:
        return FindingTable(_unlike_changes(study.subject, context, change_years))
    asked = watched((CLUSTER, SPATIAL) if kind == "spatial" else (LEVEL,), say("progress.tests"))
    return FindingTable(concat_findings([tests_of(detector, study.subject, context) for detector in asked]))


def _unlike_changes(panel: Panel, context: Context, change_years: int) -> pd.DataFrame:
    """Test whether the changes of areas are unlike those of the areas around them."""
    rows = _changes(panel, context.period, change_years)
    by_level = {level: rows[rows["level"] == level] for level in context.neighbors}
    asked = watched((cluster_findings, outlier_findings), say("progress.tests"))
    return concat_findings(
        [
            test(by_level[level], level, neighbors)
            for test in asked
            for level, neighbors in context.neighbors.items()
        ]
    )


def _changes(panel: Panel, period: str, change_years: int) -> pd.DataFrame:
    """Return the rows of a period with what is tested: the change over some years, on its scale."""
    rows = panel.data.assign(current=unrounded_values(panel))
    rows = rows[rows["current"].notna()]
    key = ["indicator", "group", "period", "level", "area_id"]
    kinds = panel.catalogue.set_index(["indicator", "group"])["kind"]
    earlier = rows.assign(before_period=rows["period"])[[*key, "before_period", "current"]]
    # Shifted forward to the period that looks back at it, so that one merge finds all pairs.
    earlier = earlier.assign(period=[years_before(when, -change_years) for when in earlier["period"]])
    rows = rows[rows["period"] == period].merge(earlier.rename(columns={"current": "before"}), on=key, how="inner")
    quotient = (kinds.reindex(pd.MultiIndex.from_frame(rows[["indicator", "group"]])) == "ratio").to_numpy(
        dtype=bool, na_value=False
    )
    # a whole series is on one scale: the log needs positive values throughout
    positive = (rows["current"] > 0) & (rows["before"] > 0)
    positive = positive.groupby([rows[name] for name in SERIES]).transform("all").to_numpy()
    logged = quotient & positive
    now, then = rows["current"].to_numpy(), rows["before"].to_numpy()
    growth = np.log(np.divide(now, then, out=np.ones(len(rows)), where=logged))
    return rows.assign(tested=np.where(logged, growth, now - then), logged=logged)
