"""WHERE FROM: cases and facilities by their coordinates, counted into areas; supply, and need to come."""

from regsam_geo.places.counting import CountedCases, CountReport, count_cases
from regsam_geo.places.reading import read_places

__all__ = ["CountReport", "CountedCases", "count_cases", "read_places"]
