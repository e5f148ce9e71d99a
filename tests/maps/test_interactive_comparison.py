"""Two areas side by side in the interactive map, in a real browser with the network off.

Numbers are compared with `compare_areas` and `aggregate`, the order with a count by hand, words and places of
marks with `plot_comparison`; what is saved with what is seen; a file with hidden counts is attacked.
"""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from urllib.parse import urlencode

import geopandas as gpd
import numpy as np
import pandas as pd
import pypdf
import pytest
import shapely
from invented import study_with_small_counts
from map_page import DESK, PHONE, open_page
from PIL import Image
from test_interactive_access import axe_findings
from test_interactive_take import SVG, number, say, table_of, take

import regsam_geo as rg
from regsam_geo.charts.comparison import _comparison_of, _who
from regsam_geo.charts.scales import reach
from regsam_geo.look.style import ViewOptions, resolve_view
from regsam_geo.text import format_number

MOVES = "Innerräumliche Umzugsziffer"
VIEW = {"view": "comparison", "indicator": "Nichtdeutsche", "area": "14", "beside": "district:13"}
# everything that a reader sees of the view: names, numbers, places of marks in parts of the scale, courses, words
SEEN = """() => {
  const of = (root, selector) => [...root.querySelectorAll(selector)];
  const texts = (all) => all.map(one => one.textContent.replaceAll('\\u00a0', ' '));
  const xs = (path) => [...path.getAttribute('d').matchAll(/M([-\\d.e]+) /g)].map(found => Number(found[1]));
  return {
    title: document.getElementById('rg-title').textContent,
    pressed: of(document, 'path.rg-area[aria-pressed=true]').map(one => one.dataset.area).sort(),
    notes: texts(of(document, '#rg-chart > .rg-note')),
    message: texts(of(document, '#rg-chart > p:not(.rg-note)')).join(' '),
    rows: of(document, '.rg-compared > [id^=rg-row-]').map(row => {
      const strip = row.querySelector('.rg-strip').getAttribute('d').match(/M(\\S+) .*H(\\S+)/).slice(1).map(Number);
      const part = x => (x - strip[0]) / (strip[1] - strip[0]);
      const words = of(row, 'text');
      const city = row.querySelector('.rg-city-mark');
      const [first, second] = [row.querySelector('.rg-who-0'), row.querySelector('.rg-who-1')];
      return {
        numbers: texts(words.filter(one => one.getAttribute('text-anchor') === 'end')),
        name: texts(words.filter(one => one.getAttribute('text-anchor') === 'start')).join(' '),
        label: row.getAttribute('aria-label').replaceAll('\\u00a0', ' '),
        others: xs(row.querySelector('.rg-other')).map(part).sort((a, b) => a - b),
        city: city && part(xs(city)[0]),
        marks: [first && part(Number(first.getAttribute('cx'))), second && part(Number(second.getAttribute('x')) + 4.2)],
      };
    }),
    courses: of(document, '.rg-compared > [role=img]').map(course => ({
      label: course.getAttribute('aria-label').replaceAll('\\u00a0', ' '),
      words: texts(of(course, '.rg-pale')),
      lines: [0, 1].map(i => { const path = course.querySelector('.rg-course-' + i);
        return path ? [...path.getAttribute('d').matchAll(/[ML]([-\\d.e]+) ([-\\d.e]+)/g)].map(at => [Number(at[1]), Number(at[2])]) : []; }),
    })),
  };
}"""  # noqa: E501
# many views at one go: the page draws each when its address changes
SEEN_OF_ALL = f"""async hashes => {{
  const found = [];
  for (const hash of hashes) {{
    const drawn = new Promise(done => addEventListener('hashchange', () => setTimeout(done, 0), {{ once: true }}));
    if (location.hash !== '#' + hash) {{ location.hash = hash; await drawn; }}
    found.push(({SEEN})());
  }}
  return found;
}}"""


def plain(text):
    return text.replace("\N{NO-BREAK SPACE}", " ")


def static_of(study, area, period):
    """What `plot_comparison` draws, before it is drawn."""
    return _comparison_of(study, _who(study, area), period, resolve_view(ViewOptions()))


def file_of(study, file, **options):
    study.explore_map(**options).save(str(file))
    return file


