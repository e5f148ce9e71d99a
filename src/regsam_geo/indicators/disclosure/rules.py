"""The rule: which counts are small, what a reader may know beforehand, and which intervals give too much away."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, TypedDict, get_args

import numpy as np
from numpy.typing import NDArray

from regsam_geo.areas import Division, as_division
from regsam_geo.errors import OptionError
from regsam_geo.text import problem

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

Zeros = Literal["show", "hide"]
ZEROS: tuple[Zeros, ...] = get_args(Zeros)

Divisions: TypeAlias = Division | Sequence[Division] | None
Groups = Mapping[tuple[str, str], Sequence[str]]

TOLERANCE = 1e-6
"""What counts as equal when sums of printed numbers are compared."""


class Declared(TypedDict, total=False):
    """What the user says about the tables that a reader lays side by side; ``protect`` explains each."""

    zeros: Zeros
    divisions: Divisions
    sums: Mapping[str, Sequence[str]] | None
    groups: Groups | None
    counts: Mapping[str, bool] | None


class Protection(Declared, total=False):
    """The same, and what is to be handed out besides."""

    regions: bool


@dataclass(frozen=True)
class Rule:
    """What is protected.

    Attributes
    ----------
    threshold
        A count of persons from 1 to one below it is small.
    zeros
        ``"show"``: a count of zero stays, because it describes nobody (the whole minus the part being zero does
        not stay: it describes everybody). ``"hide"``: zero is small too.
    """

    threshold: float = 3
    zeros: Zeros = "show"

    def __post_init__(self) -> None:
        # no whole number of persons would be small with a threshold of 1
        if not (np.isfinite(self.threshold) and self.threshold > 1):
            raise problem(OptionError, "disclosure_threshold", found=str(self.threshold))
        if self.zeros not in ZEROS:
            raise problem(OptionError, "disclosure_zeros", found=str(self.zeros), expected=", ".join(ZEROS))

    def is_small(self, counts: Floats) -> Bools:
        """Return which counts are small; NaN is not."""
        with np.errstate(invalid="ignore"):
            # above zero, not from one on: a yearly mean of 0.4 describes somebody too
            lower = counts >= 0 if self.zeros == "hide" else counts > TOLERANCE
            return np.asarray(lower & (counts < self.threshold - TOLERANCE))

    def least(self, whole: Bools) -> Floats:
        """Return the smallest count that a reader must reckon with behind a hidden cell.

        Where zeros are shown, a hidden whole number is at least 1; a yearly mean may be anything above 0.
        """
        return np.where(whole & (self.zeros == "show"), 1.0, 0.0)

    def width(self, least: Floats) -> Floats:
        """Return how wide the interval around a hidden count must be: from the least count to the threshold."""
        return np.asarray(self.threshold - least)


def gives_away(lower: Floats, upper: Floats, needed: Floats, rule: Rule) -> Bools:
    """Return which intervals lie inside the protection range.

    An interval that begins below the threshold must be at least ``needed`` wide; one that begins at the threshold
    or above shows that the count is not small.
    """
    with np.errstate(invalid="ignore"):
        return np.asarray((lower < rule.threshold - TOLERANCE) & (upper - lower < needed - TOLERANCE))


def as_divisions(given: Any, otherwise: Sequence[Division | None] = (None,)) -> list[Division]:
    """Return the divisions that are declared, the shipped one where none is."""
    several = given if isinstance(given, list | tuple) else [] if given is None else [given]
    return [as_division(division) for division in several or otherwise]
