"""The ranking beside the interactive map, in a real browser with the network off, against the static ranking."""

from __future__ import annotations

import csv
import io
import xml.etree.ElementTree as ET

import pypdf
import pytest
from invented import invented_panel
from map_page import DESK, PHONE, open_page
from test_interactive_access import axe_findings
from test_interactive_take import number, say, take

import regsam_geo as rg
from regsam_geo.charts.ranking_rows import ranked_of
from regsam_geo.look.style import Style
from regsam_geo.text import format_number

pytestmark = pytest.mark.slow

UNEMPLOYED = "Arbeitslose - Anteil"
MOVES = "Innerräumliche Umzugsziffer"
SVG = "{http://www.w3.org/2000/svg}"
VIEW = {"view": "ranking", "indicator": UNEMPLOYED}
# where the range and the mark of each row lie on the screen, and where the scale has its marks
SEEN = """() => {
  const middle = (e) => { const box = e.getBoundingClientRect(); return box.left + box.width / 2; };
  const rows = [...document.querySelectorAll('#rg-chart [data-row]')];
  const marks = [...document.querySelectorAll('.rg-drawn > [class^=rg-ranked-]:not(.rg-ranked-grid):not(.rg-ranked-city)')].slice(0, rows.length);
  const words = [...document.querySelectorAll('.rg-drawn > text')];
  return {
    rows: rows.map((row, i) => {
      const box = row.querySelector('.rg-range').getBoundingClientRect();
      return { area: row.dataset.row, low: box.left, high: box.right, texts: [...row.querySelectorAll('text')].map(t => t.textContent),
               at: middle(marks[i]), side: marks[i].getAttribute('class').slice(10), label: row.getAttribute('aria-label'),
               box: [row.getBoundingClientRect().top, row.getBoundingClientRect().bottom] };
    }),
    ticks: words.map(t => [t.textContent, middle(t)]),
    city: document.querySelector('.rg-ranked-city') && middle(document.querySelector('.rg-ranked-city')),
  };
}"""  # noqa: E501


@pytest.fixture(scope="module")
def studies():
    panel = rg.load_sample().sel([UNEMPLOYED, MOVES, "Nichtdeutsche"], period=[2020, 2021, 2022, 2023, 2024])
    return {lang: rg.Study(panel, lang=lang) for lang in ("de", "en")}


@pytest.fixture(scope="module")
def files(tmp_path_factory, studies):
    folder = tmp_path_factory.mktemp("ranking")
    for lang, study in studies.items():
        rg.explore_map(study).save(str(folder / f"{lang}.html"))
    return {lang: folder / f"{lang}.html" for lang in studies}


def ranked(study, indicator, period, level="district"):
    return ranked_of(study, study.pick(indicator, None, period, level), Style())


def scale_of(seen, ranked):
    """From numbers to places on the screen, by the marks that a reader reads: the first and last of the scale."""
    ticks = []
    for text, place in seen["ticks"]:
        bare = text.replace("\xa0", " ").removesuffix(" %").replace("je 1.000", "").strip()
        if bare.replace(",", "").replace(".", "").isdigit():
            ticks.append((float(bare.replace(",", ".")), place))
    (one, left), (other, right) = ticks[0], ticks[-1]
    assert other > one
    return lambda value: left + (value - one) * (right - left) / (other - one)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_order_ranges_marks_and_ranks_are_those_of_the_static_ranking(browser, files, studies, lang, viewport):
    for period, level in (("2024", "district"), ("2021", "region")):
        wanted = ranked(studies[lang], UNEMPLOYED, period, level)
        view = {**VIEW, "period": period, "level": level}
        with open_page(browser, files[lang], view=view, viewport=viewport) as page:
            seen = page.evaluate(SEEN)
            sideways = page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
        assert sideways
        assert [row["area"] for row in seen["rows"]] == list(wanted.rows.index)
        place = scale_of(seen, wanted)
        assert seen["city"] == pytest.approx(place(wanted.center), abs=2)
        for row, (area, told) in zip(seen["rows"], wanted.rows.iterrows(), strict=True):
            assert row["at"] == pytest.approx(place(told["value"]), abs=2), area
            # a step of a range is a point or two
            assert (row["low"], row["high"]) == pytest.approx((place(told["low"]), place(told["high"])), abs=3.5)
            assert row["side"] == {1: "above", -1: "below", 0: "neither"}[int(told["side"])]
            value, rank = (text.replace("\xa0", " ") for text in row["texts"][-2:])
            assert value == format_number(round(told["value"] + 1e-9, 1), 1, "%", lang=lang).replace("\xa0", " ")
            assert rank == f"{told['rank']:.0f} ({told['best']:.0f}–{told['worst']:.0f})"
            assert rank in row["label"]
        # no row lies over another
        boxes = [row["box"] for row in seen["rows"]]
        assert all(boxes[i][1] <= boxes[i + 1][0] + 0.5 for i in range(len(boxes) - 1))


