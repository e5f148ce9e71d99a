"""SO WHAT: data checks, spatial outliers, temporal outliers, and the combined warning."""

from regsam_geo.warning.band import expected_band, expected_bands
from regsam_geo.warning.checks import check_panel
from regsam_geo.warning.compare import compare_warnings
from regsam_geo.warning.context import Context
from regsam_geo.warning.detect import detect_warnings
from regsam_geo.warning.detectors import DETECTORS
from regsam_geo.warning.empirical_bayes import shrunken_rates, standardized_rates
from regsam_geo.warning.findings import as_findings
from regsam_geo.warning.funnel import funnel_limits
from regsam_geo.warning.getis_ord import getis_ord
from regsam_geo.warning.level import level_outliers
from regsam_geo.warning.local_moran import local_moran
from regsam_geo.warning.null_reports import NullReports, expected_false_warnings
from regsam_geo.warning.power import detectable_changes
from regsam_geo.warning.replay import Replay, replay
from regsam_geo.warning.review import predictive_value, read_review_file, write_review_file
from regsam_geo.warning.rollup import roll_up
from regsam_geo.warning.settings import Settings
from regsam_geo.warning.spatial import spatial_outliers
from regsam_geo.warning.spatial_outlier import spatial_outlier
from regsam_geo.warning.status_dynamics import class_table, status_dynamics
from regsam_geo.warning.table import ICONS, URGENCIES, WarningTable
from regsam_geo.warning.temporal import temporal_outliers
from regsam_geo.warning.themes import city_themes

__all__ = [
    "DETECTORS",
    "ICONS",
    "URGENCIES",
    "Context",
    "NullReports",
    "Replay",
    "Settings",
    "WarningTable",
    "as_findings",
    "check_panel",
    "city_themes",
    "class_table",
    "compare_warnings",
    "detect_warnings",
    "detectable_changes",
    "expected_band",
    "expected_bands",
    "expected_false_warnings",
    "funnel_limits",
    "getis_ord",
    "level_outliers",
    "local_moran",
    "predictive_value",
    "read_review_file",
    "replay",
    "roll_up",
    "shrunken_rates",
    "spatial_outlier",
    "spatial_outliers",
    "standardized_rates",
    "status_dynamics",
    "temporal_outliers",
    "write_review_file",
]
