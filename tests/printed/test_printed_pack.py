"""Every number of a region's profile, its tables and its layers for QGIS is the one of the plain table."""

from __future__ import annotations

import csv
import json
import math
import re

import geopandas as gpd
import numpy as np
import openpyxl
import pytest
from plain_pages import Page
from plain_table import SPACE as NBSP
from plain_table import each, is_printed, parse, read_names, read_regions, within, write

import regsam_geo as rg

pytestmark = pytest.mark.slow

REGION_OF, REGION_NAMES = read_regions()
NAMES = read_names()
NOW, BEFORE, YEAR_BEFORE = "2024", "2019", "2023"
REGION = "17/18"
MINE = [district for district, region in REGION_OF.items() if region == REGION]
KEYS = (("Arbeitslose - Anteil", "insgesamt"), ("Hochbetagte", "insgesamt"), ("Hochbetagte", "weiblich"))
MOVES = ("Innerräumliche Umzugsziffer", "insgesamt")

SIDES = {
    "de": {
        "above": "mindestens 10 % über der Stadt",
        "below": "mindestens 10 % unter der Stadt",
        "": "nahe dem Wert der Stadt",
    },
    "en": {
        "above": "at least 10 % above the city",
        "below": "at least 10 % below the city",
        "": "near the city's value",
    },
}
RANK = {"de": "{} von 16", "en": "{} of 16"}
TREND = {"de": ("gestiegen", "gesunken", "kaum verändert"), "en": ("risen", "fallen", "little changed")}
SPINE = {
    "de": r"(?P<title>.+): Region (?P<value>\S+), (?P<side>.+) \((?P<city>\S+)\); alle Regionen von "
    r"(?P<low>\S+) bis "
    r"(?P<high>\S+)\.",
    "en": r"(?P<title>.+): region (?P<value>\S+), (?P<side>.+) \((?P<city>\S+)\); all regions from "
    r"(?P<low>\S+) to "
    r"(?P<high>\S+)\.",
}
SERIES = {
    "de": r"Zeitreihe (?P<title>.+) der Region: (?P<first>\d{4}): (?P<begun>\S+); (?P<last>\d{4}): "
    r"(?P<now>\S+); höchster "
    r"Wert (?P<top>\d{4}): (?P<highest>\S+); niedrigster Wert (?P<bottom>\d{4}): (?P<lowest>\S+)\. Stadt zuletzt: "
    r"(?P<city>\S+)\. Zuletzt erwartet: (?P<expected>\S+), in 95 von 100 Fällen zwischen (?P<from>\S+) und "
    r"(?P<to>\S+)\.",
    "en": r"Series (?P<title>.+) of the region: (?P<first>\d{4}): (?P<begun>\S+); (?P<last>\d{4}): "
    r"(?P<now>\S+); highest "
    r"value (?P<top>\d{4}): (?P<highest>\S+); lowest value (?P<bottom>\d{4}): (?P<lowest>\S+)\. City at the end: "
    r"(?P<city>\S+)\. Expected at the end: (?P<expected>\S+), in 95 of 100 cases between (?P<from>\S+) and "
    r"(?P<to>\S+)\.",
}
NUMBER = r"(?P<{}>[\d.,]+)\N{NO-BREAK SPACE}%"


def hard(text):
    """Keep numbers and their units in one word."""
    return text.replace(NBSP, "_")


class Figures:
    """One indicator of a region and the city, by hand."""

    def __init__(self, plain, key):
        self.entry = plain.catalogue[key]
        self.series = {when: plain.region_rates(key, when, REGION_OF)[REGION] for when in plain.periods(key)}
        self.city = {when: plain.exact(key, when) for when in plain.periods(key)}
        self.value = self.series[NOW]
        self.peers = list(plain.region_rates(key, NOW, REGION_OF).values())
        self.rank = 1 + sum(round(peer, 9) > round(self.value, 9) for peer in self.peers)
        self.ratio = self.value / self.city[NOW]
        self.side = "above" if self.ratio >= 1.1 else "below" if self.ratio <= 1 / 1.1 else ""
        self.change = self.value - self.series[BEFORE]
        self.city_change = self.city[NOW] - self.city[BEFORE]
        relative = abs(self.change) / self.series[BEFORE]
        self.trend = 2 if relative < 0.05 else 0 if self.change > 0 else 1


