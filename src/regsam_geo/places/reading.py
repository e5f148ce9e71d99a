"""Records and places with coordinates, read piece by piece: CSV, Parquet, GeoPackage, or what lies in memory."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import pyproj
import shapely

from regsam_geo.areas import CRS, load_boundaries
from regsam_geo.errors import InputError, OptionError
from regsam_geo.foreign import RefusedFileError, crs_of, kind_of, open_layers, open_points
from regsam_geo.text import did_you_mean, problem, say, shorten, tell, where_it_was_sought

if TYPE_CHECKING:
    import dask.dataframe as dd
    import pyarrow as pa

RecordsLike: TypeAlias = "str | Path | Sequence[str | Path] | pd.DataFrame | pa.Table | dd.DataFrame"
"""A file, several of them or a folder, or a frame."""
PlacesLike: TypeAlias = "str | Path | pd.DataFrame"

ROWS_A_PIECE = 500_000
_BYTES_A_PIECE = 4 << 20
_HEAD_BYTES = 1 << 18
_NO_NUMBER = ["", "NA", "N/A", "NaN", "nan", "NULL", "null", "None", "-", "."]

WORDS: dict[str, tuple[str, ...]] = {
    "x": ("x", "lon", "lng", "long", "longitude", "laengengrad", "länge", "rechtswert", "ostwert", "easting"),
    "y": ("y", "lat", "latitude", "breitengrad", "breite", "hochwert", "nordwert", "northing"),
    "date": ("date", "datum", "tag", "eingang", "fall_datum", "falldatum", "period", "zeitraum", "monat", "jahr"),
    "id": ("id", "case_id", "fall_id", "fallnummer", "fallnr", "aktenzeichen", "record_id"),
    "area": ("area_id", "viertel", "quarter", "vi_nummer", "bezirksteil", "bt_nummer", "stadtbezirk", "sb_nummer"),
}
"""What columns are usually called; ``columns=`` says anything else."""
USUAL_CRS = ("EPSG:4326", "EPSG:25832", "EPSG:31468", "EPSG:31467", "EPSG:4647", "EPSG:25833", "EPSG:3857")
MOST_INSIDE = 0.5
"""From this share of points within the areas' bounds a coordinate system is proved."""


_SURELY = 0.9
_LAYERS = ("JSON", "Shapefile", "FlatGeobuf", "XML", "zip")
"""Kinds of files that hold a layer of places as they hold one of areas."""


class Piece(NamedTuple):
    """Some of the rows, and what to call them in a message."""

    name: str
    rows: Any


@dataclass(frozen=True)
class Records:
    """Rows that are read when they are asked for.

    Attributes
    ----------
    source
        What they are called in a message.
    names
        Their columns.
    crs
        Where their coordinates are said to lie; ``None`` where nothing says it.
    geometry
        The column of points, if there is one.
    pieces
        Gives the rows, piece by piece, with some columns.
    """

    source: str
    names: tuple[str, ...]
    crs: pyproj.CRS | None
    geometry: str | None
    pieces: Callable[[Sequence[str]], Iterator[Piece]]


def open_records(records: Any, columns: Mapping[str, str] | None = None) -> list[Records]:
    """Return what is to be read: one ``Records`` for each file, or for a frame.

    Raises
    ------
    InputError
        If a file is missing or of another kind.
    """
    if isinstance(records, pd.DataFrame):
        return [_of_frame(records)]
    if _module(records) == "pyarrow":
        return [_of_table(records)]
    if isinstance(records, str | Path):
        path = Path(records)
        if path.is_dir():
            files = sorted(one for one in path.iterdir() if one.is_file() and not one.name.startswith((".", "_")))
            if not files:
                raise problem(InputError, "records_empty", file=path.name)
            return [_of_file(one, columns) for one in files]
        return [_of_file(path, columns)]
    if isinstance(records, list | tuple) and records and all(isinstance(one, str | Path) for one in records):
        return [_of_file(Path(one), columns) for one in records]
    raise problem(OptionError, "records_type", found=type(records).__name__)


def _module(value: Any) -> str:
    return type(value).__module__.partition(".")[0]


