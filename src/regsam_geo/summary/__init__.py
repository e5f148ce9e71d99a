"""TELL: region tables and the meeting report."""

from regsam_geo.summary.regions import summarize_regions
from regsam_geo.summary.report import Report, write_map, write_report

__all__ = ["Report", "summarize_regions", "write_map", "write_report"]
