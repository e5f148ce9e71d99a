"""Random maps of all kinds: nothing outside the page, nothing over anything else, all classes in the legend."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.look import THEMES, classify

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, fields_of, legend_colors, letters

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
KINDS = ["map", "warned", "part", "series", "region", "change", "clusters", "status"]
LEVELS = ["district", "subdistrict", "quarter", "region"]
METHODS = ["apart", "quantiles", "equal", "pretty", "std", "natural", "diverging"]
SOURCE = "Landeshauptstadt München, Statistisches Amt, Indikatorenatlas 2025"
PERIODS = [str(year) for year in range(2013, 2025)]


def plan(seed):
    """Return kind, preset and level: every kind in every preset, every level many times."""
    kind, theme = KINDS[seed % 8], list(THEMES)[(seed // 8) % 4]
    level = LEVELS[(seed + seed // 8 + seed // 32) % 4]
    if kind in ("region", "part") and level == "region":
        level = "subdistrict"
    return kind, theme, level


def random_values(rng, n):
    kind = rng.choice(["usual", "missing", "one", "negative", "heavy", "holes"])
    return {
        "usual": lambda: rng.normal(20, 5, n).round(1),
        "missing": lambda: np.full(n, np.nan),
        "one": lambda: np.where(np.arange(n) == 3, 4.2, np.nan),
        "negative": lambda: rng.normal(-1, 3, n).round(1),
        "heavy": lambda: rng.lognormal(5, 2, n).round(0),
        "holes": lambda: np.where(rng.random(n) < 0.3, np.nan, rng.normal(1234, 400, n).round(0)),
    }[kind]()


def random_warnings(rng, areas, most):
    warned = rng.choice(areas.index, min(int(rng.integers(0, most + 1)), len(areas)), replace=False)
    names = areas["name"].reindex(warned)
    return pd.DataFrame(
        {
            "area_id": warned,
            "urgency": rng.choice(["watch", "check", "priority"], len(warned)),
            "sentence_de": [SENTENCES["de"].format(name=name, value="7,3 %") for name in names],
            "sentence_en": [SENTENCES["en"].format(name=name, value="7.3 %") for name in names],
        }
    )


def random_panel(rng, areas, level, periods):
    rows = [
        pd.DataFrame(
            {"period": period, "level": level, "area_id": areas.index, "value": random_values(rng, len(areas))}
        )
        for period in periods
    ]
    city = pd.DataFrame({"period": periods, "level": "city", "area_id": "munich", "value": 17.5})
    frame = pd.concat([*rows, city]).assign(indicator="Erfundenes", group="insgesamt")
    frame["sign"] = np.where(
        frame["value"].isna(), rng.choice(["secret", "later", "not_available"], len(frame)), ""
    )
    words = {"title_de": TITLES[int(rng.integers(3))], "unit": "%", "decimals": 1}
    return rg.Panel.from_frame(frame).with_catalogue({"Erfundenes": words})


def classed_options(rng):
    method = str(rng.choice(METHODS))
    return {
        "classes": method,
        "k": int(rng.integers(3, 13)),
        "center": 5.0 if method == "diverging" else None,
    }


def page_options(rng, theme):
    return {
        "title": TITLES[int(rng.integers(len(TITLES)))],
        "subtitle": str(rng.choice(["", "Stadtbezirke · 2024"])),
        "theme": theme,
        "lang": ["de", "en"][int(rng.integers(2))],
        "date": [None, "22. November 2026"][int(rng.integers(2))],
    }


def draw(seed):
    """Return a random map, and what its legend has to say: texts, and number of colored fields."""
    rng = np.random.default_rng(seed)
    kind, theme, level = plan(seed)
    areas = rg.load_boundaries(level)
    page = page_options(rng, theme)
    lang = page.pop("lang")
    study = rg.Study(areas=areas, lang=lang)
    with_regions = {"region_labels": [None, True, False][int(rng.integers(3))]}
    if kind == "clusters":
        result = pd.DataFrame(
            {
                "quadrant": rng.choice(["high-high", "high-low", "low-high", "low-low", ""], len(areas)),
                "p": rng.random(len(areas)) / 5,
            },
            index=areas.index,
        )
        return rg.plot_cluster_map(study, result, source=SOURCE, **page, **with_regions), [], 6
    if kind == "status":
        result = pd.DataFrame(
            {
                "status": rng.choice(["high", "medium", "low", "very_low", ""], len(areas)),
                "dynamics": rng.choice(["positive", "stable", "negative"], len(areas)),
            },
            index=areas.index,
        )
        return rg.plot_situation(study, result, source=SOURCE, **page, **with_regions), [], 1
    if kind in ("series", "change"):
        periods = PERIODS[-int(rng.integers(2, 13)) :]
        study = rg.Study(random_panel(rng, areas, level, periods), areas, lang=lang)
        if kind == "series":
            return rg.plot_map_series(study, **classed_options(rng), **page), [], None
        warnings = random_warnings(rng, areas, 8)
        first, k = periods[0], int(rng.integers(3, 13))
        figure = rg.plot_change_map(study, None, first, k=k, warnings=warnings, **page, **with_regions)
        return figure, [], None
    values = pd.Series(random_values(rng, len(areas)), areas.index)
    options = classed_options(rng)
    said = {
        "labels": str(rng.choice(["auto", "number", "name", "value", "none"])),
        "unit": str(rng.choice(["%", "je 1.000", "Einwohnerinnen und Einwohner je km²", ""])),
        "city": [None, 1234.5][int(rng.integers(2))],
        "source": SOURCE,
    }
    classes = classify(values, options["classes"], options["k"], center=options["center"])
    labels = classes.covering(values).labels(lang)
    if kind == "region":
        region = str(rng.choice(rg.load_boundaries("region").index))
        warnings = random_warnings(rng, areas[areas.index.str[:2].isin(rg.load_boundaries("district").index)], 8)
        figure = rg.plot_map(study, values, region=region, warnings=warnings, **options, **page, **said)
        return figure, labels, None
    if kind == "part":
        chosen = rng.choice(rg.load_boundaries("district").index, 4, replace=False)
        areas = areas[areas.index.str[:2].isin(chosen)]
        study = rg.Study(areas=areas, lang=lang)
        values = values[areas.index]
        classes = classify(values, options["classes"], options["k"], center=options["center"])
        labels = classes.covering(values).labels(lang)
    warnings = random_warnings(rng, areas, 25 if kind == "warned" else 0)
    figure = rg.plot_map(study, values, warnings=warnings, **options, **page, **said, **with_regions)
    return figure, labels, len(classes) + int(values.isna().any())


def check(seed):
    figure, labels, n_fields = draw(seed)
    check_page(figure)
    words = letters(figure).replace(" ", "")
    for label in labels:
        assert label.replace(" ", "") in words
    if n_fields is not None:
        assert len(fields_of(figure)) == n_fields
    assert legend_colors(figure)


def test_every_kind_in_every_preset_and_every_level_is_among_the_cases():
    plans = [plan(seed) for seed in SEEDS]
    assert {(kind, theme) for kind, theme, _ in plans} == {(kind, theme) for kind in KINDS for theme in THEMES}
    assert min(Counter(level for *_, level in plans).values()) >= 5


SEEDS = range(48)
QUICK = (0, 9, 18, 27, 4, 13, 22, 31)  # each kind and each preset


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)