@pytest.fixture(scope="module")
def figures(grouped):
    return {key: Figures(grouped[1], key) for key in KEYS}


@pytest.fixture(scope="module")
def english(grouped):
    """The English profile of the region."""
    rg.set_language("en")
    try:
        return rg.region_profile(grouped[0], REGION, period=2024).to_html()
    finally:
        rg.set_language(None)


@pytest.fixture(params=["de", "en"])
def profile(request, pack):
    text = (
        (pack / "profil.html").read_text(encoding="utf-8")
        if request.param == "de"
        else request.getfixturevalue("english")
    )
    return request.param, Page(text)


def measured(text, exact, lang, unit="%", digits=1):
    return is_printed(text.replace("_", NBSP), exact, digits, lang, unit)


def test_the_key_figures(profile, figures):
    lang, page = profile
    _, *rows = page.rows("figures")
    assert len(rows) == len(KEYS)
    for key, (title, value, city, rank, _, change, city_change) in zip(figures, rows, strict=True):
        one = figures[key]
        assert title[0] == one.entry.short(lang)
        assert measured(value[0], one.value, lang)
        assert measured(city[0], one.city[NOW], lang)
        assert rank == [RANK[lang].format(one.rank)]
        for cell, number in ((change, one.change), (city_change, one.city_change)):
            found, digits = parse(cell[0], lang)
            assert digits == 1
            assert abs(found - number) <= 0.05 + 1e-9
            assert cell[0].startswith("+") == (found > 0)
        # the word, and by how much of the earlier value
        found = re.fullmatch(r"(.+?)(?:; .+)? \(([−+]?[\d.,]+)\N{NO-BREAK SPACE}%\)", change[1])
        assert found[1] == TREND[lang][one.trend]
        percent, digits = parse(found[2], lang)
        assert abs(percent - 100 * one.change / one.series[BEFORE]) <= 0.5 * 10**-digits + 1e-9


def test_the_words_of_the_pictures(profile, figures, grouped):
    lang, page = profile
    map_words, *rest = page.alts
    numbers = re.findall(r"\d\d (?=[A-Z])", map_words)
    assert {one.strip() for one in numbers} >= set(MINE)
    assert REGION in map_words
    spines, series = rest[: len(KEYS)], rest[len(KEYS) :]
    assert len(series) == len(KEYS)
    for key, spine, line in zip(figures, spines, series, strict=True):
        one = figures[key]
        said = re.fullmatch(SPINE[lang], hard(spine)).groupdict()
        assert said["title"] == one.entry.short(lang)
        assert said["side"] == SIDES[lang][one.side].replace(NBSP, "_")
        for name, number in (
            ("value", one.value),
            ("city", one.city[NOW]),
            ("low", min(one.peers)),
            ("high", max(one.peers)),
        ):
            assert measured(said[name], number, lang)
        said = re.fullmatch(SERIES[lang], hard(line)).groupdict()
        assert said["title"] == one.entry.short(lang)
        periods = sorted(one.series)
        assert (said["first"], said["last"]) == (periods[0], periods[-1])
        assert one.series[said["top"]] == max(one.series.values())
        assert one.series[said["bottom"]] == min(one.series.values())
        for name, number in (
            ("begun", one.series[periods[0]]),
            ("now", one.value),
            ("highest", max(one.series.values())),
            ("lowest", min(one.series.values())),
            ("city", one.city[NOW]),
        ):
            assert measured(said[name], number, lang)
        low, middle, high = (parse(said[name].partition("_")[0], lang)[0] for name in ("from", "expected", "to"))
        assert low <= middle <= high


