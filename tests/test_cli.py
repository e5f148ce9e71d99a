"""The command line: what a planner types, what comes back, and how it ends."""

from __future__ import annotations

import re
import shlex
import sys

import pytest

import regsam_geo as rg
from regsam_geo import cli
from regsam_geo.resources import data_folder


@pytest.fixture
def run(monkeypatch, capsys):
    """Run the command line and return exit code, standard output and standard error."""

    def run_with(*arguments):
        monkeypatch.setattr(sys, "argv", ["regsam-geo", *map(str, arguments)])
        monkeypatch.setenv("COLUMNS", "200")
        with pytest.raises(SystemExit) as ended:
            cli.main()
        captured = capsys.readouterr()
        return ended.value.code or 0, captured.out, captured.err

    return run_with


@pytest.fixture
def table(tmp_path):
    """A small table in the statistics office's form of 2025."""
    head = "Indikator,Ausprägung,Jahr,Raumbezug,Indikatorwert," + ",".join(f"Basiswert.{i}" for i in range(1, 6))
    head += "," + ",".join(f"Name.Basiswert.{i}" for i in range(1, 6))
    rows = [head]
    for year in range(2019, 2025):
        persons = 0
        for number in range(1, 26):
            share = 10 + number + (year - 2019)
            persons += share * 100
            rows.append(
                f'"Beratungen","insgesamt",{year},"Stadtbezirk {number:02d}",{share},{share * 100},10000,NA,NA,NA,'
                '"Beratene","Bevölkerung",NA,NA,NA'
            )
        rows.append(
            f'"Beratungen","insgesamt",{year},"Stadt München",{persons / 2500:.1f},{persons},250000,NA,NA,NA,'
            '"Beratene","Bevölkerung",NA,NA,NA'
        )
    path = tmp_path / "beratungen.csv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_report_on_an_own_table(run, table, tmp_path):
    out = tmp_path / "sitzung"
    code, printed, steps = run("report", "--out", out, "--data", table)
    assert code == 0, steps
    assert (out / "index.html").exists()
    assert str(out / "index.html") in printed
    assert "Bericht für 2024" in printed
    assert "Karte: Beratungen" in steps


def test_the_report_names_its_inputs_and_hands_out_no_checksum_of_them(run, table, tmp_path):
    import hashlib
    import json

    run("report", "--out", tmp_path / "out", "--data", table, "--lang", "en")
    told = json.loads((tmp_path / "out" / "angaben.json").read_text(encoding="utf-8"))
    assert told["inputs"] == ["beratungen.csv"]
    beginning = hashlib.sha256(table.read_bytes()).hexdigest()[:8].encode()
    files = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [path.name for path in files if beginning in path.read_bytes()]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--data", "gibtsnicht.csv"], "gibtsnicht.csv"),
        (["--period", "1850"], "1850"),
        (["--period", "20224"], "20224"),
    ],
)
def test_bad_input_ends_with_one_sentence_and_code_1(run, tmp_path, arguments, expected):
    out = tmp_path / "out"
    code, printed, error = run("report", "--out", out, *arguments)
    assert code == 1
    assert expected in error
    assert "Fehler:" in error
    assert "Traceback" not in error
    assert printed == ""
    assert not out.exists()


