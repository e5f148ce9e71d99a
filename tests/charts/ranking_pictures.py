"""Rankings in every preset, drawn small.

``python tests/charts/ranking_pictures.py`` makes the pictures anew. Look at every one that changed.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from PIL import Image

import regsam_geo as rg
from regsam_geo.look import THEMES
from regsam_geo.look.save import pixels

sys.path.insert(0, str(Path(__file__).parents[1] / "maps"))
from pictures import DPI

FOLDER = Path(__file__).parent / "ranking_pictures"


def ranking(theme):
    """Shares with counts: ranges of ordinary areas."""
    return rg.plot_ranking(rg.load_study(), "Arbeitslose", 2024, theme=theme)


def without_counts(theme):
    """The same without counts: the newest five values, and one secret."""
    panel = rg.load_sample().sel("Nichtdeutsche")
    data = panel.data.copy()
    data[["numerator", "denominator", "base_1", "base_2"]] = np.nan
    secret = (data["area_id"] == "03") & (data["period"] == "2024")
    data.loc[secret, ["value", "sign"]] = [np.nan, "secret"]
    return rg.plot_ranking(rg.Panel(data, panel.catalogue), theme=theme)


def several(theme):
    """Four indicators, the last of which is not compared with the city."""
    what = ["Arbeitslose", "Nichtdeutsche", "Bevölkerungsdichte", "Innerräumliche Umzugsziffer"]
    return rg.plot_ranking(rg.load_study(), what, 2024, theme=theme)


CASES = [(kind, theme) for kind in (ranking, without_counts, several) for theme in THEMES]


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
