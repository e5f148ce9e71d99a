"""Execute the notebooks and store their outputs so that they read well without being run.

``python notebooks/ausfuehren.py`` executes all, ``... 3_warnungen_lesen.ipynb`` one. ``--check`` writes nothing
and ends with 1 if a cell fails or its text differs from what is stored. Stored are texts, small tables, and
pictures; a page with scripts (the interactive map) is stored as the picture of its first view, for which
``chromium`` is needed. No times, paths or random ids are stored: same code, same bytes.
"""

from __future__ import annotations

import argparse
import base64
import copy
import io
import os
import re
import shutil
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

HERE = Path(__file__).resolve().parent
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
COLORS = 160
WIDE, HIGH = 1080, 760
TIMEOUT = 600


def execute(path: Path) -> nbformat.NotebookNode:
    """Execute a notebook in a copy of its folder, from an empty output folder, and return it."""
    notebook = nbformat.read(path, as_version=4)
    with tempfile.TemporaryDirectory() as folder:
        shutil.copytree(path.parent / "daten", Path(folder) / "daten")
        environment = {"REGSAM_GEO_LANG": "de", "IPYTHONDIR": f"{folder}/.ipython", "COLUMNS": "100"}
        before = {name: os.environ.get(name) for name in environment}
        os.environ.update(environment)
        try:
            NotebookClient(
                notebook,
                timeout=TIMEOUT,
                kernel_name="python3",
                resources={"metadata": {"path": folder}},
                # else two lines are one output or two, as the kernel's timing has it
                coalesce_streams=True,
            ).execute()
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name)
                else:
                    os.environ[name] = value
    return notebook


def tidy(notebook: nbformat.NotebookNode, *, pictures: bool = True) -> nbformat.NotebookNode:
    """Return the notebook as it is stored."""
    tidied = copy.deepcopy(notebook)
    tidied.metadata = nbformat.from_dict({"kernelspec": KERNEL, "language_info": {"name": "python"}})
    for number, cell in enumerate(tidied.cells):
        cell.id = f"cell-{number:02d}"
        cell.metadata = nbformat.from_dict({})
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [one for output in cell.outputs if (one := _output(output, pictures)) is not None]
    return tidied


def _output(output: Any, pictures: bool) -> Any:
    """Return an output as it is stored; ``None`` for a bar of progress that was taken away."""
    stored = copy.deepcopy(output)
    stored.pop("execution_count", None)
    if stored.output_type == "execute_result":
        stored["execution_count"] = None
    if "text" in stored:
        stored.text = _plain(stored.text)
    data = stored.get("data")
    if data is None:
        return stored
    stored.metadata = nbformat.from_dict({})
    if data.get("text/html") == "":
        return None
    if "<iframe" in data.get("text/html", ""):
        page = data.pop("text/html")
        data["image/png"] = picture_of(page) if pictures else ""
    if "image/png" in data:
        data["image/png"] = _smaller(data["image/png"]) if pictures else ""
    if len(data) > 1:
        data.pop("text/plain", None)
    for kind in ("text/plain", "text/html"):
        if kind in data:
            data[kind] = _plain(data[kind])
    return stored


def _plain(text: str) -> str:
    """Return a text without addresses in memory and without names of temporary folders."""
    text = re.sub(r" at 0x[0-9a-f]+", "", text)
    return re.sub(re.escape(tempfile.gettempdir()) + r"/tmp\w+/?", "", text)


def picture_of(html: str) -> str:
    """Return the first view of a page with scripts as a picture, base64."""
    from playwright.sync_api import sync_playwright

    inner = re.search(r'srcdoc="([^"]*)"', html, re.DOTALL)
    import html as entities

    text = entities.unescape(inner.group(1)) if inner else html
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as player:
        path = Path(folder) / "page.html"
        path.write_text(text, encoding="utf-8")
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDE, "height": HIGH})
        page.goto(path.as_uri())
        page.locator("html.rg-ready").wait_for(state="attached")
        page.wait_for_timeout(400)
        shot = page.screenshot()
        browser.close()
    return base64.b64encode(shot).decode("ascii")


def _smaller(picture: str) -> str:
    """Return a PNG with fewer colors: a third of the size, and no difference that an eye sees."""
    from PIL import Image

    image = Image.open(io.BytesIO(base64.b64decode(picture))).convert("RGB")
    stream = io.BytesIO()
    image.quantize(COLORS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        stream, "PNG", optimize=True
    )
    return base64.b64encode(stream.getvalue()).decode("ascii") + "\n"


def texts(notebook: nbformat.NotebookNode) -> list[list[Any]]:
    """Return what the code cells print and show, pictures as the word alone: what two runs must have in common."""
    return [_pieces(cell.outputs) for cell in notebook.cells if cell.cell_type == "code"]


def _pieces(outputs: Iterable[Any]) -> list[Any]:
    """Return what a cell shows, with what it prints in a row as one text: the kernel may send it in several."""
    pieces: list[Any] = []
    for output in outputs:
        if output.output_type == "error":
            continue
        text = output.get("text")
        if text and pieces and isinstance(pieces[-1], str):
            pieces[-1] += text
        else:
            pieces.append(
                text or {kind: "" if kind == "image/png" else shown for kind, shown in output.data.items()}
            )
    return pieces


def main() -> int:
    """Execute the notebooks named, or all."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="notebooks; all by default")
    parser.add_argument("--check", action="store_true", help="compare with what is stored, write nothing")
    wished = parser.parse_args()
    paths = [HERE / Path(name).name for name in wished.names] or sorted(HERE.glob("[0-9]*.ipynb"))
    differ = 0
    for path in paths:
        made = tidy(execute(path), pictures=not wished.check)
        if wished.check:
            stored = nbformat.read(path, as_version=4)
            for number, (old, new) in enumerate(zip(texts(stored), texts(made), strict=True), start=1):
                if old != new:
                    differ += 1
                    print(f"{path.name}, code cell {number}\n  stored: {old}\n  now:    {new}")
        else:
            nbformat.write(made, path)
        print(f"{path.name}: {'checked' if wished.check else f'{path.stat().st_size / 1000:.0f} kB'}", flush=True)
    return int(differ > 0)


if __name__ == "__main__":
    sys.exit(main())
