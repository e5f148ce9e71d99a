"""WHERE FROM: cases and facilities by their coordinates, counted into areas; supply, and need to come."""

from regsam_geo.places.counting import CountedCases, CountReport, count_cases
from regsam_geo.places.projecting import Assumptions, Projection, project_need
from regsam_geo.places.reading import read_places
from regsam_geo.places.space import SpaceToKeep, space_to_keep
from regsam_geo.places.supply import Supply, SupplyReport, supply

__all__ = [
    "Assumptions",
    "CountReport",
    "CountedCases",
    "Projection",
    "SpaceToKeep",
    "Supply",
    "SupplyReport",
    "count_cases",
    "project_need",
    "read_places",
    "space_to_keep",
    "supply",
]
