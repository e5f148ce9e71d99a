"""Every control of the interactive map is driven in a real browser, in both languages, by mouse and by keyboard.

The list of controls comes from the page itself: a new one fails these tests until it is driven here. After each
step the colors of all areas are compared with the classes that Python computes.
"""

from __future__ import annotations

import pandas as pd
import pytest
from invented import invented_panel, invented_warnings
from map_page import DESK, PHONE, open_page

import regsam_geo as rg
from regsam_geo.indicators import aggregate_to_regions
from regsam_geo.look import classify, get_theme
from regsam_geo.look.palettes import BIVARIATE
from regsam_geo.text import format_period
from regsam_geo.text.catalogue import PHRASES

pytestmark = pytest.mark.slow

UNEMPLOYED = "Arbeitslose - Anteil"
FOREIGN = "Nichtdeutsche"
PERIODS = ("2021", "2022", "2023", "2024")

# a name for everything that can be used; areas, warnings and rows count as one control each
CONTROLS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [role=button], [tabindex='0'], [contenteditable]"
)].filter((e) => !e.closest("[hidden]")).map((e) => NAME(e))"""
NAME = """(e) => e.closest("#rg-warning-list") ? "a warning" : e.dataset.row ? "a part of the chart"
  : e.dataset.sort ? "sort=" + e.dataset.sort
  : e.id.startsWith("rg-row-") ? "a row of two areas"
  : e.closest("#rg-table tbody") ? "a row" : e.dataset.area ? "an area" : e.id ? "#" + e.id
  : e.name ? e.name + "=" + e.value : e.localName === "summary" ? "summary" : "." + e.className.split(" ")[0]"""
CONTROLS = CONTROLS.replace("NAME", f"({NAME})")


@pytest.fixture(scope="module")
def panel():
    return invented_panel(PERIODS)


@pytest.fixture(scope="module")
def files(tmp_path_factory, panel):
    folder = tmp_path_factory.mktemp("map")
    paths = {}
    for lang in ("de", "en"):
        paths[lang] = folder / f"{lang}.html"
        study = rg.Study(panel, lang=lang)
        rg.explore_map(study, UNEMPLOYED, warnings=invented_warnings()).save(str(paths[lang]))
    return paths


class Walk:
    """A page, what it should show, and which controls have been used so far."""

    def __init__(self, page, panel, lang):
        regions = aggregate_to_regions(panel).data.query("level == 'region'")
        self.panel = rg.Panel(pd.concat([panel.data, regions]), panel.catalogue)
        self.page = page
        self.lang = lang
        self.used, self.seen = set(), set()
        self.shown = {"indicator": UNEMPLOYED, "group": "insgesamt", "period": "2024", "level": "district"}
        self.own = False
        self.second = None
        self.check()

    def say(self, code):
        return getattr(PHRASES[f"explore.{code}"], self.lang)

    def did(self, control, *, own=None, **shown):
        """Note that a control was used, and check that the map shows what it should."""
        self.used.add(control)
        self.shown |= shown
        self.own = self.own if own is None else own
        self.check()

    def check(self):
        where = self.shown
        rows = self.panel.sel(where["indicator"], group=where["group"], level=where["level"]).data
        now = rows[rows["period"] == where["period"]].set_index("area_id")["value"]
        classes = classify(now if self.own else rows["value"], "apart", 5, decimals=1)
        colors = classes.colors(get_theme("meeting").sequential)
        wanted = {area: colors[at] for area, at in zip(now.index, classes.assign(now), strict=True)}
        if self.second:
            others = self.panel.sel(
                self.second, group="insgesamt", level=where["level"], period=where["period"]
            ).data
            parts = [classify(one, "quantiles", 3, decimals=1).assign(one) for one in (now, others["value"])]
            wanted = {area: BIVARIATE[i][j] for area, i, j in zip(now.index, *parts, strict=True)}
        assert len(wanted) == {"district": 25, "region": 16, "subdistrict": 108}[where["level"]]
        found = self.page.eval_on_selector_all(
            "path.rg-area", "paths => paths.map(p => [p.dataset.area, getComputedStyle(p).fill])"
        )
        painted = {
            area: "#" + "".join(f"{int(part):02x}" for part in fill[4:-1].split(",")) for area, fill in found
        }
        assert painted == wanted, (where, self.own)
        said = self.page.locator("#rg-subtitle").inner_text()
        assert format_period(where["period"], self.lang) in said
        self.seen |= set(self.page.evaluate(CONTROLS))

    def text(self, selector):
        return self.page.locator(selector).inner_text().replace("\xa0", " ")

    def pinned(self):
        found = self.page.locator("path.rg-area[aria-pressed=true]")
        return found.get_attribute("data-area") if found.count() else None

    def zoom(self):
        return self.page.evaluate("() => document.querySelector('path.rg-area').getBBox().width")


def drive_choices(walk):
    page = walk.page
    page.select_option("#rg-indicator", FOREIGN)
    walk.did("#rg-indicator", indicator=FOREIGN)
    for group, english in (("Frauen", "women"), ("insgesamt", "all")):
        page.select_option("#rg-group", label=english if walk.lang == "en" else group)
        walk.did("#rg-group", group=group)
    for choice, own in (("own", True), ("pooled", False), ("own", True)):
        page.locator(f"input[name=rg-classes][value={choice}]").check(force=True)
        walk.did(f"rg-classes={choice}", own=own)
    page.focus("#rg-period")
    for period in ("2023", "2022"):
        page.keyboard.press("ArrowLeft")
        walk.did("#rg-period", period=period)
        assert walk.text("#rg-period-text") == period
    page.click("#rg-play")
    assert page.get_attribute("#rg-play", "aria-label") == walk.say("pause")
    page.wait_for_function("() => document.getElementById('rg-period-text').textContent === '2024'")
    page.wait_for_function(
        "label => document.getElementById('rg-play').getAttribute('aria-label') === label", arg=walk.say("play")
    )
    walk.did("#rg-play", period="2024")
    for level in ("region", "subdistrict", "district"):
        page.locator(f"input[name=rg-level][value={level}]").check(force=True)
        walk.did(f"rg-level={level}", level=level)
    page.locator("input[name=rg-classes][value=pooled]").check(force=True)
    walk.did("rg-classes=pooled", own=False)


def drive_views(walk):
    # what the charts show is compared in test_interactive_ranking.py
    page = walk.page
    for view, shown in (("ranking", True), ("map", False), ("ranking", True)):
        page.locator(f"input[name=rg-view][value={view}]").check(force=True)
        assert page.locator("#rg-chart").is_visible() == shown
        walk.did(f"rg-view={view}")
    page.click("[data-row='14']")
    assert walk.pinned() == "14"
    walk.did("a part of the chart")
    page.click("[data-row='14']")
    page.locator("input[name=rg-view][value=pair]").check(force=True)
    page.select_option(
        "#rg-second", label=page.locator(f"#rg-indicator option[value='{UNEMPLOYED}']").inner_text()
    )
    walk.second = UNEMPLOYED
    walk.did("rg-view=pair")
    walk.did("#rg-second")
    for period in ("2023", "2024"):
        page.focus("#rg-period")
        page.keyboard.press("ArrowLeft" if period == "2023" else "ArrowRight")
        walk.did("#rg-period", period=period)
    page.uncheck("#rg-points")
    assert page.locator("#rg-chart").is_hidden()
    page.check("#rg-points")
    walk.did("#rg-points")
    page.click("#rg-show-table")
    page.click("[data-sort=second]")
    values = walk.panel.sel(UNEMPLOYED, level="district", period="2024").data.set_index("area_id")["value"]
    assert page.locator("#rg-table tbody tr").first.inner_text().startswith(values.idxmax())
    walk.did("sort=second")
    page.click("#rg-show-table")
    walk.second = None
    drive_two_areas(walk)
    page.locator("input[name=rg-view][value=map]").check(force=True)
    walk.did("rg-view=map")


def drive_two_areas(walk):
    # what it shows is compared in test_interactive_comparison.py
    page = walk.page
    page.locator("input[name=rg-view][value=comparison]").check(force=True)
    walk.did("rg-view=comparison")
    page.click("path[data-area='24']")
    page.select_option("#rg-beside", "district:16")
    assert page.locator("path.rg-area[aria-pressed=true]").count() == 2
    walk.did("#rg-beside")
    page.locator("[id^=rg-row-]:not(.rg-current)").first.click()
    walk.did("a row of two areas", indicator=UNEMPLOYED)
    page.locator("[id^=rg-row-]:not(.rg-current)").first.press("Enter")
    walk.did("a row of two areas", indicator=FOREIGN)
    page.keyboard.press("Escape")
    assert page.locator("#rg-beside").is_hidden()


def drive_areas(walk):
    page = walk.page
    for wish, area in (("7", "07"), ("Hadern", "20"), ("berg am laim", "14")):
        page.fill("#rg-search", wish)
        page.press("#rg-search", "Enter")
        assert walk.pinned() == area
        walk.did("#rg-search")
    page.fill("#rg-search", "Nirgendwo")
    assert walk.text("#rg-search-result") == walk.say("not_found")
    page.click("#rg-panel .rg-close")
    assert walk.pinned() is None
    walk.did(".rg-close")
    page.click("path.rg-area[data-area='14']")  # the search has brought it into the middle
    assert walk.text("#rg-panel h2").startswith("14 ")
    page.click("path.rg-area[data-area='14']")
    assert walk.pinned() is None
    walk.did("an area")
    page.locator("#rg-warning-list button").first.click()
    assert walk.pinned() == "24"
    walk.did("a warning")
    page.uncheck("#rg-warnings")
    assert page.locator(".rg-pin-mark").count() == 0
    walk.did("#rg-warnings")
    page.check("#rg-warnings")
    assert page.locator(".rg-pin-mark").count() == 3
    walk.did("#rg-warnings")


def drive_table(walk):
    page = walk.page
    page.click("#rg-show-table")
    rows = page.locator("#rg-table tbody tr")
    assert rows.count() == 25
    # more than a few rows are in sight
    assert page.locator("#rg-table").bounding_box()["height"] > 200
    walk.did("#rg-show-table")
    now = walk.panel.sel(FOREIGN, group="insgesamt", level="district", period="2024").data
    values = now.set_index("area_id")["value"]
    page.click("[data-sort=value]")
    assert rows.first.inner_text().startswith(values.idxmax())
    walk.did("sort=value")
    page.click("[data-sort=number]")
    assert rows.first.inner_text().startswith("01")
    walk.did("sort=number")
    rows.nth(4).locator("button").click()
    assert walk.pinned() == "05"
    walk.did("a row")
    # a stop of the keyboard because it scrolls
    for name in ("#rg-table", ".rg-side"):
        page.focus(name)
        page.keyboard.press("End")
        page.wait_for_function("name => document.querySelector(name).scrollTop > 0", arg=name)
        walk.did(name)


def drive_frame(walk):
    page = walk.page
    before = walk.zoom()
    for name, grows in (("in", True), ("out", False)):
        page.click(f".leaflet-control-zoom-{name}")
        page.wait_for_function(
            "([before, grows]) => !document.querySelector('.leaflet-zoom-anim') &&"
            " (document.querySelector('path.rg-area').getBBox().width > before * 1.5) === grows",
            arg=[before, grows],
        )
        walk.did(f".leaflet-control-zoom-{name}")
    page.focus("#rg-skip")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "rg-legend"
    walk.did("#rg-skip")
    page.emulate_media(contrast="more")
    walk.check()
    page.emulate_media(contrast="no-preference")
    page.set_viewport_size(PHONE)
    page.wait_for_function("() => !document.getElementById('rg-more').open")
    page.click("#rg-more summary")
    assert page.locator("#rg-search").is_visible()
    walk.did("summary")
    # what is pinned stands at the foot of a phone, with the way to all that is known of it
    page.evaluate("() => scrollTo(0, 0)")
    page.wait_for_function("() => !document.getElementById('rg-card').classList.contains('rg-beside')")
    page.click("#rg-all-facts")
    assert page.evaluate("() => document.activeElement.closest('#rg-panel') !== null")
    walk.did("#rg-all-facts")
    page.set_viewport_size(DESK)
    page.wait_for_function("() => document.getElementById('rg-more').open")


def drive_take(walk):
    # what is saved is compared with the screen in test_interactive_take.py
    page = walk.page
    page.click("#rg-take")
    walk.did("#rg-take")
    for ending in ("csv", "png", "svg"):
        with page.expect_download() as waiting:
            page.click(f"#rg-take-{ending}")
        assert waiting.value.suggested_filename.endswith(f".{ending}")
        walk.did(f"#rg-take-{ending}")
    page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(); }")
    page.evaluate("() => { document.execCommand = () => false; }")
    page.click("#rg-take-link")
    page.wait_for_selector("#rg-take-address:focus")
    assert page.input_value("#rg-take-address") == page.url
    walk.did("#rg-take-link")
    walk.did("#rg-take-address")
    page.keyboard.press("Escape")
    assert page.locator("#rg-take-box").is_hidden()
    walk.check()


def drive_reset(walk):
    page = walk.page
    sent = page.url
    page.click("#rg-reset")
    walk.did("#rg-reset", indicator=UNEMPLOYED)
    assert walk.pinned() is None
    assert page.locator("#rg-table").is_hidden()
    page.evaluate("url => { location.href = url; }", sent)
    page.wait_for_selector("#rg-table table")
    walk.shown["indicator"] = FOREIGN
    walk.check()
    assert walk.pinned() == "05"


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_control_is_driven(browser, files, panel, lang):
    with open_page(browser, files[lang]) as page:
        walk = Walk(page, panel, lang)
        for drive in (drive_choices, drive_views, drive_areas, drive_table, drive_frame, drive_take, drive_reset):
            drive(walk)
        assert walk.seen == walk.used


@pytest.mark.parametrize(
    ("lang", "chosen"),
    [
        ("de", "ranking"),
        ("en", "ranking"),
        ("de", "pair"),
        ("en", "pair"),
        ("de", "comparison"),
        ("en", "comparison"),
    ],
)
def test_the_keyboard_alone_reaches_every_control(browser, files, lang, chosen):
    view = {"indicator": FOREIGN, "area": "24", "table": "1", "view": chosen}
    with open_page(browser, files[lang], view=view) as page:
        # the focus stays before the first stop
        page.evaluate("() => document.getElementById('rg-take').click()")
        controls = set(page.evaluate(CONTROLS))
        reached, stop = set(), ""
        for _ in range(80):
            page.keyboard.press("Tab")
            stop = page.evaluate(
                f"() => document.activeElement === document.body ? '' : ({NAME})(document.activeElement)"
            )
            if not stop and reached:
                break
            reached.add(stop)
            ring = page.evaluate(
                "() => { const e = document.activeElement;"
                " const style = getComputedStyle(e.closest('label')?.querySelector('span') || e);"
                " return style.outlineStyle !== 'none' || document.querySelector('.rg-focus-ring') !== null; }"
            )
            assert ring, f"no one sees that {stop} has the focus"
        assert stop == ""
        # one stop for a group of choices, arrows go on from there; a phone alone has the summary
        arrows = {name for name in controls if name.startswith(("rg-level=", "rg-classes=", "rg-view="))}
        assert {"rg-level=district", f"rg-view={chosen}"} <= reached
        assert reached | arrows | {"summary"} == controls
