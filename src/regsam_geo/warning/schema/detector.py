"""What a detector is: one record that history, urgency, charts and sentences read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import KW_ONLY, dataclass, field
from typing import Any, Literal, NamedTuple, TypeAlias
from weakref import WeakValueDictionary

import numpy as np
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.indicators import Panel
from regsam_geo.study.settings import Settings
from regsam_geo.text import Phrase, fill, say
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.warning.schema.cube import Array, Cube

Family: TypeAlias = Literal["cross-sectional", "temporal"]
"""Areas are compared with each other, or with their own past."""


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
    city_level
        The level whose areas say what moves the whole city; every level where it is empty.
    shared
        What one detector worked out and another needs too, under a name; made anew for every report.
    """

    period: str
    neighbors: Mapping[str, Neighbors] = field(default_factory=dict)
    settings: Settings = field(default_factory=Settings)
    city_level: str = ""
    shared: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)


DetectorTest: TypeAlias = Callable[[Panel, Context], pd.DataFrame]
"""From a panel to findings in the schema of ``findings``, one row per test made, significant or not."""

CubeTest: TypeAlias = Callable[[Cube, Context], Array]
"""From a cube to one number per series and area, shape (S, A), for the newest period of the cube."""


def floor_zero(cube: Cube, _: Context) -> Array:
    """Return the floor of a p that has none: 0 wherever there is a value."""
    return np.where(np.isfinite(cube.value[:, -1]), 0.0, np.nan)


class Past(NamedTuple):
    """How a detector gives p alone, for an earlier report that nobody reads.

    Attributes
    ----------
    p
        p of each cell, which must not depend on the other series; NaN where there is no test.
    floor
        The smallest p that each cell can reach; NaN where there can be no test.
    """

    p: CubeTest
    floor: CubeTest = floor_zero


def by_reason(finding: Mapping[str, Any]) -> Sequence[str]:
    """Return the code of the one clause that tells a finding: its reason and direction."""
    return (f"{finding['reason']}.{finding['direction']}",)


@dataclass(frozen=True, eq=False)
class Detector:
    """One question that is asked of every area.

    Attributes
    ----------
    name
        The kind of its findings.
    family
        ``"cross-sectional"`` or ``"temporal"``; an answer of each family together is more urgent than one alone.
    test
        A function of a panel and a ``Context`` that returns findings (``regsam_geo.warning.as_findings``).
    words
        The kind in both languages; those of ``text/wording`` by default.
    sentences
        The clause of a warning, by reason, or by reason and direction joined by a dot. Fields are those of
        ``details`` (a float is written as a value of the indicator) and ``place``, ``title``, ``period``,
        ``value``, ``expected``, ``city`` and ``rarity``. How often it was as unusual in earlier reports is told
        behind them by itself.
    clauses
        The codes of the clauses of one finding, in order.
    past
        p of earlier periods without the rest; a detector without it is asked for its findings period by period.
    warns
        Whether a finding warns by itself; else it is named only beside another.
    corrected
        Whether q is that of Benjamini and Hochberg over all tests of the kind. ``False`` where p itself allows for
        their number.
    spreads
        Whether the same finding in a neighbor, in the same direction, makes both more urgent.
    chart_note
        Code of a remark for the foot of the chart of a warning; the chart marks ``expected`` where the family is
        temporal.

    Examples
    --------
    >>> from regsam_geo.warning import DETECTORS
    >>> [(one.name, one.family) for one in DETECTORS if one.spreads]
    [('level', 'cross-sectional'), ('change', 'temporal'), ('surge', 'temporal')]
    """

    name: str
    family: Family
    test: DetectorTest
    _: KW_ONLY
    words: Phrase | None = None
    sentences: Mapping[str, Phrase] = field(default_factory=dict)
    clauses: Callable[[Mapping[str, Any]], Sequence[str]] = by_reason
    past: Past | None = None
    warns: bool = True
    corrected: bool = True
    spreads: bool = False
    chart_note: str = ""

    def __post_init__(self) -> None:
        # Registered when made, so that a detector of one's own needs no list to be named in.
        _KNOWN[self.name] = self

    def in_words(self, lang: str | None = None) -> str:
        """Return what its kind is called; a kind without words is its own word."""
        code = f"kind.{self.name}"
        if self.words is not None:
            return fill(self.words, lang)
        # A detector of one's own need not bring words.
        return say(code, lang) if code in PHRASES else self.name

    def phrases(self, finding: Mapping[str, Any]) -> list[Phrase]:
        """Return the clauses that tell a finding, unfilled."""
        return [self._phrase(code) for code in self.clauses(finding)]

    def own_phrases(self, finding: Mapping[str, Any]) -> list[Phrase]:
        """Return the clauses for which the detector brings its own sentences."""
        return [phrase for code in self.clauses(finding) if (phrase := self._own_phrase(code)) is not None]

    def _phrase(self, code: str) -> Phrase:
        # A detector's own words go before those of the library, so that one can be replaced without touching
        # them.
        own = self._own_phrase(code)
        return PHRASES.get(f"warning.{code}", PHRASES["warning.without_words"]) if own is None else own

    def _own_phrase(self, code: str) -> Phrase | None:
        # With the direction first: a sentence for "up" goes before one for both.
        return self.sentences.get(code, self.sentences.get(code.partition(".")[0]))


_KNOWN: WeakValueDictionary[str, Detector] = WeakValueDictionary()
"""The detectors in use, by kind: a chart is given one row of a table, and the row names its kinds alone."""


def detector_of(kind: str) -> Detector | None:
    """Return the detector whose findings are of a kind."""
    return _KNOWN.get(kind)
