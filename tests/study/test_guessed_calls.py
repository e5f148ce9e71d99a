"""Calls as whoever knows geopandas, and not us, would guess them: each works, or ends in one error with advice.

Each line of ``REFUSED`` holds the guess, words that its error must hold, and the call of whoever follows them.
"""

from __future__ import annotations

import datetime
import io

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError

A, N = "Arbeitslose", "Nichtdeutsche"


@pytest.fixture(scope="module")
def names(tmp_path_factory):
    rg.set_language("de")
    names = dict(rg=rg, A=A, N=N, datetime=datetime, io=io, np=np, pd=pd)  # noqa: C408 - names of the guesses
    sample = rg.load_sample().sel([A, N, "Einpersonenhaushalte"], period=[2014, 2023, 2024])
    areas = rg.load_boundaries("district")
    numbers = np.random.default_rng(1)
    names["study"], names["panel"], names["areas"] = rg.Study(sample), sample, areas
    names["layer"] = areas.assign(
        anteil=numbers.random(25).round(3) * 100,
        quote=numbers.random(25).round(2),
        plaetze=numbers.integers(20, 200, 25),
        typ=["a", "b", "c", "d", "e"] * 5,
    )
    names["joined"] = rg.join_indicators(names["study"], A, 2024)
    names["points"] = gpd.GeoDataFrame(
        {"Name": ["A", "B"], "Art": ["Kita", "Treff"]},
        geometry=gpd.points_from_xy([11.55, 11.57], [48.13, 48.14]),
        crs=4326,
    )
    both = sample.sel(N, period=2024, level="district").data
    parts = [both.assign(group=group) for group in ("weiblich", "männlich")]
    names["grouped"] = rg.Study(rg.Panel.from_frame(pd.concat(parts)).with_catalogue({N: {"title_de": N}}))
    names["folder"] = tmp_path_factory.mktemp("guesses")
    names["file"] = names["folder"] / "zahlen.csv"
    sample.sel(A).data.to_csv(names["file"], index=False)
    yield names
    rg.set_language(None)


