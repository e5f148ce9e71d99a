"""An interrupted run leaves whole files and is taken up again with the same result."""

from __future__ import annotations

import json

import pytest

from regsam_geo.summary.writers.folder import MANIFEST, Step, run_steps


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
    run_steps(tmp_path / "ganz", {"data": 1}, steps_of(6))
    return contents(tmp_path / "ganz")


@pytest.mark.parametrize("break_at", range(6))
def test_resumed_after_a_break_at_any_file(tmp_path, whole, break_at):
    folder = tmp_path / "b"
    with pytest.raises(PulledPlugError):
        run_steps(folder, {"data": 1}, steps_of(6, break_at=break_at))
    (folder / "a").mkdir(parents=True, exist_ok=True)
    (folder / "a" / ".regsam-rest.txt").write_text("halb")  # what a killed process leaves behind
    calls = []
    _, kept = run_steps(folder, {"data": 1}, steps_of(6, calls=calls))
    assert kept == break_at
    assert calls == list(range(break_at, 6))
    assert contents(folder) == whole


def test_changed_and_missing_files_are_made_again(tmp_path, whole):
    folder = tmp_path / "c"
    run_steps(folder, {"data": 1}, steps_of(6))
    (folder / "a" / "2.txt").write_text("von Hand geändert")
    (folder / "a" / "4.txt").unlink()
    calls = []
    run_steps(folder, {"data": 1}, steps_of(6, calls=calls))
    assert calls == [2, 4]
    assert contents(folder) == whole


def test_other_data_begin_anew_and_remove_what_is_not_made_any_more(tmp_path):
    folder = tmp_path / "d"
    run_steps(folder, {"data": 1}, steps_of(6))
    (folder / "a" / "notiz.txt").write_text("vom Menschen")
    calls = []
    run_steps(folder, {"data": 2}, steps_of(4, calls=calls))
    assert calls == [0, 1, 2, 3]
    assert sorted(path.name for path in (folder / "a").iterdir()) == [
        "0.txt",
        "1.txt",
        "2.txt",
        "3.txt",
        "notiz.txt",
    ]


def test_another_region_in_the_same_folder_stays(tmp_path):
    run_steps(tmp_path, {"data": 1}, steps_of(2))
    run_steps(tmp_path, {"data": 1}, [Step("b/0.txt", "", lambda: b"x")])
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
    run_steps(folder, {"data": 1}, steps_of(2))
    assert (folder / "a" / "1.txt").read_bytes() == b"Datei 1"
    assert not stranger.exists()
