"""Makes the pictures of the start page from the shipped sample: ``python docs/images/make_images.py [FOLDER]``.

The tests compare the stored pictures with what the code draws.
"""

from __future__ import annotations

import io
import json
import sys
from functools import cache
from pathlib import Path

import matplotlib as mpl
import typst
from PIL import Image

import regsam_geo as rg
from regsam_geo.look.save import figure_bytes
from regsam_geo.summary.profile.pdf import TEMPLATE

UNEMPLOYED = "Arbeitslose - Anteil"
FOREIGN = "Nichtdeutsche"
DPI = 110


def karte():
    """Draw the map of the README."""
    districts = rg.load_boundaries("district")
    return _picture(rg.plot_map(districts, rg.load_sample().sel(UNEMPLOYED, period=2024)))


@cache
def _warnings():
    return rg.detect_warnings(rg.load_sample(), rg.load_boundaries("district"), 2023)


def hinweise():
    """Draw a map with the sentence of its warning."""
    panel = rg.load_sample().sel(FOREIGN, period=2023)
    return _picture(rg.plot_map(rg.load_boundaries("district"), panel, warnings=_warnings()))


def verlauf():
    """Draw the chart behind the same warning."""
    found = _warnings()
    return _picture(rg.plot_warning(rg.load_sample(), found[found["indicator"] == FOREIGN].iloc[0]))


def profil():
    """Draw the first page of a region's profile."""
    profile = rg.region_profile(rg.load_sample(), "17/18", period=2023)
    fonts = [str(Path(mpl.get_data_path()) / "fonts" / "ttf")]
    pages = typst.compile(
        TEMPLATE.read_bytes(),
        sys_inputs={"page": json.dumps(profile.page, ensure_ascii=False)},
        font_paths=fonts,
        ignore_system_fonts=True,
        format="png",
        ppi=DPI,
    )
    return Image.open(io.BytesIO(pages[0])).convert("RGB")


def _picture(figure):
    return Image.open(io.BytesIO(figure_bytes(figure, "png", DPI))).convert("RGB")


IMAGES = (karte, hinweise, verlauf, profil)


def main(folder: Path) -> None:
    """Make all pictures."""
    for image in IMAGES:
        # a third of the size, and no difference that could be seen
        picture = image().quantize(128, dither=Image.Dither.NONE)
        picture.save(folder / f"{image.__name__}.png", optimize=True)


if __name__ == "__main__":
    rg.set_language("de")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
