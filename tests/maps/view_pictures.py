"""The views that compare, in every preset, drawn small.

``python tests/maps/view_pictures.py`` makes the pictures anew. Look at every one that changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

import regsam_geo as rg
from regsam_geo.look import THEMES
from regsam_geo.look.save import pixels

sys.path.insert(0, str(Path(__file__).parent))
from pictures import DPI

FOLDER = Path(__file__).parent / "view_pictures"
UNEMPLOYED = "Arbeitslose - Anteil"


def with_gaps(*indicators):
    """The sample of 2024 with a secret and a missing value in the first indicator."""
    panel = rg.load_sample().sel(list(indicators), period=2024)
    data = panel.data.copy()
    for area, sign in (("03", "secret"), ("07", "not_available")):
        row = (data["area_id"] == area) & (data["indicator"] == indicators[0])
        data.loc[row, ["value", "numerator", "base_1", "sign"]] = [np.nan, np.nan, np.nan, sign]
    return rg.Panel(data, panel.catalogue)


def symbols(theme):
    """Counts behind shares, one secret and one missing."""
    return rg.plot_symbols(with_gaps(UNEMPLOYED), theme=theme)


def bivariate(theme):
    """Two indicators, one area without either value and one that is secret."""
    return rg.plot_bivariate(with_gaps("Nichtdeutsche", UNEMPLOYED), ["Nichtdeutsche", "Arbeitslose"], theme=theme)


def scatter(theme):
    """The same two as points."""
    return rg.plot_scatter(with_gaps("Nichtdeutsche", UNEMPLOYED), ["Nichtdeutsche", "Arbeitslose"], theme=theme)


def comparison(theme):
    """Two districts, with all indicators and the course of three."""
    return rg.plot_comparison(rg.load_study(), ["14", "13"], 2024, theme=theme)


KINDS = (symbols, bivariate, scatter, comparison)
CASES = [(kind, theme) for kind in KINDS for theme in THEMES]


def path_of(kind, theme):
    return FOLDER / f"{kind.__name__}-{theme}.png"


def main():
    FOLDER.mkdir(exist_ok=True)
    for kind, theme in CASES:
        image = Image.fromarray(pixels(kind(theme), DPI))
        # by coverage: the few colored marks among white and grey would else become grey
        image.quantize(160, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
            path_of(kind, theme), optimize=True
        )


if __name__ == "__main__":
    rg.set_language("de")
    main()
