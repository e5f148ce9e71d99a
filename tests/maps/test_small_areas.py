"""Layers of very many areas: what is drawn of them is compared with shapely's own answers, area by area."""

from __future__ import annotations

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from shapely.geometry import Polygon, box

from regsam_geo.look import get_theme
from regsam_geo.look.pages import Box, PageFigure, axes_in
from regsam_geo.look.save import figure_bytes, pixels
from regsam_geo.maps import geometry
from regsam_geo.maps.area_drawing import draw_areas, draw_hatching
from regsam_geo.maps.cells import areas_on_grid
from regsam_geo.maps.geometry import paths_of, union_of

RING = Polygon([(0, 0), (90, 0), (90, 80), (0, 80)], [[(20, 20), (70, 20), (70, 60), (20, 60)]])


def voronoi(n, seed):
    """Return ragged areas that share their borders, the first with a hole that the last fills."""
    points = np.random.default_rng(seed).uniform(0, 100, (n, 2))
    cells = np.array(shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(points))), dtype=object)
    return np.append(
        shapely.intersection(cells, box(3, 5, 96, 91)), shapely.MultiPolygon([RING, box(101, 3, 107, 9)])
    )


@pytest.mark.parametrize(("n", "step"), [(7, 1.0), (60, 0.7), (900, 2.3)])
def test_each_point_of_the_grid_has_the_area_it_lies_in(n, step, monkeypatch):
    monkeypatch.setattr("regsam_geo.maps.cells.AT_ONCE", 500)
    areas = voronoi(n, seed=n)
    size = (int(100 / step), int(120 / step))
    x, y = np.meshgrid((np.arange(size[1]) + 0.5) * step - 2, 98 - (np.arange(size[0]) + 0.5) * step)
    expected = np.full(size, -1)
    for position, area in enumerate(areas):
        expected[shapely.contains_xy(area, x, y)] = position
    assert (areas_on_grid(areas, (-2, 98), step, size) == expected).all()


def test_a_border_through_the_middle_of_points_leaves_no_gap_and_a_grid_may_show_a_part():
    halves = np.array([box(0, 0, 2.5, 4), box(2.5, 0, 5, 4)])
    assert areas_on_grid(halves, (0, 4), 1, (4, 5)).min() == 0
    cut = areas_on_grid(np.array([box(-50, -50, 2, 50)]), (0, 4), 1, (4, 5))
    assert cut.tolist() == [[0, 0, -1, -1, -1]] * 4


SQUARES = [box(x, y, x + 1, y + 1) for x in range(6) for y in range(6) if (x, y) != (2, 2)]


@pytest.mark.parametrize(
    "polygons",
    [
        pytest.param(SQUARES, id="coverage with a hole"),
        pytest.param([*SQUARES, box(0.5, 0.5, 1.5, 1.5)], id="overlapping"),
        pytest.param([box(0, 0, 9, 9), box(3, 3, 4, 4)], id="nested"),
        pytest.param([box(0, 0, 1, 2), box(1, 0, 2, 1), box(1, 1, 2, 2)], id="bends on one side only"),
        pytest.param([box(0, 0, 1, 1), box(1, 1, 2, 2), box(5, 5, 6, 6)], id="apart, or touching in a point"),
        pytest.param([box(0, 0, 1, 1), box(0, 0, 1, 1)], id="twice the same"),
        pytest.param([box(0, 0, 2, 1), box(0.5, 1, 1.5, 2)], id="touching along a part"),
    ],
)
def test_the_quick_union_is_the_union(polygons, monkeypatch):
    expected = shapely.union_all(polygons)
    monkeypatch.setattr(geometry, "MANY", 0)
    union = union_of(np.array(polygons))
    assert union.is_valid
    assert union.equals(expected)


