"""Every kind of map in every preset against a picture that somebody has looked at.

After a wanted change: ``python tests/maps/pictures.py``, look at every picture that changed, commit them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from matplotlib.collections import PathCollection
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

from regsam_geo.look import THEMES
from regsam_geo.look.colors import smallest_step
from regsam_geo.look.save import pixels

sys.path.insert(0, str(Path(__file__).parent))
import pictures
from pagecheck import check_page

pytestmark = [pytest.mark.filterwarnings("ignore:REGSAM hat keine"), pytest.mark.usefixtures("german")]


def known(kind, theme):
    with Image.open(pictures.path_of(kind, theme)) as picture:
        return np.asarray(picture.convert("RGB"))


# each kind once, each preset twice and more; the others are slow together
QUICK = [(kind, list(THEMES)[i % 4]) for i, kind in enumerate(pictures.KINDS)]
SLOW = [pytest.param(*case, marks=pytest.mark.slow) for case in pictures.CASES if case not in QUICK]


@pytest.mark.parametrize(("kind", "theme"), [*QUICK, *SLOW])
def test_the_map_looks_as_it_did(kind, theme):
    figure = kind(theme)
    drawn, expected = pixels(figure, pictures.DPI), known(kind, theme)
    assert drawn.shape == expected.shape
    assert pictures.alike(drawn, expected), str(pictures.distances(drawn, expected))
    check_page(figure)


def test_the_pictures_are_these_and_small():
    files = sorted(pictures.FOLDER.iterdir())
    assert files == sorted(pictures.path_of(*case) for case in pictures.CASES)
    sizes = [path.stat().st_size for path in files]
    assert max(sizes) <= 40_000
    assert sum(sizes) <= 1_500_000


class TestTheComparison:
    @pytest.fixture
    def figure(self):
        return pictures.warned("mono")

    @pytest.fixture
    def expected(self):
        return known(pictures.warned, "mono")

    def drawn(self, figure):
        return pixels(figure, pictures.DPI)

    def text(self, figure, words):
        return next(text for text in figure.findobj(Text) if text.get_text() == words)

    def test_takes_another_way_to_smooth_letters(self, figure, expected):
        height, width = expected.shape[:2]
        large = Image.fromarray(pixels(figure, 4 * pictures.DPI))
        assert pictures.alike(np.asarray(large.resize((width, height), Image.Resampling.BOX)), expected)

    def test_takes_letters_that_are_a_little_wider(self, figure, expected):
        for text in figure.findobj(Text):
            text.set_fontsize(1.01 * text.get_fontsize())
        assert pictures.alike(self.drawn(figure), expected)

    def test_sees_one_district_in_the_wrong_class(self, figure, expected):
        areas = next(c for c in figure.findobj(PathCollection) if c.get_label() == "areas")
        colors = areas.get_facecolors().copy()
        classes = sorted({to_hex(color) for color in colors})
        here = classes.index(to_hex(colors[7]))  # district 8, the smallest but one
        colors[7, :3] = [int(classes[here - 1][i : i + 2], 16) / 255 for i in (1, 3, 5)]
        areas.set_facecolors(colors)
        assert not pictures.alike(self.drawn(figure), expected)

    @pytest.mark.parametrize("words", ["N", "24", "Hinweise"])
    def test_sees_that_a_word_is_gone(self, figure, expected, words):
        self.text(figure, words).set_visible(False)
        assert not pictures.alike(self.drawn(figure), expected)

    def test_sees_that_a_label_has_moved(self, figure, expected):
        label = self.text(figure, "13")
        label.set_x(label.get_position()[0] + 600)  # meters
        assert not pictures.alike(self.drawn(figure), expected)


# places have no classes; their greys are measured in test_places.py
@pytest.mark.parametrize("kind", [kind for kind in pictures.KINDS if kind is not pictures.places])
def test_a_grey_copy_keeps_all_classes_apart(kind):
    figure = kind("mono")
    height = figure.get_size_inches()[1]
    image = pixels(figure, 100)
    fields = [one for one in figure.findobj(Rectangle) if one.get_label() in ("swatch", "field")]
    seen = {}
    for field in fields:
        # the lower left corner of a field carries no number
        x, y = field.get_x() + 0.9, field.get_y() + 0.9
        red, green, blue = image[int((height - y / 25.4) * 100), int(x / 25.4 * 100)]
        assert red == green == blue
        if to_hex(field.get_facecolor()) not in seen:
            seen[to_hex(field.get_facecolor())] = f"#{red:02x}{green:02x}{blue:02x}"
    colors = sorted(color for color, drawn in seen.items() if color != "#ffffff")
    assert [seen[color] for color in colors] == colors  # what is drawn is what was meant
    assert len(colors) >= 3
    assert smallest_step(colors, "grey") >= 9.0
