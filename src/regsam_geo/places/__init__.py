"""WHERE FROM: cases and facilities by their coordinates, counted into areas; supply, and need to come."""

from regsam_geo.places.counting import CountedCases, CountReport, count_cases
from regsam_geo.places.reading import read_places
from regsam_geo.places.supply import Supply, SupplyReport, supply

__all__ = [
    "CountReport",
    "CountedCases",
    "Supply",
    "SupplyReport",
    "count_cases",
    "read_places",
    "supply",
]
