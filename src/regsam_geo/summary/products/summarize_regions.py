"""``summarize_regions``: each indicator for each region, tidy or laid out for people."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study, verb
from regsam_geo.summary.facts.region_summary import region_summary, wanted_periods
from regsam_geo.summary.words.summary_words import summary_notes, wide_table
from regsam_geo.text import say, shows_progress, stages
from regsam_geo.warning import detect_warnings, each_area


@verb
@shows_progress
def summarize_regions(
    study: Study, period: Period | Iterable[Period] | None = None, *, wide: bool = False
) -> pd.DataFrame:
    """Summarize each indicator for each region of the study's division.

    Parameters
    ----------
    study
        Figures with numerators and denominators by district, and the city for comparison.
    period
        The period or periods to summarize, or ``"all"``; the study's by default.
    wide
        A table for people in place of the tidy one: a row per indicator, a column per region.

    Returns
    -------
    DataFrame
        One row per period, region and summable indicator, regions in the order of their districts and indicators
        in the order of the catalogue: ``value`` (scale times summed numerators over summed denominators),
        ``numerator``, ``denominator``, ``sign`` (why a value is missing), ``city``, ``difference`` and ``ratio``
        to the city, ``rank`` (1 is the highest value) among ``n_ranked`` regions, ``change_1`` and ``change_5``
        over one and five years with the city's, all in the unit of the indicator, ``trend`` (``"up"``,
        ``"down"`` or ``"level"``: whether the value changed over five periods by the smallest relevant effect,
        5 % where the catalogue names none; empty if unknown), ``class`` (status and dynamics of the region among
        all regions, from the headline indicators with a direction, so the same in all its rows of a period; see
        ``status_dynamics``), ``lowest`` and ``highest`` among its ``n_districts`` districts with their ids,
        ``n_warnings``, the districts of the region that the indicator warns about (``detect_warnings``), and how
        many of the warnings are ``n_watch``, ``n_check``, ``n_priority``. ``attrs["notes"]`` says in
        sentences which indicators cannot be summed, which values are incomplete, what the classes are made from,
        and which boundaries are meant. The wide table says why a value is missing and ends with the classes.

    Raises
    ------
    AggregationError
        If no indicator can be summed to regions.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> table = rg.summarize_regions(rg.load_study(), 2024)
    >>> row = table.query("region_id == '17/18' and indicator == 'Arbeitslose - Anteil'").iloc[0]
    >>> f"{row['value']:.2f} {row['city']:.2f} {row['rank']:.0f} {row['trend']}"
    '3.72 3.91 10 up'
    >>> f"{row['lowest']:.1f} ({row['lowest_id']}) to {row['highest']:.1f} ({row['highest_id']})"
    '3.7 (17) to 3.8 (18)'
    >>> row["class"]
    'medium/stable'
    """
    with stages(6) as begin:
        begin(say("progress.protect"))
        periods = wanted_periods(study, period)
        begin(say("progress.regions"))
        # Asked for here so that the stage that takes the time bears its name; the study holds the result.
        _ = study.regional
        begin(say("progress.warnings"))
        warnings = pd.concat([each_area(detect_warnings(study, one)) for one in periods], ignore_index=True)
        table = region_summary(study, periods, warnings, begin)
        begin(say("progress.notes"))
        hidden = study.protection_note
        notes = [*([hidden] if hidden else []), *summary_notes(study, table)]
        if wide:
            table = wide_table(study, table)
        table.attrs["notes"] = notes
        return table
