"""Five questions are answered by the first screen alone, in other years and beside an earlier report.

Which areas are most burdened, which get worse, what is new, what ended, where to look next: the answers are read
from the page, and compared with the plain table of figures and with the lists of warnings of both reports.
"""

from __future__ import annotations

import csv
import io
import re
import sys
from html import unescape
from pathlib import Path

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.products.map_files import MapFiles
from regsam_geo.summary.words.first_page import situation_legend
from regsam_geo.summary.words.report_page import report_page
from regsam_geo.summary.words.report_words import warning_table
from regsam_geo.summary.writers.html import render_html
from regsam_geo.summary.writers.spreadsheets import csv_bytes

sys.path.insert(0, str(Path(__file__).parents[2] / "maps"))
sys.path.insert(0, str(Path(__file__).parents[2] / "printed"))
from map_page import DESK, open_browser
from plain_table import Plain, read_names

pytestmark = pytest.mark.usefixtures("few_null_reports")

NAMES = read_names()
BURDENS = [
    ("Arbeitslose - Anteil", "insgesamt"),
    ("(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil", "insgesamt"),
    ("(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil", "insgesamt"),
    ("Haushalte Alleinerziehend", "insgesamt"),
]
SLOW = pytest.mark.slow
YEARS = [2016, *(pytest.param(year, marks=SLOW) for year in (2008, 2010, 2014, 2020, 2022, 2024))]


@pytest.fixture(scope="module")
def plain():
    return Plain.of_file()


def place(district):
    return f"{int(district)} {NAMES[district]}"


def answers(html):
    """The headings of the first screen and the lines beneath each, as they are read."""
    section = re.search(r'<section id="lage".*?</section>', html, re.DOTALL)[0]
    section = re.sub(r"<svg\b.*?</svg>", "", section, flags=re.DOTALL)
    heads = re.split(r"<h3>(.*?)</h3>", section, flags=re.DOTALL)[1:]
    found = {}
    for head, body in zip(heads[::2], heads[1::2], strict=True):
        body = body.partition('<p class="links">')[0]
        lines = re.findall(r"<(?:li|p)>(.*?)</(?:li|p)>", body, re.DOTALL)
        found[said(head)] = [said(line) for line in lines]
    return found


def said(text):
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).replace("\N{NO-BREAK SPACE}", " ").split())


def answer(found, start):
    return next(lines for head, lines in found.items() if head.startswith(start))


def index_of(plain, *years):
    """The mean of standardized burdens, or of their changes between two years, standardized once more."""
    areas = sorted(NAMES)
    columns = []
    for key in BURDENS:
        known = [(*key, str(year), "district", areas[0]) in plain.rows for year in years]
        if not known[-1]:
            continue
        if not all(known):
            # an indicator that begins has no change, and then the index has none
            return {}
        values = [np.array([plain.exact(key, str(year), area=area) for area in areas]) for year in years]
        x = values[-1] - values[0] if len(years) > 1 else values[0]
        columns.append((x - x.mean()) / x.std())
    x = np.mean(columns, axis=0)
    return dict(zip(areas, (x - x.mean()) / x.std(), strict=True))


def listed(table):
    """Area and indicator of each warning in a list as it is handed out, with its line."""
    rows = csv.DictReader(io.StringIO(table.decode("utf-8-sig")), delimiter=";")
    return {
        (place(area.split()[0]), re.sub(r"\s+\([^()]*\)$", "", row["Indikator"])): row
        for row in rows
        for area in re.split(r", (?=\d)", row["Gebiet"])
    }


def units(lines):
    """Area and indicator of each line: ``5 Au-Haidhausen, 14 Berg am Laim: Arbeitslose ▲ 3,6 %, ...``."""
    found = set()
    for line in lines:
        areas, _, told = line.partition(": ")
        title = re.split(r"(?: [▲▼])? [\d.]+(?:,\d+)? (?:%|je)| [–-] |(?: [▲▼])? [\d.]+(?:,\d+)?,", told)[0]
        found |= {(area, title) for area in re.split(r", (?=\d)", areas)}
    return found


