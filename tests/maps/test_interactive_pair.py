"""Two indicators in the interactive map, in a real browser with the network off.

Colors, counts and limits are compared with a count by hand from the table and with `plot_bivariate`; points and
those that stand out with `plot_scatter`; what is saved with a plain table and with the screen.
"""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from itertools import combinations

import numpy as np
import pandas as pd
import pypdf
import pytest
from invented import invented_warnings, study_with_small_counts
from map_page import DESK, PHONE, open_page
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from test_interactive_access import axe_findings
from test_interactive_take import SVG, number, say, table_of, take

import regsam_geo as rg
from regsam_geo.audit.map_page import figures_of_map
from regsam_geo.audit.sheets import Context
from regsam_geo.look.palettes import BIVARIATE, BIVARIATE_GREY

FOREIGN, UNEMPLOYED, MOVES = "Nichtdeutsche", "Arbeitslose - Anteil", "Innerräumliche Umzugsziffer"
PAIR = {"indicator": FOREIGN, "view": "pair", "second": UNEMPLOYED}
SHOW = "parts => { location.hash = new URLSearchParams(parts).toString(); }"
FILLS = "paths => paths.map(p => [p.dataset.area, getComputedStyle(p).fill])"
POINTS = """all => Object.fromEntries(all.map(one => { const dot = one.querySelector('.rg-dot');
  return [one.dataset.row, [Number(dot.getAttribute('cx')), Number(dot.getAttribute('cy')),
                            getComputedStyle(dot).fill, dot.classList.contains('rg-far')]]; }))"""
FIELDS = "all => all.map(one => getComputedStyle(one).fill)"
TEXTS = "all => all.map(one => one.textContent)"


@pytest.fixture(scope="module")
def sample():
    return rg.load_sample()


@pytest.fixture(scope="module")
def files(tmp_path_factory, sample):
    folder = tmp_path_factory.mktemp("pair")
    panel = sample.sel(period=[2011, 2019, 2023, 2024])
    for lang in ("de", "en"):
        rg.Study(panel, lang=lang).explore_map(warnings=invented_warnings()).save(str(folder / f"{lang}.html"))
    return folder


@pytest.fixture(scope="module")
def hidden(tmp_path_factory):
    """A table with small counts, of which the file may hold nothing."""
    file = tmp_path_factory.mktemp("hidden") / "hidden.html"
    study = study_with_small_counts({("Eins", "04"): 2, ("Zwei", "09"): 2})
    study.explore_map("Eins").save(str(file))
    return study, file


def data_in(file):
    page = file.read_text(encoding="utf-8")
    return json.loads(re.search(r'id="rg-data">(.*?)</script>', page, re.S).group(1))


def as_hex(color):
    return (
        "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color))
        if color.startswith("rgb")
        else color
    )


def values_of(panel, indicator, period, level="district"):
    return panel.sel(indicator, period=period, level=level).data.set_index("area_id")["value"]


def third_of(values):
    """The third of each value, by counting: limits lie at the changes of value next to a third and two thirds."""
    ordered = sorted(values.dropna())
    n = len(ordered)
    changes = [i for i in range(n) if i == 0 or ordered[i] != ordered[i - 1]]
    begins = {0} | {min(changes, key=lambda i, part=part: abs(3 * i - part * n)) for part in (1, 2)}
    limits = [ordered[i] for i in sorted(begins)]
    return values.map(lambda value: sum(value >= limit for limit in limits) - 1 if value == value else -1), limits


def shown(page):
    return {area: as_hex(fill) for area, fill in page.eval_on_selector_all("path.rg-area", FILLS)}


def open_pair(page, **view):
    page.evaluate(SHOW, {**PAIR, **view})
    page.wait_for_selector(".rg-square, #rg-legend > .rg-note")


# --- what the file holds


def test_the_file_has_the_palette_of_the_page_and_says_which_numbers_stand_apart(files):
    data = data_in(files / "de.html")
    assert data["pair"]["colors"] == [list(column) for column in BIVARIATE]
    assert [one["indicator"] for one in data["series"] if one.get("apart")] == [MOVES]
    assert data["pair"]["words"]["method"].startswith("Je drei Klassen")


def test_the_audit_reads_the_file_and_finds_hidden_what_is_hidden(hidden):
    study, file = hidden
    kept = study.published.data.query("level == 'district'")
    secret = kept[kept["value"].isna()]
    assert {("Eins", "04"), ("Zwei", "09")} <= set(zip(secret["indicator"], secret["area_id"], strict=True))
    figures = list(figures_of_map(data_in(file), file.name, Context(None, "2024", 0)))
    areas = [one for one in figures if one.place[0] == "district" and one.column == "value"]
    assert sum(one.secret for one in areas) == len(secret)
    assert len(areas) == len(kept)


