"""Every number of the pages that lead through a report and a pack is that of the plain table; none goes unread."""

from __future__ import annotations

import io
import json
import math
import re
import statistics

import numpy as np
import openpyxl
import pytest
from plain_change import expected_of
from plain_pages import Page
from plain_pictures import Scale, pictures
from plain_table import DATA, each, is_printed, read_catalogue, read_csv, read_names, read_regions, write
from plain_table import SPACE as NBSP
from printed_made import WOMEN
from test_printed_expected import counts_of
from test_printed_report import Region, ordered, summable

import regsam_geo as rg
from regsam_geo.summary.facts.profile_facts import gather_profile_facts
from regsam_geo.summary.products.pack_files import PackFiles

pytestmark = pytest.mark.slow

REGION_OF, REGION_NAMES = read_regions()
REGIONS = list(REGION_NAMES)
NAMES = read_names()
IDS = sorted(NAMES)
NOW, LAST, TWO_AGO = "2024", "2023", "2022"
URGENCY = {"watch": "beobachten", "check": "prüfen", "priority": "vorrangig prüfen"}
KINDS = {
    "cluster": "auffällige Umgebung",
    "level": "anders als die Stadt",
    "spatial": "anders als die Nachbarn",
    "change": "ungewöhnliche Veränderung",
    "drift": "Entwicklung über Jahre",
}


def keys_of(warnings, area=None):
    rows = warnings if area is None else warnings[warnings["area_id"] == area]
    return list(zip(rows["indicator"], rows["group"], strict=True))


def themes(warnings):
    """Indicators that warn on one side in several regions: (key, regions, areas), the widest and surest first."""
    found = {}
    for row in each(warnings):
        side = "high" if row["direction"] in ("high", "up") else "low"
        found.setdefault(((row["indicator"], row["group"]), side), []).append((row["area_id"], row["q"]))
    rows = []
    for (key, _), hits in found.items():
        areas = sorted({area for area, _ in hits})
        regions = list(dict.fromkeys(REGION_OF[area] for area in areas))
        if len(regions) > 1:
            rows.append((-len(regions), min(q for _, q in hits), key, regions, areas))
    return [row[2:] for row in sorted(rows, key=lambda row: row[:2])]


def burdens(plain):
    """Indicators on which three regions or more lie 10 % above the city: what is told of each, by hand.

    Of those shown here unemployment alone is a burden; the others have no direction.
    """
    key = ("Arbeitslose - Anteil", "insgesamt")
    worst = {}
    for when in plain.periods(key):
        rates, city = plain.region_rates(key, when, REGION_OF), plain.exact(key, when)
        ahead = sorted((-rate / city, one) for one, rate in rates.items() if rate / city >= 1.1)
        worst[when] = [one for _, one in ahead]
    now = worst[NOW]
    if len(now) < 3:
        return []
    quiet = [when for when in worst if len(worst[when]) < 3]
    since = min(when for when in worst if when > max(quiet, default=""))
    sums = {when: plain.sums(key, when, REGION_OF) for when in (TWO_AGO, NOW)}
    here = [sum(sums[NOW][one][at] for one in now) for at in (0, 1)]
    # the city's own row, which holds those who live in no district too
    city = plain.rows[(*key, NOW, "city", "munich")]
    before = [sum(sums[TWO_AGO][one][at] for one in now) for at in (0, 1)]
    moved = (here[0] / here[1]) / (before[0] / before[1]) - 1
    return [
        {
            "key": key,
            "regions": now,
            "since": since,
            "always": not quiet,
            "cases": 100 * here[0] / city.over,
            "people": 100 * here[1] / city.under,
            "now": 100 * here[0] / here[1],
            "before": 100 * before[0] / before[1],
            "trend": "kaum verändert" if abs(moved) < 0.02 else "gestiegen" if moved > 0 else "gefallen",
        }
    ]


