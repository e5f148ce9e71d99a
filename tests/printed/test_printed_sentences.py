"""Every number of every warning's sentence, in both languages, is the one of the plain table.

A sentence has to match one of the patterns below from end to end; no pattern holds a digit, so no number goes
unread. What follows from the values alone is computed here; what a model estimates (the expected value of a
change) has to be the table's ``expected`` and to lie where the sentence says.
"""

from __future__ import annotations

import json
import math
import re
import statistics
from itertools import pairwise

import pytest
import shapely
from plain_table import (
    DATA,
    benjamini_hochberg,
    is_printed,
    parse_measure,
    read_names,
    read_regions,
    write,
)
from plain_table import SPACE as NBSP

pytestmark = pytest.mark.slow

NAMES = read_names()
WORDS = {"watch": 0, "check": 1, "priority": 2}

OPENING = {
    "de": r"Stadtbezirk (?P<id>\d\d) (?P<name>[^\d]+?) – (?P<title>.+?) (?P<period>\d{4}): (?P<value>[^()]+?)"
    r"(?: \(Stadt: (?P<city>[^()]+)\))?\. ",
    "en": r"District (?P<id>\d\d) (?P<name>[^\d]+?) – (?P<title>.+?) (?P<period>\d{4}): (?P<value>[^()]+?)"
    r"(?: \(city: (?P<city>[^()]+)\))?\. ",
}
OFTEN = {
    "de": r"(?: So ungewöhnlich war es seit (?P<counted_from>\d{4}) in (?P<often>[\d.]+|keinem) von "
    r"(?P<cases>[\d.]+) Vergleichen \(dieselbe Frage, \d+ Indikator(?:en)?, \d+ Gebiete\)\.)?",
    "en": r"(?: It was this unusual in (?P<often>[\d,]+|none) of (?P<cases>[\d,]+) comparisons since "
    r"(?P<counted_from>\d{4}) \(the same question, \d+ indicators?, \d+ areas\)\.)?",
}
CLAUSES = {
    "de": {
        "change": r"(?P<before_period>\d{4}) waren es (?P<before>.+?); nach der Veränderung in allen Gebieten "
        r"und der "
        r"eigenen Entwicklung waren rund (?P<expected>.+?) zu erwarten; der Wert weicht nach "
        r"(?P<way>oben|unten) ab\.",
        "change_two_periods": r"(?P<before_period>\d{4}) waren es (?P<before>.+?); nach der Veränderung in allen "
        r"Gebieten waren rund (?P<expected>.+?) zu erwarten; der Wert weicht nach (?P<way>oben|unten) ab\. "
        r"Für einen Vergleich mit der eigenen Vergangenheit ist die Reihe zu kurz; gemessen ist an den anderen "
        r"Gebieten\.",
        "change_return": r"Auf den auffällig (?P<way>niedrigen|hohen) Wert (?P<before_period>\d{4}) "
        r"\((?P<before>.+?)\) "
        r"folgt ein (?:Anstieg über|Rückgang unter) das Niveau davor(?: hinaus)?; zu erwarten waren rund "
        r"(?P<expected>.+?)\.",
        "zone": r"(?P<before_period>\d{4}) waren es (?P<before>.+?); nach der Veränderung in allen "
        r"Gebieten und der "
        r"eigenen Entwicklung waren rund (?P<expected>.+?) zu erwarten\. Der Wert weicht nach (?P<way>oben|unten) "
        r"ab, ebenso die von Nachbargebieten: Zusammen ist das ungewöhnlicher als jede dieser Abweichungen für "
        r"sich\.",
        "drift": r"Seit (?P<before_period>\d{4}) \((?P<before>.+?)\) hat sich der Wert nach "
        r"(?P<way>oben|unten) von der "
        r"Entwicklung aller Gebiete entfernt; mit ihnen wären es nach (?P<years>\d) Jahren rund "
        r"(?P<expected>.+?)\.",
        "level": r"Für ein Gebiet dieser Größe sind bei der üblichen Streuung der Gebiete (?P<lower>.+?) bis "
        r"(?P<upper>.+?) zu erwarten\. Alle Gebiete zusammen liegen bei (?P<expected>.+?); "
        r"hier liegt der Wert (?P<way>darüber|darunter)\.",
        "spatial": r"(?:Das Nachbargebiet liegt|Der mittlere Wert \(Median\) der (?P<neighbors>\d+) "
        "Nachbargebiete "
        r"liegt) bei (?P<expected>.+?), also (?P<way>darunter|darüber)\. Gemessen daran, wie weit die übrigen "
        r"Gebiete "
        r"von ihren Nachbarn entfernt sind, ist das weit\.",
    },
    "en": {
        "change": r"In (?P<before_period>\d{4}) it was (?P<before>.+?); given the change in all areas and its "
        r"own past, "
        r"about (?P<expected>.+?) was to be expected; the value deviates (?P<way>upwards|downwards)\.",
        "change_two_periods": r"In (?P<before_period>\d{4}) it was (?P<before>.+?); given the change in all "
        r"areas, about "
        r"(?P<expected>.+?) was to be expected; the value deviates (?P<way>upwards|downwards)\. The series is too "
        r"short to be compared with its own past; the other areas are the measure\.",
        "change_return": r"The unusually (?P<way>low|high) value of (?P<before_period>\d{4}) "
        r"\((?P<before>.+?)\) is "
        r"followed by a (?:rise beyond|fall below) the level before it; about (?P<expected>.+?) was to be "
        r"expected\.",
        "zone": r"In (?P<before_period>\d{4}) it was (?P<before>.+?); given the change in all areas and its own "
        r"past, about (?P<expected>.+?) was to be expected\. The value deviates "
        r"(?P<way>upwards|downwards), and so do "
        r"those of neighboring areas: together that is more unusual than each of these deviations alone\.",
        "drift": r"Since (?P<before_period>\d{4}) \((?P<before>.+?)\) the value has moved "
        r"(?P<way>upwards|downwards), "
        r"away from the course of all areas; with them it would be about (?P<expected>.+?) after "
        r"(?P<years>\d) years\.",
        "level": r"For an area of this size (?P<lower>.+?) to (?P<upper>.+?) are to be expected, given the "
        r"usual scatter "
        r"of areas\. All areas together stand at (?P<expected>.+?); here the value stands "
        r"(?P<way>above|below)\.",
        "spatial": r"(?:The neighboring area stands|The middle value \(median\) of the (?P<neighbors>\d+) "
        "neighboring "
        r"areas stands) at (?P<expected>.+?), that is (?P<way>lower|higher)\. Measured by how far the other "
        r"areas stand "
        r"from their neighbors, that is far\.",
    },
}
ASIDES = {
    "de": r"(?: Dazwischen fehlen Werte: Die Veränderung reicht über (?P<gap>\d+) Jahre\.)?"
    r"(?: Zuletzt war eine Abweichung hier (?P<larger_in>\d{4}) größer\.)?"
    r"(?: Es ist hier die größte Abweichung seit Beginn der Vergleiche (?P<first>\d{4})\.)?",
    "en": r"(?: Values are missing in between: the change spans (?P<gap>\d+) years\.)?"
    r"(?: The last larger deviation here was in (?P<larger_in>\d{4})\.)?"
    r"(?: It is the largest deviation here since comparisons begin in (?P<first>\d{4})\.)?",
}
BORROWED = {
    "de": r"(?: In die Erwartung geht ein, was verwandte Indikatoren hier zeigen: (?P<related>(?:(?:, | "
    r"und )?(?:auch )?"
    r"„[^“]+“ (?:ist gestiegen|ist gesunken|liegt höher als zu erwarten war|liegt niedriger als zu "
    r"erwarten war|hat sich "
    r"wie erwartet entwickelt))+)\.)?"
    r"(?: Gemeinsam mit Nachbargebieten: (?P<others>[^„“]+?\))\.)?",
    "en": r"(?: The expectation takes in what related indicators show here: (?P<related>(?:(?:, | and "
    r")?“[^”]+” (?:has "
    r"risen|has fallen|lies higher than was to be expected|lies lower than was to be expected|has developed as "
    r"expected)(?: too)?)+)\.)?"
    r"(?: Together with neighboring areas: (?P<others>[^“”]+?\))\.)?",
}
AGAINST = {
    "de": r"(?: Zuletzt ist er (?P<turn>gefallen|gestiegen): (?P<last_period>\d{4}) waren es (?P<last>.+?)\.)?",
    "en": r"(?: Of late it has (?P<turn>fallen|risen): in (?P<last_period>\d{4}) it was (?P<last>.+?)\.)?",
}
OTHER = {
    "de": r"Stadtbezirk (?P<id>\d\d) (?P<name>[^\d]+?) \((?P<value>.+?), zu erwarten rund (?P<expected>.+?)\)",
    "en": r"District (?P<id>\d\d) (?P<name>[^\d]+?) \((?P<value>.+?), about (?P<expected>.+?) to be expected\)",
}
SINCE = {
    "de": r" (?:Neu im Bericht (?P<new>\d{4})\.|Hinweis seit (?P<continuing>\d{4})\."
    r"|Wieder im Bericht seit (?P<returning>\d{4}), nach früheren Hinweisen\.)",
    "en": r" (?:New in the report of (?P<new>\d{4})\.|Warned since (?P<continuing>\d{4})\."
    r"|Back in the report since (?P<returning>\d{4}), after earlier warnings\.)",
}
UP = ("oben", "niedrigen", "darüber", "upwards", "low", "above")
DOWN = ("unten", "hohen", "darunter", "downwards", "high", "below")


