"""The social situation: where areas stand, which way they go, and how firm that is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Unpack

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import Period, years_before
from regsam_geo.situation.firmness import (
    COVERAGE,
    DRAWS,
    Array,
    rank_sets,
    ranks,
    redrawn_rates,
    sampling_variance,
    share_that_holds,
    standardized,
    weighted_index,
)
from regsam_geo.situation.history import BURDENS, SituationHistory
from regsam_geo.situation.inputs import (
    StatusRules,
    burden_sign,
    by_indicator,
    index_indicators,
    index_rows,
    left_out_of,
    wide,
)
from regsam_geo.situation.status_classes import DYNAMICS_LIMITS, STATUS_LIMITS, class_number
from regsam_geo.situation.table import DIRECTIONS, SituationFacts, SituationTable
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import check_options

REDRAWS = 1000


@verb
def social_situation(
    study: Study,
    indicators: Sequence[str] | None = None,
    period: Period | None = None,
    *,
    level: str | None = None,
    seed: int = 0,
    **rules: Unpack[StatusRules],
) -> SituationTable:
    """Say where areas stand, which way they go, since when, and how firm that is.

    Parameters
    ----------
    study
        Figures.
    indicators
        The index indicators, by name or title; by default the headline indicators that are a burden or a relief
        and that the areas have in the period.
    period, level
        Those of the study by default. At level ``"region"`` the regions are ranked among themselves.
    seed
        For the redraws.
    **rules
        As in ``status_dynamics``: ``years``, ``directions``, ``weights``, limits, and who takes no part.

    Returns
    -------
    SituationTable
        One row per area, index ``area_id``:

        - ``area_name``, ``region_id``
        - ``index``: high means a high burden; ``change_index``: high means that the burden grew more than
          elsewhere
        - ``burden``: ``"low"``, ``"medium"``, ``"high"``, ``"very_high"``; ``direction``: ``"falling"``,
          ``"stable"``, ``"rising"``, empty where there are no figures of before; ``class``: both
        - ``rank``: 1 is the most burdened; ``rank_low``, ``rank_high``: an interval that allows for chance and for
          other weights; ``chance_low``, ``chance_high`` and ``weights_low``, ``weights_high``: for one alone
        - ``holds``: the share of redraws in which the class of burden stays the same, ``holds_by_chance`` and
          ``holds_by_weights`` for one alone; ``direction_holds``: the same for the direction
        - ``periods_in_class``, ``since``, ``burden_before``: the class of burden over time; ``burden_before`` is
          empty where it never was another one
        - ``left_out``: why an area has no class; ``z ...``: each indicator, high meaning a burden

    Raises
    ------
    OptionError
        If an indicator or a rule is unknown, or an indicator has no direction.

    Notes
    -----
    It is a state, told as a state: no test, no cause. The index is that of ``status_dynamics``, so the classes are
    Berlin's; only what they are called says of what they speak: a home has no *low status*, an area has a *high
    burden*.

    *Chance*: each count is redrawn, given its denominator; the counts of one area are taken as independent. The
    interval of ranks at the weights given is the confidence set of Mogstad and others (2024), which holds 90 %
    where areas lie close together too. *Weights*: every weighting is as likely as any other (Dirichlet 1); the
    interval holds the ranks of 90 of 100. ``rank_low`` to ``rank_high`` spans both. Chance cannot be told, and is
    NaN, where denominators are missing.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.social_situation(rg.load_study(), period=2024)
    >>> table.loc["16", ["burden", "direction", "since"]].tolist()
    ['very_high', 'stable', '2012']
    """
    check_options(rules, StatusRules)
    where = study.find_level(level)
    now = study.find_period(period, where)
    panel = study.panel_of(where)
    names = index_indicators(study, _present(panel, where, now, study) if indicators is None else indicators)
    rows = index_rows(panel, names, where)
    earlier = years_before(now, rules.get("years", 2))
    burdens = _Burdens.of(study, panel, names, rules)
    rates = wide(rows, names, now)
    left_out = left_out_of(study, [rates], rates.index, now, rules)
    valid = (left_out == "").to_numpy()
    today = burdens.index_of(rates, valid)
    limits = tuple(rules.get("status_limits", STATUS_LIMITS)), tuple(rules.get("dynamics_limits", DYNAMICS_LIMITS))

    before = wide(rows, names, earlier)
    change = burdens.index_of(rates - before, valid & before.notna().all(axis=1).to_numpy())
    firm = _firmness(burdens, (rows, now, earlier), valid, limits, seed)
    history = _history(burdens, rows, left_out, limits[0])
    burden, direction = _words(today, BURDENS, limits[0]), _words(change, DIRECTIONS, limits[1])
    layer = study.layer(where) if where in study.layers else None
    table = pd.DataFrame(
        {
            "area_name": "" if layer is None else layer["name"].reindex(rates.index).fillna("").astype(str),
            "region_id": study.regions_of(where).reindex(rates.index).fillna("") if layer is not None else "",
            "index": today,
            "change_index": change,
            "burden": burden,
            "direction": direction,
            "class": np.where(direction == "", burden, burden + "/" + direction),
            "rank": ranks(today),
            **firm,
            **_runs(history, now),
            "left_out": left_out,
        },
        index=rates.index,
    )
    z = standardized(np.where(valid, burdens.signs[:, None] * rates.to_numpy(dtype="float64").T, np.nan))
    for place, name in enumerate(names):
        table[f"z {name}"] = z[place]
    titles = tuple(study.naming(name).short() for name in names)
    past = SituationHistory(history.loc[:, :now])
    past.names = table["area_name"]
    past.measure = partial(_holds_in, burdens, rows, left_out, limits[0], seed)
    made = SituationTable(table)
    made.facts = SituationFacts(
        now, earlier if np.isfinite(change).any() else "", where, tuple(names), titles, past
    )
    return made


@dataclass(frozen=True)
class _Burdens:
    """How rates become an index: which way each burdens, its weight, its scale and whether it is a share."""

    names: Sequence[str]
    signs: Array
    weights: Array
    scales: Array
    shares: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, study: Study, panel: Panel, names: Sequence[str], rules: StatusRules) -> _Burdens:
        weights = by_indicator(study, rules.get("weights"))
        entries = [panel.entry(name) for name in names]
        return cls(
            names,
            np.array([burden_sign(study, name, rules.get("directions")) for name in names], dtype="float64"),
            np.array([weights.get(name, 1.0) for name in names], dtype="float64"),
            np.array([float(entry["scale"]) if pd.notna(entry["scale"]) else 1.0 for entry in entries]),
            np.array([entry["kind"] == "proportion" for entry in entries]),
        )

    def index_of(self, rates: pd.DataFrame, valid: npt.NDArray[np.bool_]) -> Array:
        """Return the index over the valid areas."""
        return self.indices(np.where(valid[:, None], rates.to_numpy(dtype="float64"), np.nan))

    def indices(self, rates: Array, weights: Array | None = None) -> Array:
        """Return indices of rates of shape ``(..., areas, indicators)``."""
        return weighted_index(rates * self.signs, self.weights if weights is None else weights)


def _present(panel: Panel, level: str, period: str, study: Study) -> list[str]:
    """Return the default indicators that the areas have in the period."""
    rows = panel.data[(panel.data["level"] == level) & (panel.data["period"] == period)]
    there = set(rows.loc[rows["value"].notna(), "indicator"])
    known = index_indicators(study, None)
    return [name for name in known if name in there] or known


def _words(index: Array, names: Sequence[str], limits: Sequence[float]) -> npt.NDArray[np.object_]:
    """Return the class of each value of an index; empty where there is none."""
    words = np.asarray(names, dtype=object)[class_number(index, limits)]
    return np.asarray(np.where(np.isfinite(index), words, ""))


def _firmness(
    burdens: _Burdens,
    when: tuple[pd.DataFrame, str, str],
    valid: npt.NDArray[np.bool_],
    limits: tuple[Sequence[float], Sequence[float]],
    seed: int,
) -> Mapping[str, Array]:
    """Return intervals of ranks and the shares of redraws in which classes hold."""
    rows, now, earlier = when
    drawn, rates, people = {}, {}, {}
    for number, period in enumerate((now, earlier)):
        one = np.where(valid[:, None], wide(rows, burdens.names, period).to_numpy(dtype="float64"), np.nan)
        base = wide(rows, burdens.names, period, "denominator").to_numpy(dtype="float64")
        rates[period], people[period] = one, base
        drawn[period] = redrawn_rates(one, base, burdens.scales, burdens.shares, REDRAWS, seed + number)
    weightings = np.random.default_rng(seed).dirichlet(np.ones(len(burdens.names)), REDRAWS)
    index = burdens.indices(rates[now])
    chance_low, chance_high = _chance(burdens, rates[now], people[now], seed)
    by_weights = burdens.indices(rates[now], weightings)
    edge = (1 - COVERAGE) / 2
    weights_low = np.quantile(ranks(by_weights), edge, axis=0, method="lower")
    weights_high = np.quantile(ranks(by_weights), 1 - edge, axis=0, method="higher")
    # An area whose chance is not known has no redraw either: it would hold its class for want of noise.
    known = np.isfinite(chance_low)

    def share(redrawn: Array, of: Array, among: Sequence[float]) -> Array:
        return share_that_holds(redrawn, lambda x: class_number(x, among), of)

    change = burdens.indices(rates[now] - rates[earlier])
    moved = burdens.indices(drawn[now] - drawn[earlier], weightings)
    return {
        "rank_low": np.where(known, np.minimum(chance_low, weights_low), np.nan),
        "rank_high": np.where(known, np.maximum(chance_high, weights_high), np.nan),
        "chance_low": chance_low,
        "chance_high": chance_high,
        "weights_low": weights_low,
        "weights_high": weights_high,
        "holds": np.where(known, share(burdens.indices(drawn[now], weightings), index, limits[0]), np.nan),
        "holds_by_chance": np.where(known, share(burdens.indices(drawn[now]), index, limits[0]), np.nan),
        "holds_by_weights": share(by_weights, index, limits[0]),
        "direction_holds": np.where(known, share(moved, change, limits[1]), np.nan),
    }


def _chance(burdens: _Burdens, rates: Array, people: Array, seed: int) -> tuple[Array, Array]:
    """Return the interval of each rank by chance, at the weights given."""
    # Ranks follow from the weighted sum alone; the spread that each indicator is divided by is the same for all.
    spread = np.nanstd(np.where(np.isfinite(rates).all(axis=1, keepdims=True), rates, np.nan), axis=0)
    share = burdens.signs * burdens.weights / np.where(spread > 0, spread, np.nan)
    score = (rates * share).sum(axis=1)
    variance = sampling_variance(rates, people, burdens.scales, burdens.shares)
    return rank_sets(score, (variance * share**2).sum(axis=1), draws=DRAWS, seed=seed)


def _holds_in(
    burdens: _Burdens, rows: pd.DataFrame, left_out: pd.Series, limits: Sequence[float], seed: int, period: str
) -> pd.Series:
    """Return the share of redraws in which each area holds its class of one period."""
    takes_part = ~left_out.isin(["few_people", "named_invalid"]).to_numpy()
    rates = np.where(takes_part[:, None], wide(rows, burdens.names, period).to_numpy(dtype="float64"), np.nan)
    people = wide(rows, burdens.names, period, "denominator").to_numpy(dtype="float64")
    weightings = np.random.default_rng(seed).dirichlet(np.ones(len(burdens.names)), REDRAWS)
    drawn = burdens.indices(
        redrawn_rates(rates, people, burdens.scales, burdens.shares, REDRAWS, seed), weightings
    )
    holds = share_that_holds(drawn, lambda x: class_number(x, limits), burdens.indices(rates))
    known = np.isfinite(sampling_variance(rates, people, burdens.scales, burdens.shares)).all(axis=1)
    return pd.Series(np.where(known, holds, np.nan), index=left_out.index)


def _history(burdens: _Burdens, rows: pd.DataFrame, left_out: pd.Series, limits: Sequence[float]) -> pd.DataFrame:
    """Return the class of burden of each area in each period in which there is one."""
    takes_part = ~left_out.isin(["few_people", "named_invalid"]).to_numpy()
    words = {}
    for period in sorted(rows["period"].unique()):
        index = burdens.index_of(wide(rows, burdens.names, period), takes_part)
        if np.isfinite(index).any():
            words[str(period)] = _words(index, BURDENS, limits)
    return pd.DataFrame(words, index=left_out.index, dtype=object)


def _runs(history: pd.DataFrame, now: str) -> Mapping[str, object]:
    """Return how long each area has been in its class, and in which it was before."""
    past = history.loc[:, :now].to_numpy()
    periods = list(history.loc[:, :now].columns)
    number, since, before = [], [], []
    for words in past:
        same = len(words)
        while same and words[same - 1] == words[-1]:
            same -= 1
        has_class = bool(len(words)) and words[-1] != ""
        number.append(len(words) - same if has_class else 0)
        since.append(periods[same] if has_class else "")
        before.append(words[same - 1] if has_class and same else "")
    return {"periods_in_class": number, "since": since, "burden_before": before}
