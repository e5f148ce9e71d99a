"""What a report says is true: over all periods of the sample, and of a table in which nothing can be tested."""

from __future__ import annotations

import re
from collections import Counter
from html import unescape

import geopandas as gpd
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.words.first_page import short_line
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.words.report_words import report_sentences
from regsam_geo.summary.writers.html import render_html

pytestmark = pytest.mark.usefixtures("few_null_reports")

YEARS = [pytest.param(year, marks=[] if year == 2024 else pytest.mark.slow) for year in range(2006, 2025)]
MOST_WORDS = 25
METHOD_ONLY = ("Benjamini", "SHA-256", "Standardfehler", "p-Wert", "signifikant", "Konfidenz")
NEVER = ("Status", "davon 0", "Kein Wert ist auffällig", "blieben 1 ", "Fällen unter Zufall", "None", "nan ")


@pytest.fixture(scope="module")
def study():
    return rg.load_study(lang="de")


def texts_of(facts, *, reasons=True):
    """Every text between two tags of the page, with spaces as they are read; on wish without what is folded."""
    html = render_html("report.html", report_page(facts, None, {}))
    if not reasons:
        html = re.sub(r"<details><summary>Begründung</summary>.*?</details>", "", html, flags=re.DOTALL)
    html = re.sub(r"<(style|svg|title)\b.*?</\1>", "", html, flags=re.DOTALL)
    texts = (unescape(text).replace("\N{NO-BREAK SPACE}", " ") for text in re.split(r"<[^>]+>", html))
    return [stripped for text in texts if (stripped := " ".join(text.split()))]


def sentences_of(texts):
    """Whole sentences: at least six words up to a full stop."""
    found = [one for text in texts for one in re.split(r"(?<=[a-zäöüß)][.?!]) (?=[A-ZÄÖÜ])", text)]
    return [one for one in found if len(one.split()) >= 6 and one.endswith((".", "?"))]


@pytest.mark.parametrize("year", YEARS)
def test_a_report_of_each_year(study, year):
    facts = gather_report_facts(study, year)
    texts = texts_of(facts)
    whole = " ".join(texts)
    for word in (*METHOD_ONLY, *NEVER):
        assert word not in whole, word
    # nothing stands twice
    assert [one for one, n in Counter(sentences_of(texts_of(facts, reasons=False))).items() if n > 1] == []
    # a state is told as one: who is first of all is not told as nothing
    ordered = facts.situation.sort_values("rank")
    named = texts[texts.index("Am stärksten belastet") + 1]
    assert ordered["area_name"].iloc[0] in named.replace("\N{NO-BREAK SPACE}", " ")
    assert re.search(r"[\d.]+ von [\d.]+ Prüfungen waren möglich", whole)
    for row in facts.warnings.to_dict("records"):
        line = short_line(row, facts, "de")
        assert len(line.split()) <= MOST_WORDS, line
        assert newest_move_is_told(row, line), line


def newest_move_is_told(row, line):
    """Whether a line says that the newest step goes against it, by the printed figures of the plain table."""
    if row["direction"] not in ("up", "down"):
        return "zuletzt" not in line
    data = rg.load_sample().sel(row["indicator"], area=row["area_id"], period=[int(row["period"]) - 1]).data
    data = data[(data["group"] == row["group"]) & (data["level"] == "district")]
    if data.empty:
        return "zuletzt" not in line
    step = round(row["value"], 9) - round(data["value"].iloc[0], 9)
    against = step < 0 if row["direction"] == "up" else step > 0
    return ("zuletzt gefallen" in line, "zuletzt gestiegen" in line) == (
        against and step < 0,
        against and step > 0,
    )


@pytest.mark.parametrize("year", YEARS)
def test_what_is_no_yardstick_is_compared_nowhere(study, year):
    """Moves within an area depend on how it is cut: the city's figure is another thing."""
    facts = gather_report_facts(study, year)
    rows = facts.warnings[facts.warnings["indicator"] == "Innerräumliche Umzugsziffer"]
    said = [short_line(row, facts, "de") for row in rows.to_dict("records")] + rows["sentence_de"].tolist()
    assert not any("Stadt:" in text or re.search(r"Stadt\s\d", text) for text in said)
    assert rows["city"].isna().all()
    assert "Innerräumliche Umzugsziffer" not in set(facts.regions["indicator"])


def untestable(years=(2024,), *, denominators=True):
    """Four own areas far from each other: too few for a comparison, too short for a history."""
    squares = [shapely.box(640000 + 9000 * i, 5358000, 643000 + 9000 * i, 5361000) for i in range(4)]
    areas = gpd.GeoDataFrame({"name": list("ABCD")}, geometry=squares, index=list("ABCD"), crs=25832)
    areas.index.name = "area_id"
    rows = [
        {"indicator": "Quote", "group": "insgesamt", "period": str(year), "level": "own", "area_id": area,
         "value": 4.0 + i, **({"numerator": 40.0 + 10 * i, "denominator": 1000.0} if denominators else {})}
        for year in years
        for i, area in enumerate("ABCD")
    ]  # fmt: skip
    catalogue = pd.DataFrame(
        {"indicator": ["Quote"], "group": "insgesamt", "scale": 100.0, "kind": "proportion", "headline": True,
         "polarity": 1, "decimals": 1, "unit": "%", "summable": True}
    )  # fmt: skip
    return rg.Study(rg.Panel.from_frame(pd.DataFrame(rows), catalogue), areas=areas, lang="de")


