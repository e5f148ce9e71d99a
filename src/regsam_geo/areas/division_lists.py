"""The forms in which people list which area belongs to which group, laid out as one row per area.

A row per area, with the group beside it or above it; a row per group, with its areas in one cell; a column per
group, with its areas below or with crosses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from regsam_geo.areas.division import COLUMNS, TITLES, titled
from regsam_geo.areas.ids import fold
from regsam_geo.areas.keys import NAMED_THROUGHOUT, read_keys
from regsam_geo.errors import DivisionError
from regsam_geo.text import did_you_mean, join_words, problem, say, shorten

Lines = list[list[str]]
MOST_ABOVE = 15
"""So many lines may stand above the head of a list: titles, sources, dates."""
_NO_GROUP = re.compile(r"[\s\-\u2013\u2014./]*|keine?r?|ohne|none|n/a", re.IGNORECASE)
_CROSS = re.compile(r"x|1|ja|yes|wahr|true|✓|✔|☒|●", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:[,;\n+&/]|\bund\b|\band\b)\s*")


def laid_out(lines: Lines, wished: Mapping[str, str | None], file: str) -> pd.DataFrame:
    """Return the rows of a list: ``area_id``, ``region_id``, and what else its titles say.

    Parameters
    ----------
    lines
        The cells of one sheet; lines without a cell left out.
    wished
        The titles that were named for ``area_id`` and ``region_id``.
    file
        What messages call it.

    Raises
    ------
    DivisionError
        If no areas or groups are found.

    Examples
    --------
    >>> lines = [["Räume der Stadt"], ["Nord", "Mitte"], ["11", "1"], ["Feldmoching-Hasenbergl", ""]]
    >>> laid_out(lines, {}, "raeume.csv")[["area_id", "region_id"]].to_numpy().tolist()
    [['11', 'Nord'], ['Feldmoching-Hasenbergl', 'Nord'], ['1', 'Mitte']]
    """
    width = max(len(line) for line in lines)
    lines = [[cell.strip() for cell in [*line, *[""] * width][:width]] for line in lines]
    heads = range(min(len(lines), MOST_ABOVE))
    named = {meaning: title for meaning, title in wished.items() if title is not None}
    if named and not any(set(named.values()) <= set(lines[place]) for place in heads):
        missing = next(title for title in named.values() if not any(title in lines[place] for place in heads))
        known = _widest(lines)
        hint, listed = did_you_mean(missing, known), shorten(known, 12)
        raise problem(DivisionError, "division_column", file=file, column=missing, found=listed, hint=hint)
    for place in heads:
        if set(named.values()) <= set(lines[place]):
            meant = _by_titles(lines[place], lines[place + 1 :], named)
            if {"area_id", "region_id"} <= set(meant):
                return _rows(lines[place + 1 :], meant)
    for place in heads:
        for form in (_crossed, _a_column_each):
            table = form(lines[place], lines[place + 1 :])
            if len(table) and not named:
                return table
        meant = _by_content(lines[place], lines[place + 1 :], named)
        if {"area_id", "region_id"} <= set(meant):
            # without a head the first line is a row
            whole = bool(read_keys([lines[place][meant["area_id"]]]).areas)
            return _rows(lines[place + (not whole) :], meant)
    found = _widest(lines)
    meant = _by_content(found, lines[lines.index(found) + 1 :], named)
    lacking = [one for one in ("area_id", "region_id") if one not in meant]
    missing = join_words(say(f"label.division.{one}") for one in lacking)
    raise problem(DivisionError, "division_columns", file=file, missing=missing, found=shorten(found, 12))


def _widest(lines: Lines) -> list[str]:
    """Return the line that is likeliest to be a head: the first with the most cells."""
    return max(lines[:MOST_ABOVE], key=lambda line: sum(bool(cell) for cell in line))


def _by_titles(header: list[str], below: Lines, named: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each column that a title means."""
    found = {meaning: header.index(title) for title, meaning in titled(header).items()}
    for meaning, title in named.items():
        place = header.index(title)
        found = {**{other: at for other, at in found.items() if at != place}, meaning: place}
    name = found.get("region_name")
    if name is not None and _are_areas([line[name] for line in below]):
        # the names of the areas, not of their groups
        if "area_id" not in found:
            found["area_id"] = name
        del found["region_name"]
    if "region_id" not in found and "region_name" in found:
        # a list that has only names calls its groups by them
        found["region_id"] = found["region_name"]
    return {meaning: found[meaning] for meaning in TITLES if meaning in found}


