"""Disclosure control: small counts of persons are hidden, and an audit proves that they stay hidden."""

from regsam_geo.indicators.disclosure.audit import DisclosureAudit, audit_tables
from regsam_geo.indicators.disclosure.editions import Earlier, Previous, load_earlier
from regsam_geo.indicators.disclosure.handed_out import HandedOut, list_for_next, read_handed_out
from regsam_geo.indicators.disclosure.hidden_list import (
    HIDDEN_LIST,
    HIDDEN_LIST_OF_PACKS,
    list_bytes,
    list_hidden,
    lists_in,
    names_areas,
)
from regsam_geo.indicators.disclosure.protect import (
    needs_protection,
    protect,
    protection_note,
    publishable,
    suppressed_cells,
    with_declared_counts,
)
from regsam_geo.indicators.disclosure.shown_figures import (
    FIGURE_COLUMNS,
    SHOWN_FIGURES,
    SHOWN_FIGURES_OF_PACKS,
    figures_bytes,
    written,
)

__all__ = [
    "FIGURE_COLUMNS",
    "HIDDEN_LIST",
    "HIDDEN_LIST_OF_PACKS",
    "SHOWN_FIGURES",
    "SHOWN_FIGURES_OF_PACKS",
    "DisclosureAudit",
    "Earlier",
    "HandedOut",
    "Previous",
    "audit_tables",
    "figures_bytes",
    "list_bytes",
    "list_for_next",
    "list_hidden",
    "lists_in",
    "load_earlier",
    "names_areas",
    "needs_protection",
    "protect",
    "protection_note",
    "publishable",
    "read_handed_out",
    "suppressed_cells",
    "with_declared_counts",
    "written",
]
