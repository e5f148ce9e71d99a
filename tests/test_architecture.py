"""Imports run one way, from the roof to the foundation."""

from __future__ import annotations

import ast
from pathlib import Path

import regsam_geo

PACKAGE = Path(regsam_geo.__file__).parent

# from the foundation to the roof: a room may import all that stand in lower rows, none beside it
FLOORS = (
    {"_version", "errors", "resources"},
    {"text"},
    {"files"},
    {"areas"},
    {"indicators"},
    {"study"},
    {"warning"},
    {"look"},
    {"maps", "charts"},
    {"summary"},
    {"cli"},
)
# and `look` is a matter of pages and colors alone
FORBIDDEN = {"look": {"areas", "indicators", "study", "warning"}}


def allowed_for(room: str) -> set[str]:
    below: set[str] = set()
    for floor in FLOORS:
        if room in floor:
            return below - FORBIDDEN.get(room, set())
        below |= floor
    msg = f"{room} stands on no floor"
    raise AssertionError(msg)


def room_of(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_rooms(path: Path) -> set[str]:
    rooms = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            names = [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            msg = f"{path}: relative import; write the full name"
            raise AssertionError(msg)
        rooms |= {name.split(".")[1] for name in names if name.startswith("regsam_geo.")}
    return rooms


def test_no_room_imports_one_above_it():
    wrong = []
    for path in sorted(PACKAGE.rglob("*.py")):
        room = room_of(path)
        if room == "__init__":
            continue
        above = imported_rooms(path) - {room} - allowed_for(room)
        wrong += [f"{path.relative_to(PACKAGE)} imports {other}" for other in above]
    assert not wrong
