"""Two indicators on one map: classes as the table has them, colors that every eye tells apart, pages that hold."""

from __future__ import annotations

import sys
from itertools import combinations
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import THEMES, contrast
from regsam_geo.look.colors import VISIONS, difference, lab_from_rgb, rgb_from_hex, seen, smallest_step
from regsam_geo.look.palettes import BIVARIATE, BIVARIATE_GREY
from regsam_geo.maps.area_drawing import SPACINGS

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, letters

BOTH = ["Nichtdeutsche", "Arbeitslose"]


@pytest.fixture
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


def fills(figure):
    (areas,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "areas"]
    return [to_hex(color) for color in areas.get_facecolors()]


def fields(figure):
    """Color and number of each field of the legend."""
    found = [one for one in figure.findobj(Rectangle) if one.get_label() == "field"]
    return [to_hex(one.get_facecolor()) for one in found]


# --- colors


@pytest.mark.parametrize("vision", VISIONS[:-1])
def test_any_two_of_nine_colors_stay_apart(vision):
    lab = lab_from_rgb(seen(rgb_from_hex([color for column in BIVARIATE for color in column]), vision))
    least = min(float(difference(one[None], other[None])[0]) for one, other in combinations(lab, 2))
    assert least >= 15


def test_on_a_grey_copy_each_step_of_either_indicator_is_darker():
    light = lab_from_rgb(seen(rgb_from_hex([color for column in BIVARIATE for color in column]), "grey"))[:, 0]
    square = light.reshape(3, 3)
    assert (np.diff(square, axis=0) < 0).all()
    assert (np.diff(square, axis=1) < 0).all()
    for line in (*BIVARIATE, *zip(*BIVARIATE, strict=True)):
        assert smallest_step(line, "grey") >= 12


def test_the_copier_gets_greys_and_lines():
    assert all(color[1:3] == color[3:5] == color[5:] for color in BIVARIATE_GREY)
    assert smallest_step(BIVARIATE_GREY, "grey") >= 12
    # black lines are seen on each, and letters are read
    assert min(contrast(THEMES["mono"].ink, color) for color in BIVARIATE_GREY) >= 4.5
    assert SPACINGS["middle"] >= 2.5 * SPACINGS["high"]


# --- what is drawn


def thirds(name):
    """The class of each district by its rank in the plain table; the sample has no ties at the limits."""
    data = rg.load_sample().data
    rows = data[(data["indicator"] == name) & (data["period"] == "2024") & (data["level"] == "district")]
    return rows.set_index("area_id")["value"]


def test_every_area_has_the_color_of_its_two_classes(sample_study):
    figure = rg.plot_bivariate(sample_study, BOTH, 2024)
    first, second = thirds("Nichtdeutsche"), thirds("Arbeitslose - Anteil")
    drawn = fills(figure)
    place = {color: (i, j) for i, column in enumerate(BIVARIATE) for j, color in enumerate(column)}
    cells = [place[color] for color in drawn]
    for values, axis in ((first, 0), (second, 1)):
        classes = np.array([cell[axis] for cell in cells])
        found = values.to_numpy()
        for low in (0, 1):
            assert found[classes == low].max() < found[classes == low + 1].min()
        assert 7 <= np.bincount(classes).min() <= np.bincount(classes).max() <= 10


def test_the_square_counts_the_areas(german, sample_study):
    figure = rg.plot_bivariate(sample_study, BOTH, 2024)
    assert sorted(fields(figure)) == sorted(color for column in BIVARIATE for color in column)
    words = letters(figure)
    assert "→ Nichtdeutsche" in words
    assert "↑ Arbeitslose" in words


