"""Which district belongs to which of the 16 REGSAM regions, and on what evidence."""

from __future__ import annotations

import csv
import io
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

from regsam_geo.areas.ids import fold, natural_key, parse_area_id
from regsam_geo.errors import AreaError, OptionError, SchemeError
from regsam_geo.foreign import RefusedFileError, bounds, kind_of, read_content, read_sheets
from regsam_geo.resources import data_folder
from regsam_geo.text import (
    did_you_mean,
    html_table,
    join_words,
    problem,
    say,
    shorten,
    tell_once,
    where_it_was_sought,
)

SCHEME_COLUMNS = ("region_id", "region_name", "district_id", "evidence", "source")
DISTRICT_IDS = tuple(f"{number:02d}" for number in range(1, 26))

_TITLES = {
    "region_id": ("regionid", "region", "regionnummer", "planungsregion"),
    "district_id": ("districtid", "district", "stadtbezirk", "bezirk", "sbnummer"),
    "region_name": ("regionname", "name"),
    "evidence": ("evidence",),
    "source": ("source", "quelle"),
}


class RegionScheme(pd.DataFrame):  # type: ignore[misc]
    """A region table: an ordinary frame, one row per district, that shows its regions in a notebook."""

    @property
    def _constructor(self) -> Any:
        # whatever is made from it is a plain frame
        return pd.DataFrame

    def _repr_html_(self) -> str:
        """Show one row per region: its districts, and on what evidence they are assigned."""
        if not {"region_id", "region_name", "evidence"} <= set(self.columns):
            return str(pd.DataFrame(self).to_html())
        table = pd.DataFrame(self)
        rows = []
        for region in region_order(table):
            part = table[table["region_id"] == region]
            evidence = join_words(_evidence_words(word) for word in dict.fromkeys(part["evidence"]))
            rows.append((region, part["region_name"].iloc[0], ", ".join(part.index), evidence))
        head = [say(f"view.scheme.{name}") for name in ("region", "name", "districts", "evidence")]
        title = say("view.scheme", n=len(rows), total=len(table))
        return html_table(head, rows, title, describe_evidence(table))


def _evidence_words(word: str) -> str:
    known = ("published", "reported", "derived", "own")
    return say(f"view.scheme.evidence.{word}") if word in known else word


def load_region_scheme(
    path: str | Path | None = None, district_column: str | None = None, region_column: str | None = None
) -> pd.DataFrame:
    """Return which district belongs to which region: the shipped table of the 16 REGSAM regions, or your own.

    REGSAM has published no single list; ``evidence`` says for each row whether it is ``published`` by REGSAM,
    ``reported`` by the press, or ``derived`` from the areas of the Sozialbürgerhäuser.

    Parameters
    ----------
    path
        A table of your own: CSV (comma, semicolon or tab) or Excel, one row per district. The shipped table by
        default.
    district_column, region_column
        Where district and region stand in it; ``district_id``, ``Stadtbezirk``, ``region_id``, ``Region`` and the
        like are found without.

    Returns
    -------
    DataFrame
        One row per district, index ``district_id``; columns ``region_id``, ``region_name``, ``evidence`` (``own``
        where a file does not say it), ``source``.

    Raises
    ------
    SchemeError
        With the list, if a district is named twice, not at all, or unknown.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> scheme = rg.load_region_scheme()
    >>> scheme.loc["18", "region_id"]
    '17/18'
    >>> scheme["region_id"].nunique()
    16
    >>> from regsam_geo.resources import data_folder
    >>> rg.load_region_scheme(data_folder() / "boundaries" / "regsam_regions.csv").loc["08", "region_id"]
    '8/25'
    """
    if path is not None:
        return RegionScheme(_read_scheme(Path(path), district_column, region_column))
    if district_column is not None or region_column is not None:
        raise problem(OptionError, "scheme_columns_without_file", found=district_column or region_column)
    return RegionScheme(_shipped_scheme().copy())


@lru_cache(maxsize=1)
def _shipped_scheme() -> pd.DataFrame:
    return check_scheme(pd.read_csv(data_folder() / "boundaries" / "regsam_regions.csv", dtype=str))


def _read_scheme(path: Path, district_column: str | None, region_column: str | None) -> pd.DataFrame:
    """Read the first table of a file and find its columns, by the names given or by the usual ones."""
    lines = _lines_of(path)
    header = [str(cell).strip() for cell in lines[0]]
    wished = {"district_id": district_column, "region_id": region_column}
    places: dict[str, int] = {}
    for meaning, titles in _TITLES.items():
        named = wished.get(meaning)
        if named is not None and named not in header:
            hint = did_you_mean(named, header)
            raise problem(
                SchemeError, "scheme_column", file=path.name, column=named, found=shorten(header, 12), hint=hint
            )
        found = [i for i, title in enumerate(header) if (title == named if named else fold(title) in titles)]
        if found:
            places[meaning] = found[0]
    rows = []
    for line in lines[1:]:
        # Excel stores 17 as 17.0, and a row may end before its last empty cells.
        cells = [str(int(c)) if isinstance(c, float) and c.is_integer() else str(c).strip() for c in line]
        cells += [""] * (len(header) - len(cells))
        if any(cells):
            rows.append({meaning: cells[place] for meaning, place in places.items()})
    if lacking := [name for name in ("district_id", "region_id") if name not in places]:
        raise problem(
            SchemeError, "scheme_columns", file=path.name, missing=shorten(lacking), found=shorten(header, 12)
        )
    table = pd.DataFrame(rows, columns=list(places))
    if "evidence" not in table:
        table["evidence"] = "own"
    return check_scheme(table, path.name)


