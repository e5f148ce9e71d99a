"""WHAT: reading tables, catalogue, the panel, joining, rates, comparing, aggregation, disclosure control."""

from regsam_geo.indicators.catalogue import headlines
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.rates import unrounded_values
from regsam_geo.indicators.sample import load_sample

__all__ = ["Panel", "headlines", "load_sample", "unrounded_values"]