@pytest.fixture(scope="module")
def study():
    return rg.Study(rg.load_sample(), lang="de")


@pytest.fixture(scope="module")
def files(tmp_path_factory, study):
    folder = tmp_path_factory.mktemp("comparison")
    short = rg.Study(rg.load_sample().sel(period=[2019, 2023, 2024]), lang="en")
    return {"de": file_of(study, folder / "de.html"), "en": file_of(short, folder / "en.html")}


def hashes(views):
    return [urlencode({**VIEW, **view}) for view in views]


def check_rows(seen, static, lang):
    """Rows, numbers and marks of the page are those of the static view."""
    names = [row.name for row in static.rows]
    found = [row["label"].split(": ")[0] for row in seen["rows"]]
    if found != names:
        # the file holds fewer digits: what differs by less than a thousandth may change places
        apart = {row.name: row.apart for row in static.rows}
        assert sorted(found) == sorted(names)
        for i, name in enumerate(names):
            assert apart[found[i]] == pytest.approx(apart[name], rel=1e-3)
    rows = {row.name: row for row in static.rows}
    city = any(not np.isnan(row.city) for row in static.rows)
    for one, name in zip(seen["rows"], found, strict=True):
        row = rows[name]
        values = [*row.pair, *([row.city] if city else [])]
        assert one["numbers"] == [plain(row.number(value)) for value in values], name
        assert one["name"].startswith(row.name[:10])
        low, high = reach([*row.others, *row.pair, row.city])
        part = (np.array([*row.pair, np.nan])[:2] - low) / (high - low)
        assert one["others"] == pytest.approx(sorted((row.others - low) / (high - low)), abs=2e-3)
        assert (one["city"] is None) == np.isnan(row.city)
        if one["city"] is not None:
            assert one["city"] == pytest.approx((row.city - low) / (high - low), abs=2e-3)
        marks = np.array([np.nan if mark is None else mark for mark in one["marks"]])
        assert marks == pytest.approx(part, abs=2e-3, nan_ok=True)
    return found == names


def check_courses(seen, static):
    for course, (row, series) in zip(seen["courses"], static.courses, strict=True):
        assert course["label"].split(". ")[0].startswith(row.name)
        known = [float(value) for one in series for value in one.dropna()]
        ends = list(dict.fromkeys(plain(row.number(value)) for value in (min(known), max(known))))
        # where both ends are printed alike, both stand there
        assert list(dict.fromkeys(course["words"][: -2 if len(series[0]) > 1 else -1])) == ends
        ys, values, xs, steps = [], [], [], []
        for line, one in zip(course["lines"], series, strict=False):
            assert len(line) == one.notna().sum()
            ys += [y for _, y in line]
            xs += [x for x, _ in line]
            values += list(one.dropna())
            steps += list(np.flatnonzero(one.notna()))
        # straight lines from values and periods to places
        for places, wanted in ((ys, values), (xs, steps)):
            if np.ptp(wanted) > 0:
                slope, start = np.polyfit(wanted, places, 1)
                assert np.abs(slope * np.array(wanted) + start - places).max() < 0.2


# --- the same as on paper


class Plain:
    """The numbers by hand: of the table and of `aggregate`, unrounded where the table has numbers to divide."""

    def __init__(self, study):
        table = pd.concat([rg.load_sample().data, rg.aggregate(study).sel(level="region").data])
        entries = rg.load_sample().catalogue.set_index("indicator")
        scale = table["indicator"].map(entries["scale"].astype(float))
        ratio = scale * table["numerator"] / table["denominator"]
        # a ratio of rounded numbers that is not the printed value says less than that
        half = 0.5 * 10.0 ** -table["indicator"].map(entries["decimals"].astype(float))
        ratio = ratio.where((ratio - table["value"]).abs() <= half + 1e-9)
        table["exact"] = ratio.fillna(table["value"])
        self.exact = table.pivot_table("exact", ["indicator", "level", "area_id"], "period", dropna=False)
        printed = pd.concat([rg.compare_areas(study), table[table["level"] == "city"]])
        self.printed = printed.set_index(["indicator", "level", "area_id", "period"])["value"]
        self.names = list(entries.index)
        self.titles = {name: study.naming(name).short() for name in self.names}
        self.units = {name: study.naming(name).unit() for name in self.names}
        self.digits = entries["decimals"].astype(int)

    def value(self, name, level, area, period):
        return self.exact[period].get((name, level, area), np.nan)

    def rows(self, who, period):
        """The indicators in the order of their differences, each with how far they lie apart."""
        apart = {}
        for name in self.names:
            others = self.exact[period][name]["district"]
            if others.isna().all():
                continue
            pair = [self.value(name, *one, period) for one in who]
            usual = (others - others.median()).abs().median()
            apart[name] = -1.0 if name == MOVES or np.isnan(pair).any() else abs(pair[0] - pair[1]) / usual
        return sorted(apart, key=lambda name: -apart[name]), apart

    def text(self, name, level, area, period):
        value = self.printed.get((name, level, area, period), self.value(name, level, area, period))
        unit = self.units[name]
        written = format_number(value, int(self.digits[name]), unit if len(unit) < 4 else "", lang="de")
        return "–" if np.isnan(value) else plain(written)


