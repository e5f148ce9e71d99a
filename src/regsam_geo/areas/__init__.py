"""WHERE: boundaries, identifiers, the 16 regions, neighbors."""

from regsam_geo.areas.assignment import assign_regions, overlap_shares
from regsam_geo.areas.foreign_neighbors import as_neighbors
from regsam_geo.areas.ids import CITY_ID, LEVELS, AreaId, Level, natural_key, parse_area_id
from regsam_geo.areas.layers import ATTRIBUTION, CRS, LICENSE, VINTAGE, ShippedLevel, load_boundaries
from regsam_geo.areas.neighbors import Neighbors, neighbors
from regsam_geo.areas.official import area_names
from regsam_geo.areas.polygons import BoundaryReading, read_boundaries, read_boundaries_with_notes
from regsam_geo.areas.scheme import (
    as_scheme,
    describe_evidence,
    load_region_scheme,
    region_order,
    tell_derived,
)

__all__ = [
    "ATTRIBUTION",
    "CITY_ID",
    "CRS",
    "LEVELS",
    "LICENSE",
    "VINTAGE",
    "AreaId",
    "BoundaryReading",
    "Level",
    "Neighbors",
    "ShippedLevel",
    "area_names",
    "as_neighbors",
    "as_scheme",
    "assign_regions",
    "describe_evidence",
    "load_boundaries",
    "load_region_scheme",
    "natural_key",
    "neighbors",
    "overlap_shares",
    "parse_area_id",
    "read_boundaries",
    "read_boundaries_with_notes",
    "region_order",
    "tell_derived",
]
