"""Rows and points of a ranking stand where the plain table puts them, and its ranks are those of the counts."""

from __future__ import annotations

import re

import pytest
from matplotlib.text import Text
from plain_pictures import Scale
from plain_table import SPACE as NBSP
from plain_table import is_printed, parse, read_names, read_regions
from scipy.stats import beta

import regsam_geo as rg

pytestmark = pytest.mark.slow

KEY = ("Nichtdeutsche", "insgesamt")
NOW = "2024"
NAMES = read_names()
REGION_OF, _ = read_regions()


@pytest.fixture(scope="module")
def figure():
    rg.set_language("de")
    yield rg.plot_ranking(rg.load_study(), KEY[0], NOW)
    rg.set_language(None)


def rows_of(figure):
    """What stands in each row of the table, from left to right, from top to bottom."""
    heights = {}
    for item in figure.axes[0].findobj(Text):
        x, y = item.get_position()
        heights.setdefault(round(y, 2), []).append((x, item.get_text()))
    rows = [[text for _, text in sorted(heights[y])] for y in sorted(heights, reverse=True)]
    return [row for row in rows if len(row) == 4 and row[3].endswith(")")]


def test_each_row_holds_what_the_table_says(figure, plain):
    exact = {area: plain.exact(KEY, NOW, area=area) for area in NAMES}
    order = sorted(NAMES, key=lambda area: -exact[area])
    rows = rows_of(figure)
    assert len(rows) == 25
    for place, (area, (name, region, value, rank)) in enumerate(zip(order, rows, strict=True), start=1):
        number, _, rest = name.partition(" ")
        assert number == area.lstrip("0")
        assert NAMES[area].startswith(rest.removesuffix("…"))
        assert region == REGION_OF[area]
        assert is_printed(value, exact[area], 1, "de", "%")
        assert int(rank.partition(" ")[0]) == place


def test_the_ranks_that_chance_allows(figure, plain):
    cells = {area: plain.rows[(*KEY, NOW, "district", area)] for area in NAMES}
    tail = (1 - 0.95 ** (1 / 25)) / 2
    low = {area: beta.ppf(tail, one.over, one.under - one.over + 1) for area, one in cells.items()}
    high = {area: beta.isf(tail, one.over + 1, one.under - one.over) for area, one in cells.items()}
    rows = rows_of(figure)
    for name, _, _, rank in rows:
        area = name.partition(" ")[0].zfill(2)
        best = 1 + sum(low[other] > high[area] for other in NAMES)
        worst = 25 - sum(high[other] < low[area] for other in NAMES)
        assert re.search(r"\((\d+)–(\d+)\)", rank).groups() == (str(best), str(worst))


def test_points_and_the_city_stand_at_their_values(figure, plain):
    figure.canvas.draw()
    axes = next(one for one in figure.axes if any(line.get_label() == "neither" for line in one.lines))
    below = axes.get_window_extent().y0
    placed = [
        (*item.get_transform().transform(item.get_position()), item.get_text())
        for item in figure.axes[0].findobj(Text)
        if item.get_text().endswith(NBSP + "%")
    ]
    marks = [(x, parse(text.removesuffix(NBSP + "%"), "de")[0]) for x, y, text in placed if below - 40 < y < below]
    scale = Scale(marks)
    assert len(marks) >= 3
    found = sorted(
        scale.value(axes.transData.transform((x, y))[0])
        for line in axes.lines
        if line.get_label() in ("above", "below", "neither")
        for x, y in line.get_xydata()
    )
    assert found == pytest.approx(sorted(plain.exact(KEY, NOW, area=area) for area in NAMES), rel=1e-6)
    (city,) = (
        line.get_xdata()[0] for line in axes.lines if len(line.get_xdata()) == 2 and line.get_linestyle() == "-"
    )
    assert scale.value(axes.transData.transform((city, 0))[0]) == pytest.approx(plain.exact(KEY, NOW), rel=1e-6)
