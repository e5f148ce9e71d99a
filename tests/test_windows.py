"""What fails on Windows alone, found by rule: it cannot be run where these tests usually run."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from pathlib import Path, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

import regsam_geo
from regsam_geo import files
from regsam_geo.errors import OutputError
from regsam_geo.files import LONGEST_NAME, file_stem, whole_file

PACKAGE = Path(regsam_geo.__file__).parent
# by the documentation of Windows; the superscript digits count as digits there
DEVICES = {"con", "prn", "aux", "nul", "conin$", "conout$", "clock$"} | {
    f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"
}
ABSENT_MODULES = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
ABSENT_IN_OS = {"chown", "fork", "forkpty", "geteuid", "getuid", "killpg", "mkfifo", "nice", "setsid", "uname"}
ABSENT_SIGNALS = {"SIGALRM", "SIGHUP", "SIGKILL", "SIGPIPE", "SIGQUIT", "SIGUSR1", "SIGUSR2"}


def faults_of(source: str) -> list[tuple[int, str]]:
    """Return the lines of a program that would fail on Windows, or write other bytes there, and why."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [one.name for one in node.names]
            found += [(node.lineno, f"no module {name}") for name in names if name in ABSENT_MODULES]
        elif isinstance(node, ast.Attribute):
            whole = ast.unparse(node)
            if isinstance(node.value, ast.Name) and node.value.id == "os" and node.attr in ABSENT_IN_OS:
                found.append((node.lineno, f"no {whole}"))
            if node.attr in ABSENT_SIGNALS:
                found.append((node.lineno, f"no {whole}"))
        elif isinstance(node, ast.Call):
            found += [(node.lineno, fault) for fault in _faults_of_call(node)]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value.startswith(("/tmp", "/dev/", "/proc/", "/home", "/usr", "/var")):
                found.append((node.lineno, f"no folder {node.value}"))
        elif isinstance(node, ast.FormattedValue) and _is_path_below(node.value):
            found.append((node.lineno, "a path in a text has \\ there: as_posix()"))
    return found


