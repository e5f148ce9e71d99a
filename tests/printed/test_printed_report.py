"""Every number of a report's page, tables, workbooks and interactive map is the one of the plain table."""

from __future__ import annotations

import csv
import math
import re
from itertools import pairwise

import numpy as np
import openpyxl
import pytest
from plain_pages import Page
from plain_payload import cells_of, payload_of
from plain_table import each, is_printed, parse, places, read_names, read_regions, write

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.words.report_words import report_sentences

pytestmark = pytest.mark.slow

REGION_OF, REGION_NAMES = read_regions()
NAMES = read_names()
NOW, BEFORE = "2024", {1: "2023", 5: "2019"}
URGENCY = {"watch": ("○", "beobachten"), "check": ("◐", "prüfen"), "priority": ("●", "vorrangig prüfen")}
STATUS = {"new": "neu", "continuing": "fortdauernd", "returning": "wiederkehrend"}


class Region:
    """The figures of one indicator in one region, by hand."""

    def __init__(self, plain, key, region):
        self.entry = plain.catalogue[key]
        rates = {period: plain.region_rates(key, period, REGION_OF) for period in (NOW, *BEFORE.values())}
        self.value = rates[NOW][region]
        self.city = plain.exact(key, NOW)
        self.over, self.under = plain.sums(key, NOW, REGION_OF)[region]
        self.peers = list(rates[NOW].values())
        self.rank = 1 + sum(round(peer, 9) > round(self.value, 9) for peer in self.peers)
        self.change = {years: self.value - rates[when][region] for years, when in BEFORE.items()}
        self.city_change = {years: self.city - plain.exact(key, when) for years, when in BEFORE.items()}
        ratio = self.value / self.city
        self.side = "above" if ratio >= 1.1 else "below" if ratio <= 1 / 1.1 else ""


def summable(plain):
    """The indicators of the region tables, in the order of the catalogue."""
    return [key for key in ordered(plain) if plain.catalogue[key].comparable]


def ordered(plain):
    present = {(indicator, group) for indicator, group, *_ in plain.rows}
    return [("Arbeitslose - Anteil", "insgesamt"), ("Hochbetagte", "insgesamt")] + [
        key
        for key in (("Innerräumliche Umzugsziffer", "insgesamt"), ("Hochbetagte", "weiblich"))
        if key in present
    ]


@pytest.fixture(scope="module")
def page(report):
    return Page((report / "index.html").read_text(encoding="utf-8"))


def table_of(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream, delimiter=";"))


def sheet_of(path):
    rows = openpyxl.load_workbook(path).active.iter_rows(min_row=3, values_only=True)
    head = next(rows)
    return [dict(zip(head, row, strict=True)) for row in rows if row[1] is not None]


def test_the_first_sentences_count_what_is_there(warnings, grouped):
    """What a notebook and the command line show of a report."""
    panel, plain = grouped
    said = list(report_sentences(gather_report_facts(rg.Study(panel), NOW)))
    assert f"Bericht für {NOW}: {len(ordered(plain))} Indikatoren, 25 Stadtbezirke." in said
    counts = {level: sum(warnings["urgency"] == level) for level in ("priority", "check", "watch")}
    words = {"priority": "vorrangig zu prüfen", "check": "zu prüfen", "watch": "zu beobachten"}
    told = [f"{n} {words[level]}" for level, n in counts.items() if n]
    new = sum(warnings["status"] == "new")
    (sentence,) = (one for one in said if re.match(r"\d+ Hinweise? \(", one))
    assert sentence.startswith(f"{len(warnings)} Hinweise (")
    assert sentence.endswith(f"davon {new} neu." if new else "schon bekannt.")
    for one in told:
        assert one in sentence
    assert len(warnings) >= 4
    assert warnings["sentence_de"].tolist()[:3] == [one for one in said if one.startswith("Stadtbezirk")][:3]


