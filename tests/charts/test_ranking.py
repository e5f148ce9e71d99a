"""The ranking: nothing off the page or over another, pale where nothing is clear, and as somebody has seen it."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from PIL import Image

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import THEMES
from regsam_geo.look.pages import DRAWING
from regsam_geo.look.save import figure_bytes, pixels
from regsam_geo.warning.statistics.rank_intervals import rank_intervals, rate_intervals

sys.path.insert(0, str(Path(__file__).parents[1] / "maps"))
sys.path.insert(0, str(Path(__file__).parent))
import pictures
import ranking_pictures
from pagecheck import check_page, letters, texts_of

MARKS = ("above", "below", "neither", "dot")


@pytest.fixture
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


def scales(figure):
    """The axes of the columns."""
    return [axes for axes in figure.axes if any(line.get_label() in MARKS for line in axes.lines)]


def points(axes):
    """Row, value and mark of every point, from top to bottom."""
    found = [
        (y, x, line.get_label())
        for line in axes.lines
        if line.get_label() in MARKS
        for x, y in zip(line.get_xdata(), line.get_ydata(), strict=True)
    ]
    return sorted(found)


def invented(n, seed, *, counts=True, periods=("2022", "2023", "2024"), title="Erfundenes"):
    """Shares of areas of one's own with long and short names, some missing."""
    rng = np.random.default_rng(seed)
    ids = [f"g{number}" for number in range(n)]
    size = np.round(rng.lognormal(8, 1, n) + 50)
    parts = []
    for period in periods:
        cases = rng.binomial(size.astype(int), np.clip(0.2 + 0.05 * rng.standard_normal(n), 0.01, 0.9))
        part = pd.DataFrame(
            {"period": period, "level": "own", "area_id": ids, "value": (100 * cases / size).round(1)}
        )
        if counts:
            part = part.assign(numerator=cases.astype(float), denominator=size)
        part.loc[rng.random(n) < 0.1, ["value", "numerator", "denominator"]] = np.nan
        parts.append(part)
        parts.append(pd.DataFrame({"period": [period], "level": "city", "area_id": "munich", "value": 20.0}))
    frame = pd.concat(parts).assign(indicator="Erfundenes", group="insgesamt")
    about = {"title_de": title, "unit": "%", "decimals": 1, "scale": 100.0, "kind": "proportion"}
    return rg.Panel.from_frame(frame).with_catalogue({"Erfundenes": about})


# --- what is clear


def test_strong_are_the_areas_that_the_funnel_marks(sample_study):
    (axes,) = scales(rg.plot_ranking(sample_study, "Nichtdeutsche", 2024))
    funnel = rg.plot_funnel(sample_study, "Nichtdeutsche", 2024)
    marked = {
        which: sorted(
            y
            for line in funnel.axes[1].lines
            for x, y in line.get_xydata()
            if line.get_marker() == sign and x > 100
        )
        for sign, which in (("^", "above"), ("v", "below"))
    }
    for which, values in marked.items():
        assert sorted(x for _, x, mark in points(axes) if mark == which) == pytest.approx(values)
    assert marked["above"]


def test_without_counts_who_was_on_both_sides_of_the_city_is_pale():
    values = {
        "a": (5, 6, 7),
        "b": (1, 1, 1),
        "c": (2, 5, 6),
        "d": (3.5, 3.6, 9),
        "e": (None, 7, 8),
        "city": (3, 3, 4),
    }
    frame = pd.DataFrame(
        {
            "indicator": "x",
            "period": period,
            "level": "city" if area == "city" else "own",
            "area_id": "munich" if area == "city" else area,
            "value": None if value is None else 10 * value + 0.5,
        }
        for area, row in values.items()
        for period, value in zip((2022, 2023, 2024), row, strict=True)
    )
    (axes,) = scales(rg.plot_ranking(frame))
    # d was above in every year, but its range holds what the city is today; e is known in two years only
    wanted = {"a": "above", "b": "below", "c": "neither", "d": "neither", "e": "neither"}
    newest = {10 * row[2] + 0.5: wanted[area] for area, row in values.items() if area in wanted}
    assert {x: mark for _, x, mark in points(axes)} == newest


def test_the_city_has_no_line_where_areas_must_not_be_compared_with_it(sample_study):
    figure = rg.plot_ranking(sample_study, "Innerräumliche Umzugsziffer", 2024)
    (axes,) = scales(figure)
    assert {mark for *_, mark in points(axes)} == {"dot"}
    assert not [line for line in axes.lines if len(line.get_xdata()) == 2]
    compared = rg.plot_ranking(sample_study, "Arbeitslose", 2024)
    assert [line.get_xdata()[0] for line in scales(compared)[0].lines if len(line.get_xdata()) == 2]


def test_counts_say_that_they_are_counts(german):
    frame = pd.DataFrame({"indicator": "Beratene", "period": 2024, "area_id": [f"{i:02}" for i in range(1, 26)]})
    frame["value"] = np.arange(25) + 10.0
    panel = rg.Panel.from_frame(frame).with_catalogue({"Beratene": {"summable": True}})
    assert "Anzahlen" in letters(rg.plot_ranking(panel, "Beratene"))