def read(sentence, lang):
    """Take a sentence apart; the reason is the pattern that fits it."""
    for reason, clause in CLAUSES[lang].items():
        pattern = (
            OPENING[lang] + clause + ASIDES[lang] + BORROWED[lang] + AGAINST[lang] + OFTEN[lang] + SINCE[lang]
        )
        found = re.fullmatch(pattern, sentence)
        if found:
            return reason, {name: text for name, text in found.groupdict().items() if text is not None}
    raise AssertionError(f"no pattern fits: {sentence}")


@pytest.fixture(scope="module")
def neighbors():
    """Districts that touch, found with shapely in the shipped quarters."""
    features = json.loads((DATA / "boundaries" / "quarters.geojson").read_text(encoding="utf-8"))["features"]
    districts = {}
    for one in features:
        shape = shapely.from_geojson(json.dumps(one["geometry"]))
        districts.setdefault(str(one["properties"]["area_id"])[:2], []).append(shape)
    whole = {area: shapely.union_all(parts) for area, parts in districts.items()}
    assert len(whole) == 25
    return {
        area: sorted(other for other in whole if other != area and whole[other].intersects(shape))
        for area, shape in whole.items()
    }


@pytest.fixture(params=["sample", "shaken"])
def told(request):
    """All reports of the true or of the made table, with the plain cells of it."""
    reports = request.getfixturevalue(f"{request.param}_reports")
    plain = request.getfixturevalue("plain") if request.param == "sample" else request.getfixturevalue("shaken")[1]
    return reports, plain


