"""The reports as they would have read in past years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.periods import Period, frequency
from regsam_geo.study.settings import Settings
from regsam_geo.text import format_number, format_period, html_table, say, shows_progress
from regsam_geo.warning.report.detect import replay_warnings
from regsam_geo.warning.report.table import WarningTable


@dataclass(frozen=True, eq=False)
class Replay:
    """Past reports and what they have in common.

    Attributes
    ----------
    reports
        The warning table of each period.
    summary
        One row per period: ``warnings``, ``watch``, ``check``, ``priority``, ``continuing`` and ``returning`` (the
        shares with this ``status``), ``areas``, ``city_findings``.
    """

    reports: Mapping[str, WarningTable]
    summary: pd.DataFrame

    def _repr_html_(self) -> str:
        """Show one line per report."""
        levels = ("watch", "check", "priority")
        head = [
            *(say(f"view.replay.{name}") for name in ("period", "warnings")),
            *(say(f"urgency.{level}") for level in levels),
            *(say(f"view.replay.{name}") for name in ("continuing", "city_findings")),
        ]
        rows = [
            (
                format_period(str(period)),
                *(format_number(int(row[name])) for name in ("warnings", *levels)),
                format_number(100 * row["continuing"], 0, "%"),
                format_number(int(row["city_findings"])),
            )
            for period, row in self.summary.iterrows()
        ]
        return html_table(head, rows, say("view.replay", n=len(rows)))


@shows_progress
def replay(
    panel: Panel | pd.DataFrame,
    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None = None,
    periods: Iterable[Period] | None = None,
    settings: Settings | None = None,
) -> Replay:
    """Write the reports of past periods, each with what was known then.

    Parameters
    ----------
    panel, areas, settings
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
    >>> past = rg.replay(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), periods=[2022, 2023])
    >>> list(past.summary.index)
    ['2022', '2023']
    """
    panel = Panel.from_frame(panel)
    newest = frequency(panel.periods[-1])
    chosen = (
        [name for name in panel.periods if frequency(name) == newest][-5:] if periods is None else list(periods)
    )
    reports: dict[str, WarningTable] = {}
    rows = {}
    for table in replay_warnings(panel, areas, chosen, settings or Settings()):
        name = table.facts.period
        reports[name] = table
        continuing, returning = ((table["status"] == word).to_numpy() for word in ("continuing", "returning"))
        counts = table["urgency"].value_counts()
        rows[name] = {
            "warnings": len(table),
            **{urgency: int(counts.get(urgency, 0)) for urgency in ("watch", "check", "priority")},
            "continuing": float(continuing.mean()) if len(table) else 0.0,
            "returning": float(returning.mean()) if len(table) else 0.0,
            "areas": int(table["area_id"].nunique()),
            "city_findings": len(table.facts.city),
        }
    return Replay(reports, pd.DataFrame.from_dict(rows, orient="index"))
