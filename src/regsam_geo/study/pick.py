"""Picking one indicator, its period and its level from a study."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import geopandas as gpd

from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import headlines, name_of
from regsam_geo.indicators.naming import Naming
from regsam_geo.indicators.panel import part_of
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.text import did_you_mean, problem, say, shorten

if TYPE_CHECKING:
    from regsam_geo.study.study import Study


@dataclass(frozen=True, eq=False)
class Pick:
    """One indicator and group of a study, on one level, in one period.

    Attributes
    ----------
    naming
        How it is called.
    level, period
        Which areas, and when.
    panel
        What may be shown of it in the period: the rows of the level, and the city's.
    study
        The study that it was picked from.
    """

    naming: Naming
    level: str
    period: str
    panel: Panel
    study: Study = field(repr=False)

    @property
    def layer(self) -> gpd.GeoDataFrame:
        """The areas of the level; a chart of areas without polygons does not ask for them."""
        return self.study.layer(self.level)

    @property
    def indicator(self) -> str:
        """Name of the indicator in the panel."""
        return self.naming.indicator

    @property
    def group(self) -> str:
        """Its group."""
        return self.naming.group


def pick_from(
    study: Study, indicator: str | None, group: str | None, period: Period | None, level: str | None
) -> Pick:
    """Find one indicator and group of a study, its level and its period; ``Study.pick`` explains each."""
    naming = study.naming(_first_indicator(study.panel) if indicator is None else indicator, group)
    # Regions are summed only if they were asked for by name.
    every_level = study.panel_of(level or "").sel(naming.indicator, naming.group)
    found_level = study.find_level(level, every_level)
    if found_level not in every_level.levels:
        every_level = every_level.sel(level=found_level)  # says which there are
    data = every_level.data
    of_level, of_city = ((data["level"] == one).to_numpy() for one in (found_level, "city"))
    known = sorted(data["period"][of_level].unique())
    # the study's period is a wish for this indicator, not an order: one without figures in it shows its newest
    if period is None and study.period is not None and parse_period(study.period) in known:
        period = study.period
    found_period = choose_period(period, known)
    # The city's row too, where there is one: maps and tables write its value beside the areas'.
    then = (data["period"] == found_period).to_numpy()
    return Pick(naming, found_level, found_period, part_of(every_level, then & (of_level | of_city)), study)


One = str | Mapping[str, str]
"""An indicator, or ``{"what": indicator, "group": group}``, as ``save_maps`` takes it too."""


def two_of(study: Study, what: Sequence[One] | None, period: Period | None) -> tuple[Pick, Pick]:
    """Pick two indicators or groups on the same level, or say that it must be two that differ."""
    if what is None:
        leading = headlines(study.subject.catalogue)["indicator"].drop_duplicates()
        what = [str(one) for one in leading.iloc[:2]]
    two = [what] if isinstance(what, str | Mapping) else list(what)
    if len(two) != 2:
        raise problem(OptionError, "two_indicators", found=len(two))
    (name, group), (other, other_group) = (
        (one.get("what"), one.get("group")) if isinstance(one, Mapping) else (one, None) for one in two
    )
    first = study.pick(name, group, period)
    second = study.pick(other, other_group, period, first.level)
    if first.naming.key == second.naming.key:
        groups = [group for indicator, group in study.namings if indicator == first.indicator]
        two_groups = {"name": first.indicator, **dict(zip(("one", "other"), groups, strict=False))}
        hint = say("hint.two_groups", **two_groups) if len(groups) > 1 else ""
        raise problem(OptionError, "two_same", found=first.naming.full(), hint=hint)
    return first, second


def names_apart(namings: Sequence[Naming]) -> tuple[str, ...]:
    """Return short titles that tell indicators apart: with the group, else whole, where they are called alike."""
    short = [one.short() for one in namings]
    for named in (
        short,
        [_with_group(one) for one in namings],
        [one.full() for one in namings],
        [f"{one.title()} ({one.group_name()})" for one in namings],
    ):
        if len(set(named)) == len(named):
            return tuple(named)
    return tuple(name_of(*one.key) for one in namings)


def _with_group(naming: Naming) -> str:
    return " · ".join(part for part in (naming.short(), naming.group_words()) if part)


def _first_indicator(panel: Panel) -> str:
    """Return the first headline of a panel; where none is marked, its first indicator."""
    catalogue = panel.catalogue
    if catalogue.empty:
        raise problem(OptionError, "no_figures")
    leading = catalogue[catalogue["headline"].fillna(False).astype(bool)]
    return str((catalogue if leading.empty else leading)["indicator"].iloc[0])


def choose_period(wished: Period | None, known: Sequence[str]) -> str:
    """Return the period asked for, or the newest."""
    if wished is None:
        return known[-1]
    period = parse_period(wished)
    if period not in known:
        raise _not_in_panel("period", period, known, known[::-1])
    return period


def check_level(level: str, known: Sequence[str]) -> str:
    """Return the level, or say which ones there are."""
    if level not in known:
        raise _not_in_panel("level", level, known, known)
    return level


def _not_in_panel(column: str, found: str, known: Sequence[str], listed: Sequence[str]) -> Exception:
    """Return the error that lists what there is, the likeliest first."""
    return problem(
        OptionError,
        "not_in_panel",
        column=column,
        found=found,
        expected=shorten(listed, 8) or "–",
        hint=did_you_mean(found, known),
    )