def test_the_sentences_at_a_glance(profile, figures, grouped, warnings):
    lang, page = profile
    said = [hard(one) for one in page.said("li")]
    sides = [one.side for one in figures.values()]
    words = {"de": ("höher", "niedriger", "ähnlich"), "en": ("higher", "lower", "similar")}[lang]
    compared = {"de": "3 Indikatoren im Vergleich mit der Stadt: ", "en": "3 indicators compared with the city: "}
    (found,) = (one for one in page.said("p") if one.startswith(compared[lang]))
    told = dict(re.findall(r"(\d+) (?:\D+\d+ % )?(\w+)(?=[,.])", found.partition(": ")[2])[::1])
    counts = {name: sides.count(side) for name, side in zip(words, ("above", "below", ""), strict=True)}
    assert {name: int(number) for number, name in told.items()} == {one: n for one, n in counts.items() if n}
    far = {
        "de": r"(?P<how>Am weitesten|Mindestens 10 %) (?P<way>über|unter) dem Wert der Stadt(?: nur)?: "
        r"(?P<title>.+) mit (?P<value>\S+) \(Stadt: (?P<city>\S+); Rang (?P<rank>.+)\)\.",
        "en": r"(?P<how>Farthest|At least 10 %) (?P<way>above|below) the city's value(?: only)?: "
        r"(?P<title>.+) with (?P<value>\S+) \(city: (?P<city>\S+); rank (?P<rank>.+)\)\.",
    }[lang]
    told = [match.groupdict() for one in said if (match := re.fullmatch(far, one))]
    assert len(told) == len({side for side in sides if side})
    for words in told:
        side = "above" if words["way"] in ("über", "above") else "below"
        assert (words["how"] in ("Am weitesten", "Farthest")) == (sides.count(side) > 1)
        farthest = max(
            (one for one in figures.values() if one.side == side), key=lambda one: abs(math.log(one.ratio))
        )
        assert words["title"] == farthest.entry.short(lang)
        assert measured(words["value"], farthest.value, lang)
        assert measured(words["city"], farthest.city[NOW], lang)
        assert words["rank"] == RANK[lang].format(farthest.rank)
    moved = {
        "de": r"Am stärksten verändert seit (?P<since>\d{4}): (?P<title>.+), (?P<way>gestiegen|gesunken) von "
        r"(?P<old>\S+) auf "
        r"(?P<new>\S+) \(Stadt: von (?P<city_old>\S+) auf (?P<city_new>\S+)\)\.",
        "en": r"Most changed since (?P<since>\d{4}): (?P<title>.+), (?P<way>up|down) from (?P<old>\S+) to "
        r"(?P<new>\S+) \(city: "
        r"from (?P<city_old>\S+) to (?P<city_new>\S+)\)\.",
    }[lang]
    (words,) = (match.groupdict() for one in said if (match := re.fullmatch(moved, one)))
    most = max(
        (one for one in figures.values() if one.trend != 2), key=lambda one: abs(one.change / one.series[BEFORE])
    )
    assert words["title"] == most.entry.short(lang)
    assert words["since"] == BEFORE
    assert words["way"] == {"de": ("gestiegen", "gesunken"), "en": ("up", "down")}[lang][most.trend]
    for name, number in (
        ("old", most.series[BEFORE]),
        ("new", most.value),
        ("city_old", most.city[BEFORE]),
        ("city_new", most.city[NOW]),
    ):
        assert measured(words[name], number, lang)
    # three lines first: what warns, where the region stands, how far its districts lie apart
    _, plain = grouped
    key = KEYS[0]  # the only one of them that is a burden

    def z(rates):
        x = np.array([rates[one] for one in sorted(rates)])
        return dict(zip(sorted(rates), (x - x.mean()) / x.std(), strict=True))

    rates = {when: plain.region_rates(key, when, REGION_OF) for when in (NOW, str(int(NOW) - 2))}
    level = z(rates[NOW])[REGION]
    moved_by = z({one: rates[NOW][one] - rates[str(int(NOW) - 2)][one] for one in rates[NOW]})[REGION]
    words = {
        "de": (
            ("niedrig", "mittel", "hoch", "sehr hoch"),
            ("günstiger als anderswo", "wie anderswo", "ungünstiger als anderswo"),
            r"Belastung (?P<burden>.+): Rang (?P<rank>\d+) von 16 \(1 ist die höchste"
            r"(?:; möglich: (?P<low>\d+) bis (?P<high>\d+))?\), Entwicklung (?P<way>.+)\.",
            r"Unterschied zwischen den Stadtbezirken: (?P<title>.+), "
            r"von (?P<low>\S+) \((?P<at_low>\d\d)\) bis (?P<high>\S+) \((?P<at_high>\d\d)\)\.",
        ),
        "en": (
            ("low", "medium", "high", "very high"),
            ("better than elsewhere", "as elsewhere", "worse than elsewhere"),
            r"Burden (?P<burden>.+): rank (?P<rank>\d+) of 16 \(1 is the highest"
            r"(?:; possible: (?P<low>\d+) to (?P<high>\d+))?\), development (?P<way>.+)\.",
            r"Difference between the districts: (?P<title>.+), from (?P<low>\S+) \((?P<at_low>\d\d)\) to "
            r"(?P<high>\S+) \((?P<at_high>\d\d)\)\.",
        ),
    }[lang]
    stands = re.fullmatch(words[2], said[1].replace("_", " "))
    assert stands["burden"] == words[0][sum(level > limit for limit in (-1, 1, 1.5))]
    assert stands["way"] == words[1][int(moved_by >= -1) + int(moved_by > 1)]
    rank = 1 + sum(other > rates[NOW][REGION] for other in rates[NOW].values())
    assert int(stands["rank"]) == rank
    assert stands["low"] is None or int(stands["low"]) <= rank <= int(stands["high"])
    apart = re.fullmatch(words[3], said[2])
    # of what is a burden, and there is one
    assert apart["title"] == plain.catalogue[key].short(lang)
    ends = sorted((plain.value(key, NOW, area=district), district) for district in MINE)
    assert [apart["at_low"], apart["at_high"]] == [ends[0][1], ends[-1][1]]
    for name, (value, _) in (("low", ends[0]), ("high", ends[-1])):
        assert measured(apart[name], value, lang)
    mine = within(warnings, MINE)
    fresh = mine[mine["status"].isin(["new", "returning"])]
    head, _, rest = said[0].partition({"de": "Aus früheren Berichten: ", "en": "From earlier reports: "}[lang])
    for row in fresh.to_dict("records"):
        assert f"{plain.catalogue[row['indicator'], row['group']].short(lang)} ({row['areas']})" in head
    assert sum(map(int, re.findall(r"(\d+) (?:Hinweis|warning)", rest))) == len(mine) - len(fresh)
    below = page.said("p")
    for sentence in mine[f"sentence_{lang}"]:
        assert sentence in below
    away = warnings[~warnings.index.isin(mine.index)]
    assert len(away)
    for sentence in away[f"sentence_{lang}"]:
        assert sentence not in below


