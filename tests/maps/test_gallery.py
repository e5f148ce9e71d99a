"""Every kind of map and every preset against the pictures of the gallery, each of which somebody has looked at.

After a wanted change: ``python docs/gallery/make_gallery.py``, look at every picture, commit them.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import regsam_geo as rg
from regsam_geo.look.colors import VISIONS, smallest_step
from regsam_geo.look.save import figure_bytes, pixels

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, fields_of

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
spec = importlib.util.spec_from_file_location("make_gallery", FOLDER / "make_gallery.py")
gallery = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gallery)
pytestmark = pytest.mark.filterwarnings("ignore:REGSAM hat keine")


@pytest.fixture(autouse=True)
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


@pytest.mark.parametrize("example", gallery.EXAMPLES, ids=lambda example: example.__name__)
def test_the_page_looks_as_in_the_gallery(example):
    figure = example()
    drawn = pixels(figure, gallery.DPI).astype(int)
    check_page(figure)
    with Image.open(FOLDER / f"{example.__name__}.png") as picture:
        known = np.asarray(picture.convert("RGB")).astype(int)
    assert drawn.shape == known.shape
    difference = np.abs(drawn - known).max(axis=2)
    # other versions of FreeType move edges of letters by parts of a pixel
    assert difference.mean() < 1.0
    assert (difference > 90).mean() < 0.002


def test_drawing_twice_gives_the_same_bytes():
    one, other = gallery.warnings(), gallery.warnings()
    for kind in ("png", "pdf", "svg"):
        assert figure_bytes(one, kind, 60) == figure_bytes(other, kind, 60)


@pytest.mark.parametrize("vision", VISIONS)
def test_the_copier_page_keeps_its_classes_apart_as_drawn(vision):
    figure = gallery.mono()
    height = figure.get_size_inches()[1]
    image = pixels(figure, 100)
    colors = []
    for field in fields_of(figure)[:6]:  # six classes, then two kinds of hatching
        x, y = field.get_x() + field.get_width() / 2, field.get_y() + field.get_height() / 2
        red, green, blue = image[int((height - y / 25.4) * 100), int(x / 25.4 * 100)]
        assert red == green == blue
        colors.append(f"#{red:02x}{green:02x}{blue:02x}")
    assert smallest_step(colors, vision) >= 7.5
