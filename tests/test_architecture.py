"""Imports run one way, from the roof to the foundation."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import regsam_geo

PACKAGE = Path(regsam_geo.__file__).parent

# from the foundation to the roof: a room may import all that stand in lower rows, none beside it
FLOORS = (
    {"_version", "errors", "resources"},
    {"text"},
    {"files", "foreign"},
    {"areas"},
    {"indicators"},
    {"places"},
    {"study"},
    {"situation"},
    {"warning"},
    {"look"},
    {"maps", "charts", "audit"},
    {"summary"},
    {"cli"},
)
# and `look` is a matter of pages and colors alone
FORBIDDEN = {
    "look": {"areas", "indicators", "places", "study", "situation", "warning"},
    # what reads finished files shares nothing with what hid counts in them
    "audit": {"places", "study", "situation", "warning", "look"},
}
# the floors within a room, from its foundation; beside each other they know nothing of each other
INNER_FLOORS = {
    "warning": (
        {"schema"},
        {"statistics"},
        {"detectors", "data_questions"},
        {"report"},
    ),
    "summary": ({"facts"}, {"words"}, {"writers"}, {"products"}),
}


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


def imported_parts(path: Path, room: str) -> set[str]:
    """Name the parts of a room that one of its files imports."""
    parts = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            inside = node.module.split(".")[1:]
            if inside == [room]:
                parts |= {alias.name for alias in node.names}
            elif inside[:1] == [room]:
                parts.add(inside[1])
    return parts


@pytest.mark.parametrize("room", INNER_FLOORS)
def test_no_part_of_a_room_imports_one_above_it(room):
    floors = INNER_FLOORS[room]
    height = {part: number for number, floor in enumerate(floors) for part in floor}
    folder = PACKAGE / room
    found = {path.name.removesuffix(".py") for path in folder.iterdir() if path.suffix == ".py" or path.is_dir()}
    assert found - {"__init__", "__pycache__"} == set(height)
    wrong = []
    for path in sorted(folder.rglob("*.py")):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        if part != "__init__":
            above = [other for other in imported_parts(path, room) - {part} if height[other] >= height[part]]
            wrong += [f"{path.relative_to(PACKAGE)} imports {other}" for other in above]
    assert not wrong


def test_the_audit_of_finished_files_knows_nothing_of_how_counts_were_hidden():
    folder = PACKAGE / "audit"
    knowing = {path.name for path in folder.glob("*.py") if "indicators" in imported_rooms(path)}
    # the verb alone hands tables on to the audit of tables
    assert knowing == {"verb.py"}
