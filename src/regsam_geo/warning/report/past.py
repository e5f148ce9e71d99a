"""Tests without words: which areas warned in a past period, in a report that nobody reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.statistics.multiplicity import q_of

PORTION = 64
"""So many series are tested at once: few enough that tests are saved, enough that arrays pay."""

ROUNDING = 1e-9
"""By how much a bound of q must clear the threshold, so that no rounding error decides."""


def warned_cells(
    cube: Cube, asked: npt.NDArray[np.bool_], detectors: Iterable[Detector], context: Context
) -> npt.NDArray[np.bool_]:
    """Tell which of the asked cells, shape (S, A), warned in the newest period of the cube.

    Notes
    -----
    Whether q of a cell is below the threshold depends on the p of all series, but seldom on all of them. With
    every p that is not known yet put to 0, q is as small as it can become, with every such p put to 1 as large. As
    soon as both lie on the same side of the threshold, the other series need not be tested.
    """
    # Series that are asked about first: with them alone most cells are settled.
    own = asked.any(axis=1)
    others = np.flatnonzero(~own)
    portions = [
        np.flatnonzero(own),
        *(others[start : start + PORTION] for start in range(0, len(others), PORTION)),
    ]
    parts = [(rows, cube.take(rows)) for rows in portions]
    warned = np.zeros_like(asked)
    for detector in detectors:
        if (asked & ~warned).any():
            warned |= _significant(detector, cube, parts, asked & ~warned, context)
    return warned


def _significant(
    detector: Detector,
    cube: Cube,
    parts: Sequence[tuple[npt.NDArray[np.int64], Cube]],
    asked: npt.NDArray[np.bool_],
    context: Context,
) -> npt.NDArray[np.bool_]:
    """Tell which of the asked cells one detector flags; the series come in parts, until all cells are settled."""
    past, alpha = detector.past, context.settings.q_watch
    assert past is not None
    floor = past.floor(cube, context)
    p, unknown = np.full(floor.shape, np.nan), np.isfinite(floor)
    yes, unsettled = np.zeros_like(asked), asked
    for rows, part in parts:
        if not unsettled.any():
            break
        p[rows], unknown[rows] = past.p(part, context), False
        if not detector.corrected:  # the first part holds every series that is asked about
            return asked & (p < alpha)
        least, most = (q_of(np.where(unknown, bound, p), floor, alpha) for bound in (0.0, 1.0))
        # as long as a p is missing, q may be rounded another way than in the full report
        slack = ROUNDING * unknown.any()
        yes = asked & (most * (1 + slack) < alpha)
        unsettled = asked & ~yes & (least * (1 - slack) < alpha)
    return yes
