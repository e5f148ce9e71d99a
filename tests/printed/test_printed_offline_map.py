"""What a reader of the offline map sees in a browser: tooltips, legend, facts, lines and table, area by area."""

from __future__ import annotations

import itertools
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from plain_pictures import Scale
from plain_table import SPACE as NBSP
from plain_table import parse, read_names, read_regions
from test_printed_maps import limits
from test_printed_report import ordered

sys.path.insert(0, str(Path(__file__).parents[1] / "maps"))
from map_page import open_browser, open_page

pytestmark = pytest.mark.slow

REGION_OF, REGION_NAMES = read_regions()
NAMES = read_names()
NOW = "2024"
SHOWN = [("district", "2024"), ("district", "2018"), ("region", "2024")]
URGENCY = {"watch": "beobachten", "check": "prüfen", "priority": "vorrangig prüfen"}

# every path of the map is pointed at, and what the tooltip says is kept
TOOLTIPS = """() => Object.fromEntries([...document.querySelectorAll('path.rg-area')].map(path => {
  const box = path.getBoundingClientRect();
  const at = { bubbles: true, clientX: box.x + box.width / 2, clientY: box.y + box.height / 2 };
  path.dispatchEvent(new MouseEvent('mouseover', at));
  const lines = [...document.querySelectorAll('.rg-tooltip div > *')].map(one => one.textContent);
  path.dispatchEvent(new MouseEvent('mouseout', at));
  return [path.dataset.area, lines];
}))"""

SPOKEN = """paths => Object.fromEntries(paths.map(path =>
  [path.dataset.area, [path.getAttribute('aria-label'), getComputedStyle(path).fill]]))"""
LEGEND = """rows => rows.map(row => [row.querySelector('rect').getAttribute('fill'), row.children[1].textContent,
  Number(row.children[2].textContent)])"""


class Shown:
    """The values of one view of the map, by hand."""

    def __init__(self, plain, key, level, period):
        self.plain, self.key, self.level, self.period = plain, key, level, period
        self.entry = plain.catalogue[key]
        self.ids = sorted(NAMES) if level == "district" else list(REGION_NAMES)
        self.unit = NBSP + self.entry.unit["de"]

    def exact(self, area, period=None):
        when = period or self.period
        if self.level == "district":
            return self.plain.exact(self.key, when, area=area)
        return self.plain.region_rates(self.key, when, REGION_OF)[area]

    def value(self, area, period=None):
        """The printed value: of a district that of the file, of a region the rounded rate."""
        when = period or self.period
        if self.level == "district":
            return self.plain.value(self.key, when, area=area)
        return round(self.exact(area, when) + 1e-9, self.entry.decimals)

    def city(self, period=None):
        return self.plain.value(self.key, period or self.period)

    def name(self, area):
        return f"{area} {NAMES[area]}" if self.level == "district" else f"Region {area} {REGION_NAMES[area]}"


def says(text, number, decimals, slack=0.0):
    """Whether a text is a number; ``slack`` is for what is computed from numbers that were packed."""
    found, digits = parse(text, "de")
    return digits == decimals and abs(found - number) <= 0.5 * 10**-decimals + slack + 1e-9


def without(text, unit):
    assert text.endswith(unit), (text, unit)
    return text.removesuffix(unit)


@pytest.fixture(scope="module")
def browser():
    with open_browser() as found:
        yield found


@pytest.fixture(scope="module")
def map_file(report):
    return report / "interaktive-karte.html"


@pytest.fixture(scope="module")
def views(grouped):
    _, plain = grouped
    return [
        Shown(plain, key, level, period)
        for key in ordered(plain)
        for level, period in SHOWN
        if level == "district" or plain.catalogue[key].comparable
    ]


def show(page, view, **more):
    hash_parts = {
        "indicator": view.key[0],
        "group": view.key[1],
        "period": view.period,
        "level": view.level,
        **more,
    }
    page.evaluate("parts => { location.hash = new URLSearchParams(parts).toString(); }", hash_parts)
    page.wait_for_function(
        "([title, period]) => document.getElementById('rg-title').textContent === title "
        "&& document.getElementById('rg-subtitle').textContent.includes(period)",
        arg=[view.entry.short("de"), view.period],
    )
    page.wait_for_function("n => document.querySelectorAll('path.rg-area').length === n", arg=len(view.ids))


def warned(warnings, view):
    if view.level != "district" or view.period != NOW:
        return {}
    # by area: neighbors that deviate together stand in one row of the table
    told = warnings.facts.by_area.to_dict("records")
    return {row["area_id"]: row for row in told if (row["indicator"], row["group"]) == view.key}