# --- colors and legend


@pytest.mark.slow
def test_every_two_indicators_have_the_classes_that_counting_gives(browser, files, sample):
    names = list(sample.catalogue["indicator"])
    with open_page(browser, files / "de.html") as page:
        for first, second in combinations(names, 2):
            both = sample.sel([first, second], level="district").data
            early = both[both["period"] == "2011"]["value"].notna().sum() == 50
            period = 2011 if early and (len(first) + len(second)) % 3 == 0 else 2024
            open_pair(page, indicator=first, second=second, period=period)
            across, up = (values_of(sample, name, period) for name in (first, second))
            (column, left), (row, low) = third_of(across), third_of(up)
            assert len(left) == len(low) == 3
            wanted = {area: BIVARIATE[column[area]][row[area]] for area in across.index}
            assert shown(page) == wanted, (first, second)
            counts = page.eval_on_selector_all(".rg-square text[font-size='15']", TEXTS)
            table = pd.crosstab(column, row).reindex(index=range(3), columns=range(3), fill_value=0)
            assert [int(count) for count in counts] == table.to_numpy().ravel().tolist()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("level", ["district", "region"])
def test_page_and_picture_show_the_same(browser, files, sample, lang, level):
    """Colors of the areas, numbers in the fields and limits are those of the static view."""
    study = rg.Study(sample.sel(period=[2011, 2023, 2024]), lang=lang)
    study = rg.Study(study.aggregate(), lang=study.language) if level == "region" else study
    both = [FOREIGN, "Haushalte Alleinerziehend"]
    figure = study.plot_bivariate(both)
    (areas,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "areas"]
    printed = [to_hex(color) for color in areas.get_facecolors()]
    words = [text.get_text() for text in figure.findobj(lambda one: hasattr(one, "get_text"))]
    fields = [to_hex(one.get_facecolor()) for one in figure.findobj(Rectangle) if one.get_label() == "field"]
    with open_page(browser, files / f"{lang}.html") as page:
        open_pair(page, second=both[1], level=level)
        assert list(shown(page).values()) == printed
        legend = page.eval_on_selector_all("[data-field]", FIELDS)
        assert [as_hex(color) for color in legend] == fields
        for text in page.eval_on_selector_all(".rg-square text", TEXTS):
            assert text in words, (text, words)
        # a screen reader hears the labels of the classes, and both numbers of an area
        assert page.locator("#rg-legend .rg-hidden tbody tr").count() == 3
        assert (
            page.locator("path.rg-area").first.get_attribute("aria-label").count(say("explore.class_of", lang)[:5])
            == 2
        )
        assert page.inner_text("#rg-title") == figure.page_title


@pytest.mark.slow
def test_on_a_grey_copy_lines_tell_the_second(browser, sample, tmp_path):
    study = rg.Study(sample.sel([FOREIGN, UNEMPLOYED], period=2024), lang="de")
    study.explore_map(theme="mono").save(str(tmp_path / "grey.html"))
    with open_page(browser, tmp_path / "grey.html", view=PAIR) as page:
        (column, _), (row, _) = (third_of(values_of(sample, name, 2024)) for name in (FOREIGN, UNEMPLOYED))
        for area, fill in shown(page).items():
            if row[area] == 0:
                assert fill == BIVARIATE_GREY[column[area]]
                continue
            assert fill == f'url("#rg-pair-{column[area]}-{row[area]}")'
            pattern = page.locator(f"#rg-pair-{column[area]}-{row[area]}")
            assert pattern.locator("rect").get_attribute("fill") == BIVARIATE_GREY[column[area]]
        # a number does not stand in the lines
        plates = page.eval_on_selector_all(
            ".rg-number:not(.rg-no-room) span", "all => all.map(one => [one.textContent, one.style.background])"
        )
        assert plates
        for text, color in plates:
            area = f"{int(text):02d}"
            assert as_hex(color) == (BIVARIATE_GREY[column[area]] if row[area] else "")
        gaps = [float(page.locator(f"#rg-pair-0-{j}").get_attribute("width")) for j in (1, 2)]
        assert gaps[0] > 2 * gaps[1] > 0


# --- points