def test_paths_hold_the_rings_of_their_area():
    areas = voronoi(12, seed=3)
    for area, path in zip(areas, paths_of(areas), strict=True):
        drawn = [Polygon(ring) for ring in path.to_polygons()]
        rings = [Polygon(ring) for part in shapely.get_parts(area) for ring in shapely.get_rings(part)]
        assert len(drawn) == len(rings)
        assert all(one.equals(other) for one, other in zip(drawn, rings, strict=True))


def squares(n, width):
    """Return a layer of n by n squares."""
    x, y = np.meshgrid(np.arange(n) * width, np.arange(n) * width)
    ids = pd.Index([f"q{i}" for i in range(n * n)], name="area_id")
    corners = 690_000 + x.ravel(), 5_330_000 + y.ravel()
    polygons = shapely.box(*corners, corners[0] + width, corners[1] + width)
    return gpd.GeoDataFrame(geometry=polygons, crs="EPSG:25832", index=ids)


def drawn(layer, colors, millimeters):
    page = PageFigure(get_theme("meeting"), size=(millimeters, millimeters))
    axes = axes_in(page, page.page)
    draw_areas(axes, layer, colors)
    return page, axes


def test_areas_too_small_for_borders_keep_their_colors():
    layer = squares(80, 100.0)
    shades = np.array(["#1f4e79", "#c9e4c6", "#b03060"])
    colors = shades[np.random.default_rng(5).integers(0, 3, len(layer))]
    page, axes = drawn(layer, colors, 40)
    for dpi in (150, 300, 450):
        page.dpi = dpi
        middles = axes.transData.transform(shapely.get_coordinates(layer.centroid))
        image = pixels(page, dpi)
        seen = image[image.shape[0] - 1 - middles[:, 1].astype(int), middles[:, 0].astype(int)]
        assert ["#{:02x}{:02x}{:02x}".format(*one) for one in seen] == list(colors)
    pdf = figure_bytes(page, "pdf")
    # one picture in place of 6,400 outlines
    assert pdf.count(b"/Subtype /Image") >= 1
    assert len(pdf) < 40_000


def test_borders_become_thinner_before_they_hide_the_areas():
    whole = get_theme("meeting").border_width
    widths = []
    for n in (4, 25, 40):
        _, axes = drawn(squares(n, 100.0), "#c9e4c6", 40)
        widths.append(axes.collections[0].get_linewidths()[0])
    assert widths == pytest.approx([whole, 0.8 * whole, 0.5 * whole])


def test_many_areas_without_a_value_are_hatched_as_one():
    layer = squares(80, 100.0)
    _, axes = drawn(layer, "#c9e4c6", 40)
    ground = draw_areas(axes, layer, "#c9e4c6")
    which = np.zeros(len(layer), dtype=bool)
    which[1_600:4_800] = True
    draw_hatching(axes, ground, which)
    (lines,) = axes.collections
    # 40 rows of squares, and no line ends at a border between two of them
    heights = [np.ptp(path.vertices[:, 1]) for path in lines.get_paths()]
    assert max(heights) == pytest.approx(4_000)
    assert len(heights) < 60


@pytest.mark.parametrize(("across", "bends", "kept"), [(200, 16, True), (50, 64, False)])
def test_bends_go_where_borders_are_drawn_and_stay_where_areas_are_points(across, bends, kept):
    # on 100 mm squares of 0.5 mm are points, and those of 2 mm have borders; both have bends of 0.03 mm
    wide = 20_000.0 / across
    x, y = (axis.ravel() for axis in np.indices((across, across)))
    squares = shapely.segmentize(shapely.box(x * wide, y * wide, (x + 1) * wide, (y + 1) * wide), wide / bends)
    layer = gpd.GeoDataFrame(geometry=squares, index=pd.RangeIndex(len(squares)).astype(str), crs=25832)
    ground = geometry.prepared_ground(layer, Box(0, 0, 100, 100))
    assert (ground.cell < geometry.LEAST_BORDERED) == kept
    corners = shapely.get_num_coordinates(ground.polygons)
    assert corners.sum() == (shapely.get_num_coordinates(squares).sum() if kept else 5 * len(squares))
