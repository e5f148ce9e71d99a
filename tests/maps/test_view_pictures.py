"""The views that compare against pictures that somebody has looked at.

After a wanted change: ``python tests/maps/view_pictures.py``, look at every picture that changed, commit them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from regsam_geo.look import THEMES
from regsam_geo.look.save import pixels

sys.path.insert(0, str(Path(__file__).parent))
import pictures
import view_pictures
from pagecheck import check_page

pytestmark = [pytest.mark.filterwarnings("ignore:REGSAM hat keine"), pytest.mark.usefixtures("german")]

# one of each in another preset; the others are slow together
QUICK = [(kind, list(THEMES)[i % 4]) for i, kind in enumerate(view_pictures.KINDS)]
SLOW = [pytest.param(*case, marks=pytest.mark.slow) for case in view_pictures.CASES if case not in QUICK]


@pytest.mark.parametrize(("kind", "theme"), [*QUICK, *SLOW])
def test_the_view_looks_as_it_did(kind, theme):
    figure = kind(theme)
    drawn = pixels(figure, pictures.DPI)
    with Image.open(view_pictures.path_of(kind, theme)) as picture:
        expected = np.asarray(picture.convert("RGB"))
    assert pictures.alike(drawn, expected), str(pictures.distances(drawn, expected))
    check_page(figure)


def test_the_pictures_are_these_and_small():
    files = sorted(view_pictures.FOLDER.iterdir())
    assert files == sorted(view_pictures.path_of(*case) for case in view_pictures.CASES)
    assert max(path.stat().st_size for path in files) <= 45_000