@pytest.mark.slow
def test_every_number_of_sixty_pairs_is_that_of_the_table_in_the_order_found_by_hand(browser, files, study):
    table = Plain(study)
    rng = np.random.default_rng(11)
    areas = [f"{i:02d}" for i in range(1, 26)]
    periods = study.panel.periods
    chosen = []
    for _ in range(40):
        first, second = (str(one) for one in rng.choice(areas, 2, replace=False))
        chosen.append((first, ("district", second), "district:" + second, str(rng.choice(periods))))
    # each area alone, beside its region or the city
    members = study.regions_of("district")
    for area, period in zip(areas, rng.permutation(periods), strict=True):
        second = ("region", members[area]) if (members == members[area]).sum() > 1 else ("city", "munich")
        chosen.append((area, second, "", str(period)))
    views = [{"area": first, "beside": beside, "period": period} for first, _, beside, period in chosen]
    with open_page(browser, files["de"]) as page:
        found = page.evaluate(SEEN_OF_ALL, hashes(views))
    changed = 0
    for seen, (first, second, _, period) in zip(found, chosen, strict=True):
        who = [("district", first), second]
        order, apart = table.rows(who, period)
        by_name = {table.titles[name] + (", " + unit if len(unit) > 3 else ""): name
                   for name in table.names for unit in [table.units[name]]}  # fmt: skip
        names = [by_name[row["label"].split(": ")[0]] for row in seen["rows"]]
        assert sorted(names) == sorted(order)
        changed += names != order
        for one, wanted in zip(names, order, strict=True):
            # the file holds fewer digits: what differs by less than a thousandth may change places
            assert apart[one] == pytest.approx(apart[wanted], rel=1e-3)
        for row, name in zip(seen["rows"], names, strict=True):
            columns = [*(who[:1] if second[0] == "city" else who), ("city", "munich")]
            wanted = [table.text(name, *one, period) for one in columns]
            assert row["numbers"] == [*wanted[:-1], "–" if name == MOVES else wanted[-1]], (name, period)
        for course in seen["courses"]:
            name = by_name[course["label"].split(". ")[0]]
            ways = []
            for one, line in zip(columns[:-1], course["lines"], strict=False):
                values = table.exact.loc[:, :period].loc[(name, *one)].dropna()
                assert len(line) == len(values)
                ways += list(zip(values, (y for _, y in line), strict=True))
            slope, start = np.polyfit(*zip(*ways, strict=True), 1)
            assert all(abs(slope * value + start - y) < 0.2 for value, y in ways)
            least, most = (table_end(table, name, columns[:-1], period, end) for end in (min, max))
            assert {least, most} >= set(course["words"][:-2])
    assert changed <= 1


