"""WHAT: reading tables, catalogue, the panel, joining, rates, comparing, aggregation, disclosure control."""

from regsam_geo.indicators.disclosure import protect, protection_note
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.rates import unrounded_values
from regsam_geo.indicators.sample import load_sample

__all__ = ["Panel", "load_sample", "protect", "protection_note", "unrounded_values"]