def find_columns(
    names: Sequence[str], given: Mapping[str, str] | None, source: str, *, within: Sequence[str] = tuple(WORDS)
) -> dict[str, str]:
    """Return which column is what: those given, and of the others those with a usual name.

    Raises
    ------
    OptionError
        If a column that was named is none, or what it should be is unknown.
    """
    found: dict[str, str] = {}
    for what, name in (given or {}).items():
        if what not in WORDS:
            raise problem(
                OptionError,
                "records_column_kind",
                found=what,
                expected=", ".join(WORDS),
                hint=did_you_mean(what, WORDS),
            )
        found[what] = find_column(names, name, source)
    folded = {name.strip().casefold(): name for name in reversed(names)}
    for what in within:
        if what not in found:
            hit = next((folded[word] for word in WORDS[what] if word in folded), None)
            if hit is not None and hit not in found.values():
                found[what] = hit
    return found


def find_column(names: Sequence[str], name: str, source: str) -> str:
    """Return a column that was named, or say which there are."""
    if name not in names:
        hint = did_you_mean(name, names)
        expected = shorten(list(names), 16) or "–"
        raise problem(OptionError, "records_column", file=source, found=name, expected=expected, hint=hint)
    return name


# --- what lies in memory ------------------------------------------------------------------------------------


def _of_frame(frame: pd.DataFrame) -> Records:
    names = tuple(str(name) for name in frame.columns)
    geometry, crs = None, None
    if isinstance(frame, gpd.GeoDataFrame) and frame.active_geometry_name is not None:
        geometry, crs = str(frame.active_geometry_name), frame.crs

    def pieces(columns: Sequence[str]) -> Iterator[Piece]:
        # without the geometry it is a plain table
        wanted = frame[list(columns)]
        for start in range(0, max(len(frame), 1), ROWS_A_PIECE):
            rows = wanted.iloc[start : start + ROWS_A_PIECE]
            yield Piece(say("label.records.rows", first=start + 1, last=start + len(rows)), rows)

    return Records(type(frame).__name__, names, crs, geometry, pieces)


def _of_table(table: Any) -> Records:
    geometry, crs = _geo_metadata(table.schema.metadata or {})

    def pieces(columns: Sequence[str]) -> Iterator[Piece]:
        for number, batch in enumerate(table.select(list(columns)).to_batches(ROWS_A_PIECE), start=1):
            yield Piece(say("label.records.piece", n=number), batch)

    return Records(type(table).__name__, tuple(table.column_names), crs, geometry, pieces)


# --- files --------------------------------------------------------------------------------------------------


def _of_file(path: Path, columns: Mapping[str, str] | None) -> Records:
    try:
        if not path.exists():
            raise problem(InputError, "records_missing", file=str(path), hint=where_it_was_sought(path))
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
        kind = kind_of(head)
        if kind == "Parquet":
            return _of_parquet(path)
        if kind == "SQLite/GeoPackage":
            return _of_geopackage(path)
        if kind in _LAYERS:
            try:
                return _of_layer(path)
            except RefusedFileError:
                # a workbook is a zip too
                if kind != "zip":
                    raise
        if kind == "text" and b"\x00" not in head:
            return _of_csv(path, head, columns)
    except RefusedFileError as refusal:
        raise refusal.as_error(InputError, path.name) from None
    except OSError as error:
        raise problem(InputError, "records_unreadable", file=path.name, detail=_first_line(error)) from None
    raise problem(InputError, "records_kind", file=path.name, found=kind)


def _first_line(error: BaseException) -> str:
    return (str(error).strip().split("\n")[0] or type(error).__name__)[:200]


def _watched(batches: Iterator[Any], source: str) -> Iterator[Piece]:
    """Give the batches of a file numbers; what breaks names the file and the piece."""
    number, rows = 0, 0
    while True:
        number += 1
        try:
            batch = next(batches)
        except StopIteration:
            return
        except (ValueError, OSError, TypeError, MemoryError) as error:
            raise problem(
                InputError, "records_broken", file=source, piece=number, row=rows + 1, detail=_first_line(error)
            ) from None
        yield Piece(say("label.records.file_piece", file=source, n=number), batch)
        rows += batch.num_rows if hasattr(batch, "num_rows") else len(batch)


