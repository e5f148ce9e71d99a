"""The settings of the warning function: one frozen object, versioned, written into every report."""

from __future__ import annotations

from dataclasses import dataclass

SETTINGS_VERSION = "1"


@dataclass(frozen=True)
class Settings:
    """Thresholds of the warning function.

    Attributes
    ----------
    q_watch
        False discovery rate within a kind at which an area is watched.
    q_check
        The stricter rate at which it is to be checked.
    """

    q_watch: float = 0.10
    q_check: float = 0.01
    version: str = SETTINGS_VERSION
