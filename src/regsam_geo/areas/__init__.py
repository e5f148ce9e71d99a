"""WHERE: boundaries, identifiers, the 16 regions, neighbors."""

from regsam_geo.areas.assignment import assign_regions
from regsam_geo.areas.foreign_neighbors import as_neighbors
from regsam_geo.areas.ids import CITY_ID, LEVELS, AreaId, Level, natural_key, parse_area_id
from regsam_geo.areas.layers import ATTRIBUTION, CRS, LICENSE, VINTAGE, load_boundaries
from regsam_geo.areas.neighbors import Neighbors, neighbors
from regsam_geo.areas.scheme import load_region_scheme, region_order

__all__ = [
    "ATTRIBUTION",
    "CITY_ID",
    "CRS",
    "LEVELS",
    "LICENSE",
    "VINTAGE",
    "AreaId",
    "Level",
    "Neighbors",
    "as_neighbors",
    "assign_regions",
    "load_boundaries",
    "load_region_scheme",
    "natural_key",
    "neighbors",
    "parse_area_id",
    "region_order",
]