def table_end(table, name, who, period, end):
    """The lowest or highest number of both up to a period, as it is printed."""
    cells = [
        (value, one, at)
        for one in who
        for at, value in table.exact.loc[:, :period].loc[(name, *one)].dropna().items()
    ]
    _, one, at = end(cells)
    return table.text(name, *one, at)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("first", "second", "period"),
    [("01", "region:17/18", "2016"), ("16", "", "2003")],
)
def test_rows_marks_courses_and_words_are_those_of_the_static_view(browser, files, study, first, second, period):
    with open_page(browser, files["de"]) as page:
        view = {"area": first, "beside": second, "period": period}
        (seen,) = page.evaluate(SEEN_OF_ALL, hashes([view]))
    static = static_of(study, [first, *([second.partition(":")[2]] if second else [])], period)
    assert seen["title"] == static.title
    assert check_rows(seen, static, "de")
    check_courses(seen, static)
    told = [plain(one) for one in static.foot if one and not one.startswith("Quelle")]
    assert seen["notes"][1:] == told
    assert static.subtitle.endswith(seen["notes"][0])


@pytest.mark.slow
def test_regions_stand_beside_regions_and_the_city(browser, files, study):
    regional = rg.Study(rg.aggregate(study), lang="de")
    views = [
        {"level": "region", "area": "4/12", "beside": "region:17/18", "period": "2024"},
        {"level": "region", "area": "16", "beside": "", "period": "2012"},
    ]
    with open_page(browser, files["de"]) as page:
        two, one = page.evaluate(SEEN_OF_ALL, hashes(views))
    static = static_of(regional, ["4/12", "17/18"], 2024)
    assert two["title"] == static.title
    assert check_rows(two, static, "de")
    check_courses(two, static)
    # a region alone stands beside the city
    name = study.region_name("16")
    assert one["title"] == f"Region {'16' if name == '16' else '16 ' + name} und die Stadt"


# --- choosing


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_two_clicks_choose_two_areas_and_a_click_lets_go(browser, files, lang):
    with open_page(browser, files[lang]) as page:
        page.get_by_label(say("explore.view_comparison", lang)).click()
        assert page.inner_text("#rg-chart p") == say("label.explore.comparison_choose", lang)
        assert page.locator("#rg-beside").is_hidden()
        steps = (
            ("12", ["12"], "region:4/12"),
            ("19", ["12", "19"], "district:19"),
            ("24", ["12", "24"], "district:24"),
            ("24", ["12"], "region:4/12"),
            ("16", ["12", "16"], "district:16"),
            ("12", ["16"], "city"),
        )
        for area, pressed, beside in steps:
            page.click(f"path[data-area='{area}']")
            seen = page.evaluate(SEEN)
            assert seen["pressed"] == pressed
            assert page.input_value("#rg-beside") == beside
            assert page.locator(".rg-pin-0").count() >= 1
        # 16 is a region of its own
        words = {"de": "Ramersdorf-Perlach und die Stadt", "en": "Ramersdorf-Perlach and the city"}
        assert page.inner_text("#rg-title") == words[lang]
        label = say("explore.beside", lang)
        page.get_by_label(label).select_option("region:4/12")
        assert "4/12" in page.inner_text("#rg-title")
        page.get_by_label(label).select_option("city")
        assert page.inner_text("#rg-title") == words[lang]
        page.keyboard.press("Escape")
        assert page.evaluate(SEEN)["pressed"] == []
        page.get_by_label(say("explore.view_map", lang), exact=True).click()
        assert page.locator("#rg-chart").is_hidden()


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_keyboard_chooses_both_and_goes_from_row_to_row(browser, files, lang):
    with open_page(browser, files[lang], view={"indicator": "Nichtdeutsche"}) as page:
        page.focus("input[name=rg-view]:checked")
        while page.evaluate("() => document.activeElement.value") != "comparison":
            page.keyboard.press("ArrowRight")
        page.focus("path[data-area='14']")
        page.keyboard.press("Enter")
        assert page.evaluate(SEEN)["pressed"] == ["14"]
        page.keyboard.press("ArrowUp")
        page.keyboard.press("Enter")
        pressed = page.evaluate(SEEN)["pressed"]
        assert len(pressed) == 2
        page.focus("#rg-beside")
        page.keyboard.press("ArrowDown")
        assert page.evaluate(SEEN)["pressed"] != pressed
        page.focus("[id^=rg-row-][tabindex='0']")
        page.keyboard.press("Home")
        labels = [row["label"] for row in page.evaluate(SEEN)["rows"]]
        for wanted in labels[:3]:
            focused = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
            assert plain(focused) == wanted
            page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        # the indicator of the row is on the map now, and the keyboard stays where it was
        focused = page.evaluate("() => document.activeElement.getAttribute('aria-label')")
        assert plain(focused) == labels[3]
        assert labels[3].startswith(page.locator("#rg-indicator option:checked").inner_text())


