"""``read_division``: a division from a list in a file, from polygons, from a table or from a mapping."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast

import geopandas as gpd
import pandas as pd

from regsam_geo.areas.assignment import CLEAR_SHARE, overlap_shares
from regsam_geo.areas.division import DIVISION_LEVELS, Division, shipped_division
from regsam_geo.areas.division_lists import MOST_ABOVE, laid_out
from regsam_geo.areas.layers import ShippedLevel, load_boundaries
from regsam_geo.areas.polygons import read_boundaries
from regsam_geo.errors import DivisionError, OptionError
from regsam_geo.foreign import RefusedFileError, bounds, kind_of, read_content, read_sheets
from regsam_geo.text import (
    check_choice,
    problem,
    say,
    shorten,
    tell,
    where_it_was_sought,
)

_TABLES = ("zip", "Excel 97", "text")
"""Kinds of files that hold a list; a zipped shapefile is told apart by what is in it."""


def read_division(
    source: str | Path | gpd.GeoDataFrame | pd.DataFrame | pd.Series | Mapping[Any, Any] | None = None,
    area_column: str | None = None,
    group_column: str | None = None,
    *,
    name: str | None = None,
    level: str | None = None,
    date: str = "",
    sources: str | Iterable[str] = (),
) -> Division:
    """Make a division of a city into groups of areas: the 16 REGSAM regions, or one of your own.

    REGSAM has published no single list; ``evidence`` says for each row whether it is ``published`` by REGSAM,
    ``reported`` by the press, or ``derived`` from the areas of the Sozialbürgerhäuser.

    Parameters
    ----------
    source
        A list in a file: CSV (comma, semicolon or tab) or Excel, one row per area; a row or a column per group
        will do, and titles above it. Polygons of the groups: a layer
        in a file or a frame of polygons with the groups' ids as index; an area belongs to the group that holds the
        largest share of it, to none where more of it lies outside. Or a table or mapping in memory, from areas to
        groups, or from groups to lists of areas. The 16 REGSAM regions by default.
    area_column, group_column
        Where area and group stand in the list; ``Stadtbezirk``, ``Region``, ``Handlungsraum`` and the like are
        found without, and so is a column of numbers or names of areas. Of polygons, ``group_column`` is their id.
    name
        What headings call the groups, such as ``"Handlungsräume"``.
    level
        What the areas are: ``"district"``, ``"subdistrict"``, ``"quarter"``, or ``"own"`` for areas that are none
        of Munich's. Found by the ids where it is not said; polygons are made of districts.
    date, sources
        As of when it holds, and where it stands.

    Returns
    -------
    Division
        To be given to ``Study(division=)``. Areas that it does not name are in no group.

    Raises
    ------
    DivisionError
        With the list, if an area is named twice or unknown, or no column of areas or groups is found.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.read_division()
    Division('REGSAM regions', 16 groups of 25 areas, level='district')
    >>> rg.read_division({"Nord": ["Milbertshofen-Am Hart", 12, 24]}, name="Handlungsraum").members_of("Nord")
    ['11', '12', '24']
    >>> from regsam_geo.resources import data_folder
    >>> rg.read_division(data_folder() / "boundaries" / "regsam_regions.csv").region_of("district", "08")
    '8/25'
    """
    if source is None:
        if area_column is not None or group_column is not None:
            raise problem(OptionError, "division_columns_without_file", found=area_column or group_column)
        return shipped_division()
    if level is not None:
        check_choice(level, DIVISION_LEVELS, "division_level")
    listed: Any = source
    if isinstance(source, str | Path) and _is_layer(Path(source)):
        source = read_boundaries(source, group_column)
    if isinstance(source, gpd.GeoDataFrame):
        listed = _by_place(source, cast("ShippedLevel", level or "district"))
        level = level or "district"
    elif isinstance(source, str | Path):
        listed = _read_list(Path(source), area_column, group_column)
    elif isinstance(source, pd.DataFrame) and (area_column or group_column):
        wished = {area_column: "area_id", group_column: "region_id"}
        listed = source.rename(columns={key: value for key, value in wished.items() if key})
    said = (sources,) if isinstance(sources, str) else tuple(sources)
    file = Path(source).name if isinstance(source, str | Path) else ""
    try:
        return Division(listed, name or "", level or "", date, said)
    except DivisionError as error:
        # a message about a list names its file
        if not file or "file" not in error.fields:
            raise
        raise problem(DivisionError, error.code, **{**error.fields, "file": file}) from None


def _is_layer(path: Path) -> bool:
    """Tell polygons from a list, by what the file holds."""
    try:
        content = read_content(path, bounds().layer_bytes)
    except (RefusedFileError, OSError, ValueError):
        # said by who reads the list
        return False
    kind = kind_of(content)
    if kind == "zip":
        return b".shp" in content.lower() or b".kml" in content.lower()
    return kind not in _TABLES


def _by_place(polygons: gpd.GeoDataFrame, level: ShippedLevel) -> pd.DataFrame:
    """Return the areas of a level with the polygon that holds the largest share of them."""
    areas = load_boundaries(level)
    shares = overlap_shares(areas, polygons)
    # the largest share stands first within an area
    best = shares.drop_duplicates("area_id").set_index("area_id")
    outside = 1 - shares.groupby("area_id")["share"].sum().reindex(best.index)
    best = best[best["share"] >= outside - 1e-9]
    if best.empty:
        raise problem(DivisionError, "division_nowhere")
    if len(split := best.index[best["share"] < CLEAR_SHARE]):
        listed = [f"{area} ({best.loc[area, 'share']:.0%})" for area in split]
        tell(say("note.assign.split", n=len(split), areas=shorten(listed, 12)))
    if missed := [str(one) for one in polygons.index if one not in set(best["target_id"])]:
        tell(say("note.division.no_area", n=len(missed), regions=shorten(missed, 12)))
    regions = best["target_id"].astype("str")
    names = polygons["name"].set_axis(polygons.index.astype("str")) if "name" in polygons else None
    return pd.DataFrame(
        {
            "area_id": best.index,
            "region_id": regions.to_numpy(),
            "region_name": (regions if names is None else regions.map(names)).to_numpy(),
            "evidence": "overlap",
            # Parts measured along the same border may sum to a hair more than the whole.
            "share": best["share"].clip(upper=1.0).to_numpy(),
        }
    )


def _read_list(path: Path, area_column: str | None, group_column: str | None) -> pd.DataFrame:
    """Read the first list of a file and find its columns, by the names given, their titles or what is in them."""
    wished = {"area_id": area_column, "region_id": group_column}
    refused = None
    for lines in _sheets_of(path):
        try:
            # Excel stores 17 as 17.0
            return laid_out([[_cell(cell) for cell in line] for line in lines], wished, path.name)
        except DivisionError as error:
            # a sheet of notes may stand before the list
            refused = refused or error
    raise refused or problem(DivisionError, "division_unreadable", file=path.name, detail="–")


def _cell(cell: Any) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell).strip()


def _sheets_of(path: Path) -> list[list[list[Any]]]:
    """Return the lines of each sheet of a file; of empty ones nothing."""
    try:
        content = read_content(path, bounds().small_bytes)
    except RefusedFileError as refusal:
        raise refusal.as_error(DivisionError, path.name) from None
    except FileNotFoundError:
        raise problem(DivisionError, "file_missing", file=str(path), hint=where_it_was_sought(path)) from None
    except (OSError, ValueError) as error:
        raise problem(
            DivisionError,
            "division_unreadable",
            file=str(path),
            detail=getattr(error, "strerror", None) or str(error),
        ) from None
    try:
        # By content and not by ending: a workbook renamed to .csv is common.
        if kind_of(content) in ("zip", "Excel 97"):
            sheets = list(read_sheets(content).values())
        else:
            text = _decoded(content)
            # A German Excel separates by semicolon, because the comma is its decimal mark. Titles above the list
            # may hold none.
            delimiter = max(";\t,", key="\n".join(text.split("\n", MOST_ABOVE)[:MOST_ABOVE]).count)
            sheets = [list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))]
    except RefusedFileError as refusal:
        raise refusal.as_error(DivisionError, path.name) from None
    except Exception as error:
        detail = str(error).split("\n")[0]
        raise problem(DivisionError, "division_unreadable", file=path.name, detail=detail) from None
    filled = [[line for line in lines if any(str(cell).strip() for cell in line)] for lines in sheets]
    return [lines for lines in filled if lines]


def _decoded(content: bytes) -> str:
    """Return a text in whichever encoding a spreadsheet saved it."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # what a German Excel writes if it is not told otherwise; it decodes nearly everything, so it comes last
        return content.decode("cp1252")