def warnings_of(told):
    """What warns now, area by area: neighbors that deviate together stand in one row of the table."""
    reports, _ = told
    return [row for table in reports.values() for row in areas_in(table) if row["status"] != "open"]


def areas_in(table):
    """Every area that a table tells of, as the facts of the report hold it, in the order of the rows."""
    known = {}
    for row in table.facts.by_area.to_dict("records"):
        known[row["indicator"], row["group"], row["area_id"]] = row
    told = []
    for row in table.to_dict("records"):
        for area in row["areas"].split(", "):
            told.append(known.pop((row["indicator"], row["group"], area)))
            assert told[-1]["areas"] == row["areas"]
    # nothing is told of beside the rows
    assert not known
    return told


def findings_of(table, row):
    """The tests of one area and indicator, as the facts of a report hold them."""
    known = TESTS.setdefault(id(table), {})
    if not known:
        for one in table.facts.findings.to_dict("records"):
            known.setdefault((one["indicator"], one["group"], one["level"], one["area_id"]), []).append(one)
    return known[row["indicator"], row["group"], row["level"], row["area_id"]]


TESTS = {}
"""The tests of each report, by area and indicator: they are asked for again and again."""


def test_there_is_enough_to_read(sample_reports, shaken_reports):
    every = [row for table in shaken_reports.values() for row in table.to_dict("records")]
    rows = [row for row in every if row["status"] != "open"]
    assert len(every) > len(rows) + 20
    spoken = {read(row["sentence_de"], "de")[0] for row in rows}
    assert spoken >= {"change", "drift", "spatial"}
    assert {row["urgency"] for row in rows} == {"watch", "check", "priority"}
    assert {row["status"] for row in rows} == {"new", "continuing", "returning"}
    assert len(rows) > 60
    assert sum(len(table) for table in sample_reports.values()) > 8


