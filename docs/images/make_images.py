"""Makes the pictures of the site from the shipped sample: ``python docs/images/make_images.py [FOLDER]``.

Those of the start page, what the examples of the reference draw (folder ``reference``) and, where ``chromium`` is
installed, the interactive map in a browser. The tests compare the stored pictures with what the code draws.
"""

from __future__ import annotations

import contextlib
import doctest
import inspect
import io
import json
import shutil
import sys
import tempfile
from functools import cache
from pathlib import Path

import matplotlib as mpl
import numpy as np
import typst
from PIL import Image

import regsam_geo as rg
from regsam_geo.look.save import figure_bytes
from regsam_geo.summary.writers.pdf import PROFILE

FOREIGN = "Nichtdeutsche"
DPI = 110
WIDTH = 1000


def karte():
    """Draw the map of the README."""
    return _picture(rg.load_study().plot_map("Arbeitslose", period=2024))


@cache
def _study():
    return rg.load_study(period=2023)


def hinweise():
    """Draw a map with the sentence of its warning."""
    return _picture(_study().plot_map(FOREIGN, warnings=True))


def verlauf():
    """Draw the chart behind the same warning."""
    found = _study().detect_warnings()
    return _picture(_study().plot_warning(found[found["indicator"] == FOREIGN].iloc[0]))


def profil():
    """Draw the first page of a region's profile."""
    profile = _study().region_profile("17/18")
    fonts = [str(Path(mpl.get_data_path()) / "fonts" / "ttf")]
    pages = typst.compile(
        PROFILE.read_bytes(),
        sys_inputs={"page": json.dumps(profile.page, ensure_ascii=False)},
        font_paths=fonts,
        ignore_system_fonts=True,
        format="png",
        ppi=DPI,
    )
    return Image.open(io.BytesIO(pages[0])).convert("RGB")


def _picture(figure):
    return Image.open(io.BytesIO(figure_bytes(figure, "png", DPI))).convert("RGB")


def drawn_by_example(name):
    """Draw what the example in the docstring of a public name leaves in ``figure``."""
    names = {}
    for example in doctest.DocTestParser().get_examples(inspect.getdoc(getattr(rg, name))):
        with contextlib.redirect_stdout(io.StringIO()):
            exec(compile(example.source, name, "single"), names)
    picture = _picture(names["figure"])
    return picture.resize((WIDTH, round(picture.height * WIDTH / picture.width)), Image.Resampling.LANCZOS)


def karte_zum_anklicken():
    """Take a picture of the interactive map as it opens."""
    return _in_browser("")


def karte_mit_rangfolge():
    """Take a picture of the interactive map with the ranking beside it, and the panel of one area."""
    return _in_browser("#view=ranking&area=16")


def karte_mit_zwei_indikatoren():
    """Take a picture of the interactive map of two indicators."""
    return _in_browser("#view=pair&second=Arbeitslose+-+Anteil&indicator=Nichtdeutsche")


def karte_mit_zwei_gebieten():
    """Take a picture of the interactive map with two areas side by side."""
    return _in_browser("#view=comparison&area=14&beside=district%3A13&indicator=Nichtdeutsche")


def _in_browser(part):
    """Take a picture of the interactive map at a part of its address."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        path = Path(folder) / "karte.html"
        _study().explore_map(FOREIGN, warnings=True).save(str(path))
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1180, "height": 860})
        page.goto(path.as_uri() + part)
        page.locator("html.rg-ready").wait_for(state="attached")
        page.wait_for_timeout(400)
        shot = page.screenshot()
        browser.close()
    return Image.open(io.BytesIO(shot)).convert("RGB")


IMAGES = (karte, hinweise, verlauf, profil)
IN_BROWSER = (karte_zum_anklicken, karte_mit_rangfolge, karte_mit_zwei_indikatoren, karte_mit_zwei_gebieten)
REFERENCE = (
    "plot_bivariate", "plot_change_map", "plot_cluster_map", "plot_comparison", "plot_funnel", "plot_map",
    "plot_map_series", "plot_places", "plot_polarization", "plot_ranking", "plot_scatter", "plot_series",
    "plot_situation", "plot_symbols", "plot_warning",
)  # fmt: skip


def _save(picture, path, colors=128):
    # a third of the size, and no difference that could be seen
    # by coverage where that is closer: a few colored marks on a white page would else become grey
    ways = (Image.Quantize.MEDIANCUT, Image.Quantize.MAXCOVERAGE)
    drawn = [picture.quantize(colors, way, dither=Image.Dither.NONE) for way in ways]
    min(drawn, key=lambda one: _farthest(one, picture)).save(path, optimize=True)


def _farthest(drawn, picture):
    """Return how far squares of eight pixels are off: whether many are far off, then the mean."""
    wide, high = picture.width // 8, picture.height // 8
    one, other = (each.convert("RGB").resize((wide, high), Image.Resampling.BOX) for each in (drawn, picture))
    off = np.abs(np.asarray(one).astype(int) - np.asarray(other).astype(int)).max(axis=2)
    return bool((off > 40).mean() > 0.001), float(off.mean())


def main(folder: Path) -> None:
    """Make all pictures."""
    for image in IMAGES:
        _save(image(), folder / f"{image.__name__}.png")
    (folder / "reference").mkdir(exist_ok=True)
    for name in REFERENCE:
        _save(drawn_by_example(name), folder / "reference" / f"{name}.png")
    if shutil.which("chromium"):
        for image in IN_BROWSER:
            # small marks in colors of their own
            _save(image(), folder / f"{image.__name__}.png", 256)


if __name__ == "__main__":
    rg.set_language("de")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