@pytest.mark.slow
def test_search_table_and_level_lead_on(browser, files):
    with open_page(browser, files["en"], view=VIEW) as page:
        page.fill("#rg-search", "Sendling-West")
        page.keyboard.press("Enter")
        assert page.inner_text("#rg-title").startswith("Sendling-Westpark")
        page.click("#rg-show-table")
        rows = page.locator("#rg-table tbody tr")
        assert rows.count() == 11
        rows.nth(2).locator("button").click()
        assert page.locator("#rg-table tr.rg-current").count() == 1
        # the region of a level that is left belongs to no area there
        page.locator("input[name=rg-level][value=region]").check(force=True)
        assert page.evaluate(SEEN)["pressed"] == []
        assert page.locator("#rg-chart .rg-choose").count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_axe_finds_nothing_serious_and_no_word_lies_over_another(browser, files, lang, viewport):
    views = ({"area": ""}, {"table": "1"}, {"area": "16", "beside": "city"})
    with open_page(browser, files[lang], viewport=viewport) as page:
        for view in views:
            page.evaluate(SEEN_OF_ALL, hashes([view]))
            assert axe_findings(page) == [], view
            check_layout(page, viewport)


def check_layout(page, viewport):
    assert page.evaluate("() => document.documentElement.scrollWidth") == viewport["width"]
    if not page.locator(".rg-compared").count():
        return
    frame = page.locator(".rg-compared").bounding_box()
    boxes = page.eval_on_selector_all(
        ".rg-compared text",
        "all => all.map(one => { const b = one.getBoundingClientRect();"
        " return [one.textContent, b.left, b.top + 3, b.right, b.bottom - 3]; })",
    )
    for i, (text, left, top, right, bottom) in enumerate(boxes):
        assert left >= frame["x"] - 1, text
        assert right <= frame["x"] + frame["width"] + 1, text
        assert bottom <= frame["y"] + frame["height"] + 3, text
        for other in boxes[:i]:
            over = (
                min(right, other[3]) - max(left, other[1]) > 1 and min(bottom, other[4]) - max(top, other[2]) > 1
            )
            assert not over, (text, other[0])


# --- other data


def own_study(n=6, indicators=1, periods=(2024,), city=False, region=False):
    """Areas of one's own with long names, without regions; the last has no figures."""
    ids = [f"g{i}" for i in range(n)]
    names = [f"Rechtsrheinischer Verwaltungsbezirk mit sehr langem Namen Nummer {i}" for i in range(n)]
    layer = gpd.GeoDataFrame(
        {"name": names},
        geometry=[shapely.box(690_000 + 900 * i, 5_330_000, 690_900 + 900 * i, 5_331_000) for i in range(n)],
        index=pd.Index(ids, name="area_id"),
        crs="EPSG:25832",
    )
    rng = np.random.default_rng(5)
    rows = [
        {"indicator": f"Zahl {k:02d}", "period": period, "level": "own", "area_id": area,
         "value": None if area == ids[-1] else round(float(rng.uniform(5, 40)), 1)}
        for k in range(indicators) for period in periods for area in ids
    ]  # fmt: skip
    panel = rg.Panel.from_frame(pd.DataFrame(rows)).with_catalogue(
        {
            f"Zahl {k:02d}": {"unit": "Punkte je Haushalt und Jahr", "counts_persons": False}
            for k in range(indicators)
        }
    )
    return rg.Study(panel, areas={"own": layer}, lang="de")