def test_what_depends_on_the_size_of_an_area_is_not_set_beside_the_city(browser, files, studies):
    with open_page(browser, files["de"], view={**VIEW, "indicator": MOVES}) as page:
        seen = page.evaluate(SEEN)
        notes = page.locator("#rg-chart .rg-note").all_inner_texts()
    assert seen["city"] is None
    assert {row["side"] for row in seen["rows"]} == {"dot"}
    assert any("hängt davon ab, wie groß ein Gebiet ist" in note for note in notes)
    assert [row["area"] for row in seen["rows"]] == list(ranked(studies["de"], MOVES, "2024").rows.index)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_two_clicks_lead_there_and_the_address_keeps_it(browser, files, lang):
    with open_page(browser, files[lang]) as page:
        names = page.locator("#rg-views span").all_inner_texts()
        assert names[:2] == [say("explore.view_map", lang), say("explore.view_ranking", lang)]
        page.click("input[name=rg-view][value=ranking]")
        assert page.locator("#rg-chart [data-row]").count() == 25
        assert "view=ranking" in page.url
        page.click("[data-row='16']")
        address = page.url
    with open_page(browser, files[lang]) as page:
        page.evaluate("hash => { location.hash = hash; }", address.split("#")[1])
        page.wait_for_selector("#rg-chart [data-row='16'][aria-pressed=true]")
        page.click("#rg-reset")
        assert page.locator("#rg-chart").is_hidden()


