"""Every figure of all 16 profiles, in HTML, PDF and XLSX, against sums made by hand from the files (slow)."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter, defaultdict
from decimal import ROUND_HALF_UP, Decimal
from html.parser import HTMLParser

import openpyxl
import pypdf
import pytest

import regsam_geo as rg
from regsam_geo.resources import data_folder
from regsam_geo.summary.facts.profile_facts import gather_profile_facts
from regsam_geo.summary.products.region_profile import profile_from
from regsam_geo.summary.words.pack_tables import tables_of
from regsam_geo.summary.words.region_maps_page import region_maps_page
from regsam_geo.summary.writers.pdf import REGION_MAPS, compile_pdf
from regsam_geo.summary.writers.spreadsheets import xlsx_bytes
from regsam_geo.warning import expected_bands

pytestmark = pytest.mark.slow

NAMES = {
    "Arbeitslose": "Arbeitslose - Anteil",
    "Erwerbsfähige (Regel-)Leistungsberechtigte": "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil",
    "Nicht erwerbsfähige (Regel-)Leistungsberechtigte": (
        "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"
    ),
    "Haushalte von Alleinerziehenden": "Haushalte Alleinerziehend",
    "Alleinlebende ab 65 Jahren": "Einpersonenhaushalte",
    "Hochbetagte": "Hochbetagte",
    "Altenquotient": "Altenquotient",
    "Nichtdeutsche": "Nichtdeutsche",
    "Allgemeine Geburtenrate": "Allgemeine Geburtenrate",
    "Bevölkerungsdichte": "Bevölkerungsdichte",
    "Innerräumliche Umzugsziffer": "Innerräumliche Umzugsziffer",
}
"""Titles as they are printed, and the names of the indicators in the shipped file."""
SCALES = defaultdict(lambda: 100.0, {"Allgemeine Geburtenrate": 1000.0, "Bevölkerungsdichte": 1.0})
NOT_SUMMED = "Innerräumliche Umzugsziffer"
BURDENS = tuple(NAMES)[:4]
WITHOUT_UNIT = ("Altenquotient", "Allgemeine Geburtenrate", "Bevölkerungsdichte", NOT_SUMMED)
NOW = "2024"


class Plain:
    """The shipped files, read without the library."""

    def __init__(self):
        with (data_folder() / "boundaries" / "regsam_regions.csv").open(encoding="utf-8") as stream:
            self.region_of = {row["district_id"]: row["region_id"] for row in csv.DictReader(stream)}
        self.regions = list(dict.fromkeys(self.region_of.values()))
        sums, self.printed = defaultdict(lambda: [0.0, 0.0]), {}
        with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8") as stream:
            for row in csv.DictReader(stream):
                city = row["level"] == "city"
                area = "city" if city else row["area_id"]
                key = row["indicator"], row["period"]
                if row["value"]:
                    self.printed[(*key, area)] = float(row["value"])
                bases = float(row["base_1"] or "nan"), float(row["base_2"] or "nan")
                for place in ("city",) if city else (f"{area} alone", self.region_of[area]):
                    sums[(*key, place)][0] += bases[0]
                    sums[(*key, place)][1] += bases[1]
        self.sums = dict(sums)

    def rate(self, name, period, place):
        """Scale times summed numerators over summed denominators; the printed value where it misses that."""
        over, under = self.sums[name, period, place]
        rate = SCALES[name] * over / under
        printed = self.printed.get((name, period, place)) if place == "city" else None
        # the city's area is printed rounded
        return printed if printed is not None and abs(rate - printed) > 0.5 * 10 ** -digits(name) + 1e-9 else rate


def digits(name):
    return 0 if name == "Bevölkerungsdichte" else 1


def rounded(value, decimals):
    return Decimal(repr(value)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def written(value, name, *, sign=False, unit=True):
    """Write a number as a German page should."""
    number = rounded(value, digits(name))
    text = f"{abs(number):,}".replace(",", " ").replace(".", ",").replace(" ", ".")
    text = ("−" if number < 0 else "+" if sign and number > 0 else "") + text
    return text if not unit or name in WITHOUT_UNIT else f"{text} %"


def plain_text(text):
    return re.sub(r"\s+", " ", text).strip()


class Page(HTMLParser):
    """Cells of tables, list items, texts of charts and alternative texts."""

    def __init__(self):
        super().__init__()
        self.tables, self.items, self.charts, self.alts = {}, [], [], []
        self._table = self._into = None
        self.text = ""

    def handle_starttag(self, tag, attributes):
        found = dict(attributes)
        if tag == "table":
            self._table = self.tables.setdefault(found["class"], [])
        elif tag == "tr":
            self._table.append([])
        elif tag in ("td", "th"):
            self._table[-1].append("")
            self._into = lambda text, row=self._table[-1]: row.append(row.pop() + text)
        elif tag == "span" and found.get("class") == "detail" and self._into:
            self._into("|")
        elif tag == "li":
            self.items.append("")
            self._into = lambda text: self.items.append(self.items.pop() + text)
        elif tag == "svg":
            self.charts.append([])
            self._into = lambda text: self.charts[-1].append(text)
        elif found.get("role") == "img":
            self.alts.append(plain_text(found["aria-label"]))

    def handle_endtag(self, tag):
        if tag in ("td", "th", "li", "svg"):
            self._into = None

    def handle_data(self, data):
        self.text += data
        if self._into is not None:
            self._into(data)


@pytest.fixture(scope="module")
def plain():
    return Plain()


@pytest.fixture(scope="module")
def facts():
    return gather_profile_facts(rg.load_study(lang="de"))


@pytest.fixture(scope="module")
def bands(facts):
    rows = expected_bands(facts.study.regional, "region")["expected"].reset_index("group", drop=True)
    return rows.to_dict()


ONE = ["5", "9", "10", "11", "13", "16", "19", "20", "24"]
SEVERAL = ["1/2/3", "4/12", "6/7", "8/25", "14/15", "17/18", "21/22/23"]


@pytest.fixture(scope="module", params=[*ONE, *SEVERAL])
def profile(request, facts):
    return profile_from(facts, request.param)


class Expected:
    """The figures of one indicator in one region, by hand."""

    def __init__(self, plain, name, region):
        self.name = name
        self.value, self.city = (plain.rate(name, NOW, place) for place in (region, "city"))
        before = {years: str(int(NOW) - years) for years in (1, 5)}
        self.change = {years: self.value - plain.rate(name, before[years], region) for years in before}
        self.city_change = {years: self.city - plain.rate(name, before[years], "city") for years in before}
        self.peers = [plain.rate(name, NOW, other) for other in plain.regions]
        self.rank = 1 + sum(round(peer, 9) > round(self.value, 9) for peer in self.peers)

    @property
    def cells(self):
        """What stands in the row of key figures, without the picture and the trend."""
        name = self.name
        return [
            written(self.value, name),
            written(self.city, name),
            f"{self.rank} von 16",
            written(self.change[5], name, sign=True, unit=False),
            written(self.city_change[5], name, sign=True, unit=False),
        ]

    @property
    def last(self):
        """The change of the last year, in percent."""
        return 100 * self.change[1] / (self.value - self.change[1])

    @property
    def turn(self):
        """What the last year did where it goes against the five years before by two percent or more."""
        five = 100 * self.change[5] / (self.value - self.change[5])
        if five >= 5 and self.last <= -2:
            return "gesunken"
        return "gestiegen" if five <= -5 and self.last >= 2 else ""

    @property
    def trend(self):
        """The word for five years, by how much of the earlier value, and what the last year did against it."""
        share = 100 * self.change[5] / (self.value - self.change[5])
        way = "kaum verändert" if abs(share) < 5 else "gestiegen" if share > 0 else "gesunken"
        decimals = 0
        while abs(share) < 5 <= abs(rounded(share, decimals)) and decimals < 2:
            decimals += 1
        number = rounded(share, decimals)
        told = f"{'−' if number < 0 else '+' if number > 0 else ''}{abs(number)}".replace(".", ",")
        return way + (f"; zuletzt {self.turn}" if self.turn else ""), f"({told} %)"


def district_cells(plain, name, region):
    mine = sorted(district for district, other in plain.region_of.items() if other == region)
    cells = [written(plain.printed[name, NOW, district], name) for district in mine]
    if len(mine) > 1:
        cells.append("–" if name == NOT_SUMMED else written(plain.rate(name, NOW, region), name))
    return [*cells, "–" if name == NOT_SUMMED else written(plain.printed[name, NOW, "city"], name)]


def test_the_page_on_the_screen(profile, plain):
    region = profile.content.region
    page = Page()
    page.feed(profile.to_html())
    _, *rows = page.tables["figures"]
    assert [row[0].split("|")[0] for row in rows] == [title for title in NAMES if NAMES[title] != NOT_SUMMED]
    told = {}
    for title, value, city, rank, _, change, city_change in rows:
        expected = told[title.split("|")[0]] = Expected(plain, NAMES[title.split("|")[0]], region)
        shown = [value, city, rank, change.split("|")[0], city_change]
        assert [plain_text(cell) for cell in shown] == expected.cells
        assert plain_text(change.split("|")[1]) == " ".join(expected.trend)
    # where the last year goes against the five before, it is said, of a burden first
    turned = {title: one for title, one in told.items() if one.turn}
    turned = {title: one for title, one in turned.items() if title in BURDENS} or turned
    said = [plain_text(one) for one in page.items if one.startswith("Zuletzt anders")]
    assert len(said) == bool(turned)
    if turned:
        title = max(turned, key=lambda one: abs(turned[one].last))
        assert said[0].startswith(f"Zuletzt anders: {title}, ")
        assert f" aber seit 2023 {turned[title].turn} von " in said[0]
    _, *rows = page.tables["districts"]
    assert len(rows) == len(NAMES)
    for title, *cells in rows:
        assert [plain_text(cell) for cell in cells] == district_cells(plain, NAMES[title.split("|")[0]], region)
    # spine rows and series in words, and the newest values written in the charts
    for title, one in told.items():
        low, high = (written(end(one.peers), one.name) for end in (min, max))
        (spine,) = (alt for alt in page.alts if alt.startswith(f"{title}: Region "))
        assert spine.startswith(f"{title}: Region {one.cells[0]}, ")
        assert spine.endswith(f"({one.cells[1]}); alle Regionen von {low} bis {high}.")
        (series,) = (alt for alt in page.alts if alt.startswith(f"Zeitreihe {title} der Region"))
        assert f"; {NOW}: {one.cells[0]};" in series
        assert f"Stadt zuletzt: {one.cells[1]}." in series
    charts = [texts for texts in page.charts if NOW in texts]
    for one, texts in zip(told.values(), charts, strict=True):
        assert texts[-2:] == [written(value, one.name, unit=False) for value in (one.value, one.city)]
    sides = Counter(
        "above" if one.value / one.city >= 1.1 else "below" if one.city / one.value >= 1.1 else "near"
        for one in told.values()
    )
    (compared,) = re.findall(r"10 Indikatoren im Vergleich mit der Stadt: ([^.]+)\.", page.text)
    ends = {"above": "mindestens 10 % höher", "below": "mindestens 10 % niedriger", "near": "ähnlich"}
    wanted = [f"{sides[side]} {end}" for side, end in ends.items() if sides[side]]
    assert [plain_text(one) for one in re.split(", | und ", compared)] == wanted


def test_the_page_on_paper(profile, plain):
    region = profile.content.region
    reader = pypdf.PdfReader(io.BytesIO(profile.to_pdf()))
    text = plain_text(" ".join(page.extract_text() for page in reader.pages))
    place = 0
    for name in NAMES.values():
        if name == NOT_SUMMED:
            continue
        expected = Expected(plain, name, region)
        *first, change, city_change = (re.escape(cell) for cell in expected.cells)
        trend, share = map(re.escape, expected.trend)
        found = re.compile(" ".join([*first, change, share, trend, city_change])).search(text, place)
        assert found, name
        place = found.end()
    for name in NAMES.values():
        found = text.find(" ".join(district_cells(plain, name, region)), place)
        assert found > 0, name
        place = found + 1


def test_the_sheet_of_maps(profile, facts, plain):
    region = profile.content.region
    made = compile_pdf(region_maps_page(facts, region, profile.map_svg), REGION_MAPS)
    reader = pypdf.PdfReader(io.BytesIO(made))
    assert len(reader.pages) == 2
    text = plain_text(" ".join(page.extract_text() for page in reader.pages))
    mine = [district for district, other in plain.region_of.items() if other == region]
    for title, name in NAMES.items():
        # a number is written once in each map; the part of the text between two titles is one map
        beside = "" if name == NOT_SUMMED else "Region: {}, Stadt: {}".format(*Expected(plain, name, region).cells)
        assert beside in text, title
        for district in mine:
            assert written(plain.printed[name, NOW, district], name, unit=False) in text, title


def records(sheet):
    head, *rows = sheet.iter_rows(min_row=3, values_only=True)
    for row in rows:
        if row[1] is None:
            return
        yield dict(zip(head, row, strict=True))


def name_of(title):
    return NAMES[title[: title.rindex(" (")] if title.endswith(")") else title]


def close(one, other):
    return one == pytest.approx(other, rel=1e-9, abs=1e-9)


def test_the_workbook(profile, facts, bands, plain):
    region = profile.content.region
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(tables_of(facts, profile.content), "de")))
    mine = dict(profile.content.districts)
    warned = facts.report.warnings
    warned = warned[warned["region_id"] == region]
    rows = list(records(book["Kennzahlen"]))
    assert [name_of(row["Indikator"]) for row in rows] == [name for name in NAMES.values() if name != NOT_SUMMED]
    for row in rows:
        name = name_of(row["Indikator"])
        one = Expected(plain, name, region)
        printed = [plain.printed[name, NOW, district] for district in mine]
        levels = warned[warned["indicator"] == name]["urgency"]
        expected = {
            "Wert": one.value,
            "Stadt München": one.city,
            "Abstand zur Stadt": one.value - one.city,
            "Verhältnis zur Stadt": one.value / one.city,
            "Rang (1 = höchster Wert)": one.rank,
            "Gebiete mit Rang": 16,
            "Erwartet": bands[name, region, NOW],
            "Veränderung zum Vorjahr": one.change[1],
            "Stadt: Veränderung zum Vorjahr": one.city_change[1],
            "Veränderung in fünf Jahren": one.change[5],
            "Stadt: Veränderung in fünf Jahren": one.city_change[5],
            "Niedrigster Wert der Stadtbezirke": min(printed),
            "Höchster Wert der Stadtbezirke": max(printed),
            "Zähler": plain.sums[name, NOW, region][0],
            "Nenner": plain.sums[name, NOW, region][1],
            "Gebiete mit Hinweis": len(levels),
            "davon vorrangig zu prüfen": (levels == "priority").sum(),
            "davon zu prüfen": (levels == "check").sum(),
            "davon zu beobachten": (levels == "watch").sum(),
        }
        numbers = {head: cell for head, cell in row.items() if isinstance(cell, int | float)}
        assert numbers.keys() == expected.keys()
        for head, number in expected.items():
            assert close(numbers[head], number), (name, head)
    rows = list(records(book["Entwicklung"]))
    seen = Counter()
    for row in rows:
        name, period = name_of(row["Indikator"]), row["Zeitraum"]
        area = row["Gebiet"]
        seen[area] += 1
        if area.startswith("Region "):
            assert close(row["Wert"], plain.rate(name, period, region))
        elif area == "Stadt München":
            assert close(row["Wert"], plain.rate(name, period, "city"))
        else:
            assert rounded(row["Wert"], digits(name)) == rounded(
                plain.printed[name, period, area[:2]], digits(name)
            )
    in_file = {key for key in plain.printed if key[0] != NOT_SUMMED}
    assert seen["Stadt München"] == sum(key[2] == "city" for key in in_file)
    if len(mine) > 1:
        for district, name in mine.items():
            assert seen[f"{district} {name}"] == sum(key[2] == district for key in in_file)
    rows = list(records(book["Stadtbezirke"]))
    assert len(rows) == len(mine) * len(NAMES)
    for row in rows:
        name, district = name_of(row["Indikator"]), row["Stadtbezirk"][:2]
        assert row["Wert"] == plain.printed[name, NOW, district]
        assert close(row["Zähler"], plain.sums[name, NOW, f"{district} alone"][0])
        assert close(row["Nenner"], plain.sums[name, NOW, f"{district} alone"][1])
        everywhere = sorted((v for (n, p, a), v in plain.printed.items() if (n, p) == (name, NOW) and a != "city"))
        assert row["Gebiete mit Rang"] == 25
        # equal printed values may differ in their hidden digits
        higher = sum(value > row["Wert"] for value in everywhere)
        assert 1 + higher <= row["Rang (1 = höchster Wert)"] <= higher + everywhere.count(row["Wert"])
        if name == NOT_SUMMED:
            assert row["Stadt München"] is None
        else:
            city, half = plain.rate(name, NOW, "city"), 0.5 * 10 ** -digits(name) + 1e-9
            assert close(row["Stadt München"], city)
            assert row["Abstand zur Stadt"] == pytest.approx(row["Wert"] - city, abs=half)
            assert row["Verhältnis zur Stadt"] == pytest.approx(row["Wert"] / city, abs=half / city)
        for head, years in (("zum Vorjahr", 1), ("in fünf Jahren", 5)):
            before = plain.printed[name, str(int(NOW) - years), district]
            unit = 10 ** -digits(name) + 1e-9
            assert row[f"Veränderung {head}"] == pytest.approx(row["Wert"] - before, abs=unit)
