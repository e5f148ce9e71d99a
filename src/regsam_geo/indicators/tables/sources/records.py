"""Lists of records in JSON, also as a script assigns them to a name, as the Indikatorenatlas hands them out."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.grid import MAX_COLUMNS, Grid, grid_of
from regsam_geo.text import problem

# pkw.js assigns its lists to names: they are cut out of the script, which is never run.
_ASSIGNED = re.compile(
    r"(?:export\s+)?(?:default\s+)?(?:const|let|var)\s+([A-Za-z_$][\w$]*)\s*(?::[^=]+)?=\s*|module\.exports\s*=\s*|export\s+default\s+"
)
_COMMENT = re.compile(r"^[ \t]*//[ \t]*([^\n]*)$|/\*(.*?)\*/", re.M | re.S)


def looks_like_records(text: str, ending: str) -> bool:
    """Whether a text begins as a list of records, or as a script that holds one."""
    head = _COMMENT.sub("", text[:20_000]).lstrip("\ufeff \t\r\n;")
    return head.startswith(("[", "{")) or bool(_ASSIGNED.match(head)) or ending.lower() in (".json", ".js")


def record_grids(text: str, path: Path) -> list[Grid] | None:
    """Read the lists of records; ``None`` where a text only looks like one.

    Raises
    ------
    InputError
        If the file is named as such a list but holds none, or other things beside it.
    """
    named = path.suffix.lower() in (".json", ".js", ".jsonl", ".ndjson")
    # Kept, as pkw.js says its year in a comment alone.
    comments = tuple(
        " ".join((match[1] or match[2] or "").split())
        for match in _COMMENT.finditer(text)
        if match.group().strip()
    )
    bare = _without_comments(text)
    try:
        parts = _parts(bare)
    except (ValueError, RecursionError):
        if not named:
            return None
        raise problem(InputError, "json_broken", file=path.name) from None
    if len(parts) > 1 and all(not name and isinstance(value, Mapping) for name, value in parts):
        parts = [("", [value for _, value in parts])]  # a record a line
    lists = [(name, rows) for name, value in parts for more, rows in _lists(value) for name in (name or more,)]
    grids = []
    for name, rows in lists:
        grid = _grid(path.name, name if len(lists) > 1 else "", rows, (*comments, *([name] if name else [])))
        if grid is not None:
            grids.append(grid)
    if not grids:
        if not named:
            return None
        raise problem(InputError, "json_no_records", file=path.name)
    return grids


def _without_comments(text: str) -> str:
    """Blank out comments outside of texts; the number of lines stays."""
    pattern = re.compile(r'"(?:\\.|[^"\\])*"|//[^\n]*|/\*.*?\*/', re.S)

    def blank(match: re.Match[str]) -> str:
        found = match.group()
        return found if found.startswith('"') else re.sub(r"[^\n]", " ", found)

    return pattern.sub(blank, text.lstrip("\ufeff"))


def _parts(text: str) -> list[tuple[str, Any]]:
    """Return the values of a file with the names they are assigned to; anything else beside them is an error."""
    decoder = json.JSONDecoder()
    position = 0
    found: list[tuple[str, Any]] = []
    while True:
        while position < len(text) and text[position] in " \t\r\n;,":
            position += 1
        if position >= len(text):
            return found
        name = ""
        if match := _ASSIGNED.match(text, position):
            name, position = match[1] or "", match.end()
        # a comma before the closing bracket is allowed in scripts
        value, position = decoder.raw_decode(text, position)
        found.append((name, value))


def _lists(value: Any) -> list[tuple[str, list[Mapping[str, Any]]]]:
    """Return the lists of records in a value: itself, or those one level down."""
    # A layer, for read_boundaries: its records are shapes.
    if isinstance(value, Mapping) and value.get("type") in ("FeatureCollection", "Topology"):
        return []
    if _is_records(value):
        return [("", value)]
    if isinstance(value, Mapping):
        inner = [(str(name), part) for name, part in value.items() if _is_records(part)]
        if inner:
            return inner
        # What DataFrame.to_json writes: column by column, each with the keys of its rows.
        columns = [part for part in value.values() if isinstance(part, Mapping | list)]
        if columns and len(columns) == len(value) and len({len(part) for part in columns}) == 1:
            keys = list(columns[0]) if isinstance(columns[0], Mapping) else list(range(len(columns[0])))
            try:
                return [("", [{name: part[key] for name, part in value.items()} for key in keys])]
            except (KeyError, IndexError, TypeError):
                return []
        if value and not any(isinstance(part, Mapping | list) for part in value.values()):
            return [("", [value])]
    return []


def _is_records(value: Any) -> bool:
    return isinstance(value, list) and len(value) > 0 and all(isinstance(one, Mapping) and one for one in value)


def _grid(file: str, sheet: str, records: Sequence[Mapping[str, Any]], captions: tuple[str, ...]) -> Grid | None:
    names = list(dict.fromkeys(str(name) for record in records for name in record))
    if len(names) > MAX_COLUMNS:
        raise problem(InputError, "too_many_columns", file=file, found=len(names), expected=MAX_COLUMNS)
    rows: list[list[Any]] = [list(names)]
    for number, record in enumerate(records, start=1):
        cells = [record.get(name, "") for name in names]
        if any(isinstance(cell, list | Mapping) for cell in cells):
            raise problem(InputError, "json_nested", file=file, row=number)
        # Beyond 2**53 a float is another number: a long key would no longer be itself.
        rows.append([float(cell) if type(cell) is int and abs(cell) < 1 << 53 else cell for cell in cells])
    return grid_of(file, sheet, rows, captions=captions, dialect="JSON", plain=True)