@pytest.mark.parametrize("lang", ["de", "en"])
def test_a_newest_change_against_the_course_is_told(told, lang):
    """Of a development over years alone: up for years and down of late, or the other way round."""
    _, plain = told
    turns = set()
    for row in warnings_of(told):
        key, period = (row["indicator"], row["group"]), row["period"]
        entry = plain.catalogue[key]
        reason, said = read(row[f"sentence_{lang}"], lang)
        last_period = str(int(period) - 1)
        before = plain.value(key, last_period, area=row["area_id"])
        printed = [
            write(one, entry.decimals, lang) for one in (before, plain.value(key, period, area=row["area_id"]))
        ]
        fell = plain.value(key, period, area=row["area_id"]) < before
        against = fell == (row["direction"] == "up") and printed[0] != printed[1] and math.isfinite(before)
        if reason != "drift" or not against:
            assert "turn" not in said
            continue
        assert said["turn"] in (("gefallen", "fallen") if fell else ("gestiegen", "risen"))
        assert said["last_period"] == last_period
        assert said["last"] == printed[0] + NBSP + entry.unit[lang]
        turns.add(fell)
    assert turns


def apart(row, entry):
    """How many more decimals value and expectation need to be told apart; none where three would not do."""
    for extra in range(4):
        if len({write(row[name], entry.decimals + extra, "en") for name in ("value", "expected")}) > 1:
            return extra
    return 0


@pytest.mark.parametrize("lang", ["de", "en"])
def test_value_and_city_are_those_of_the_file(told, lang):
    _, plain = told
    for row in warnings_of(told):
        key, period = (row["indicator"], row["group"]), row["period"]
        entry = plain.catalogue[key]
        unit, digits = entry.unit[lang], entry.decimals
        _, said = read(row[f"sentence_{lang}"], lang)
        assert (said["id"], said["name"], said["period"]) == (row["area_id"], NAMES[row["area_id"]], period)
        assert said["title"] == entry.title[lang]
        value = plain.value(key, period, area=row["area_id"])
        assert said["value"] == write(value, digits + apart(row, entry), lang) + NBSP + unit
        assert row["value"] == value
        city = plain.value(key, period)
        # what depends on how large an area is has no yardstick in the city
        assert ("city" in said) == entry.comparable == math.isfinite(row["city"])
        if entry.comparable:
            assert said["city"] == write(city, digits, lang) + NBSP + unit
            assert row["city"] == city
        assert row["region_id"] == read_regions()[0][row["area_id"]]


@pytest.mark.parametrize("lang", ["de", "en"])
def test_what_was_expected_is_told_apart_from_the_value(told, lang):
    reports, plain = told
    alike = 0
    for row in warnings_of(told):
        key = row["indicator"], row["group"]
        entry = plain.catalogue[key]
        _, said = read(row[f"sentence_{lang}"], lang)
        extra = apart(row, entry)
        digits = entry.decimals + extra
        alike += extra > 0
        assert is_printed(said["expected"], row["expected"], digits, lang, entry.unit[lang])
        assert said["expected"] != said["value"]
        found = findings_of(reports[row["period"]], row)
        assert row["expected"] in [one["expected"] for one in found if one["q"] == row["q"]]
    if plain.catalogue[("Hochbetagte", "insgesamt")].decimals == 0:
        assert alike > 0


