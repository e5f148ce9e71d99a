"""Every number on a map or a funnel (legend, counts, labels, marks, city) is the one of the plain table."""

from __future__ import annotations

import math
import re

import geopandas as gpd
import pytest
import shapely
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from plain_table import SPACE as NBSP
from plain_table import parse, read_names, write
from printed_made import CHOSEN, draw_change, draw_map

import regsam_geo as rg

pytestmark = pytest.mark.slow

NAMES = read_names()
KEYS = {
    "Arbeitslose - Anteil": "insgesamt",
    "Bevölkerungsdichte": "insgesamt",
    "Allgemeine Geburtenrate": "insgesamt",
}
LABELS = {
    "de": (r"(\S+) bis unter (\S+)", r"(\S+) bis (\S+)", r"unter (\S+)", r"(?:ab )?(\S+)(?: und mehr)?"),
    "en": (r"(\S+) to under (\S+)", r"(\S+) to (\S+)", r"under (\S+)", r"(\S+)(?: and (?:over|more|above))?"),
}


def written(figure):
    """All texts of a figure with their places on the page."""
    return [(one.get_text(), one.get_position()) for one in figure.findobj(Text) if one.get_text().strip()]


def words_of(figure):
    """What is written beside the map, from top to bottom, lines joined."""
    lines = sorted((one for one in written(figure) if one[1][0] < 10_000), key=lambda one: (-one[1][1], one[1][0]))
    return " ".join(" ".join(text for text, _ in lines).split())


def without_room(figure, lang):
    """The areas whose label the foot tells instead."""
    pattern = {"de": r"ohne Platz in der Karte: ([\d, ]+)\.", "en": r"without room on the map: ([\d, ]+)\."}[lang]
    found = re.search(pattern, words_of(figure))
    return [f"{int(one):02d}" for one in found[1].split(", ")] if found else []


def limits(label, lang):
    """The ends of a class as its label says them: (low, high, whether high belongs to it)."""
    inner, last, below, single = (re.fullmatch(pattern, label) for pattern in LABELS[lang])
    if inner:
        return parse(inner[1], lang)[0], parse(inner[2], lang)[0], False
    if last:
        return parse(last[1], lang)[0], parse(last[2], lang)[0], True
    if below:
        return -math.inf, parse(below[1], lang)[0], False
    assert single, label
    low = parse(single[1], lang)[0]
    return low, (low if label == single[1] else math.inf), True


def legend_of(figure, unit, lang):
    """Read the legend from high to low: color, ends of the class, count."""
    fields = [one for one in figure.findobj(Rectangle) if one.get_label() == "swatch"]
    rows = []
    for field in sorted(fields, key=lambda one: -one.get_y()):
        beside = sorted(
            (x, text)
            for text, (x, y) in written(figure)
            if field.get_y() - 0.5 <= y <= field.get_y() + field.get_height() + 0.5 and x > field.get_x()
        )
        label = beside[0][1]
        if len(unit) <= 3:
            assert label.endswith(NBSP + unit)
            label = label.removesuffix(NBSP + unit)
        rows.append((to_hex(field.get_facecolor()), limits(label, lang), int(beside[-1][1])))
    return rows


def areas_of(figure):
    """The colors of the areas, in the order of the layer."""
    (drawn,) = (one for one in figure.findobj(PathCollection) if one.get_label() == "areas")
    return [to_hex(color) for color in drawn.get_facecolors()]


def labels_on_the_map(figure):
    """Texts that stand at places of the city, not of the page."""
    return [(text, shapely.Point(place)) for text, place in written(figure) if place[0] > 10_000]