def _by_content(header: list[str], below: Lines, named: Mapping[str, str]) -> dict[str, int]:
    """Return the place of each column that is meant by its title, or by what stands in it."""
    if not set(named.values()) <= set(header):
        return {}
    found = _by_titles(header, below, named)
    left = [
        place
        for place, title in enumerate(header)
        if place not in found.values() and title and any(line[place] for line in below)
    ]
    if "area_id" not in found:
        # a column of numbers or names of areas, whatever it is called
        for place in left:
            if _are_areas([line[place] for line in below]):
                found["area_id"] = place
                left.remove(place)
                break
    left = [place for place in left if not _are_areas([line[place] for line in below])]
    if "region_id" not in found and len(left) == 1 and "area_id" in found:
        found["region_id"] = left[0]
    return found


def _are_areas(cells: list[str]) -> bool:
    """Tell whether a column is one of areas, or of lists of areas."""
    keys = {part for cell in cells if cell for part in _areas_in(cell)}
    return bool(keys) and len(read_keys(keys).areas) >= NAMED_THROUGHOUT * len(keys)


def _areas_in(cell: str) -> list[str]:
    """Cut a cell that lists several areas; names that hold a comma or a hyphen themselves stay."""
    if read_keys([cell]).areas:
        return [cell]
    parts = [part for part in _BETWEEN.split(cell) if part]
    return parts if len(parts) > 1 and len(read_keys(parts).areas) == len(set(parts)) else [cell]


def _rows(lines: Lines, meant: Mapping[str, int]) -> pd.DataFrame:
    """Return the rows of a list with a column of areas and one of groups."""
    table = pd.DataFrame([[line[place] for place in meant.values()] for line in lines], columns=list(meant))
    table = table[(table["area_id"] != "") | (table["region_id"] != "")]
    groups = table["region_id"].mask(table["region_id"] == "")
    if meant["region_id"] < meant["area_id"] and groups.dropna().is_unique and groups.isna().any():
        # a group that stands once above its areas, as in cells that were merged
        columns = [one for one in ("region_id", "region_name") if one in table]
        table[columns] = table[columns].mask(table[columns] == "").ffill().fillna("")
    table["region_id"] = table["region_id"].mask(table["region_id"].str.fullmatch(_NO_GROUP), "")
    # what is in no group needs no id: notes below the list, sums, districts that nobody has assigned
    table = table[(table["region_id"] != "") & (table["area_id"] != "")]
    table = table.assign(area_id=table["area_id"].map(_areas_in)).explode("area_id", ignore_index=True)
    if "region_name" in table:
        called = table[["region_id", "region_name"]].drop_duplicates()
        if not called["region_id"].is_unique:
            # it differs within a group, and names something else
            table = table.drop(columns="region_name")
    table = table.drop_duplicates(["area_id", "region_id"], ignore_index=True)
    for column in (one for one in COLUMNS if one in table):
        table[column] = table[column].where(table[column] != "", None)
    return table


def _a_column_each(header: list[str], below: Lines) -> pd.DataFrame:
    """Return the rows of a list in which each group heads a column of its areas."""
    pairs: list[tuple[str, str]] = []
    for place, group in enumerate(header):
        cells = [line[place] for line in below if line[place]]
        if not group and not cells:
            continue
        # a column beside them that holds something else: this is no such list
        if not group or fold(group) in TITLES["area_id"] or read_keys([group]).areas or not _are_areas(cells):
            return pd.DataFrame()
        pairs += [(area, group) for cell in cells for area in _areas_in(cell)]
    return pd.DataFrame(pairs, columns=["area_id", "region_id"]).drop_duplicates(ignore_index=True)


def _crossed(header: list[str], below: Lines) -> pd.DataFrame:
    """Return the rows of a list in which crosses say to which group an area belongs."""
    areas = [place for place, title in enumerate(header) if title and _are_areas([line[place] for line in below])]
    groups = [place for place, title in enumerate(header) if title and place not in areas]
    cells = [line[place] for line in below for place in groups if line[place]]
    if not areas or not groups or not cells or not all(_CROSS.fullmatch(cell) for cell in cells):
        return pd.DataFrame()
    pairs = [
        (line[areas[0]], header[place]) for line in below for place in groups if line[place] and line[areas[0]]
    ]
    return pd.DataFrame(pairs, columns=["area_id", "region_id"])
