"""``summarize_regions``: each indicator for each region, tidy or laid out for people."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from regsam_geo.areas import load_region_scheme
from regsam_geo.indicators import Panel, aggregate_to_regions, protection_note, publishable
from regsam_geo.indicators.periods import Period
from regsam_geo.summary.facts.region_summary import region_summary, wanted_periods
from regsam_geo.summary.words.summary_words import summary_notes, wide_table
from regsam_geo.text import say, shows_progress, stages


@shows_progress
def summarize_regions(
    panel: Panel | pd.DataFrame,
    *,
    warnings: pd.DataFrame | None = None,
    period: Period | Iterable[Period] | None = None,
    scheme: pd.DataFrame | None = None,
    wide: bool = False,
    lang: str | None = None,
    threshold: float | None = 3,
) -> pd.DataFrame:
    """Summarize each indicator for each region.

    Parameters
    ----------
    panel
        Values with numerators and denominators by district, and the city for comparison.
    warnings
        Warnings by district, as ``detect_warnings`` returns them; they are counted by region.
    period
        The period or periods to summarize, or ``"all"``; the newest in the panel by default.
    scheme
        Which district belongs to which region; the 16 REGSAM regions by default.
    wide
        A table for people in place of the tidy one: a row per indicator, a column per region.
    lang
        Language of titles and notes; the one in force by default.
    threshold
        Counts of persons below it are hidden first, and everything made of them (``protect``); the notes say so.
        ``None`` for figures that may be shown as they are.

    Returns
    -------
    DataFrame
        One row per period, region and summable indicator, regions in the order of their districts and indicators
        in the order of the catalogue: ``value`` (scale times summed numerators over summed denominators),
        ``numerator``, ``denominator``, ``sign`` (why a value is missing), ``city``, ``difference`` and ``ratio``
        to the city, ``rank`` (1 is the highest value) among ``n_ranked`` regions, ``change_1`` and ``change_5``
        over one and five periods with the city's, all in the unit of the indicator, ``trend`` (``"up"``,
        ``"down"`` or ``"level"``: whether the value changed over five periods by the smallest relevant effect,
        5 % where the catalogue names none; empty if unknown), ``class`` (status and dynamics of the region among
        all regions, from the headline indicators with a direction, so the same in all its rows of a period; see
        ``status_dynamics``), ``lowest`` and ``highest`` among its ``n_districts``
        districts with their ids, ``n_warnings``, the districts of the region that the indicator warns about, and
        how many of the warnings are ``n_watch``, ``n_check``, ``n_priority``. ``attrs["notes"]`` says in
        sentences which indicators cannot be summed, which values are incomplete, what the classes are made from,
        and which boundaries are meant. The wide table says why a value is missing and ends with the classes.

    Raises
    ------
    AggregationError
        If no indicator can be summed to regions.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.summarize_regions(rg.load_sample(), period=2024)
    >>> row = table.query("region_id == '17/18' and indicator == 'Arbeitslose - Anteil'").iloc[0]
    >>> f"{row['value']:.2f} {row['city']:.2f} {row['rank']:.0f} {row['trend']}"
    '3.72 3.91 10 up'
    >>> f"{row['lowest']:.1f} ({row['lowest_id']}) to {row['highest']:.1f} ({row['highest_id']})"
    '3.7 (17) to 3.8 (18)'
    >>> row["class"]
    'medium/stable'
    """
    with stages(5) as begin:
        scheme = load_region_scheme() if scheme is None else scheme
        begin(say("progress.protect"))
        panel = publishable(panel, threshold, scheme=scheme)
        periods = wanted_periods(panel, period)
        begin(say("progress.regions"))
        regions = aggregate_to_regions(panel, scheme)
        table = region_summary(panel, regions, scheme, periods, warnings, begin)
        begin(say("progress.notes"))
        hidden = "" if threshold is None else protection_note(panel, lang, threshold=threshold)
        notes = [*([hidden] if hidden else []), *summary_notes(panel, regions, table, scheme, lang)]
        if wide:
            table = wide_table(table, panel, lang)
        table.attrs["notes"] = notes
        return table