def test_the_warnings_of_the_page(page, warnings):
    head, *rows = page.rows("warnings")
    assert len(head) == 4
    for (level, area, sentence, status), row in zip(rows, warnings.to_dict("records"), strict=True):
        icon, word = URGENCY[row["urgency"]]
        assert level == [icon, word]
        assert area == [places(row, NAMES), f"Region {REGION_OF[row['area_id']]}"]
        # in a dozen words, then the reasons behind a fold
        short, why, reasons = re.fullmatch(r"(.+?)(Begründung)(Stadtbezirk .+)", sentence[0]).groups()
        assert why
        assert reasons == row["sentence_de"]
        assert short.startswith(f"{int(row['area_id'])}\N{NO-BREAK SPACE}{NAMES[row['area_id']]}")
        assert len(short.split()) <= 25 + 3 * row["areas"].count(",")
        assert status[0] == STATUS[row["status"]]
        if len(status) > 1:
            assert status[1] == f"seit {row['since']}"


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_of_warnings(report, warnings, grouped, kind):
    _, plain = grouped
    rows = table_of(report / "hinweise.csv") if kind == "csv" else sheet_of(report / "hinweise.xlsx")
    for row, wanted in zip(rows, warnings.to_dict("records"), strict=True):
        key, area = (wanted["indicator"], wanted["group"]), wanted["area_id"]
        entry = plain.catalogue[key]
        assert row["Stufe"] == URGENCY[wanted["urgency"]][1]
        assert row["Stand"] == STATUS[wanted["status"]]
        assert row["seit"] == wanted["since"]
        assert row["Gebiet"] == places(wanted, NAMES)
        assert row["Region"] == f"Region {REGION_OF[area]}"
        assert row["Indikator"] == entry.title["de"]
        assert row["Einheit"] == entry.unit["de"]
        assert row["Hinweis in Worten"] == wanted["sentence_de"]
        city = plain.value(key, NOW) if entry.comparable else math.nan
        numbers = {"Wert": plain.value(key, NOW, area=area), "Erwartet": wanted["expected"], "Stadt München": city}
        for head, number in numbers.items():
            if math.isnan(number):
                assert row[head] in ("", None)
            elif kind == "csv":
                assert is_plain(row[head], number, entry.decimals)
            else:
                assert row[head] == pytest.approx(number, rel=1e-12)


def is_plain(text, number, decimals):
    """Whether a cell of a CSV holds a number: no grouping, a decimal comma."""
    assert "." not in text
    found, digits = parse(text, "de")
    return digits == decimals and abs(found - number) <= 0.5 * 10**-decimals + 1e-9 * max(1.0, abs(number))