WORKS = [
    "rg.plot_map(layer, 'anteil')",
    "rg.plot_map(areas, layer['anteil'])",
    "rg.plot_map(layer, 'anteil', k=3, palette='brick', labels='none')",
    "rg.plot_map(joined)",
    "rg.plot_map(joined, 'value')",
    "rg.plot_map(joined.areas, 'value')",
    "rg.plot_map(panel.data, 'Arbeitslose - Anteil', 2024)",
    "study.plot_map(A, 2024).savefig(io.BytesIO(), dpi=50, bbox_inches='tight')",
    "rg.plot_ranking(layer, ['anteil', 'quote'], 2024)",
    "rg.plot_comparison(joined, ['16', '14'])",
    "rg.plot_comparison(study, 16)",
    "rg.plot_symbols(layer, 'plaetze', 2024)",
    "rg.plot_scatter(layer, ['anteil', 'quote'], period=2024)",
    "rg.plot_bivariate(layer, ['anteil', 'quote'], 2024)",
    "rg.plot_places(areas, points)",
    "rg.plot_map_series(study, A, 2024)",
    "rg.plot_map_series(study, A, '2014')",
    "rg.plot_series(study, A, area='Bogenhausen')",
    "rg.plot_polarization(study, A)",
    "rg.Study(areas=layer, period=2024).plot_ranking('anteil')",
]
REFUSED = [
    ("rg.plot_map(layer, column='anteil')", "what", "rg.plot_map(layer, what='anteil')"),
    ("rg.plot_ranking(study, column=A)", "what", "rg.plot_ranking(study, what=A)"),
    ("rg.plot_map(layer, 'anteil', cmap='Blues')", "palette", "rg.plot_map(layer, 'anteil', palette='isar')"),
    ("rg.plot_map(layer, 'anteil', palette='Blues')", "isar", "rg.plot_map(layer, 'anteil', palette='isar')"),
    (
        "rg.plot_map(layer, 'anteil', scheme='quantiles')",
        "classes",
        "rg.plot_map(layer, 'anteil', classes='quantiles')",
    ),
    (
        "rg.plot_map(layer, 'anteil', classes='FisherJenks')",
        "natural",
        "rg.plot_map(layer, 'anteil', classes='natural')",
    ),
    (
        "rg.plot_map(layer, 'anteil', classes='EqualInterval')",
        "equal",
        "rg.plot_map(layer, 'anteil', classes='equal')",
    ),
    (
        "rg.plot_map(layer, 'anteil', classes='Quantiles')",
        "quantiles",
        "rg.plot_map(layer, 'anteil', classes='quantiles')",
    ),
    ("rg.plot_map(layer, 'anteil', vmin=0, vmax=9)", "classes", "rg.plot_map(layer, 'anteil', classes=[20, 50])"),
    (
        "rg.plot_map(layer, 'anteil', classification_kwds={'bins': [9]})",
        "classes",
        "rg.plot_map(layer, 'anteil', classes=[9])",
    ),
    ("rg.plot_map(layer, 'anteil', k='4')", "ganze Zahl", "rg.plot_map(layer, 'anteil', k=4)"),
    ("rg.plot_map(layer, 'anteil', k=0)", "1 bis 12", "rg.plot_map(layer, 'anteil', k=1)"),
    ("rg.plot_map(layer, 'anteil', figsize=(8, 8))", "theme", "rg.plot_map(layer, 'anteil', theme='print')"),
    ("rg.plot_map(layer, 'anteil', ax=None)", "ganze Seite", None),
    ("rg.plot_map(layer, 'anteil', legend=True)", "Legende", None),
    ("rg.plot_map(layer, 'anteil', missing_kwds={})", "schraffiert", None),
    ("rg.plot_map(layer, 'anteil', edgecolor='k')", "theme", "rg.plot_map(layer, 'anteil', theme='mono')"),
    (
        "rg.plot_symbols(layer, 'plaetze', markersize=3)",
        "theme",
        "rg.plot_symbols(layer, 'plaetze', theme='slide')",
    ),
    (
        "rg.plot_map(layer, 'typ', categorical=True)",
        "plot_places",
        "rg.plot_places(areas, points, columns={'category': 'Art'})",
    ),
    ("rg.plot_map(layer, 'typ')", "Zahlen", "rg.plot_map(layer, 'anteil')"),
    ("rg.plot_map(layer, 'anteil', tooltip='name')", "explore_map", "rg.explore_map(layer, 'anteil', 2024)"),
    ("rg.plot_map(study, A, title=5)", "Text", "rg.plot_map(study, A, title='5')"),
    (
        "rg.plot_map(study, A, date=datetime.date(2026, 1, 2))",
        "Text",
        "rg.plot_map(study, A, date='2. Januar 2026')",
    ),
    ("rg.plot_map(study, A, decimals='1')", "ganze Zahl", "rg.plot_map(study, A, decimals=1)"),
    (
        "rg.plot_map(study, A, style={'theme': 'print'})",
        "Style(theme='print')",
        "rg.plot_map(study, A, style=rg.Style(theme='print'))",
    ),
    ("rg.plot_map(layer['anteil'])", "rg.plot_map(areas, werte)", "rg.plot_map(areas, layer['anteil'])"),
    (
        "rg.plot_map(file, A)",
        "rg.read_indicators",
        "rg.plot_map(rg.read_indicators(file), 'Arbeitslose - Anteil')",
    ),
    ("rg.plot_map(folder, A)", "rg.read_indicators", None),
    ("rg.plot_map(layer, ['anteil', 'quote'])", "list", "rg.plot_bivariate(layer, ['anteil', 'quote'], 2024)"),
    ("rg.plot_map(study, 2024, A)", "int", "rg.plot_map(study, A, 2024)"),
    ("rg.plot_map(study, A, 2099)", "2024", "rg.plot_map(study, A, 2024)"),
    ("rg.plot_map(study, A, region='Nirgendwo')", "17/18", "rg.plot_map(study, A, region='17/18')"),
    ("rg.plot_map(study, A, area='17')", "region", "rg.plot_map(study, A, region='17')"),
    ("rg.plot_map(areas.iloc[:0], 'anteil')", "leer", None),
    ("rg.plot_map(layer, 'nix')", "anteil", "rg.plot_map(layer, 'anteil')"),
    ("rg.plot_map(points, 'Name')", "plot_places", "rg.plot_places(study, points)"),
    ("rg.plot_ranking(layer, 'anteil')", "period=2024", "rg.plot_ranking(layer, 'anteil', period=2024)"),
    ("rg.plot_ranking(layer)", "Spalte", "rg.plot_ranking(layer, 'anteil', 2024)"),
    ("rg.plot_ranking(areas.iloc[:0], 'x', 2024)", "Spalte", None),
    ("rg.plot_ranking(panel.data.iloc[:0], A)", "Vorhanden: –", None),
    ("rg.plot_ranking(study, A, 2024, 'weiblich')", "höchstens 3", "rg.plot_ranking(study, A, 2024)"),
    (
        "rg.plot_ranking(study, A, ascending=True)",
        "study.sel(area=",
        "study.sel(area=['01', '02']).plot_ranking(A)",
    ),
    ("rg.plot_ranking(study, A, level='region')", "study.aggregate()", "rg.plot_ranking(study.aggregate(), A)"),
    ("rg.plot_ranking(study, 'Arbeitslos')", "Arbeitslose", "rg.plot_ranking(study, 'Arbeitslose')"),
    ("rg.plot_comparison(study)", "es fehlt area", "rg.plot_comparison(study, '16')"),
    ("rg.plot_comparison(study, '16', '14')", "Zeitraum", "rg.plot_comparison(study, ['16', '14'])"),
    ("rg.plot_comparison(study, 'Giesing')", "17 Obergiesing-Fasangarten", "rg.plot_comparison(study, '17')"),
    ("rg.plot_comparison(study, ['16', '14', '13'])", "zwei", "rg.plot_comparison(study, ['16', '14'])"),
    ("rg.plot_comparison(study, '16', 2030)", "2024", "rg.plot_comparison(study, '16', 2024)"),
    (
        "rg.plot_comparison(layer, ['16', '14'])",
        "rg.Study(panel, areas)",
        "rg.plot_comparison(rg.Study(panel, areas), '16')",
    ),
    (
        "rg.plot_scatter(study, N, A)",
        '["Arbeitslose", "Nichtdeutsche"]',
        "rg.plot_scatter(study, ['Arbeitslose', 'Nichtdeutsche'])",
    ),
    ("rg.plot_scatter(study, x=N, y=A)", "what", "rg.plot_scatter(study, what=[N, A])"),
    ("rg.plot_scatter(study, [N, N])", "verschieden", "rg.plot_scatter(study, [N, A])"),
    (
        "rg.plot_bivariate(grouped, [N, N])",
        "weiblich",
        "rg.plot_bivariate(grouped, [{'what': N, 'group': 'weiblich'}, {'what': N, 'group': 'männlich'}])",
    ),
    ("rg.plot_symbols(layer, 'anteil', 2024)", "plot_map", "rg.plot_map(layer, 'anteil', 2024)"),
    ("rg.plot_places(study)", "es fehlt places", "rg.plot_places(study, points)"),
    (
        "rg.plot_places(study, points, column='Art')",
        "columns",
        "rg.plot_places(study, points, columns={'category': 'Art'})",
    ),
    ("rg.plot_places(study, points, 'Art')", '"category"', "rg.plot_places(study, points, {'category': 'Art'})"),
    (
        "rg.plot_places(study, points, category='Art')",
        "columns",
        "rg.plot_places(study, points, columns={'category': 'Art'})",
    ),
    ("rg.plot_places(study, 'nix.csv')", "Gesucht", None),
    ("rg.plot_places(study, points.iloc[:0])", "Kein Ort", None),
    ("rg.plot_map_series(study, A, period=2024)", "periods", "rg.plot_map_series(study, A, periods=[2024])"),
    (
        "rg.plot_map_series(layer, 'anteil')",
        "rg.Study(panel, areas)",
        "rg.plot_map_series(rg.Study(panel, areas), A)",
    ),
    ("rg.plot_series(study, A)", "es fehlt area", "rg.plot_series(study, A, '16')"),
    ("rg.plot_series(study, A, ['16', '14'])", "plot_comparison", "rg.plot_comparison(study, ['16', '14'])"),
    ("rg.plot_cluster_map(study, A)", "plot_map", "rg.plot_map(study, A)"),
    ("rg.plot_situation(study, 2024)", "period=", None),
    (
        "rg.plot_map(study, A, counts={A: True})",
        "rg.Study(panel, counts=",
        "rg.plot_map(rg.Study(panel, counts={'Arbeitslose - Anteil': True}), A)",
    ),
    (
        "rg.save_figure(study, folder / 'k.png')",
        "plot_map",
        "rg.save_figure(rg.plot_map(study, A), folder / 'k.png')",
    ),
    (
        "rg.save_figure(study.plot_map(A), folder / 'k.bmp')",
        "png",
        "rg.save_figure(study.plot_map(A), folder / 'k.png')",
    ),
    ("study.plot_map(A).show()", "rg.save_figure(figure", None),
    ("rg.explore_map(joined).save(folder)", "karte.html", "rg.explore_map(joined).save(folder / 'karte.html')"),
]
NO_NAME = [
    ("joined.plot('value')", "rg.plot_map(joined)"),
    ("study.plot(A)", "rg.plot_map(study)"),
    ("study.plot_map(A).save('karte.png')", "rg.save_figure(figure"),
]
QUICK = 6  # of the calls that work: drawing is what costs


