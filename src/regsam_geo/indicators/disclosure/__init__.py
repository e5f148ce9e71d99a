"""Disclosure control: small counts of persons are hidden, and an audit proves that they stay hidden."""

from regsam_geo.indicators.disclosure.audit import DisclosureAudit, audit_tables
from regsam_geo.indicators.disclosure.editions import Earlier, Previous, load_earlier
from regsam_geo.indicators.disclosure.hidden_list import (
    HIDDEN_LIST,
    HIDDEN_LIST_OF_PACKS,
    READ_FROM,
    list_bytes,
    list_for_next,
    list_hidden,
    lists_in,
    names_areas,
    read_hidden_lists,
    says_no_more,
)
from regsam_geo.indicators.disclosure.protect import (
    needs_protection,
    protect,
    protection_note,
    publishable,
    suppressed_cells,
    with_declared_counts,
)

__all__ = [
    "HIDDEN_LIST",
    "HIDDEN_LIST_OF_PACKS",
    "READ_FROM",
    "DisclosureAudit",
    "Earlier",
    "Previous",
    "audit_tables",
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
    "read_hidden_lists",
    "says_no_more",
    "suppressed_cells",
    "with_declared_counts",
]
