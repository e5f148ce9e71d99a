"""The reports as they would have read in past years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from regsam_geo.indicators.periods import Period, frequency
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import format_number, format_period, html_table, say, shows_progress, watched
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.report.rows_together import each_area
from regsam_geo.warning.report.table import WarningTable


@dataclass(frozen=True, eq=False)
class Replay:
    """Past reports and what they have in common.

    Attributes
    ----------
    reports
        The warning table of each period.
    summary
        One row per period: ``warnings`` that warn now, how many of them ``watch``, ``check``, ``priority``; the
        shares that are ``continuing`` and ``returning``; ``areas``; how many earlier ones are ``open`` and how
        many ``ended`` (returned, judged or run out); ``city_findings``.
    """

    reports: Mapping[str, WarningTable]
    summary: pd.DataFrame

    def _repr_html_(self) -> str:
        """Show one line per report."""
        levels = ("watch", "check", "priority")
        head = [
            *(say(f"view.replay.{name}") for name in ("period", "warnings")),
            *(say(f"urgency.{level}") for level in levels),
            *(say(f"view.replay.{name}") for name in ("continuing", "open", "ended", "city_findings")),
        ]
        rows = [
            (
                format_period(str(period)),
                *(format_number(int(row[name])) for name in ("warnings", *levels)),
                format_number(100 * row["continuing"], 0, "%"),
                *(format_number(int(row[name])) for name in ("open", "ended", "city_findings")),
            )
            for period, row in self.summary.iterrows()
        ]
        return html_table(head, rows, say("view.replay", n=len(rows)))


@verb
@shows_progress
def replay(study: Study, periods: Iterable[Period] | None = None) -> Replay:
    """Write the reports of past periods, each with what was known then.

    Parameters
    ----------
    study
        As in ``detect_warnings``.
    periods
        The periods; by default the newest five of the newest period's frequency.

    Returns
    -------
    Replay
        The reports and one line per report. Later editions revise earlier years; the replay uses the figures
        as they stand in this panel, and what ``check_panel`` asks of all its years.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> past = rg.replay(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), [2022, 2023])
    >>> list(past.summary.index)
    ['2022', '2023']
    """
    reports: dict[str, WarningTable] = {}
    rows = {}
    for name in watched(_chosen(study, periods), say("progress.replay")):
        table = reports[name] = detect_warnings(study, name)
        now = pd.DataFrame(table[~table["status"].isin(SILENT)])
        counts = now["urgency"].value_counts()
        shares = {word: float((now["status"] == word).mean()) for word in ("continuing", "returning")}
        rows[name] = {
            "warnings": len(now),
            **{urgency: int(counts.get(urgency, 0)) for urgency in ("watch", "check", "priority")},
            **(shares if len(now) else dict.fromkeys(shares, 0.0)),
            "areas": int(each_area(table[~table["status"].isin(SILENT)])["area_id"].nunique()),
            "open": len(table) - len(now),
            "ended": len(table.facts.ended),
            "city_findings": len(table.facts.city),
        }
    return Replay(reports, pd.DataFrame.from_dict(rows, orient="index"))


def _chosen(study: Study, periods: Iterable[Period] | None) -> list[str]:
    """Return the periods of the reports; all are checked before the first one is written."""
    if periods is not None:
        # A misspelt fifth period must not come to light after four reports.
        return [study.find_period(period) for period in periods]
    newest = study.find_period()
    known = [name for name in study.subject.periods if name <= newest and frequency(name) == frequency(newest)]
    # Five reports are what a reader takes in, and each costs as much as a report of today.
    return known[-5:]