def test_before_is_the_value_of_the_period_named(told):
    _, plain = told
    gaps = 0
    for row in warnings_of(told):
        key = row["indicator"], row["group"]
        for lang in ("de", "en"):
            reason, said = read(row[f"sentence_{lang}"], lang)
            if reason not in ("change", "change_two_periods", "change_return", "drift"):
                continue
            before = said["before_period"]
            years = int(row["period"]) - int(before)
            entry = plain.catalogue[key]
            exact = plain.exact(key, before, area=row["area_id"])
            assert is_printed(said["before"], exact, entry.decimals, lang, entry.unit[lang])
            if reason == "drift":
                assert int(said["years"]) == years
                assert years in (3, 5)
                continue
            # the last value that was there
            between = [str(year) for year in range(int(before) + 1, int(row["period"]))]
            assert all(math.isnan(plain.value(key, one, area=row["area_id"])) for one in between)
            assert ("gap" in said) == (years > 1)
            if years > 1:
                gaps += 1
                assert int(said["gap"]) == years
    if "Hochbetagte" in {row["indicator"] for row in warnings_of(told)}:
        assert gaps > 0


def test_the_direction_is_that_of_value_and_expectation(told):
    for row in warnings_of(told):
        for lang in ("de", "en"):
            reason, said = read(row[f"sentence_{lang}"], lang)
            higher = row["value"] > row["expected"]
            if reason == "spatial":  # said of the neighbors
                assert said["way"] in (("darunter", "lower") if higher else ("darüber", "higher"))
            else:
                assert said["way"] in (UP if higher else DOWN)
            assert row["direction"] in (("high", "up") if higher else ("low", "down"))


def test_levels_are_compared_with_all_areas_and_the_limits_of_the_funnel(shaken):
    import pandas as pd

    import regsam_geo as rg
    from regsam_geo.warning.detectors.level import LEVEL

    panel, plain = shaken
    # asked alone: beside other questions it seldom has the smallest q, which leads the sentence
    alone = rg.detect_warnings(panel, period=2024, detectors=[LEVEL])
    rows = [row for row in alone.to_dict("records") if row["status"] != "open"]
    assert rows
    for row in rows:
        reason, said = read(row["sentence_de"], "de")
        assert reason == "level"
        key, period = (row["indicator"], row["group"]), row["period"]
        entry = plain.catalogue[key]
        together = plain.all_areas(key, period)
        digits = entry.decimals + apart({**row, "expected": together}, entry)
        assert is_printed(said["expected"], together, digits, "de", entry.unit["de"])
        cells = {area: plain.rows[(*key, period, "district", area)] for area in plain.areas(key, period)}
        limits = rg.funnel_limits(
            pd.Series({area: one.over for area, one in cells.items()}),
            pd.Series({area: one.under for area, one in cells.items()}),
            "proportion" if entry.proportion else "ratio",
            scale=entry.scale,
        ).loc[row["area_id"]]
        for name in ("lower", "upper"):
            assert is_printed(said[name], limits[f"{name}_95"], entry.decimals, "de", entry.unit["de"])
        low, high = (parse_measure(said[name], entry.unit["de"], "de")[0] for name in ("lower", "upper"))
        assert not low <= row["value"] <= high


def test_findings_beside_neighbors_name_their_number_and_middle(shaken_reports, shaken, neighbors):
    _, plain = shaken
    compared = 0
    for period, table in shaken_reports.items():
        found = table.facts.findings
        for row in found[found["kind"].isin(("spatial", "cluster"))].to_dict("records"):
            key = row["indicator"], row["group"]
            values = {area: plain.exact(key, period, area=area) for area in plain.areas(key, period)}
            beside = [values[area] for area in neighbors[row["area_id"]] if area in values]
            assert row["details"]["n_neighbors"] == len(beside)
            mean, middle = statistics.fmean(beside), statistics.median(beside)
            others = statistics.fmean(value for area, value in values.items() if area != row["area_id"])
            assert row["expected"] == pytest.approx(middle if row["kind"] == "spatial" else others, rel=1e-9)
            if row["kind"] == "cluster":
                assert row["details"]["neighbors_mean"] == pytest.approx(mean, rel=1e-9)
            else:
                assert row["details"]["neighbors_median"] == pytest.approx(middle, rel=1e-9)
            compared += 1
    assert compared > 500


