"""The list of detectors: a new one is one new file and one line here."""

from __future__ import annotations

from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.cluster import CLUSTER
from regsam_geo.warning.detectors.drift import DRIFT
from regsam_geo.warning.detectors.level import LEVEL
from regsam_geo.warning.detectors.spatial import SPATIAL
from regsam_geo.warning.detectors.surge import SURGE
from regsam_geo.warning.detectors.zone import ZONE
from regsam_geo.warning.schema.detector import Detector

DETECTORS: tuple[Detector, ...] = (CLUSTER, SPATIAL, LEVEL, CHANGE, ZONE, DRIFT, SURGE)
"""In the order in which their kinds are named."""