def check_themes(page, wanted):
    """Whether a page has the table of themes, cell by cell."""
    head, *rows = [[" ".join(cell) for cell in row] for row in page.rows("themes")]
    assert head == THEME_HEADS
    assert rows == wanted
    assert len(rows) > 0


THEME_HEADS = ["Indikator", "Stadtbezirke", "Regionen", "Fälle der Stadt", "seit", "in 2 Jahren", "Hinweise"]


def theme_rows(plain, warnings):
    """What the table of themes says: burdens first, with the warnings of the same side, then warnings alone."""
    said = []
    for one in burdens(plain):
        key, regions = one["key"], one["regions"]
        entry = plain.catalogue[key]
        city = plain.exact(key, NOW)
        rates = {area: plain.exact(key, NOW, area=area) for area in sorted(REGION_OF)}
        worst = sorted((-rate, area) for area, rate in rates.items() if rate / city >= 1.1)
        areas = ", ".join(str(int(area)) for _, area in worst)
        old, new = (f"{write(one[name], entry.decimals, 'de')}{NBSP}%" for name in ("before", "now"))
        assert key not in [other for other, _, _ in themes(warnings)], "say here what is said of both"
        said.append(
            [
                entry.short("de"),
                f"{len(worst)} von {len(rates)}: {areas}",
                f"{len(regions)} von 16: {', '.join(regions[:-1])} und {regions[-1]}",
                f"{write(one['cases'], 0, 'de')}{NBSP}% (nach Größe {write(one['people'], 0, 'de')}{NBSP}%)",
                f"{'mindestens ' if one['always'] else ''}{one['since']}",
                f"{one['trend']}, von {old} auf {new}",
                warned_cell(key, "high", warnings),
            ]
        )
    alone = [
        [
            plain.catalogue[key].short("de"),
            *["–"] * 5,
            warned_cell(key, side_of_theme(key, areas, warnings), warnings),
        ]
        for key, _, areas in themes(warnings)
    ]
    return said + alone


def side_of_row(row):
    return "high" if row["direction"] in ("high", "up") else "low"


def side_of_theme(key, areas, warnings):
    """The side on which just these areas warn."""
    rows = [row for row in each(warnings) if (row["indicator"], row["group"]) == key]
    return next(
        side
        for side in ("high", "low")
        if {row["area_id"] for row in rows if side_of_row(row) == side} == set(areas)
    )


def warned_cell(key, side, warnings):
    """The areas that warn on a side, by what has become of it; those that are open too."""
    told, seen = {}, set()
    for row in warnings.to_dict("records"):
        if (row["indicator"], row["group"]) != key or side_of_row(row) != side:
            continue
        for area in (row["area_id"], *row["areas"].split(", ")):
            if area and area not in seen:
                seen.add(area)
                told.setdefault(row["status"], []).append(str(int(area)))
    if not told:
        return "keine"
    words = {"new": "neu", "continuing": "fortdauernd", "returning": "wiederkehrend", "open": "noch offen"}
    return f"{'▲' if side == 'high' else '▼'} " + "; ".join(
        f"{words[status]}: {', '.join(areas)}" for status, areas in told.items()
    )


@pytest.fixture(scope="module")
def index(report):
    return Page((report / "index.html").read_text(encoding="utf-8"))


def told(page):
    """All paragraphs and items with a digit."""
    return [one for tag in ("p", "li") for one in page.said(tag) if re.search(r"\d", one)]


