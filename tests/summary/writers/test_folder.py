"""An interrupted run leaves whole files and is taken up again with the same result."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from regsam_geo import files
from regsam_geo.errors import OutputError
from regsam_geo.summary.writers.folder import Step, write_folder
from regsam_geo.summary.writers.ledger import MANIFEST, PACK_MANIFEST
from regsam_geo.summary.writers.lock import LOCK
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
    (folder / "a" / ".regsam-0123456789ab.txt").write_text("halb")  # what a killed process leaves behind
    calls = []
    written = write_folder(folder, {"data": 1}, steps_of(6, calls=calls))
    assert written.kept == break_at
    assert calls == list(range(break_at, 6))
    assert contents(folder) == whole


def test_missing_files_are_made_again(tmp_path, whole):
    folder = tmp_path / "c"
    write_folder(folder, {"data": 1}, steps_of(6))
    (folder / "a" / "4.txt").unlink()
    calls = []
    write_folder(folder, {"data": 1}, steps_of(6, calls=calls))
    assert calls == [4]
    assert contents(folder) == whole


@pytest.mark.parametrize("data", [1, 2])
@pytest.mark.parametrize(("lang", "told"), [("de", "seither geändert"), ("en", "changed since")])
def test_a_file_that_the_user_changed_is_named_and_stays(tmp_path, data, lang, told):
    write_folder(tmp_path, {"data": 1}, steps_of(6))
    (tmp_path / "a" / "2.txt").write_text("von Hand geändert")
    before = contents(tmp_path)
    with using_language(lang), pytest.raises(OutputError, match=told) as raised:
        write_folder(tmp_path, {"data": data}, steps_of(6))
    assert "a/2.txt" in str(raised.value)
    assert "a/1.txt" not in str(raised.value)
    assert contents(tmp_path) == before


def test_a_file_that_the_user_put_there_is_named_and_stays(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").write_text("meins")
    with pytest.raises(OutputError, match=r"a/1\.txt"):
        write_folder(tmp_path, {"data": 1}, steps_of(3))
    assert contents(tmp_path) == {"a/1.txt": b"meins"}


def test_a_changed_file_that_is_not_made_any_more_stays(tmp_path):
    write_folder(tmp_path, {"data": 1}, steps_of(3))
    (tmp_path / "a" / "2.txt").write_text("von Hand geändert")
    write_folder(tmp_path, {"data": 2}, steps_of(1))
    assert sorted(contents(tmp_path)) == ["a/0.txt", "a/2.txt", MANIFEST]


def test_two_kinds_in_one_folder_know_their_own_files(tmp_path):
    for data in (1, 2):
        write_folder(tmp_path, {"data": data}, steps_of(2), manifest=PACK_MANIFEST)
        write_folder(tmp_path, {"data": data}, [Step("index.html", "", lambda: b"x")], replaces=lambda path: True)
        assert sorted(contents(tmp_path)) == ["a/0.txt", "a/1.txt", PACK_MANIFEST, MANIFEST, "index.html"]


def test_files_of_a_region_written_from_older_data_can_be_replaced(tmp_path):
    write_folder(tmp_path, {"data": 1}, [Step("b/0.txt", "", lambda: b"x"), *steps_of(1)])
    write_folder(tmp_path, {"data": 2}, steps_of(1))
    listed = json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert (list(listed["files"]), list(listed["earlier"])) == (["a/0.txt"], ["b/0.txt"])
    write_folder(tmp_path, {"data": 2}, [Step("b/0.txt", "", lambda: b"y"), *steps_of(1)])
    assert "earlier" not in json.loads((tmp_path / MANIFEST).read_text(encoding="utf-8"))
    assert (tmp_path / "b" / "0.txt").read_bytes() == b"y"


def test_two_runs_do_not_write_into_one_folder(tmp_path):
    told = []

    def second():
        with pytest.raises(OutputError, match="anderer Lauf") as raised:
            write_folder(tmp_path, {"data": 2}, steps_of(2))
        told.append(raised.value.code)
        return b"first"

    write_folder(tmp_path, {"data": 1}, [Step("first.txt", "", second)])
    assert told == ["folder_in_use"]
    assert sorted(contents(tmp_path)) == [MANIFEST, "first.txt"]
    write_folder(tmp_path, {"data": 2}, steps_of(2))


def test_the_lock_of_a_killed_run_keeps_nobody_out(tmp_path):
    (tmp_path / LOCK).touch()
    write_folder(tmp_path, {"data": 1}, steps_of(1))
    assert sorted(contents(tmp_path)) == ["a/0.txt", MANIFEST]


@pytest.mark.skipif(files.ON_WINDOWS, reason="there are no such permissions")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o002])
def test_files_have_the_permissions_that_the_user_has_chosen(tmp_path, umask):
    before = os.umask(umask)
    try:
        write_folder(tmp_path / "neu", {"data": 1}, steps_of(2), audit=lambda _: None)
    finally:
        os.umask(before)
    modes = {path.stat().st_mode & 0o777 for path in (tmp_path / "neu").rglob("*") if path.is_file()}
    assert modes == {0o666 & ~umask}


def test_what_must_not_be_handed_out_decides_too_and_stands_nowhere(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    folder = tmp_path / "out"
    for private, made in (("2", 2), ("2", 0), ("1", 2), ("2", 2)):
        calls = []
        write_folder(folder, {"data": 1}, steps_of(2, calls=calls), private=private)
        assert len(calls) == made
    manifest = (folder / MANIFEST).read_bytes()
    (note,) = (tmp_path / "state" / "regsam-geo").iterdir()
    seal = json.loads(note.read_text(encoding="utf-8"))["seal"].encode()
    assert seal not in manifest
    if not files.ON_WINDOWS:
        assert note.stat().st_mode & 0o077 == 0
    # the same whatever is hidden: it cannot be found by trying
    write_folder(tmp_path / "other", {"data": 1}, steps_of(2), private="1")
    assert (tmp_path / "other" / MANIFEST).read_bytes() == manifest


def test_without_a_place_for_notes_a_run_begins_anew(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        assert write_folder(tmp_path / "out", {"data": 1}, steps_of(2)).kept == 0


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


@pytest.mark.parametrize(
    "text",
    ["", "{", "[]", '{"files": 3}', '{"files": {"../../x": "1"}, "key": "k", "complete": true}', "[" * 100_000],
)
def test_a_file_that_is_no_list_of_ours_is_named_and_stays(tmp_path, text):
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(OutputError, match=MANIFEST):
        write_folder(tmp_path, {"data": 1}, steps_of(2))
    assert contents(tmp_path) == {MANIFEST: text.encode()}


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
    write_folder(folder, {"data": 0}, [Step(f"a/{n}.txt", "", lambda: b"old") for n in range(6)])
    before = contents(folder)
    with monkeypatch.context() as patch, using_language(lang):
        locked(patch, "3.txt")
        with pytest.raises(OutputError, match=told) as raised:
            write_folder(folder, {"data": 1}, steps_of(6))
    assert str(folder / "a" / "3.txt") in str(raised.value)
    assert raised.value.code == "file_in_use"
    after = contents(folder)
    assert after.keys() == before.keys()  # no temporary file is left
    assert [name for name in after if after[name] != before[name]] == [*(f"a/{n}.txt" for n in range(3)), MANIFEST]
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


# ---- files that are audited before they stand in their places


def test_nothing_stands_in_its_place_before_the_audit(tmp_path):
    write_folder(tmp_path, {"data": 0}, [Step("a/0.txt", "", lambda: b"old"), Step("a/9.txt", "", lambda: b"x")])
    seen = {}

    def audit(where):
        seen.update({name: path.read_bytes() for name, path in where.items()})
        assert (tmp_path / "a" / "0.txt").read_bytes() == b"old"
        assert not (tmp_path / "a" / "1.txt").exists()

    write_folder(tmp_path, {"data": 1}, steps_of(2), audit=audit)
    assert seen == {"a/0.txt": b"Datei 0", "a/1.txt": b"Datei 1"}
    assert sorted(contents(tmp_path)) == ["a/0.txt", "a/1.txt", MANIFEST]
    assert (tmp_path / "a" / "0.txt").read_bytes() == b"Datei 0"


def test_what_is_not_passed_lies_nowhere(tmp_path):
    write_folder(tmp_path, {"data": 0}, steps_of(1))
    before = contents(tmp_path)

    def refuse(_):
        raise PulledPlugError

    with pytest.raises(PulledPlugError):
        write_folder(tmp_path, {"data": 1}, steps_of(3), audit=refuse)
    assert contents(tmp_path) == before


@pytest.mark.parametrize("break_at", range(6))
def test_a_draft_is_taken_up_again(tmp_path, whole, break_at):
    folder = tmp_path / "b"
    with pytest.raises(PulledPlugError):
        write_folder(folder, {"data": 1}, steps_of(6, break_at=break_at), audit=lambda _: None)
    assert not (folder / "a").exists()
    calls = []
    written = write_folder(folder, {"data": 1}, steps_of(6, calls=calls), audit=lambda _: None)
    assert written.kept == break_at
    assert calls == list(range(break_at, 6))
    assert contents(folder) == whole


def stopped_at(stop):
    replace = Path.replace

    def replace_unless_there(path, target):
        if target == stop:
            raise PermissionError(13, "Permission denied", str(path))
        return replace(path, target)

    return replace_unless_there


def test_a_run_that_ends_while_files_are_moved_is_taken_up_again(tmp_path, monkeypatch, whole):
    folder = tmp_path / "b"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopped_at(folder / "a" / "3.txt"))
        with pytest.raises(OutputError):
            write_folder(folder, {"data": 1}, steps_of(6), audit=lambda _: None)
    assert [path.name for path in sorted((folder / "a").iterdir())] == ["0.txt", "1.txt", "2.txt"]
    calls = []
    assert write_folder(folder, {"data": 1}, steps_of(6, calls=calls), audit=lambda _: None).kept == 6
    assert calls == []
    assert contents(folder) == whole