def _of_parquet(path: Path) -> Records:
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            schema = file.schema_arrow
    except (ValueError, OSError) as error:
        raise problem(InputError, "records_unreadable", file=path.name, detail=_first_line(error)) from None
    geometry, crs = _geo_metadata(schema.metadata or {})

    def batches(columns: Sequence[str]) -> Iterator[Any]:
        # neither reading ahead nor threads: what is held is one piece, however long the file
        with pq.ParquetFile(path, pre_buffer=False, memory_map=False, buffer_size=1 << 20) as file:
            yield from file.iter_batches(ROWS_A_PIECE, columns=list(columns), use_threads=False)

    def pieces(columns: Sequence[str]) -> Iterator[Piece]:
        return _watched(batches(columns), path.name)

    return Records(path.name, tuple(schema.names), crs, geometry, pieces)


def _geo_metadata(metadata: Mapping[bytes, bytes]) -> tuple[str | None, pyproj.CRS | None]:
    """Return the column of points of GeoParquet, and where they lie."""
    if b"geo" not in metadata:
        return None, None
    try:
        geo = json.loads(metadata[b"geo"])
        column = str(geo["primary_column"])
        about = geo["columns"][column]
        # none at all means degrees; an empty one that nobody knows
        if "crs" not in about:
            return column, pyproj.CRS.from_epsg(4326)
        return column, None if about["crs"] is None else crs_of(_code_of(about["crs"]))
    except (ValueError, KeyError, TypeError):
        return None, None


def _code_of(crs: Any) -> str:
    code = crs.get("id") if isinstance(crs, dict) else None
    return f"{code['authority']}:{code['code']}" if code else json.dumps(crs)


def _of_layer(path: Path) -> Records:
    """Read a layer that is no table: through the door by which areas come in, and whole."""
    file = open_layers(path)
    frames = (file.read(name) for name in file.layers)
    found = next((frame for frame in frames if _holds_points(frame)), None)
    if found is None:
        raise problem(InputError, "records_no_place", file=path.name, found="–")
    return replace(_of_frame(found), source=path.name)


def _holds_points(frame: gpd.GeoDataFrame) -> bool:
    kinds = shapely.get_type_id(frame.geometry.to_numpy())
    return bool((kinds == 0).any() and np.isin(kinds, (-1, 0)).all())


def _of_geopackage(path: Path) -> Records:
    layer = open_points(path)

    def pieces(columns: Sequence[str]) -> Iterator[Piece]:
        return _watched(layer.read([one for one in columns if one != layer.geometry], ROWS_A_PIECE), path.name)

    return Records(path.name, (*layer.columns, layer.geometry), crs_of(layer.crs), layer.geometry, pieces)


def _of_csv(path: Path, head: bytes, columns: Mapping[str, str] | None) -> Records:
    first, _, rest = head.removeprefix(b"\xef\xbb\xbf").partition(b"\n")
    delimiter = max(";,\t|", key=lambda mark: first.count(mark.encode()))
    names = next(csv.reader(io.StringIO(decoded(first).strip("\r")), delimiter=delimiter), [])
    names = [name.strip() for name in names]
    if len(set(names)) < len(names) or not any(names):
        raise problem(InputError, "records_header", file=path.name, found=shorten(names, 12) or "–")
    places = find_columns(names, columns, path.name, within=("x", "y"))
    numbers = {places[what] for what in ("x", "y") if what in places}
    sample = list(csv.reader(io.StringIO(decoded(rest.rpartition(b"\n")[0])), delimiter=delimiter))[:200]
    at = [names.index(name) for name in numbers]
    comma = any("," in row[place] for row in sample for place in at if place < len(row))

    def batches(wanted: Sequence[str]) -> Iterator[Any]:
        import pyarrow as pa
        from pyarrow import csv as arrow

        # texts come as bytes, each kept once: what letters they mean is asked of each once too
        kinds = {
            name: pa.float64() if name in numbers else pa.dictionary(pa.int32(), pa.binary()) for name in wanted
        }
        reader = arrow.open_csv(
            path,
            read_options=arrow.ReadOptions(
                column_names=names, skip_rows=1, block_size=_BYTES_A_PIECE, use_threads=False
            ),
            parse_options=arrow.ParseOptions(delimiter=delimiter, newlines_in_values=False),
            convert_options=arrow.ConvertOptions(
                column_types=kinds,
                include_columns=list(wanted),
                null_values=_NO_NUMBER,
                strings_can_be_null=True,
                decimal_point="," if comma else ".",
                check_utf8=False,
            ),
        )
        with reader:
            yield from reader

    def pieces(wanted: Sequence[str]) -> Iterator[Piece]:
        return _watched(batches(wanted), path.name)

    return Records(path.name, tuple(names), None, None, pieces)


