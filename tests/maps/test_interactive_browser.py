"""The interactive map in a real browser, with the network off: every control, colors against Python."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from invented import invented_warnings, panel_with_gaps_and_groups
from map_page import PHONE, open_page

import regsam_geo as rg
from regsam_geo.indicators import aggregate_to_regions, unrounded_values
from regsam_geo.look import classify, get_theme
from regsam_geo.maps.interactive.assets import read_asset
from regsam_geo.text import format_number
from regsam_geo.text.numbers import separators

pytestmark = pytest.mark.slow

UNEMPLOYED = "Arbeitslose - Anteil"
FOREIGN = "Nichtdeutsche"
DENSITY = "Bevölkerungsdichte"


@pytest.fixture(scope="module")
def sample():
    panel = rg.load_sample()
    regions = aggregate_to_regions(panel).data.query("level == 'region'")
    return rg.Panel(pd.concat([panel.data, regions]), panel.catalogue)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("map")
    paths = {}
    for lang in ("de", "en"):
        paths[lang] = folder / f"{lang}.html"
        rg.explore_map(rg.load_study(lang=lang), warnings=invented_warnings()).save(str(paths[lang]))
    return paths


def fills(page):
    """Area id -> color of every drawn area, as the browser paints it."""
    found = page.eval_on_selector_all(
        "path.rg-area", "paths => paths.map(p => [p.dataset.area, getComputedStyle(p).fill])"
    )
    return {area: as_hex(color) for area, color in found}


def as_hex(color):
    if not color.startswith("rgb("):
        return color
    return "#" + "".join(f"{int(part):02x}" for part in color[4:-1].split(","))


def expected_fills(panel, indicator, period, level, own, method="apart", group="insgesamt"):
    """The same colors from the frame, without the map's code."""
    entry = panel.entry(indicator, group)
    rows = panel.sel(indicator, group=group, level=level).data
    now = rows[rows["period"] == period].set_index("area_id")["value"]
    decimals = int(entry["decimals"])
    classes = classify(now if own else rows["value"], method, 5, decimals=decimals)
    colors = classes.colors(get_theme("meeting").sequential)
    return {area: colors[found] for area, found in zip(now.index, classes.assign(now), strict=True) if found >= 0}


def text(page, selector):
    return page.locator(selector).inner_text().replace("\xa0", " ")