@pytest.mark.slow
@pytest.mark.parametrize(
    ("second", "level"),
    [(UNEMPLOYED, "district"), (MOVES, "district"), ("Bevölkerungsdichte", "district"), ("Hochbetagte", "region")],
)
def test_points_lie_where_both_values_say_and_the_same_stand_out_as_on_paper(
    browser, files, sample, second, level
):
    study = rg.Study(sample.sel(period=[2011, 2023, 2024]), lang="de")
    study = rg.Study(study.aggregate(), lang=study.language) if level == "region" else study
    figure = study.plot_scatter([FOREIGN, second])
    ordinary, far = (
        {(round(x, 6), round(y, 6)) for x, y in zip(*line.get_data(), strict=True)}
        for line in figure.findobj(lambda one: getattr(one, "get_label", str)() == "areas")
    )
    lines = len(figure.findobj(lambda one: getattr(one, "get_label", str)() == "city"))
    with open_page(browser, files / "de.html") as page:
        open_pair(page, second=second, level=level)
        points = page.eval_on_selector_all(".rg-scatter [data-row]", POINTS)
        assert len(points) == len(ordinary | far) == (25 if level == "district" else 16)
        assert page.locator(".rg-city-line").count() == lines
        for at, name in ((0, FOREIGN), (1, second)):
            values = values_of(study.panel, name, 2024, level)
            drawn = pd.Series({area: point[at] for area, point in points.items()})
            # a straight line from the value to the place, within a quarter of a pixel beside rounding
            slope, start = np.polyfit(values[drawn.index], drawn, 1)
            room = abs(slope) * 0.6 * 10 ** -(1 if values.max() < 1000 else 0) + 0.5
            assert (drawn - (slope * values[drawn.index] + start)).abs().max() < room
            assert (slope > 0) == (at == 0)
        # each point has the color of its area
        assert {area: as_hex(point[2]) for area, point in points.items()} == shown(page)
        named = {area for area, point in points.items() if point[3]}
        assert len(named) == len(far)
        wanted = sorted(x_of for x_of, _ in far)
        values = values_of(study.panel, FOREIGN, 2024, level)
        assert np.allclose(sorted(values[list(named)]), wanted, atol=0.051)


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_no_word_in_the_points_lies_over_another_or_outside(browser, files, viewport):
    with open_page(browser, files / "en.html", viewport=viewport) as page:
        for first, second in ((FOREIGN, UNEMPLOYED), (MOVES, "Bevölkerungsdichte"), ("Hochbetagte", FOREIGN)):
            open_pair(page, indicator=first, second=second)
            frame = page.locator(".rg-scatter").bounding_box()
            boxes = page.eval_on_selector_all(
                ".rg-scatter text",
                "all => all.map(one => { const b = one.getBoundingClientRect();"
                " return [one.textContent, b.left, b.top + 3, b.right, b.bottom - 3]; })",
            )
            for i, (text, left, top, right, bottom) in enumerate(boxes):
                assert left >= frame["x"] - 1, text
                assert right <= frame["x"] + frame["width"] + 1, text
                for other in boxes[:i]:
                    over = (
                        min(right, other[3]) - max(left, other[1]) > 1
                        and min(bottom, other[4]) - max(top, other[2]) > 1
                    )
                    assert not over, (text, other[0])
            assert page.evaluate("() => document.documentElement.scrollWidth") == viewport["width"]


# --- mouse and keyboard


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_three_clicks_lead_to_any_two_indicators(browser, files, lang):
    with open_page(browser, files / f"{lang}.html") as page:
        page.get_by_label(say("explore.view_pair", lang)).click()
        assert page.inner_text("#rg-title") == page.title().rsplit(", ", 1)[0]
        # the first two headlines, as on paper
        assert page.inner_text("#rg-title") == rg.load_study(lang=lang).plot_bivariate().page_title
        page.select_option(
            "#rg-second", label=page.locator("#rg-second option:not(:disabled)").nth(3).inner_text()
        )
        assert page.locator(".rg-scatter [data-row]").count() == 25
        assert page.locator("#rg-classes-box").is_hidden()
        page.get_by_label(say("explore.view_map", lang), exact=True).click()
        assert page.locator(".rg-square, .rg-scatter, #rg-second:visible").count() == 0


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_keyboard_chooses_and_goes_from_point_to_point(browser, files, sample, lang):
    with open_page(browser, files / f"{lang}.html", view={"indicator": FOREIGN}) as page:
        page.focus("input[name=rg-view]:checked")
        while page.evaluate("() => document.activeElement.value") != "pair":
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Tab")
        assert page.evaluate("() => document.activeElement.id") == "rg-second"
        before = page.inner_text("#rg-title")
        page.keyboard.press("ArrowDown")
        assert page.inner_text("#rg-title") != before
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert page.locator("#rg-chart").is_hidden()
        assert "points=0" in page.url
        page.keyboard.press("Space")
        open_pair(page)
        page.focus(".rg-scatter [tabindex='0']")
        order = list(values_of(sample, FOREIGN, 2024).sort_values(kind="stable").index)
        for area in order[:4]:
            focused = page.evaluate("() => document.activeElement.dataset.row")
            values = values_of(sample, FOREIGN, 2024)
            assert abs(values[focused] - values[area]) < 0.06
            # the area on the map is marked, and its numbers stand beside it
            assert page.locator("path.rg-lit").get_attribute("data-area") == focused
            tip = page.inner_text(".rg-tooltip")
            assert tip.startswith(focused)
            assert tip.count("%") == 2
            page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.dataset.row") == page.locator(
            "path[aria-pressed=true].rg-area"
        ).get_attribute("data-area")
        assert page.locator("#rg-panel .rg-facts").count() == 2
        page.keyboard.press("Escape")
        assert page.locator("path[aria-pressed=true].rg-area").count() == 0


