"""What the reader of workbooks does not tell: percent formats, hidden rows and columns, formulas, error cells.

Each is looked for only where a search of bytes finds a sign of it, so that a large sheet costs next to nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree

from regsam_geo.indicators.tables.grid import Percent

_CELL = re.compile(rb'<c r="([A-Z]{1,3})(\d{1,7})"([^>]*?)(?:/>|>(.*?)</c>)', re.S)
_ROW = re.compile(rb"<row ([^>]*)>")
_COLUMN = re.compile(rb"<col ([^>]*)>")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass(frozen=True)
class SheetFacts:
    """What the file says of one sheet: rows and columns are counted from 1."""

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    instead: Mapping[tuple[int, int], Callable[[Any], Any]] = field(default_factory=dict)


def facts_of(parts: Mapping[str, bytes]) -> dict[str, SheetFacts]:
    """Return what the parts of a workbook say of its sheets, by title; one that says it oddly says nothing."""
    try:
        titles = _titles(parts)
        percent = _percent_styles(parts)
    except (KeyError, ValueError, ElementTree.ParseError):
        return {}
    return {title: _facts(parts[file], percent) for title, file in titles.items() if file in parts}


def _titles(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Return the part that holds each sheet."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(parts["xl/_rels/workbook.xml.rels"])
    }
    found = {}
    for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter():
        if element.tag.endswith("}sheet"):
            target = targets.get(element.get(_RELATION), "")
            found[element.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return found


def _percent_styles(parts: Mapping[str, bytes]) -> set[bytes]:
    """Return the numbers of the styles that show a percent sign."""
    if "xl/styles.xml" not in parts:
        return set()
    root = ElementTree.fromstring(parts["xl/styles.xml"])
    space = root.tag.partition("}")[0] + "}"
    formats = {
        one.get("numFmtId"): one.get("formatCode", "") for one in root.iter(f"{space}numFmt")
    }  # 9 and 10 are built in
    # A percent sign in quotes is only shown: Excel does not multiply for it.
    shows = {number for number, code in formats.items() if "%" in re.sub(r'"[^"]*"|\\.', "", code)} | {"9", "10"}
    styles = root.find(f"{space}cellXfs")
    if styles is None:
        return set()
    return {str(i).encode() for i, style in enumerate(styles) if style.get("numFmtId") in shows}


def _facts(sheet: bytes, percent: set[bytes]) -> SheetFacts:
    rows: set[int] = set()
    columns: set[int] = set()
    if b'hidden="' in sheet:
        for (attributes,) in ((match[1],) for match in _ROW.finditer(sheet) if b"hidden=" in match[1]):
            number = re.search(rb'\br="(\d+)"', attributes)
            if number and re.search(rb'hidden="(?:1|true)"', attributes):
                rows.add(int(number[1]))
        for match in _COLUMN.finditer(sheet[: sheet.find(b"<sheetData")]):
            low, high = re.search(rb'min="(\d+)"', match[1]), re.search(rb'max="(\d+)"', match[1])
            if low and high and re.search(rb'hidden="(?:1|true)"', match[1]):
                # 16,384 is the last column of Excel; a forged number would fill the memory.
                columns |= set(range(int(low[1]), min(int(high[1]), 16_384) + 1))
    instead: dict[tuple[int, int], Callable[[Any], Any]] = {}
    styled = {style for style in percent if b' s="' + style + b'"' in sheet}
    if styled or b"<f" in sheet or b't="e"' in sheet:
        for match in _CELL.finditer(sheet):
            attributes, inner = match[3], match[4] or b""
            what: Callable[[Any], Any] | None = None
            if b't="e"' in attributes:
                what = _error(inner)
            elif b"<f" in inner and not re.search(rb"<v>[^<]|<is>", inner):
                # The reader gives nothing for a formula without a result: its figure would be missing in silence.
                what = _formula(inner)
            elif styled and (style := re.search(rb'\bs="(\d+)"', attributes)) and style[1] in styled:
                what = _as_percent
            if what is not None:
                instead[int(match[2]), _place(match[1])] = what
    return SheetFacts(frozenset(rows), frozenset(columns), instead)


def _place(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _error(inner: bytes) -> Callable[[Any], Any]:
    value = re.search(rb"<v>([^<]*)</v>", inner)
    text = value[1].decode("utf-8", "replace") if value else "#FEHLER"
    return lambda _: text


def _formula(inner: bytes) -> Callable[[Any], Any]:
    value = re.search(rb"<f[^>]*>([^<]*)</f>", inner)
    text = "=" + (value[1].decode("utf-8", "replace") if value else "…")
    # a formula that gives an empty text is stored as such by Excel, and calamine cannot tell it from none
    return lambda cell: text if cell in ("", None) else cell


def _as_percent(cell: Any) -> Any:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return cell
    # 100 * 0.07 is 7.000000000000001: the column would count as computed, and not as printed.
    return Percent(round(100 * cell, 10))