def test_every_number_of_the_page_of_the_report(index, report, grouped, warnings):
    _, plain = grouped
    check_themes(index, theme_rows(plain, warnings))
    manifest = json.loads((report / "angaben.json").read_text(encoding="utf-8"))
    settings, false = manifest["settings"], manifest["expected_false_warnings"]
    derived = sorted(
        row["district_id"]
        for row in read_csv(DATA / "boundaries" / "regsam_regions.csv")
        if row["evidence"] == "derived"
    )
    edition = {row["edition"] for row in read_csv(DATA / "indicators" / "catalogue.csv")}
    wanted = [
        f"Landeshauptstadt München · 25 Stadtbezirke · {len(ordered(plain))} Indikatoren",
        f"In einem Bericht, in dem nicht mehr geschieht als in jedem Jahr, stünden im Mittel "
        f"{write(false['expected_false_warnings'], 1, 'de')} Hinweise (simuliert an {false['null_reports']} "
        f"Berichten).",
        f"Die Zuordnung von {len(derived)} Stadtbezirken zu Regionen ist erschlossen und nicht von REGSAM "
        f"veröffentlicht ({', '.join(derived)}); die Regionentabelle kann ersetzt werden.",
        f"Einstellungen, Fassung 3: Ein Hinweis heißt „beobachten“, wo der Anteil falscher Hinweise unter "
        f"10{NBSP}% zu erwarten ist, und „prüfen“ unter 1{NBSP}%. Als bedeutsam gilt ein Unterschied von mehr als "
        f"5{NBSP}%, innerhalb eines Jahres von mehr als 2{NBSP}%, sofern der Katalog nichts anderes sagt. Mit der "
        f"eigenen Vergangenheit wird ab 3 früheren Veränderungen verglichen. Alle Einstellungen stehen in "
        f"angaben.json.",
        f"Prüfsumme der Werte (Anfang): {manifest['checksum_of_values'][:12]}.",
        f"Datenquelle: Landeshauptstadt München, Statistisches Amt, Indikatorenatlas, {edition.pop()}. Lizenz der "
        f"Daten der Stadt: dl-de/by-2-0.",
        f"regsam_geo {rg.__version__}",
        f"Arbeitsblätter zum Ausfüllen: {', '.join(f'Region {one}' for one in dict.fromkeys(REGION_OF.values()))}",
    ]
    assert not edition
    usual = {"q_watch": 0.1, "q_check": 0.01, "relevant_effect": 0.05, "min_history": 3, "version": "3"}
    assert {name: settings[name] for name in usual} == usual
    assert settings["relevant_effect"] * settings["yearly_share"] == pytest.approx(0.02)
    # the first page has tests of its own
    first = re.search(
        r'<section id="lage".*?</section>', (report / "index.html").read_text(encoding="utf-8"), re.DOTALL
    )
    on_first = told(Page(first[0]))
    said = [one for one in told(index) if one not in on_first]
    for one in wanted:
        assert one in said
    # what other tests read, or the ones below
    read_elsewhere = (
        r"Bericht für 2024: .*",
        r"\d+ Hinweise \(.*",
        r"Stadtbezirk \d\d .*",
        r"Ganze Stadt – .*",
        r"Ohne Ergebnis blieben .*",
        r"PDF · PNG · .*",
        # tests/summary/words/test_found_rises.py
        r"Kein Hinweis heißt nicht, dass nichts geschehen ist\. .* mindestens 80 % aufgefallen:",
        rf".*: Ein Anstieg um \d+{NBSP}% wäre in \d+ von 25 Gebieten aufgefallen\.",
        r".* verändert sich gegenüber .*",
        r"Innerräumliche Umzugsziffer \(.*je 1\.000 Personen\)(: nicht für Regionen [^\d]*)?",
        r"Hochbetagte \(Anteil der Bevölkerung ab 75 Jahren\)",
        r"Arbeitslose \(Anteil an der Bevölkerung von 15 bis 64 Jahren\)",
    )
    left = [one for one in said if one not in wanted]
    assert [one for one in left if not any(re.fullmatch(pattern, one) for pattern in read_elsewhere)] == []


def test_the_captions_of_the_maps_count_the_marked_areas(index, grouped, warnings):
    _, plain = grouped
    lines = index.said("p")
    for key in ordered(plain):
        caption = lines[lines.index(plain.catalogue[key].title["de"]) + 1]
        n = len({row["area_id"] for row in each(warnings) if (row["indicator"], row["group"]) == key})
        count = f" · {n} Gebiet{'e' if n > 1 else ''} mit Hinweis" if n else ""
        assert caption == f"PDF · PNG{count}"


