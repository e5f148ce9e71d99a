"""An interrupted run leaves whole files and is taken up again with the same result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from regsam_geo import files
from regsam_geo.errors import OutputError
from regsam_geo.summary.writers.folder import MANIFEST, Step, write_folder
from regsam_geo.text import using_language


class PulledPlugError(Exception):
    """The run ends in the middle."""


def steps_of(n, *, break_at=None, calls=None):
    def make(number):
        if number == break_at:
            raise PulledPlugError
        if calls is not None:
            calls.append(number)
        return f"Datei {number}".encode()

    return [Step(f"a/{number}.txt", str(number), lambda number=number: make(number)) for number in range(n)]


def contents(folder):
    return {
        str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def whole(tmp_path):
    write_folder(tmp_path / "ganz", {"data": 1}, steps_of(6))
    return contents(tmp_path / "ganz")


@pytest.mark.parametrize("break_at", range(6))
def test_resumed_after_a_break_at_any_file(tmp_path, whole, break_at):
    folder = tmp_path / "b"
    with pytest.raises(PulledPlugError):
        write_folder(folder, {"data": 1}, steps_of(6, break_at=break_at))
    (folder / "a").mkdir(parents=True, exist_ok=True)
    (folder / "a" / ".regsam-rest.txt").write_text("halb")  # what a killed process leaves behind
    calls = []
    written = write_folder(folder, {"data": 1}, steps_of(6, calls=calls))
    assert written.kept == break_at
    assert calls == list(range(break_at, 6))
    assert contents(folder) == whole


def test_changed_and_missing_files_are_made_again(tmp_path, whole):
    folder = tmp_path / "c"
    write_folder(folder, {"data": 1}, steps_of(6))
    (folder / "a" / "2.txt").write_text("von Hand geändert")
    (folder / "a" / "4.txt").unlink()
    calls = []
    write_folder(folder, {"data": 1}, steps_of(6, calls=calls))
    assert calls == [2, 4]
    assert contents(folder) == whole


def test_other_data_begin_anew_and_remove_what_is_not_made_any_more(tmp_path):
    folder = tmp_path / "d"
    write_folder(folder, {"data": 1}, steps_of(6))
    (folder / "a" / "notiz.txt").write_text("vom Menschen")
    calls = []
    write_folder(folder, {"data": 2}, steps_of(4, calls=calls))
    assert calls == [0, 1, 2, 3]
    assert sorted(path.name for path in (folder / "a").iterdir()) == [
        "0.txt",
        "1.txt",
        "2.txt",
        "3.txt",
        "notiz.txt",
    ]


def test_another_region_in_the_same_folder_stays(tmp_path):
    write_folder(tmp_path, {"data": 1}, steps_of(2))
    write_folder(tmp_path, {"data": 1}, [Step("b/0.txt", "", lambda: b"x")])
    assert (tmp_path / "a" / "0.txt").exists()
    listed = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert sorted(listed["files"]) == ["a/0.txt", "a/1.txt", "b/0.txt"]
    assert listed["complete"] is True


@pytest.mark.parametrize("text", ["", "{", "[]", '{"files": 3}', '{"files": {"../../x": "1"}, "key": "k"}'])
def test_a_broken_or_hostile_list_is_not_believed(tmp_path, text):
    folder = tmp_path / "pack"
    folder.mkdir()
    stranger = tmp_path.parent / "x"
    (folder / MANIFEST).write_text(text)
    write_folder(folder, {"data": 1}, steps_of(2))
    assert (folder / "a" / "1.txt").read_bytes() == b"Datei 1"
    assert not stranger.exists()


def locked(monkeypatch, *names):
    """Let files be open in another program, as Windows sees it: nobody may replace or remove them."""
    replace, unlink = Path.replace, Path.unlink

    def refuse(path):
        if path.name in names:
            raise PermissionError(13, "Permission denied", str(path))

    def replace_unless_open(path, target):
        refuse(Path(target))
        return replace(path, target)

    def unlink_unless_open(path, missing_ok=False):
        refuse(path)
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "replace", replace_unless_open)
    monkeypatch.setattr(Path, "unlink", unlink_unless_open)


@pytest.mark.parametrize(("lang", "told"), [("de", "in Excel"), ("en", "such as Excel")])
def test_a_file_open_elsewhere_is_named_and_nothing_is_lost(tmp_path, monkeypatch, whole, lang, told):
    folder = tmp_path / "e"
    write_folder(folder, {"data": 0}, steps_of(6))
    before = contents(folder)
    with monkeypatch.context() as patch, using_language(lang):
        locked(patch, "3.txt")
        with pytest.raises(OutputError, match=told) as raised:
            write_folder(folder, {"data": 1}, steps_of(6))
    assert str(folder / "a" / "3.txt") in str(raised.value)
    assert raised.value.code == "file_in_use"
    after = contents(folder)
    assert after.keys() == before.keys()  # no temporary file is left
    assert {name: after[name] for name in after if name != MANIFEST} == {
        name: before[name] for name in before if name != MANIFEST
    }
    calls = []
    assert write_folder(folder, {"data": 1}, steps_of(6, calls=calls)).kept == 3
    assert calls == [3, 4, 5]
    assert contents(folder) == whole


def test_a_stale_file_open_elsewhere_is_named_too(tmp_path, monkeypatch):
    write_folder(tmp_path, {"data": 1}, steps_of(3))
    with monkeypatch.context() as patch:
        locked(patch, "2.txt")
        with pytest.raises(OutputError, match=r"2\.txt"):
            write_folder(tmp_path, {"data": 1}, steps_of(2))
    assert (tmp_path / "a" / "2.txt").read_bytes() == b"Datei 2"
    write_folder(tmp_path, {"data": 1}, steps_of(2))
    assert not (tmp_path / "a" / "2.txt").exists()


def test_a_list_open_elsewhere_stops_the_run(tmp_path, monkeypatch):
    write_folder(tmp_path, {"data": 1}, steps_of(1))
    locked(monkeypatch, MANIFEST)
    with pytest.raises(OutputError, match=MANIFEST):
        write_folder(tmp_path, {"data": 1}, steps_of(2))
    assert json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))["complete"] is True


def test_a_path_too_long_is_told_before_the_first_file(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_PATH", 259)
    deep = tmp_path / "/".join(["ordner"] * 40)
    with pytest.raises(OutputError, match="kürzerem Pfad"):
        write_folder(deep, {"data": 1}, steps_of(2))
    assert list(tmp_path.iterdir()) == []


def test_what_a_run_replaces_can_be_said(tmp_path):
    write_folder(tmp_path, {"data": 1}, [Step("old/0.txt", "", lambda: b"x"), *steps_of(1)])
    write_folder(tmp_path, {"data": 2}, [Step("new.txt", "", lambda: b"y")], replaces=lambda path: "old" in path)
    assert sorted(contents(tmp_path)) == ["a/0.txt", MANIFEST, "new.txt"]


def test_files_that_no_run_noted_are_left_alone_whatever_they_are_called(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / ".regsam-notes").write_text("mine")
    write_folder(tmp_path, {"data": 1}, steps_of(2))
    assert (tmp_path / "elsewhere" / ".regsam-notes").read_text() == "mine"
