"""WHERE: boundaries, identifiers, divisions, neighbors."""

from regsam_geo.areas.assignment import assign_regions, overlap_shares
from regsam_geo.areas.division import Division, as_division, no_division, official_ids
from regsam_geo.areas.division_reading import read_division
from regsam_geo.areas.foreign_neighbors import as_neighbors
from regsam_geo.areas.ids import CITY_ID, LEVELS, AreaId, Level, natural_key, parse_area_id
from regsam_geo.areas.layers import ATTRIBUTION, CRS, LICENSE, VINTAGE, ShippedLevel, load_boundaries
from regsam_geo.areas.neighbors import Neighbors, neighbors
from regsam_geo.areas.official import area_names
from regsam_geo.areas.polygons import BoundaryReading, read_boundaries, read_boundaries_with_notes

__all__ = [
    "ATTRIBUTION",
    "CITY_ID",
    "CRS",
    "LEVELS",
    "LICENSE",
    "VINTAGE",
    "AreaId",
    "BoundaryReading",
    "Division",
    "Level",
    "Neighbors",
    "ShippedLevel",
    "area_names",
    "as_division",
    "as_neighbors",
    "assign_regions",
    "load_boundaries",
    "natural_key",
    "neighbors",
    "no_division",
    "official_ids",
    "overlap_shares",
    "parse_area_id",
    "read_boundaries",
    "read_boundaries_with_notes",
    "read_division",
]