def test_what_moves_the_whole_city(index, grouped):
    _, plain = grouped
    pattern = (
        r"Ganze Stadt – (?P<title>.+?) 2024: (?P<value>.+?), 2023 waren es (?P<before>.+?)\. Bei der üblichen "
        r"Veränderung wären rund (?P<expected>.+?) zu erwarten; so weit vom Üblichen entfernt war die "
        r"Veränderung der ganzen Stadt in (?P<often>\d+) von (?P<years>\d+) früheren Jahren\. "
        r"Der (?P<way>Anstieg|Rückgang) ist bei den Hinweisen für einzelne Gebiete herausgerechnet\."
    )
    found = [re.fullmatch(pattern, one) for one in index.said("p") if one.startswith("Ganze Stadt")]
    titles = {plain.catalogue[key].title["de"]: key for key in ordered(plain)}
    assert found
    for match in found:
        key = titles[match["title"]]
        entry = plain.catalogue[key]
        unit = entry.unit["de"]
        value = plain.exact(key, NOW)
        over, under = counts_of(plain, key, NOW)
        known = expected_of(over, under, share=entry.proportion, scale=entry.scale)
        expected, _ = known.of_city(value)
        assert is_printed(match["value"], value, entry.decimals, "de", unit)
        assert is_printed(match["before"], plain.exact(key, LAST), entry.decimals, "de", unit)
        assert is_printed(match["expected"], expected, entry.decimals, "de", unit)
        assert match["way"] == ("Anstieg" if value > expected else "Rückgang")
        past = known.common[:-1][~np.isnan(known.common[:-1])]
        far = np.abs(past - np.median(past)) >= abs(known.common[-1] - np.median(past))
        assert (int(match["often"]), int(match["years"])) == (far.sum(), past.size)


def test_a_question_about_a_break_counts_the_areas_that_moved(index, grouped):
    _, plain = grouped
    pattern = (
        r"(?P<title>.+?) (?P<period>\d{4}): Der Wert verändert sich gegenüber (?P<before>\d{4}) in (?P<areas>\d+) "
        r"von (?P<of>\d+) Gebieten zugleich, im Mittel auf das (?P<factor>[\d,]+)-Fache, und bleibt dort; .*"
    )
    found = [match for one in index.said("li") if (match := re.fullmatch(pattern, one))]
    titles = {plain.catalogue[key].title["de"]: key for key in ordered(plain)}
    assert found
    for match in found:
        key, period = titles[match["title"]], match["period"]
        entry = plain.catalogue[key]
        assert int(match["before"]) == int(period) - 1
        known = expected_of(*counts_of(plain, key, NOW), share=entry.proportion, scale=entry.scale)
        medians = [float(np.median(row)) for row in known.change[1:]]
        usual = statistics.median(medians)
        step = known.change[plain.periods(key).index(period)]
        size = abs(np.median(step) - usual)
        half = np.sign(np.median(step) - usual) * (step - usual) > size / 2
        assert (int(match["areas"]), int(match["of"])) == (half.sum(), len(IDS))
        assert is_printed(match["factor"], math.exp(np.median(step)), 2, "de")


def test_what_could_not_be_tested_is_counted(index, warnings):
    found = warnings.facts.findings
    # without a p, or with one that could never have been small enough
    found = found[(found["level"] == "district") & found["q"].isna()]
    counted = {}
    for one in index.said("p"):
        if one.startswith("Ohne Ergebnis blieben "):
            for number, kind in re.findall(r"(\d+) Prüfungen zur Frage „(.+?)“", one):
                counted[kind] = int(number)
    by_kind = {KINDS[kind]: len(rows) for kind, rows in found.groupby("kind")}
    assert counted == by_kind


