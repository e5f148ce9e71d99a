"""Need to come: stated assumptions about people and rates, a range, and what the same rule said before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import protect
from regsam_geo.indicators.panel import DEFAULT_GROUP, Panel
from regsam_geo.indicators.periods import Period, frequency, parse_period
from regsam_geo.places.projection_rules import (
    LEAST_YEARS,
    RULES,
    Backtest,
    Floats,
    Rule,
    backtest,
    projected_rate,
    range_of,
    spread_of,
)
from regsam_geo.text import format_number, join_words, problem, say, shorten, tell

BACK = (3, 5, 10)
"""So many years ago the same rule is applied too."""
FAR_OFF = 0.02
"""From this share on a scenario's people of a known year are told to be others than those of the figures."""

Rate: TypeAlias = Rule | float | Mapping[Period, float]


@dataclass(frozen=True, eq=False)
class Assumptions:
    """What a projection of need assumes.

    Attributes
    ----------
    population
        People to come: a tidy frame with ``area_id``, ``period`` and ``value``, and ``group`` where rates differ
        by age group. A scenario is the user's own: none is shipped.
    rate
        ``"held"``: each area keeps its newest rate. ``"trend"``: it goes on as in the newest ten years. A number,
        or one for each period: the rate of all areas, as the indicator is printed.
    coverage
        The share of true values that the range is to hold.

    Raises
    ------
    OptionError
        If the rate is none of these, or the coverage is no share.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> people = pd.DataFrame({"area_id": ["01", "02"], "period": 2030, "value": [21000, 52000]})
    >>> rg.Assumptions(people).rate
    'held'
    """

    population: pd.DataFrame
    rate: Rate = "held"
    coverage: float = 0.8

    def __post_init__(self) -> None:
        numbers = list(self.rate.values()) if isinstance(self.rate, Mapping) else [self.rate]
        named = isinstance(self.rate, str)
        if named and self.rate not in RULES:
            raise problem(OptionError, "projection_rate", found=str(self.rate), expected=join_words(RULES))
        if not named and not all(isinstance(one, int | float | np.number) and one >= 0 for one in numbers):
            raise problem(OptionError, "projection_rate", found=str(self.rate), expected=join_words(RULES))
        if not 0 < self.coverage < 1:
            raise problem(OptionError, "projection_coverage", found=self.coverage)

    @property
    def rule(self) -> Rule:
        """The rule whose past errors are looked at: that of rates held, where rates are set."""
        return "trend" if self.rate == "trend" else "held"


@dataclass(frozen=True, eq=False)
class Projection(Panel):
    """A panel of projected need with its range.

    Attributes
    ----------
    backtest
        One row for 3, 5 and 10 years ago: ``origin``, ``target``, ``areas``, ``median_error`` (of the areas, a
        share), ``sum_error`` (of all together; above 0: too many were projected), ``covered`` (the share of areas
        in their range).
    notes
        What was assumed, how far the same rule was off, and what the range does not cover, in sentences.
    """

    backtest: pd.DataFrame
    notes: tuple[str, ...] = field(default=())

    def _repr_html_(self) -> str:
        """Show the panel, and below it the assumptions and the errors of the same rule."""
        from html import escape

        return super()._repr_html_() + "".join(f"<p>{escape(note)}</p>" for note in self.notes)


class _Series(NamedTuple):
    """Cases and people by series (area and group) and year."""

    keys: pd.MultiIndex
    years: list[int]
    cases: Floats
    people: Floats
    scale: float
    level: str
    indicator: str
    title: str
    source: str | None


def project_need(panel: Panel | pd.DataFrame, assumptions: Assumptions) -> Projection:
    """Project how many will be in need, from stated assumptions about people and rates.

    Parameters
    ----------
    panel
        One indicator by area and year with numerators (cases) and denominators (people), by age group if the
        population is.
    assumptions
        The people to come, and what becomes of the rates.

    Returns
    -------
    Projection
        A ``Panel`` of cases by area and period of the scenario, with the ends of a range; in ``backtest`` what the
        same rule would have said 3, 5 and 10 years ago, with the people that there were. It is made of figures
        that may be shown alone: areas whose newest count is hidden have none.

    Raises
    ------
    InputError
        If cases or people are missing, or the scenario fits no area or group.
    OptionError
        If there are several indicators or levels.

    Notes
    -----
    The range comes from how far the same rule was off in the past, given the people that there were. It covers
    neither errors of the scenario nor changes that have not been before, such as a new law.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    >>> people = panel.sel(period=2024).data[["area_id", "denominator"]].rename(columns={"denominator": "value"})
    >>> projected = rg.project_need(panel, rg.Assumptions(people.assign(period=2030)))
    >>> round(projected.sel("Arbeitslose - Anteil: Fälle", area="17").data["value"].item())
    1451
    >>> projected.backtest["target"].tolist()
    ['2024', '2024', '2024']
    """
    series = _series(Panel.from_frame(panel), assumptions)
    people = _people(assumptions, series)
    last = len(series.years) - 1
    tests = [
        backtest(series.cases, series.people, assumptions.rule, last - back, last, assumptions.coverage)
        for back in BACK
        if last >= back
    ]
    frames = []
    told_spread = False
    for period in people.columns:
        steps = int(period[:4]) - series.years[-1]
        if steps < 0:
            raise problem(OptionError, "projection_past", found=period, newest=str(series.years[-1]))
        rate = _rate(assumptions, series, period, steps)
        projected = rate * people[period].to_numpy(dtype=float)
        spread = spread_of(series.cases, series.people, assumptions.rule, max(steps, 1))
        told_spread |= spread is None
        low, high = range_of(projected, spread, assumptions.coverage)
        frames.append(_frame(series, period, projected, low, high))
    notes = _notes(series, assumptions, people, tests, without=told_spread)
    for note in notes:
        tell(note)
    whole = pd.concat(frames, ignore_index=True)
    return Projection(whole, _catalogue(series, whole), _backtest_table(tests, series), tuple(notes))


