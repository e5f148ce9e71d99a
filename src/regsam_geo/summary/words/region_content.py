"""What a profile says, as data: numbers with their names, before anything is written or drawn."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.charts.spine import side_of
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import apart_from_city
from regsam_geo.indicators.naming import Key, Naming
from regsam_geo.indicators.periods import years_before
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.facts.region_summary import RELEVANT
from regsam_geo.summary.words.assessments import listed_findings
from regsam_geo.summary.words.report_words import CountOfTests, profile_notes, tests_made
from regsam_geo.text import Terms
from regsam_geo.warning import is_long_open, short_sentence, stand_in


@dataclass(frozen=True)
class KeyFigure:
    """One indicator of a region beside the city and the other regions; NaN where there is no number.

    ``last`` is its value a year earlier; ``turn`` is ``"up"`` or ``"down"`` where the newest year goes against the
    five years before, by as much as matters within one; ``still`` says whether it lay on this side of the city
    then.
    """

    naming: Naming
    value: float
    city: float
    difference: float
    ratio: float
    rank: float
    n_ranked: int
    change: float
    city_change: float
    before: float
    trend: str
    last: float
    turn: str
    still: bool
    sign: str
    expected: float
    band: tuple[tuple[float, float], ...]
    peers: tuple[float, ...]
    series: tuple[float, ...]
    city_series: tuple[float, ...]
    district_series: dict[str, tuple[float, ...]]

    @property
    def side(self) -> str:
        """Whether it lies at least 10 % above or below the city."""
        return side_of(self.ratio)


@dataclass(frozen=True)
class DistrictRow:
    """One indicator in the districts of a region.

    Attributes
    ----------
    signs
        Why a value is missing.
    comparable
        Whether the city's value is a yardstick.
    rounded
        Whether the Basiswerte are so rounded that a ratio of them misses the published value.
    """

    naming: Naming
    values: tuple[float, ...]
    signs: tuple[str, ...]
    region: float
    city: float
    comparable: bool
    rounded: bool


@dataclass(frozen=True)
class Profile:
    """Everything that a profile says.

    Attributes
    ----------
    region, name
        Id and name of the region.
    situation
        Its row of ``social_situation`` among the regions, with how many are ranked; ``None`` if it has no class.
    period, periods, before
        The period, all periods of the series, and the period five years earlier that changes refer to.
    districts
        Ids and names of its districts.
    neighbors
        Ids and names of the districts around it.
    figures
        Key figures, in the order of the catalogue.
    rows
        The districts compared.
    warnings
        The rows of the warning table that belong to the region, the most urgent first; ``short`` tells each in a
        dozen words.
    n_folded
        How many more have been open for long.
    ended
        What has ended with this report.
    next_places
        The region's part of the places nearest to a warning, with ``short``.
    said
        What people on the spot have said about its findings, what has to be done first.
    questions
        Questions about the data of its districts in the period.
    untested
        What could not be tested in its districts: indicator, group, kind, reason.
    tests
        How many tests of its districts gave a result.
    notes
        What cannot be summed, what is incomplete, boundaries, sources.
    terms
        What its phrases call areas, regions and city.
    """

    region: str
    name: str
    situation: Mapping[str, Any] | None
    period: str
    periods: tuple[str, ...]
    before: str
    districts: tuple[tuple[str, str], ...]
    neighbors: tuple[tuple[str, str], ...]
    figures: tuple[KeyFigure, ...]
    rows: tuple[DistrictRow, ...]
    warnings: pd.DataFrame
    n_folded: int
    ended: pd.DataFrame
    next_places: pd.DataFrame
    said: tuple[Mapping[str, Any], ...]
    questions: pd.DataFrame
    untested: pd.DataFrame
    tests: CountOfTests
    notes: tuple[str, ...]
    lang: str
    terms: Terms = field(default_factory=Terms)


def make_profile(facts: ProfileFacts, region: str) -> Profile:
    """Collect what the profile of one region says, in the language of the study."""
    report, study = facts.report, facts.study
    districts = study.members_of(region)
    names = report.areas["name"]
    pairs = study.neighbors().pairs
    # pairs of which one lies inside and one outside: both inside are the region's own borders
    around = pairs[pairs["area_id"].isin(districts) ^ pairs["neighbor_id"].isin(districts)]
    outside = sorted((set(around["area_id"]) | set(around["neighbor_id"])) - set(districts))
    own, folded = stand_in(report.warnings, districts), is_long_open(report.warnings)
    findings = report.warnings.facts.findings
    mine = findings[(findings["level"] == facts.level) & findings["area_id"].isin(districts)]
    questions = report.warnings.facts.data_findings
    ended, near = report.warnings.facts.ended, report.warnings.next_places
    return Profile(
        region=region,
        name=study.region_name(region),
        situation=_situation(facts, region),
        period=facts.period,
        periods=tuple(facts.series.columns),
        before=years_before(facts.period, 5),
        districts=tuple((district, str(names[district])) for district in districts),
        neighbors=tuple((district, str(names[district])) for district in outside),
        figures=tuple(_figures(facts, region, districts)),
        rows=tuple(_rows(facts, region, districts)),
        warnings=_in_short(facts, pd.DataFrame(report.warnings[own & ~folded])),
        n_folded=int((own & folded).sum()),
        ended=ended[(ended["level"] == facts.level) & ended["area_id"].isin(districts)],
        next_places=_in_short(facts, near.loc[near["region_id"] == region]),
        said=tuple(one for one in listed_findings(report) if one["region_id"] == region),
        questions=pd.DataFrame(
            questions[
                (questions["level"] == facts.level)
                & questions["area_id"].isin(districts)
                & (questions["period"] == facts.period)
            ]
        ),
        untested=mine.loc[mine["p"].isna(), [*CATALOGUE_KEY, "kind", "reason"]].drop_duplicates(),
        tests=tests_made(mine, report.warnings.facts.detectors),
        notes=profile_notes(facts),
        lang=study.language,
        terms=study.terms,
    )


def _in_short(facts: ProfileFacts, rows: pd.DataFrame) -> pd.DataFrame:
    """Add what the page says of each row."""
    study, names = facts.study, facts.report.areas["name"].to_dict()
    told = [short_sentence(row, study.namings, names, study.language) for row in rows.to_dict("records")]
    return rows.assign(short=told)


def _situation(facts: ProfileFacts, region: str) -> Mapping[str, Any] | None:
    table = facts.situation
    if table is None or region not in table.index or not table.loc[region, "burden"]:
        return None
    return {**table.loc[region].to_dict(), "n": int(table["rank"].notna().sum())}


def _figures(facts: ProfileFacts, region: str, districts: list[str]) -> list[KeyFigure]:
    figures = []
    for key in facts.keys:
        rows = facts.summary_by_key.get(key)
        if rows is None or region not in rows.index:
            continue
        row: dict[str, Any] = rows.loc[region].to_dict()
        value, change = float(row["value"]), float(row["change_5"])
        figures.append(
            KeyFigure(
                naming=facts.study.namings[key],
                value=value,
                city=float(row["city"]),
                difference=float(row["difference"]),
                ratio=float(row["ratio"]),
                rank=float(row["rank"]),
                n_ranked=int(row["n_ranked"]),
                change=change,
                city_change=float(row["city_change_5"]),
                # From both: the earlier value itself may have been printed with fewer digits.
                before=value - change,
                trend=str(row["trend"]),
                last=value - float(row["change_1"]),
                turn=_turn(facts, key, row),
                still=side_of(_ratio_before(row)) == side_of(float(row["ratio"])),
                sign=str(row["sign"]),
                expected=float(facts.expected.get((*key, region), math.nan)),
                band=facts.band(key, region),
                # All regions, the own one among them: the bar of the chart reaches from the lowest to the
                # highest.
                peers=tuple(float(peer) for peer in rows["value"]),
                series=tuple(facts.values(key, "region", region)),
                city_series=tuple(facts.values(key, "city", CITY_ID)),
                district_series={
                    district: tuple(facts.values(key, facts.level, district))
                    # A region of one district is its own line.
                    for district in (districts if len(districts) > 1 else [])
                },
            )
        )
    return figures


def _turn(facts: ProfileFacts, key: Key, row: dict[str, Any]) -> str:
    """Tell whether the newest year goes against the trend, by as much as matters within one."""
    step, last = float(row["change_1"]), float(row["value"]) - float(row["change_1"])
    effect = facts.study.panel.entry(*key)["relevant_effect"]
    least = (RELEVANT if pd.isna(effect) else float(effect)) * facts.study.settings.yearly_share
    # without a year before there is no step, and NaN is never enough
    if not abs(step) >= least * abs(last) * (1 - 1e-9):
        return ""
    way = "up" if step > 0 else "down"
    return way if {way, row["trend"]} == {"up", "down"} else ""


def _ratio_before(row: dict[str, Any]) -> float:
    city = float(row["city"]) - float(row["city_change_1"])
    return (float(row["value"]) - float(row["change_1"])) / city if city > 0 else math.nan


def _rows(facts: ProfileFacts, region: str, districts: list[str]) -> list[DistrictRow]:
    rows = []
    apart = apart_from_city(facts.study.panel.catalogue)
    for key in facts.keys:
        mine = facts.rows_by_key.get(key, facts.current.iloc[:0])
        summary = facts.summary_by_key.get(key)
        by_area = mine[mine["level"] == facts.level].set_index("area_id")
        city = mine.loc[mine["level"] == "city", "value"]
        values = by_area["value"].reindex(districts)
        # A district without a row is missing as well, and has to say so.
        signs = by_area["sign"].reindex(districts).fillna("not_available")
        comparable = key not in apart
        rows.append(
            DistrictRow(
                naming=facts.study.namings[key],
                values=tuple(float(value) for value in values),
                signs=tuple(str(sign) for sign in signs),
                region=math.nan if summary is None else float(summary["value"].get(region, math.nan)),
                city=float(city.iloc[0]) if len(city) and comparable else math.nan,
                comparable=comparable,
                rounded=bool(by_area["rounded"].reindex(districts).fillna(False).any()),
            )
        )
    return rows
