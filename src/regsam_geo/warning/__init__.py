"""SO WHAT: data checks, spatial outliers, temporal outliers, and the combined warning."""

from regsam_geo.warning.band import expected_band
from regsam_geo.warning.checks import check_panel
from regsam_geo.warning.compare import compare_warnings
from regsam_geo.warning.context import Context
from regsam_geo.warning.detect import detect_warnings
from regsam_geo.warning.local_moran import local_moran
from regsam_geo.warning.null_reports import NullReports, expected_false_warnings
from regsam_geo.warning.power import detectable_changes
from regsam_geo.warning.replay import Replay, replay
from regsam_geo.warning.review import predictive_value, read_review_file, write_review_file
from regsam_geo.warning.rollup import roll_up
from regsam_geo.warning.settings import Settings
from regsam_geo.warning.spatial_outlier import spatial_outlier
from regsam_geo.warning.status_dynamics import class_table, status_dynamics
from regsam_geo.warning.table import ICONS, URGENCIES, WarningTable
from regsam_geo.warning.themes import city_themes

__all__ = [
    "ICONS",
    "URGENCIES",
    "Context",
    "NullReports",
    "Replay",
    "Settings",
    "WarningTable",
    "check_panel",
    "city_themes",
    "class_table",
    "compare_warnings",
    "detect_warnings",
    "detectable_changes",
    "expected_band",
    "expected_false_warnings",
    "local_moran",
    "predictive_value",
    "read_review_file",
    "replay",
    "roll_up",
    "spatial_outlier",
    "status_dynamics",
    "write_review_file",
]
