"""Counts as circles: true to the number, none hidden, told where there is none, and pages that hold together."""

from __future__ import annotations

import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from matplotlib.collections import PathCollection
from matplotlib.patches import Circle

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import THEMES
from regsam_geo.look.save import pixels

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, letters

DPI = 200


@pytest.fixture
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


def drawn(figure):
    """The symbols and their rims in the order they are drawn, each as a polygon in meters."""
    (collection,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "symbols"]
    rings = [shapely.Polygon(path.to_polygons(closed_only=True)[0]) for path in collection.get_paths()]
    return list(zip(rings[::2], rings[1::2], strict=True))


def meters_of(figure):
    """Meters on the ground for a millimeter of the page."""
    (axes,) = [one for one in figure.axes if any(c.get_label() == "symbols" for c in one.collections)]
    west, east = axes.get_xlim()
    return (east - west) / (axes.get_position().width * figure.get_size_inches()[0] * 25.4)


def squares(n, side=2000.0, apart=8000.0):
    places = [(apart * (i % 4), apart * (i // 4)) for i in range(n)]
    polygons = [shapely.box(x, y, x + apart, y + apart) for x, y in places]
    return gpd.GeoDataFrame(
        {"name": [f"Feld {i}" for i in range(n)]},
        geometry=polygons,
        crs=25832,
        index=pd.Index([f"f{i}" for i in range(n)], name="area_id"),
    )


def test_the_ink_of_each_symbol_is_its_number():
    """Counted in pixels, square by square: not what the code says of itself."""
    layer = squares(8)
    counts = pd.Series([1000.0, 700.0, 500.0, 350.0, 250.0, 900.0, 600.0, 400.0], layer.index)
    figure = rg.plot_symbols(
        rg.Study(areas=layer), counts, labels="none", regions=False, inset=False, theme="slide", title="x"
    )
    figure.canvas.draw()
    image = pixels(figure, DPI).astype(int)
    (collection,) = [one for one in figure.findobj(PathCollection) if one.get_label() == "symbols"]
    color = (np.array(collection.get_facecolors()[1][:3]) * 255).round()
    # a pixel on the edge counts by its share of the color between paper and symbol
    share = np.clip((255.0 - image[..., 0]) / (255.0 - color[0]), 0, 1) * (np.abs(image - color).sum(2) < 700)
    axes = figure.axes[
        [any(c.get_label() == "symbols" for c in one.collections) for one in figure.axes].index(True)
    ]
    place, wide, high = axes.get_position(), image.shape[1], image.shape[0]
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    meter = place.width * wide / (east - west)
    ink = []
    for polygon in layer.geometry:
        middle = polygon.centroid
        x = place.x0 * wide + (middle.x - west) * meter
        y = high - (place.y0 * high + (middle.y - south) * meter)
        # the rim is paper: what lies within the circle and half the rim is the symbol
        number = counts.iloc[len(ink)]
        (radius,) = {round(np.sqrt(one.area / np.pi), 3) for _, one in drawn(figure) if one.contains(middle)}
        reach = radius * meter + 0.8 * 0.16 * DPI / 25.4
        rows, columns = np.ogrid[:high, :wide]
        near = (columns + 0.5 - x) ** 2 + (rows + 0.5 - y) ** 2 <= reach**2
        ink.append(float(share[near].sum()) / number)
    assert np.ptp(ink) / np.mean(ink) < 0.01
    assert north > south


def test_every_symbol_has_the_area_of_its_number_in_the_table(sample_study):
    figure = rg.plot_symbols(sample_study, "Nichtdeutsche", 2024)
    rows = rg.load_sample().data.query("indicator == 'Nichtdeutsche' and period == '2024' and level == 'district'")
    areas = sorted(one.area for _, one in drawn(figure))
    ratios = np.array(areas) / np.sort(rows["numerator"].to_numpy())
    assert len(areas) == 25
    # 64 corners in place of a circle
    assert np.ptp(ratios) / ratios.mean() < 0.01


def test_the_legend_is_exact(german, sample_study):
    for theme in ("meeting", "print"):
        figure = rg.plot_symbols(sample_study, "Nichtdeutsche", 2024, theme=theme)
        circles = [one for one in figure.findobj(Circle) if one.get_label() == "symbol"]
        meters = meters_of(figure)
        largest = (
            rg.load_sample()
            .data.query("indicator == 'Nichtdeutsche' and period == '2024' and level == 'district'")["numerator"]
            .max()
        )
        scale = max(one.area for _, one in drawn(figure)) / largest / meters**2
        numbers = [np.pi * one.radius**2 / scale for one in circles]
        assert numbers == pytest.approx([20000, 5000, 1000], rel=0.01)
        words = letters(figure)
        assert all(number in words for number in ("20.000", "5.000", "1.000"))


def seen_shares(figure):
    """The share of each symbol that no later one covers, with the rims."""
    shares, above = [], shapely.Polygon()
    for rim, one in drawn(figure)[::-1]:
        shares.append(one.difference(above).area / one.area)
        above = above.union(rim)
    return shares


def test_small_ones_lie_on_top_and_none_is_hidden(sample_study):
    figure = rg.plot_symbols(sample_study, "Bevölkerungsdichte", 2024, theme="print")
    sizes = [one.area for _, one in drawn(figure)]
    assert sizes == sorted(sizes, reverse=True)
    assert min(seen_shares(figure)) > 0.5


def test_hidden_missing_and_none_are_told(german):
    ids = [f"{number:02}" for number in range(1, 26)]
    frame = pd.DataFrame({"indicator": "Beratene", "period": 2024, "area_id": ids, "value": np.arange(25) * 3.0})
    frame.loc[4, "value"] = 2.0
    frame.loc[7, "value"] = np.nan
    panel = rg.Panel.from_frame(frame).with_catalogue({"Beratene": {"summable": True, "counts_persons": True}})
    figure = rg.plot_symbols(panel, "Beratene")
    shown = rg.protect(panel).data.set_index("area_id")["value"]
    assert len(drawn(figure)) == int((shown > 0).sum()) < 23
    words = letters(figure)
    assert "kein Wert" in words
    assert "geheim" in words
    assert "mit der Zahl 0" in words
    check_page(figure)


def test_refusals(sample_study):
    district = rg.load_boundaries("district")
    with pytest.raises(OptionError, match="-3"):
        rg.plot_symbols(district, pd.Series(-3.0, district.index))
    data = sample_study.panel.data.assign(numerator=np.nan)
    with pytest.raises(OptionError, match="plot_map"):
        rg.plot_symbols(rg.Panel(data, sample_study.panel.catalogue), "Arbeitslose")
    for wish in ({"k": 4}, {"classes": "equal"}, {"titel": "x"}):
        with pytest.raises(OptionError, match=next(iter(wish))):
            rg.plot_symbols(sample_study, **wish)
    with pytest.raises(OptionError, match="palette"):
        rg.plot_symbols(sample_study, cmap="viridis")


def test_the_style_serves_symbols_too(sample_study):
    figure = rg.plot_symbols(sample_study, "Arbeitslose", style=rg.Style(theme="print", title="Alle"))
    assert figure.page_title == "Alle"
    assert figure.get_size_inches()[0] == pytest.approx(210 / 25.4)


# --- the page

SEEDS = range(40)
QUICK = (5,)


def random_page(seed):
    rng = np.random.default_rng(seed)
    theme, lang = list(THEMES)[seed % 4], ("de", "en")[(seed // 4) % 2]
    # hundreds of areas take seconds, and two pages of them show what they would do
    level = "quarter" if seed in (21, 34) else "subdistrict" if seed % 8 == 3 else ("district", "region")[seed % 2]
    layer = rg.load_boundaries(level)
    if seed % 5 == 4:
        layer = layer.iloc[: int(rng.integers(1, min(9, len(layer))))]
    counts = pd.Series(rng.lognormal(rng.uniform(0, 8), rng.uniform(0, 2), len(layer)).round(), layer.index)
    counts[rng.random(len(layer)) < 0.1] = np.nan
    title = ("Kurz", "Erwerbsfähige Leistungsberechtigte mit langem Namen (Anzahl am 31. Dezember)", "")[
        int(rng.integers(3))
    ]
    return rg.plot_symbols(
        rg.Study(areas=layer, lang=lang),
        counts,
        theme=theme,
        title=title,
        labels=str(rng.choice(["auto", "number", "name", "value", "none"])),
        unit=str(rng.choice(["", "Beratene im Jahr"])),
        date="heute",
    )


def check(seed):
    figure = random_page(seed)
    check_page(figure)
    assert min(seen_shares(figure), default=1.0) > 0.5
    width, height = figure.get_size_inches() * 25.4
    for circle in figure.findobj(Circle):
        if circle.get_label() == "symbol":
            x, y = circle.center
            assert circle.radius <= x <= width - circle.radius
            assert circle.radius <= y <= height - circle.radius


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)