def check_the_state(plain, found, year):
    """The first two questions, by the plain table."""
    level, change = index_of(plain, year), index_of(plain, year - 2, year)
    told = dict(line.split(": ", 1) for line in answer(found, "Am stärksten belastet"))
    wanted = {"sehr hoch": [a for a in level if level[a] > 1.5], "hoch": [a for a in level if 1 < level[a] <= 1.5]}
    for word, areas in wanted.items():
        ordered = [place(area) for area in sorted(areas, key=lambda one: -level[one])]
        assert re.split(r", | und ", told.get(word, "")) == (ordered or [""])
    burdened = [area for areas in wanted.values() for area in areas]
    worse = [place(area) for area in sorted(burdened, key=lambda one: -level[one]) if change.get(area, 0) > 1]
    if change:
        assert answer(found, f"Belastet, und seit {year - 2}") == (
            worse or ["Keines der belasteten Gebiete entwickelt sich ungünstiger als die anderen."]
        )
    else:
        assert not any(head.startswith("Belastet, und") for head in found)


def check_the_news(found, before, now, year):
    """What is new, ended and open: by the two lists of warnings."""
    fresh = {one for one, row in now.items() if row["Stand"] in ("neu", "wiederkehrend")}
    assert fresh == set(now) - set(before)
    check_lines(answer(found, "Neue Hinweise"), fresh, fresh, "Kein neuer Hinweis.")
    gone = set(before) - set(now)
    # what was noticed more than ten reports ago is not followed any longer
    followed = {one for one in gone if int(before[one]["seit"]) > year - 10}
    check_lines(answer(found, "Beendet"), followed, gone, "Kein Hinweis ist beendet.")
    left = set(now) & set(before)
    check_lines(answer(found, "Weiter offen"), set(), left, None)


def check_lines(lines, least, most, nothing):
    """Whether a list tells all that it must, up to five lines, and nothing that it must not."""
    more = [line for line in lines if re.match(r"und \d+ weiterer?", line)]
    told = units(line for line in lines if line not in more and line != nothing and ":" in line)
    assert told <= most
    if more:
        assert len(lines) == 6
    else:
        assert told >= least
    if not least and not most:
        assert nothing is None or lines == [nothing]


def check_the_next(found, now):
    """Places to look next are none that warn already, each told once."""
    lines = answer(found, "Wo als Nächstes hinsehen")
    assert len(set(lines)) == len(lines) == 10
    assert not units(lines) & set(now)


@pytest.mark.parametrize("year", YEARS)
def test_of_another_year(plain, year):
    study = rg.load_study(lang="de")
    facts = gather_report_facts(study, year)
    found = answers(render_html("report.html", report_page(facts, None, {})))
    assert len(found) == 6 if index_of(plain, year - 2, year) else 5
    check_the_state(plain, found, year)
    before, now = (
        listed(csv_bytes(warning_table(gather_report_facts(study, one)), "de")) for one in (year - 1, year)
    )
    check_the_news(found, before, now, year)
    check_the_next(found, now)


@SLOW
@pytest.mark.parametrize("year", [2016, 2024])
def test_beside_the_folder_of_an_earlier_report(plain, year, tmp_path):
    sample = rg.load_sample()
    early = rg.Study(sample.sel(period=[one for one in sample.periods if int(one) < year]), lang="de")
    rg.write_report(early, tmp_path / "alt", period=year - 1)
    study = rg.Study(sample, previous=early.panel, lang="de")
    facts = gather_report_facts(study, year)
    html = render_html("report.html", report_page(facts, MapFiles(facts).situation_alone, {}))
    found = answers(html)
    check_the_state(plain, found, year)
    before = listed((tmp_path / "alt" / "hinweise.csv").read_bytes())
    now = listed(csv_bytes(warning_table(facts), "de"))
    check_the_news(found, before, now, year)
    check_the_next(found, now)
    # all of it stands on one screen
    page_file = tmp_path / "index.html"
    page_file.write_text(html, encoding="utf-8")
    with open_browser() as browser:
        page = browser.new_context(viewport=DESK, offline=True).new_page()
        page.goto(page_file.as_uri())
        box = page.locator("#lage").bounding_box()
        assert box["y"] + box["height"] <= DESK["height"]


@pytest.mark.parametrize(("year", "ways"), [(2012, 1), (2024, 3)])
def test_the_legend_counts_every_area_once(year, ways):
    """Of 2012 nobody knows a direction, as an indicator begins there: the classes are counted alone."""
    study = rg.load_study(lang="de")
    legend = situation_legend(study.social_situation(period=year), "de")
    assert len(legend["directions"]) == ways
    assert all(len(row["counts"]) == ways for row in legend["burdens"])
    assert sum(int(count) for row in legend["burdens"] for count in row["counts"]) == len(NAMES)
    assert bool(legend["directions"][0]["arrow"]) == (ways == 3)
