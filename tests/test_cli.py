"""The command line: what a planner types, what comes back, and how it ends."""

from __future__ import annotations

import sys

import pytest

from regsam_geo import cli


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


def test_the_report_names_its_inputs_by_checksum(run, table, tmp_path):
    import hashlib
    import json

    run("report", "--out", tmp_path / "out", "--data", table, "--lang", "en")
    told = json.loads((tmp_path / "out" / "angaben.json").read_text(encoding="utf-8"))
    assert told["inputs"] == {"beratungen.csv": hashlib.sha256(table.read_bytes()).hexdigest()}


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