@pytest.fixture(scope="module")
def city(grouped_study, tmp_path_factory):
    """The files of a pack about the city: the page and the workbook."""
    facts = gather_profile_facts(grouped_study, NOW)
    made = {
        step.path.rpartition(".")[2]: step.make()
        for step in PackFiles(facts, None, tmp_path_factory.mktemp("city")).city()
    }
    return made["html"].decode("utf-8"), openpyxl.load_workbook(io.BytesIO(made["xlsx"]))


@pytest.fixture(scope="module")
def last_warnings(grouped_study):
    return rg.detect_warnings(grouped_study, period=LAST)


@pytest.fixture(scope="module")
def classes(grouped):
    """Burden and direction of each region by hand: standardized twice over the regions."""
    _, plain = grouped
    polarity = {row["indicator"]: int(row["polarity"]) for row in read_csv(DATA / "indicators" / "catalogue.csv")}
    keys = [key for key in ordered(plain) if polarity[key[0]]]
    rates = {
        when: np.array([[plain.region_rates(key, when, REGION_OF)[one] for key in keys] for one in REGIONS])
        * [polarity[key[0]] for key in keys]
        for when in (NOW, TWO_AGO)
    }

    def index_of(x):
        z = (x - x.mean(axis=0)) / x.std(axis=0)
        total = z.sum(axis=1)
        return (total - total.mean()) / total.std()

    words = []
    for status, dynamics in zip(index_of(rates[NOW]), index_of(rates[NOW] - rates[TWO_AGO]), strict=True):
        stands = (
            "niedrig" if status < -1 else "mittel" if status <= 1 else "hoch" if status <= 1.5 else "sehr hoch"
        )
        moves = (
            "günstiger als anderswo"
            if dynamics < -1
            else "wie anderswo"
            if dynamics <= 1
            else "ungünstiger als anderswo"
        )
        words.append(f"Belastung {stands}, Richtung {moves}")
    assert len(set(words)) > 3
    return words


def hits_of(warnings, key, region):
    return [
        row["urgency"]
        for row in each(warnings)
        if (row["indicator"], row["group"]) == key and REGION_OF[row["area_id"]] == region
    ]


def news(warnings, before, plain):
    """What is new, what goes on and what has ended, each in the order of the catalogue and the districts."""
    now, then = (
        {((row["indicator"], row["group"]), row["area_id"]) for row in each(table)} for table in (warnings, before)
    )
    words = {}
    for word, units in (("neu", now - then), ("fortdauernd", now & then), ("beendet", then - now)):
        words[word] = {
            (plain.catalogue[key].title["de"], f"{area} {NAMES[area]}", f"Region {REGION_OF[area]}")
            for key, area in units
        }
    return words


def test_the_page_about_the_city(city, grouped, warnings, last_warnings, classes):
    page = Page(city[0])
    _, plain = grouped
    assert page.said("h1") == [f"Überblick über die Stadt {NOW}"]
    assert f"16 REGSAM-Regionen, {len(ordered(plain))} Indikatoren" in page.said("p")
    items = page.said("li")
    check_themes(page, theme_rows(plain, warnings))
    assert f"Was sich gegenüber {LAST} geändert hat" in page.said("h2")
    changed = news(warnings, last_warnings, plain)
    told_news = [re.fullmatch(r"(\w+): (.+) – (.+) \((Region .+)\)", one) for one in items]
    told_news = [match.groups() for match in told_news if match and match[1] in changed]
    assert len(told_news) == sum(map(len, changed.values())) > 3
    for word, units in changed.items():
        assert {tuple(rest) for one, *rest in told_news if one == word} == units
    # a warning in a dozen words: its areas, its indicator, its value
    told = [one for one in items if not re.match(rf"({'|'.join(changed)}): .* – ", one)]
    assert len(told) == len(warnings) == len(items) - len(told_news)
    for one, row in zip(told, warnings.to_dict("records"), strict=True):
        title = plain.catalogue[row["indicator"], row["group"]].short("de")
        assert re.match(rf"{URGENCY[row['urgency']]}: {int(row['area_id'])}{NBSP}.+: {re.escape(title)} ", one)
        value = plain.value((row["indicator"], row["group"]), NOW, area=row["area_id"])
        assert write(value, plain.catalogue[row["indicator"], row["group"]].decimals, "de") in one
        assert len(one.split()) <= 25