def _lines_of(path: Path) -> list[list[Any]]:
    """Return the lines of the first table of a file."""
    try:
        content = read_content(path, bounds().small_bytes)
    except RefusedFileError as refusal:
        raise refusal.as_error(SchemeError, path.name) from None
    except FileNotFoundError:
        raise problem(SchemeError, "file_missing", file=str(path), hint=where_it_was_sought(path)) from None
    except (OSError, ValueError) as error:
        raise problem(
            SchemeError,
            "scheme_unreadable",
            file=str(path),
            detail=getattr(error, "strerror", None) or str(error),
        ) from None
    try:
        # By content and not by ending: a workbook renamed to .csv is common.
        if kind_of(content) in ("zip", "Excel 97"):
            lines = next(iter(read_sheets(content).values()), [])
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                # What a German Excel writes if it is not told otherwise; it decodes nearly everything, so it
                # comes last.
                text = content.decode("cp1252")
            first = text.lstrip().split("\n", 1)[0]
            # A German Excel separates by semicolon, because the comma is its decimal mark.
            delimiter = max(";,\t", key=first.count)
            lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except RefusedFileError as refusal:
        raise refusal.as_error(SchemeError, path.name) from None
    except Exception as error:
        detail = str(error).split("\n")[0]
        raise problem(SchemeError, "scheme_unreadable", file=path.name, detail=detail) from None
    lines = [line for line in lines if any(str(cell).strip() for cell in line)]
    if not lines:
        raise problem(SchemeError, "scheme_unreadable", file=path.name, detail="–")
    return lines


def check_scheme(table: pd.DataFrame, file: str | Path = "") -> pd.DataFrame:
    """Return the scheme indexed by district, or say which district it misses, repeats or invents."""
    missing_columns = [name for name in ("region_id", "district_id") if name not in table]
    if missing_columns:
        raise problem(
            SchemeError,
            "scheme_columns",
            file=str(file),
            missing=shorten(missing_columns),
            found=shorten(list(table.columns), 12),
        )
    # Spellings are united before anything is compared: "1" and "01" are one district named twice.
    districts = pd.Series([_district(cell) for cell in table["district_id"]], index=table.index, dtype="str")
    twice = sorted(set(districts[districts.duplicated()]))
    absent = sorted(set(DISTRICT_IDS) - set(districts))
    unknown = sorted(set(districts) - set(DISTRICT_IDS))
    if twice or absent or unknown:
        raise problem(
            SchemeError,
            "scheme_districts",
            file=str(file),
            twice=shorten(twice, 25) or "–",
            absent=shorten(absent, 25) or "–",
            unknown=shorten(unknown, 25) or "–",
        )
    empty = table["region_id"].isna() | (table["region_id"].astype("str").str.strip() == "")
    if empty.any():
        raise problem(
            SchemeError, "scheme_no_region", file=str(file), districts=shorten(list(districts[empty]), 25)
        )
    scheme = table.assign(district_id=districts).set_index("district_id").sort_index()
    for column in ("region_name", "evidence", "source"):
        if column not in scheme:
            scheme[column] = scheme["region_id"] if column == "region_name" else ""
    return scheme[["region_id", "region_name", "evidence", "source"]].astype("str")


def _district(cell: object) -> str:
    """Return the id of a district in any of its spellings, or what stands there."""
    try:
        return parse_area_id(cell, level="district").area_id
    except AreaError:
        return str(cell)


def as_scheme(scheme: object) -> pd.DataFrame:
    """Return a region table, or say what came in its place."""
    if scheme is None:
        return load_region_scheme()
    if not isinstance(scheme, pd.DataFrame):
        raise problem(
            OptionError, "scheme_type", found=f"„{scheme}“" if isinstance(scheme, str) else type(scheme).__name__
        )
    return scheme


def region_order(scheme: pd.DataFrame) -> list[str]:
    """Return the region ids in the order of their first district."""
    return sorted(scheme["region_id"].unique(), key=natural_key)


def describe_evidence(scheme: pd.DataFrame, lang: str | None = None) -> str:
    """Say which rows of a region table are only derived; empty where none is.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> describe_evidence(rg.load_region_scheme(), "en")[:47]
    'REGSAM has published no single list of regions.'
    """
    derived = scheme.index[scheme["evidence"] == "derived"]
    if derived.empty:
        return ""
    return say("note.scheme.derived", lang, n=len(derived), total=len(scheme), districts=", ".join(derived))


def tell_derived(scheme: pd.DataFrame) -> None:
    """Tell the user once in a session which rows of the shipped table are derived."""
    if sentence := describe_evidence(scheme):
        tell_once("scheme.derived", sentence)
