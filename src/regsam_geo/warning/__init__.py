"""SO WHAT: data checks, spatial outliers, temporal outliers, and the combined warning."""

from regsam_geo.study.settings import Settings
from regsam_geo.warning.data_questions.check_panel import check_panel
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.report.assessments import (
    Judgement,
    day_words,
    finding_of,
    judgements,
    newest,
    predictive_value,
    region_here,
    shown_assessments,
)
from regsam_geo.warning.report.city_themes import city_themes
from regsam_geo.warning.report.compare import compare_warnings
from regsam_geo.warning.report.detect import detect_warnings
from regsam_geo.warning.report.detectable_changes import detectable_changes
from regsam_geo.warning.report.expected_band import band_as_tested, expected_band, expected_bands
from regsam_geo.warning.report.find_outliers import find_outliers
from regsam_geo.warning.report.life import SILENT
from regsam_geo.warning.report.null_reports import NullReports, expected_false_warnings
from regsam_geo.warning.report.read_assessments import ANSWERED, HEADS, MARK, read_assessments
from regsam_geo.warning.report.replay import Replay, replay
from regsam_geo.warning.report.roll_up import roll_up
from regsam_geo.warning.report.rows_together import areas_of, each_area, stand_in
from regsam_geo.warning.report.short_sentences import SHORT_FIELDS, short_sentence
from regsam_geo.warning.report.shown_warnings import of_shown_cells
from regsam_geo.warning.report.table import ICONS, URGENCIES, WarningTable, is_long_open
from regsam_geo.warning.report.usual_most import usual_most
from regsam_geo.warning.schema.detector import Context, Detector, Past, detector_of
from regsam_geo.warning.schema.findings import as_findings
from regsam_geo.warning.statistics.empirical_bayes import shrunken_rates, standardized_rates
from regsam_geo.warning.statistics.funnel import funnel_limits
from regsam_geo.warning.statistics.getis_ord import getis_ord
from regsam_geo.warning.statistics.local_moran import local_moran
from regsam_geo.warning.statistics.spatial_outlier import spatial_outlier

__all__ = [
    "ANSWERED",
    "DETECTORS",
    "HEADS",
    "ICONS",
    "MARK",
    "SHORT_FIELDS",
    "SILENT",
    "URGENCIES",
    "Context",
    "Detector",
    "Judgement",
    "NullReports",
    "Past",
    "Replay",
    "Settings",
    "WarningTable",
    "areas_of",
    "as_findings",
    "band_as_tested",
    "check_panel",
    "city_themes",
    "compare_warnings",
    "day_words",
    "detect_warnings",
    "detectable_changes",
    "detector_of",
    "each_area",
    "expected_band",
    "expected_bands",
    "expected_false_warnings",
    "find_outliers",
    "finding_of",
    "funnel_limits",
    "getis_ord",
    "is_long_open",
    "judgements",
    "local_moran",
    "newest",
    "of_shown_cells",
    "predictive_value",
    "read_assessments",
    "region_here",
    "replay",
    "roll_up",
    "short_sentence",
    "shown_assessments",
    "shrunken_rates",
    "spatial_outlier",
    "stand_in",
    "standardized_rates",
    "usual_most",
]
