"""The list of detectors: a new one is one new file and one line here."""

from __future__ import annotations

from regsam_geo.warning.change import change
from regsam_geo.warning.context import Context, Detector
from regsam_geo.warning.drift import drift
from regsam_geo.warning.level import level
from regsam_geo.warning.spatial import cluster, spatial

DETECTORS: tuple[Detector, ...] = (cluster, spatial, level, change, drift)

__all__ = ["DETECTORS", "Context", "Detector"]
