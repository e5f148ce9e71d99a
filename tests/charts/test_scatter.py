"""Two indicators: points where the table puts them, names that stand out, and pages that hold together."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import THEMES

sys.path.insert(0, str(Path(__file__).parents[1] / "maps"))
from pagecheck import check_page, letters, texts_of

BOTH = ["Nichtdeutsche", "Arbeitslose"]


@pytest.fixture
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


def points(figure):
    (axes,) = [one for one in figure.axes if any(line.get_label() == "areas" for line in one.lines)]
    return axes, np.vstack([line.get_xydata() for line in axes.lines if line.get_label() == "areas"])


def invented(n, seed, *, title="Erfundenes", missing=0.1):
    rng = np.random.default_rng(seed)
    parts = []
    for name in ("Eins", "Zwei"):
        values = rng.normal(30, 8, n).round(1) if seed % 2 else rng.lognormal(1, 1.5, n).round(2)
        values[rng.random(n) < missing] = np.nan
        ids = [f"g{number}" for number in range(n)]
        parts.append(
            pd.DataFrame({"indicator": name, "period": "2024", "level": "own", "area_id": ids, "value": values})
        )
        city = {"indicator": name, "period": ["2024"], "level": "city", "area_id": "munich", "value": 20.0}
        parts.append(pd.DataFrame(city))
    about = {"title_de": title, "unit": ("%", "je 1.000 Personen")[seed % 2], "decimals": 1}
    frame = pd.concat(parts).assign(group="insgesamt")
    return rg.Panel.from_frame(frame).with_catalogue({"Eins": about, "Zwei": {**about, "title_de": "Anderes"}})


def test_every_point_is_an_area_of_the_table(sample_study):
    axes, found = points(rg.plot_scatter(sample_study, BOTH, 2024))
    data = rg.load_sample().sel(period=2024, level="district").data
    exact = {}
    for name in ("Nichtdeutsche", "Arbeitslose - Anteil"):
        rows = data[data["indicator"] == name].set_index("area_id")
        exact[name] = 100 * rows["numerator"] / rows["denominator"]
    wanted = pd.DataFrame(exact).to_numpy()
    assert np.array(sorted(map(tuple, found))) == pytest.approx(np.array(sorted(map(tuple, wanted))))
    assert len([line for line in axes.lines if line.get_label() == "city"]) == 2


def test_lines_of_the_city_only_where_areas_may_be_compared_with_it(german, sample_study):
    figure = rg.plot_scatter(sample_study, ["Innerräumliche Umzugsziffer", "Arbeitslose"], 2024)
    axes, _ = points(figure)
    (line,) = [one for one in axes.lines if one.get_label() == "city"]
    # across the field, at the height of the other's value
    assert line.get_ydata()[0] == line.get_ydata()[1]
    assert [ink.text.split()[0] for ink in texts_of(figure)].count("Stadt") == 1
    assert "Innerräumliche Umzugsziffer" in letters(figure).partition("Kein Vergleich mit der Stadt")[2]


def test_an_area_off_the_common_line_is_named(german):
    n = 24
    x = np.linspace(10, 30, n)
    noise = np.random.default_rng(2).normal(0, 0.4, n)
    y = x + noise
    y[11] += 14  # in the middle of both, but far off the line
    frames = [
        pd.DataFrame(
            {"indicator": name, "period": 2024, "area_id": [f"{i:02}" for i in range(1, n + 1)], "value": v}
        )
        for name, v in (("Eins", x), ("Zwei", y))
    ]
    figure = rg.plot_scatter(rg.Study(pd.concat(frames), threshold=None), ["Eins", "Zwei"])
    name = rg.load_boundaries("district")["name"]["12"]
    assert f"12 {name}" in [ink.text for ink in texts_of(figure)]


def test_missing_and_hidden_are_told(german):
    panel = invented(20, 1, missing=0.0)
    data = panel.data.copy()
    data.loc[(data["area_id"] == "g4") & (data["indicator"] == "Zwei"), "value"] = np.nan
    figure = rg.plot_scatter(rg.Panel(data, panel.catalogue), ["Eins", "Zwei"])
    assert len(points(figure)[1]) == 19
    assert "g4" in letters(figure).partition("Ohne Punkt")[2]


def test_refusals(sample_study):
    for wish in (["Arbeitslose"], "Arbeitslose", ["Arbeitslose"] * 3):
        with pytest.raises(OptionError, match="Nichtdeutsche"):
            rg.plot_scatter(sample_study, wish)
    with pytest.raises(OptionError, match="what"):
        rg.plot_scatter(sample_study, BOTH, column="x")
    nothing = invented(3, 1)
    with pytest.raises(OptionError, match="Anderes"):
        rg.plot_scatter(rg.Panel(nothing.data.assign(value=np.nan), nothing.catalogue))


# --- the page

TITLES = ("Kurz", "Erwerbsfähige Leistungsberechtigte mit langem Namen (Anteil an der Bevölkerung bis 64 Jahren)")
SEEDS = range(40)


@cache
def sample(lang):
    """One study for all pages: what may be shown is worked out once."""
    return rg.Study(rg.load_sample(), lang=lang)


QUICK = (3,)


def check(seed):
    rng = np.random.default_rng(seed)
    theme, lang = list(THEMES)[seed % 4], ("de", "en")[(seed // 4) % 2]
    if seed % 3 == 0:
        study = sample(lang)
        what = [str(one) for one in rng.choice(study.panel.indicators, 2, replace=False)]
        figure = rg.plot_scatter(study, what, theme=theme, date="heute")
    else:
        panel = invented(
            int(rng.choice([1, 2, 5, 40, 150])), seed, title=TITLES[int(rng.integers(2))], missing=0.05
        )
        if panel.data.query("level == 'own'").groupby("area_id")["value"].apply(lambda v: v.notna().all()).any():
            figure = rg.plot_scatter(rg.Study(panel, lang=lang), theme=theme)
        else:
            return
    texts = check_page(figure)
    axes, found = points(figure)
    (west, east), (south, north) = axes.get_xlim(), axes.get_ylim()
    assert ((west <= found[:, 0]) & (found[:, 0] <= east) & (south <= found[:, 1]) & (found[:, 1] <= north)).all()
    # no word lies over a point
    dots = axes.transData.transform(found)
    for ink in texts:
        inside = (
            (dots[:, 0] > ink.west) & (dots[:, 0] < ink.east) & (dots[:, 1] > ink.south) & (dots[:, 1] < ink.north)
        )
        assert not inside.any(), ink


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)