@pytest.mark.parametrize(
    "arguments", [["report"], ["report", "--out", "x", "--lang", "fr"], ["unknown"], ["report", "--what"]]
)
def test_wrong_usage_ends_with_code_2(run, arguments, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run(*arguments)[0] == 2
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_is_wrong_usage(run, tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("x")
    assert run("report", "--out", taken)[0] == 2
    assert taken.read_text() == "x"


def test_help_and_version(run):
    code, printed, _ = run("report", "--help")
    assert code == 0
    assert "Ordner für die Ergebnisse" in printed
    code, printed, _ = run("--version")
    assert code == 0
    assert printed.startswith("regsam-geo ")


def test_one_map(run, tmp_path):
    out = tmp_path / "karte.pdf"
    code, printed, _ = run("map", "--indicator", "Hochbetagte", "--period", "2020", "--out", out)
    assert code == 0
    assert str(out) in printed
    assert out.read_bytes().startswith(b"%PDF")


def test_a_misspelt_indicator_is_answered_with_a_suggestion(run, tmp_path):
    code, _, error = run("map", "--indicator", "Hochbetagt", "--out", tmp_path / "karte.png")
    assert code == 1
    assert "Meinten Sie „Hochbetagte“?" in error
    assert not (tmp_path / "karte.png").exists()


def test_check_tells_what_a_file_holds(run, table):
    code, printed, _ = run("check", table)
    assert code == 0
    assert "beratungen.csv" in printed
    assert "2019" in printed
    assert "2024" in printed


def test_check_prints_json_for_other_tools(run, table, tmp_path):
    import json

    broken = tmp_path / "broken.csv"
    broken.write_text("a,b\n1,2\n", encoding="utf-8")
    code, printed, _ = run("check", "--json", table, broken)
    assert code == 1  # one of the two cannot be read
    good, bad = json.loads(printed)
    assert (good["readable"], good["rows"], good["areas"]) == (True, 6 * 26, 26)
    assert bad["readable"] is False


@pytest.fixture
def own_areas(tmp_path):
    """Three planning areas, each made of whole districts."""
    import regsam_geo as rg

    districts = rg.load_boundaries("district")
    north, east = {"10", "11", "12", "24"}, {"13", "14", "15", "16"}
    part = ["PR-Nord" if i in north else "PR-Ost" if i in east else "PR-Rest" for i in districts.index]
    path = tmp_path / "planungsregionen.geojson"
    districts.assign(kennung=part).dissolve("kennung")[["geometry"]].reset_index().to_file(path)
    return path


def test_a_report_on_own_planning_regions(run, table, own_areas, tmp_path):
    out = tmp_path / "sitzung"
    code, printed, steps = run(
        "report", "--out", out, "--data", table, "--areas", own_areas, "--id-column", "kennung"
    )
    assert code == 0, steps
    assert "3 eigene Gebiete" in printed
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "PR-Nord" in page
    assert "blieben" in page  # what could not be tested is said


@pytest.mark.slow
def test_a_division_of_ones_own(run, tmp_path):
    import regsam_geo as rg

    table = rg.read_division().to_frame().reset_index()
    table["region_id"] = ["West" if int(i) > 18 else "Ost" for i in table["area_id"]]
    table["region_name"] = table["region_id"]
    table.to_csv(tmp_path / "regionen.csv", index=False)
    out = tmp_path / "sitzung"
    code, _, steps = run("report", "--out", out, "--division", tmp_path / "regionen.csv")
    assert code == 0, steps
    assert "\nWest;" in (out / "regionen.csv").read_text(encoding="utf-8-sig")


def test_a_division_with_an_unknown_district_is_refused(run, tmp_path):
    (tmp_path / "regionen.csv").write_text("region_id,district_id\nA,01\nA,26\n", encoding="utf-8")
    code, _, error = run("report", "--out", tmp_path / "out", "--division", tmp_path / "regionen.csv")
    assert code == 1
    assert "26" in error
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_the_material_of_one_region(run, table, tmp_path):
    out = tmp_path / "sitzung"
    code, printed, steps = run(
        "report", "--out", out, "--data", table, "--region", "17/18", "--date", "1. März 2025"
    )
    assert code == 0, steps
    assert (out / "region-17-18" / "profil.pdf").exists()
    assert "Sitzungsmaterial für 1 Region, 2024" in printed
    assert "Region 17/18: Profil" in steps
    assert "Stand: 1. März 2025" in (out / "region-17-18" / "profil.html").read_text(encoding="utf-8")
    code, printed, _ = run("report", "--out", out, "--data", table, "--region", "17/18", "--date", "1. März 2025")
    assert code == 0
    assert "standen schon da" in printed


def test_an_unknown_region_ends_with_one_sentence(run, table, tmp_path):
    code, _, error = run("report", "--out", tmp_path / "out", "--data", table, "--region", "77")
    assert code == 1
    assert "Die Region „77“ gibt es nicht" in error
    assert not (tmp_path / "out").exists()


ROWS = "".join(f"{n:02d};{year};{n + year - 2000}\n" for year in (2023, 2024) for n in range(1, 25))
OWN = f"Bezirk;Jahr;Plätze, gesamt\n{ROWS}25;2023;48\n25;2024;n. n.\n"
SAID = ["--columns", "area=Bezirk,period=Jahr,value=Plätze, gesamt", "--indicator", "Plätze"]


@pytest.fixture
def own_table(tmp_path):
    path = tmp_path / "eigene.csv"
    path.write_bytes(OWN.encode("cp1252"))
    return path


def test_the_columns_of_an_own_table_can_be_named(run, own_table, tmp_path):
    out = tmp_path / "karte.png"
    signs = ["--signs", "n. n.=not_available"]
    code, _, error = run("map", "--data", own_table, *SAID, *signs, "--period", "2024", "--out", out)
    assert code == 0, error
    assert out.stat().st_size > 10_000
    code, printed, _ = run("check", own_table, *SAID, *signs)
    assert code == 0
    assert "50 Zeilen, 1 Reihe, 25 Gebiete, 2023 bis 2024" in printed


@pytest.mark.slow
def test_a_report_on_a_table_whose_columns_are_named(run, own_table, tmp_path):
    out = tmp_path / "sitzung"
    code, printed, error = run(
        "report", "--data", own_table, *SAID, "--signs", "n. n.=not_available", "--out", out
    )
    assert code == 0, error
    assert "Bericht für 2024" in printed
    assert "Plätze" in (out / "index.html").read_text(encoding="utf-8")


def test_a_message_about_an_own_table_says_what_to_type_in_the_shell(run, own_table, tmp_path):
    out = tmp_path / "sitzung"
    undated = tmp_path / "ohne_jahr.csv"
    undated.write_text("Bezirk;Plätze, gesamt\n1;3\n2;4\n3;5\n", encoding="utf-8")
    code, _, error = run("report", "--data", undated, "--out", out)
    assert code == 1
    assert '--columns "area=Bezirk,value=Plätze, gesamt"' in error
    assert '--indicator "Plätze, gesamt", --period "..."' in error
    code, _, error = run("report", "--data", own_table, *SAID, "--out", out)
    assert code == 1
    assert "Zeile 51" in error
    assert '--signs "n. n.=not_available"' in error
    assert not out.exists()


def test_the_period_stands_for_all_rows_where_no_column_holds_it(run, tmp_path):
    table = tmp_path / "eigene.csv"
    table.write_text("Bezirk;Wert\n" + "".join(f"{n:02d};{n}\n" for n in range(1, 26)), encoding="utf-8")
    said = ["--columns", "area=Bezirk", "--columns", "value=Wert", "--indicator", "Plätze", "--period", "2024"]
    code, printed, _ = run("check", table, *said)
    assert code == 0
    assert "2024 bis 2024" in printed
    code, _, error = run("map", "--data", table, *said, "--out", tmp_path / "karte.svg")
    assert code == 0, error


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (["--columns", "Bezirk"], 2, "„Bezirk“ sagt nicht, welche Spalte was enthält"),
        (["--columns", "area="], 2, "area=Bezirk,period=Jahr,value=Wert"),
        (["--columns", "bezirk=Bezirk"], 1, "unbekannte Bedeutung „bezirk“"),
        (["--columns", "area=Bezirke,period=Jahr,value=Wert", "--indicator", "x"], 1, "Meinten Sie „Bezirk“"),
        (["--columns", "area=Bezirk,period=Jahr"], 1, "woher indicator, value kommt"),
        ([*SAID, "--signs", "k.A."], 2, "k.A.=not_available"),
        ([*SAID, "--decimal", ";"], 1, "möglich sind"),
        ([*SAID, "--sheet", "Tabelle1"], 1, "Tabelle1"),
        ([*SAID, "--header-row", "0"], 2, "header-row"),
    ],
)
def test_what_is_said_of_a_table_is_checked(run, own_table, tmp_path, arguments, code, told):
    found, _, error = run("report", "--data", own_table, *arguments, "--out", tmp_path / "sitzung")
    assert found == code
    assert told in " ".join(error.split())
    assert not (tmp_path / "sitzung").exists()


