"""Draws the rooms and what they import, read from the code: ``python docs/images/draw_architecture.py [FILE]``.

The floors within ``warning`` and ``summary`` follow from their imports too. A test compares the stored picture
with the imports of today.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import structure

PACKAGE = Path(__file__).parents[2] / "src" / "regsam_geo"

# from the roof to the foundation, with what each room answers; `tests/test_architecture.py` holds the order
FLOORS = (
    (("cli", "the shell"),),
    (("summary", "TELL"),),
    (("maps", "SHOW"), ("charts", "SHOW"), ("audit", "CHECK")),
    (("warning", "SO WHAT"),),
    (("situation", "STANDS"),),
    (("study", "WHAT ABOUT"),),
    (("places", "WHERE FROM"),),
    (("indicators", "WHAT"),),
    (("areas", "WHERE"),),
    (("files", ""), ("foreign", "")),
    (("text", "words"),),
    (("errors", ""), ("resources", "")),
)
# these have floors of their own
DIVIDED = ("summary", "warning")
# stands beside the floors of the figures, knows none of them and is known by none
ASIDE, ASIDE_FROM, ASIDE_TO = ("look", "one theme"), 3, 8
FLAT = [room for floor in FLOORS for room, _ in floor]
ROOMS = [*FLAT[: FLAT.index("warning")], "look", *FLAT[FLAT.index("warning") :]]
# the number of the version alone
LEFT_OUT = {"__init__", "_version"}

WIDTH, BOX, GAP, TOP = 1150, 50, 12, 46
LEFT, RIGHT, BETWEEN = 50, 430, 10
HEAD, INNER, MARGIN = 34, 26, 8
CELL, ROW, MATRIX_X, MATRIX_Y = 42, 34, 555, 128
INK, SOFT, LINE, FILL = "#1b1f27", "#5a6472", "#8a94a3", "#e3edf2"
BOLD = ' font-weight="600"'


def inner_floors(room: str) -> list[list[str]]:
    """Return the parts of a divided room by floor, the highest first."""
    if room not in DIVIDED:
        return []
    pairs = {pair for pair in structure.arrows(PACKAGE / room) if "__init__" not in pair}
    heights = structure.heights(pairs)
    ordered = sorted(heights, key=lambda part: (-heights[part], part))
    return [list(parts) for _, parts in groupby(ordered, key=heights.__getitem__)]


def _high(floor: tuple[tuple[str, str], ...]) -> int:
    """Height of a floor."""
    inner = max(len(inner_floors(room)) for room, _ in floor)
    return HEAD + inner * INNER + MARGIN if inner else BOX


def _tops() -> list[int]:
    """Top edges of the floors, and the foot of the house."""
    tops = [TOP]
    for floor in FLOORS:
        tops.append(tops[-1] + _high(floor) + GAP)
    return tops


def count_imports() -> Counter[tuple[str, str]]:
    """Count, for each pair of rooms, the modules of the one that import the other."""
    found: Counter[tuple[str, str]] = Counter()
    for path in sorted(PACKAGE.rglob("*.py")):
        room = path.relative_to(PACKAGE).parts[0].removesuffix(".py")
        if room not in LEFT_OUT:
            found.update((room, other) for other in _imported(path) - {room} - LEFT_OUT)
    return found


@cache
def _imported(path: Path) -> set[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.append(node.module)
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return {name.split(".")[1] for name in names if name.startswith("regsam_geo.")}


def _boxes() -> Iterator[tuple[str, str, float, float, float, float]]:
    """Name, question, left edge, top edge, width and height of each room."""
    aside, tops = (RIGHT - LEFT) / 4, _tops()
    for number, floor in enumerate(FLOORS):
        right = RIGHT - aside - BETWEEN if ASIDE_FROM <= number <= ASIDE_TO else RIGHT
        wide = (right - LEFT - BETWEEN * (len(floor) - 1)) / len(floor)
        for place, (room, question) in enumerate(floor):
            yield room, question, LEFT + place * (wide + BETWEEN), tops[number], wide, _high(floor)
    high = tops[ASIDE_TO + 1] - GAP - tops[ASIDE_FROM]
    yield *ASIDE, RIGHT - aside, tops[ASIDE_FROM], aside, high


def _draw_room(room: str, question: str, x: float, y: float, wide: float, high: float) -> Iterator[str]:
    """Draw a room, and the floors in it."""
    yield _rect(x, y, wide, high, FILL, 5)
    floors, center = inner_floors(room), x + wide / 2
    if floors:
        yield _text(x + MARGIN, y + 21, room, 15, anchor="start", more=BOLD)
        yield _text(x + wide - MARGIN, y + 21, question, 12, SOFT, "end")
    else:
        middle = y + high / 2
        yield _text(center, middle - 3 if question else middle + 5, room, 12 if wide < 90 else 15, more=BOLD)
        if question:
            yield _text(center, middle + 15, question, 12, SOFT)
    for number, parts in enumerate(floors):
        top = y + HEAD + number * INNER
        share = (wide - 2 * MARGIN - 4 * (len(parts) - 1)) / len(parts)
        for place, part in enumerate(parts):
            left = x + MARGIN + place * (share + 4)
            yield _rect(left, top, share, INNER - 4, "#ffffff", 3)
            words = part.replace("_", " ")
            yield _text(left + share / 2, top + 15, words, 11 if 6.2 * len(words) < share else 9)


def _rect(x: float, y: float, wide: float, high: float, fill: str, round_: int) -> str:
    place = f'x="{x:g}" y="{y:g}" width="{wide:g}" height="{high:g}" rx="{round_}"'
    return f'<rect {place} fill="{fill}" stroke="{LINE}"/>'


def _text(
    x: float, y: float, text: str, size: int, color: str = INK, anchor: str = "middle", more: str = ""
) -> str:
    place = f'x="{x:g}" y="{y:g}" font-size="{size}" fill="{color}" text-anchor="{anchor}"'
    return f"<text {place}{more}>{text}</text>"


def draw() -> str:
    """Return the picture: the floors on the left, every import on the right."""
    imports = count_imports()
    rooms = [room for room in ROOMS if any(room in pair for pair in imports)]
    strange = sorted({room for pair in imports for room in pair} - set(ROOMS))
    if strange:
        msg = f"rooms without a floor: {', '.join(strange)}"
        raise ValueError(msg)
    total = sum(imports.values())
    height = max(_tops()[-1] - GAP, MATRIX_Y + len(rooms) * ROW) + 24
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        'font-family="system-ui, sans-serif">',
        "<title>The rooms of regsam_geo and what they import</title>",
        f"<desc>{_description(imports)}</desc>",
        f'<rect width="{WIDTH}" height="{height}" fill="#ffffff"/>',
    ]
    for box in _boxes():
        parts += _draw_room(*box)
    foot = _tops()[-1] - GAP
    parts.append(
        f'<path d="M{LEFT - 20} {TOP} V{foot} m-5 -8 l5 8 l5 -8" fill="none" stroke="{INK}" stroke-width="1.5"/>'
    )
    parts.append(_text(LEFT - 25, TOP - 16, "imports go down, never up or sideways", 13, SOFT, "start"))
    caption = f"modules of the row that import the column, {total} in all"
    parts.append(_text(MATRIX_X, TOP - 16, caption, 13, SOFT, "start"))
    for row, room in enumerate(rooms):
        y = MATRIX_Y + row * ROW + 18
        parts.append(_text(MATRIX_X - 10, y + 4, room, 12, anchor="end"))
        x = MATRIX_X + row * CELL + CELL / 2
        turn = f' transform="rotate(-40 {x:g} {MATRIX_Y - 8})"'
        parts.append(_text(x - 8, MATRIX_Y - 8, room, 12, anchor="start", more=turn))
        for column, other in enumerate(rooms):
            n = imports[room, other]
            left, top = MATRIX_X + column * CELL, MATRIX_Y + row * ROW
            if column == row:
                parts.append(f'<rect x="{left}" y="{top}" width="{CELL}" height="{ROW}" fill="#d7dce2"/>')
            elif n:
                shade = 0.12 + 0.4 * min(n, 20) / 20
                parts.append(
                    f'<rect x="{left}" y="{top}" width="{CELL}" height="{ROW}" fill="#2a7ca0" '
                    f'fill-opacity="{shade:.2f}"/>'
                )
                parts.append(_text(left + CELL / 2, top + 22, str(n), 13))
    edge, bottom = MATRIX_X + len(rooms) * CELL, MATRIX_Y + len(rooms) * ROW
    parts.append(
        f'<rect x="{MATRIX_X}" y="{MATRIX_Y}" width="{edge - MATRIX_X}" height="{bottom - MATRIX_Y}" fill="none" '
        f'stroke="{LINE}"/>'
    )
    return "\n".join([*parts, "</svg>", ""])


def _description(imports: Counter[tuple[str, str]]) -> str:
    sentences = []
    for room in ROOMS:
        others = [f"{other} ({imports[room, other]})" for other in ROOMS if imports[room, other]]
        if others:
            sentences.append(f"{room} imports {', '.join(others)}.")
    for room in DIVIDED:
        floors = "; ".join(", ".join(parts) for parts in inner_floors(room))
        sentences.append(f"Floors of {room} from the top: {floors}.")
    return " ".join(sentences)


if __name__ == "__main__":
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).with_name("architecture.svg")
    target.write_text(draw(), encoding="utf-8", newline="\n")
