"""Inside the room imports run down its floors: products, writers, words, facts."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import regsam_geo.summary

ROOM = Path(regsam_geo.summary.__file__).parent
FLOORS = ("facts", "words", "writers", "products")
"""From the foundation to the roof."""


def floors_imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("regsam_geo.summary."):
            yield node.module.split(".")[2]


@pytest.mark.parametrize("floor", FLOORS)
def test_imports_run_down(floor):
    files = sorted((ROOM / floor).glob("*.py"))
    assert len(files) > 2
    allowed = set(FLOORS[: FLOORS.index(floor) + 1])
    assert {path.name: above for path in files if (above := set(floors_imported(path)) - allowed)} == {}


def test_every_file_stands_on_a_floor():
    assert {path.name for path in ROOM.iterdir() if path.name != "__pycache__"} == {*FLOORS, "__init__.py"}
