"""WHAT A REPORT IS ABOUT: figures, areas, regions, settings and names, said once and held."""

from regsam_geo.study.figures import aggregate, check_summable, compare_areas, join_indicators
from regsam_geo.study.load import as_study, load_study
from regsam_geo.study.pick import One, Pick, names_apart, two_of
from regsam_geo.study.settings import Settings
from regsam_geo.study.study import Study
from regsam_geo.study.verb import StudyLike, verb

__all__ = [
    "One",
    "Pick",
    "Settings",
    "Study",
    "StudyLike",
    "aggregate",
    "as_study",
    "check_summable",
    "compare_areas",
    "join_indicators",
    "load_study",
    "names_apart",
    "two_of",
    "verb",
]