@pytest.mark.slow
def test_pointing_at_one_marks_the_other(browser, files):
    with open_page(browser, files / "de.html", view=PAIR) as page:
        page.hover("path[data-area='24']")
        assert page.locator(".rg-scatter .rg-lit").get_attribute("data-row") == "24"
        page.hover(".rg-scatter [data-row='11'] .rg-dot", force=True)
        assert page.locator("path.rg-lit").get_attribute("data-area") == "11"
        assert page.inner_text(".rg-tooltip").startswith("11 ")
        page.mouse.move(640, 30)
        page.wait_for_function("() => !document.querySelector('.rg-lit, .rg-tooltip')")
        page.click(".rg-scatter [data-row='11'] .rg-dot", force=True)
        assert "area=11" in page.url
        assert page.inner_text("#rg-panel h2").startswith("11 ")


@pytest.mark.slow
def test_one_indicator_is_never_chosen_twice_and_one_alone_has_no_second(browser, files, sample, tmp_path):
    with open_page(browser, files / "de.html", view=PAIR) as page:
        page.select_option("#rg-indicator", UNEMPLOYED)
        assert page.inner_text("#rg-title") == "Arbeitslose und Nichtdeutsche"
        # numbers without regions cannot be the second there
        page.locator("input[name=rg-level][value=region]").check(force=True)
        assert MOVES in page.locator("#rg-second option:disabled").all_inner_texts()[0] or (
            page.locator("#rg-second option:disabled").count() > 1
        )
        open_pair(page, second="Gibt es nicht")
        assert page.locator(".rg-square").count() == 1
    rg.Study(sample.sel(FOREIGN, period=2024), lang="de").explore_map().save(str(tmp_path / "one.html"))
    with open_page(browser, tmp_path / "one.html", view={"view": "pair"}) as page:
        assert page.locator("input[name=rg-view][value=pair]").count() == 0
        assert page.locator(".rg-legend tbody tr").count() == 5


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_axe_finds_nothing_serious(browser, files, lang, viewport):
    with open_page(browser, files / f"{lang}.html", viewport=viewport, view=PAIR) as page:
        for view in ({}, {"area": "11", "table": "1"}, {"points": "0"}):
            open_pair(page, **view)
            assert axe_findings(page) == [], view


# --- hidden and missing


@pytest.mark.slow
def test_areas_with_a_hidden_number_have_no_color_and_no_point(browser, hidden):
    study, file = hidden
    kept = study.published.data.query("level == 'district'").set_index(["indicator", "area_id"])["value"]
    gone = {area for _, area in kept[kept.isna()].index}
    assert gone
    with open_page(browser, file, view={"view": "pair"}) as page:
        fills = shown(page)
        assert {area for area, fill in fills.items() if fill.startswith("url")} == gone
        assert {fills[area] for area in gone} == {'url("#rg-hatch-secret")'}
        assert set(page.eval_on_selector_all(".rg-scatter [data-row]", POINTS)) == set(fills) - gone
        rows = page.locator(".rg-legend tbody tr")
        assert sum(int(count) for count in rows.locator("td:last-child").all_inner_texts()) == len(gone)
        told = " ".join(page.locator("#rg-chart .rg-note").all_inner_texts())
        assert all(re.search(rf"\b{int(area)}\b", told) for area in gone) or "…" in told or "weitere" in told
        page.click("#rg-show-table")
        assert say("sign.suppressed", "de") in page.inner_text("#rg-table")