def test_how_often_it_was_as_unusual_is_counted_in_the_earlier_reports(told):
    """Each of the ten reports before was written in full; its tests are counted one by one."""
    reports, _ = told
    counted = 0
    for row in warnings_of(told):
        found = findings_of(reports[row["period"]], row)
        (lead,) = (one for one in found if one["q"] == row["q"] and one["expected"] == row["expected"])
        earlier = [str(int(row["period"]) - back) for back in range(10, 0, -1)]
        if earlier[0] not in reports:
            continue
        p = {
            period: [
                one
                for kind, level, one in zip(
                    *(reports[period].facts.findings[c] for c in ("kind", "level", "p")), strict=True
                )
                if kind == lead["kind"] and level == row["level"] and not math.isnan(one)
            ]
            for period in earlier
        }
        cases = sum(map(len, p.values()))
        often = sum(one <= lead["p"] for ones in p.values() for one in ones)
        for lang, none in (("de", "keinem"), ("en", "none")):
            _, said = read(row[f"sentence_{lang}"], lang)
            assert said["cases"] == write(cases, 0, lang)
            assert said["often"] == (write(often, 0, lang) if often else none)
            assert said["counted_from"] == next(period for period in earlier if p[period])
        counted += 1
    assert counted > 2 or len(reports) <= 10


def excesses(plain, key, area, until):
    """Each change beyond the median change of all areas, by period: a plain stand-in for the model's."""
    log = not plain.catalogue[key].proportion
    periods = [period for period in plain.periods(key) if period <= until]

    def at(period, place):
        value = plain.exact(key, period, area=place)
        return math.log(value) if log else value

    steps = {}
    for before, now in pairwise(periods):
        changes = {
            place: at(now, place) - at(before, place)
            for place in plain.areas(key, now)
            if not math.isnan(plain.value(key, before, area=place))
        }
        if area in changes:
            steps[now] = changes[area] - statistics.median(changes.values())
    return steps


def test_a_record_is_one(told):
    _, plain = told
    records = others = 0
    for row in warnings_of(told):
        reason, said = read(row["sentence_de"], "de")
        if reason not in ("change", "change_return"):
            # a drift is no record, and neither is a series without a past
            assert "first" not in said
            assert "larger_in" not in said
            continue
        # one of both is said, never both
        assert ("first" in said) != ("larger_in" in said)
        if reason == "change_return" or "gap" in said:
            continue
        steps = excesses(plain, (row["indicator"], row["group"]), row["area_id"], row["period"])
        now = abs(steps.pop(row["period"]))
        earlier = {period: abs(step) for period, step in steps.items()}
        if "first" in said:
            records += 1
            assert max(earlier.values()) < 1.35 * now
            assert said["first"] == min(earlier)
        else:
            others += 1
            assert earlier[said["larger_in"]] > 0.75 * now
            later = [size for period, size in earlier.items() if period > said["larger_in"]]
            assert all(size < 1.35 * now for size in later)
    assert records > 3
    if "Hochbetagte" in {row["indicator"] for row in warnings_of(told)}:
        assert others > 3


def test_status_and_since_follow_from_the_reports_before(told):
    reports, _ = told
    periods = list(reports)

    def rows_of(period):
        return {(row["indicator"], row["group"], row["area_id"]): row for row in told_of[period]}

    told_of = {period: areas_in(table) for period, table in reports.items()}
    for place, period in enumerate(periods[1:], start=1):
        window = periods[max(place - 10, 0) : place]  # ten reports are looked back at
        before = rows_of(periods[place - 1])
        ended = reports[period].facts.ended
        gone = set(zip(ended["indicator"], ended["group"], ended["area_id"], strict=True))
        for unit, row in rows_of(period).items():
            old = before.get(unit)
            if old is not None:
                assert row["status"] in ("continuing", "open")
                if old["since"] >= window[0]:
                    assert row["since"] == old["since"]
            else:
                warned = [one for one in window if rows_of(one).get(unit, {}).get("status", "open") != "open"]
                if place >= 10:
                    assert row["status"] == ("returning" if warned else "new")
                assert row["since"] == period
            for lang in ("de", "en"):
                if row["status"] != "open":
                    assert read(row[f"sentence_{lang}"], lang)[1][row["status"]] == row["since"]
        # nothing is forgotten: what stood in the report before stands in this one, or has ended, or warned too
        # long ago
        for unit, old in before.items():
            assert unit in rows_of(period) or unit in gone or old["last"] < window[0]


