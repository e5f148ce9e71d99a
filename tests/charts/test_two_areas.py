"""Two areas side by side: their values, where they differ most, what must not be compared, and the page."""

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
from regsam_geo.maps.interactive.packed_comparison import pack_comparison

sys.path.insert(0, str(Path(__file__).parents[1] / "maps"))
from pagecheck import check_page, letters, texts_of

MOVES = "Innerräumliche Umzugsziffer"


@pytest.fixture
def german():
    rg.set_language("de")
    yield
    rg.set_language(None)


def lines_of(figure, label):
    return [line for axes in figure.axes for line in axes.lines if line.get_label() == label]


def order_on(figure, titles):
    """The titles in the order of their rows; above the courses, which name some again."""
    placed = {}
    for ink in texts_of(figure):
        if ink.text in titles:
            placed[ink.text] = max(placed.get(ink.text, 0.0), ink.north)
    return sorted(placed, key=lambda text: -placed[text])


def test_they_stand_in_the_order_of_their_differences(german, sample_study):
    """Computed here from the plain table: differences in units of the median deviation."""
    figure = rg.plot_comparison(sample_study, ["14", "13"], 2024)
    data = rg.load_sample().data.query("period == '2024' and level == 'district'")
    apart = {}
    for name, rows in data.groupby("indicator"):
        values = rows.set_index("area_id")
        exact = values["numerator"] / values["denominator"]
        usual = (exact - exact.median()).abs().median()
        apart[name] = abs(exact["14"] - exact["13"]) / usual
    shorts = {name: sample_study.naming(name).short() for name in apart}
    wanted = [shorts[name] for name in sorted(apart, key=lambda name: -apart[name]) if name != MOVES]
    found = order_on(figure, {name for name in wanted if name in {ink.text for ink in texts_of(figure)}})
    assert found == [name for name in wanted if name in found]
    assert len(found) >= 6


def test_the_numbers_are_those_of_the_table(german, sample_study):
    """From left to right in one row: the first area, the second, the city."""
    inks = texts_of(rg.plot_comparison(sample_study, ["14", "13"], 2024))
    data = rg.load_sample().data.query("period == '2024' and indicator == 'Nichtdeutsche'")
    values = data.set_index("area_id")["value"]
    (name,) = [ink for ink in inks if ink.text == "Nichtdeutsche"]
    row = [ink for ink in inks if ink is not name and min(ink.north, name.north) > max(ink.south, name.south)]
    found = [ink.text.replace("\N{NO-BREAK SPACE}", " ") for ink in sorted(row, key=lambda ink: ink.west)]
    assert found == [f"{values[area]:.1f} %".replace(".", ",") for area in ("14", "13", "munich")]


def test_one_alone_stands_beside_its_region(german, sample_study):
    figure = rg.plot_comparison(sample_study, "12", 2024)
    assert "Region 4/12" in letters(figure)
    region = rg.aggregate(sample_study).sel("Nichtdeutsche", period=2024, level="region").data
    value = region.loc[region["area_id"] == "4/12", "value"].iloc[0]
    assert f"{value:.1f}".replace(".", ",") in letters(figure)
    # 16 is a region of its own, which would be the same twice
    alone = rg.plot_comparison(sample_study, "16", 2024)
    assert "Region" not in letters(alone)
    assert alone.page_title == "Ramersdorf-Perlach und die Stadt"
    assert not lines_of(alone, "second")


def test_what_depends_on_the_size_of_an_area_stands_last_and_without_the_city(german):
    study = rg.Study(rg.load_sample().sel([MOVES, "Nichtdeutsche"], period=2024))
    figure = rg.plot_comparison(study, ["14", "13"])
    assert len(lines_of(figure, "city")) == 1
    assert MOVES in letters(figure).partition("Am Ende")[2]
    title = sorted(ink.north for ink in texts_of(figure) if ink.text.startswith((MOVES, "Nichtdeutsche")))
    lowest = min((ink for ink in texts_of(figure) if ink.text.startswith((MOVES, "Nicht"))), key=lambda i: i.north)
    assert lowest.text.startswith(MOVES)
    assert len(title) >= 2