@pytest.mark.slow
@pytest.mark.parametrize(("indicators", "periods", "viewport"), [(1, (2024,), DESK), (14, (2023, 2024), PHONE)])
def test_areas_of_ones_own_without_regions_or_figures(browser, tmp_path, indicators, periods, viewport):
    study = own_study(indicators=indicators, periods=periods)
    file = file_of(study, tmp_path / "own.html")
    views = [{"indicator": "Zahl 00", "area": "g1", "beside": one} for one in ("own:g3", "", "own:g5")]
    views.append({"indicator": "Zahl 00", "area": "g5", "beside": ""})
    with open_page(browser, file, viewport=viewport) as page:
        two, one, half, none = page.evaluate(SEEN_OF_ALL, hashes(views))
        page.evaluate(SEEN_OF_ALL, hashes(views[:1]))
        check_layout(page, viewport)
        assert axe_findings(page) == []
    assert len(one["rows"]) == len(two["rows"]) == min(indicators, 12)
    for seen, asked in ((two, ["g1", "g3"]), (half, ["g1", "g5"])):
        static = static_of(study, asked, 2024)
        assert seen["title"] == static.title
        check_rows(seen, static, "de")
        check_courses(seen, static)
        told = [plain(text) for text in static.foot if text]
        assert seen["notes"][-len(told) :] == told if told else True
    assert none["rows"] == []
    assert none["message"].startswith("Zu Rechtsrheinischer")


@pytest.mark.slow
def test_counts_stand_at_the_end_without_the_city(browser, tmp_path):
    panel = rg.load_sample().sel(["Nichtdeutsche", "Arbeitslose - Anteil"], period=[2023, 2024])
    counted = panel.data[panel.data["indicator"] == "Nichtdeutsche"].assign(indicator="Personen")
    counted["value"] = counted["numerator"]
    counted = counted.drop(columns=["numerator", "denominator", "base_1", "base_2", "base_3", "base_4", "base_5"])
    entry = panel.catalogue[panel.catalogue["indicator"] == "Nichtdeutsche"].assign(
        indicator="Personen",
        title_de="Personen",
        unit=pd.NA,
        decimals=0,
        scale=np.nan,
        kind="count",
        summable=True,
    )
    whole = rg.Panel(pd.concat([panel.data, counted]), pd.concat([entry, panel.catalogue]))
    study = rg.Study(whole, lang="de")
    with open_page(browser, file_of(study, tmp_path / "counts.html")) as page:
        (seen,) = page.evaluate(SEEN_OF_ALL, hashes([{"indicator": "Personen", "period": "2024"}]))
        # the map of counts says so, alone, beside two areas, and as one of two indicators
        for view in ("comparison", "map", "pair"):
            page.evaluate(SEEN_OF_ALL, hashes([{"indicator": "Personen", "view": view}]))
            assert page.inner_text("#rg-source").startswith("Die Karte zeigt Anzahlen")
        page.evaluate(SEEN_OF_ALL, hashes([{"indicator": "Nichtdeutsche"}]))
        assert "Anzahlen" not in page.inner_text("#rg-source")
    static = static_of(study, ["14", "13"], 2024)
    check_rows(seen, static, "de")
    check_courses(seen, static)
    assert seen["rows"][-1]["label"].startswith("Personen")
    assert seen["rows"][-1]["numbers"][2] == "–"
    assert any("Personen" in note for note in seen["notes"])


# --- hidden


def data_in(file):
    return json.loads(re.search(r'id="rg-data">(.*?)</script>', file.read_text(encoding="utf-8"), re.S).group(1))


@pytest.fixture(scope="module")
def secret(tmp_path_factory):
    """Two files whose tables differ in hidden counts alone."""
    folder = tmp_path_factory.mktemp("secret")
    # the same sum, so that what is published is the same
    counts = ((2, 1), (1, 2))
    studies = [study_with_small_counts({("Eins", "04"): one, ("Eins", "09"): other}) for one, other in counts]
    return studies[0], [file_of(one, folder / f"{at}.html") for at, one in enumerate(studies)]


@pytest.mark.slow
def test_the_bytes_do_not_depend_on_what_is_hidden(secret):
    _, (one, other) = secret
    assert one.read_bytes() == other.read_bytes()


@pytest.mark.slow
def test_the_view_adds_words_alone_to_the_file(secret):
    study, (file, _) = secret
    added = data_in(file)["comparison"]
    told = added.pop("hidden")
    assert all(isinstance(text, str) and not re.search(r"\d", text) for text in added.values())
    # what is said of hidden counts is what the static view says
    assert told in static_of(study, ["14", "13"], 2024).foot
    assert "geheim" in told


