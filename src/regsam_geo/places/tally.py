"""What was counted in a piece of the records, and how two pieces are put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from regsam_geo.errors import InputError
from regsam_geo.text import problem

MOST_CELLS = 3_000_000
"""Areas times periods times groups; beyond that a column of groups is one of names or numbers."""


@dataclass(frozen=True)
class Tally:
    """Counts by place, period and group, and how many records could not be counted.

    Attributes
    ----------
    wheres, periods, groups
        What the axes of the counts are called, in order. A place is that of an area in its layer, -1 outside of
        all, or what the records call it.
    counts
        Records by place, period and group.
    records, without_place, without_period, on_border
        How many there were, and how many of them without coordinates, without a period, on a border.
    unread
        Some of the periods that could not be read.
    """

    wheres: tuple[Any, ...] = ()
    periods: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    counts: npt.NDArray[np.int64] = field(default_factory=lambda: np.zeros((0, 0, 0), dtype=np.int64))
    records: int = 0
    without_place: int = 0
    without_period: int = 0
    on_border: int = 0
    unread: tuple[str, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        wheres = _together(self.wheres, other.wheres)
        periods = _together(self.periods, other.periods)
        groups = _together(self.groups, other.groups)
        if (cells := len(wheres) * len(periods) * len(groups)) > MOST_CELLS:
            raise problem(InputError, "records_groups", n=len(groups), found=cells, expected=MOST_CELLS)
        counts = np.zeros((len(wheres), len(periods), len(groups)), dtype=np.int64)
        for one in (self, other):
            places = [
                _places(part, whole)
                for part, whole in ((one.wheres, wheres), (one.periods, periods), (one.groups, groups))
            ]
            counts[np.ix_(*places)] += one.counts
        return Tally(
            wheres,
            periods,
            groups,
            counts,
            self.records + other.records,
            self.without_place + other.without_place,
            self.without_period + other.without_period,
            self.on_border + other.on_border,
            tuple(sorted({*self.unread, *other.unread})[:3]),
        )


def tally_of(
    where: tuple[npt.NDArray[np.integer], Sequence[Any]],
    period: tuple[npt.NDArray[np.integer], Sequence[str]],
    group: tuple[npt.NDArray[np.integer], Sequence[str]],
) -> Tally:
    """Count the rows of a piece, each given by the number of its place, its period and its group."""
    (at, wheres), (when, periods), (what, groups) = where, period, group
    shape = (len(wheres), len(periods), len(groups))
    if (cells := shape[0] * shape[1] * shape[2]) > MOST_CELLS:
        raise problem(InputError, "records_groups", n=len(groups), found=cells, expected=MOST_CELLS)
    code = at.astype(np.int64) if shape[1] * shape[2] > 1 else at
    if shape[1] > 1:
        code = code * shape[1] + when
    if shape[2] > 1:
        code = code * shape[2] + what
    counts = np.bincount(code, minlength=cells).reshape(shape).astype(np.int64)
    return Tally(tuple(wheres), tuple(periods), tuple(groups), counts)


def _together(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return one if one == other else tuple(sorted({*one, *other}))


def _places(part: tuple[Any, ...], whole: tuple[Any, ...]) -> npt.NDArray[np.intp]:
    where = {name: place for place, name in enumerate(whole)}
    return np.array([where[name] for name in part], dtype=np.intp)