@pytest.mark.parametrize("denominators", [True, False])
def test_where_nothing_was_tested_nothing_is_claimed_of_chance(denominators):
    facts = gather_report_facts(untestable(denominators=denominators))
    texts = texts_of(facts)
    whole = " ".join([*texts, *report_sentences(facts)])
    assert re.search(r"\b0 von [1-9]\d* Prüfungen waren möglich", whole)
    assert "Geprüft werden konnte nichts." in texts
    assert "Kein neuer Hinweis." not in texts
    for claim in ("vom Zufall", "erwarten lässt", "zu erwarten waren", "ungewöhnlich", "Kein Wert ist", "München"):
        assert claim not in whole, claim
    # of one year nobody knows a direction
    assert "als anderswo" not in " ".join(texts)
    assert not any("Belastung im Verlauf" in text for text in texts)


def quarters():
    """Rates of twelve quarters of the districts, one of which leaps at the end."""
    sample = rg.load_sample()
    periods = [f"{year}-Q{number}" for year in (2022, 2023, 2024) for number in (1, 2, 3, 4)]
    parts = []
    for period, year in zip(periods, range(2013, 2025), strict=True):
        part = sample.sel("Arbeitslose - Anteil", period=year).data.assign(period=period)
        parts.append(part)
    data = pd.concat(parts)
    leap = (data["area_id"] == "09") & (data["period"] == "2024-Q4")
    data.loc[leap, ["numerator", "base_1"]] *= 1.5
    data.loc[leap, "value"] = (100 * data.loc[leap, "numerator"] / data.loc[leap, "denominator"]).round(1)
    return rg.Study(rg.Panel(data, sample.sel("Arbeitslose - Anteil").catalogue), lang="de")


def test_quarters_are_german_in_every_sentence():
    facts = gather_report_facts(quarters(), "2024-Q4")
    texts = [*texts_of(facts), *report_sentences(facts)]
    whole = " ".join(texts)
    assert not re.search(r"\d{4}-Q\d", whole)
    assert "Bericht zum Sozialmonitoring im 4. Quartal 2024" in whole
    assert "Lage im 4. Quartal 2024 auf einen Blick" in whole
    assert "Im 4. Quartal 2023 waren es" in whole
    assert re.search(r"– Arbeitslose .*? im 4\. Quartal 2024: ", whole)
    # no quarter at the head of a sentence without its word, and none behind "seit" or "Bericht"
    sentences = [one for text in texts for one in re.split(r"(?<=[.:;]) ", text)]
    assert not [one for one in sentences if re.match(r"\d\. Quartal \d{4} (waren|hat|ist)", one)]
    assert not re.search(r"([Ss]eit|Bericht|für) \d\. Quartal", whole)


def test_a_class_without_a_past_has_no_direction(study):
    facts = gather_report_facts(study.sel(period=2024), 2024)
    texts = texts_of(facts)
    assert not any("als anderswo" in text for text in texts if "Rang" not in text and "→" not in text)
    assert "Belastet, und seit" not in " ".join(texts)


def test_indicators_that_count_events_say_so(study):
    whole = " ".join(texts_of(gather_report_facts(study, 2024)))
    assert (
        "Allgemeine Geburtenrate und Innerräumliche Umzugsziffer zählen Ereignisse und nicht Menschen: "
        "Dieselbe Person kann mehrmals darin stehen." in whole
    )
    one = rg.load_study(lang="de").sel("Innerräumliche Umzugsziffer", period=range(2018, 2025))
    assert "Innerräumliche Umzugsziffer zählt Ereignisse" in " ".join(texts_of(gather_report_facts(one, 2024)))
    none = rg.load_study(lang="de").sel("Hochbetagte", period=range(2021, 2025))
    assert "Ereignisse" not in " ".join(texts_of(gather_report_facts(none, 2024)))


def test_every_title_that_is_printed_is_accepted(study):
    """What stands on the page, on maps and in lists finds its indicator by ``sel``, with and without its group."""
    facts = gather_report_facts(study, 2024)
    page = report_page(facts, None, {})
    printed = [one["title"] for one in page["maps"]] + [row["title"] for row in page["matrix"]["rows"]]
    assert len(printed) > 20
    # themes and lines on the first page call an indicator by its short title
    printed += [row[0] for row in page["themes"]["rows"]]
    lines = [one.split(": ")[1].replace("\N{NO-BREAK SPACE}", " ") for one in page["first"]["next"]]
    printed += [re.sub(r"( [▲▼])? [\d.,]+ (%|je).*", "", one) for one in lines]
    for title in printed:
        assert len(study.sel(title).panel.indicators) == 1, title
        naming = study.naming(title)
        assert title in (naming.full("de"), naming.short("de"))