def test_the_matrix_of_regions(page, grouped, warnings):
    _, plain = grouped
    head, *rows = page.rows("matrix")
    regions = [cell[0] for cell in head[2:]]
    assert regions == list(dict.fromkeys(REGION_OF.values()))
    matrix = next(table for table in page.tables if table["class"] == "matrix")
    titles = [cell["title"] for cell in matrix["rows"][0][2:]]
    assert titles == [REGION_NAMES[region] for region in regions]
    said = {title[0]: cells for title, *cells in rows}
    for key in summable(plain):
        entry = plain.catalogue[key]
        city, *cells = said[f"{entry.title['de']}, {entry.unit['de']}"]
        assert is_printed(city[0], plain.exact(key, NOW), entry.decimals, "de")
        for region, cell in zip(regions, cells, strict=True):
            wanted = Region(plain, key, region)
            assert is_printed(cell[0], wanted.value, entry.decimals, "de")
            mark = {"above": "▲", "below": "▽", "": None}[wanted.side]
            assert (cell[1] if len(cell) > 1 else None) == mark
        place = next(i for i, row in enumerate(rows) if row[0][0].startswith(entry.title["de"]))
        drawn = matrix["rows"][1 + place][2:]
        warned = {REGION_OF[row["area_id"]] for row in each(warnings) if (row["indicator"], row["group"]) == key}
        assert {region for region, cell in zip(regions, drawn, strict=True) if "warned" in cell["class"]} == warned
    assert len(rows) == len(summable(plain))


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_table_of_regions(report, grouped, warnings, kind):
    _, plain = grouped
    rows = table_of(report / "regionen.csv") if kind == "csv" else sheet_of(report / "regionen.xlsx")
    assert len(rows) == 16 * len(summable(plain))
    by_title = {plain.catalogue[key].title["de"]: key for key in summable(plain)}
    for row in rows:
        key, region = by_title[row["Indikator"]], row["Region"].removeprefix("Region ")
        one = Region(plain, key, region)
        digits = one.entry.decimals
        assert row["Name der Region"] == REGION_NAMES[region]
        assert row["Einheit"] == one.entry.unit["de"]
        warned = {
            hit["area_id"]
            for hit in each(warnings)
            if (hit["indicator"], hit["group"]) == key and REGION_OF[hit["area_id"]] == region
        }
        wanted = {
            "Wert": (one.value, digits),
            "Stadt München": (one.city, digits),
            "Abstand zur Stadt": (one.value - one.city, digits),
            "Verhältnis zur Stadt": (one.value / one.city, 2),
            "Rang (1 = höchster Wert)": (one.rank, 0),
            "Veränderung zum Vorjahr": (one.change[1], digits),
            "Stadt: Veränderung zum Vorjahr": (one.city_change[1], digits),
            "Veränderung in fünf Jahren": (one.change[5], digits),
            "Stadt: Veränderung in fünf Jahren": (one.city_change[5], digits),
            "Zähler": (one.over, 0),
            "Nenner": (one.under, 0),
            "Gebiete mit Hinweis": (len(warned), 0),
        }
        assert set(row) - {"Region", "Name der Region", "Indikator", "Einheit"} == set(wanted)
        for head, (number, decimals) in wanted.items():
            if kind == "csv":
                assert is_plain(row[head], number, decimals), head
            else:
                assert row[head] == pytest.approx(number, rel=1e-9, abs=1e-9), head


def test_the_words_of_the_pictures_count_the_marked_areas(page, grouped, warnings):
    _, plain = grouped
    told = [alt for alt in page.alts if alt.startswith("Karte: ")]
    assert len(told) == len(ordered(plain))
    for key in ordered(plain):
        title = plain.catalogue[key].title["de"]
        (alt,) = (one for one in told if one.startswith(f"Karte: {title} {NOW};"))
        hits = {row["area_id"] for row in each(warnings) if (row["indicator"], row["group"]) == key}
        assert f"; {len(hits)} {'Gebiet' if len(hits) == 1 else 'Gebiete'} mit Hinweis." in alt


def in_short(row, plain):
    """The beginning of a warning's short sentence: all areas of its row, the indicator, the value."""
    names = read_names()
    areas = [row["area_id"], *(one for one in row["areas"].split(", ") if one != row["area_id"])]
    entry = plain.catalogue[row["indicator"], row["group"]]
    arrow = {"up": "▲ ", "down": "▼ "}.get(row["direction"], "")
    value = write(plain.value((row["indicator"], row["group"]), NOW, area=row["area_id"]), entry.decimals, "de")
    return f"{', '.join(f'{int(one)} {names[one]}' for one in areas)}: {entry.short('de')} {arrow}{value}"


