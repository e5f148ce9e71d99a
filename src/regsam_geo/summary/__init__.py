"""TELL: region tables, the meeting report, region profiles and meeting packs.

Imports run down the floors: ``products`` put a report, a profile or a pack together; ``writers`` make bytes of it;
``words`` make tables and pages for people; ``facts`` compute what is told.
"""

from regsam_geo.summary.products.meeting_pack import MeetingPack, write_meeting_pack
from regsam_geo.summary.products.region_profile import RegionProfile, region_profile
from regsam_geo.summary.products.report import Report, write_report
from regsam_geo.summary.products.summarize_regions import summarize_regions

__all__ = [
    "MeetingPack",
    "RegionProfile",
    "Report",
    "region_profile",
    "summarize_regions",
    "write_meeting_pack",
    "write_report",
]
