"""``plot_change_map``: by how much each area has changed between two periods."""

from __future__ import annotations

from dataclasses import replace
from typing import Unpack

from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.indicators.periods import Period
from regsam_geo.look.style import Style, StyleOptions, resolve_style
from regsam_geo.maps.geometry import checked_areas
from regsam_geo.maps.map_regions import regions_on
from regsam_geo.maps.map_values import MapValues, periods_of, pick_of, values_of_pick
from regsam_geo.maps.sheet import draw_sheet
from regsam_geo.maps.static import classed_sheet
from regsam_geo.maps.warning_marks import Warnings, warnings_of
from regsam_geo.study import Study, verb
from regsam_geo.text import format_period, problem, say


@verb
def plot_change_map(
    study: Study,
    what: str | None = None,
    since: Period | None = None,
    until: Period | None = None,
    *,
    group: str | None = None,
    level: str | None = None,
    warnings: Warnings = False,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> Figure:
    """Draw the change of one indicator between two periods, in classes around no change.

    Parameters
    ----------
    study
        What the map is about: a ``Study``, a ``Panel`` or a tidy frame.
    what
        An indicator by its name or title; the first headline by default.
    since, until
        First and last period: by default the oldest of the indicator, and that of the study.
    group, level, warnings, style
        As in ``plot_map``; ``True`` means the warnings of the last period.
    **look
        As in ``plot_map``.

    Returns
    -------
    Figure
        Differences of the printed values, in percentage points where the unit is percent. An area without a value
        in either period has none here.

    Raises
    ------
    OptionError
        If an indicator or period is unknown, or both periods are the same.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_change_map(rg.load_study(), "Arbeitslose", 2019, 2024)
    >>> figure.page_title
    'Arbeitslose'
    """
    resolved = resolve_style(style, look, without=("band",), classes="diverging", center=0.0)
    late = pick_of(study, what, until, group=group, level=level)
    # On the level of the later one: the default level may have figures in the newer period alone.
    early = pick_of(
        study, what, periods_of(study, late)[0] if since is None else since, group=group, level=late.level
    )
    if early.period == late.period:
        raise problem(OptionError, "map_change_period", found=late.period)
    # One layer for both periods, so that a difference is one of the same area.
    layer = checked_areas(late.layer)
    before, after = (values_of_pick(study, pick, layer) for pick in (early, late))
    values = change_of(before, after, early.period, late.period).styled(resolved)
    sheet = classed_sheet(
        study,
        layer,
        values,
        resolved,
        regions=regions_on(study, values.level) if resolved.regions else None,
        warnings=warnings_of(study, warnings, late.period),
    )
    return draw_sheet(sheet, resolved.page)


def change_of(early: MapValues, late: MapValues, first: str, last: str) -> MapValues:
    """Return the differences of two periods, with the words for them."""
    unit = say("label.map.points") if late.unit == "%" else late.unit
    span = say("label.map.change", first=format_period(first), last=format_period(last))
    # the span of time takes the place of the last period
    parts = [part for part in late.subtitle.split(" · ") if part != format_period(last)]
    both = early.city is not None and late.city is not None
    return replace(
        late,
        # Of printed values: a reader who subtracts two maps gets what stands on this one.
        numbers=late.numbers - early.numbers,
        reasons=tuple(after or before for before, after in zip(early.reasons, late.reasons, strict=True)),
        subtitle=" · ".join([*parts, span]),
        unit=unit,
        city=late.city - early.city if both else None,  # type: ignore[operator]
        change=True,
        counts=False,
    )
