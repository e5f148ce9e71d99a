"""Spine rows, sparklines and small series: marks stand where the numbers say."""

from __future__ import annotations

import itertools
import math
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.charts.small_series import nice_steps, series_svg
from regsam_geo.charts.spine import runs, side_of, sparkline_svg, spine_svg

SVG = "{http://www.w3.org/2000/svg}"
numbers = st.floats(-1e6, 1e6, allow_nan=False).map(lambda value: round(value, 3))


def shapes(svg, kind):
    return list(ElementTree.fromstring(svg).iter(SVG + kind))


def test_the_city_stands_in_the_middle_and_the_disc_at_its_value():
    svg = spine_svg(105.0, 100.0, [50.0, 105.0, 150.0], width=110)
    (disc,) = shapes(svg, "circle")
    # 50 away from the city is 50 points, so 5 is 5
    assert float(disc.get("cx")) == pytest.approx(55 + 5)
    middle = [line.get("points").split()[0].split(",")[0] for line in shapes(svg, "polyline")][-1]
    assert float(middle) == 55


@pytest.mark.parametrize(("value", "up"), [(120.0, True), (80.0, False)])
def test_far_values_are_triangles_that_point(value, up):
    (mark,) = shapes(spine_svg(value, 100.0, [80.0, 100.0, 120.0]), "polygon")
    heights = [float(point.split(",")[1]) for point in mark.get("points").split()]
    tip = min(heights) if up else max(heights)
    assert heights.count(tip) == 1
    assert not shapes(spine_svg(value, 100.0, [80.0, 100.0, 120.0]), "circle")


@given(value=numbers, city=numbers, peers=st.lists(numbers | st.just(math.nan), max_size=20))
def test_any_numbers_give_a_picture_inside_its_frame(value, city, peers):
    root = ElementTree.fromstring(spine_svg(value, city, peers))
    for element in root:
        for name in ("x", "cx"):
            if name in element.attrib:
                assert -0.01 <= float(element.get(name)) <= 128.01


def test_no_city_or_no_peers_gives_an_empty_picture():
    assert not list(ElementTree.fromstring(spine_svg(1.0, math.nan, [1.0])))
    assert not list(ElementTree.fromstring(spine_svg(1.0, 1.0, [])))


def test_sides():
    assert side_of(1.1) == "above"
    assert side_of(1 / 1.1) == "below"
    assert side_of(1.0999) == side_of(math.nan) == side_of(math.inf) == ""


@given(st.lists(numbers | st.just(math.nan), max_size=30))
def test_gaps_are_gaps(values):
    found = runs(values)
    assert [i for run in found for i in run] == [i for i, value in enumerate(values) if not math.isnan(value)]
    assert all(b - a == 1 for run in found for a, b in itertools.pairwise(run))
    assert all(b[0] - a[-1] > 1 for a, b in itertools.pairwise(found))
    svg = sparkline_svg(values)
    assert len(shapes(svg, "polyline")) == sum(len(run) > 1 for run in found)


@given(low=numbers, span=st.floats(0, 1e5).map(lambda value: round(value, 3)))
def test_steps_are_round_and_enclose(low, span):
    steps = nice_steps(low, low + span)
    assert steps[0] <= low + 1e-6
    assert steps[-1] >= low + span - 1e-6
    assert 2 <= len(steps) <= 6
    widths = {round(b - a, 8) for a, b in itertools.pairwise(steps)}
    assert max(widths) - min(widths) < 1e-6 * max(1.0, max(abs(step) for step in steps))


def test_a_series_writes_its_newest_values_and_its_ends():
    svg = series_svg(
        ["2022", "2023", "2024"], [1.0, math.nan, 3.04], [2.0, 2.0, 2.06], expected=2.5, decimals=1, lang="de"
    )
    texts = [element.text for element in shapes(svg, "text")]
    assert texts[-2:] == ["3,0", "2,1"]
    assert "2022" in texts
    assert "2024" in texts
    assert len(shapes(svg, "polygon")) == 1  # the diamond of the expectation


def test_newest_values_never_overlap():
    svg = series_svg(["2023", "2024"], [1.0, 2.0], [1.0, 2.001], lang="de")
    heights = [float(element.get("y")) for element in shapes(svg, "text")[-2:]]
    assert abs(heights[0] - heights[1]) >= 7


def test_words_are_escaped():
    from regsam_geo.charts.vector import Drawing

    drawing = Drawing(10, 10)
    drawing.text(0, 0, '<b>&"', 5, "#000000")
    assert shapes(drawing.svg(), "text")[0].text == '<b>&"'
