"""Lines and marks stand where the axis beside them says that the value of the plain table is.

A position becomes a value by the marks of the axis that a reader sees, and is compared with the table.
"""

from __future__ import annotations

import re
import statistics

import numpy as np
import pytest
from plain_change import expected_of
from plain_pictures import ROUNDED, Scale, pictures
from plain_table import SPACE as NBSP
from plain_table import is_printed, parse, read_names, read_regions
from test_printed_expected import counts_of
from test_printed_pack import SERIES, Figures, hard

import regsam_geo as rg

pytestmark = pytest.mark.slow

REGION_OF, _ = read_regions()
NAMES = read_names()
REGION, MINE = "17/18", ["17", "18"]
NOW = "2024"
KEYS = (("Arbeitslose - Anteil", "insgesamt"), ("Hochbetagte", "insgesamt"), ("Hochbetagte", "weiblich"))


@pytest.fixture(scope="module")
def profile_text(pack):
    return (pack / "profil.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def figures(grouped):
    return {grouped[1].catalogue[key].short("de"): (key, Figures(grouped[1], key)) for key in KEYS}


def axis_of(picture):
    """The scale of a small series: each mark stands beside a line across the picture."""
    across = sorted({at[0][1] for _, at in picture.lines() if len(at) == 2 and at[0][1] == at[1][1]})
    left, right = next((at[0][0], at[1][0]) for _, at in picture.lines() if len(at) == 2 and at[0][1] == at[1][1])
    marks = sorted(
        (y, parse(text, "de")[0]) for x, y, anchor, text in picture.texts() if anchor == "end" and x < left
    )
    assert len(marks) == len(across) >= 2
    heights = [y for y, _ in marks]
    # a text hangs a little below the line that it belongs to
    assert {round(y - line, 1) for y, line in zip(heights, across, strict=True)} == {2.3}
    return Scale(list(zip(across, (value for _, value in marks), strict=True))), left, right


def test_the_small_series_of_a_profile(profile_text, figures, grouped):
    _, plain = grouped
    shown = pictures(profile_text, "Zeitreihe")
    assert len(shown) == len(KEYS)
    for alt, picture in shown:
        said = re.fullmatch(SERIES["de"], hard(alt)).groupdict()
        key, one = figures[said["title"]]
        scale, left, right = axis_of(picture)
        periods = sorted(one.series)
        steps = [left + (right - left) * i / (len(periods) - 1) for i in range(len(periods))]
        lines = [(shape, at) for shape, at in picture.lines() if len(at) == len(periods)]
        for _, at in lines:
            assert [x for x, _ in at] == pytest.approx(steps, abs=2 * ROUNDED)
        drawn = {
            (shape.get("stroke-dasharray") is not None, float(shape.get("stroke-width"))): [] for shape, _ in lines
        }
        for shape, at in lines:
            style = shape.get("stroke-dasharray") is not None, float(shape.get("stroke-width"))
            drawn[style].append(scale.values(y for _, y in at))
        # the broken line is the city, the thickest the region, the thin ones its districts
        thick = max(width for dashed, width in drawn if not dashed)
        (city_line,) = (values for (dashed, _), many in drawn.items() if dashed for values in many)
        (region_line,) = drawn[False, thick]
        thin = [
            values for (dashed, width), many in drawn.items() if not dashed and width < thick for values in many
        ]
        assert city_line == pytest.approx([one.city[when] for when in periods], abs=scale.slack)
        assert region_line == pytest.approx([one.series[when] for when in periods], abs=scale.slack)
        wanted = [[plain.exact(key, when, area=area) for when in periods] for area in MINE]
        for found, right_one in zip(thin, wanted, strict=True):
            assert found == pytest.approx(right_one, abs=scale.slack)
        # the newest value is a disc at the end of the line
        (disc,) = picture.discs()
        assert disc[0] == pytest.approx(right, abs=ROUNDED)
        assert scale.value(disc[1]) == pytest.approx(one.value, abs=scale.slack)
        # the diamond is what was to be expected, the shade reaches as far as the words say
        (diamond,) = (at for _, at in picture.lines("polygon") if len(at) == 4)
        middle = statistics.fmean(y for _, y in diamond)
        assert statistics.fmean(x for x, _ in diamond) == pytest.approx(right, abs=ROUNDED)
        sums = [plain.sums(key, when, REGION_OF) for when in periods]
        over, under = (np.array([[pair[i] for pair in each.values()] for each in sums]) for i in (0, 1))
        known = expected_of(over, under, share=True, scale=100.0)
        place = list(sums[0]).index(REGION)
        assert scale.value(middle) == pytest.approx(known.of_change(place), abs=scale.slack)
        shades = [at for _, at in picture.lines("polygon") if len(at) > 4]
        low, high = (
            scale.value(pick(y for x, y in shades[-1] if abs(x - right) < 2 * ROUNDED)) for pick in (max, min)
        )
        ends = scale.values(sorted({at[0][1] for _, at in picture.lines() if len(at) == 2}))
        for drawn_end, name in ((low, "from"), (high, "to")):
            wished = parse(said[name].partition("_")[0], "de")[0]
            cut = min(max(wished, min(ends)), max(ends))
            assert drawn_end == pytest.approx(cut, abs=0.05 + scale.slack)
        # periods below, newest values beside
        below = [text for _, y, _, text in picture.texts() if y > picture.height - 6]
        assert below == [periods[0], periods[-1]]
        beside = [text for x, _, _, text in picture.texts() if x > right + 1]
        for text, number in zip(beside, (one.value, one.city[NOW]), strict=True):
            assert is_printed(text, number, 1, "de")


def test_the_spines_of_a_profile(profile_text, figures):
    shown = pictures(profile_text, r".*: Region ")
    assert len(shown) == len(KEYS)
    for alt, picture in shown:
        _, one = figures[alt.partition(": Region ")[0]]
        city = one.city[NOW]
        ticks = sorted(at[0][0] for shape, at in picture.lines() if float(shape.get("stroke-width")) == 0.5)
        peers = sorted(one.peers)
        assert len(ticks) == 16
        center = picture.width / 2
        (line,) = (at for shape, at in picture.lines() if float(shape.get("stroke-width")) > 0.5)
        assert [x for x, _ in line] == [center, center]
        # the city stands in the middle, the farther end at the edge of the room
        scale = Scale([(ticks[0], peers[0]), (ticks[-1], peers[-1])])
        assert scale.value(center) == pytest.approx(city, abs=2 * scale.slack)
        assert scale.values(ticks) == pytest.approx(peers, abs=2 * scale.slack)
        bars = [(float(bar.get("x")), float(bar.get("width"))) for bar in picture.all("rect")]
        ends = [(scale.value(x), scale.value(x + width)) for x, width in bars]
        middle_half = tuple(np.quantile(peers, (0.25, 0.75)))
        for found, wanted in zip(ends, [(peers[0], peers[-1]), middle_half], strict=True):
            assert found == pytest.approx(wanted, abs=3 * scale.slack)
        marks = [statistics.fmean((min(at)[0], max(at)[0])) for _, at in picture.lines("polygon")]
        marks += [x for x, _, _ in picture.discs()]
        (mark,) = marks
        assert scale.value(mark) == pytest.approx(one.value, abs=2 * scale.slack)
        shape = {"above": "up", "below": "down", "": "disc"}[one.side]
        if shape == "disc":
            assert picture.discs()
        else:
            ((_, corners),) = picture.lines("polygon")
            heights = sorted(y for _, y in corners)
            assert (heights[0] < heights[1] == heights[2]) == (shape == "up")


def ticks_of(axes, which):
    """Places of the marks beside an axis on the page, and what is written there."""
    axes.figure.canvas.draw()
    axis = axes.yaxis if which == "y" else axes.xaxis
    low, high = sorted(axes.get_ylim() if which == "y" else axes.get_xlim())
    side = 1 if which == "y" else 0
    return [
        (axes.transData.transform((0, tick) if side else (tick, 0))[side], label.get_text())
        for tick, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True)
        if low <= tick <= high and label.get_text()
    ]