def test_the_matrix_about_the_city(city, grouped, warnings, classes):
    page = Page(city[0])
    _, plain = grouped
    head, *rows = page.rows("matrix")
    assert [cell[0] for cell in head[:3]] == ["Indikator", "Stadt", "Stadt: Verlauf"]
    assert [cell[0] for cell in head[3:]] == REGIONS
    drawn = next(one for one in page.tables if one["class"] == "matrix")["rows"][1:]
    names = {plain.catalogue[key].short("de"): key for key in summable(plain)}
    assert [row[0][0] for row in rows] == [
        *names,
        "Belastung (▲ ungünstiger, ▼ günstiger als anderswo geworden)",
    ]
    for (title, value, _, *cells), marked in zip(rows[:-1], drawn, strict=False):
        key = names[title[0]]
        entry = plain.catalogue[key]
        assert title[1] == entry.unit["de"]
        assert is_printed(value[0], plain.exact(key, NOW), entry.decimals, "de")
        for region, cell, place in zip(REGIONS, cells, marked[3:], strict=True):
            one = Region(plain, key, region)
            n = len(hits_of(warnings, key, region))
            assert place["class"] == ("warned" if n else "")
            wanted = {
                "above": ["▲", "mindestens 10 % über der Stadt"],
                "below": ["▼", "mindestens 10 % unter der Stadt"],
                "": [],
            }[one.side] + ([f"{n} Hinweis{'e' if n > 1 else ''}"] if n else [])
            (number,) = (text for text in cell if re.match(r"\d+,\d", text))
            assert is_printed(number, one.value, entry.decimals, "de")
            assert [text for text in cell if text != number] == wanted
    arrows = {"wie anderswo": "", "ungünstiger als anderswo": " ▲", "günstiger als anderswo": " ▼"}
    short = [re.fullmatch(r"Belastung (.+), Richtung (.+)", one).groups() for one in classes]
    assert [cell[0] for cell in rows[-1][2:] if cell] == [burden + arrows[way] for burden, way in short]


def test_the_words_of_the_sparklines(city, grouped):
    page = Page(city[0])
    _, plain = grouped
    assert len(page.alts) == len(summable(plain))
    for key, words in zip(summable(plain), page.alts, strict=True):
        entry = plain.catalogue[key]
        series = [plain.exact(key, when) for when in plain.periods(key)]
        match = re.fullmatch(r"(.+) in der Stadt: zwischen (\S+) und (\S+)\.", words.replace(NBSP, "_"))
        assert match[1] == entry.short("de")
        for text, number in ((match[2], min(series)), (match[3], max(series))):
            assert is_printed(text.replace("_", NBSP), number, entry.decimals, "de", entry.unit["de"])


def test_the_sparklines_of_the_city(city, grouped):
    _, plain = grouped
    shown = pictures(city[0], r".* in der Stadt: zwischen")
    assert len(shown) == len(summable(plain))
    for key, (_, picture) in zip(summable(plain), shown, strict=True):
        series = [plain.exact(key, when) for when in plain.periods(key)]
        ((_, at),) = picture.lines()
        assert len(at) == len(series)
        heights = [y for _, y in at]
        scale = Scale([(max(heights), min(series)), (min(heights), max(series))])
        assert scale.values(heights) == pytest.approx(series, abs=scale.slack)
        assert np.diff([x for x, _ in at]) == pytest.approx(
            [(at[-1][0] - at[0][0]) / (len(at) - 1)] * (len(at) - 1)
        )
        assert picture.discs()[0][:2] == at[-1]
        # the lowest and the highest value stand equally far from the edges
        assert min(heights) == pytest.approx(picture.height - max(heights))
        assert 0 < min(heights) < 0.3 * picture.height