def test_columns_without_a_table_are_wrong_usage(run, tmp_path):
    code, _, error = run("report", *SAID, "--out", tmp_path / "sitzung")
    assert code == 2
    assert "--data" in error


def test_a_title_may_hold_a_comma_and_a_column_several_values():
    assert cli._pairs(["area=Bezirk,value=Plätze, gesamt", "value=Gruppen"], "--columns") == {
        "area": "Bezirk",
        "value": ["Plätze, gesamt", "Gruppen"],
    }
    assert cli._pairs(["k.A.=not_available,/=secret"], "--signs") == {"k.A.": "not_available", "/": "secret"}


def test_all_that_is_said_of_a_table_in_python_is_an_option():
    import inspect

    from regsam_geo.indicators.tables.options import TableForm

    # cases of no area have no place in a report
    known = {"columns", *TableForm.__annotations__} - {"keep_unallocated", "group"}
    assert {"indicator", "period", "sheet"} < known
    for command in (cli.report, cli.draw_map, cli.check):
        assert known <= set(inspect.signature(command).parameters)


def test_what_commands_share_is_the_same_option_in_all_of_them():
    import inspect

    shared = [
        {
            name: (str(one.annotation.__origin__), vars(one.annotation.__metadata__[0]), one.default)
            for name, one in inspect.signature(command).parameters.items()
            if name not in ("out", "indicator", "period")
        }
        for command in (cli.report, cli.draw_map, cli.check)
    ]
    both = shared[0].keys() & shared[1].keys()
    assert both >= {"data", "areas", "division", "threshold", "columns", "lang"}
    assert {name: shared[0][name] for name in both} == {name: shared[1][name] for name in both}
    table = shared[0].keys() & shared[2].keys()
    assert table >= {"columns", "signs", "decimal", "lang"}
    assert {name: shared[0][name] for name in table} == {name: shared[2][name] for name in table}


