"""Disclosure control: small counts of persons are hidden, and an audit proves that they stay hidden."""

from regsam_geo.indicators.disclosure.audit import DisclosureAudit, audit_disclosure
from regsam_geo.indicators.disclosure.protect import (
    needs_protection,
    protect,
    protection_note,
    publishable,
    suppressed_cells,
)

__all__ = [
    "DisclosureAudit",
    "audit_disclosure",
    "needs_protection",
    "protect",
    "protection_note",
    "publishable",
    "suppressed_cells",
]