def test_the_districts_compared(profile, figures, grouped):
    lang, page = profile
    _, plain = grouped
    head, *rows = page.rows("districts")
    assert [cell[0] for cell in head[1:3]] == [f"{district} {NAMES[district]}" for district in MINE]
    keys = {plain.catalogue[key].short(lang): key for key in (*KEYS, MOVES)}
    assert {row[0][0] for row in rows} == set(keys)
    for title, *cells in rows:
        key = keys[title[0]]
        entry = plain.catalogue[key]
        unit = entry.unit[lang] if entry.unit[lang] == "%" else ""
        for district, cell in zip(MINE, cells, strict=False):
            wanted = write(plain.value(key, NOW, area=district), 1, lang) + (NBSP + unit if unit else "")
            assert cell == [wanted]
        if key == MOVES:
            assert cells[2:] == [["–"], ["–"]]
        else:
            assert measured(cells[2][0], figures[key].value, lang)
            assert measured(cells[3][0], figures[key].city[NOW], lang)


def csv_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def sheet_of(book, name):
    head, *rows = book[name].iter_rows(min_row=3, values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows if row[1] is not None]


def same(cell, number, digits):
    """Whether a cell of a CSV (text) or of a workbook (number) is a number, missing or not."""
    if math.isnan(number):
        return cell in ("", None)
    if isinstance(cell, str):
        found, decimals = parse(cell, "de")
        return decimals == digits and abs(found - number) <= 0.5 * 10**-digits + 1e-9 * max(1.0, abs(number))
    return cell == pytest.approx(number, rel=1e-9, abs=1e-9)


