"""Files appear whole or not at all, under safe names."""

from __future__ import annotations

from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo import files
from regsam_geo.errors import OptionError, OutputError
from regsam_geo.files import LONGEST_NAME, check_name, file_stem, whole_file
from regsam_geo.text import using_language


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    target = tmp_path / "deep" / "table.csv"
    with whole_file(target) as temporary:
        temporary.write_text("half")
        assert not target.exists()
        assert temporary.suffix == ".csv"
    assert target.read_text() == "half"
    assert [path.name for path in target.parent.iterdir()] == ["table.csv"]


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")

    def fail():
        with whole_file(target) as temporary:
            temporary.write_text("half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@given(st.text())
def test_a_stem_is_a_file_name_on_every_system(text):
    stem = file_stem(text)
    assert stem.isascii()
    assert 0 < len(stem) <= LONGEST_NAME + 1
    assert not set(stem) & set('<>:"/\\|?* .')
    assert stem.lower() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}


@pytest.mark.parametrize(
    ("lang", "told"), [("de", "in einem anderen Programm geöffnet"), ("en", "open in another program")]
)
def test_a_file_open_in_another_program_stays_and_is_named(tmp_path, monkeypatch, lang, told):
    target = tmp_path / "table.xlsx"
    target.write_text("old")

    def refuse(path, to):
        raise PermissionError(13, "Permission denied", str(path), None, str(to))

    monkeypatch.setattr(Path, "replace", refuse)
    with (
        using_language(lang),
        pytest.raises(OutputError, match=told) as raised,
        whole_file(target) as temporary,
    ):
        temporary.write_text("new")
    assert str(target) in str(raised.value)
    assert isinstance(raised.value, OSError)
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_closed_folder_is_named(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "touch", refuse)
    with pytest.raises(OutputError, match="nicht geschrieben werden") as raised, whole_file(tmp_path / "a.csv"):
        pass
    assert str(tmp_path) in str(raised.value)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CON.png", "name_reserved"),
        ("nul", "name_reserved"),
        ("Lpt1.tar.gz", "name_reserved"),
        ("com³.csv", "name_reserved"),
        ("a?.png", "name_impossible"),
        ("karte.", "name_impossible"),
        ("karte ", "name_impossible"),
        ("1:2.pdf", "name_impossible"),
    ],
)
def test_names_that_windows_cannot_hold_are_refused_there(tmp_path, monkeypatch, name, code):
    with pytest.raises(OptionError) as raised:
        check_name(PureWindowsPath("C:/ordner") / name if ":" not in name else PureWindowsPath(f"x/{name}"))
    assert raised.value.code == code
    monkeypatch.setattr(files, "ON_WINDOWS", True)
    with pytest.raises(OptionError), whole_file(tmp_path / name):
        pass
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["console.png", "karte.con", "auxiliary", "com10.csv", "ü/ß.pdf", ".regsam-1"])
def test_names_like_them_are_none(name):
    check_name(PureWindowsPath("ordner") / name)
