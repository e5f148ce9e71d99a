"""Imports run one way, from the roof to the foundation."""

from __future__ import annotations

import ast
from pathlib import Path

import regsam_geo

PACKAGE = Path(regsam_geo.__file__).parent

# a room may import the rooms named with it; private helpers at the bottom are open to all
ALLOWED = {
    "_version": set(),
    "errors": set(),
    "resources": set(),
    "files": set(),
    "text": {"errors"},
    "areas": {"errors", "resources", "files", "text"},
    "indicators": {"areas", "errors", "resources", "files", "text"},
    "warning": {"indicators", "areas", "errors", "resources", "files", "text"},
    "look": {"errors", "resources", "files", "text"},
    "maps": {"look", "warning", "indicators", "areas", "errors", "resources", "files", "text"},
    "charts": {"look", "warning", "indicators", "areas", "errors", "resources", "files", "text"},
    "summary": {
        "maps",
        "charts",
        "look",
        "warning",
        "indicators",
        "areas",
        "errors",
        "resources",
        "text",
        "_version",
    },
    "cli": {"summary", "maps", "charts", "warning", "indicators", "areas", "errors", "files", "text", "_version"},
}


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
        above = imported_rooms(path) - {room} - ALLOWED[room]
        wrong += [f"{path.relative_to(PACKAGE)} imports {other}" for other in above]
    assert not wrong
