"""The funnel plot: it draws every area, in the right language, and refuses what it cannot show."""

from __future__ import annotations

import pandas as pd
import pytest
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.charts import plot_funnel
from regsam_geo.errors import OptionError
from regsam_geo.look.save import figure_bytes


@pytest.fixture(scope="module")
def panel():
    return rg.load_sample().sel("Arbeitslose - Anteil")


def texts(figure):
    return [item.get_text() for item in figure.findobj(Text) if item.get_text()]


def test_every_area_is_a_mark_and_unusual_ones_have_names(panel):
    figure = plot_funnel(rg.Study(panel, lang="de"), period=2024)
    chart = figure.axes[1]
    marks = sum(len(line.get_xdata()) for line in chart.lines if line.get_linestyle() in ("", "None"))
    assert marks == 25 + 3  # and three in the legend
    words = texts(figure)
    assert "16 Ramersdorf-Perlach" in words
    assert any("3,9" in text for text in words)


def test_numbers_keep_their_language_until_they_are_drawn(panel):
    figure = plot_funnel(rg.Study(panel, lang="en"), period=2024)
    figure.canvas.draw()
    words = texts(figure)
    assert any("20,000" in text for text in words)
    assert not any("20.000" in text for text in words)


def test_same_input_same_bytes(panel):
    first, second = (figure_bytes(plot_funnel(panel, period=2024), "png", dpi=60) for _ in range(2))
    assert first == second


def test_labels_do_not_cover_each_other(panel):
    figure = plot_funnel(panel, period=2024)
    figure.canvas.draw()
    renderer = figure.canvas.get_renderer()
    chart = figure.axes[1].get_window_extent(renderer)
    boxes = [
        item.get_window_extent(renderer)
        for item in figure.axes[1].findobj(Text)
        if item.get_text() and item.get_transform() != figure.axes[1].transAxes
    ]
    inside = [box for box in boxes if box.x0 > chart.x0 and box.x1 < chart.x1 and box.y0 > chart.y0]
    shrunk = [box.shrunk(0.85, 0.55) for box in inside]
    assert not any(one.overlaps(other) for number, one in enumerate(shrunk) for other in shrunk[:number])


def test_of_several_indicators_the_one_asked_for_is_drawn():
    study = rg.load_study(lang="de")
    assert "Nichtdeutsche" in texts(plot_funnel(study, "Nichtdeutsche"))[0]
    assert texts(plot_funnel(study))[0].startswith("Arbeitslose")
    with pytest.raises(OptionError, match="Nichtdeutche"):
        plot_funnel(study, "Nichtdeutche")


def test_what_a_style_says_is_written(panel):
    figure = plot_funnel(panel, style=rg.Style(title="Unser Titel", source="eigene Zählung"), date="2. Mai 2025")
    written = " ".join(texts(figure))
    for words in ("Unser Titel", "Quelle: eigene Zählung.", "Erstellt: 2. Mai 2025."):
        assert words in written


@pytest.mark.parametrize("wish", [{"classes": "equal"}, {"regions": True}, {"titel": "x"}])
def test_options_that_mean_nothing_to_a_funnel_are_refused(panel, wish):
    with pytest.raises(OptionError, match=next(iter(wish))):
        plot_funnel(panel, **wish)


def test_areas_of_ones_own_are_called_by_their_names(panel):
    rows = panel.sel(period=2024, level="district").data
    own = rows.assign(level="own", area_id="p" + rows["area_id"])
    areas = rg.load_boundaries("district")[["name", "geometry"]].rename(index=lambda area: f"p{area}")
    study = rg.Study(rg.Panel(own, panel.catalogue), areas)
    assert "p16 Ramersdorf-Perlach" in texts(plot_funnel(study))
    # a chart needs no polygons
    assert "p16" in texts(plot_funnel(rg.Panel(own, panel.catalogue)))


def test_regions_have_a_funnel_of_their_own(panel):
    figure = plot_funnel(panel, level="region", period=2024)
    marks = sum(len(line.get_xdata()) for line in figure.axes[1].lines if line.get_linestyle() in ("", "None"))
    assert marks == 16 + 3


def test_refusals(panel):
    ages = pd.DataFrame({"indicator": "x", "period": 2024, "area_id": list("abcdefgh"), "value": range(8)})
    with pytest.raises(OptionError, match="Zähler"):
        plot_funnel(ages)
    few = panel.sel(area=["01", "02", "03"])
    with pytest.raises(OptionError, match="Zu wenige"):
        plot_funnel(few, period=2024)
