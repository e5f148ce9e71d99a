"""Polygon layers of the user's own: checked, repaired where the repair is certain, else refused by feature."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, cast

import geopandas as gpd
import numpy as np
import pandas as pd
import pyproj
import pyproj.exceptions
import shapely

from regsam_geo.areas.ids import Level, fold, is_official, parse_area_id
from regsam_geo.areas.keys import NUMBERED, read_keys, respell
from regsam_geo.areas.layer_forms import read_in_right_encoding, without_labels
from regsam_geo.areas.layer_keys import hold_to_names, level_by_place, may_be_all
from regsam_geo.areas.layers import CRS, load_boundaries
from regsam_geo.errors import AreaError, BoundaryError
from regsam_geo.foreign import RefusedFileError, check_tangle, open_layers
from regsam_geo.text import did_you_mean, join_words, problem, say, shorten, tell, where_it_was_sought

ID_COLUMNS = {"sb_nummer": "district", "bt_nummer": "subdistrict", "vi_nummer": "quarter"}
"""The id columns of the city's own downloads, and the level they belong to."""
NAME_COLUMNS = ("name", "sb_name", "bt_name", "vi_name", "bezeichnung")

SLIVER_WIDTH_M = 1.0
"""Overlaps and gaps narrower than this come from rounding and digitizing; wider ones are somebody's mistake."""

# where Munich lies, with a margin: degrees and meters cannot be mistaken for each other
_DEGREES = (11.0, 47.8, 12.1, 48.5)
_ZONE = (3.0, 15.1)
"""Degrees of longitude that EPSG:25832 is taken for; all of Germany lies in them."""
_METERS = (640_000.0, 5_300_000.0, 740_000.0, 5_370_000.0)
_USUAL_CRS = ("EPSG:31468", "EPSG:31467", "EPSG:4647", "EPSG:25833", "EPSG:3857")
"""Gauß-Krüger in zone 4 and 3, UTM 32 with the zone before the number, UTM 33, and that of web maps."""
_MOST_INSIDE = 0.8
"""Share of the polygons that has to lie in the city for a coordinate system to be proved."""