def sheet_of(book, name):
    rows = list(book[name].iter_rows(min_row=3, values_only=True))
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:] if row[1] is not None]


def test_the_workbook_about_the_city(city, grouped, warnings, last_warnings, classes):
    _, book = city
    _, plain = grouped
    assert book.sheetnames == ["Alle Regionen", "Themen der Stadt", "Neu und beendet", "Hinweise"]
    titles = {plain.catalogue[key].title["de"]: key for key in summable(plain)}
    rows = sheet_of(book, "Alle Regionen")
    assert len(rows) == 16 * len(titles)
    for row in rows:
        key, region = titles[row["Indikator"]], row["Region"].removeprefix("Region ")
        one = Region(plain, key, region)
        hits = hits_of(warnings, key, region)
        wanted = {
            "Wert": one.value,
            "Stadt München": one.city,
            "Verhältnis zur Stadt": one.value / one.city,
            "Rang (1 = höchster Wert)": one.rank,
            "Gebiete mit Hinweis": len(hits),
            "davon vorrangig zu prüfen": hits.count("priority"),
            "davon zu prüfen": hits.count("check"),
            "davon zu beobachten": hits.count("watch"),
        }
        for head, number in wanted.items():
            assert row[head] == pytest.approx(number, rel=1e-9), head
        words = {
            "Einheit": one.entry.unit["de"],
            "Name der Region": REGION_NAMES[region],
            "Belastung und Richtung": classes[REGIONS.index(region)],
        }
        assert {head: row[head] for head in words} == words
        assert not row["Warum kein Wert"]
        assert set(row) == {*wanted, *words, "Indikator", "Region", "Warum kein Wert"}
    told_themes = sheet_of(book, "Themen der Stadt")
    assert len(told_themes) == len(burdens(plain)) + len(themes(warnings))
    for row, (key, regions, areas) in zip(told_themes[len(burdens(plain)) :], themes(warnings), strict=True):
        urgent = {
            one["urgency"]
            for one in each(warnings)
            if (one["indicator"], one["group"]) == key and one["area_id"] in areas
        }
        assert {name: cell for name, cell in row.items() if cell not in (None, "")} == {
            "Indikator": plain.catalogue[key].title["de"],
            "Regionen mit mindestens 10 % höherer Belastung als die Stadt": 0,
            "Regionen mit Hinweisen": len(regions),
            "In welchen Regionen Hinweise": ", ".join(f"Region {one}" for one in regions),
            "Stufe": URGENCY[max(urgent, key=list(URGENCY).index)],
        }
    for row, one in zip(told_themes, burdens(plain), strict=False):
        assert row.pop("Anteil an allen Fällen der Stadt (%)") == pytest.approx(one["cases"], rel=1e-9)
        assert row.pop("Anteil nach ihrer Größe (%)") == pytest.approx(one["people"], rel=1e-9)
        assert {name: cell for name, cell in row.items() if cell not in (None, "")} == {
            "Indikator": plain.catalogue[one["key"]].title["de"],
            "Regionen mit mindestens 10 % höherer Belastung als die Stadt": len(one["regions"]),
            "Welche Regionen": ", ".join(f"Region {region}" for region in one["regions"]),
            "seit": one["since"],
            "Seit zwei Jahren": one["trend"],
            "Regionen mit Hinweisen": 0,
        }
    changed = news(warnings, last_warnings, plain)
    found = {word: set() for word in changed}
    for row in sheet_of(book, "Neu und beendet"):
        found[row["Gegenüber dem Vorbericht"]].add((row["Indikator"], row["Gebiet"], row["Region"]))
    assert found == changed
    sentences = [row["Hinweis in Worten"] for row in sheet_of(book, "Hinweise")]
    assert sentences == warnings["sentence_de"].tolist()


def test_the_made_group_is_in_the_catalogue_of_the_plain_table(grouped):
    assert WOMEN in grouped[1].catalogue
    assert WOMEN not in read_catalogue()