def _is_path_below(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "relative_to"


def _faults_of_call(call: ast.Call) -> list[str]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    owner = ast.unparse(call.func.value) if isinstance(call.func, ast.Attribute) else ""
    given = {one.arg: one.value for one in call.keywords}
    found = []
    if name in ("open", "fdopen") and owner not in ("Image", "zipfile", "webbrowser"):
        # of a built-in and of os the mode comes second, of a path first
        place = 0 if owner not in ("", "os", "io") else 1
        mode = given.get("mode", call.args[place] if len(call.args) > place else ast.Constant("r"))
        text = not (isinstance(mode, ast.Constant) and "b" in str(mode.value))
        if text and "encoding" not in given:
            found.append("the encoding of a text is another there")
        if text and "newline" not in given and not (isinstance(mode, ast.Constant) and mode.value == "r"):
            found.append("lines end otherwise there")
    if name in ("read_text", "write_text") and "encoding" not in given and not call.args[name == "write_text" :]:
        found.append("the encoding of a text is another there")
    if name == "write_text" and "newline" not in given:
        found.append("lines end otherwise there")
    if name == "to_csv" and "lineterminator" not in given:
        found.append("lines end otherwise there")
    if name == "writer" and owner == "csv" and "lineterminator" not in given:
        found.append("lines end by the writer's own rule")
    started = name in ("run", "Popen", "check_output") and owner == "subprocess"
    if started and "text" in given and "encoding" not in given:
        found.append("the encoding of a text is another there")
    if name == "NamedTemporaryFile":
        found.append("an open temporary file cannot be opened again there")
    if name == "rename" and owner.endswith(("path", "target", "temporary", "os", "unfinished")):
        found.append("rename does not replace there: replace()")
    if name in ("symlink", "symlink_to", "hardlink_to"):
        found.append("links need a right there")
    if name == "get_context" and [ast.unparse(one) for one in call.args] != ["'spawn'"]:
        found.append("processes are spawned there")
    if name == "ProcessPoolExecutor" and "get_context('spawn')" not in ast.unparse(call):
        found.append("processes are spawned there")
    if owner in ("multiprocessing", "mp") and name in ("Process", "Pool"):
        found.append("processes are spawned there")
    if name == "strftime" and any("%-" in ast.unparse(one) for one in call.args):
        found.append("no %- there")
    if name == "str" and call.args and _is_path_below(call.args[0]):
        found.append("a path in a text has \\ there: as_posix()")
    if name == "split" and owner.startswith("str(") and [ast.unparse(one) for one in call.args] == ["'/'"]:
        found.append("a path has other separators there")
    return found


WRONG = {
    "open(path)": 1,
    "open(path, 'w', encoding='utf-8')": 1,
    "path.open('w')": 2,
    "path.open('rb')": 0,
    "os.fdopen(handle, 'wb')": 0,
    "path.read_text()": 1,
    "path.read_text(encoding='utf-8')": 0,
    "path.write_text(text, encoding='utf-8')": 1,
    "path.write_text(text, encoding='utf-8', newline='\\n')": 0,
    "table.to_csv(path)": 1,
    "import fcntl": 1,
    "from resource import getrusage": 1,
    "os.fork()": 1,
    "os.kill(pid, signal.SIGKILL)": 1,
    "get_context('fork')": 1,
    "get_context()": 1,
    "ProcessPoolExecutor(2)": 1,
    "ProcessPoolExecutor(2, mp_context=get_context('spawn'))": 0,
    "multiprocessing.Pool(2)": 1,
    "temporary.rename(target)": 1,
    "frame.rename(columns={})": 0,
    "Path('/tmp/karte.png')": 1,
    "f'{path.relative_to(folder)}'": 1,
    "str(path.relative_to(folder))": 1,
    "path.relative_to(folder).as_posix()": 0,
    "day.strftime('%-d. %-m.')": 1,
    "NamedTemporaryFile()": 1,
    "subprocess.run(words, text=True)": 1,
    "str(path).split('/')": 1,
}


@pytest.mark.parametrize("line", WRONG)
def test_the_rules_see_what_they_are_for(line):
    assert len(faults_of(line)) == WRONG[line], faults_of(line)


def test_nothing_in_the_package_needs_another_system():
    sources = sorted(PACKAGE.rglob("*.py"))
    assert len(sources) > 100
    wrong = [
        f"{path.relative_to(PACKAGE).as_posix()}:{line}: {fault}"
        for path in sources
        for line, fault in faults_of(path.read_text(encoding="utf-8"))
    ]
    assert not wrong


def test_no_two_files_of_the_package_differ_by_their_case_alone():
    names = [path.relative_to(PACKAGE).as_posix().lower() for path in PACKAGE.rglob("*")]
    assert len(names) == len(set(names))
    for path in PACKAGE.rglob("*"):
        assert not set(path.name) & set('<>:"\\|?*')
        assert path.stem.lower() not in DEVICES
        # below a folder of a user's environment, with room to spare
        assert len(path.relative_to(PACKAGE.parent).as_posix()) < 120


def holds_on_windows(name: str) -> bool:
    first = name.split(".")[0].rstrip(" ").lower()
    return (
        bool(name)
        and not set(name) & set('<>:"/\\|?*')
        and min(name) > "\x1f"
        and name[-1] not in ". "
        and first not in DEVICES
        and not PureWindowsPath(name).is_absolute()
    )


@pytest.mark.parametrize(
    "title",
    [
        *sorted(DEVICES),
        "COM¹",
        "lpt ³",
        "CONIN$",
        "Aux.",
        "NUL .txt",
        "con.png",
        "Ende.",
        "Ende ",
        " ",
        "",
        "..",
        "a" * 300,
        "C:\\Karten",
        "\\\\server\\freigabe",
        "a/b",
        "Anteil: <10 %?",
        "Zeile\nzwei",
        "null\x00",
        "“Zitat”",
    ],
)
def test_a_title_becomes_a_name_that_windows_can_hold(title):
    assert holds_on_windows(file_stem(title))
    assert holds_on_windows(file_stem(title) + ".png")


@given(st.lists(st.text(), min_size=1, max_size=3))
def test_any_title_becomes_a_name_that_windows_can_hold(parts):
    stem = file_stem(*parts)
    assert holds_on_windows(stem)
    assert len(stem) <= LONGEST_NAME


def test_a_name_cut_short_is_no_device_and_ends_well():
    assert file_stem("x" * (LONGEST_NAME - 1) + " y") == "x" * (LONGEST_NAME - 1)
    assert len(file_stem("x" * 500)) == LONGEST_NAME


def test_a_path_beyond_what_windows_takes_is_refused_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "LONGEST_PATH", 259)
    room = 259 - len(str(tmp_path.absolute())) - 1
    folder = tmp_path / ("o" * (room - 101))
    fits, longer = folder / ("k" * 96 + ".png"), folder / ("k" * 97 + ".png")
    assert len(str(fits.absolute())) == 259
    with whole_file(fits) as temporary:
        temporary.write_bytes(b"whole")
    assert fits.read_bytes() == b"whole"
    with pytest.raises(OutputError) as caught, whole_file(longer):
        pytest.fail("the work was begun")
    assert caught.value.code == "path_too_long"
    assert caught.value.fields["length"] == 260
    assert [path.name for path in folder.iterdir()] == [fits.name]


def test_a_name_that_no_file_system_holds_is_refused(tmp_path):
    # two bytes for each letter
    with whole_file(tmp_path / ("ä" * 127)) as temporary:
        temporary.write_bytes(b"whole")
    (tmp_path / ("ä" * 127)).unlink()
    with pytest.raises(OutputError, match=r"ä{128}"), whole_file(tmp_path / ("ä" * 128)):
        pytest.fail("the work was begun")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("encoding", ["cp1252", "cp850"])
def test_help_and_errors_reach_a_console_that_knows_few_signs(encoding, tmp_path):
    """A redirected output has the encoding of the system there, in which many signs do not exist."""
    environment = {**os.environ, "PYTHONIOENCODING": f"{encoding}:strict", "PYTHONUTF8": "0"}
    for words, code in ((["report", "--help"], 0), (["check", str(tmp_path / "Plätze ≥ 3 → ▲.csv")], 1)):
        command = [sys.executable, "-c", "from regsam_geo.cli import main; main()", *words]
        done = subprocess.run(command, env=environment, capture_output=True, check=False, cwd=tmp_path)
        printed = (done.stdout + done.stderr).decode(encoding)
        assert done.returncode == code, printed
        assert "Traceback" not in printed