@dataclass(frozen=True)
class BoundaryNote:
    """Something that was repaired or noticed in a layer; ``code`` names the phrase."""

    code: str
    fields: dict[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the note as a sentence."""
        return say(f"note.boundary.{self.code}", lang, **self.fields)


class BoundaryReading(NamedTuple):
    """A layer and what was repaired or noticed."""

    areas: gpd.GeoDataFrame
    notes: tuple[BoundaryNote, ...]


def read_boundaries(
    path: str | Path,
    id_column: str | None = None,
    name_column: str | None = None,
    *,
    layer: str | None = None,
    crs: str | int | None = None,
    anywhere: bool = False,
) -> gpd.GeoDataFrame:
    """Read polygons of your own (planning regions) or a fresh download of the city's, checked and reprojected.

    What is certain is repaired and told: parts of one area are united, invalid rings made valid, slivers
    narrower than a meter closed by giving the overlap to the first area. Everything else is refused, naming the
    feature.

    Parameters
    ----------
    path
        GeoPackage, GeoJSON, shapefile (as ``.zip`` too), FlatGeobuf or KML, known by its content and not by its
        name. Other formats, queries and what would open a second file or a network are refused.
    id_column, name_column
        Which columns hold id and name. The city's own downloads are recognized (``sb_nummer``, ``bt_nummer``,
        ``vi_nummer``); their ids get the library's spelling. Without a name the id is the name.
    layer
        The layer, where the file holds several.
    crs
        The coordinate system, where the file does not say it. Without this it is taken from the coordinates:
        degrees or UTM 32 around Munich cannot be mistaken for each other.
    anywhere
        Take polygons of another city too. They are refused without, as a wrong coordinate system puts those of
        Munich elsewhere.

    Returns
    -------
    GeoDataFrame
        Index ``area_id``, columns ``name`` and ``geometry`` and the file's other columns, EPSG:25832 (farther
        away in the zone of UTM where they lie).

    Raises
    ------
    BoundaryError
        If the file is no polygon layer, has no id column, repeats an id, lies elsewhere, or its areas overlap.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> from regsam_geo.resources import data_folder
    >>> layer = rg.read_boundaries(data_folder() / "boundaries" / "quarters.geojson", id_column="area_id")
    >>> len(layer), layer.crs.to_epsg()
    (475, 25832)
    """
    reading = read_boundaries_with_notes(path, id_column, name_column, layer=layer, crs=crs, anywhere=anywhere)
    for note in reading.notes:
        tell(f"{Path(path).name}: {note.text()}")
    return reading.areas


def read_boundaries_with_notes(
    path: str | Path,
    id_column: str | None = None,
    name_column: str | None = None,
    *,
    layer: str | None = None,
    crs: str | int | None = None,
    anywhere: bool = False,
) -> BoundaryReading:
    """Read a layer and return with it what was repaired or noticed."""
    path = Path(path)
    notes: list[BoundaryNote] = []
    frame = _read_file(path, layer, notes)
    frame, labels = without_labels(frame)
    if labels:
        notes.append(BoundaryNote("labels", {"n": labels}))
    # Ids first: every later message names the feature by its id.
    frame, level, id_column = _with_ids(frame, path, id_column)
    frame, in_munich = _located(frame, path, crs, notes, anywhere=anywhere)
    frame = _polygons_only(frame, path, notes)
    if in_munich:
        frame = _held_to_place(frame, path, level, id_column)
    frame = _united(frame, path, notes)
    names = _names(frame, path, name_column)
    areas = gpd.GeoDataFrame(
        {"name": names, **{c: frame[c] for c in frame if c not in ("geometry", "name", "area_id")}},
        geometry=frame.geometry,
        crs=frame.crs,
    )
    areas.index = pd.Index(frame["area_id"], name="area_id")
    # After parts are united: the parts of one area may well overlap each other.
    matched = shapely.coverage_is_valid(areas.geometry.to_numpy())
    if not matched:
        areas = _without_overlaps(areas, path, notes)
    notes += _gaps(areas, matched=matched)
    if level is not None and in_munich:
        notes += _against_shipped(areas, level)
    return BoundaryReading(areas, tuple(notes))


def _read_file(path: Path, layer: str | None, notes: list[BoundaryNote]) -> gpd.GeoDataFrame:
    try:
        if not path.exists():
            raise problem(BoundaryError, "layer_missing_file", file=str(path), hint=where_it_was_sought(path))
        file = open_layers(path)
        spatial = list(file.layers)
    except RefusedFileError as refusal:
        raise refusal.as_error(BoundaryError, path.name) from None
    except BoundaryError:
        raise
    except (OSError, ValueError) as error:
        raise problem(BoundaryError, "layer_unreadable", file=path.name, detail=_first_line(error)) from None
    if not spatial:
        raise problem(BoundaryError, "layer_none", file=path.name)
    if layer is not None and layer not in spatial:
        hint = did_you_mean(layer, spatial)
        raise problem(
            BoundaryError, "layer_unknown", file=path.name, found=layer, expected=shorten(spatial, 12), hint=hint
        )
    # The first layer would be a guess, and GDAL's order is that of the file.
    if layer is None and len(spatial) > 1:
        raise problem(BoundaryError, "layer_open", file=path.name, expected=shorten(spatial, 12))
    try:
        name = layer or spatial[0]
        frame, encoding = read_in_right_encoding(lambda wished: file.read(name, wished))
        if len(frame):
            check_tangle(frame.geometry.to_numpy())
    except RefusedFileError as refusal:
        raise refusal.as_error(BoundaryError, path.name) from None
    if not len(frame):
        raise problem(BoundaryError, "layer_empty", file=path.name)
    if encoding is not None:
        notes.append(BoundaryNote("encoding", {"encoding": encoding}))
    return frame


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().split("\n")
    return lines[0][:200] if lines else type(error).__name__


def _with_ids(
    frame: gpd.GeoDataFrame, path: Path, id_column: str | None
) -> tuple[gpd.GeoDataFrame, str | None, str]:
    """Add ``area_id``; ids of the city's own downloads get the library's spelling."""
    columns = [str(name) for name in frame.columns if name != "geometry"]
    level = None
    if id_column is None:
        folded = {name.casefold(): name for name in columns}
        known = [name for name in ID_COLUMNS if name in folded]
        if known:
            # a layer of a finer level carries the ids of the coarser ones too
            id_column, level = folded[known[-1]], ID_COLUMNS[known[-1]]
        elif "area_id" in columns:
            id_column = "area_id"
        elif (named := _column_of_names(frame, columns)) is not None:
            id_column = named
        else:
            raise problem(BoundaryError, "id_open", file=path.name, found=shorten(columns, 16) or "–")
    elif id_column not in columns:
        hint = did_you_mean(id_column, columns)
        raise problem(
            BoundaryError,
            "id_column_missing",
            file=path.name,
            column=id_column,
            found=shorten(columns, 16) or "–",
            hint=hint,
        )
    texts = []
    for position, value in enumerate(frame[id_column], start=1):
        empty = value is None or (isinstance(value, float) and np.isnan(value)) or not str(value).strip()
        if empty or value is pd.NaT:
            raise problem(BoundaryError, "id_empty", file=path.name, column=id_column, feature=position)
        whole = isinstance(value, float | np.floating) and float(value).is_integer()
        # A shapefile stores ids as floats: 17.0 has to become "17" again.
        texts.append(str(int(value)) if whole else str(value).strip())
    if level is not None:
        texts = [_official(text, level, path, id_column, position) for position, text in enumerate(texts, start=1)]
    return frame.assign(area_id=texts), level, id_column


def _column_of_names(frame: gpd.GeoDataFrame, columns: list[str]) -> str | None:
    """Return the column whose texts are all names of areas of one level."""
    for column in columns:
        if frame[column].dtype.kind in "fiubcmM":
            continue
        texts = [str(cell) for cell in frame[column]]
        if not all(re.search(r"[^\W\d]{3}", text) for text in texts):
            continue
        found = read_keys(texts)
        if not found.refusals and len(found.levels) == 1 and len(set(found.areas.values())) == len(set(texts)):
            return column
    return None


def _official(text: str, level: str, path: Path, column: str, feature: int) -> str:
    """Return the id of an area of the city, or say in which feature none stands."""
    try:
        return parse_area_id(text, level=cast("Level", level)).area_id
    except AreaError as error:
        raise problem(
            BoundaryError, "id_unknown", file=path.name, column=column, feature=feature, detail=str(error)
        ) from None


def _held_to_place(frame: gpd.GeoDataFrame, path: Path, level: str | None, id_column: str) -> gpd.GeoDataFrame:
    """Bring ids to the library's spelling where the polygons lie where they say; refuse what names contradict.

    All other ids are the user's own and stay as they stand.
    """
    ids = list(frame["area_id"])
    if level is None and (level := level_by_place(ids, frame.geometry)) is not None:
        found = read_keys(ids, level).areas
        frame = frame.assign(area_id=[found[area_id].area_id for area_id in ids])
    for known in (level,) if level is not None else NUMBERED:
        if not may_be_all(ids, known):
            continue
        respelled = respell(ids, known)
        spelled = [respelled[area_id] for area_id in ids]
        if all(is_official(area_id, known) for area_id in spelled):
            hold_to_names(frame.drop(columns="area_id"), spelled, known, path.name, id_column)
    return frame


def _located(
    frame: gpd.GeoDataFrame, path: Path, crs: str | int | None, notes: list[BoundaryNote], *, anywhere: bool
) -> tuple[gpd.GeoDataFrame, bool]:
    """Return the layer in EPSG:25832, or say that it cannot lie where it claims to; and whether it is Munich."""
    if frame.geometry.isna().all() or frame.geometry.is_empty.all():
        raise problem(BoundaryError, "geometry_none", file=path.name)
    bounds = frame.total_bounds
    if not np.isfinite(bounds).all():
        raise problem(BoundaryError, "coordinates_broken", file=path.name)
    # What the numbers themselves say, whatever the file claims to hold.
    found = "degrees" if _within(bounds, _DEGREES) else "meters" if _within(bounds, _METERS) else None
    if crs is not None:
        try:
            frame = frame.set_crs(pyproj.CRS.from_user_input(crs), allow_override=True)
        except pyproj.exceptions.CRSError as error:
            raise problem(BoundaryError, "crs_unknown", found=str(crs), detail=_first_line(error)) from None
    elif frame.crs is None:
        proved = {"meters": CRS, "degrees": "EPSG:4326"}.get(found or "") or _crs_by_place(frame)
        if proved is None:
            raise problem(BoundaryError, "crs_missing", file=path.name, bounds=_bounds(bounds))
        frame = frame.set_crs(proved)
        notes.append(BoundaryNote("crs_taken", {"crs": frame.crs.to_string(), "name": frame.crs.name}))
    if frame.crs.is_geographic and found == "meters":
        raise problem(
            BoundaryError, "crs_wrong", file=path.name, crs=frame.crs.to_string(), bounds=_bounds(bounds)
        )
    if frame.crs.is_projected and found == "degrees":
        raise problem(
            BoundaryError, "crs_wrong", file=path.name, crs=frame.crs.to_string(), bounds=_bounds(bounds)
        )
    try:
        placed = frame.to_crs(CRS)
    except Exception as error:
        raise problem(BoundaryError, "crs_unknown", found=str(frame.crs), detail=_first_line(error)) from None
    bounds = placed.total_bounds
    if crs is None and not _within(bounds, _METERS) and (proved := _crs_by_place(frame)) is not None:
        said, frame = frame.crs, frame.set_crs(proved, allow_override=True)
        notes.append(BoundaryNote("crs_replaced", {"said": _crs_words(said), "crs": _crs_words(frame.crs)}))
        placed = frame.to_crs(CRS)
        bounds = placed.total_bounds
    if anywhere and np.isfinite(bounds).all() and not _within(bounds, _METERS):
        degrees = frame.to_crs("EPSG:4326").total_bounds
        near = degrees[0] > _ZONE[0] and degrees[2] < _ZONE[1] and degrees[1] > 0
        return (placed if near else frame.to_crs(frame.estimate_utm_crs())), False
    if not np.isfinite(bounds).all() or not _within(bounds, _METERS):
        # Latitude before longitude is the usual cause, and worth its own message.
        swapped = _within(bounds[[1, 0, 3, 2]], _METERS) or _within(frame.total_bounds[[1, 0, 3, 2]], _DEGREES)
        code = "axes_swapped" if swapped else "elsewhere"
        raise problem(BoundaryError, code, file=path.name, bounds=_bounds(frame.total_bounds))
    return placed, True


def _crs_by_place(frame: gpd.GeoDataFrame) -> str | None:
    """Return the one coordinate system in use for Munich in which the polygons lie in the city."""
    points = gpd.GeoSeries(frame.geometry.representative_point().to_numpy())
    points = points[points.notna()]
    city = load_boundaries("district").geometry.union_all()
    found = [
        crs
        for crs in _USUAL_CRS
        if len(points) and float(points.set_crs(crs).to_crs(CRS).within(city).mean()) > _MOST_INSIDE
    ]
    return found[0] if len(found) == 1 else None


def _crs_words(crs: pyproj.CRS) -> str:
    """Name a coordinate system by its code and in words."""
    return f"{crs.to_string()} ({crs.name})" if crs.to_authority() else str(crs.name)


def _within(bounds: np.ndarray, frame: tuple[float, float, float, float]) -> bool:
    west, south, east, north = bounds
    return bool(frame[0] <= west <= east <= frame[2] and frame[1] <= south <= north <= frame[3])


def _bounds(bounds: np.ndarray) -> str:
    return ", ".join(f"{value:.6g}" for value in bounds)


def _polygons_only(frame: gpd.GeoDataFrame, path: Path, notes: list[BoundaryNote]) -> gpd.GeoDataFrame:
    """Return valid polygons; a repair must not change the area by more than a sliver."""
    # Heights play no part and would make coordinates that are equal on the map differ.
    geometry = shapely.force_2d(frame.geometry.to_numpy())
    polygonal = np.isin(shapely.get_type_id(geometry), [3, 6])
    empty = shapely.is_missing(geometry) | shapely.is_empty(geometry)
    bad = np.flatnonzero(~polygonal | empty)
    if len(bad):
        first = bad[0]
        kind = "leer" if empty[first] else geometry[first].geom_type
        raise problem(
            BoundaryError,
            "no_polygon",
            file=path.name,
            feature=int(first) + 1,
            area=frame["area_id"].iloc[first],
            found=kind,
        )
    invalid = np.flatnonzero(~shapely.is_valid(geometry))
    for position in invalid:
        before = geometry[position]
        reason = shapely.is_valid_reason(before)
        # The structure method keeps holes as holes; the older one may turn them into areas.
        after = shapely.make_valid(before, method="structure", keep_collapsed=False)
        moved = abs(after.area - abs(before.area)) / max(after.area, 1e-9) if not after.is_empty else 1.0
        if after.is_empty or moved > 0.001 or after.geom_type not in ("Polygon", "MultiPolygon"):
            raise problem(
                BoundaryError,
                "geometry_invalid",
                file=path.name,
                feature=int(position) + 1,
                area=frame["area_id"].iloc[position],
                detail=reason,
            )
        geometry[position] = after
    if len(invalid):
        names = shorten(list(frame["area_id"].iloc[invalid]), 8)
        notes.append(BoundaryNote("repaired", {"n": len(invalid), "areas": names}))
    return frame.set_geometry(gpd.GeoSeries(geometry, index=frame.index, crs=frame.crs))


def _united(frame: gpd.GeoDataFrame, path: Path, notes: list[BoundaryNote]) -> gpd.GeoDataFrame:
    """Unite the parts of one area: rows that repeat an id and agree in every word about it."""
    twice = frame["area_id"].duplicated(keep=False)
    if not twice.any():
        return frame.reset_index(drop=True)
    words = [name for name in frame if name != "geometry" and frame[name].dtype.kind not in "fiu"]
    # Only columns that name the area: others, such as a length or a date of survey, differ between its parts by
    # nature.
    words = [name for name in words if fold(str(name)) in {fold(known) for known in NAME_COLUMNS}]
    for area_id, parts in frame[twice].groupby("area_id", sort=False):
        for name in words:
            if len(parts[name].drop_duplicates()) > 1:
                raise problem(
                    BoundaryError,
                    "id_twice",
                    file=path.name,
                    area=area_id,
                    features=join_words(int(i) + 1 for i in parts.index[:5]),
                )
    united = frame.groupby("area_id", sort=False).first().reset_index()
    merged = frame.geometry.groupby(frame["area_id"], sort=False).agg(lambda g: shapely.union_all(g.to_numpy()))
    repeated = shorten(sorted(set(frame.loc[twice, "area_id"])), 8)
    notes.append(BoundaryNote("united", {"n": int(twice.sum()), "areas": repeated}))
    geometry = gpd.GeoSeries(merged.reindex(united["area_id"]).to_numpy(), crs=frame.crs)
    return gpd.GeoDataFrame(united.drop(columns="geometry"), geometry=geometry)


def _names(frame: gpd.GeoDataFrame, path: Path, name_column: str | None) -> pd.Series:
    columns = [str(name) for name in frame.columns if name not in ("geometry", "area_id")]
    if name_column is None:
        folded = {name.casefold(): name for name in columns}
        name_column = next((folded[name] for name in NAME_COLUMNS if name in folded), None)
        if name_column is None:
            return frame["area_id"].astype("str")
    elif name_column not in columns:
        hint = did_you_mean(name_column, columns)
        raise problem(
            BoundaryError,
            "id_column_missing",
            file=path.name,
            column=name_column,
            found=shorten(columns, 16) or "–",
            hint=hint,
        )
    names = frame[name_column]
    return names.where(names.notna(), frame["area_id"]).astype("str")


def _without_overlaps(areas: gpd.GeoDataFrame, path: Path, notes: list[BoundaryNote]) -> gpd.GeoDataFrame:
    """Give slivers to the first of two areas; refuse areas that truly overlap."""
    geometry = areas.geometry.to_numpy(copy=True)
    first, second = shapely.STRtree(geometry).query(geometry, predicate="intersects")
    # Each pair once, and the first of the file keeps the sliver, so that the result does not depend on the tree.
    once = first < second
    first, second = first[once], second[once]
    # What is cut off an area makes no new overlap: others need not be asked again.
    overlap = shapely.area(shapely.intersection(geometry[first], geometry[second])) > 1e-6
    closed = 0
    for i, j in sorted(zip(first[overlap].tolist(), second[overlap].tolist(), strict=True)):
        shared = shapely.intersection(geometry[i], geometry[j])
        if shared.area <= 1e-6:
            continue
        # an overlap that vanishes when shrunk by half the width is a sliver
        if not shapely.buffer(shared, -SLIVER_WIDTH_M / 2).is_empty:
            raise problem(
                BoundaryError,
                "areas_overlap",
                file=path.name,
                first=areas.index[i],
                second=areas.index[j],
                hectares=round(shared.area / 10_000, 2),
            )
        rest = shapely.difference(geometry[j], geometry[i])
        geometry[j] = _polygonal(rest)
        closed += 1
    if not closed:
        return areas
    notes.append(BoundaryNote("slivers", {"n": closed}))
    return areas.set_geometry(gpd.GeoSeries(geometry, index=areas.index, crs=areas.crs))


def _polygonal(geometry: shapely.Geometry) -> shapely.Geometry:
    """Leave lines and points out of what a difference gave."""
    parts = [part for part in shapely.get_parts(geometry) if part.geom_type in ("Polygon", "MultiPolygon")]
    return shapely.union_all(parts)


def _gaps(areas: gpd.GeoDataFrame, *, matched: bool) -> list[BoundaryNote]:
    """Find holes between areas that no area fills; ``matched``: neighbors have every corner in common."""
    # Edges that two areas have in common fall away: a union that computes no crossing is ten times faster.
    union = shapely.coverage_union_all if matched else shapely.union_all
    whole = union(areas.geometry.to_numpy())
    holes = [shapely.Polygon(ring) for part in shapely.get_parts(whole) for ring in part.interiors]
    notes = []
    if slivers := sum(shapely.buffer(hole, -SLIVER_WIDTH_M / 2).is_empty for hole in holes):
        notes.append(BoundaryNote("gaps_thin", {"n": int(slivers)}))
    if wide := [hole for hole in holes if not shapely.buffer(hole, -SLIVER_WIDTH_M / 2).is_empty]:
        hectares = round(sum(hole.area for hole in wide) / 10_000, 1)
        notes.append(BoundaryNote("gaps_wide", {"n": len(wide), "hectares": hectares}))
    return notes


def _against_shipped(areas: gpd.GeoDataFrame, level: str) -> list[BoundaryNote]:
    """Compare a download of the city's with the shipped layer of the same level."""
    shipped = load_boundaries(level)  # type: ignore[arg-type]
    notes = []
    if absent := sorted(set(shipped.index) - set(areas.index)):
        notes.append(BoundaryNote("areas_absent", {"n": len(absent), "areas": shorten(absent, 8)}))
    known = areas.index.intersection(shipped.index)
    # One percent is far beyond what simplification moves, and far below a changed border.
    apart = (areas.area[known] / shipped.area[known] - 1).abs()
    if len(moved := apart.index[apart > 0.01]):
        notes.append(BoundaryNote("areas_moved", {"n": len(moved), "areas": shorten(list(moved), 8)}))
    return notes
