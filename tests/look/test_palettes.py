from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from regsam_geo.errors import OptionError
from regsam_geo.look import PALETTES, THEMES, get_palette, get_theme
from regsam_geo.look.colors import (
    VISIONS,
    contrast,
    difference,
    hex_from_rgb,
    lab_from_rgb,
    rgb_from_hex,
    rgb_from_lab,
    seen,
    smallest_step,
)
from regsam_geo.maps.categories import _cluster_colors, burden_colors

# the smallest CIEDE2000 step between neighboring classes, for any of the five ways of seeing
LEAST = {3: 15.0, 4: 11.0, 5: 9.0, 6: 7.5, 7: 6.5, 8: 5.8, 9: 5.2, 10: 4.8, 11: 4.2, 12: 4.0}


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("n", LEAST)
@pytest.mark.parametrize("name", [p.name for p in PALETTES.values() if p.kind == "sequential"])
def test_neighboring_classes_stay_apart(name, n, vision):
    assert smallest_step(get_palette(name).colors(n), vision) >= LEAST[n]


DIVERGING = [p.name for p in PALETTES.values() if p.kind == "diverging"]


def test_every_palette_is_measured():
    assert {p.kind for p in PALETTES.values()} == {"sequential", "diverging"}
    assert {name for theme in THEMES.values() for name in (theme.sequential, theme.diverging)} <= set(PALETTES)


@pytest.mark.parametrize("vision", VISIONS[:-1])
@pytest.mark.parametrize("n", LEAST)
@pytest.mark.parametrize("name", DIVERGING)
def test_diverging_classes_stay_apart_for_every_eye(name, n, vision):
    colors = get_palette(name).colors(n)
    assert smallest_step(colors, vision) >= LEAST[n]
    # the same distance on both sides is told apart too
    lab = lab_from_rgb(seen(rgb_from_hex(colors), vision))
    assert difference(lab, lab[::-1])[: n // 2].min() > 20


@pytest.mark.parametrize("n", LEAST)
@pytest.mark.parametrize("name", DIVERGING)
def test_each_side_of_a_diverging_palette_stays_apart_on_a_grey_copy(name, n):
    colors = get_palette(name).colors(n)
    assert smallest_step(colors[: n // 2], "grey") >= LEAST[n]
    assert smallest_step(colors[(n + 1) // 2 :], "grey") >= LEAST[n]


@pytest.mark.parametrize("n", range(1, 13))
def test_the_copier_preset_keeps_all_classes_apart_in_grey(n):
    theme = get_theme("mono")
    for name in (theme.sequential, theme.diverging):
        colors = get_palette(name).colors(n)
        assert smallest_step(colors, "grey") >= LEAST.get(n, 15.0)
        assert all(len({color[i : i + 2] for i in (1, 3, 5)}) == 1 for color in colors)


def pairs_apart(colors, vision):
    """Return the smallest difference of any two colors: categories are compared with all others."""
    lab = lab_from_rgb(seen(rgb_from_hex(colors), vision))
    return min(float(difference(one[None], other[None])[0]) for one, other in combinations(lab, 2))


@pytest.mark.parametrize("vision", VISIONS)
@pytest.mark.parametrize("name", THEMES)
def test_any_two_categories_stay_apart(name, vision):
    theme = get_theme(name)
    if vision == "grey" and name != "mono":
        pytest.skip("both sides of a colored palette are equally dark: that is what mono is for")
    clusters = (*_cluster_colors(theme), "#ffffff" if name == "mono" else theme.context)
    assert pairs_apart(clusters, vision) >= 10
    assert pairs_apart(tuple(burden_colors(theme).values()), vision) >= 10


def test_a_one_sided_range_keeps_equal_distances_equally_light():
    palette = get_palette("isar-brick")
    assert palette.around(1, 3, middle=False) == palette.around(3, 3, middle=False)[2:]


# Sharma, Wu and Dalal (2005), table 1, pairs 1, 4, 7, 13, 16, 17, 20, 25 and 30
PUBLISHED = [
    ((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485), 2.0425),
    ((50.0, -1.3802, -84.2814), (50.0, 0.0, -82.7485), 1.0000),
    ((50.0, 0.0, 0.0), (50.0, -1.0, 2.0), 2.3669),
    ((50.0, -0.0010, 2.4900), (50.0, 0.0009, -2.4900), 4.8045),
    ((50.0, 2.5, 0.0), (50.0, 0.0, -2.5), 4.3065),
    ((50.0, 2.5, 0.0), (73.0, 25.0, -18.0), 27.1492),
    ((50.0, 2.5, 0.0), (58.0, 24.0, 15.0), 19.4535),
    ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
]


@pytest.mark.parametrize(("one", "other", "expected"), PUBLISHED)
def test_the_distance_of_colors_as_published(one, other, expected):
    assert float(difference(np.array(one), np.array(other))) == pytest.approx(expected, abs=1e-4)


def test_colors_go_there_and_back():
    colors = ("#000000", "#ffffff", "#123456", "#b95532")
    assert hex_from_rgb(rgb_from_lab(lab_from_rgb(rgb_from_hex(colors)))) == colors


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable(name):
    theme = get_theme(name)
    assert contrast(theme.ink, theme.paper) >= 12
    assert contrast(theme.soft_ink, theme.paper) >= 4.5
    assert contrast(theme.marker_ink, theme.marker) >= 12


def test_unknown_names():
    with pytest.raises(OptionError, match=r"„isr“.*Meinten Sie „isar“"):
        get_palette("isr")
    with pytest.raises(OptionError, match=r"„meting“.*Meinten Sie „meeting“"):
        get_theme("meting")
    assert get_theme(get_theme("print").with_(margin=20)).margin == 20