def test_the_files_of_the_maps_show_the_city_and_the_warnings(report, grouped, warnings):
    import pypdf

    _, plain = grouped
    paths = sorted(path for path in (report / "karten").glob("*.pdf") if not path.name.startswith("00-"))
    assert len(paths) == len(ordered(plain))
    for path in paths:
        text = " ".join(page.extract_text() for page in pypdf.PdfReader(path).pages)
        text = " ".join(text.split())
        (key,) = (
            key
            for key in ordered(plain)
            if (plain.catalogue[key].short("de") + " " in text)
            and not (key == ("Hochbetagte", "insgesamt") and "Hochbetagte Frauen" in text)
        )
        entry = plain.catalogue[key]
        values = [plain.value(key, NOW, area=area) for area in plain.areas(key, NOW)]
        classes = re.findall(r"([\d,.]+) bis (unter )?([\d,.]+) (?:% )?(\d+) ", text)
        # a value far off stands for its class alone
        far = [value for value in values if value > max(parse(high, "de")[0] for _, _, high, _ in classes)]
        lone = len(classes) == 4 and len(set(far)) == 1
        assert len(classes) + lone == 5
        assert not lone or f"{write(far[0], entry.decimals, 'de')} " in text
        for low, open_end, high, count in classes:
            bottom, top = parse(low, "de")[0], parse(high, "de")[0]
            assert int(count) == sum(
                bottom <= value and (value < top or (not open_end and value == top)) for value in values
            )
        city = [write(plain.value(key, NOW), entry.decimals, "de")] if entry.comparable else []
        assert re.findall(r"Stadt München: ([\d.,]+)", text) == city
        told = {
            mine: [
                in_short(one, plain) in text
                for one in warnings.to_dict("records")
                if mine == ((one["indicator"], one["group"]) == key)
            ]
            for mine in (True, False)
        }
        assert not any(told[False])
        # where a sentence has no room, its number says which area it is in
        shown = sum(told[True])
        assert told[True] == [True] * shown + [False] * (len(told[True]) - shown)
        assert ("Ohne Platz für den Satz" in text) == (shown < len(told[True]))
        assert all(f"{number}: " in text for number in range(shown + 1, len(told[True]) + 1))


@pytest.fixture(scope="module")
def payload(report):
    return payload_of((report / "interaktive-karte.html").read_text(encoding="utf-8"))


def test_the_interactive_map_shows_what_is_printed_where_base_values_are_too_coarse(plain):
    """Areas of districts are printed in whole tenths of square kilometers, so densities cannot be recomputed."""
    key = "Bevölkerungsdichte", "insgesamt"
    page = rg.explore_map(rg.load_sample().sel(key[0], period=range(2020, 2025))).get_root().render()
    made = payload_of(page)
    (series,) = made["series"]
    districts = next(level for level in made["levels"] if level["id"] == "district")
    ids, periods = [area["id"] for area in districts["areas"]], series["periods"]
    shown, _ = cells_of(series["levels"]["district"], ids, periods, 0, series["extra"])
    assert shown == {(area, when): plain.value(key, when, area=area) for area in ids for when in periods}
    city, _ = cells_of(series["city"], ["city"], periods, 0, series["extra"])
    assert city == {("city", when): plain.value(key, when) for when in periods}


def test_the_interactive_map_shows_what_is_printed_where_a_half_was_rounded_down(plain):
    key = "Hochbetagte", "insgesamt"
    panel = rg.load_sample().sel(key[0], period=[2023, 2024])
    data = panel.data.copy()
    cell = (data["area_id"] == "05") & (data["period"] == NOW)
    data.loc[cell, ["numerator", "base_1", "denominator", "base_2"]] = [30.5, 30.5, 1000.0, 1000.0]
    data.loc[cell, "value"] = 3.0  # half to even
    made = payload_of(rg.explore_map(rg.Panel(data, panel.catalogue)).get_root().render())
    (series,) = made["series"]
    districts = next(level for level in made["levels"] if level["id"] == "district")
    ids = [area["id"] for area in districts["areas"]]
    shown, fine = cells_of(series["levels"]["district"], ids, series["periods"], 1, series["extra"])
    assert shown.pop(("05", NOW)) == 3.0
    assert fine["05", NOW] == pytest.approx(3.05)
    assert shown == {place: plain.value(key, place[1], area=place[0]) for place in shown}