@pytest.mark.parametrize("lang", ["de", "en"])
@pytest.mark.parametrize("indicator", list(KEYS))
@pytest.mark.parametrize(("classes", "period"), [("quantiles", "2024"), ("pretty", "2012")])
def test_the_legend_counts_the_areas_whose_printed_value_it_names(plain, indicator, lang, classes, period):
    key = indicator, KEYS[indicator]
    entry = plain.catalogue[key]
    rg.set_language(lang)
    try:
        figure = draw_map(rg.load_sample().sel(indicator), period, classes=classes, labels="value")
    finally:
        rg.set_language(None)
    ids = [str(area) for area in rg.load_boundaries("district").index]
    values = [plain.value(key, period, area=area) for area in ids]
    legend = legend_of(figure, entry.unit[lang], lang)
    # from high to low, without gaps
    assert [row[1][0] for row in legend[:-1]] == [row[1][1] for row in legend[1:]] or any(
        row[1][0] == row[1][1] for row in legend
    )
    for color, (low, high, closed), count in legend:
        inside = [low <= value and (value < high or (closed and value <= high)) for value in values]
        assert sum(inside) == count
        assert [drawn == color for drawn in areas_of(figure)] == inside
    assert sum(row[2] for row in legend) == 25
    city = write(plain.value(key, period), entry.decimals, lang) + " " + entry.unit[lang]
    words = {"de": f"Stadt München: {city} ", "en": f"City of Munich: {city} "}[lang]
    assert words in words_of(figure)
    assert f" {period} " in words_of(figure)
    shapes = rg.load_boundaries("district").geometry
    told = labels_on_the_map(figure)
    left_out = without_room(figure, lang)
    assert sorted(text for text, _ in told) == sorted(
        write(value, entry.decimals, lang) for area, value in zip(ids, values, strict=True) if area not in left_out
    )
    for text, place in told:
        (area,) = shapes.index[shapes.contains(place)] if shapes.contains(place).any() else (None,)
        if area is not None:
            assert text == write(plain.value(key, period, area=area), entry.decimals, lang)


def test_the_city_is_printed_with_the_digits_of_the_catalogue(plain):
    figure = draw_map(rg.load_sample().sel("Arbeitslose - Anteil"), 2024, classes=[3.125, 4.375], labels="value")
    texts = [text for text, _ in written(figure)]
    assert f"Stadt München: 3,9{NBSP}%" in texts
    assert write(plain.value(("Arbeitslose - Anteil", "insgesamt"), "2024"), 1, "de") == "3,9"
    assert any(text.startswith("3,125 bis unter 4,375") for text in texts)
    assert "5,0" in texts  # district 16


@pytest.mark.parametrize("lang", ["de", "en"])
def test_changes_are_differences_of_printed_values(plain, lang):
    key = "Arbeitslose - Anteil", "insgesamt"
    rg.set_language(lang)
    try:
        figure = draw_change(rg.load_sample().sel(key[0]), 2019, 2024, labels="value")
    finally:
        rg.set_language(None)
    shapes = rg.load_boundaries("district").geometry

    def change(area=None):
        before, now = (plain.value(key, period, area=area) for period in ("2019", "2024"))
        return write(round(now - before, 9), 1, lang, sign=True)

    told = labels_on_the_map(figure)
    left_out = without_room(figure, lang)
    assert sorted(text for text, _ in told) == sorted(
        change(str(area)) for area in shapes.index if area not in left_out
    )
    for text, place in told:
        for area in shapes.index[shapes.contains(place)]:
            assert text == change(str(area))
    words = {"de": "Stadt München: ", "en": "City of Munich: "}[lang]
    assert words + change() + " " in words_of(figure)


