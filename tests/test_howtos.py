"""Every line of program in the German instructions runs and prints what the page shows.

A page is read from top to bottom in an empty folder. A block with the name of a file as its caption is that file;
``Ausgabe`` is what the block before it prints.
"""

from __future__ import annotations

import contextlib
import io
import re
import shlex
from pathlib import Path

import pytest
from typer.testing import CliRunner

import regsam_geo as rg
from regsam_geo.cli import app

FOLDER = Path(__file__).parents[1] / "docs" / "anleitungen"
PAGES = sorted(path for path in FOLDER.glob("*.md") if path.stem != "index")
# packs, replays and the interactive map take their time
SLOW = {
    "bericht_region",
    "orte",
    "powerpoint",
    "eigene_zahlen",
    "jahre_vergleichen",
    "karte_per_mail",
    "einschaetzungen",
    "warnungen_pruefen",
}
BLOCK = re.compile(r"^```(?:\{code-block\} )?(\w+)\n(?::caption: ([^\n]+)\n)?(.*?)^```$", re.MULTILINE | re.DOTALL)

pytestmark = pytest.mark.filterwarnings("ignore:REGSAM hat keine")


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "100")
    rg.set_language("de")
    yield tmp_path
    rg.set_language(None)


def run_python(code: str, names: dict[str, object], where: str) -> str:
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(compile(code, where, "exec"), names)
    return printed.getvalue()


def run_shell(lines: str) -> str:
    printed = ""
    for line in lines.strip().splitlines():
        program, *arguments = shlex.split(line)
        assert program == "regsam-geo"
        done = CliRunner().invoke(app, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        printed += done.stdout
    return printed


def play(path: Path) -> list[tuple[str, str]]:
    """Run a page; return what it says is printed, and what was printed."""
    names: dict[str, object] = {"__name__": "__main__"}
    printed, outputs = "", []
    for language, caption, text in BLOCK.findall(path.read_text(encoding="utf-8")):
        if caption == "Ausgabe":
            outputs.append((text, printed))
        elif caption:
            Path(caption).write_text(text, encoding="utf-8")
        elif language == "python":
            printed = run_python(text, names, path.name)
        elif language == "bash":
            printed = run_shell(text)
        else:
            pytest.fail(f"{path.name}: a block that is neither run nor a file: {text[:60]}")
    return outputs


@pytest.mark.parametrize(
    "path", [pytest.param(p, id=p.stem, marks=[pytest.mark.slow] if p.stem in SLOW else []) for p in PAGES]
)
def test_the_page_does_what_it_says(path):
    outputs = play(path)
    for told, printed in outputs:
        assert printed.rstrip() == told.rstrip()


def test_there_are_instructions_for_the_usual_tasks():
    assert len(PAGES) >= 8
    index = (FOLDER / "index.md").read_text(encoding="utf-8")
    assert [path.stem for path in PAGES if not re.search(rf"^{path.stem}$", index, re.MULTILINE)] == []