# --- taken away


@pytest.mark.slow
@pytest.mark.parametrize("area", ["", "11", "24"])
def test_it_prints_on_one_page_with_both_numbers_of_the_pinned_area(browser, files, sample, area):
    with open_page(browser, files / "de.html", view={**PAIR, **({"area": area} if area else {})}) as page:
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
        assert len(printed.pages) == 1
        words = " ".join(printed.pages[0].extract_text().replace("\xa0", " ").split())
        page.evaluate("() => dispatchEvent(new Event('beforeprint'))")
        side = page.locator(".rg-side").bounding_box()
        for table in page.locator(".rg-facts, .rg-cut-note").all():
            box = table.bounding_box()
            assert box["y"] + box["height"] <= side["y"] + side["height"] + 1
        assert page.locator(".rg-facts").count() == (2 if area else 0)
    for indicator in (FOREIGN, UNEMPLOYED) if area else ():
        value = f"{values_of(sample, indicator, 2024)[area]:.1f}".replace(".", ",")
        assert value in words


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_csv_has_both_numbers_and_both_classes(browser, files, sample, lang):
    with open_page(browser, files / f"{lang}.html", view={**PAIR, "period": "2023"}) as page:
        saved, name = take(page, "csv")
    head, *rows = table_of(saved, lang)
    assert "2023" in name
    assert len(rows) == 25
    first, second = (at for at, text in enumerate(head) if text.split(",")[0] == say("explore.value", lang))
    bands = [at for at, text in enumerate(head) if text == say("explore.range", lang)]
    for at, band, indicator in ((first, bands[0], FOREIGN), (second, bands[1], UNEMPLOYED)):
        values = values_of(sample, indicator, 2023)
        thirds, limits = third_of(values)
        for row in rows:
            area = row[head.index(say("explore.area", lang))][:2]
            assert number(row[at], lang) == values[area]
            low = re.match(r"[\d.,]+", row[band]).group()
            assert number(low, lang) == limits[thirds[area]]


@pytest.mark.slow
@pytest.mark.parametrize("points", ["1", "0"])
def test_the_saved_picture_shows_what_is_seen_with_its_legend(browser, files, points):
    with open_page(browser, files / "de.html", view={**PAIR, "points": points}) as page:
        saved, _ = take(page, "svg")
        fills = shown(page)
        legend = page.eval_on_selector_all("[data-field]", FIELDS)
        said = page.eval_on_selector_all(".rg-square text, .rg-scatter text", TEXTS)
        title = page.inner_text("#rg-title")
    drawing = ET.fromstring(saved)
    areas = {one.get("data-area"): one.get("fill") for one in drawing.iter(SVG + "path") if one.get("data-area")}
    assert areas == fills
    fields = [one.get("fill") for one in drawing.iter(SVG + "rect") if one.get("data-field")]
    assert fields == [as_hex(color) for color in legend]
    dots = {one.get("data-row"): one for one in drawing.iter(SVG + "g") if one.get("data-row")}
    assert len(dots) == (25 if points == "1" else 0)
    for area, dot in dots.items():
        assert fills[area] in {circle.get("fill") for circle in dot.iter(SVG + "circle")}
    texts = [one.text for one in drawing.iter(SVG + "text")]
    assert set(said) <= set(texts)
    assert title in texts
    # everything lies on the sheet
    width = float(drawing.get("width"))
    for part in drawing:
        if part.get("x") and part.get("width"):
            assert float(part.get("x")) + float(part.get("width")) <= width + 1


@pytest.mark.slow
def test_the_address_opens_the_same_view(browser, files):
    with open_page(
        browser, files / "de.html", view={**PAIR, "area": "11", "points": "0", "period": "2011"}
    ) as page:
        page.evaluate("() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }")
        page.click("#rg-take")
        page.click("#rg-take-link")
        page.wait_for_function("() => window.copied")
        copied, before = page.evaluate("() => window.copied"), shown(page)
    with open_page(browser, files / "de.html") as page:
        page.evaluate("url => { location.href = url; }", copied)
        page.wait_for_selector(".rg-square")
        assert shown(page) == before
        assert page.locator("#rg-chart").is_hidden()
        assert page.inner_text("#rg-panel h2").startswith("11 ")
        assert page.input_value("#rg-second") == str(
            list(rg.load_sample().catalogue["indicator"]).index(UNEMPLOYED)
        )
