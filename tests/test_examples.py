"""Examples and notebooks run as they stand: from an empty folder, in a fresh environment, without a network."""

from __future__ import annotations

import math
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


NUMBER = re.compile(r"-?\d+\.\d+(?:e[+-]\d+)?")


@pytest.mark.slow
@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_example(path, tmp_path):
    """It runs, and prints what the site shows; after a wanted change: ``examples/pictures/make_pictures.py``."""
    environment = {**os.environ, "REGSAM_GEO_LANG": "de", "COLUMNS": "100"}
    command = [sys.executable, str(path)]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert "Traceback" not in done.stderr
    stored = (path.parent / "pictures" / f"{path.stem}.txt").read_text(encoding="utf-8")
    assert NUMBER.sub("", done.stdout.replace("\\", "/")) == NUMBER.sub("", stored)
    # another machine may add in another order
    for now, then in zip(NUMBER.findall(done.stdout), NUMBER.findall(stored), strict=True):
        assert math.isclose(float(now), float(then), rel_tol=1e-6, abs_tol=1e-9)


def test_every_example_is_described():
    told = (ROOT / "examples" / "README.md").read_text(encoding="utf-8")
    assert [path.name for path in EXAMPLES if f"`{path.name}`" not in told] == []
    page = (ROOT / "docs" / "examples.md").read_text(encoding="utf-8")
    assert [path.name for path in EXAMPLES if f"{{literalinclude}} ../examples/{path.name}\n" not in page] == []


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Return the Python of a fresh environment into which the built wheel was installed, as the README says."""
    folder = tmp_path_factory.mktemp("fresh")
    pip = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check"]
    subprocess.run([*pip, "wheel", "--no-deps", "-w", str(folder), str(ROOT)], check=True)
    wheel = next(folder.glob("*.whl"))
    subprocess.run([sys.executable, "-m", "venv", str(folder / "venv")], check=True)
    python = folder / "venv" / ("Scripts" if os.name == "nt" else "bin") / "python"
    install = [str(python), "-m", "pip", "-q", "--disable-pip-version-check", "install"]
    subprocess.run([*install, "-c", str(ROOT / "constraints.txt"), f"{wheel}[notebook]"], check=True)
    return python


def without_network(command):
    """Return a command that runs in a network namespace of its own, where only the machine itself answers."""
    if shutil.which("unshare") is None:
        return command
    inside = ["unshare", "-rn", "sh", "-c", 'ip link set lo up && exec "$@"', "sh"]
    possible = subprocess.run([*inside, "true"], capture_output=True, check=False).returncode == 0
    return [*inside, *command] if possible else command


@pytest.mark.slow
@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_says_what_is_stored(path, fresh, tmp_path):
    """Executed from top to bottom, it raises nothing, and its texts are those that stand in the file."""
    copy = tmp_path / "notebooks"
    shutil.copytree(path.parent, copy, ignore=shutil.ignore_patterns("ausgabe"))
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    # the kernel is the environment's own, not one that this machine happens to know
    environment |= {"JUPYTER_PATH": "", "JUPYTER_DATA_DIR": str(tmp_path / "jupyter")}
    command = without_network([str(fresh), str(copy / "ausfuehren.py"), "--check", path.name])
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=False, timeout=900
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebook_reads_well_unexecuted(path):
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    assert outputs
    assert not [output for output in outputs if output.output_type == "error"]
    assert not [output for output in outputs if output.get("name") == "stderr"]
    shown = [output.get("data", {}) for output in outputs]
    assert any("image/png" in data or "<svg" in data.get("text/html", "") for data in shown)
    text = path.read_text(encoding="utf-8")
    assert len(text) < 1_500_000
    for stranger in ("/tmp/", "/home/", " at 0x", "<iframe", "<script", "PosixPath", "http://", "https://"):
        # a picture is base64, which knows none of these; SVG names its vocabularies by addresses
        known = ("http://www.w3.org", "http://creativecommons.org/ns", "http://purl.org/dc")
        left = text
        for name in known:
            left = left.replace(name, "")
        assert stranger not in left, stranger
    links = [line for cell in notebook.cells if cell.cell_type == "markdown" for line in cell.source.splitlines()]
    for line in links:
        for part in line.split("](")[1:]:
            assert (path.parent / part.split(")")[0]).exists(), line


def test_there_are_eight_in_order():
    assert [path.name[0] for path in NOTEBOOKS] == list("12345678")


def test_made_up_tables_are_what_their_script_writes(tmp_path):
    target = tmp_path / "notebooks" / "daten"
    target.mkdir(parents=True)
    (tmp_path / "examples").mkdir()
    shutil.copy(ROOT / "examples" / "own_regions.geojson", tmp_path / "examples")
    shutil.copy(ROOT / "notebooks" / "daten" / "erfinden.py", target)
    subprocess.run([sys.executable, str(target / "erfinden.py")], check=True)
    made = [path for path in tmp_path.rglob("*") if path.suffix in (".csv", ".geojson")]
    assert len(made) == 10
    for path in made:
        stored = ROOT / path.relative_to(tmp_path)
        assert path.read_bytes() == stored.read_bytes(), path.name