def wide(rows: pd.DataFrame, index: str | list[str], columns: str, values: str) -> pd.DataFrame:
    """Return rows of unique keys as a table."""
    return rows.pivot(index=index, columns=columns, values=values)  # noqa: PD010


def _series(panel: Panel, assumptions: Assumptions) -> _Series:
    names = panel.indicators
    levels = [level for level in panel.levels if level != "city"]
    if len(names) != 1 or len(levels) != 1:
        found = shorten([*names, *levels], 6)
        raise problem(OptionError, "projection_one", n=len(names), levels=len(levels), found=found)
    # of what may be shown alone: a projected number is a rate that a reader can work back
    data = protect(panel).data
    data = data[data["level"] == levels[0]]
    entry = panel.entry(names[0])
    with_groups = "group" in assumptions.population
    if not with_groups:
        data = data[data["group"] == entry["group"]]
    periods = sorted(data["period"].unique())
    if any(frequency(period) != "Y" for period in periods):
        raise problem(InputError, "projection_years", found=shorten(periods, 3))
    scale = entry["scale"]
    if data["numerator"].isna().all() or data["denominator"].isna().all() or pd.isna(scale):
        raise problem(InputError, "projection_counts", found=names[0])
    years = list(range(int(periods[0]), int(periods[-1]) + 1))
    columns = [str(year) for year in years]
    # a hidden value has a numerator or denominator still at times: neither is used then
    shown = data["value"].notna()
    cases, people = (
        wide(data.assign(number=data[name].where(shown)), ["area_id", "group"], "period", "number").reindex(
            columns=columns
        )
        for name in ("numerator", "denominator")
    )
    if assumptions.rule == "trend" and len(years) < LEAST_YEARS:
        raise problem(OptionError, "projection_few_years", n=len(years), expected=LEAST_YEARS)
    title = entry["title_de"] if isinstance(entry["title_de"], str) else names[0]
    return _Series(
        cases.index,
        years,
        cases.to_numpy(dtype=float),
        people.to_numpy(dtype=float),
        float(scale),
        levels[0],
        names[0],
        title,
        entry["source"] if isinstance(entry["source"], str) else None,
    )


def _people(assumptions: Assumptions, series: _Series) -> pd.DataFrame:
    """Return the people of the scenario by series and period."""
    given = assumptions.population
    if not isinstance(given, pd.DataFrame) or not {"area_id", "period", "value"} <= set(given.columns):
        found = shorten([str(name) for name in getattr(given, "columns", [type(given).__name__])], 8)
        raise problem(InputError, "projection_population", found=found)
    frame = pd.DataFrame(given[[name for name in ("area_id", "period", "group", "value") if name in given]])
    panel = Panel.from_frame(frame.assign(indicator=say("label.need.population", "de"), level=series.level))
    data = panel.data
    if data["value"].isna().any() or (data["value"] < 0).any():
        raise problem(InputError, "projection_people", n=int((~(data["value"] >= 0)).sum()))
    if "group" not in given:
        data = data.assign(group=series.keys.get_level_values("group")[0])
    people = wide(data, ["area_id", "group"], "period", "value").reindex(series.keys)
    strangers = sorted({*data["area_id"]} - {*series.keys.get_level_values("area_id")})
    if strangers:
        raise problem(InputError, "projection_strangers", n=len(strangers), found=shorten(strangers, 5))
    if people.isna().all(axis=None):
        raise problem(
            InputError,
            "projection_groups",
            found=shorten(sorted(data["group"].unique()), 5),
            expected=shorten(sorted(series.keys.get_level_values("group").unique()), 5),
        )
    return people