def without_counts(*years):
    """Shares of six areas whose values and ranks in each year are written down here."""
    values = {2022: [9, 8, 7, 3, 2, 1], 2023: [8, 9, 7, 1, 2, 3], 2024: [9.5, 8.5, 7.5, 2.5, 1.5, 0.5]}
    rows = [(year, "own", f"g{at}", value) for year in years for at, value in enumerate(values[year])]
    rows += [(year, "city", "munich", 5.0) for year in years]
    return pd.DataFrame(rows, columns=["period", "level", "area_id", "value"]).assign(indicator="Anteil")


def bars(axes):
    (ranges,) = [one for one in axes.collections if one.get_label() == "ranges"]
    return len(ranges.get_paths())


def test_of_one_period_without_counts_there_is_no_interval(german):
    figure = rg.plot_ranking(without_counts(2024))
    (axes,) = scales(figure)
    words = letters(figure)
    assert bars(axes) == 0
    assert {mark for *_, mark in points(axes)} == {"dot"}
    assert "Ohne Spanne" in words
    assert "siehe unten" not in words
    assert "Blass" not in words
    # no rank has others in brackets
    assert not re.search(r"\d \(\d", words)


def test_the_note_says_how_many_periods_there_are(german):
    two, three = (letters(rg.plot_ranking(without_counts(*years))) for years in ((2023, 2024), (2022, 2023, 2024)))
    assert "der letzten 2 Zeitpunkte" in two
    assert "nicht zu sagen, welche" in two
    assert "der letzten 3 Zeitpunkte" in three
    assert "Blass" in three
    # g5 was last, then fourth, then last
    assert "6 (4–6)" in three


def test_an_area_known_once_has_no_range_and_no_other_ranks(german):
    frame = without_counts(2022, 2023, 2024)
    frame.loc[(frame["area_id"] == "g0") & (frame["period"] < 2024), "value"] = np.nan
    figure = rg.plot_ranking(frame)
    assert bars(scales(figure)[0]) == 5
    assert "1 (" not in letters(figure).replace("g1 (", "")


def test_no_note_names_a_word_of_the_programme(german):
    counts = rg.Panel.from_frame(without_counts(2024)).with_catalogue({"Anteil": {"summable": True}})
    for page in (rg.plot_ranking(counts), rg.plot_ranking(without_counts(2024))):
        assert not re.search(r"\brates\b|\brg\.|study\.", letters(page))


def test_ranks_hold_together_in_95_of_100_draws():
    rng = np.random.default_rng(20260)
    size = np.round(rng.lognormal(7, 1, 25))
    true = np.sort(0.05 + 0.03 * rng.random(25))[::-1]
    rank = np.arange(1, 26)
    held = 0
    for _ in range(400):
        best, worst = rank_intervals(*rate_intervals(rng.binomial(size.astype(int), true) * 1.0, size, share=True))
        held += bool(((best <= rank) & (rank <= worst)).all())
    assert held >= 0.95 * 400 - 2 * np.sqrt(400 * 0.05 * 0.95)


def test_nobody_and_everybody_have_a_range():
    y, x = np.array([0.0, 50.0, 20.0]), np.array([50.0, 50.0, 50.0])
    for share in (True, False):
        low, high = rate_intervals(y, x, share=share)
        assert low[0] == 0
        assert (low <= y / x).all()
        assert (y / x <= high).all()
        assert np.isfinite(high).all()
    assert rate_intervals(y, x, share=True)[1][1] == 1


# --- what is hidden


def test_hidden_areas_have_no_point_and_no_rank(german):
    panel = invented(12, 3, periods=("2024",))
    data = panel.data.copy()
    data.loc[data["area_id"] == "g4", ["value", "numerator", "denominator"]] = [1.0, 1.0, 100.0]
    about = panel.catalogue.assign(counts_persons=True, summable=True)
    figure = rg.plot_ranking(rg.Panel(data, about))
    (axes,) = scales(figure)
    safe = rg.protect(rg.Panel(data, about)).data
    shown = safe.loc[(safe["level"] == "own") & safe["value"].notna(), "value"]
    assert len(points(axes)) == len(shown) < 12
    assert "geheim" in letters(figure)
    assert "g4" in letters(figure).partition("ohne Rang")[2]


# --- several, many, none


def test_several_stand_in_the_order_of_the_first(sample_study):
    what = ["Nichtdeutsche", "Arbeitslose"]
    first, second = scales(rg.plot_ranking(sample_study, what, 2024))
    assert [x for _, x, _ in points(first)] == sorted((x for _, x, _ in points(first)), reverse=True)
    values = sample_study.compare_areas().query("period == '2024' and level == 'district'")
    rows = {name: values[values["indicator"].str.startswith(name)].set_index("area_id") for name in what}
    order = rows["Nichtdeutsche"].sort_values("rank").index
    assert [x for _, x, _ in points(second)] == pytest.approx(
        rows["Arbeitslose"]["value"].reindex(order), abs=0.05
    )


