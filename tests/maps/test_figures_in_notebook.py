"""A static view as the last line of a cell shows exactly one picture, the page itself, in a real kernel."""

from __future__ import annotations

import base64
import io

import matplotlib.image
import pytest

import regsam_geo as rg

pytestmark = pytest.mark.slow

START = """import warnings; warnings.simplefilter("ignore")
import regsam_geo as rg, pandas as pd
study = rg.load_study().sel(["Arbeitslose", "Nichtdeutsche"], period=range(2019, 2025))
values = study.join_indicators("Arbeitslose").areas["value"]
places = pd.DataFrame({"name": ["Kita"], "lon": [11.589], "lat": [48.128]})
both = ["Arbeitslose", "Nichtdeutsche"]
regions = study.aggregate()  # which tells once what the division is made of"""
CELLS = {
    "plot_bivariate": "study.plot_bivariate(both)",
    "plot_change_map": 'study.plot_change_map("Arbeitslose", 2019, 2024)',
    "plot_cluster_map": "study.plot_cluster_map(rg.local_moran(values, study.neighbors(), draws=99))",
    "plot_comparison": 'study.plot_comparison(["14", "13"])',
    "plot_funnel": 'study.plot_funnel("Arbeitslose")',
    "plot_map": 'study.plot_map("Arbeitslose")',
    "plot_map_series": 'study.plot_map_series("Arbeitslose", [2020, 2024])',
    "plot_places": "study.plot_places(places)",
    "plot_polarization": 'study.plot_polarization(["Arbeitslose"])',
    "plot_ranking": 'study.plot_ranking("Arbeitslose")',
    "plot_scatter": "study.plot_scatter(both)",
    "plot_series": 'study.plot_series("Arbeitslose", "16")',
    "plot_situation": "study.plot_situation()",
    "plot_symbols": 'study.plot_symbols("Arbeitslose")',
    "plot_warning": "study.plot_warning(study.detect_warnings().iloc[[0]])",
}
# a notebook whose other figures come from pyplot shows ours no second time
PYPLOT = "%matplotlib inline\nimport matplotlib.pyplot as plt"
A4_ACROSS = int(297 / 25.4 * 100), int(210 / 25.4 * 100)  # whole pixels at 100 to the inch
AGAIN = ("plot_map", "plot_ranking")


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    nbformat = pytest.importorskip("nbformat")
    from nbclient import NotebookClient

    cell = nbformat.v4.new_code_cell
    drawn = [cell(code) for code in CELLS.values()]
    kept = cell(f"figure = {CELLS['plot_map']}")
    again = [cell(CELLS[name]) for name in AGAIN]
    made = nbformat.v4.new_notebook(cells=[cell(START), *drawn, kept, cell(PYPLOT), *again])
    folder = tmp_path_factory.mktemp("figures")
    NotebookClient(
        made, timeout=300, kernel_name="python3", resources={"metadata": {"path": str(folder)}}
    ).execute()
    return {
        **dict(zip(CELLS, drawn, strict=True)),
        "kept": kept,
        **{f"{n} again": c for n, c in zip(AGAIN, again, strict=True)},
    }


def pictures(cell):
    outputs = [one.data for one in cell.outputs if "data" in one]
    return [one["image/png"] for one in outputs if "image/png" in one]


def test_every_static_view_is_here():
    assert sorted(CELLS) == sorted(name for name in rg.__all__ if name.startswith("plot_"))


@pytest.mark.parametrize("name", [*CELLS, *(f"{name} again" for name in AGAIN)])
def test_a_view_shows_one_picture_and_nothing_else(name, cells):
    assert len(cells[name].outputs) == 1
    (picture,) = pictures(cells[name])
    high, wide = matplotlib.image.imread(io.BytesIO(base64.b64decode(picture)), format="png").shape[:2]
    # a whole page, not cut to its ink
    assert (wide, high) == A4_ACROSS


def test_a_figure_that_is_kept_shows_nothing(cells):
    assert cells["kept"].outputs == []