def test_the_tooltips_and_the_spoken_names_of_all_areas(browser, map_file, views, warnings):
    with open_page(browser, map_file) as page:
        for view in views:
            show(page, view)
            tips = page.evaluate(TOOLTIPS)
            spoken = page.eval_on_selector_all("path.rg-area", SPOKEN)
            hits = warned(warnings, view)
            assert set(tips) == set(spoken) == set(view.ids)
            legend = page.locator("#rg-legend tbody tr").count()
            for area, (name, value, *rest) in tips.items():
                assert name == view.name(area)
                assert says(without(value, view.unit), view.value(area), view.entry.decimals)
                city, *marks = rest if view.entry.comparable else ["", *rest]
                assert not view.entry.comparable or says(
                    without(city.removeprefix("Stadt München: "), view.unit), view.city(), view.entry.decimals
                )
                assert bool(marks) == (area in hits)
                words = re.fullmatch(r"(.+): (.+), Klasse (\d) von (\d)(, mit Hinweis)?", spoken[area][0])
                assert words, spoken[area]
                assert (words[1], words[2]) == (name, value)
                assert int(words[4]) == legend
                assert bool(words[5]) == (area in hits)


@pytest.mark.parametrize("classes", ["own", "pooled"])
def test_the_legend_counts_the_areas_of_each_color(browser, map_file, views, classes):
    with open_page(browser, map_file) as page:
        for view in views:
            show(page, view, classes=classes)
            rows = page.eval_on_selector_all("#rg-legend tbody tr", LEGEND)
            spoken = page.eval_on_selector_all("path.rg-area", SPOKEN)
            short = NBSP + "%" if view.entry.unit["de"] == "%" else ""
            ends = []
            for place, (color, label, count) in enumerate(rows):
                low, high, closed = limits(without(label, short), "de")
                ends.append((low, high, closed))
                inside = {
                    area
                    for area in view.ids
                    if low <= view.value(area)
                    and (view.value(area) < high or (closed and view.value(area) <= high))
                }
                assert len(inside) == count
                assert {area for area in view.ids if as_hex(spoken[area][1]) == color} == inside
                # the spoken class counts from the lowest
                assert all(f"Klasse {len(rows) - place} von" in spoken[area][0] for area in inside)
            assert sum(count for *_, count in rows) == len(view.ids)
            # without gaps, but above a class whose label ends with the highest value that it holds
            for (begins, *_), (_, high, closed) in itertools.pairwise(ends):
                assert begins == high or (closed and begins > high)


def as_hex(color):
    if color.startswith("#"):
        return color
    return "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", color))


FACTS = """() => ({
  title: document.getElementById('rg-title').textContent,
  subtitle: document.getElementById('rg-subtitle').textContent,
  name: document.querySelector('#rg-panel h2').textContent,
  facts: [...document.querySelectorAll('.rg-facts tbody tr')].map(row =>
    [row.querySelector('th').firstChild, ...row.querySelectorAll('td')].map(cell => cell.textContent)),
  terms: [...document.querySelectorAll('#rg-panel dt')].map(one => one.textContent),
  details: [...document.querySelectorAll('#rg-panel dd')].map(one => one.textContent),
  spark: document.querySelector('.rg-spark').getAttribute('aria-label'),
  lines: Object.fromEntries(['own', 'city', 'grid'].map(name =>
    [name, document.querySelector('.rg-spark-' + name).getAttribute('d')])),
  marks: [...document.querySelectorAll('.rg-spark text')].map(one => one.textContent),
  dots: [...document.querySelectorAll('.rg-spark-dot')].map(one =>
    [Number(one.getAttribute('cx')), Number(one.getAttribute('cy'))]),
  sentences: [...document.querySelectorAll('#rg-panel .rg-sentences li')].map(one => one.textContent),
})"""