def test_of_many_areas_the_highest_and_the_lowest_are_drawn(german):
    figure = rg.plot_ranking(invented(400, 1, periods=("2024",)), theme="print")
    (axes,) = scales(figure)
    drawn = points(axes)
    known = invented(400, 1, periods=("2024",)).data.query("level == 'own'")["value"].dropna()
    gap = int(letters(figure).partition("… ")[2].split()[0])
    assert len(drawn) + gap == len(known)
    assert drawn[0][1] == pytest.approx(known.max(), abs=0.06)
    assert drawn[-1][1] == pytest.approx(known.min(), abs=0.06)


@pytest.mark.parametrize(
    "theme", ["slide", *(pytest.param(one, marks=pytest.mark.slow) for one in THEMES if one != "slide")]
)
def test_all_districts_fit_every_page(theme, sample_study):
    (axes,) = scales(rg.plot_ranking(sample_study, "Innerräumliche Umzugsziffer", theme=theme))
    assert len(points(axes)) == 25


def test_refusals(sample_study):
    with pytest.raises(OptionError, match="7"):
        rg.plot_ranking(sample_study, ["Arbeitslose"] * 7)
    with pytest.raises(OptionError, match=r"leer|empty"):
        rg.plot_ranking(sample_study, [])
    for wish in ({"k": 4}, {"band": True}, {"titel": "x"}):
        with pytest.raises(OptionError, match=next(iter(wish))):
            rg.plot_ranking(sample_study, **wish)
    nothing = invented(3, 1, periods=("2024",))
    with pytest.raises(OptionError, match="2024"):
        rg.plot_ranking(rg.Panel(nothing.data.assign(value=np.nan, numerator=np.nan), nothing.catalogue))


@pytest.mark.slow
def test_same_input_same_bytes(sample_study):
    one, other = (figure_bytes(rg.plot_ranking(sample_study, period=2024), "png", dpi=50) for _ in range(2))
    assert one == other


# --- the page

TITLES = (
    "Kurz",
    "Erwerbsfähige Leistungsberechtigte mit langem Namen (Anteil an der Bevölkerung von 15 bis 64 Jahren)",
)
SEEDS = range(40)
QUICK = (13,)


def random_page(seed):
    """A page of any theme with few or many areas, one or several indicators, with and without counts."""
    rng = np.random.default_rng(seed)
    theme, lang = list(THEMES)[seed % 4], ("de", "en")[(seed // 4) % 2]
    if seed % 3 == 0:
        study = rg.Study(rg.load_sample(), lang=lang)
        chosen = rng.choice(study.panel.indicators, int(rng.integers(1, 7)), replace=False)
        level = ("district", "region")[int(rng.integers(2))]
        if level == "region":
            chosen = [one for one in chosen if "Umzug" not in one] or ["Nichtdeutsche"]
            study = rg.Study(study.aggregate(), lang=lang)
        return rg.plot_ranking(study, list(chosen), theme=theme, date="heute")
    title = TITLES[int(rng.integers(2))]
    panel = invented(int(rng.choice([1, 2, 5, 7, 40, 200])), seed, counts=bool(rng.integers(2)), title=title)
    return rg.plot_ranking(rg.Study(panel, lang=lang), theme=theme, decimals=int(rng.integers(0, 3)))


def check(seed):
    figure = random_page(seed)
    texts = check_page(figure)
    width, height = figure.canvas.get_width_height()
    with mpl.rc_context(DRAWING):
        renderer = figure.canvas.get_renderer()
        for axes in scales(figure):
            box = axes.get_window_extent(renderer)
            assert box.x0 >= 0
            assert box.x1 <= width
            for _, x, _ in points(axes):
                assert axes.get_xlim()[0] <= x <= axes.get_xlim()[1]
            for ink in texts:
                # marks of the axis stand below, heads above; the words of the gap alone stand among the rows
                inside = min(ink.east, box.x1) - max(ink.west, box.x0) > 1
                inside = inside and min(ink.north, box.y1) - max(ink.south, box.y0) > 1
                assert not inside or ink.text.startswith("…"), ink
    assert min(box_height(ink) for ink in texts) > 0
    assert height > 0


def box_height(ink):
    return ink.north - ink.south


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)


FAST = ranking_pictures.CASES[:1]
SLOW = [pytest.param(*case, marks=pytest.mark.slow) for case in ranking_pictures.CASES if case not in FAST]


@pytest.mark.parametrize(("kind", "theme"), [*FAST, *SLOW])
@pytest.mark.usefixtures("german")
def test_a_ranking_looks_as_it_did(kind, theme):
    figure = kind(theme)
    drawn = pixels(figure, pictures.DPI)
    with Image.open(ranking_pictures.path_of(kind, theme)) as picture:
        expected = np.asarray(picture.convert("RGB"))
    assert pictures.alike(drawn, expected), str(pictures.distances(drawn, expected))
    assert texts_of(figure)
