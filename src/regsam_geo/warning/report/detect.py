"""From findings to warnings: the table that a planner reads first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.checksum import checksum
from regsam_geo.indicators.comparison import is_yardstick
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import shows_progress
from regsam_geo.warning.data_questions.check_panel import data_questions, without_doubtful
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.report.history import Reports, only
from regsam_geo.warning.report.life import SILENT, courses_of, ended_rows, lives, open_rows, with_status
from regsam_geo.warning.report.next_places import COLUMNS as NEXT_PLACES
from regsam_geo.warning.report.next_places import nearest_to_warning
from regsam_geo.warning.report.rows_together import stand_together
from regsam_geo.warning.report.table import OF_ALL_FIGURES, URGENCIES, Facts, WarningTable, columns_of, make_table
from regsam_geo.warning.report.urgency import UNIT, checked_detectors, tests_of
from regsam_geo.warning.report.warning_sentences import write_sentences
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.schema.finding_sentences import write_finding_sentences
from regsam_geo.warning.schema.findings import FindingTable, concat_findings, empty_findings
from regsam_geo.warning.statistics.multiplicity import benjamini_hochberg


@verb
@shows_progress
def detect_warnings(
    study: Study, period: Period | None = None, *, detectors: Sequence[Detector] | None = None
) -> WarningTable:
    """Tell where to look more closely: one row per area and headline indicator that stands out.

    Parameters
    ----------
    study
        Figures, areas and regions. What may not be shown takes no part: ``Study(panel, threshold=None)`` for
        figures that may be shown as they are.
    period
        The period of the report; the study's by default.
    detectors
        The questions asked; all of ``regsam_geo.warning.DETECTORS`` by default. One of your own is a
        ``regsam_geo.warning.Detector``; see ``examples/own_detector.py``.

    Returns
    -------
    WarningTable
        A frame, the most urgent warnings first. ``urgency`` is ``watch``, ``check`` or ``priority``; ``status``
        is ``new`` (in no earlier report), ``continuing`` (warned of before, and never ended since; ``since`` names
        the first report), ``returning`` (it had ended) or ``open``: no test warns now, but the level has not
        returned and nobody has judged it; its ``expected`` is the value without what was warned of in ``last``,
        and it has no ``q``. ``due`` is what people have judged until a day that has passed; before that day it
        rests, and is no row. What has been open for as many reports as ``Settings.lookback`` says runs out: it
        stands in ``table.facts.ended`` once, and is no row any more. Adjacent areas whose changes are one event
        stand in one row: ``areas`` names them all, the other columns are those of the surest
        (``regsam_geo.warning.each_area`` returns a row for each). ``kinds`` names the questions
        answered with yes; ``region_id`` is that of the study's division; ``q`` is the false discovery rate within
        the kind. ``table.facts`` holds every test made, and what has ended.

    Raises
    ------
    OptionError
        If the period does not occur in the panel, or a detector is none.

    Notes
    -----
    Benjamini and Hochberg (1995) within each kind and level, over the headline indicators. A warning says
    where closer analysis is needed. It explains no cause and passes no judgement.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Nichtdeutsche"])
    >>> warnings = rg.detect_warnings(panel, period=2023)
    >>> bool((warnings.loc[warnings["status"] != "open", "q"] < 0.10).all())
    True
    """
    now = study.find_period(period)
    if detectors is None:
        return copy_of(study.once(("warnings", now), lambda: _report(study, now, reports_of(study))))
    # With other detectors nothing is held: the held report is the one that all verbs must share.
    return _report(study, now, reports_of(study, detectors))


def reports_of(study: Study, detectors: Sequence[Detector] | None = None) -> Reports:
    """Return the reports of a study: what those of several periods share is worked out once."""
    if detectors is None:
        return study.once("reports", lambda: reports_of(study, DETECTORS))
    return Reports(
        panel=only(sound_figures(study), headlines(study.subject.catalogue)),
        neighbors={level: study.neighbors(level) for level in study.layers},
        settings=study.settings,
        detectors=checked_detectors(detectors),
        city_level=study.level,
    )


def sound_figures(study: Study) -> Panel:
    """Return what is tested: the figures of a report without those that are in question themselves."""
    return study.once("sound figures", lambda: without_doubtful(study.subject, data_questions(study)))


def copy_of(table: WarningTable) -> WarningTable:
    """Return a table whose changes reach no other."""
    frames = {name: value.copy() for name, value in vars(table.facts).items() if isinstance(value, pd.DataFrame)}
    # The frames behind it too: the study hands the same report to everyone who asks.
    copied: WarningTable = table.copy()
    copied.facts = replace(table.facts, **frames)
    return copied


def _report(study: Study, now: str, reports: Reports) -> WarningTable:
    """Write the report of one period."""
    settings, panel = reports.settings, study.subject
    # One context: what its tests have fitted is not fitted again for the lives of earlier warnings.
    asked = reports.context(now)
    findings = reports.findings(now, asked)
    flagged = reports.flagged(findings, now)
    courses = courses_of(reports.panel, asked)
    life = lives(reports, now, courses, study.assessments)
    flagged = reports.with_frequencies(flagged, findings, now)
    listed = with_status(flagged, life)
    # what rests is told among what people have judged
    listed = listed[listed["status"] != "resting"]
    told = pd.concat([listed, open_rows(life, now, courses)], ignore_index=True)
    told = stand_together(told, reports.neighbors, reports.detectors, joined=settings.zones)
    by_area = _describe(told, study, now, reports.detectors)
    rows = by_area[by_area["lead"].astype(bool)]
    near = nearest_to_warning(findings, told[UNIT].itertuples(index=False, name=None), reports.detectors)
    near = _describe(near.assign(status="near", since=now, areas=near["area_id"]), study, now, reports.detectors)
    in_city = findings[(findings["level"] == "city") & (findings["q"] < settings.q_watch)]
    context = replace(reports.context(now), city_level="")
    facts = Facts(
        period=now,
        settings=settings,
        detectors=tuple(reports.detectors),
        findings=FindingTable(findings),
        data_findings=data_questions(study).copy(),
        city=FindingTable(write_finding_sentences(in_city.sort_values("q", ignore_index=True), panel)),
        subgroups=unusual_subgroups(sound_figures(study), flagged, context, reports.detectors),
        bases=bases_of(panel),
        not_testable=_not_testable(findings),
        history=reports.history(told, now),
        ended=ended_rows(life),
        by_area=columns_of(by_area),
        next_places=near[[*NEXT_PLACES, "sentence_de", "sentence_en"]],
        checksum=checksum(panel),
        _protected=study.threshold is not None or bool((panel.data["sign"] == "suppressed").any()),
    )
    order = rows["urgency"].map({name: place for place, name in enumerate(reversed(URGENCIES))})
    # what is open stands below what warns now
    rows = rows.assign(order=order, open=rows["status"].isin(SILENT))
    rows = rows.sort_values(["open", "order", "q", *UNIT], kind="stable")
    table = make_table(rows, facts)
    if not facts._protected:
        table.attrs[OF_ALL_FIGURES] = True
    return table


def _describe(flagged: pd.DataFrame, study: Study, now: str, detectors: Sequence[Detector]) -> pd.DataFrame:
    """Add names, region, city value and the sentences."""
    panel = study.subject
    # Own areas may have no names; the sentence then says the id.
    named = {
        (level, str(area)): str(name)
        for level, layer in study.layers.items()
        if "name" in layer
        for area, name in layer["name"].items()
    }
    # From what is printed: a reader compares the sentence with the table.
    city_rows = panel.data[is_yardstick(panel.data, panel.catalogue) & (panel.data["period"] == now)]
    city = city_rows.set_index(["indicator", "group"])["value"]
    keys = pd.MultiIndex.from_frame(flagged[["indicator", "group"]])
    places = list(zip(flagged["level"], flagged["area_id"], strict=True))
    rows = flagged.assign(
        area_name=[named.get(place, "") for place in places],
        region_id=[study.region_of(str(level), str(area)) for level, area in places],
        city=city.reindex(keys).to_numpy(dtype="float64"),
    )
    # the test takes the unrounded value, the table and the sentence the printed one
    printed = panel.data[panel.data["period"] == now].set_index(UNIT)["value"]
    rows["value"] = printed.reindex(pd.MultiIndex.from_frame(rows[UNIT])).to_numpy(dtype="float64")
    return write_sentences(rows, panel, detectors, named)


def unusual_subgroups(
    panel: Panel, flagged: pd.DataFrame, context: Context, detectors: Sequence[Detector]
) -> pd.DataFrame:
    """Return the unusual subgroups beneath flagged headline indicators, with q within kind and level."""
    names = panel.catalogue[["indicator", "group", "subgroup_of"]].dropna()
    above = flagged[UNIT].rename(columns={"group": "subgroup_of"}).drop_duplicates()
    # Only groups beneath what warns: testing all of them would find something by chance in every report.
    asked = names.merge(above[["indicator", "subgroup_of"]].drop_duplicates())
    if asked.empty:
        return empty_findings().assign(subgroup_of=pd.Series(dtype="str"))
    findings = concat_findings([tests_of(detector, only(panel, asked), context) for detector in detectors])
    beneath = findings[findings["p"].notna()].merge(names, on=["indicator", "group"])
    beneath = beneath.merge(above, on=["indicator", "subgroup_of", "level", "area_id"])
    q = beneath.groupby(["kind", "level"])["p"].transform(lambda p: benjamini_hochberg(p.to_numpy()))
    return beneath.assign(q=q)[q < context.settings.q_watch].sort_values("q", ignore_index=True)


def bases_of(panel: Panel) -> dict[tuple[str, str], frozenset[str]]:
    """Return the names of the Basiswerte of each indicator: those that share one count once."""
    columns = ["name_1", "name_2", "name_3", "name_4", "name_5"]
    return {
        (row["indicator"], row["group"]): frozenset(row[name] for name in columns if isinstance(row[name], str))
        for row in panel.catalogue.to_dict("records")
    }


def _not_testable(findings: pd.DataFrame) -> pd.DataFrame:
    """Count what could not be tested, by kind, level and reason."""
    left = findings[findings["p"].isna() | (findings["p"].notna() & findings["q"].isna())]
    counted = left.groupby(["kind", "level", "reason"], sort=False).size()
    return counted.rename("tests").reset_index()