def test_map_and_ranking_point_to_each_other(browser, files):
    with open_page(browser, files["de"], view=VIEW) as page:
        page.hover("[data-row='16']")
        lit = "() => [...document.querySelectorAll('.rg-lit')].map(e => e.dataset.area || e.dataset.row).sort()"
        assert page.evaluate(lit) == ["16", "16"]
        page.hover("path.rg-area[data-area='24']")
        assert page.evaluate(lit) == ["24", "24"]
        page.click("[data-row='16']")
        assert page.get_attribute("path.rg-area[data-area='16']", "aria-pressed") == "true"
        assert page.inner_text("#rg-panel h2").startswith("16 ")
        page.click("path.rg-area[data-area='24']")
        assert page.get_attribute("[data-row='24']", "aria-pressed") == "true"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_keyboard_goes_through_the_rows(browser, files, studies, lang):
    order = list(ranked(studies[lang], UNEMPLOYED, "2024").rows.index)
    focused = "() => document.activeElement.dataset.row"
    with open_page(browser, files[lang]) as page:
        page.focus("input[name=rg-view][value=map]")
        page.keyboard.press("ArrowRight")
        assert page.locator("#rg-chart").is_visible()
        page.focus(f"[data-row='{order[0]}']")
        assert page.locator("#rg-chart [data-row][tabindex='0']").count() == 1
        for key, at in (("ArrowDown", 1), ("ArrowDown", 2), ("ArrowUp", 1), ("End", 24), ("Home", 0)):
            page.keyboard.press(key)
            assert page.evaluate(focused) == order[at]
        page.keyboard.press("Enter")
        # the chart is drawn anew, and the keyboard stays where it was
        assert page.evaluate(focused) == order[0]
        assert page.get_attribute(f"path.rg-area[data-area='{order[0]}']", "aria-pressed") == "true"
        page.keyboard.press("Escape")
        assert page.locator("path.rg-area[aria-pressed=true]").count() == 0


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_axe_finds_nothing_serious(browser, files, lang, viewport):
    for view in (VIEW, {**VIEW, "area": "16", "table": "1"}, {**VIEW, "indicator": MOVES}):
        with open_page(browser, files[lang], view=view, viewport=viewport) as page:
            assert axe_findings(page) == []


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_saved_table_holds_the_possible_ranks(browser, files, studies, lang):
    wanted = ranked(studies[lang], UNEMPLOYED, "2024").rows
    with open_page(browser, files[lang], view=VIEW) as page:
        saved, name = take(page, "csv")
    assert say("explore.view_ranking", lang) in name
    head, *rows = csv.reader(
        io.StringIO(saved.decode("utf-8-sig"), newline=""), delimiter=";" if lang == "de" else ","
    )
    place = {text: at for at, text in enumerate(head)}
    best, worst = (place[say(f"label.explore.ranking_{end}", lang)] for end in ("best", "worst"))
    side = place[say("label.explore.ranking_standing", lang)]
    words = {1: "above", -1: "below", 0: "neither"}
    for row in rows:
        told = wanted.loc[row[place[say("explore.area", lang)]][:2]]
        assert (number(row[best], lang), number(row[worst], lang)) == (told["best"], told["worst"])
        assert row[side] == say(f"label.ranking.{words[int(told['side'])]}", lang)


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_saved_picture_shows_rows_marks_and_notes(browser, files, viewport):
    with open_page(browser, files["de"], view={**VIEW, "area": "16"}, viewport=viewport) as page:
        saved, _ = take(page, "svg")
        seen = page.evaluate(SEEN)
        notes = page.locator("#rg-chart .rg-note").all_inner_texts()
        legend = page.locator(".rg-legend tbody th").all_inner_texts()
    root = ET.fromstring(saved)
    rows = {row.get("data-row"): row for row in root.iter(f"{SVG}g") if row.get("data-row")}
    assert list(rows) == [row["area"] for row in seen["rows"]]
    for row in seen["rows"]:
        own = rows[row["area"]]
        assert ["".join(text.itertext()) for text in own.iter(f"{SVG}text")] == row["texts"]
        (bar,) = [rect for rect in own.iter(f"{SVG}rect") if rect.get("fill") == "#c9ced2"]
        assert float(bar.get("width")) == pytest.approx(row["high"] - row["low"], abs=1)
    whole = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text")).replace("\xa0", " ")
    for part in (*notes, *legend):
        assert part.replace("\xa0", " ") in whole
    assert len({path.get("data-area") for path in root.iter(f"{SVG}path") if path.get("data-area")}) == 25
    width, height = (float(root.get(side)) for side in ("width", "height"))
    frame = root.find(f"{SVG}svg")
    assert float(frame.get("x")) + float(frame.get("width")) <= width
    assert float(frame.get("y")) + float(frame.get("height")) <= height


def test_it_prints_on_one_page_of_a4(browser, files):
    with open_page(browser, files["de"], view={**VIEW, "area": "16"}) as page:
        paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(paper.pages) == 1
    words = " ".join(paper.pages[0].extract_text().split())
    for part in (
        "Stadt 3,9 %",
        "klar darüber",
        "04 Schwabing-West",
        "25 (21–25)",
        "in 95 von 100 Fällen",
        "dl-de/by-2-0",
    ):
        assert part in words.replace("\xa0", " "), part


def test_of_many_areas_earlier_periods_have_a_sentence(browser, tmp_path):
    panel = invented_panel(tuple(str(year) for year in range(2017, 2025)))
    rg.explore_map(rg.Study(panel, lang="de"), "Nichtdeutsche").save(str(tmp_path / "map.html"))
    view = {"view": "ranking", "indicator": "Nichtdeutsche", "level": "subdistrict", "period": "2018"}
    with open_page(browser, tmp_path / "map.html", view=view) as page:
        assert page.locator("#rg-chart [data-row]").count() == 0
        assert "erst seit 2020" in page.inner_text("#rg-chart")
        take(page, "csv")
        page.keyboard.press("Escape")
        page.focus("#rg-period")
        page.keyboard.press("End")
        assert page.locator("#rg-chart [data-row]").count() == 108