def test_the_facts_and_the_line_of_an_area(browser, map_file, views, warnings, grouped):
    with open_page(browser, map_file) as page:
        for view in views:
            decimals = view.entry.decimals
            short = NBSP + "%" if view.entry.unit["de"] == "%" else ""
            show(page, view)
            for area in view.ids[::4] + list(warned(warnings, view)):
                page.evaluate(
                    "area => { location.hash = location.hash.replace(/&area=[^&]*/, '') "
                    "+ '&area=' + encodeURIComponent(area); }",
                    area,
                )
                page.wait_for_function(
                    "name => document.querySelector('#rg-panel h2')?.textContent === name", arg=view.name(area)
                )
                found = page.evaluate(FACTS)
                beside = view.entry.comparable
                assert ("Stadt München: " in found["subtitle"]) == beside
                if beside:
                    assert says(without(found["subtitle"].rpartition(": ")[2], view.unit), view.city(), decimals)
                before = [str(int(view.period) - years) for years in (1, 5)]
                before = [one for one in before if one in view.plain.periods(view.key)]
                now, *changes = found["facts"]
                assert now[0] == view.period
                assert says(without(now[1], short), view.value(area), decimals)
                assert len(now) == 2 + beside
                assert not beside or says(without(now[2], short), view.city(), decimals)
                exact_city = view.plain.exact(view.key, view.period)
                for (label, own, *city), then in zip(changes, before, strict=True):
                    assert label == f"Veränderung seit {then}"
                    change = view.exact(area) - view.exact(area, then)
                    assert says(own, change, decimals, slack=0.01 * 10**-decimals)
                    city_change = exact_city - view.plain.exact(view.key, then)
                    assert len(city) == beside
                    assert not beside or says(city[0], city_change, decimals, slack=0.01 * 10**-decimals)
                told = dict(zip(found["terms"], found["details"], strict=True))
                everywhere = [round(view.exact(other), 9) for other in view.ids]
                rank = 1 + sum(other > round(view.exact(area), 9) for other in everywhere)
                assert told["Rang"] == f"{rank} von {len(view.ids)}"
                assert ("Unterschied zur Stadt" in told) == beside
                if beside:
                    difference = told["Unterschied zur Stadt"].split(NBSP)[0].split(" ")[0]
                    assert says(difference, view.exact(area) - exact_city, decimals, slack=0.01 * 10**-decimals)
                assert told.get("REGSAM-Region") == (REGION_OF[area] if view.level == "district" else None)
                check_line(found, view, area)
                mine = [
                    row
                    # of neighbors in one row each has a sentence of its own
                    for row in warnings.facts.by_area.to_dict("records")
                    if row["area_id"] == area and view.level == "district" and view.period == NOW
                ]
                assert sorted(found["sentences"]) == sorted(
                    f"{URGENCY[row['urgency']]}: {row['sentence_de']}" for row in mine
                )


def check_line(found, view, area):
    """The line of an area and that of the city stand at their values."""
    periods = view.plain.periods(view.key)
    own, city = ([view.value(area, when) for when in periods], [view.city(when) for when in periods])
    (first, begun), (last, ended) = re.findall(r"(\d{4}) (\S+)", found["spark"].replace(view.unit, ""))
    assert (first, last) == (periods[0], periods[-1])
    assert says(begun.rstrip(","), own[0], view.entry.decimals)
    assert says(ended, own[-1], view.entry.decimals)
    heights = [float(y) for y in re.findall(r"M[\d.]+ ([\d.]+)H", found["lines"]["grid"])]
    numbers = sorted(parse(text, "de")[0] for text in found["marks"][:-2])
    assert found["marks"][-2:] == [periods[0], periods[-1]]
    scale = Scale(list(zip(sorted(heights, reverse=True), numbers, strict=True)))
    slack = abs(scale.step) * 0.06 + 1e-9
    for name, values in (("own", own), ("city", city if view.entry.comparable else [])):
        places = [(float(x), float(y)) for x, y in re.findall(r"[ML]([\d.]+) ([\d.]+)", found["lines"][name])]
        assert [scale.value(y) for _, y in places] == pytest.approx(values, abs=slack)
        assert not places or np.ptp(np.diff([x for x, _ in places])) < 0.21
        if name == "own":
            (dot,) = found["dots"]
            assert dot == pytest.approx(places[periods.index(view.period)], abs=0.06)


def test_the_table_of_all_areas(browser, map_file, views, warnings):
    with open_page(browser, map_file) as page:
        for view in views:
            show(page, view, table="1")
            rows = page.eval_on_selector_all(
                "#rg-table tbody tr", "rows => rows.map(row => [...row.children].map(cell => cell.textContent))"
            )
            hits = warned(warnings, view)
            names = {view.name(area): area for area in view.ids}
            assert {row[0] for row in rows} == set(names)
            city = view.plain.exact(view.key, view.period)
            everywhere = [round(view.exact(other), 9) for other in view.ids]
            for name, value, difference, rank, label, *marks in rows:
                area = names[name]
                assert says(without(value, view.unit), view.value(area), view.entry.decimals)
                if view.entry.comparable:
                    slack = 0.01 * 10**-view.entry.decimals
                    assert says(difference, view.exact(area) - city, view.entry.decimals, slack=slack)
                else:
                    assert difference == "–"
                assert int(rank) == 1 + sum(other > round(view.exact(area), 9) for other in everywhere)
                short = NBSP + "%" if view.entry.unit["de"] == "%" else ""
                low, high, closed = limits(without(label, short), "de")
                assert low <= view.value(area) <= high
                assert closed or view.value(area) < high
                if marks:
                    assert marks == [URGENCY[hits[area]["urgency"]] if area in hits else "–"]
