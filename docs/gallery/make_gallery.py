"""Makes every picture of the gallery from the shipped sample: ``python docs/gallery/make_gallery.py [FOLDER]``.

Each function is one example that can be copied into a notebook; ``index.md`` shows them as they stand here. Values
for sub-districts and quarters are made up, because no real ones are open data, and their titles say so.
"""

from __future__ import annotations

import inspect
import sys
from pathlib import Path

import numpy as np
import pandas as pd
from PIL import Image

import regsam_geo as rg

UNEMPLOYED = "Arbeitslose - Anteil"
BENEFITS = "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil"
SOURCE = "Landeshauptstadt München, Statistisches Amt, Indikatorenatlas 2025"


def meeting():
    """One indicator for a meeting, A4 landscape."""
    return rg.load_study().plot_map(BENEFITS, 2024)


def print_page():
    """Draw the same page in portrait, around the city value, with names."""
    return rg.load_study().plot_map(UNEMPLOYED, 2024, theme="print", classes="diverging", labels="name")


def slide():
    """Draw a slide in English with round class limits and values in the map."""
    study = rg.load_study(lang="en")
    return study.plot_map("Bevölkerungsdichte", 2024, theme="slide", classes="pretty", labels="value")


def mono():
    """For the grey copier, with areas without a value and values kept secret."""
    panel = rg.load_sample().sel(UNEMPLOYED, period=2024)
    data = panel.data.copy()
    data.loc[data["area_id"].isin(["03", "12"]), ["value", "sign"]] = [np.nan, "secret"]
    data.loc[data["area_id"] == "07", ["value", "sign"]] = [np.nan, "unreliable"]
    return rg.Study(rg.Panel(data, panel.catalogue)).plot_map(UNEMPLOYED, theme="mono", k=6)


def warnings():
    """Warnings: numbered signs in the map, sentences beside it."""
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
    return rg.load_study().plot_map(UNEMPLOYED, 2024, warnings=table)


def subdistricts():
    """Sub-districts (made-up values) with natural breaks."""
    areas = rg.load_boundaries("subdistrict")
    values = pd.Series(np.random.default_rng(7).gamma(4, 5, len(areas)).round(1), areas.index)
    return rg.plot_map(
        areas, values, classes="natural", k=6, title="Erfundene Werte", subtitle="Bezirksteile", palette="brick"
    )


def regions():
    """Draw the 16 regions, rates recomputed from sums."""
    return rg.load_study().plot_map(UNEMPLOYED, 2024, level="region", classes="equal")


def series():
    """Six years in shared classes."""
    return rg.load_study().plot_map_series(UNEMPLOYED, [2009, 2012, 2015, 2018, 2021, 2024])


def quarters():
    """Quarters (made-up values); where areas have no labels, regions carry their numbers."""
    areas = rg.load_boundaries("quarter")
    values = pd.Series(np.random.default_rng(7).gamma(4, 5, len(areas)).round(1), areas.index)
    return rg.plot_map(areas, values, classes="std", title="Erfundene Werte", subtitle="Stadtviertel")


def part():
    """Draw a part of the city; a small map says where it lies."""
    districts = rg.load_boundaries("district").loc[["01", "02", "03", "05", "06", "08"]]
    values = rg.load_sample().sel(UNEMPLOYED, period=2024, level="district").data.set_index("area_id")["value"]
    chosen = values.loc[districts.index]
    return rg.plot_map(districts, chosen, title="Arbeitslose in der Innenstadt", unit="%", labels="name", k=3)


def region():
    """One region large, its neighbors in grey (made-up values)."""
    areas = rg.load_boundaries("subdistrict")
    values = pd.Series(np.random.default_rng(7).gamma(4, 5, len(areas)).round(1), areas.index)
    return rg.plot_map(areas, values, region="14/15", title="Erfundene Werte")


def change():
    """Change over five years."""
    return rg.load_study().plot_change_map(UNEMPLOYED, 2019, 2024)


def clusters():
    """Where high and low values stand together."""
    study = rg.load_study()
    values = study.join_indicators(UNEMPLOYED, 2024).areas["value"]
    result = rg.local_moran(values, study.neighbors())
    return study.plot_cluster_map(result, title="Arbeitslose", subtitle="Stadtbezirke · 2024", source=SOURCE)


def situation():
    """Draw the social situation: burden as color, its direction as an arrow."""
    return rg.load_study().plot_situation(period=2024)


DPI = 75
EXAMPLES = (
    meeting,
    print_page,
    slide,
    mono,
    warnings,
    subdistricts,
    quarters,
    regions,
    part,
    series,
    region,
    change,
    clusters,
    situation,
)


BEGIN, END = "<!-- examples: written by make_gallery.py -->", "<!-- end of examples -->"


def section(example) -> str:
    """Return what the page says about one example: its first sentence, its picture, its code."""
    name, sentence = example.__name__, inspect.getdoc(example)
    code = inspect.getsource(example).rstrip()
    return f"### {name}\n\n{sentence}\n\n![{sentence}]({name}.png)\n\n```python\n{code}\n```\n"


def page(text: str) -> str:
    """Return the text of ``index.md`` with the examples as they stand here."""
    before, rest = text.split(BEGIN)
    return "\n".join([before + BEGIN, "", *(section(example) for example in EXAMPLES), END + rest.split(END)[1]])


def main(folder: Path) -> None:
    """Make all pictures and write the examples into ``index.md``."""
    for example in EXAMPLES:
        path = rg.save_figure(example(), folder / f"{example.__name__}.png", dpi=DPI)
        # a third of the size, and no difference that could be seen
        Image.open(path).quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)
    index = folder / "index.md"
    if index.exists():
        index.write_text(page(index.read_text(encoding="utf-8")), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    rg.set_language("de")
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
