"""What a detector is, and what it is given besides the panel."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.study.settings import Settings


@dataclass(frozen=True)
class Context:
    """What a detector may need besides the panel.

    Attributes
    ----------
    period
        The period that the report is about; findings are made for it alone.
    neighbors
        The neighbors of the areas, per level; a level without entry has no spatial tests.
    settings
        The thresholds.
    shared
        What one detector worked out and another needs too, under a name; made anew for every report.
    """

    period: str
    neighbors: Mapping[str, Neighbors] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    shared: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


class Detector(Protocol):
    """A function from a panel to findings in the schema of ``findings``, one row per test made."""

    def __call__(self, panel: Panel, context: Context) -> pd.DataFrame:
        """Return the findings of one question."""
        ...
