"""Circles, points, fields and rows of the views that compare stand where the plain table puts them."""

from __future__ import annotations

import re

import numpy as np
import pytest
import shapely
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.text import Text
from plain_table import SPACE, is_printed, read_names, read_regions

import regsam_geo as rg
from regsam_geo.look.palettes import BIVARIATE

FOREIGN, UNEMPLOYED = ("Nichtdeutsche", "insgesamt"), ("Arbeitslose - Anteil", "insgesamt")
NOW = "2024"
AREAS = sorted(read_names())
REGION_OF, _ = read_regions()


@pytest.fixture(scope="module", autouse=True)
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


@pytest.fixture(scope="module")
def study():
    return rg.load_study()


def numbers_of(figure, unit=""):
    """The words of a page that are a number with a unit."""
    words = [text.get_text() for text in figure.findobj(Text)]
    form = r"[−-]?[\d.]+(,\d+)?" + (f"{SPACE}{unit}" if unit else "")
    return [word for word in words if re.fullmatch(form, word)]


def test_the_area_of_each_circle_is_the_count_of_its_district(study, plain):
    figure = rg.plot_symbols(study, "Nichtdeutsche", NOW, labels="none")
    (drawn,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "symbols"]
    boxes = [path.get_extents() for path in drawn.get_paths()[1::2]]
    counts = {area: plain.rows[(*FOREIGN, NOW, "district", area)].over for area in AREAS}
    areas = rg.load_boundaries("district").geometry
    scale = []
    for box in boxes:
        x, y = (box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2
        (area,) = [name for name, polygon in areas.items() if polygon.contains(shapely.Point(x, y))]
        scale.append(box.width**2 / counts.pop(area))
    assert not counts
    assert np.ptp(scale) / np.mean(scale) < 0.01


def test_values_as_labels_are_the_counts(study, plain):
    figure = rg.plot_symbols(study, "Nichtdeutsche", NOW, labels="value", theme="slide")
    words = numbers_of(figure)
    told = " ".join(text.get_text() for text in figure.findobj(Text)).partition("ohne Platz in der Karte: ")[2]
    left_out = told.partition(".")[0].split(", ") if told else []
    assert len(left_out) <= 3
    for area in AREAS:
        count = plain.rows[(*FOREIGN, NOW, "district", area)].over
        here = any(is_printed(word, count, 0, "de") for word in words)
        assert here != (area.lstrip("0") in left_out), area


def test_the_field_of_each_area_follows_from_its_two_ranks(study, plain):
    figure = rg.plot_bivariate(study, ["Nichtdeutsche", "Arbeitslose"], NOW)
    (drawn,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "areas"]
    place = {color: (i, j) for i, column in enumerate(BIVARIATE) for j, color in enumerate(column)}
    cells = dict(zip(AREAS, (place[to_hex(color)] for color in drawn.get_facecolors()), strict=True))
    for axis, key in enumerate((FOREIGN, UNEMPLOYED)):
        printed = {area: plain.value(key, NOW, area=area) for area in AREAS}
        order = sorted(AREAS, key=lambda area: printed[area])
        found = [cells[area][axis] for area in order]
        assert found == sorted(found)
        assert max(found.count(one) for one in (0, 1, 2)) <= 10
        # the first of each class begins where the legend says so
        firsts = [printed[order[found.index(one)]] for one in (1, 2)]
        words = numbers_of(figure, "%")
        assert all(any(is_printed(word, first, 1, "de", "%") for word in words) for first in firsts)


def test_points_stand_at_the_exact_values(study, plain):
    figure = rg.plot_scatter(study, ["Nichtdeutsche", "Arbeitslose"], NOW)
    lines = [line for axes in figure.axes for line in axes.lines if line.get_label() == "areas"]
    found = sorted(map(tuple, np.vstack([line.get_xydata() for line in lines])))
    wanted = sorted(
        (plain.exact(FOREIGN, NOW, area=area), plain.exact(UNEMPLOYED, NOW, area=area)) for area in AREAS
    )
    assert np.array(found) == pytest.approx(np.array(wanted))
    city = [line for axes in figure.axes for line in axes.lines if line.get_label() == "city"]
    assert sorted(float(np.ravel(line.get_data())[at]) for line, at in zip(city, (2, 0), strict=True)) == (
        pytest.approx(sorted((plain.exact(FOREIGN, NOW), plain.exact(UNEMPLOYED, NOW))))
    )


def test_the_rows_of_a_comparison_hold_the_values_of_the_table(study, plain):
    words = numbers_of(rg.plot_comparison(study, "12", NOW), "%")
    rates = plain.region_rates(UNEMPLOYED, NOW, REGION_OF)
    wanted = [
        plain.exact(UNEMPLOYED, NOW, area="12"),
        rates["4/12"],
        plain.exact(UNEMPLOYED, NOW),
    ]
    for value in wanted:
        assert any(is_printed(word, value, 1, "de", "%") for word in words), value