@pytest.fixture(params=["csv", "xlsx"])
def tables(request, pack):
    """The three tables with numbers, by the name of their sheet."""
    names = ("Kennzahlen", "Entwicklung", "Stadtbezirke")
    if request.param == "csv":
        return {name: csv_of(pack / "tabellen" / f"{name.lower()}.csv") for name in names}
    book = openpyxl.load_workbook(pack / "tabellen" / "region-17-18.xlsx")
    return {name: sheet_of(book, name) for name in names}


def test_the_table_of_key_figures(tables, figures, grouped, warnings):
    _, plain = grouped
    titles = {plain.catalogue[key].title["de"]: key for key in KEYS}
    assert len(tables["Kennzahlen"]) == len(KEYS)
    for row in tables["Kennzahlen"]:
        key = titles[row["Indikator"]]
        one = figures[key]
        over, under = plain.sums(key, NOW, REGION_OF)[REGION]
        printed = [plain.value(key, NOW, area=district) for district in MINE]
        hits = [
            hit["urgency"]
            for hit in each(warnings)
            if (hit["indicator"], hit["group"]) == key and hit["area_id"] in MINE
        ]
        wanted = {
            "Wert": (one.value, 1),
            "Stadt München": (one.city[NOW], 1),
            "Abstand zur Stadt": (one.value - one.city[NOW], 1),
            "Verhältnis zur Stadt": (one.ratio, 2),
            "Rang (1 = höchster Wert)": (one.rank, 0),
            "Gebiete mit Rang": (16, 0),
            "Veränderung zum Vorjahr": (one.value - one.series[YEAR_BEFORE], 1),
            "Stadt: Veränderung zum Vorjahr": (one.city[NOW] - one.city[YEAR_BEFORE], 1),
            "Veränderung in fünf Jahren": (one.change, 1),
            "Stadt: Veränderung in fünf Jahren": (one.city_change, 1),
            "Niedrigster Wert der Stadtbezirke": (min(printed), 1),
            "Höchster Wert der Stadtbezirke": (max(printed), 1),
            "Zähler": (over, 1),
            "Nenner": (under, 1),
            "Gebiete mit Hinweis": (len(hits), 0),
            "davon vorrangig zu prüfen": (hits.count("priority"), 0),
            "davon zu prüfen": (hits.count("check"), 0),
            "davon zu beobachten": (hits.count("watch"), 0),
        }
        for head, (number, digits) in wanted.items():
            assert same(row[head], float(number), digits), head
        assert row["Entwicklung in fünf Jahren"] == TREND["de"][one.trend]
        words = {"Indikator", "Einheit", "Warum kein Wert", "Belastung und Richtung", "Entwicklung in fünf Jahren"}
        assert set(row) - set(wanted) - words == {"Erwartet"}


def test_the_table_of_the_development(tables, figures, grouped):
    _, plain = grouped
    titles = {plain.catalogue[key].title["de"]: key for key in KEYS}
    places = {f"Region {REGION}": None, "Stadt München": "city"} | {
        f"{district} {NAMES[district]}": district for district in MINE
    }
    assert len(tables["Entwicklung"]) == len(KEYS) * len(places) * 11
    for row in tables["Entwicklung"]:
        key, place, when = titles[row["Indikator"]], places[row["Gebiet"]], row["Zeitraum"]
        one = figures[key]
        number = (
            one.series[when]
            if place is None
            else one.city[when]
            if place == "city"
            else plain.exact(key, when, area=place)
        )
        assert same(row["Wert"], number, 1)