OPEN = {
    "de": r"Im Bericht (?P<last>\d{4}) waren es (?P<before>.+?), zu erwarten waren rund (?P<then>.+?)\. Ohne "
    "diese "
    r"Abweichung wären es mit der Veränderung aller Gebiete jetzt rund (?P<expected>.+?); der Wert ist nicht "
    r"dorthin "
    r"zurückgekehrt\.(?: Das gilt auch für (?P<others>[^„“]+?\))\.)?"
    r" Hinweis seit (?P<since>\d{4}), noch nicht abschließend bewertet\.",
    "en": r"In the report of (?P<last>\d{4}) it was (?P<before>.+?), about (?P<then>.+?) was to be expected\. "
    "Without this "
    r"deviation it would now be about (?P<expected>.+?), given the change in all areas; the value has not "
    r"returned "
    r"there\.(?: The same is true of (?P<others>[^„“]+?\))\.)?"
    r" Warned since (?P<since>\d{4}), not finally judged yet\.",
}


@pytest.mark.parametrize("lang", ["de", "en"])
def test_an_open_warning_tells_what_was_and_what_would_be(told, lang):
    reports, plain = told
    compared = 0
    for period, table in reports.items():
        for row in areas_in(table):
            if row["status"] != "open":
                continue
            found = re.fullmatch(OPENING[lang] + OPEN[lang], row[f"sentence_{lang}"])
            assert found, row[f"sentence_{lang}"]
            said = found.groupdict()
            key = row["indicator"], row["group"]
            entry, area = plain.catalogue[key], row["area_id"]
            unit = entry.unit[lang]
            assert (said["last"], said["since"]) == (row["last"], row["since"])
            assert said["period"] == period
            digits = entry.decimals + apart(row, entry)
            assert is_printed(said["value"], plain.value(key, period, area=area), digits, lang, unit)
            assert is_printed(said["before"], plain.exact(key, row["last"], area=area), entry.decimals, lang, unit)
            if row["last"] in reports:
                (old,) = (
                    one
                    for one in areas_in(reports[row["last"]])
                    if (one["indicator"], one["group"], one["area_id"]) == (*key, area)
                )
                assert is_printed(said["then"], old["expected"], entry.decimals, lang, unit)
            # carried on with what all areas share: their median change is a plain stand-in for it
            steps = [
                math.log(plain.exact(key, period, area=one) / plain.exact(key, row["last"], area=one))
                for one in plain.areas(key, period)
                if one in plain.areas(key, row["last"]) and one != area
            ]
            then = parse_measure(said["then"], unit, lang)[0]
            now = parse_measure(said["expected"], unit, lang)[0]
            if min(then, now) > 0:
                assert math.log(now / then) == pytest.approx(statistics.median(steps), abs=0.25)
            compared += 1
    assert compared > 10


