"""TELL: region tables, the meeting report, region profiles and meeting packs."""

from regsam_geo.summary.profile.region_profile import RegionProfile, region_profile
from regsam_geo.summary.regions import summarize_regions
from regsam_geo.summary.report import Report, write_map, write_report

__all__ = ["RegionProfile", "Report", "region_profile", "summarize_regions", "write_map", "write_report"]