def on_the_page(axes, x, y):
    return axes.transData.transform(np.column_stack([np.asarray(x, dtype=float), np.asarray(y, dtype=float)]))


def plot_of(figure):
    return max(figure.axes[1:], key=lambda axes: axes.get_position().width)


def test_a_series_stands_at_its_values_and_periods(plain):
    key, area = ("Arbeitslose - Anteil", "insgesamt"), "17"
    study = rg.load_study().sel(key[0], period=range(2012, 2025))
    figure = rg.plot_series(study, key[0], area, flagged=[2020], band=False)
    axes = plot_of(figure)
    up = Scale([(place, parse(text.removesuffix(NBSP + "%"), "de")[0]) for place, text in ticks_of(axes, "y")])
    along = Scale([(place, float(text)) for place, text in ticks_of(axes, "x")])
    years = range(2012, 2025)
    region = [plain.region_rates(key, str(year), REGION_OF)["17/18"] for year in years]
    own = [plain.exact(key, str(year), area=area) for year in years]
    city_line = [plain.exact(key, str(year)) for year in years]
    lines = [line for line in axes.lines if len(line.get_xdata()) == len(years)]
    for line, wanted in zip(lines, (own, region, city_line), strict=True):
        places = on_the_page(axes, line.get_xdata(), line.get_ydata())
        assert along.values(places[:, 0]) == pytest.approx(list(years), abs=1e-6)
        assert up.values(places[:, 1]) == pytest.approx(wanted, abs=1e-6)
    # the area is the thickest of them
    widths = [line.get_linewidth() for line in lines]
    assert widths[0] == max(widths)
    rings = [line for line in axes.lines if line.get_marker() == "o"]
    assert rings
    for ring in rings:
        ((x, y),) = on_the_page(axes, ring.get_xdata(), ring.get_ydata())
        assert along.value(x) == pytest.approx(2020, abs=1e-6)
        assert up.value(y) == pytest.approx(own[8], abs=1e-6)
    named = [text.get_text() for text in figure.axes[0].texts]
    for values, words in ((own, f"17 {NAMES['17']}"), (region, "Region 17/18"), (city_line, "Stadt München")):
        joined = " ".join(named)
        assert words in joined
        (number,) = re.findall(re.escape(words) + r"\s+([\d,]+)", joined)
        assert is_printed(number, values[-1], 1, "de")


