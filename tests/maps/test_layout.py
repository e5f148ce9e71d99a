"""Forty random maps: nothing outside the page, nothing over anything else, every class and color in the legend."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.look import THEMES, classify

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, fields_of, letters

TITLES = [
    "Arbeitslose",
    "Erwerbsfähige (Regel-)Leistungsberechtigte (Anteil an der Bevölkerung von 15 bis 64 Jahren)",
    "Innerräumliche Umzugsziffer (Umzüge innerhalb des Gebiets je 1.000 Personen) der Hauptwohnsitzbevölkerung, "
    "ohne Personen in Gemeinschaftsunterkünften und ohne Personen mit Auskunftssperre",
    "",
]
SENTENCES = {
    "de": "{name}: Der Wert liegt mit {value} deutlich über dem Wert, der nach der Entwicklung der letzten zehn "
    "Jahre und dem Verlauf in der ganzen Stadt zu erwarten war (4,0 %); so selten wie in einem von 500 Fällen.",
    "en": "{name}: at {value} the figure lies well above what its own past would suggest (4.0 %).",
}
LEVELS = ["district", "subdistrict", "quarter", "region"]
METHODS = ["quantiles", "equal", "pretty", "std", "natural", "diverging"]


def random_values(rng, ids):
    kind = rng.choice(["usual", "missing", "one", "negative", "heavy", "holes"])
    n = len(ids)
    numbers = {
        "usual": lambda: rng.normal(20, 5, n).round(1),
        "missing": lambda: np.full(n, np.nan),
        "one": lambda: np.where(np.arange(n) == 3, 4.2, np.nan),
        "negative": lambda: rng.normal(-1, 3, n).round(1),
        "heavy": lambda: rng.lognormal(5, 2, n).round(0),
        "holes": lambda: np.where(rng.random(n) < 0.3, np.nan, rng.normal(1234, 400, n).round(0)),
    }[kind]()
    return pd.Series(numbers, index=ids)


def case(seed):
    rng = np.random.default_rng(seed)
    # each level and theme comes up ten times
    level, theme = LEVELS[seed % 4], list(THEMES)[(seed // 4) % 4]
    lang = ["de", "en"][int(rng.integers(2))]
    areas = rg.load_boundaries(level)
    values = random_values(rng, areas.index)
    n_warned = int(rng.integers(0, 26))
    warned = rng.choice(areas.index, min(n_warned, len(areas)), replace=False)
    names = areas["name"].reindex(warned)
    warnings = pd.DataFrame(
        {
            "area_id": warned,
            "urgency": rng.choice(["watch", "check", "priority"], len(warned)),
            "sentence_de": [SENTENCES["de"].format(name=name, value="7,3 %") for name in names],
            "sentence_en": [SENTENCES["en"].format(name=name, value="7.3 %") for name in names],
        }
    )
    method = str(rng.choice(METHODS))
    k = int(rng.integers(3, 13))
    options = {
        "title": TITLES[int(rng.integers(len(TITLES)))],
        "subtitle": str(rng.choice(["", "Stadtbezirke · 2024"])),
        "classes": method,
        "k": k,
        "center": 5.0 if method == "diverging" else None,
        "theme": theme,
        "lang": lang,
        "labels": str(rng.choice(["auto", "number", "name", "value"])),
        "unit": str(rng.choice(["%", "je 1.000", "Einwohnerinnen und Einwohner je km²", ""])),
        "city": [None, 1234.5][int(rng.integers(2))],
        "source": "Landeshauptstadt München, Statistisches Amt, Indikatorenatlas 2025",
        "warnings": warnings,
    }
    return areas, values, options


def check(seed):
    areas, values, options = case(seed)
    figure = rg.plot_map(areas, values, **options)
    check_page(figure)
    classes = classify(values, options["classes"], options["k"], center=options["center"])
    n_missing = int(values.isna().any())
    assert len(fields_of(figure)) == len(classes) + n_missing
    words = letters(figure).replace(" ", "")
    for label in classes.covering(values).labels(options["lang"]):
        assert label.replace(" ", "") in words


QUICK = (0, 5, 10, 15)  # each level and each preset once


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in range(40) if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)