def choose(page, **wishes):
    """Drive the controls as a reader does."""
    for name, wish in wishes.items():
        if name in ("indicator", "group"):
            page.select_option(f"#rg-{name}", wish)
        elif name == "period":
            slider = page.locator("#rg-period")
            slider.evaluate("(input, at) => { input.value = at; input.dispatchEvent(new Event('input')); }", wish)
        else:
            page.locator(f"input[name=rg-{name}][value='{wish}']").check(force=True)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_page_writes_numbers_as_python_does(browser, lang):
    rng = np.random.default_rng(5)
    cases = [
        (int(whole), decimals, unit, sign)
        for decimals in range(5)
        for whole in (0, 1, -1, 5, 999, 1000, -1000, 123456, -1234567, *rng.integers(-(10**9), 10**9, 60))
        for unit, sign in (("", False), ("%", True))
    ]
    page = browser.new_page()
    page.evaluate(read_asset("base.js") + "; globalThis.formatNumber = formatNumber;")
    decimal, group = separators(lang)
    written = page.evaluate(
        "([cases, marks]) => cases.map(([whole, decimals, unit, sign]) => "
        "formatNumber(whole, decimals, unit, marks, sign))",
        [cases, {"decimal": decimal, "group": group}],
    )
    page.close()
    for found, (whole, decimals, unit, sign) in zip(written, cases, strict=True):
        assert found == format_number(whole / 10**decimals, decimals, unit, sign=sign, lang=lang)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_colors_are_those_of_the_classes_in_python(browser, files, sample, lang):
    with open_page(browser, files[lang]) as page:
        for indicator in (UNEMPLOYED, FOREIGN, DENSITY, "Haushalte Alleinerziehend"):
            choose(page, indicator=indicator, level="district", classes="pooled")
            periods = sample.sel(indicator, level="district").periods
            for level, count in (("district", 25), ("region", 16)):
                choose(page, level=level)
                for at in (0, len(periods) // 2, len(periods) - 1):
                    choose(page, period=at)
                    for classes in ("pooled", "own"):
                        choose(page, classes=classes)
                        found = fills(page)
                        assert len(found) == count
                        wanted = expected_fills(sample, indicator, periods[at], level, classes == "own")
                        assert found == wanted, (indicator, periods[at], level, classes)


@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_legend_has_the_labels_and_counts_of_the_static_map(browser, files, sample, lang):
    unit = {"de": "%", "en": "%"}[lang]
    rows = sample.sel(FOREIGN, level="district").data
    now = rows[rows["period"] == "2010"]["value"]
    with open_page(browser, files[lang], view={"indicator": FOREIGN, "period": "2010"}) as page:
        for own in (False, True):
            choose(page, classes="own" if own else "pooled")
            classes = classify(now if own else rows["value"], "apart", 5, decimals=1)
            labels = page.locator("#rg-legend tbody th").all_inner_texts()
            counts = page.locator("#rg-legend tbody td:last-child").all_inner_texts()
            assert labels == classes.labels(lang, unit)[::-1]
            assert counts == [str(count) for count in classes.counts(now)[::-1]]


def city_changes(panel, indicator, period):
    """The city's changes over one and five years, from its Basiswerte where they give the printed value."""
    city = panel.sel(indicator, level="city")
    rate = unrounded_values(city).set_axis(city.data["period"])
    return {f"change_{step}": rate[period] - rate[str(int(period) - step)] for step in (1, 5)}


@pytest.mark.parametrize(("lang", "points"), [("de", "Prozentpunkte"), ("en", "percentage points")])
def test_the_panel_says_what_compare_areas_says(browser, files, sample, lang, points):
    table = rg.compare_areas(sample).set_index(["indicator", "period", "level", "area_id"]).sort_index()
    unit = {"%": "%", "je km²": {"de": "je km²", "en": "per km²"}[lang]}
    with open_page(browser, files[lang]) as page:
        for indicator, period in ((UNEMPLOYED, "2024"), (FOREIGN, "2011"), (DENSITY, "2024")):
            entry = sample.entry(indicator)
            digits, sign = int(entry["decimals"]), unit[entry["unit"]]
            for level in ("district", "region"):
                for area in table.loc[(indicator, period, level)].index:
                    row = table.loc[(indicator, period, level, area)]
                    page.evaluate(
                        "parts => { location.hash = new URLSearchParams(parts).toString(); }",
                        {"indicator": indicator, "period": period, "level": level, "area": area},
                    )
                    page.wait_for_function(
                        "id => document.querySelector('path[aria-pressed=true]')?.dataset.area === id", arg=area
                    )
                    city = city_changes(sample, indicator, period)
                    step = points if sign == "%" else sign
                    short = sign if sign == "%" else ""
                    beside = page.locator(".rg-facts tbody td").all_inner_texts()
                    assert beside == [
                        format_number(row["value"], digits, short, lang=lang),
                        format_number(row["city"], digits, short, lang=lang),
                        *(
                            format_number(one[name], digits, sign=True, lang=lang)
                            for name in ("change_1", "change_5")
                            for one in (row, city)
                        ),
                    ], (indicator, area)
                    heads = page.locator(".rg-facts tbody th").all_inner_texts()
                    assert [head.split("\n")[1:] for head in heads] == [
                        [sign] if not short else [],
                        [step],
                        [step],
                    ]
                    shown = page.locator("#rg-panel dd").all_inner_texts()
                    assert shown[0] == format_number(row["difference"], digits, step, sign=True, lang=lang)
                    assert shown[1].split()[0] == str(int(row["rank"])), (indicator, area)


def test_hover_and_click_tell_and_pin_an_area(browser, files):
    with open_page(browser, files["de"], view={"indicator": FOREIGN}) as page:
        page.hover("path[data-area='24']")
        tip = text(page, ".rg-tooltip")
        assert "24 Feldmoching-Hasenbergl" in tip
        assert "Stadt München: 30,6 %" in tip
        page.mouse.move(5, 5)
        page.wait_for_selector(".rg-tooltip", state="detached")
        page.click("path[data-area='24']")
        assert text(page, "#rg-panel h2") == "24 Feldmoching-Hasenbergl"
        assert "area=24" in page.url
        page.click("#rg-panel .rg-close")
        assert "area=" not in page.url
        assert page.locator("#rg-panel h2").count() == 0


def test_the_course_of_an_area_has_its_years_and_the_city(browser, files, sample):
    values = sample.sel(FOREIGN, area="17").data.set_index("period")["value"]
    first, last = (format_number(values[period], 1, "%", lang="de") for period in ("2000", "2024"))
    with open_page(browser, files["de"], view={"indicator": FOREIGN, "area": "17"}) as page:
        assert page.get_attribute(".rg-spark", "aria-label") == f"Verlauf: 2000 {first}, 2024 {last}"
        for name in ("own", "city"):
            assert page.get_attribute(f".rg-spark-{name}", "d").count("L") == 24


def test_warnings_are_numbered_discs_with_sentences(browser, files):
    with open_page(browser, files["de"], view={"indicator": FOREIGN}) as page:
        items = page.locator("#rg-warning-list li").all_inner_texts()
        assert [item.split()[2].rstrip(",") for item in items] == ["24", "08", "17"]
        forms = page.eval_on_selector_all(".rg-pin-mark .rg-disc", "marks => marks.map(m => m.className)")
        assert [form.split()[1] for form in forms] == ["rg-disc-priority", "rg-disc-check", "rg-disc-watch"]
        page.locator("#rg-warning-list button").nth(2).click()
        panel = text(page, "#rg-panel")
        assert "17 Obergiesing-Fasangarten" in panel
        assert "beobachten: Gebiet 17, Nichtdeutsche" in panel
        assert "prüfen: Gebiet 17, Hochbetagte" in panel
        page.uncheck("#rg-warnings")
        assert page.locator(".rg-pin-mark").count() == 0
        assert page.locator("#rg-warning-list").is_hidden()
        assert "warnings=0" in page.url
        page.check("#rg-warnings")
        choose(page, period=3)
        assert page.locator(".rg-pin-mark").count() == 0
        assert "Keine Hinweise" in text(page, "#rg-warning-list")


@pytest.mark.parametrize(
    ("wish", "found"),
    [("17", "17"), ("5", "05"), ("Pasing-Obermenzing", "21"), ("pasing", "21"), ("berg am laim", "14")],
)
def test_search_by_name_and_number(browser, files, wish, found):
    with open_page(browser, files["de"]) as page:
        page.fill("#rg-search", wish)
        page.press("#rg-search", "Enter")
        assert page.get_attribute("path[aria-pressed=true]", "data-area") == found
        page.fill("#rg-search", "Nirgendwo")
        assert text(page, "#rg-search-result") == "kein Gebiet gefunden"


def test_play_goes_through_the_periods_and_stops_at_the_last(browser, files):
    view = {"indicator": "Haushalte Alleinerziehend", "period": "2021"}
    with open_page(browser, files["en"], view=view) as page:
        page.click("#rg-play")
        assert page.get_attribute("#rg-play", "aria-label") == "Pause"
        page.wait_for_function("() => document.getElementById('rg-period-text').textContent === '2024'")
        page.wait_for_function(
            "() => document.getElementById('rg-play').getAttribute('aria-label').startsWith('Play')"
        )
        assert "period=2024" in page.url
        page.click("#rg-play")
        page.wait_for_function("() => document.getElementById('rg-period-text').textContent === '2012'")
        page.click("#rg-play")
        assert page.get_attribute("#rg-play", "aria-label").startswith("Play")


def test_the_address_keeps_the_view_and_reset_goes_back(browser, files):
    view = {"indicator": DENSITY, "period": "2015", "level": "region", "classes": "own", "area": "17/18"}
    with open_page(browser, files["de"], view={**view, "warnings": "0", "table": "1"}) as page:
        first = (text(page, "#rg-title"), text(page, "#rg-subtitle"), fills(page), text(page, "#rg-table"))
        assert first[0] == DENSITY
        assert "REGSAM-Regionen · 2015" in first[1]
        assert text(page, "#rg-panel h2").startswith("Region 17/18")
        page.click("#rg-show-table")
        page.click("#rg-show-table")
        sent = page.url
        page.click("#rg-reset")
        assert text(page, "#rg-title") == "Arbeitslose"
        assert page.locator("#rg-table").is_hidden()
        assert len(fills(page)) == 25
        page.evaluate("url => { location.href = url; }", sent)
        page.wait_for_selector("#rg-table table")
        again = (text(page, "#rg-title"), text(page, "#rg-subtitle"), fills(page), text(page, "#rg-table"))
        assert again == first


def test_a_moved_map_is_kept_in_the_address(browser, files):
    with open_page(browser, files["de"]) as page:
        assert "place" not in page.url
        page.click(".leaflet-control-zoom-in")
        page.wait_for_function("() => location.hash.includes('place=')")
        page.click("#rg-reset")
        page.wait_for_function("() => !location.hash.includes('place=')")


@pytest.mark.parametrize(
    "damaged", ["#indicator=Unbekannt", "#period=1950&area=99", "#level=x&classes=y&place=a,b", "#%"]
)
def test_a_damaged_address_shows_the_start(browser, files, damaged):
    with open_page(browser, files["de"]) as page:
        page.evaluate("hash => { location.hash = hash; }", damaged)
        assert len(fills(page)) == 25
        assert text(page, "#rg-title") == "Arbeitslose"


def test_an_indicator_without_regions_falls_back_to_districts(browser, files):
    with open_page(browser, files["de"], view={"indicator": FOREIGN, "level": "region"}) as page:
        assert len(fills(page)) == 16
        choose(page, indicator="Innerräumliche Umzugsziffer")
        assert len(fills(page)) == 25
        assert page.locator("input[value=region]").is_disabled()


def test_the_table_is_the_same_in_words_and_can_be_sorted(browser, files, sample):
    with open_page(browser, files["de"], view={"indicator": UNEMPLOYED}) as page:
        page.click("#rg-show-table")
        rows = page.locator("#rg-table tbody tr")
        assert rows.count() == 25
        values = sample.sel(UNEMPLOYED, period=2024, level="district").data.set_index("area_id")["value"]
        assert rows.nth(0).inner_text().split("\t")[1] == format_number(values["01"], 1, "%", lang="de")
        page.click("#rg-table [data-sort=value]")
        first = rows.nth(0).inner_text().split("\t")
        assert first[0].startswith(values.idxmax())
        assert page.get_attribute("#rg-table th:nth-child(2)", "aria-sort") == "descending"
        page.click("#rg-table [data-sort=value]")
        assert rows.nth(0).inner_text().split("\t")[0].startswith(values.idxmin())
        rows.nth(3).locator("button").click()
        assert page.locator("#rg-panel h2").count() == 1


def test_groups_gaps_quarters_and_negative_numbers(browser, tmp_path):
    panel = panel_with_gaps_and_groups()
    path = tmp_path / "map.html"
    rg.explore_map(rg.Study(panel, lang="de")).save(str(path))
    with open_page(browser, path) as page:
        assert text(page, "#rg-period-text") == "2. Quartal 2024"
        for at, group in enumerate(("insgesamt", "Frauen")):
            page.select_option("#rg-group", label=group)
            wanted = expected_fills(panel, "Saldo", "2024-Q2", "district", False, group=group)
            found = fills(page)
            assert {area: color for area, color in found.items() if area in wanted} == wanted, at
            hatched = {area for area in found if area not in wanted}
            assert hatched == {"04", "08", "12"}
            assert "rg-hatch-secret" in found["04"]
            assert "rg-hatch-secret" not in found["08"]
        legend = text(page, "#rg-legend")
        for words in ("geheim gehalten", "kein Wert", "nicht sinnvoll", "Angaben je 1.000"):
            assert words in legend
        page.click("path[data-area='04']")
        assert "geheim gehalten" in text(page, "#rg-panel")
        value = panel.sel("Saldo", group="Frauen", period="2024-Q2", area="20").data["value"].item()
        page.click("path[data-area='20']")
        assert page.locator(".rg-facts td.rg-amount").first.inner_text() == format_number(value, 2, lang="de")
        assert text(page, ".rg-facts tbody th >> nth=0") == "2. Quartal 2024\nje 1.000"


@pytest.mark.parametrize("method", ["equal", "pretty", "natural", "std", "diverging", [2.5, 5.0]])
def test_every_kind_of_classes(browser, sample, tmp_path, method):
    panel = rg.load_sample().sel(UNEMPLOYED)
    path = tmp_path / "map.html"
    study = rg.Study(panel, lang="de")
    rg.explore_map(study, classes=method, same_classes=False, regions=False).save(str(path))
    values = panel.sel(level="district", period=2024).data.set_index("area_id")["value"]
    city = panel.sel(level="city", period=2024).data["value"].item()
    classes = classify(values, method, 5, center=city if method == "diverging" else None, decimals=1).covering(
        values
    )
    theme = get_theme("meeting")
    colors = classes.colors(theme.diverging if classes.diverging else theme.sequential)
    with open_page(browser, path) as page:
        assert fills(page) == {
            area: colors[at] for area, at in zip(values.index, classes.assign(values), strict=True)
        }
        assert page.locator("#rg-legend tbody th").all_inner_texts() == classes.labels("de", "%")[::-1]


def test_a_phone_shows_everything_without_sideways_scrolling(browser, files):
    with open_page(browser, files["de"], viewport=PHONE, has_touch=True, is_mobile=True) as page:
        wide = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert page.evaluate(wide) <= 0
        assert not page.locator("#rg-search").is_visible()
        page.tap("#rg-more summary")
        page.fill("#rg-search", "17")
        page.press("#rg-search", "Enter")
        assert text(page, "#rg-panel h2") == "17 Obergiesing-Fasangarten"
        page.tap("#rg-show-table")
        assert page.evaluate(wide) <= 0
