"""The list of detectors: a new one is one new file and one line here."""

from __future__ import annotations

from regsam_geo.warning.detectors.change import change
from regsam_geo.warning.detectors.detector import Context, Detector
from regsam_geo.warning.detectors.drift import drift
from regsam_geo.warning.detectors.level import level
from regsam_geo.warning.detectors.spatial import cluster, spatial

DETECTORS: tuple[Detector, ...] = (cluster, spatial, level, change, drift)

__all__ = ["DETECTORS", "Context", "Detector"]
