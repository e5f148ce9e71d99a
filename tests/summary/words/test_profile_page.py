"""What stands on the pages: every number equals the plain files, every picture has its words."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.summary.facts.profile_facts import gather_profile_facts
from regsam_geo.summary.words import report_words
from regsam_geo.summary.words.profile_page import page_of
from regsam_geo.summary.words.region_content import make_profile
from regsam_geo.summary.writers.html import render_html

TITLES = {
    "Arbeitslose": "Arbeitslose - Anteil",
    "Alleinlebende ab 65 Jahren": "Einpersonenhaushalte",
    "Nichtdeutsche": "Nichtdeutsche",
    "Innerräumliche Umzugsziffer": "Innerräumliche Umzugsziffer",
}


class Tables(HTMLParser):
    """Collects the texts of table cells by the class of their table, and the words of pictures."""

    def __init__(self):
        super().__init__()
        self.tables, self.pictures, self.headings, self.scripts = {}, [], [], 0
        self._table = self._cell = self._heading = None
        self._depth = 0

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "script":
            self.scripts += 1
        if found.get("role") == "img":
            self.pictures.append(found["aria-label"])
        if tag == "svg":
            self._depth += 1
        if tag == "table":
            self._table = self.tables.setdefault(found["class"], [])
        elif tag == "tr" and self._table is not None:
            self._table.append([])
        elif tag in ("td", "th"):
            self._cell = ""
        elif tag in ("h1", "h2"):
            self._heading = ""

    def handle_endtag(self, tag):
        if tag == "svg":
            self._depth -= 1
        if tag in ("td", "th") and self._table is not None:
            self._table[-1].append(self._cell.strip())
            self._cell = None
        elif tag == "table":
            self._table = None
        elif tag in ("h1", "h2"):
            self.headings.append(self._heading)
            self._heading = None

    def handle_data(self, data):
        if self._depth:
            return
        if self._cell is not None:
            self._cell += data
        if self._heading is not None:
            self._heading += data


def read(text):
    """Return the number at the head of a German text."""
    found = re.match(r"[+−]?[\d.]*\d(?:,\d+)?", text)
    assert found, text
    return float(found.group().replace("−", "-").replace(".", "").replace(",", "."))


def printed_as(value, decimals=1):
    """Round as the office prints."""
    return float(Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP))


def parsed(facts, region):
    with_words = Tables()
    with_words.feed(render_html("profile.html", page_of(make_profile(facts, region), "<svg></svg>")))
    return with_words


def test_every_number_of_all_16_pages_equals_the_plain_files(facts, plain):
    rates, printed, region_of = plain
    compared = 0
    for region in facts.ids:
        page = parsed(facts, region)
        _, *rows = page.tables["figures"]
        assert len(rows) == 3
        for title, value, city, rank, _, change, city_change in rows:
            name = TITLES[re.split(r"(?=Anteil)", title)[0]]
            rate, of_city = rates[name, "2024", region], rates[name, "2024", "city"]
            assert read(value) == printed_as(rate)
            assert read(city) == printed_as(of_city)
            before = rates[name, "2019", region], rates[name, "2019", "city"]
            assert read(change) == printed_as(rate - before[0])
            assert read(city_change) == printed_as(of_city - before[1])
            peers = [round(rates[name, "2024", other], 9) for other in facts.ids]
            assert rank == f"{1 + sum(peer > round(rate, 9) for peer in peers)} von 16"
            compared += 5
        head, *rows = page.tables["districts"]
        mine = sorted(district for district, other in region_of.items() if other == region)
        assert [cell[:2] for cell in head[1 : 1 + len(mine)]] == mine
        for title, *cells in rows:
            name = next(TITLES[short] for short in TITLES if title.startswith(short))
            for district, cell in zip(mine, cells, strict=False):
                assert read(cell) == printed[name, "2024", district]
                compared += 1
            if len(mine) > 1 and name != "Innerräumliche Umzugsziffer":
                assert read(cells[-2]) == printed_as(rates[name, "2024", region])
            if name == "Innerräumliche Umzugsziffer":
                assert cells[-1] == "–"
            else:
                assert read(cells[-1]) == printed["" or name, "2024", "city"]
    assert compared == 16 * 3 * 5 + 25 * 4


def test_numbers_in_the_sentences_are_those_of_the_tables(facts):
    for region in ("17/18", "20"):
        profile = make_profile(facts, region)
        page = page_of(profile, "<svg></svg>")
        figures = {row["title"]: row for row in page["figures"]["rows"]}
        for sentence in page["glance"]["sentences"]:
            for title, row in figures.items():
                if f": {title} mit " in sentence:
                    assert f"mit {row['value']} (Stadt: {row['city']}; Rang {row['rank']})" in sentence


def test_the_page_has_one_heading_of_first_order_and_no_script(facts):
    page = parsed(facts, "17/18")
    assert page.scripts == 0
    assert page.headings == [
        "Region 17/18",
        "Auf einen Blick",
        "Kennzahlen im Vergleich mit der Stadt",
        "Hinweise",
        "Entwicklung",
        "Die Stadtbezirke im Vergleich",
        "Quellen und Methode",
    ]


def test_pictures_are_described_from_the_data(facts, plain):
    rates, _, _ = plain
    page = parsed(facts, "17/18")
    assert len(page.pictures) == 1 + 3 + 3
    assert "17 Obergiesing-Fasangarten und 18 Untergiesing-Harlaching" in page.pictures[0]
    assert "16 Ramersdorf-Perlach" in page.pictures[0]  # a neighbor
    series = next(words for words in page.pictures if words.startswith("Zeitreihe Arbeitslose"))
    known = {year: rates["Arbeitslose - Anteil", str(year), "17/18"] for year in range(2012, 2025)}
    highest = max(known, key=known.get)
    assert f"höchster Wert {highest}: {printed_as(known[highest])}".replace(".", ",") in series


def test_gaps_are_told_in_words(facts):
    # in 2012 and 2014 the districts' single-person households do not add up to the city
    profile = make_profile(facts, "17/18")
    figure = next(one for one in profile.figures if one.naming.key[0] == "Einpersonenhaushalte")
    by_year = dict(zip(profile.periods, figure.series, strict=True))
    assert math.isnan(by_year["2012"])
    assert math.isnan(by_year["2014"])
    assert not math.isnan(by_year["2013"])
    assert any("Innerräumliche Umzugsziffer" in note for note in profile.notes)


def test_names_from_a_table_cannot_break_the_page(small_panel, facts):
    profile = make_profile(facts, "20")
    page = render_html("profile.html", page_of(replace(profile, name="<script>alert(1)</script>"), "<svg></svg>"))
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


@pytest.mark.parametrize("written", ["17/18", "Region 17/18", "17-18", "region 17 18", " 17/18 "])
def test_a_region_is_found_however_it_is_written(written):
    assert rg.load_study().find_region(written) == "17/18"


@pytest.mark.parametrize(
    ("written", "region"),
    [
        ("hadern", "20"),
        ("17", "17/18"),
        ("Bezirk 03", "1/2/3"),
        ("Giesing", "17/18"),
        ("Sendling", "6/7"),  # a whole word there; in 19 a part of one
        ("obersendling", "19"),
        ("Laim", "8/25"),
        ("Schwabing", "4/12"),
    ],
)
def test_a_region_is_found_by_its_name_a_part_of_it_or_a_district(written, region):
    assert rg.load_study().find_region(written) == region


def test_a_part_of_several_names_asks_back():
    with pytest.raises(OptionError, match="5, 9, 13") as caught:
        rg.load_study().find_region("hausen")
    assert caught.value.code == "region_ambiguous"


@pytest.mark.parametrize("written", ["", "99", "Berlin", "../17/18x19", "au", "Region"])
def test_an_unknown_region_names_the_known_ones(written):
    with pytest.raises(OptionError, match="17/18"):
        rg.load_study().find_region(written)


def lines_of(profile):
    page = page_of(profile, "<svg></svg>")
    warnings = page["warnings"]
    return [*page["glance"]["sentences"], *warnings["none"], *warnings["untested"]]


def test_where_nothing_was_tested_silence_says_nothing(facts):
    profile = make_profile(facts, "16")
    assert lines_of(profile)[0].startswith("Kein Hinweis.")
    untested = replace(profile, tests=report_words.CountOfTests(0, 12, in_time=False))
    told = lines_of(untested)
    assert told[0].startswith("Nichts konnte geprüft werden")
    assert not [one for one in told if re.search(r"kein Hinweis vor|Kein Hinweis\.|waren möglich", one)]


def test_without_earlier_periods_the_count_is_of_what_could_be_asked():
    panel = rg.load_sample().sel(["Arbeitslose - Anteil", "Innerräumliche Umzugsziffer"], period=2024)
    warnings = rg.detect_warnings(rg.Study(panel))
    made = report_words.tests_of(warnings)
    findings = warnings.facts.findings
    in_time = {one.name for one in warnings.facts.detectors if one.family == "temporal"}
    asked = findings[(findings["level"] == "district") & ~findings["kind"].isin(in_time)]
    assert made == report_words.CountOfTests(int(asked["p"].notna().sum()), len(asked), in_time=False)
    told = report_words.no_warning(made, "de")
    assert told.startswith("Kein Hinweis. Mit früheren Zeiträumen konnte nichts verglichen werden.")
    assert f"{made.done} von {made.asked}" in told


def test_without_earlier_periods_a_region_stands_somewhere_and_goes_nowhere():
    study = rg.Study(rg.load_sample().sel(["Arbeitslose - Anteil", "Nichtdeutsche"], period=2024), lang="de")
    told = lines_of(make_profile(gather_profile_facts(study), "16"))
    assert told[1].startswith("Belastung sehr hoch: Rang 1 von 16")
    assert not [one for one in told if "Entwicklung" in one or "erändert seit" in one]


def test_what_is_new_and_what_has_ended_comes_first(facts):
    profile = make_profile(facts, "17/18")
    row = {
        "indicator": "Nichtdeutsche",
        "group": "insgesamt",
        "area_id": "17",
        "areas": "17, 18",
        "urgency": "check",
    }
    told = {"short": "a", "sentence_de": "b", "sentence_en": "c", "since": "2023"}
    rows = pd.DataFrame([{**row, **told, "status": status} for status in ("new", "continuing", "open", "open")])
    gone = {**row, "indicator": "Arbeitslose - Anteil", "areas": "18", "how": "returned"}
    ended = pd.DataFrame([gone, {**gone, "indicator": "Hochbetagte", "areas": "17", "how": "run_out"}])
    profile = replace(profile, warnings=rows, ended=ended, n_folded=1)
    page = page_of(profile, "<svg></svg>")
    assert page["glance"]["sentences"][0] == (
        "Neu: Nichtdeutsche (17, 18). Beendet: Arbeitslose (18). Lange offen und nicht mehr geführt: "
        "Hochbetagte (17). Aus früheren Berichten: 1 Hinweis besteht fort, "
        "2 Hinweise sind noch offen und 1 Hinweis ist seit mehr als drei Berichten offen."
    )
    assert page["warnings"]["none"] == []
    assert [one["status"] for one in page["warnings"]["items"]][1:] == [
        "fortdauernd, seit 2023",
        *["noch offen, seit 2023"] * 2,
    ]
    # only what has been open for long: it is no further one, and the page does not say that there is none
    page = page_of(replace(profile, warnings=rows.iloc[:0], ended=ended.iloc[:0]), "<svg></svg>")
    assert page["glance"]["sentences"][0].startswith("Kein neuer Hinweis. Aus früheren Berichten: 1 Hinweis")
    assert page["warnings"]["none"] == []
    assert "weiterer" not in page["warnings"]["more"]


def test_one_indicator_is_not_compared_with_itself():
    study = rg.Study(rg.load_sample().sel("Arbeitslose - Anteil", period=range(2016, 2025)), lang="de")
    told = lines_of(make_profile(gather_profile_facts(study), "16"))
    assert any(one.startswith("Mindestens 10 % über dem Wert der Stadt: Arbeitslose mit 5,0") for one in told)
    assert any(one.startswith("Verändert seit 2019: Arbeitslose") for one in told)
    assert not [one for one in told if re.search(r"Am (weitesten|stärksten)|\bnur\b|1 Indikatoren", one)]


def test_every_line_at_a_glance_is_short(facts):
    for region in facts.ids:
        for one in page_of(make_profile(facts, region), "<svg></svg>")["glance"]["sentences"]:
            assert len(one.split()) <= 30


def test_a_newest_year_against_the_five_before_is_told_and_one_that_goes_on_is_not():
    paths = {"24": [5, 5, 5.5, 6, 6.5, 7.5, 6.9], "16": [5, 5, 5.5, 6, 6.5, 7, 7.5]}
    rows = []
    for number in range(1, 26):
        for at, year in enumerate(range(2018, 2025)):
            value = paths.get(str(number), [5.0] * 7)[at]
            rows.append(("Quote", year, "district", f"{number:02d}", value, 100 * value, 10_000.0))
    for year in range(2018, 2025):
        cases = sum(row[5] for row in rows if row[1] == year)
        rows.append(("Quote", year, "city", "munich", cases / 2500, cases, 250_000.0))
    names = ["indicator", "period", "level", "area_id", "value", "numerator", "denominator"]
    panel = rg.Panel.from_frame(pd.DataFrame(rows, columns=names))
    study = rg.Study(panel.with_catalogue({"Quote": {"unit": "%", "decimals": 1, "scale": 100}}), lang="de")
    pages = {
        region: rg.region_profile(study, region).to_html().replace("\N{NO-BREAK SPACE}", " ")
        for region in ("24", "16", "20")
    }
    assert "Zuletzt anders: Quote, höher als 2019, aber seit 2023 gesunken von 7,5 % auf 6,9 %" in pages["24"]
    assert "Zuletzt anders" not in pages["16"] + pages["20"]