def test_what_is_hidden_has_no_mark(german):
    rows = []
    for name in ("Eins", "Zwei"):
        values = np.arange(25) * 4.0 + 10
        values[13] = 2.0 if name == "Eins" else 50.0
        ids = [f"{number:02}" for number in range(1, 26)]
        rows.append(pd.DataFrame({"indicator": name, "period": 2024, "area_id": ids, "value": values}))
    about = {"summable": True, "counts_persons": True}
    panel = rg.Panel.from_frame(pd.concat(rows)).with_catalogue({"Eins": about, "Zwei": about})
    figure = rg.plot_comparison(panel, ["14", "13"])
    shown = rg.protect(panel).data
    first = shown[(shown["area_id"] == "14") & shown["value"].notna()]
    assert len(lines_of(figure, "first")) == len(first) == 1
    words = letters(figure)
    assert "geheim" in words
    assert "Eins" in words.partition("Ein Wert fehlt")[2]


def test_refusals(sample_study):
    for area, said in ((["14"] * 3, "3"), (["14", "Berg am Laim"], "Berg am Laim"), ("99", "99")):
        with pytest.raises(OptionError, match=said):
            rg.plot_comparison(sample_study, area)
    with pytest.raises(OptionError, match=r"column.*study\.sel"):
        rg.plot_comparison(sample_study, "14", column="x")


# --- the page

SEEDS = range(40)


@cache
def sample(lang):
    """One study for all pages: what may be shown is worked out once."""
    return rg.Study(rg.load_sample(), lang=lang)


QUICK = (7,)


def invented(rng, n, periods):
    """Areas of one's own with some indicators, long and short names, gaps."""
    ids = [f"Gebiet {number}" for number in range(n)]
    parts, about = [], {}
    for number in range(int(rng.integers(1, 16))):
        for period in periods:
            values = np.where(rng.random(n) < 0.1, np.nan, rng.lognormal(2, 1, n).round(1))
            part = pd.DataFrame({"period": period, "level": "own", "area_id": ids, "value": values})
            parts.append(part.assign(indicator=f"I{number}", group="insgesamt"))
        long = "Erwerbsfähige Leistungsberechtigte mit langem Namen und Zusatz (Anteil an allen)"
        about[f"I{number}"] = {
            "title_de": f"{(long, 'Kurz')[int(rng.integers(2))]} {number}",
            "unit": ("%", "je 1.000 Personen")[int(rng.integers(2))],
            "decimals": 1,
        }
    return rg.Panel.from_frame(pd.concat(parts)).with_catalogue(about)


def check(seed):
    rng = np.random.default_rng(seed)
    theme, lang = list(THEMES)[seed % 4], ("de", "en")[(seed // 4) % 2]
    if seed % 2 == 0:
        study = sample(lang)
        districts = [f"{number:02}" for number in range(1, 26)]
        two = [str(one) for one in rng.choice(districts, 2, replace=False)]
        asked = [two, two[:1], [two[0], "4/12"]][int(rng.integers(3))]
    else:
        panel = invented(rng, int(rng.choice([2, 5, 40])), ("2023", "2024")[: int(rng.integers(1, 3))])
        study, asked = rg.Study(panel, lang=lang, threshold=None), ["Gebiet 0", "Gebiet 1"]
        shown = panel.data.query("area_id in @asked and period == '2024'")["value"].notna()
        if not shown.any():
            return
    figure = rg.plot_comparison(study, asked, theme=theme, date="heute")
    texts = check_page(figure)
    assert lines_of(figure, "first")
    width, height = figure.get_size_inches() * figure.dpi
    renderer = figure.canvas.get_renderer()
    for label in ("first", "second"):
        for line in lines_of(figure, label):
            box = line.get_window_extent(renderer)
            assert 0 <= box.x0 <= box.x1 <= width
            assert 0 <= box.y0 <= box.y1 <= height
            if len(line.get_xdata()) > 1:
                continue
            for ink in texts:
                inside = min(ink.east, box.x1) - max(ink.west, box.x0) > 1
                assert not (inside and min(ink.north, box.y1) - max(ink.south, box.y0) > 1), ink


@pytest.mark.parametrize("seed", QUICK)
def test_pages_hold_together(seed):
    check(seed)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [seed for seed in SEEDS if seed not in QUICK])
def test_more_pages_hold_together(seed):
    check(seed)


def test_the_map_to_click_has_the_words_of_the_page(german, sample_study):
    words = pack_comparison("", "de")
    above = {ink.text: ink.west for ink in texts_of(rg.plot_comparison(sample_study, ["14", "13"], 2024))}
    # low stands left of high, on both
    assert above[words["low"]] < above[words["high"]]
    assert words["title"].format(first="Berg am Laim", second="Bogenhausen") in above
    assert above[words["high"]] < above[words["city"]]
