"""Reads finished files as a reader would, and says whether they give a small count away."""

from regsam_geo.audit.contents import files_below
from regsam_geo.audit.finished import FinishedAudit, audit_files
from regsam_geo.audit.verb import audit_disclosure

__all__ = ["FinishedAudit", "audit_disclosure", "audit_files", "files_below"]
