from __future__ import annotations

import csv
import hashlib
import json
import runpy
import sys

import pandas as pd
import pytest

from regsam_geo.errors import InputError
from regsam_geo.indicators import read_indicators
from regsam_geo.resources import data_folder

HEADER_2025 = (
    ["Indikator", "Ausprägung", "Jahr", "Raumbezug", "Indikatorwert"]
    + [f"Basiswert.{i}" for i in range(1, 6)]
    + [f"Name.Basiswert.{i}" for i in range(1, 6)]
)


def sample_as_published(path):
    """Write the shipped sample again in the form that it was published in."""
    names = {}
    with (data_folder() / "indicators" / "catalogue.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            names[row["indicator"], row["group"]] = row["name_1"], row["name_2"]
    areas = {"munich": "Stadt München"}
    with (data_folder() / "boundaries" / "names.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            areas[row["area_id"]] = f"{row['area_id']} {row['name'].replace('-', ' - ')}"
    with (data_folder() / "indicators" / "sample.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
        writer.writerow(HEADER_2025)
        for row in rows:
            numbers = [float(row[name]) for name in ("value", "base_1", "base_2")]
            key = row["indicator"], row["group"]
            writer.writerow(
                [
                    *key,
                    int(row["period"]),
                    areas[row["area_id"]],
                    *numbers,
                    "NA",
                    "NA",
                    "NA",
                    *names[key],
                    "NA",
                    "NA",
                    "NA",
                ]
            )
    return path


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return sample_as_published(tmp_path_factory.mktemp("published") / "indikatorenatlas.csv")


def test_the_published_form_gives_the_shipped_sample(published, sample):
    panel = read_indicators(published)
    pd.testing.assert_frame_equal(panel.data, sample.data)


def test_the_catalogue_knows_the_shipped_indicators(published, sample):
    catalogue = read_indicators(published).catalogue.set_index(["indicator", "group"])
    shipped = sample.catalogue.set_index(["indicator", "group"]).reindex(catalogue.index)
    assert (catalogue["proof"] == "proved").all()
    for column in ("title_de", "title_en", "unit", "scale", "kind", "polarity", "name_1", "name_2", "headline"):
        assert catalogue[column].tolist() == shipped[column].tolist(), column


def test_the_build_script_makes_the_shipped_sample(published, tmp_path, monkeypatch, capsys):
    """Run as a planner would on a new edition; the result must be the shipped file, byte for byte."""
    shipped = data_folder() / "indicators"
    script = (shipped / "build_sample.py").read_text(encoding="utf-8")
    (tmp_path / "build_sample.py").write_text(script, encoding="utf-8")
    monkeypatch.setattr(sys, "argv", ["build_sample.py", str(published)])
    runpy.run_path(str(tmp_path / "build_sample.py"), run_name="__main__")
    assert (tmp_path / "sample.csv").read_bytes() == (shipped / "sample.csv").read_bytes()
    written = json.loads((tmp_path / "provenance.json").read_text(encoding="utf-8"))
    kept = json.loads((shipped / "provenance.json").read_text(encoding="utf-8"))
    assert written["sha256"]["shipped"] == kept["sha256"]["shipped"]
    assert kept["sha256"]["shipped"] == hashlib.sha256((shipped / "sample.csv").read_bytes()).hexdigest()
    assert "sha256" in capsys.readouterr().out


def test_a_missing_file_is_named():
    with pytest.raises(InputError, match="fehlt_ganz"):
        read_indicators("fehlt_ganz.csv")