def test_missing_is_hatched_and_told(german):
    panel = rg.load_sample().sel(["Nichtdeutsche", "Arbeitslose - Anteil"], period=2024)
    data = panel.data.copy()
    for area, name, sign in (("03", "Nichtdeutsche", "secret"), ("07", "Arbeitslose - Anteil", "not_available")):
        data.loc[(data["area_id"] == area) & (data["indicator"] == name), ["value", "sign"]] = [np.nan, sign]
    figure = rg.plot_bivariate(rg.Panel(data, panel.catalogue), BOTH)
    assert fills(figure).count(THEMES["meeting"].missing) == 2
    words = letters(figure)
    assert "kein Wert" in words
    assert "geheim" in words
    check_page(figure)


def test_counts_are_told_here_too(german):
    ids = [f"{number:02}" for number in range(1, 26)]
    frames = [
        pd.DataFrame({"indicator": name, "period": 2024, "area_id": ids, "value": np.arange(25) * step + 10.0})
        for name, step in (("Beratene", 3), ("Quote", 1))
    ]
    panel = rg.Panel.from_frame(pd.concat(frames)).with_catalogue(
        {"Beratene": {"summable": True}, "Quote": {"unit": "%"}}
    )
    assert "Anzahlen" in letters(rg.plot_bivariate(panel, ["Quote", "Beratene"]))


def test_refusals(sample_study):
    with pytest.raises(OptionError, match="Nichtdeutsche"):
        rg.plot_bivariate(sample_study, "Arbeitslose")
    for wish in ({"k": 4}, {"classes": "equal"}, {"labels": "value"}):
        with pytest.raises(OptionError):
            rg.plot_bivariate(sample_study, BOTH, **wish)
    with pytest.raises(OptionError, match="what"):
        rg.plot_bivariate(sample_study, column="x")
    nothing = sample_study.panel.sel(["Nichtdeutsche", "Arbeitslose - Anteil"], period=2024)
    with pytest.raises(OptionError, match="2024"):
        rg.plot_bivariate(rg.Panel(nothing.data.assign(value=np.nan, numerator=np.nan), nothing.catalogue), BOTH)


# --- the page

SEEDS = range(40)
QUICK = (6,)


def check(seed):
    rng = np.random.default_rng(seed)
    theme, lang = list(THEMES)[seed % 4], ("de", "en")[(seed // 4) % 2]
    # hundreds of areas take seconds, and two pages of them show what they would do
    level = "quarter" if seed in (21, 34) else ("district", "subdistrict", "region")[(seed + seed // 4) % 3]
    layer = rg.load_boundaries(level)
    parts = []
    for name in ("Eins", "Zwei"):
        values = [rng.normal(20, 6, len(layer)).round(1), rng.lognormal(6, 2, len(layer)).round(),
                  rng.integers(0, 3, len(layer)) + 0.5][int(rng.integers(3))]  # fmt: skip
        values = np.where(rng.random(len(layer)) < rng.choice([0, 0.2]), np.nan, values)
        parts.append(
            pd.DataFrame(
                {"indicator": name, "period": "2024", "level": level, "area_id": layer.index, "value": values}
            )
        )
    long = "Erwerbsfähige Leistungsberechtigte mit langem Namen (Anteil an der Bevölkerung bis 64 Jahren)"
    about = {"title_de": (long, "Kurz")[int(rng.integers(2))], "unit": ("%", "Einwohner je km²")[seed % 2]}
    panel = rg.Panel.from_frame(pd.concat(parts)).with_catalogue({"Eins": about, "Zwei": {"unit": "je 1.000"}})
    study = rg.Study(panel, lang=lang, threshold=None)
    labels = str(rng.choice(["auto", "number", "name", "none"]))
    figure = rg.plot_bivariate(study, ["Eins", "Zwei"], theme=theme, labels=labels, date="heute")
    check_page(figure)
    width, height = figure.get_size_inches() * 25.4
    for field in (one for one in figure.findobj(Rectangle) if one.get_label() == "field"):
        assert field.get_x() >= 0
        assert field.get_y() >= 0
        assert field.get_x() + field.get_width() <= width
        assert field.get_y() + field.get_height() <= height


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)