@pytest.mark.parametrize("year", [2010, 2015])
def test_discs_stand_in_the_areas_that_their_sentences_name(year):
    shapes = rg.load_boundaries("district").geometry
    warnings = rg.detect_warnings(rg.load_sample().sel(CHOSEN), period=year)
    assert len(warnings) > 2
    # what has been open for more than three reports is told in the report alone
    marked = warnings[(warnings["status"] != "open") | (warnings["last"] >= str(year - 3))]
    assert len(marked) < len(warnings)
    drawn = 0
    for indicator in marked["indicator"].unique():
        mine = marked[marked["indicator"] == indicator]
        figure = draw_map(
            rg.load_sample().sel(indicator), year, warnings=warnings, labels="none", region_labels=False
        )
        discs = dict(labels_on_the_map(figure))
        assert sorted(discs) == [str(number) for number in range(1, mine["area_id"].nunique() + 1)]
        beside = words_of(figure)
        for number, row in enumerate(mine.to_dict("records"), start=1):
            place = discs[str(number)]
            area, name, title = re.match(
                rf"Stadtbezirk (\d\d) (.+?) – (.+?)(?: \([^-][^)]*\))? {year}:", row["sentence_de"]
            ).groups()
            assert shapes[area].buffer(200).contains(place)
            # in short, as on the pages: how unusual it was, and since when, stands in the table
            arrow = {"up": "▲ ", "down": "▼ "}.get(row["direction"], "")
            digits = 0 if indicator == "Bevölkerungsdichte" else 1
            told = f"{number} {int(area)} {name}: {title} {arrow}{write(row['value'], digits, 'de')}"
            assert told in beside
            rest = re.split(r" \d \d+ [A-Z]|Quelle", beside.partition(told)[2])[0]
            beside_city = row["direction"] in ("high", "low") and row["city"] == row["city"]
            measure = row["city"] if beside_city else row["expected"]
            assert write(measure, digits, "de") in rest[:60]
            assert row["sentence_de"] not in beside
            drawn += 1
    assert drawn == len(marked)


def rates_of(plain, key, period):
    return {
        area: (plain.rows[(*key, period, "district", area)].under, plain.exact(key, period, area=area))
        for area in plain.areas(key, period)
    }


@pytest.mark.parametrize("indicator", ["Arbeitslose - Anteil", "Nichtdeutsche", "Allgemeine Geburtenrate"])
def test_the_funnel_marks_the_areas_outside_their_own_limits(plain, indicator):
    import pandas as pd

    key = indicator, "insgesamt"
    entry = plain.catalogue[key]
    figure = rg.plot_funnel(rg.load_sample().sel(indicator), period=2024)
    cells = {area: plain.rows[(*key, "2024", "district", area)] for area in plain.areas(key, "2024")}
    bounds = rg.funnel_limits(
        pd.Series({area: one.over for area, one in cells.items()}),
        pd.Series({area: one.under for area, one in cells.items()}),
        "proportion" if entry.proportion else "ratio",
        scale=entry.scale,
    )
    rate = {area: entry.scale * one.over / one.under for area, one in cells.items()}
    wanted = {
        "^": {area for area in rate if rate[area] > bounds.loc[area, "upper_95"]},
        "v": {area for area in rate if rate[area] < bounds.loc[area, "lower_95"]},
    }
    wanted["o"] = set(rate) - wanted["^"] - wanted["v"]
    assert wanted["^"] | wanted["v"]
    places = {area: (one.under, rate[area]) for area, one in cells.items()}
    chart = next(axes for axes in figure.axes if axes.get_xlim()[1] > 1000)
    for marker, areas in wanted.items():
        points = [
            (float(x), float(y))
            for line in chart.lines
            if line.get_marker() == marker
            for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
            if x > 100  # the others explain the marks beside the chart
        ]
        wished = sorted(places[area] for area in areas)
        assert [x for x, _ in sorted(points)] == [x for x, _ in wished]
        assert [y for _, y in sorted(points)] == pytest.approx([y for _, y in wished], rel=1e-9)
    texts = [text for text, _ in written(figure)]
    whole = write(plain.all_areas(key, "2024"), entry.decimals, "de")
    unit = NBSP + entry.unit["de"] if len(entry.unit["de"]) <= 3 else ""
    assert f"alle zusammen: {whole}{unit}" in texts
    named = {text for text in texts if re.match(r"\d+ [A-ZÄÖÜ]", text)}
    assert named == {f"{area.lstrip('0')} {NAMES[area]}" for area in wanted["^"] | wanted["v"]}


def test_the_layer_is_the_one_that_the_numbers_were_read_for():
    layer = rg.load_boundaries("district")
    assert isinstance(layer, gpd.GeoDataFrame)
    assert dict(layer["name"]) == NAMES