def decoded(text: Any) -> str:
    """Return a text of a file, in UTF-8 or else as Windows writes it.

    Examples
    --------
    >>> decoded("Süd".encode()), decoded("Süd".encode("cp1252"))
    ('Süd', 'Süd')
    """
    if not isinstance(text, bytes):
        return str(text)
    try:
        return text.decode("utf-8")
    except UnicodeDecodeError:
        return text.decode("cp1252", "replace")


# --- coordinates --------------------------------------------------------------------------------------------


def numbers_of(column: Any) -> npt.NDArray[np.float64]:
    """Return a column of coordinates; what is missing is no number."""
    if _module(column) == "pyarrow":
        import pyarrow as pa

        if not (pa.types.is_floating(column.type) or pa.types.is_integer(column.type)):
            texts = column.to_pandas()
            return np.asarray(pd.to_numeric(texts.map(decoded), errors="coerce"), dtype=float)
        return np.asarray(column.cast(pa.float64()).to_numpy(zero_copy_only=False), dtype=float)
    values = pd.Series(column)
    if values.dtype.kind not in "fiu":
        texts = values.map(lambda one: decoded(one).replace(",", "."), na_action="ignore")
        values = pd.to_numeric(texts, errors="coerce")
    return np.asarray(values.to_numpy(dtype=float, na_value=np.nan), dtype=float)