def test_q_and_urgency_follow_from_the_tests(told, neighbors):
    reports, _ = told
    graded = set()
    for table in reports.values():
        found = table.facts.findings
        found = found[found["level"] == "district"]
        for kind in ("level", "change", "zone", "drift"):
            rows = found[(found["kind"] == kind) & found["p"].notna()]
            by_hand = benjamini_hochberg(rows["p"].tolist())
            assert rows["q"].tolist() == pytest.approx(by_hand, rel=1e-9)
        hits = {}
        for row in found[found["q"] < 0.10].to_dict("records"):
            hits.setdefault((row["indicator"], row["group"], row["area_id"]), {})[row["kind"]] = row
        rows = {
            (row["indicator"], row["group"], row["area_id"]): row
            for row in areas_in(table)
            if row["status"] != "open"
        }
        assert set(rows) == {unit for unit, kinds in hits.items() if set(kinds) - {"cluster"}}
        grades = {}
        for unit, row in rows.items():
            kinds = hits[unit]
            across = [one["q"] for kind, one in kinds.items() if kind in ("spatial", "level")]
            along = [one["q"] for kind, one in kinds.items() if kind in ("change", "zone", "drift")]
            beside = any(
                kind in hits.get((*unit[:2], other), {})
                and hits[(*unit[:2], other)][kind]["direction"] == kinds[kind]["direction"]
                for kind in ("level", "change")
                if kind in kinds
                for other in neighbors[unit[2]]
            )
            strict = [bool(side) and min(side) < 0.01 for side in (across, along)]
            level = "watch"
            if any(strict) or (across and along):
                level = "check"
            if all(strict) or beside:
                level = "priority"
            grades[unit] = level
            graded.add((level, all(strict), beside, any(strict)))
            assert row["q"] == min(one["q"] for kind, one in kinds.items() if kind != "cluster")
        order = ["cluster", "spatial", "level", "change", "zone", "drift"]
        for unit, row in rows.items():
            # areas of one row share its urgency and its kinds: those of the most urgent, and all of them
            among = [(*unit[:2], area) for area in row["areas"].split(", ")]
            assert row["urgency"] == max((grades[one] for one in among), key=list(WORDS).index), unit
            together = {kind for one in among for kind in hits[one]}
            assert row["kinds"].split("+") == [kind for kind in order if kind in together]
    assert len(graded) > 1


def test_rows_join_neighbors_that_deviate_together(told, neighbors):
    """Two areas stand in one row if a chain of neighbors leads from one to the other, all alike."""
    reports, _ = told
    joined = 0
    for table in reports.values():
        rows = areas_in(table)
        alike = {}
        for row in rows:
            side = {"high": "up", "low": "down"}.get(row["direction"], row["direction"])
            what = row["indicator"], row["group"], side, row["status"], row["since"], row["last"]
            alike.setdefault(what, []).append(row)
        for members in alike.values():
            for row in members:
                reached, edge = {row["area_id"]}, [row["area_id"]]
                own = {one["area_id"]: one for one in members if {"change", "zone"} & set(one["kinds"].split("+"))}
                while edge and row["area_id"] in own:
                    new = [other for other in neighbors[edge.pop()] if other in own and other not in reached]
                    reached |= set(new)
                    edge += new
                assert row["areas"] == ", ".join(sorted(reached))
                joined += len(reached) > 1
                said = read(row["sentence_de"], "de")[1] if row["status"] != "open" else {"others": "open"}
                assert len(reached) == 1 or "others" in said
    assert joined > 0


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_neighbors_of_a_row_are_told_with_their_values(told, lang):
    _, plain = told
    rows = warnings_of(told)
    known = {(row["indicator"], row["group"], row["period"], row["area_id"]): row for row in rows}
    compared = 0
    for row in rows:
        said = read(row[f"sentence_{lang}"], lang)[1].get("others", "")
        key, period = (row["indicator"], row["group"]), row["period"]
        entry = plain.catalogue[key]
        for found in re.finditer(OTHER[lang], said):
            other = found.groupdict()
            assert other["name"] == NAMES[other["id"]]
            value = plain.value(key, period, area=other["id"])
            assert other["value"] == write(value, entry.decimals, lang) + NBSP + entry.unit[lang]
            if other["id"] in row["areas"].split(", "):
                beside = known[*key, period, other["id"]]
                assert is_printed(other["expected"], beside["expected"], entry.decimals, lang, entry.unit[lang])
            compared += 1
        assert len(re.findall(OTHER[lang], said)) >= row["areas"].count(",")
    assert compared > 0


def test_the_most_urgent_stand_first(told):
    for table in told[0].values():
        order = [(-WORDS[row["urgency"]], row["q"]) for row in table.to_dict("records")]
        assert order == sorted(order)
