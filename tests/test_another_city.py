"""The whole main job on a made city of 40 areas in 5 groups: nothing in any file speaks of Munich."""

from __future__ import annotations

import ast
import re
import sys
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from shapely.geometry import box

import regsam_geo as rg
from regsam_geo.errors import BoundaryError

sys.path.insert(0, str(Path(__file__).parent / "doors"))
from file_texts import texts_of

IDS = [f"Z{k:03d}" for k in range(1, 41)]
ROOMS = {f"Raum {group + 1}": IDS[8 * group : 8 * group + 8] for group in range(5)}
NAMES = ("Arbeitslose Personen", "Alleinerziehende Haushalte")
FORBIDDEN = re.compile(r"(?i)m[üu]nchen|munich|muenchen|stadtbezirk|dl-de|(?-i:REGSAM)(?!_)")
WEST, SOUTH, SIDE = 400_000, 5_800_000, 900
"""Far from Munich, in its zone."""


@pytest.fixture(scope="module")
def city(tmp_path_factory):
    """Figures and polygons as files, read as a user reads them."""
    folder = tmp_path_factory.mktemp("city")
    rng = np.random.default_rng(4)
    rows = []
    for name, mean in zip(NAMES, (0.06, 0.2), strict=True):
        rates = rng.normal(mean, 0.15 * mean, len(IDS))
        for year in range(2016, 2025):
            people = rng.integers(3000, 9000, len(IDS))
            # one area stands out in the last year
            found = rng.binomial(people, rates * np.where((np.arange(40) == 7) & (year == 2024), 1.8, 1))
            for area, n, of in [*zip(IDS, found, people, strict=True), ("Insgesamt", found.sum(), people.sum())]:
                rows.append((name, area, year, 100 * n / of, n, of))
    columns = ["Indikator", "Gebiet", "Jahr", "Wert", "Fälle", "Personen"]
    pd.DataFrame(rows, columns=columns).to_csv(folder / "zahlen.csv", sep=";", decimal=",", index=False)
    polygons = [
        box(WEST + SIDE * (k % 8), SOUTH + SIDE * (k // 8), WEST + SIDE * (k % 8 + 1), SOUTH + SIDE * (k // 8 + 1))
        for k in range(40)
    ]
    frame = gpd.GeoDataFrame({"id": IDS, "wo": [f"Quartier {one}" for one in IDS]}, geometry=polygons, crs=25832)
    frame.to_file(folder / "gebiete.gpkg", driver="GPKG")
    lines = ["Gebiet;Gruppe", *(f"{area};{room}" for room, areas in ROOMS.items() for area in areas)]
    (folder / "raeume.csv").write_text("\n".join(lines), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def study(city):
    meant = {"indicator": "Indikator", "area": "Gebiet", "period": "Jahr", "value": "Wert"}
    panel = rg.read_indicators(
        city / "zahlen.csv", columns={**meant, "numerator": "Fälle", "denominator": "Personen"}, level="own"
    )
    areas = rg.read_boundaries(city / "gebiete.gpkg", "id", "wo", anywhere=True)
    division = rg.read_division(city / "raeume.csv", name="Planungsräume")
    return rg.Study(panel, areas, division=division, lang="de")


def forbidden_in(folder):
    """Return what must not stand in the files of a folder, with the file."""
    found = {}
    for path in sorted(path for path in Path(folder).rglob("*") if path.is_file()):
        texts = [path.name, *texts_of(path)]
        if hits := {hit.group() for text in texts for hit in FORBIDDEN.finditer(text)}:
            found[path.name] = hits
    return found


def test_its_polygons_are_taken_when_it_is_said(city):
    with pytest.raises(BoundaryError, match="anywhere=True"):
        rg.read_boundaries(city / "gebiete.gpkg", "id", "wo")
    areas = rg.read_boundaries(city / "gebiete.gpkg", "id", "wo", anywhere=True)
    assert list(areas.index) == IDS
    assert areas.crs.to_epsg() == 25832
    # eight in a row: each inner area has eight neighbors, sides and corners, or four sides
    assert {len(rg.neighbors(areas).pairs.query("area_id == 'Z010'"))} <= {4, 8}


def test_sums_of_its_groups_are_those_of_their_areas(study):
    sums = study.aggregate().sel(NAMES[0], period=2024, level="region").data.set_index("area_id")
    data = study.panel.sel(NAMES[0], period=2024, level="own").data.set_index("area_id")
    for room, areas in ROOMS.items():
        n, of = data.loc[areas, "numerator"].sum(), data.loc[areas, "denominator"].sum()
        assert sums.loc[room, "value"] == pytest.approx(100 * n / of, rel=1e-12)
    assert set(sums.index) == set(ROOMS)
    assert study.roll_up().loc["Raum 1", "warnings"] >= 1


@pytest.mark.parametrize("lang", ["de", "en"])
def test_its_profile_speaks_of_no_other_city(study, lang, tmp_path):
    profile = study.replace(lang=lang).region_profile("Raum 1")
    profile.save_html(tmp_path / "profil.html")
    profile.save_pdf(tmp_path / "profil.pdf")
    assert [area for area, _ in profile.content.districts] == ROOMS["Raum 1"]
    assert forbidden_in(tmp_path) == {}


@pytest.mark.slow
@pytest.mark.parametrize("lang", ["de", "en"])
def test_no_file_of_report_and_packs_speaks_of_munich(study, lang, tmp_path):
    said = study.replace(lang=lang)
    report = said.write_report(tmp_path / "report")
    pack = said.write_meeting_pack("all", tmp_path / "packs")
    assert len(pack.regions) == 5
    assert len(report.files) >= 8
    assert forbidden_in(tmp_path) == {}


@pytest.mark.slow
def test_without_groups_each_area_stands_for_itself(study, tmp_path):
    alone = rg.Study(study.panel, study.areas, lang="de")
    assert alone.region_ids == []
    alone.write_report(tmp_path / "report")
    alone.write_meeting_pack("Z008", tmp_path / "pack")
    assert forbidden_in(tmp_path) == {}


def test_the_search_finds_what_it_forbids(tmp_path):
    (tmp_path / "a.txt").write_text("Stadt München, REGSAM-Region 5, regsam_geo", encoding="utf-8")
    assert forbidden_in(tmp_path) == {"a.txt": {"München", "REGSAM"}}


SPEAKS = re.compile(r"(?i)m(?:ü|u|ue)nchen|munich|stadtbezirk|\bregsam\b(?![-_])")


def texts_of_code(path):
    """Return the texts of a module that are no docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    alone = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    texts = (node for node in ast.walk(tree) if isinstance(node, ast.Constant) and id(node) not in alone)
    return [node.value for node in texts if isinstance(node.value, str)]


def test_where_the_code_knows_munich_is_written_down():
    root = Path(rg.__file__).parent
    page = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
    part = page.split("## Where the code knows Munich")[1].split("\n## ")[0]
    listed = set(re.findall(r"`([\w/.]+)`", part))
    speaking = {
        path.relative_to(root).as_posix()
        for path in root.rglob("*.py")
        if any(SPEAKS.search(text) for text in texts_of_code(path))
    }
    speaking = {path for path in speaking if not path.startswith("text/wording/")}
    assert speaking - listed == set()
    # and every place that is listed is there
    assert [one for one in listed if one.endswith(".py") and not (root / one).exists()] == [
        "tests/test_another_city.py"
    ]
