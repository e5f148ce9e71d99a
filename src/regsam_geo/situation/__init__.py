"""WHERE IT STANDS: the social situation of areas, how firm it is, and what many of them share."""

from regsam_geo.situation.history import BURDENS, FIRM, SituationHistory
from regsam_geo.situation.inputs import StatusRules
from regsam_geo.situation.polarization import polarization
from regsam_geo.situation.shared_burdens import AT_LEAST, shared_burdens
from regsam_geo.situation.social_situation import social_situation
from regsam_geo.situation.status_classes import class_table, status_dynamics
from regsam_geo.situation.table import (
    ARROWS,
    DIRECTIONS,
    SituationFacts,
    SituationTable,
    in_words_of_burden,
)

__all__ = [
    "ARROWS",
    "AT_LEAST",
    "BURDENS",
    "DIRECTIONS",
    "FIRM",
    "SituationFacts",
    "SituationHistory",
    "SituationTable",
    "StatusRules",
    "class_table",
    "in_words_of_burden",
    "polarization",
    "shared_burdens",
    "social_situation",
    "status_dynamics",
]