@pytest.mark.slow
def test_nothing_hidden_is_drawn_said_or_saved(browser, secret):
    study, (file, _) = secret
    kept = study.published.sel("Eins", level="district").data.set_index("area_id")["value"]
    gone = set(kept.index[kept.isna()])
    assert {"04", "09"} <= gone
    regions = {study.region_of("district", area) for area in gone}
    summed = study.with_regions.sel("Eins", level="region").data.set_index("area_id")["value"]
    asked = [("04", "district:09"), ("14", "district:04"), ("04", "city")]
    asked += [("14", "region:" + region) for region in sorted(regions)]
    views = [{"indicator": "Eins", "area": first, "beside": second} for first, second in asked]
    with open_page(browser, file) as page:
        found = page.evaluate(SEEN_OF_ALL, hashes(views))
        page.click("#rg-show-table")
        for view in views[:3]:
            page.evaluate(SEEN_OF_ALL, hashes([{**view, "table": "1"}]))
            assert say("sign.suppressed", "de") in page.inner_text("#rg-table")
            _, *rows = table_of(take(page, "csv")[0], "de")
            (row,) = [row for row in rows if row[0].startswith("Eins")]
            places = [view["area"], *([view["beside"][-2:]] if ":" in view["beside"] else [])]
            for at, area in enumerate(places):
                assert (row[4 + at] == "") == (area in gone)
            assert say("sign.suppressed", "de") in row[-2]
            page.keyboard.press("Escape")
    for seen, (first, second) in zip(found, asked, strict=True):
        (row,) = [row for row in seen["rows"] if row["label"].startswith("Eins")]
        for at, name in enumerate((first, second)):
            level, _, area = name.rpartition(":")
            if level == "region":
                # what a group lacks cannot be found by taking the others from its sum
                shown = area in summed.index and summed[area] == summed[area]
                assert (row["numbers"][at] != "–") == shown
            elif area != "city":
                assert (row["numbers"][at] == "–") == (area in gone)
                assert (row["marks"][at] is None) == (area in gone)
        assert len(row["others"]) == 25 - len(gone)
        assert any(note.startswith("Ein Wert fehlt bei") for note in seen["notes"]) == ("–" in row["numbers"][:2])
        assert any("geheim" in note for note in seen["notes"])


