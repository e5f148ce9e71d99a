"""A figure that must not be set beside the city's is set beside it nowhere: verbs, maps, charts, files."""

from __future__ import annotations

import re
import sqlite3
import zipfile

import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.audit.pdf_text import pdf_texts
from regsam_geo.maps.interactive.explorer import Explorer
from regsam_geo.maps.interactive.tree import walk

MOVES, UNEMPLOYED = "Innerräumliche Umzugsziffer", "Arbeitslose - Anteil"
YEARS = range(2014, 2025)
MARK = 7770.0
"""No area has a value near it."""


@pytest.fixture(scope="module")
def study():
    """The sample, where the city's figure of moves can be told from every other number."""
    panel = rg.load_sample().sel([MOVES, UNEMPLOYED], period=YEARS)
    data = panel.data.copy()
    city = (data["level"] == "city") & (data["indicator"] == MOVES)
    data.loc[city, "value"] = MARK + np.arange(city.sum()) + 0.1
    data.loc[city, ["numerator", "denominator"]] = np.nan
    return rg.Study(rg.Panel(data, panel.catalogue), lang="de", period=2024)


def told(text):
    """Return where a text holds the city's figure, in any spelling, with what stands around it."""
    figure = r"(?<![\d.,])7[.,]?7[78]\d[.,]\d"
    return [text[max(at.start() - 40, 0) : at.end() + 20] for at in re.finditer(figure, text)]


def words_of(figure):
    return " ".join(text.get_text() for text in figure.findobj(Text))


def test_the_figure_would_be_seen():
    assert told("7.770,1")
    assert told("7771.1 ")
    assert told("<td>7.780,1</td>")


def test_compare_areas_leaves_it_out(study):
    table = rg.compare_areas(study)
    beside = ["city", "difference", "ratio", "city_change_1", "city_change_5"]
    assert table.loc[table["indicator"] == MOVES, beside].isna().all(axis=None)
    # its own past and its place among the areas stay
    assert (
        table.loc[(table["indicator"] == MOVES) & (table["period"] == "2024"), ["rank", "change_5"]]
        .notna()
        .all(axis=None)
    )
    assert table.loc[table["indicator"] == UNEMPLOYED, beside[:3]].notna().all(axis=None)


def test_maps_and_charts_name_the_city_s_value_of_the_others_alone(study):
    for theme in ("meeting", "print"):
        assert "Stadt München: 3,9\xa0%" in words_of(study.plot_map(UNEMPLOYED, theme=theme))
        assert "Stadt" not in words_of(
            study.plot_map(MOVES, theme=theme, subtitle="", source="", regions=False)
        ).replace("Landeshauptstadt", "")
    figures = [
        study.plot_map(MOVES, region="4/12"),
        study.plot_change_map(MOVES, 2019, 2024),
        study.plot_map_series(MOVES, [2019, 2024]),
        study.plot_series(MOVES, "12"),
        study.plot_funnel(MOVES),
        study.plot_symbols(MOVES),
        study.plot_scatter([MOVES, UNEMPLOYED]),
        study.plot_bivariate([UNEMPLOYED, MOVES]),
        study.plot_comparison(["12", "16"]),
        study.plot_warning(study.detect_warnings().query("indicator == @MOVES").iloc[0]),
    ]
    assert not [words for words in map(words_of, figures) if told(words)]


def test_warnings_tell_nothing_of_it(study):
    table = study.detect_warnings()
    mine = table[table["indicator"] == MOVES]
    assert len(mine)
    assert mine["city"].isna().all()
    assert not told(" ".join(map(str, mine.to_numpy().ravel())))


def test_the_file_of_the_map_holds_no_number_of_it(study):
    for classes in (None, "diverging"):
        web_map = study.explore_map(classes=classes)
        (explorer,) = [one for one in walk(web_map.get_root()) if isinstance(one, Explorer)]
        city = {one["indicator"]: one["city"] for one in explorer.payload["series"]}
        assert not told(str(city[MOVES]))
        assert not city[MOVES].get("printed")
        # a letter of the packed numbers is a value; what is missing is written with other signs
        assert not any(sign.isalnum() for row in city[MOVES]["rows"] for sign in row)
        assert any(sign.isalnum() for row in city[UNEMPLOYED]["rows"] for sign in row)


def text_of_file(path):
    """Everything that a reader of a file can find in it."""
    if path.suffix == ".pdf":
        return " ".join(pdf_texts(path.read_bytes()))
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as book:
            return " ".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if path.suffix == ".gpkg":
        with sqlite3.connect(path) as base:
            tables = [name for (name,) in base.execute("select name from sqlite_master where type = 'table'")]
            frames = [pd.read_sql(f'select * from "{name}"', base) for name in tables]
        return " ".join(
            str(cell) for frame in frames for cell in frame.to_numpy().ravel() if not isinstance(cell, bytes)
        )
    return path.read_text("utf-8-sig") if path.suffix in (".html", ".csv", ".txt", ".md", ".json") else ""


@pytest.mark.slow
def test_no_file_of_a_report_or_a_pack_sets_it_beside_the_areas(study, tmp_path):
    assert MOVES not in set(rg.city_themes(study)["indicator"])
    study.write_report(tmp_path / "report")
    study.write_meeting_pack("4/12", tmp_path / "pack")
    files = [path for path in tmp_path.rglob("*") if path.is_file() and path.name != "angaben.json"]
    assert {".html", ".csv", ".xlsx", ".pdf", ".gpkg"} <= {path.suffix for path in files}
    assert {path.name: found for path in files if (found := told(text_of_file(path)))} == {}
    # the maps of the report and the pack carry the city's value of the other indicator
    maps = [path for path in files if path.suffix == ".pdf" and "arbeitslose" in path.name]
    assert maps
    assert all("Stadt München: 3,9" in text_of_file(path).replace("\xa0", " ") for path in maps)