def test_the_series_of_a_region_is_that_of_its_summed_counts(plain):
    key = "Nichtdeutsche", "insgesamt"
    years = [str(year) for year in range(2020, 2025)]
    figure = rg.plot_series(rg.load_study().sel(key[0], period=years), key[0], REGION, level="region", band=False)
    lines = [line.get_ydata() for line in plot_of(figure).lines if len(line.get_ydata()) == len(years)]
    wanted = [plain.region_rates(key, year, REGION_OF)[REGION] for year in years]
    assert lines[0] == pytest.approx(wanted, rel=1e-9)
    assert lines[1] == pytest.approx([plain.exact(key, year) for year in years], rel=1e-9)
    assert len(lines) == 2


def test_a_warning_shows_what_was_to_be_expected_at_its_height(sample_reports, plain):
    rows = [
        row
        for table in sample_reports.values()
        for row in table[table["status"] != "open"].to_dict("records")
        if set(row["kinds"].split("+")) <= {"change", "drift"} and row["area_id"] in NAMES
    ]
    row = rows[-1]
    key, period = (row["indicator"], row["group"]), row["period"]
    entry, unit = plain.catalogue[key], NBSP + "%"
    study = rg.load_study().sel(key[0], period=range(2000, int(period) + 1))
    axes = plot_of(rg.plot_warning(study, row, band=False))
    up = Scale([(place, parse(text.removesuffix(unit), "de")[0]) for place, text in ticks_of(axes, "y")])
    known = expected_of(*counts_of(plain, key, period), share=entry.proportion, scale=entry.scale)
    column = sorted(NAMES).index(row["area_id"])
    wanted = {known.of_change(column)} | {known.of_drift(column, years) for years in (3, 5)}
    (bar,) = (line for line in axes.lines if line.get_marker() == "_")
    ((_, y),) = on_the_page(axes, bar.get_xdata(), bar.get_ydata())
    assert min(abs(up.value(y) - one) for one in wanted) < 1e-6 * max(wanted)
    ring = next(line for line in axes.lines if line.get_marker() == "o")
    ((_, y),) = on_the_page(axes, ring.get_xdata(), ring.get_ydata())
    assert up.value(y) == pytest.approx(plain.exact(key, period, area=row["area_id"]), rel=1e-6)


def test_the_points_of_a_funnel_stand_at_their_values(plain):
    key = "Nichtdeutsche", "insgesamt"
    figure = rg.plot_funnel(rg.load_sample().sel(key[0]), period=NOW)
    axes = next(one for one in figure.axes if one.get_xlim()[1] > 1000)
    up = Scale([(place, parse(text.removesuffix(NBSP + "%"), "de")[0]) for place, text in ticks_of(axes, "y")])
    marks = [(place, parse(text, "de")[0]) for place, text in ticks_of(axes, "x")]
    along = Scale(marks)
    found = sorted(
        (along.value(x), up.value(y))
        for line in axes.lines
        if line.get_marker() in ("^", "v", "o")
        for (x, y), number in zip(
            on_the_page(axes, line.get_xdata(), line.get_ydata()), line.get_xdata(), strict=True
        )
        if number > 100
    )
    cells = [plain.rows[(*key, NOW, "district", area)] for area in NAMES]
    wanted = sorted((one.under, 100 * one.over / one.under) for one in cells)
    assert len(found) == 25
    assert [x for x, _ in found] == pytest.approx([x for x, _ in wanted], rel=1e-6)
    assert [y for _, y in found] == pytest.approx([y for _, y in wanted], rel=1e-6)
