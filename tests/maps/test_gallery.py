"""The gallery: its pictures are what its code draws, and its code is the code that was run.

After a wanted change: ``python docs/gallery/make_gallery.py``, look at every picture, commit them.
"""

from __future__ import annotations

import importlib.util
import re
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from regsam_geo.look.save import figure_bytes, pixels

sys.path.insert(0, str(Path(__file__).parent))
import pictures
from pagecheck import check_page

FOLDER = Path(__file__).parents[2] / "docs" / "gallery"
spec = importlib.util.spec_from_file_location("make_gallery", FOLDER / "make_gallery.py")
gallery = importlib.util.module_from_spec(spec)
spec.loader.exec_module(gallery)
pytestmark = [pytest.mark.filterwarnings("ignore:REGSAM hat keine"), pytest.mark.usefixtures("german")]


@pytest.mark.slow
@pytest.mark.parametrize("example", gallery.EXAMPLES, ids=lambda example: example.__name__)
def test_the_page_looks_as_in_the_gallery(example):
    figure = example()
    with Image.open(FOLDER / f"{example.__name__}.png") as picture:
        assert pictures.alike(pixels(figure, gallery.DPI), np.asarray(picture.convert("RGB")))
    check_page(figure)


def test_the_code_on_the_page_is_the_code_that_was_run():
    text = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert gallery.page(text) == text


def test_the_code_on_the_page_runs():
    text = (FOLDER / "index.md").read_text(encoding="utf-8")
    names = {}
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        exec(block, names)
    assert all(example.__name__ in names for example in gallery.EXAMPLES)
    assert np.array_equal(pixels(names["meeting"](), 30), pixels(gallery.meeting(), 30))


def test_drawing_twice_gives_the_same_bytes():
    one, other = gallery.warnings(), gallery.warnings()
    for kind in ("png", "pdf", "svg"):
        assert figure_bytes(one, kind, 60) == figure_bytes(other, kind, 60)
