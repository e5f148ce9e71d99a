"""WHAT: reading tables, catalogue, the panel, joining, rates, comparing, aggregation, disclosure control."""

from regsam_geo.indicators.aggregation import (
    aggregate_to_areas,
    aggregate_to_regions,
    division_of_areas,
    explain_summable,
    find_summable,
    level_summed_to,
    summable_to,
    whole_parts,
)
from regsam_geo.indicators.catalogue import headlines
from regsam_geo.indicators.comparison import compare_rows
from regsam_geo.indicators.disclosure import (
    DisclosureAudit,
    audit_tables,
    needs_protection,
    protect,
    protection_note,
    publishable,
)
from regsam_geo.indicators.inspection import FileReport, describe_file
from regsam_geo.indicators.joining import Joined, JoinReport, join_rows
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.population_rates import rates
from regsam_geo.indicators.rates import unrounded_values
from regsam_geo.indicators.sample import load_sample
from regsam_geo.indicators.tables import list_revisions, read_indicators, read_with_notes, write_indicators

__all__ = [
    "DisclosureAudit",
    "FileReport",
    "JoinReport",
    "Joined",
    "Panel",
    "aggregate_to_areas",
    "aggregate_to_regions",
    "audit_tables",
    "compare_rows",
    "describe_file",
    "division_of_areas",
    "explain_summable",
    "find_summable",
    "headlines",
    "join_rows",
    "level_summed_to",
    "list_revisions",
    "load_sample",
    "needs_protection",
    "protect",
    "protection_note",
    "publishable",
    "rates",
    "read_indicators",
    "read_with_notes",
    "summable_to",
    "unrounded_values",
    "whole_parts",
    "write_indicators",
]