def test_each_table_has_columns_of_its_own(run, tmp_path):
    (tmp_path / "own.csv").write_text("Bezirk;Jahr;Plätze\n1;2024;5\n2;2024;6\n", encoding="utf-8")
    (tmp_path / "more.csv").write_text("Stadtteil;Zeit;Wert\n1;2024;7\n2;2024;9\n", encoding="utf-8")
    lines = (data_folder() / "indicators" / "sample.csv").read_text(encoding="utf-8").splitlines()
    sample = tmp_path / "sample.csv"
    sample.write_text(
        "\n".join([lines[0], *(line for line in lines if "Nichtdeutsche" in line)]), encoding="utf-8"
    )
    own = ["--data", str(tmp_path / "own.csv"), "--columns", "area=Bezirk,period=Jahr,value=Plätze"]
    said = ["--columns", "area=Stadtteil", "--columns", "period=Zeit,value=Wert"]
    for given, asked in (
        ([*own, "--data", str(sample), "--indicator", "Plätze"], "Plätze"),
        (["--data", str(sample), *own, "--indicator", "Nichtdeutsche"], "Nichtdeutsche"),
    ):
        code, _, error = run("map", *given, "--out", str(tmp_path / f"{asked}.png"))
        assert (code, "Fehler" in error) == (0, False)
        assert (tmp_path / f"{asked}.png").exists()
    for name in ("Plätze", "Wert"):
        more = ["--data", str(tmp_path / "more.csv"), *said]
        code, _, _ = run("map", *own, *more, "--indicator", name, "--out", str(tmp_path / "x.png"))
        assert code == 0
    (tmp_path / "again.csv").write_text("Stadtteil;Zeit;Plätze\n1;2024;7\n", encoding="utf-8")
    again = ["--data", str(tmp_path / "again.csv"), "--columns", "area=Stadtteil,period=Zeit,value=Plätze"]
    code, _, error = run("map", *own, *again, "--indicator", "Plätze", "--out", str(tmp_path / "x.png"))
    assert code == 1
    assert "in beiden Tabellen mit verschiedenen Werten" in error


def test_check_prints_a_command_that_runs(run, tmp_path):
    table = tmp_path / "Tagesbetreuung 2023.csv"
    table.write_text(
        "Kinder, nach Bezirk;;\nBezirk;unter 3;\n;Plätze;Kinder\nSendling;5;6\nHadern;7;8\ninsg.;12;14\n",
        encoding="utf-8",
    )
    code, printed, _ = run("check", table)
    assert code == 0
    (line,) = [line for line in printed.splitlines() if "regsam-geo check" in line]
    arguments = shlex.split(line[line.index("check") :])
    code, again, error = run(*arguments)
    assert code == 0, error
    assert "6 Zeilen, 2 Reihen, 3 Gebiete, 2023 bis 2023" in again


@pytest.mark.slow
def test_the_title_of_every_map_is_accepted_and_an_unknown_one_proposed(run, tmp_path):
    study = rg.load_study(lang="de", period=2024)
    titles = [rg.plot_map(study, name).page_title for name in study.panel.indicators]
    assert len(set(titles)) == len(titles) == 11
    for number, title in enumerate(titles):
        # the title of a page names the period too, as its file does
        name = re.sub(r"[ ,–]*2024$", "", title)
        code, _, err = run("map", "--indicator", name, "--out", tmp_path / f"{number}.svg")
        assert (code, err) == (0, ""), name
    code, _, err = run("map", "--indicator", "Arbeitslosse", "--out", tmp_path / "none.svg")
    assert code
    assert "Arbeitslose" in err