def test_the_interactive_map_holds_the_values_of_the_table(payload, grouped):
    _, plain = grouped
    ids = {level["id"]: [area["id"] for area in level["areas"]] for level in payload["levels"]}
    assert len(ids["district"]) == 25
    assert len(ids["region"]) == 16
    assert {(one["indicator"], one["group"]) for one in payload["series"]} == set(ordered(plain))
    compared = 0
    for series in payload["series"]:
        key = series["indicator"], series["group"]
        entry = plain.catalogue[key]
        assert series["decimals"] == entry.decimals
        assert series["unit"] == entry.unit["de"]
        periods = series["periods"]
        assert periods == plain.periods(key)
        city, city_fine = cells_of(series["city"], ["city"], periods, entry.decimals, series["extra"])
        # what is no yardstick does not stand in the file at all
        assert bool(city) == entry.comparable
        for period in periods if entry.comparable else []:
            assert city["city", period] == plain.value(key, period)
            assert city_fine["city", period] == pytest.approx(
                plain.exact(key, period), abs=0.6 * 10 ** -(entry.decimals + series["extra"])
            )
        assert set(series["levels"]) == ({"district", "region"} if entry.comparable else {"district"})
        for level, packed in series["levels"].items():
            printed, fine = cells_of(packed, ids[level], periods, entry.decimals, series["extra"])
            for area in ids[level]:
                for period in periods:
                    if level == "district":
                        assert printed[area, period] == plain.value(key, period, area=area)
                    else:
                        rate = plain.region_rates(key, period, REGION_OF)[area]
                        assert abs(printed[area, period] - rate) <= 0.5 * 10**-entry.decimals + 1e-9
                        assert fine[area, period] == pytest.approx(
                            rate, abs=1e-9 + 0.6 * 10 ** -(entry.decimals + series["extra"])
                        )
                    compared += 1
            limits = [one / 10**entry.decimals for one in packed["pooled"][1:]]
            assert min(limits) <= min(printed.values())
            assert max(limits) >= max(printed.values())
    assert compared > 11 * (25 + 16) * 3


def test_the_classes_of_the_interactive_map_hold_equally_many_districts(payload, grouped):
    _, plain = grouped
    for series in payload["series"]:
        key = series["indicator"], series["group"]
        values = sorted(plain.value(key, NOW, area=area) for area in plain.areas(key, NOW))
        _, *limits = series["levels"]["district"]["own"][-1]
        limits = [one / 10 ** series["decimals"] for one in limits]
        assert limits[0] == values[0]
        assert limits[-1] == values[-1]
        counts = [
            sum(low <= value < high for value in values)
            for low, high in zip(limits[:-1], [*limits[1:-1], math.inf], strict=True)
        ]
        assert sum(counts) == 25
        # beyond the middle half a gap as wide as it: what lies there has a class of its own
        low, high = np.quantile(values, [0.25, 0.75])
        far = [
            at
            for at in range(1, 25)
            if values[at] - values[at - 1] >= high - low and (values[at] > high or values[at - 1] < low)
        ]
        first, last = sum(at < 12 for at in far), sum(at > 12 for at in far)
        assert len(far) <= 2
        ordinary = counts[first : len(counts) - last]
        assert max(ordinary) - min(ordinary) <= 4  # as many in each, as far as ties allow
        ends = [0, *far, 25]
        apart = [after - before for before, after in pairwise(ends)]
        assert counts[:first] == apart[:first]
        assert counts[len(counts) - last :] == apart[len(apart) - last :]


def test_the_interactive_map_marks_what_the_table_warns_of(payload, warnings):
    series = [(one["indicator"], one["group"]) for one in payload["series"]]
    told = [
        (*series[one["series"]], one["period"], one["level"], one["area"], one["urgency"], one["text"])
        for one in payload["warnings"]
    ]
    columns = ["indicator", "group", "period", "level", "area_id", "urgency", "sentence_de"]
    assert sorted(told) == sorted(warnings.facts.by_area[columns].itertuples(index=False, name=None))
    order = ["priority", "check", "watch"]
    assert [order.index(one["urgency"]) for one in payload["warnings"]] == sorted(
        order.index(one["urgency"]) for one in payload["warnings"]
    )