def points_of(column: Any) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Return the coordinates of a column of points, as geometries or as well-known binary.

    Raises
    ------
    InputError
        If something else than a point stands there.
    """
    if _module(column) == "pyarrow":
        column = column.to_numpy(zero_copy_only=False)
    cells = np.asarray(column, dtype=object)
    if len(cells) and any(isinstance(one, bytes) for one in cells[:100]):
        cells = _from_wkb(cells)
        if isinstance(cells, tuple):
            return cells
    kinds = shapely.get_type_id(cells)
    if (wrong := ~np.isin(kinds, (-1, 0))).any():
        raise problem(InputError, "records_no_points", found=cells[int(wrong.argmax())].geom_type)
    return shapely.get_x(cells), shapely.get_y(cells)


_POINT_HEAD = b"\x01\x01\x00\x00\x00"


def _from_wkb(cells: npt.NDArray[np.object_]) -> Any:
    """Return the coordinates of plain points at once, or else geometries."""
    plain = all(one is not None and len(one) == 21 and one[:5] == _POINT_HEAD for one in cells)
    if plain:
        bare = np.frombuffer(b"".join(cells), dtype=np.dtype([("head", "V5"), ("x", "<f8"), ("y", "<f8")]))
        return bare["x"].astype(float), bare["y"].astype(float)
    try:
        return shapely.from_wkb(cells)
    except shapely.errors.GEOSException as error:
        raise ValueError(_first_line(error)) from None


def coordinates_of(rows: Any, places: Mapping[str, str], geometry: str | None) -> tuple[Any, Any]:
    """Return the coordinates of some rows."""
    if "x" in places and "y" in places:
        return numbers_of(rows[places["x"]]), numbers_of(rows[places["y"]])
    return points_of(rows[geometry])


def system_of(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], areas: gpd.GeoSeries, source: str
) -> pyproj.CRS:
    """Return the coordinate system in which points lie in the city; told, as no file said it.

    Raises
    ------
    InputError
        If they lie there in none that is in use.
    """
    there = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
    x, y = x[there][:10_000], y[there][:10_000]
    own = areas.crs if areas.crs is not None else pyproj.CRS.from_user_input(CRS)
    west, south, east, north = areas.total_bounds
    best, share = own, 0.0
    for candidate in (own, *USUAL_CRS):
        move = pyproj.Transformer.from_crs(candidate, own, always_xy=True)
        east_of, north_of = move.transform(x, y, errcheck=False)
        inside = (east_of >= west) & (east_of <= east) & (north_of >= south) & (north_of <= north)
        if len(x) and inside.mean() > share:
            best, share = pyproj.CRS.from_user_input(candidate), float(inside.mean())
        if share > _SURELY:
            break
    if share < MOST_INSIDE:
        example = f"{x[0]:.6g}, {y[0]:.6g}" if len(x) else "–"
        raise problem(InputError, "records_elsewhere", file=source, found=example)
    return best


def read_places(places: PlacesLike, columns: Mapping[str, str] | None = None) -> gpd.GeoDataFrame:
    """Read places, such as day-care centers, schools and counselling offices, with what is said of them.

    Parameters
    ----------
    places
        A CSV or Parquet file, a layer (GeoPackage, GeoJSON, Shapefile, FlatGeobuf, KML), or a frame: points, or
        columns of coordinates with usual names
        (``x`` and ``y``, ``lon`` and ``lat``, ``Rechtswert`` and ``Hochwert``).
    columns
        What the columns of coordinates are called, if otherwise: ``{"x": "Ost", "y": "Nord"}``.

    Returns
    -------
    GeoDataFrame
        The places in EPSG:25832 with their columns; those without coordinates have no geometry, and are told.

    Raises
    ------
    InputError
        If there are no coordinates, or they lie elsewhere.
    """
    frames = []
    for records in open_records(places, columns):
        found = find_columns(records.names, columns, records.source, within=("x", "y"))
        if not {"x", "y"} <= set(found) and records.geometry is None:
            expected = shorten(list(records.names), 16) or "–"
            raise problem(InputError, "records_no_place", file=records.source, found=expected)
        for piece in records.pieces(records.names):
            x, y = coordinates_of(piece.rows, found, records.geometry)
            named = [name for name in records.names if name != records.geometry]
            rows = pd.DataFrame({name: _plain(piece.rows[name]) for name in named})
            system = records.crs or system_of(x, y, load_boundaries("district").geometry, records.source)
            there = np.isfinite(x) & np.isfinite(y) & ((x != 0) | (y != 0))
            points = np.where(there, shapely.points(x, y), None)
            index = piece.rows.index if isinstance(piece.rows, pd.DataFrame) else None
            frame = gpd.GeoDataFrame(rows, geometry=gpd.GeoSeries(points, crs=system)).to_crs(CRS)
            frames.append(frame if index is None else frame.set_axis(index))
    read = pd.concat(frames, ignore_index=len(frames) > 1)
    if missing := int(read.geometry.isna().sum()):
        tell(say("note.places.without", n=missing, all=len(read)))
    return gpd.GeoDataFrame(read)


def _plain(column: Any) -> Any:
    """Return a column as pandas knows it; texts of a file as letters, and numbers where all are."""
    if isinstance(column, pd.Series):
        return column.to_numpy() if column.dtype == object else column.array
    texts = column.to_pandas() if _module(column) == "pyarrow" else pd.Series(column)
    if isinstance(texts.dtype, pd.CategoricalDtype) or texts.dtype == object:
        words = texts.astype(object).map(decoded, na_action="ignore")
        marks = words.map(lambda one: one.replace(",", "."), na_action="ignore")
        numbers = pd.to_numeric(marks, errors="coerce")
        # a leading zero says that it is a name, such as a postcode or an id
        named = words.dropna().str.fullmatch(r"0\d+").any() or numbers[words.notna()].isna().any()
        return words.array if named or not words.notna().any() else numbers.array
    return texts.array
