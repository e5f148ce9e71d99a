"""From findings to warnings: the table that a planner reads first."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import Literal

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import load_boundaries, load_region_scheme, neighbors
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.study.settings import Settings
from regsam_geo.text import did_you_mean, problem, say, shorten, shows_progress, watched
from regsam_geo.warning.data_questions.check_panel import check_panel, without_doubtful
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.detectors.detector import Context, Detector
from regsam_geo.warning.finding_sentences import write_finding_sentences
from regsam_geo.warning.findings import FindingTable, concat_findings, empty_findings
from regsam_geo.warning.report.history import Reports, only, with_status
from regsam_geo.warning.report.table import URGENCIES, Facts, WarningTable, make_table
from regsam_geo.warning.report.urgency import UNIT
from regsam_geo.warning.report.warning_sentences import write_sentences
from regsam_geo.warning.statistics.multiplicity import benjamini_hochberg

SHIPPED_LEVELS: tuple[Literal["district", "subdistrict", "quarter", "region"], ...] = (
    "district",
    "subdistrict",
    "quarter",
    "region",
)

Layers = Mapping[str, gpd.GeoDataFrame]


@shows_progress
def detect_warnings(
    panel: Panel | pd.DataFrame,
    areas: gpd.GeoDataFrame | Layers | None = None,
    period: Period | None = None,
    settings: Settings | None = None,
    *,
    detectors: Sequence[Detector] | None = None,
) -> WarningTable:
    """Tell where to look more closely: one row per area and headline indicator that stands out.

    Parameters
    ----------
    panel
        Indicator values; a tidy frame is accepted.
    areas
        The areas of the panel with ``name`` and ``geometry``; one layer, or a mapping from level to layer.
        By default the shipped boundaries.
    period
        The period of the report; the newest one by default.
    settings
        The thresholds; ``Settings()`` by default.
    detectors
        The questions asked; all of ``regsam_geo.warning.DETECTORS`` by default. One of your own is a function of
        a panel and a ``Context`` that returns findings (``regsam_geo.warning.as_findings``) of a ``kind`` of the
        same name as the function; ``details`` of each hold its ``sentence_de`` and ``sentence_en``. It warns as
        ``watch`` or ``check``. See ``examples/own_detector.py``.

    Returns
    -------
    WarningTable
        A frame, the most urgent warnings first. ``urgency`` is ``watch``, ``check`` or ``priority``; ``status``
        is ``new`` (in no earlier report), ``continuing`` (in the report before too; ``since`` names the first
        report of the unbroken row) or ``returning`` (in an earlier report, not in the one before); ``kinds``
        names the questions answered with yes; ``q`` is the false discovery rate within the kind.
        ``table.facts`` holds every test made.

    Raises
    ------
    OptionError
        If the period does not occur in the panel.

    Notes
    -----
    Benjamini and Hochberg (1995) within each kind and level, over the headline indicators. A warning says
    where closer analysis is needed. It explains no cause and passes no judgement.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Nichtdeutsche"])
    >>> warnings = rg.detect_warnings(panel, rg.load_boundaries("district"), period=2023)
    >>> bool((warnings["q"] < 0.10).all())
    True
    """
    panel = Panel.from_frame(panel)
    settings = settings or Settings()
    asked = DETECTORS if detectors is None else tuple(detectors)
    now = report_period(panel, period)
    layers = boundary_layers(panel, areas)
    near = {level: neighbors(layer) for level, layer in layers.items()}

    doubtful = check_panel(panel)
    sound = without_doubtful(panel, doubtful)
    reports = Reports(only(sound, headlines(sound.catalogue)), near, settings, asked)
    return _report(now, panel, layers, sound, doubtful, reports)


def replay_warnings(
    panel: Panel,
    areas: gpd.GeoDataFrame | Layers | None,
    periods: Sequence[Period],
    settings: Settings,
    detectors: Sequence[Detector] = DETECTORS,
) -> list[WarningTable]:
    """Return the reports of several periods; what they share is worked out once."""
    chosen = [report_period(panel, period) for period in periods]
    layers = boundary_layers(panel, areas)
    near = {level: neighbors(layer) for level, layer in layers.items()}
    doubtful = check_panel(panel)
    sound = without_doubtful(panel, doubtful)
    leading = only(sound, headlines(sound.catalogue))
    reports = Reports(leading, near, settings, detectors)
    asked = watched(chosen, say("progress.replay"))
    return [_report(period, panel, layers, sound, doubtful, reports) for period in asked]


def _report(
    now: str,
    panel: Panel,
    layers: Mapping[str, gpd.GeoDataFrame],
    sound: Panel,
    doubtful: pd.DataFrame,
    reports: Reports,
) -> WarningTable:
    """Write the report of one period."""
    settings = reports.settings
    findings = reports.findings(now)
    flagged = reports.flagged(findings, now)
    history = reports.history(flagged, now)
    flagged = with_status(flagged, history, now)
    rows = _describe(flagged, panel, now, layers)
    in_city = findings[(findings["level"] == "city") & (findings["q"] < settings.q_watch)]
    facts = Facts(
        period=now,
        settings=settings,
        findings=FindingTable(findings),
        data_findings=write_finding_sentences(doubtful, panel),
        city=FindingTable(write_finding_sentences(in_city.sort_values("q", ignore_index=True), panel)),
        subgroups=unusual_subgroups(sound, flagged, Context(now, reports.near, settings), reports.detectors),
        bases=bases_of(panel),
        not_testable=_not_testable(findings),
        history=history,
        checksum=checksum(panel),
    )
    order = rows["urgency"].map({name: place for place, name in enumerate(reversed(URGENCIES))})
    rows = rows.assign(order=order).sort_values(["order", "q", *UNIT], kind="stable")
    return make_table(rows, facts)


def _describe(
    flagged: pd.DataFrame, panel: Panel, now: str, layers: Mapping[str, gpd.GeoDataFrame]
) -> pd.DataFrame:
    """Add names, region, city value and the sentences."""
    named = {
        (level, str(area)): str(name)
        for level, layer in layers.items()
        if "name" in layer
        for area, name in layer["name"].items()
    }
    city_rows = panel.data[(panel.data["level"] == "city") & (panel.data["period"] == now)]
    city = city_rows.set_index(["indicator", "group"])["value"]
    entries = panel.catalogue.set_index(["indicator", "group"])
    # such counts depend on how large the area is: the city's value is no yardstick
    incomparable = entries.index[entries["not_summable_because"].fillna("") == "depends_on_area"]
    city = city[~city.index.isin(incomparable)]
    keys = pd.MultiIndex.from_frame(flagged[["indicator", "group"]])
    rows = flagged.assign(
        area_name=[named.get(key, "") for key in zip(flagged["level"], flagged["area_id"], strict=True)],
        region_id=_regions(flagged),
        city=city.reindex(keys).to_numpy(dtype="float64"),
    )
    printed = panel.data[panel.data["period"] == now].set_index(UNIT)["value"]
    rows["value"] = printed.reindex(pd.MultiIndex.from_frame(rows[UNIT])).to_numpy(dtype="float64")
    return write_sentences(rows, panel)


def _regions(rows: pd.DataFrame) -> list[str]:
    """Return the REGSAM region of each area whose id begins with its district; empty for other areas."""
    scheme = load_region_scheme()["region_id"]
    regions = []
    for level, area in zip(rows["level"], rows["area_id"], strict=True):
        if level == "region":
            regions.append(str(area))
        elif level in ("district", "subdistrict", "quarter"):
            regions.append(str(scheme.get(str(area).split(".")[0], "")))
        else:
            regions.append("")
    return regions


def report_period(panel: Panel, period: Period | None) -> str:
    """Return the period of the report, or say which ones there are."""
    if period is None:
        return panel.periods[-1]
    text = parse_period(period)
    if text not in panel.periods:
        raise problem(
            OptionError,
            "not_in_panel",
            column="period",
            found=text,
            expected=shorten(panel.periods[::-1], 8),
            hint=did_you_mean(text, panel.periods),
        )
    return text


def boundary_layers(panel: Panel, areas: gpd.GeoDataFrame | Layers | None) -> dict[str, gpd.GeoDataFrame]:
    """Return the boundary layer of each level of the panel."""
    if isinstance(areas, Mapping) and not isinstance(areas, pd.DataFrame):
        return dict(areas)
    levels = [level for level in panel.levels if level != "city"]
    if areas is None:
        return {level: load_boundaries(level) for level in SHIPPED_LEVELS if level in levels}
    ids = set(areas.index.astype(str))
    known = {level: set(panel.data.loc[panel.data["level"] == level, "area_id"].unique()) for level in levels}
    shares = {level: len(ids & known[level]) for level in levels}
    best = max(shares, key=lambda level: shares[level], default="")
    if not shares.get(best):
        raise problem(
            InputError,
            "no_area_matches",
            found=shorten(sorted(ids), 3) or "–",
            expected=shorten(sorted(set().union(*known.values())), 3) or "–",
            levels=", ".join(panel.levels),
        )
    return {best: areas}


def unusual_subgroups(
    panel: Panel, flagged: pd.DataFrame, context: Context, detectors: Sequence[Detector]
) -> pd.DataFrame:
    """Return the unusual subgroups beneath flagged headline indicators, with q within kind and level."""
    names = panel.catalogue[["indicator", "group", "subgroup_of"]].dropna()
    above = flagged[UNIT].rename(columns={"group": "subgroup_of"}).drop_duplicates()
    asked = names.merge(above[["indicator", "subgroup_of"]].drop_duplicates())
    if asked.empty:
        return empty_findings().assign(subgroup_of=pd.Series(dtype="str"))
    findings = concat_findings([detector(only(panel, asked), context) for detector in detectors])
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


def checksum(panel: Panel) -> str:
    """Return the SHA-256 of the rows and the catalogue of a panel."""
    digest = hashlib.sha256()
    for frame in (panel.data, panel.catalogue):
        words = frame.astype({name: "str" for name in frame if frame[name].dtype != "float64"})
        digest.update(pd.util.hash_pandas_object(words, index=False).to_numpy().tobytes())
    return digest.hexdigest()