# --- taken away


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_csv_is_what_is_seen(browser, files, lang):
    with open_page(browser, files[lang], view={**VIEW, "period": "2023", "table": "1"}) as page:
        seen = page.evaluate(SEEN)
        table = page.eval_on_selector_all(
            "#rg-table tr", "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
        )
        saved, name = take(page, "csv")
    head, *rows = table_of(saved, lang)
    assert name.startswith(
        {"de": "Berg-am-Laim-und-Bogenhausen_2023", "en": "Berg-am-Laim-and-Bogenhausen_2023"}[lang]
    )
    assert head[4:7] == table[0][1:]
    assert head[4:6] == ["Berg am Laim", "Bogenhausen"]
    assert len(rows[0]) == len(head)
    now, earlier = rows[:11], rows[11:]
    assert {row[3] for row in now} == {"2023"}
    for row, line, drawn in zip(now, table[1:], seen["rows"], strict=True):
        assert row[0].startswith(line[0].split(",")[0])
        for cell, text, mark in zip(row[4:7], line[1:], drawn["numbers"], strict=True):
            assert plain(text) == mark or (cell == "" and mark == "–")
            bare = mark.removesuffix("%").strip().replace("." if lang == "de" else ",", "")
            assert cell == ("" if mark == "–" else bare)
    # then the periods of the courses before the one shown, each with the numbers that the lines have
    count = sum(len(course["lines"][0]) - 1 for course in seen["courses"])
    assert len(earlier) == count
    for course in seen["courses"]:
        name = course["label"].split(". ")[0]
        mine = [row for row in earlier if row[0].startswith(name.removesuffix(", " + row[2]))]
        lines = [[number(row[at], lang) for row in mine] for at in (4, 5)]
        ys = [[y for _, y in line[:-1]] for line in course["lines"]]
        if len(mine) > 1 and np.ptp(lines) > 0:
            slope, start = np.polyfit(np.ravel(lines), np.ravel(ys), 1)
            assert slope < 0
            assert np.abs(slope * np.array(lines) + start - ys).max() < abs(slope) * 0.06 + 0.3


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_saved_pictures_show_what_is_seen(browser, files, viewport):
    with open_page(browser, files["de"], view=VIEW, viewport=viewport, device_scale_factor=2) as page:
        saved, _ = take(page, "svg")
        shot, _ = take(page, "png")
        page.click("#rg-take")
        said = page.eval_on_selector_all(".rg-compared text", "all => all.map(one => one.textContent)")
        notes = page.locator("#rg-chart > .rg-note").all_inner_texts()
        title = page.inner_text("#rg-title")
        page.eval_on_selector_all("#rg-card", "all => all.forEach(one => { one.style.visibility = 'hidden'; })")
        page.evaluate("() => { document.getElementById('rg-chart').style.overflow = 'visible'; }")
        screen = Image.open(io.BytesIO(page.locator(".rg-compared").screenshot())).convert("RGB")
        rings = page.eval_on_selector_all(
            ".rg-pin", "all => all.map(one => [one.getAttribute('stroke'), one.getAttribute('stroke-dasharray')])"
        )
    drawing = ET.fromstring(saved)
    texts = [one.text for one in drawing.iter(SVG + "text")]
    (chart,) = [one for one in drawing.findall(SVG + "svg") if one.findall(f".//{SVG}g[@id]")]
    assert [one.text for one in chart.iter(SVG + "text")] == said
    whole = plain(" ".join(texts))
    for text in [title, *notes]:
        assert plain(text) in whole
    strokes = [(one.get("stroke"), one.get("stroke-dasharray")) for one in drawing.iter(SVG + "path")]
    # the second is dashed, on the map and below
    assert len({color for color, _ in rings}) == 2
    for color, dashes in rings:
        assert any(stroke == color and (drawn == "none") == (dashes is None) for stroke, drawn in strokes)
    width, height = (float(drawing.get(name)) for name in ("width", "height"))
    for part in drawing:
        if part.get("x") and part.get("width"):
            assert float(part.get("x")) + float(part.get("width")) <= width + 1
            assert float(part.get("y") or 0) + float(part.get("height")) <= height + 1
    # dot by dot
    left, top = (2 * float(chart.get(name)) for name in ("x", "y"))
    picture = np.asarray(Image.open(io.BytesIO(shot)).convert("RGB"), dtype=int)
    seen = np.asarray(screen, dtype=int)
    high, wide = seen.shape[:2]
    differing = [
        (
            np.abs(picture[y : y + high - 4, x : x + wide - 4] - seen[: high - 4, : wide - 4]).max(axis=2) > 96
        ).mean()
        for y in range(round(top) - 2, round(top) + 3)
        for x in range(round(left) - 2, round(left) + 3)
    ]
    assert min(differing) < 0.01


@pytest.mark.slow
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_it_prints_on_one_page_with_all_rows(browser, files, viewport):
    with open_page(browser, files["de"], view=VIEW, viewport=viewport) as page:
        seen = page.evaluate(SEEN)
        printed = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
    assert len(printed.pages) == 1
    words = plain(" ".join(printed.pages[0].extract_text().split()))
    for row in seen["rows"]:
        assert all(text in words for text in row["numbers"])
    assert "Am Ende und ohne die Stadt" in words


@pytest.mark.slow
def test_the_address_opens_the_same_view(browser, files):
    with open_page(browser, files["de"], view={**VIEW, "beside": "region:17/18", "period": "2011"}) as page:
        page.evaluate("() => { navigator.clipboard.writeText = async text => { window.copied = text; }; }")
        page.click("#rg-take")
        page.click("#rg-take-link")
        page.wait_for_function("() => window.copied")
        copied, before = page.evaluate("() => window.copied"), page.evaluate(SEEN)
    with open_page(browser, files["de"]) as page:
        page.evaluate("url => { location.href = url; }", copied)
        page.wait_for_selector(".rg-compared")
        assert page.evaluate(SEEN) == before
        # what is no area is left out
        for wrong in ("district:99", "region:", "x", "district:14", "own:1"):
            (seen,) = page.evaluate(SEEN_OF_ALL, hashes([{"beside": wrong}]))
            assert seen["title"] == "Berg am Laim und Region 14/15 Berg am Laim/Trudering-Riem"