def test_the_table_of_the_districts(tables, grouped):
    _, plain = grouped
    titles = {plain.catalogue[key].title["de"]: key for key in (*KEYS, MOVES)}
    assert len(tables["Stadtbezirke"]) == len(titles) * len(MINE)
    for row in tables["Stadtbezirke"]:
        key, district = titles[row["Indikator"]], row["Stadtbezirk"][:2]
        entry = plain.catalogue[key]
        exact = {area: plain.exact(key, NOW, area=area) for area in plain.areas(key, NOW)}
        city = plain.exact(key, NOW) if entry.comparable else math.nan
        value = plain.value(key, NOW, area=district)
        cell = plain.rows[(*key, NOW, "district", district)]
        rank = 1 + sum(round(other, 9) > round(exact[district], 9) for other in exact.values())
        wanted = {
            "Wert": (value, 1),
            "Stadt München": (city, 1),
            "Abstand zur Stadt": (exact[district] - city, 1),
            "Verhältnis zur Stadt": (exact[district] / city, 2),
            "Rang (1 = höchster Wert)": (rank, 0),
            "Gebiete mit Rang": (25, 0),
            "Zähler": (cell.over, 1),
            "Nenner": (cell.under, 1),
        }
        for head, (number, digits) in wanted.items():
            assert same(row[head], float(number), digits), (head, row)
        for years, head in ((YEAR_BEFORE, "zum Vorjahr"), (BEFORE, "in fünf Jahren")):
            assert same(row[f"Veränderung {head}"], exact[district] - plain.exact(key, years, area=district), 1)
            of_city = city - plain.exact(key, years)
            assert same(row[f"Stadt: Veränderung {head}"], of_city, 1)


def test_the_table_of_warnings_is_that_of_the_region(pack, warnings):
    rows = csv_of(pack / "tabellen" / "hinweise.csv")
    mine = within(warnings, MINE)
    assert len(mine) >= 2
    assert [row["Hinweis in Worten"] for row in rows] == mine["sentence_de"].tolist()
    for row, value in zip(rows, mine["value"], strict=True):
        assert same(row["Wert"], value, 1)


def test_each_layer_holds_the_values_and_warnings_of_its_own_group(pack, grouped, warnings):
    _, plain = grouped
    path = pack / "karten.gpkg"
    names = [name for name in gpd.list_layers(path)["name"] if name != "layer_styles"]
    titles = {plain.catalogue[key].title["de"]: key for key in (*KEYS, MOVES)}
    seen = []
    for name in names:
        layer = gpd.read_file(path, layer=name).set_index("area_id")
        (title,) = set(layer["indicator"])
        key = titles[title]
        level = "district" if name.startswith("stadtbezirke") else "region"
        seen.append((level, key))
        own = warnings.facts.by_area
        mine = own[(own["indicator"] == key[0]) & (own["group"] == key[1])]
        regions = plain.region_rates(key, NOW, REGION_OF) if level == "region" else {}
        exact = {area: plain.exact(key, NOW, area=area) for area in plain.areas(key, NOW)}
        values = regions or exact
        city = plain.exact(key, NOW)
        for area, row in layer.iterrows():
            value = regions[area] if regions else plain.value(key, NOW, area=area)
            assert row["value"] == pytest.approx(value, abs=1e-9)
            rank = 1 + sum(round(other, 9) > round(values[area], 9) for other in values.values())
            assert row["rank"] == rank
            if key == MOVES:
                assert row[["city", "difference", "ratio"]].isna().all()
            else:
                assert row["city"] == pytest.approx(city)
                assert row["difference"] == pytest.approx(values[area] - city)
                assert row["ratio"] == pytest.approx(values[area] / city)
            if level == "district":
                told = mine[mine["area_id"] == area]["sentence_de"].tolist()
                assert (row["sentence"] or "") == " ".join(told)
                assert bool(row["warning"]) == bool(told)
    assert sorted(seen) == sorted(
        [("district", key) for key in (*KEYS, MOVES)] + [("region", key) for key in KEYS]
    )


def test_the_manifest_counts_the_files(pack):
    told = json.loads((pack.parent / "angaben-mappe.json").read_text(encoding="utf-8"))
    present = {path.relative_to(pack.parent).as_posix() for path in pack.rglob("*") if path.is_file()}
    assert present <= set(told["files"])