def _rate(assumptions: Assumptions, series: _Series, period: str, steps: int) -> Floats:
    if isinstance(assumptions.rate, str):
        return projected_rate(series.cases, series.people, assumptions.rule, steps)
    given: Any = assumptions.rate
    if isinstance(given, Mapping):
        by_period = {parse_period(one): rate for one, rate in given.items()}
        if period not in by_period:
            raise problem(OptionError, "projection_rate_period", found=period, expected=", ".join(by_period))
        given = by_period[period]
    return np.full(len(series.keys), float(given) / series.scale)


def _names(series: _Series) -> dict[str, str]:
    return {
        code: f"{series.indicator}: {say(f'label.projection.{code}', 'de')}" for code in ("cases", "low", "high")
    }


def _frame(series: _Series, period: str, projected: Floats, low: Floats, high: Floats) -> pd.DataFrame:
    frames = []
    groups = series.keys.get_level_values("group")
    several = len(set(groups)) > 1
    for code, values in (("cases", projected), ("low", low), ("high", high)):
        rows = pd.DataFrame({"area_id": series.keys.get_level_values("area_id"), "group": groups, "value": values})
        if several:
            rows = rows[rows["group"] != DEFAULT_GROUP]
            if code == "cases":
                # a sum that lacks a group is none
                sums = rows.groupby("area_id", as_index=False)["value"].agg(lambda one: one.sum(skipna=False))
                rows = pd.concat([rows, sums.assign(group=DEFAULT_GROUP)], ignore_index=True)
        else:
            rows = rows.assign(group=DEFAULT_GROUP)
        sign = np.where(rows["value"].isna(), "not_available", "")
        frames.append(rows.assign(indicator=_names(series)[code], period=period, level=series.level, sign=sign))
    return pd.concat(frames, ignore_index=True)


def _catalogue(series: _Series, rows: pd.DataFrame) -> pd.DataFrame:
    keys = rows[["indicator", "group"]].drop_duplicates().reset_index(drop=True)
    codes = keys["indicator"].map({name: code for code, name in _names(series).items()})
    words = {
        f"title_{lang}": [
            say(f"label.projection.title.{code}", lang, title=series.title)
            + ("" if group == DEFAULT_GROUP else f" ({group})")
            for code, group in zip(codes, keys["group"], strict=True)
        ]
        for lang in ("de", "en")
    }
    return keys.assign(
        **words,
        unit=say("label.records.unit", "de"),
        unit_en=say("label.records.unit", "en"),
        decimals=0,
        kind="other",
        # made of figures that may be shown, and of no person
        counts_persons=False,
        summable=(codes == "cases").to_numpy(),
        not_summable_because=[None if code == "cases" else "no_ratio" for code in codes],
        headline=((codes == "cases") & (keys["group"] == DEFAULT_GROUP)).to_numpy(),
        polarity=1,
        source=series.source,
    )


def _backtest_table(tests: list[Backtest], series: _Series) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "years": [test.target - test.origin for test in tests],
            "origin": [str(series.years[test.origin]) for test in tests],
            "target": [str(series.years[test.target]) for test in tests],
            "areas": [int(np.isfinite(test.projected * test.happened).sum()) for test in tests],
            "median_error": [test.median_error for test in tests],
            "sum_error": [test.sum_error for test in tests],
            "covered": [test.covered for test in tests],
        }
    )


def _notes(
    series: _Series, assumptions: Assumptions, people: pd.DataFrame, tests: list[Backtest], *, without: bool
) -> list[str]:
    newest = series.years[-1]
    code = assumptions.rate if isinstance(assumptions.rate, str) else "set"
    notes = [say(f"note.projection.{code}", title=series.title, year=str(newest))]
    for test in tests:
        fields: dict[str, Any] = {
            "years": test.target - test.origin,
            "origin": str(series.years[test.origin]),
            "target": str(series.years[test.target]),
            "off": format_number(100 * test.median_error, 0),
            "sum": format_number(100 * test.sum_error, 0, sign=True),
        }
        if np.isnan(test.median_error):
            continue
        notes.append(say("note.projection.backtest", **fields))
        if np.isfinite(test.covered):
            notes[-1] += " " + say(
                "note.projection.covered",
                found=format_number(100 * test.covered, 0),
                wished=format_number(100 * assumptions.coverage, 0),
            )
    if code == "set":
        notes.append(say("note.projection.set_backtest"))
    if not tests:
        notes.append(say("note.projection.no_backtest", year=str(series.years[0])))
    notes.append(say("note.projection.no_range" if without else "note.projection.range"))
    base = str(newest)
    if base in people.columns:
        known = series.people[:, -1]
        both = np.isfinite(known) & people[base].notna().to_numpy()
        off = people[base].to_numpy()[both].sum() / known[both].sum() - 1 if both.any() else 0.0
        if abs(off) > FAR_OFF:
            notes.append(say("note.projection.people", year=base, off=format_number(100 * off, 1, sign=True)))
    hidden = int(np.isnan(series.cases[:, -1]).sum())
    if hidden and code != "set":
        notes.append(say("note.projection.hidden", n=hidden, year=base))
    return notes
