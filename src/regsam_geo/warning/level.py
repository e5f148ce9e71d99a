"""Does an area differ from the city, given its size and the scatter of all areas? The detector ``level``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel, unrounded_values
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period, frequency, parse_period
from regsam_geo.warning.context import Context
from regsam_geo.warning.findings import as_findings, concat_findings
from regsam_geo.warning.funnel import (
    FEWEST_AREAS,
    Array,
    Kind,
    adjusted_residuals,
    calibration,
    rate_at,
    scatter_without,
    studentize,
)
from regsam_geo.warning.settings import Settings

OUTSIDE = 0.05
"""An area is outside, for ``since``, beyond the 95 % limits widened by the relevant effect."""


@dataclass(frozen=True)
class _Level:
    """The test of the areas of one series and period; arrays of shape (areas,)."""

    expected: float
    statistic: Array
    p: Array
    reason: str = "level"
    reach: Array | None = None  # the 95 % limits: residuals of the funnel, or distances from what is expected
    size: Array | None = None  # of the areas, where there is a funnel
    rate: float = np.nan
    scale: float = 1.0
    kind: Kind = "ratio"


class _Found(NamedTuple):
    """What one series and period has to report."""

    key: dict[str, str]
    ids: npt.NDArray[np.object_]
    tested: Array
    level: _Level
    since: dict[str, str]


def level(panel: Panel, context: Context) -> pd.DataFrame:
    """Find areas that differ unusually from the city, given their size (funnel limits with overdispersion).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = level(rg.load_sample(), Context("2024"))
    >>> len(found), set(found["kind"])
    (275, {'level'})
    """
    return concat_findings(level_findings(panel, [context.period], context.settings))


def level_outliers(panel: Panel | pd.DataFrame, period: Period | None = None) -> pd.DataFrame:
    """Compare every area with the city, given its size and the scatter of all areas.

    Parameters
    ----------
    panel
        A panel, or a tidy frame.
    period
        The period to report; the newest by default. Earlier ones are used to say since when an area has been
        outside.

    Returns
    -------
    DataFrame
        Findings of kind ``level``, one row per indicator, group and area, significant or not. ``expected`` is the
        rate of all areas together (their median where there is no denominator), ``effect`` the studentised
        residual, ``p`` the probability of such a difference if none exceeded the relevant effect. ``details``
        holds ``lower`` and ``upper`` (95 % limits for an area of this size) and ``since`` (the period from which
        on p has been below 5 % on the same side, empty if it is not now).

    Notes
    -----
    See ``funnel_limits``. Indicators whose counts do not add up to the city are not compared with it
    (``reason`` is ``"level_not_comparable"``).

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = rg.level_outliers(rg.load_sample().sel("Nichtdeutsche"))
    >>> first = found.loc[found["p"].idxmin()]
    >>> first["area_id"], round(float(first["value"]), 1), round(float(first["expected"]), 1)
    ('11', 43.6, 30.6)
    """
    given = Panel.from_frame(panel)
    wanted = parse_period(period) if period is not None else max(given.periods)
    return concat_findings(level_findings(given, [wanted], Settings()))


def level_findings(panel: Panel, periods: list[str], settings: Settings) -> list[pd.DataFrame]:
    """Test every series of every level in some periods, and look back to say since when."""
    data = panel.data.assign(tested=unrounded_values(panel))
    data = data[data["period"].isin(_history(data["period"].unique(), periods))]
    data = data[(data["level"] != "city") & data["tested"].notna()]
    catalogue = panel.catalogue.set_index(list(CATALOGUE_KEY)).to_dict("index")
    found: list[_Found] = []
    for (indicator, group, name), series in data.groupby(["indicator", "group", "level"], sort=True):
        entry = catalogue[indicator, group]
        rows = dict(list(series.groupby("period", sort=True)))
        tested = {when: _test(part, entry, settings) for when, part in rows.items()}
        key = {"indicator": indicator, "group": group, "level": name}
        for when in (when for when in periods if when in rows):
            ids = rows[when]["area_id"].to_numpy()
            found.append(
                _Found(
                    {**key, "period": when},
                    ids,
                    rows[when]["tested"].to_numpy(),
                    tested[when],
                    _since(rows, tested, when),
                )
            )
    return [_table(found)] if found else []


def _history(known: Iterable[str], periods: list[str]) -> list[str]:
    """Return the periods asked for and all earlier ones of the same frequency."""
    return [
        name
        for name in known
        if any(name <= period and frequency(name) == frequency(period) for period in periods)
    ]


def _test(rows: pd.DataFrame, entry: dict[str, Any], settings: Settings) -> _Level:
    """Test the areas of one series and period."""
    nothing = np.full(len(rows), np.nan)
    if not pd.isna(entry["summable"]) and not entry["summable"]:
        return _Level(np.nan, nothing, nothing, "level_not_comparable")
    relevant = entry["relevant_effect"]
    delta = settings.relevant_effect if pd.isna(relevant) else float(relevant)
    y, x = (rows[name].to_numpy(dtype=np.float64) for name in ("numerator", "denominator"))
    counted = np.isfinite(y) & np.isfinite(x) & (y >= 0) & (x > 0)
    if entry["kind"] in ("proportion", "ratio") and not pd.isna(entry["scale"]) and counted.all():
        kind: Kind = "proportion" if entry["kind"] == "proportion" and (y <= x).all() else "ratio"
        return _funnel_test(y, x, kind, float(entry["scale"]), delta)
    return _robust_test(rows["tested"].to_numpy(dtype=np.float64), delta)


def _funnel_test(y: Array, x: Array, kind: Kind, scale: float, delta: float) -> _Level:
    tested = studentize(y, x, kind)
    rate = float(y.sum() / x.sum())
    nothing = np.full(len(y), np.nan)
    if tested is None:
        return _Level(scale * rate, nothing, nothing, "level_too_few")
    part = np.sqrt(1.0 - x / x.sum())
    side = np.where(tested.statistic >= 0, 1.0, -1.0)
    edge_counts = x * np.minimum(rate * (1.0 + side * delta), 1.0 if kind == "proportion" else np.inf)
    # the correction for skewness belongs to the count, not to the distance of the edge
    edge = adjusted_residuals(edge_counts, x, rate, kind) - adjusted_residuals(x * rate, x, rate, kind)
    p = tested.calibration.p(tested.statistic, np.abs(edge / part) / (tested.width / part))
    reach = tested.calibration.limit(0.95) * tested.width
    return _Level(scale * rate, tested.statistic, p, reach=reach, size=x, rate=rate, scale=scale, kind=kind)


def _robust_test(values: Array, delta: float) -> _Level:
    """Compare values without denominators with their median, in units of their own scatter."""
    n, center = len(values), float(np.median(values))
    nothing = np.full(n, np.nan)
    if n < FEWEST_AREAS:
        return _Level(center, nothing, nothing, "level_too_few")
    residuals = values - center
    width = np.sqrt(scatter_without(residuals))
    if not (width > 0).all():
        return _Level(center, nothing, nothing, "level_no_scatter")
    known = calibration(n, "median")
    p = known.p(residuals / width, delta * abs(center) / width)
    return _Level(center, residuals / width, p, reach=known.limit(0.95) * width)


def _table(found: list[_Found]) -> pd.DataFrame:
    """Write series and periods as findings."""
    lengths = [len(one.ids) for one in found]
    lower, upper = (_limits([one.level for one in found], sign) for sign in (-1.0, 1.0))
    statistic, p = (np.concatenate([getattr(one.level, name) for one in found]) for name in ("statistic", "p"))
    since = [one.since.get(area, "") for one in found for area in one.ids]
    details = [
        {"lower": low, "upper": high, "since": when}
        for low, high, when in zip(lower.tolist(), upper.tolist(), since, strict=True)
    ]
    return as_findings(
        pd.DataFrame(
            {
                **{name: np.repeat([one.key[name] for one in found], lengths) for name in found[0].key},
                "area_id": np.concatenate([one.ids for one in found]),
                "kind": "level",
                "direction": np.where(statistic > 0, "high", np.where(statistic < 0, "low", "")),
                "value": np.concatenate([one.tested for one in found]),
                "expected": np.repeat([one.level.expected for one in found], lengths),
                "effect": statistic,
                "p": p,
                "p_floor": np.where(np.isfinite(p), 0.0, np.nan),
                "reason": np.repeat([one.level.reason for one in found], lengths),
                "details": pd.Series(details, dtype="object"),
            }
        )
    )


def _limits(levels: list[_Level], sign: float) -> Array:
    """Return the 95 % limits on one side; those of all funnels of a kind are looked for together."""
    limits = [
        np.full(len(one.p), np.nan) if one.reach is None else one.expected + sign * one.reach for one in levels
    ]
    for kind in ("proportion", "ratio"):
        places = [place for place, one in enumerate(levels) if one.size is not None and one.kind == kind]
        if not places:
            continue
        chosen = [levels[place] for place in places]
        lengths = [len(one.p) for one in chosen]
        reach, size = (np.concatenate([getattr(one, name) for one in chosen]) for name in ("reach", "size"))
        rates = rate_at(sign * reach, size, np.repeat([one.rate for one in chosen], lengths), kind)
        rates *= np.repeat([one.scale for one in chosen], lengths)
        for place, part in zip(places, np.split(rates, np.cumsum(lengths)[:-1]), strict=True):
            limits[place] = part
    return np.concatenate(limits)


def _since(rows: dict[str, pd.DataFrame], tested: dict[str, _Level], period: str) -> dict[str, str]:
    """Return, for each area outside now, the first period of its unbroken stay on the same side."""
    since: dict[str, str] = {}
    sides: dict[str, float] = {}
    for when in sorted((when for when in rows if when <= period), reverse=True):
        found = tested[when]
        outside = dict(
            zip(rows[when]["area_id"], np.where(found.p < OUTSIDE, np.sign(found.statistic), 0.0), strict=True)
        )
        if when == period:
            sides = {area: side for area, side in outside.items() if side}
        sides = {area: side for area, side in sides.items() if outside.get(area) == side}
        if not sides:
            break
        since |= dict.fromkeys(sides, when)
    return since
