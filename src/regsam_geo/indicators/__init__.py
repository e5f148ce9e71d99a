"""WHAT: reading tables, catalogue, the panel, joining, rates, comparing, aggregation, disclosure control."""

from regsam_geo.indicators.aggregation import aggregate_to_regions, check_summable, explain_summable
from regsam_geo.indicators.catalogue import headlines
from regsam_geo.indicators.comparison import compare_areas
from regsam_geo.indicators.disclosure import (
    DisclosureAudit,
    audit_disclosure,
    needs_protection,
    protect,
    protection_note,
)
from regsam_geo.indicators.joining import Joined, JoinReport, join_indicators
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.rates import unrounded_values
from regsam_geo.indicators.sample import load_sample
from regsam_geo.indicators.tables import read_indicators

__all__ = [
    "DisclosureAudit",
    "JoinReport",
    "Joined",
    "Panel",
    "aggregate_to_regions",
    "audit_disclosure",
    "check_summable",
    "compare_areas",
    "explain_summable",
    "headlines",
    "join_indicators",
    "load_sample",
    "needs_protection",
    "protect",
    "protection_note",
    "read_indicators",
    "unrounded_values",
]
