"""The mistakes of the first hour: each message names what was found and leads to the mend.

Five per notebook, as planners make them. The words expected here follow from the mend that the person needs: what
they have typed, and what they must read to get on. Several were written after reading the message and keep it as
it is; they prove that a message leads on, not that it was foreseen.
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError
from regsam_geo.text import using_language

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "notebooks" / "daten" / "beratungen.csv"
LAYER = ROOT / "notebooks" / "daten" / "planungsregionen.geojson"
COLUMNS = {"area": "Bezirk", "period": "Jahr", "value": "je 1.000 Haushalte"}
OWN = {"area": "Gebiet", "period": "Jahr", "value": "Wert"}


@pytest.fixture(scope="module")
def study():
    return rg.load_study()


@pytest.fixture(scope="module")
def districts():
    return rg.load_boundaries("district")


@pytest.fixture
def write(tmp_path):
    def written(text, name="tabelle.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


# what was done (study, districts, write) -> error; what has to be read
MISTAKES = {
    # 1 Erste Karte
    "1 indicator misspelt": (
        lambda s, d, w: s.plot_map("Arbeitslos - Anteil"),
        ["Arbeitslos - Anteil", "Meinten Sie „Arbeitslose - Anteil“"],
    ),
    "1 year that is not there": (
        lambda s, d, w: s.plot_map("Hochbetagte", 2030),
        ["2030", "Vorhanden: 2024, 2023"],
    ),
    "1 the figures where their name is expected": (
        lambda s, d, w: rg.plot_map(s, s.panel),
        ["Indikator", "gefunden: Panel"],
    ),
    "1 a German word for the level": (
        lambda s, d, w: rg.load_boundaries("Stadtbezirk"),
        ["Stadtbezirk", "Meinten Sie „district“"],
    ),
    "1 an ending that is not written": (
        lambda s, d, w: rg.save_figure(s.plot_map("Hochbetagte"), "karte.jpg"),
        [".jpg", "png, pdf, svg"],
    ),
    "1 areas where the figures are expected": (
        lambda s, d, w: rg.Study(d, s.panel),
        ["GeoDataFrame", "rg.Study"],
    ),
    # 2 Eigene Tabelle
    "2 wrong file name": (
        lambda s, d, w: rg.read_indicators(TABLE.with_name("beratung.csv")),
        ["beratung.csv", "daten", "Meinten Sie „beratungen.csv“"],
    ),
    "2 wrong folder": (
        lambda s, d, w: rg.read_indicators("keinordner/beratungen.csv"),
        ["keinordner", "Den Ordner gibt es nicht"],
    ),
    "2 columns not named": (
        lambda s, d, w: rg.read_indicators(TABLE),
        ["Bezirk, Jahr, Beratungen", 'columns={"area": "Bezirk", "period": "Jahr"', 'indicator="..."'],
    ),
    "2 column misspelt": (
        lambda s, d, w: rg.read_indicators(TABLE, columns={**COLUMNS, "area": "Bezirke"}, indicator="x"),
        ["Bezirke", "Meinten Sie „Bezirk“"],
    ),
    "2 a German word for the meaning": (
        lambda s, d, w: rg.read_indicators(TABLE, columns={"Bezirk": "Bezirk"}, indicator="x"),
        ["„Bezirk“", "Meinten Sie „area“"],
    ),
    "2 indicator not named": (
        lambda s, d, w: rg.read_indicators(TABLE, columns=COLUMNS),
        ["indicator", 'indicator="..."'],
    ),
    "2 district misspelt": (
        lambda s, d, w: rg.read_indicators(TABLE, columns=COLUMNS, indicator="x"),
        ["Zeile 40", "Spalte Bezirk", "Schwabing-Freiman“", "Meinten Sie „Schwabing-Freimann“"],
    ),
    "2 a name of another level": (
        lambda s, d, w: rg.read_indicators(
            w("Gebiet;Jahr;Wert\nObergiesing;2024;1\n"), columns=OWN, indicator="x", level="district"
        ),
        ["„Obergiesing“", "Meinten Sie „Obergiesing-Fasangarten“"],
    ),
    "2 several names that nobody knows": (
        lambda s, d, w: rg.read_indicators(
            w("Gebiet;Jahr;Wert\nHadern;2024;1\nObergiesing;2024;1\nGiesing Süd;2024;1\nSumme;2024;4\n"),
            columns=OWN,
            indicator="x",
            level="district",
        ),
        ["Zeile 3", "Obergiesing-Fasangarten", "„Giesing Süd“ (Zeile 4)", "„Summe“ (Zeile 5)"],
    ),
    "2 a sign of one's own": (
        lambda s, d, w: rg.read_indicators(w("Gebiet;Jahr;Wert\nHadern;2024;n. n.\n"), columns=OWN, indicator="x"),
        ["Zeile 2", "Spalte Wert", 'signs={"n. n.": "not_available"}'],
    ),
    "2 a German reason": (
        lambda s, d, w: rg.read_indicators(
            w("Gebiet;Jahr;Wert\nHadern;2024;n. n.\n"), columns=OWN, indicator="x", signs={"n. n.": "später"}
        ),
        ["später", "Meinten Sie „later“"],
    ),
    # 3 Warnungen lesen
    "3 year of the report": (
        lambda s, d, w: s.detect_warnings(2025),
        ["2025", "Vorhanden: 2024, 2023"],
    ),
    "3 quarter where there are years": (
        lambda s, d, w: s.detect_warnings("Q1 2024"),
        ["2024-Q1", "Meinten Sie „2024“", "Vorhanden: 2024, 2023"],
    ),
    "3 a season for a period": (
        lambda s, d, w: s.detect_warnings("Frühjahr 2024"),
        ["Frühjahr 2024", "Quartal (2024-Q1)"],
    ),
    "3 a number for a warning": (lambda s, d, w: s.plot_warning(0), ["gefunden: 0", ".iloc[0]"]),
    "3 no warning left": (
        lambda s, d, w: s.plot_warning(pd.DataFrame(columns=["sentence_de"])),
        ["ohne Zeilen", "detect_warnings"],
    ),
    "3 percent instead of a share": (lambda s, d, w: rg.Settings(q_watch=5), ["q_watch = 5", "0,1 heißt 10 %"]),
    "3 a folder where its answers belong": (
        lambda s, d, w: s.replace(assessments="rueckmeldungen"),
        ["read_assessments", "gefunden: str"],
    ),
    "3 another table for the warnings": (
        lambda s, d, w: s.plot_map("Hochbetagte", warnings=pd.DataFrame({"a": [1]})),
        ["area_id", "detect_warnings"],
    ),
    # 4 Karten
    "4 region that is not one": (
        lambda s, d, w: s.plot_map("Hochbetagte", region="17/19"),
        ["17/19", "Meinten Sie „17/18“"],
    ),
    "4 theme misspelt": (
        lambda s, d, w: s.plot_map("Hochbetagte", theme="Folie"),
        ["Folie", "Meinten Sie „slide“"],
    ),
    "4 classes misspelt": (
        lambda s, d, w: s.plot_map("Hochbetagte", classes="quantile"),
        ["quantile", "Meinten Sie „quantiles“"],
    ),
    "4 labels misspelt": (
        lambda s, d, w: s.plot_map("Hochbetagte", labels="names"),
        ["names", "Meinten Sie „name“"],
    ),
    "4 an option misspelt": (
        lambda s, d, w: s.plot_map("Hochbetagte", lables="name"),
        ["lables", "Meinten Sie „labels“"],
    ),
    "4 an option misspelt in a style": (
        lambda s, d, w: rg.Style().with_(them="slide"),
        ["them", "Meinten Sie „theme“"],
    ),
    "4 a theme for the style": (
        lambda s, d, w: s.plot_map("Hochbetagte", style="print"),
        ["str", "Style"],
    ),
    "4 too many years": (
        lambda s, d, w: s.plot_map_series("Hochbetagte"),
        ["25 Zeiträume", "1 bis 12", "['2022', '2023', '2024']"],
    ),
    "4 colors of another library": (
        lambda s, d, w: s.plot_map("Hochbetagte", palette="viridis"),
        ["viridis", "isar, brick"],
    ),
    "4 first year of a change": (
        lambda s, d, w: s.plot_change_map("Hochbetagte", 1999, 2024),
        ["1999", "Vorhanden: 2024"],
    ),
    # 5 Profil und Mappe
    "5 region that does not exist": (lambda s, d, w: s.region_profile("26"), ["„26“", "17/18", "24"]),
    "5 region misspelt": (lambda s, d, w: s.region_profile("Hardern"), ["Hardern", "Meinten Sie „Hadern“"]),
    "5 year of the pack": (
        lambda s, d, w: s.write_meeting_pack("20", "mappe", period=1990),
        ["1990", "Vorhanden: 2024"],
    ),
    "5 year of the table": (
        lambda s, d, w: s.summarize_regions("2031"),
        ["2031", "Vorhanden: 2024"],
    ),
    "5 a file for the folder": (
        lambda s, d, w: s.write_report(w("x", "bericht.csv")),
        ["bericht.csv ist eine Datei", "Ordner"],
    ),
    "5 a city without districts": (
        lambda s, d, w: s.sel(level="city").region_profile("20"),
        ["Stadtbezirken", "city"],
    ),
    # 6 Eigene Planungsregionen
    "6 wrong layer": (
        lambda s, d, w: rg.read_boundaries(LAYER.with_name("planungsregion.geojson")),
        ["planungsregion.geojson", "Meinten Sie „planungsregionen.geojson“"],
    ),
    "6 id column not named": (
        lambda s, d, w: rg.read_boundaries(LAYER),
        ["planungsregion, bezeichnung", "id_column="],
    ),
    "6 id column misspelt": (
        lambda s, d, w: rg.read_boundaries(LAYER, id_column="planungsregionen"),
        ["planungsregionen", "Meinten Sie „planungsregion“"],
    ),
    "6 ids of one's own read as districts": (
        lambda s, d, w: rg.read_indicators(w("Gebiet;Jahr;Wert\nA;2024;1,5\n"), columns=OWN, indicator="x"),
        ["Zeile 2", "„A“", 'level="own"'],
    ),
    "6 ids that do not fit the layer": (
        lambda s, d, w: rg.plot_map(
            rg.read_boundaries(LAYER, id_column="planungsregion"), pd.Series({"1": 1.0, "2": 2.0})
        ),
        ["'1', '2'", "'A', 'B', 'C'"],
    ),
    "6 a district in two regions": (
        lambda s, d, w: rg.read_division(w("Bezirk;Region\n1;A\n2;A\n01;B\n")),
        ["In mehr als einer Gruppe liegt 01 (A, B)", "zwei Einteilungen"],
    ),
    "6 titles nobody knows": (
        lambda s, d, w: rg.read_division(w("Zeichen;Zeug;Farbe\n1;A;rot\n")),
        ["Zeichen, Zeug, Farbe", "area_column=", "group_column="],
    ),
    "6 a path for the region table": (
        lambda s, d, w: rg.Study(s.panel, division="fuenf_regionen.csv"),
        ["fuenf_regionen.csv", "read_division"],
    ),
    "6 what cannot be summed": (
        lambda s, d, w: s.aggregate(indicator="Innerräumliche Umzugsziffer"),
        ["Innerräumliche Umzugsziffer", "Zuschnitt der Gebiete"],
    ),
    # 7 Von der Region zur Stadt
    "7 themes of the warnings, not of the study": (
        lambda s, d, w: rg.city_themes(s.sel("Hochbetagte").detect_warnings()),
        ["WarningTable", "Study"],
    ),
    "7 figures compared with figures": (
        lambda s, d, w: rg.compare_warnings(s.panel, s.panel),
        ["Panel", "detect_warnings"],
    ),
    "7 studies compared with studies": (lambda s, d, w: rg.compare_warnings(s, s), ["Study", "detect_warnings"]),
    "7 district that does not exist": (
        lambda s, d, w: s.plot_series("Hochbetagte", "57"),
        ["„57“", "01, 02, 03"],
    ),
    "7 indicator shortened": (
        lambda s, d, w: s.plot_series("Arbeitslos", "16"),
        ["Arbeitslos", "Meinten Sie „Arbeitslose"],
    ),
    "7 a layer that does not fit": (
        lambda s, d, w: rg.Study(
            s.panel, {"district": rg.read_boundaries(LAYER, id_column="planungsregion")}
        ).detect_warnings(),
        ["'A', 'B', 'C'", "'01', '02', '03'"],
    ),
}


@pytest.mark.parametrize("name", MISTAKES)
def test_the_message_leads_to_the_mend(name, study, districts, write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done, read = MISTAKES[name]
    with using_language("de"), pytest.raises(RegsamGeoError) as caught:
        done(study, districts, write)
    message = str(caught.value)
    assert [words for words in read if words not in message] == [], message
    assert len(message) < 460, message
    assert caught.value.code


@pytest.mark.parametrize("name", MISTAKES)
def test_it_does_so_in_english_too(name, study, districts, write, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with using_language("en"), pytest.raises(RegsamGeoError) as caught:
        MISTAKES[name][0](study, districts, write)
    message = str(caught.value)
    assert "{" not in message.replace("={", "")
    assert not [word for word in (" Sie ", "Meinten", "Vorhanden", " bitte ") if word in message], message


@pytest.mark.parametrize("notebook", range(1, 8))
def test_each_notebook_has_at_least_five(notebook):
    assert sum(name.startswith(f"{notebook} ") for name in MISTAKES) >= 5


def test_the_page_counts_them():
    page = (ROOT / "docs" / "erste_stunde.md").read_text(encoding="utf-8")
    assert f"hält {len(MISTAKES)} typische Fehler fest" in page
