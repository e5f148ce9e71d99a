"""TELL: region tables and the meeting report."""

from regsam_geo.summary.regions import summarize_regions

__all__ = ["summarize_regions"]