@pytest.mark.parametrize(
    "call", [*WORKS[:QUICK], *(pytest.param(one, marks=pytest.mark.slow) for one in WORKS[QUICK:])]
)
def test_it_works(call, names):
    eval(call, names)


@pytest.mark.parametrize(("call", "advice"), [(call, advice) for call, advice, _ in REFUSED])
def test_one_error_with_advice(call, advice, names):
    with pytest.raises(RegsamGeoError) as told:
        eval(call, names)
    assert advice in str(told.value)
    assert told.value.code


@pytest.mark.slow
@pytest.mark.parametrize("call", list(dict.fromkeys(call for *_, call in REFUSED if call)))
def test_the_advice_works(call, names):
    eval(call, names)


@pytest.mark.parametrize(("call", "advice"), NO_NAME)
def test_a_name_that_is_not_there_says_where_it_is(call, advice, names):
    with pytest.raises(AttributeError) as told:
        eval(call, names)
    assert advice in str(told.value)


@pytest.mark.parametrize("call", ["rg.plot_scatter", "rg.plot_bivariate"])
def test_two_groups_of_one_indicator_are_told_apart_in_the_title(call, names):
    both = [{"what": N, "group": group} for group in ("weiblich", "männlich")]
    figure = eval(call, names)(names["grouped"], both)
    first, second = figure.page_title.split(" und ")
    assert "weiblich" in first
    assert "männlich" in second
