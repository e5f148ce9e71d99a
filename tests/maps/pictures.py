"""Every kind of map in every preset, drawn small, and how two pictures are compared.

``python tests/maps/pictures.py`` makes the pictures anew. Look at every one that changed.
"""

from __future__ import annotations

import warnings
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

import regsam_geo as rg
from regsam_geo.look import THEMES
from regsam_geo.look.save import pixels

FOLDER = Path(__file__).parent / "pictures"
DPI = 50
LIMITS = {5: 64.0, 15: 16.0}
"""Small squares show what is gone or moved, large ones a color that is one class off."""
UNEMPLOYED = "Arbeitslose - Anteil"
SOURCE = "Landeshauptstadt München, Statistisches Amt, Indikatorenatlas 2025"


def unemployed(**wished):
    return rg.load_sample().sel(UNEMPLOYED, **wished)


def plain(theme):
    """One map with a gap, a secret and a date."""
    panel = unemployed(period=2024)
    data = panel.data.copy()
    data.loc[data["area_id"] == "03", ["value", "sign"]] = [np.nan, "secret"]
    data.loc[data["area_id"] == "07", ["value", "sign"]] = [np.nan, "unreliable"]
    return rg.plot_map(rg.Panel(data, panel.catalogue), theme=theme, date="22. November 2026")


def warned(theme):
    table = pd.DataFrame(
        {
            "area_id": ["16", "08", "14", "01"],
            "urgency": ["priority", "watch", "check", "watch"],
            "sentence_de": [
                "Ramersdorf-Perlach: Beispielsatz. Der Anteil liegt mit 5,2 % über dem der Stadt (3,9 %).",
                "Schwanthalerhöhe: Beispielsatz. Der Anteil ist seit 2019 stärker gestiegen als in der Stadt.",
                "Berg am Laim: Beispielsatz. Der Anteil liegt mit 5,0 % über dem der Stadt (3,9 %).",
                "Altstadt-Lehel: Beispielsatz. Der Anteil schwankt stärker als in früheren Jahren.",
            ],
            "sentence_en": ["Example."] * 4,
        }
    )
    return rg.plot_map(unemployed(period=2024), theme=theme, warnings=table)


def quarters(theme):
    areas = rg.load_boundaries("quarter")
    values = pd.Series(np.random.default_rng(7).gamma(4, 5, len(areas)).round(1), areas.index)
    return rg.plot_map(areas, values, title="Erfundene Werte", classes="natural", theme=theme)


def part(theme):
    areas = rg.load_boundaries("district").loc[["01", "02", "03", "05", "06", "08"]]
    panel = unemployed(period=2024, level="district")
    values = panel.data.set_index("area_id")["value"].loc[areas.index]
    return rg.plot_map(areas, values, title="Arbeitslose", unit="%", labels="name", theme=theme, k=3)


def series(theme):
    years = [2009, 2012, 2015, 2018, 2021, 2024]
    return rg.plot_map_series(unemployed(), "Arbeitslose", years, theme=theme)


def region(theme):
    areas = rg.load_boundaries("subdistrict")
    values = pd.Series(np.random.default_rng(7).gamma(4, 5, len(areas)).round(1), areas.index)
    return rg.plot_map(areas, values, region="14/15", title="Erfundene Werte", theme=theme)


def change(theme):
    return rg.plot_change_map(unemployed(), "Arbeitslose", 2019, 2024, theme=theme)


def clusters(theme):
    districts = rg.load_boundaries("district")
    values = unemployed(period=2024, level="district").data.set_index("area_id")["value"]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        result = rg.local_moran(values, rg.neighbors(districts))
    # the sample has no cluster of every kind: the picture shall show all five colors
    result.loc[["04", "24", "20"], "quadrant"] = ["high-low", "low-high", ""]
    result.loc[["04", "24"], "p"] = 0.01
    return rg.plot_cluster_map(districts, result, title="Zum Teil erfunden", alpha=0.2, source=SOURCE, theme=theme)


def status(theme):
    result = rg.social_situation(rg.load_sample(), period=2024)
    return rg.plot_situation(rg.load_study(), result, source=SOURCE, theme=theme)


def places(theme):
    """Invented places of four kinds, one of them outside the city."""
    rng = np.random.default_rng(11)
    districts = rg.load_boundaries("district")
    points = districts.geometry.sample_points(1, rng=rng).get_coordinates()
    kinds = ["Kita", "Beratungsstelle", "Nachbarschaftstreff", "Bibliothek"]
    frame = pd.DataFrame(
        {
            "Rechtswert": [*points["x"], 640_000.0],
            "Hochwert": [*points["y"], 5_330_000.0],
            "Art": [kinds[number] for number in rng.integers(0, 4, len(points) + 1)],
            "Name": [f"Haus {number}" for number in range(len(points) + 1)],
        }
    )
    return rg.plot_places(rg.load_study(), frame, theme=theme)


KINDS = (plain, warned, quarters, part, series, region, change, clusters, status, places)
CASES = [(kind, theme) for kind in KINDS for theme in THEMES]


def path_of(kind, theme):
    return FOLDER / f"{kind.__name__}-{theme}.png"


def blocks(picture, side):
    """Return the mean color of small squares: edges of letters that moved by parts of a pixel vanish in it."""
    height, width = (length - length % side for length in picture.shape[:2])
    cut = picture[:height, :width].astype(float)
    return cut.reshape(height // side, side, width // side, side, 3).mean(axis=(1, 3))


def distances(one, other):
    """Return the largest difference of two pictures from 0 to 255, by the side of the squares compared."""
    return {side: float(np.abs(blocks(one, side) - blocks(other, side)).max()) for side in LIMITS}


def alike(one, other):
    return one.shape == other.shape and all(found < LIMITS[side] for side, found in distances(one, other).items())


def main():
    FOLDER.mkdir(exist_ok=True)
    for kind, theme in CASES:
        image = Image.fromarray(pixels(kind(theme), DPI))
        image.quantize(160, dither=Image.Dither.NONE).save(path_of(kind, theme), optimize=True)


if __name__ == "__main__":
    rg.set_language("de")
    main()
