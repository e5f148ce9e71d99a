"""Tests without words: which areas warned in a past period, in a report that nobody reads."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.statistics.multiplicity import q_of
from regsam_geo.warning.statistics.robust import Array


def flagged_cells(
    cube: Cube,
    detectors: Iterable[Detector],
    context: Context,
    note: Callable[[str, str, Array], None] | None = None,
) -> pd.DataFrame:
    """Return the cells that warned in the newest period of a cube, one row per cell and kind.

    Parameters
    ----------
    cube
        The headline series of one level, up to the period.
    detectors
        Those that have a ``past``.
    context
        Of that period.
    note
        Called with level, kind and p of every test, for whoever counts them.

    Returns
    -------
    DataFrame
        ``indicator``, ``group``, ``level``, ``area_id``, ``kind``, ``p``, ``q``.
    """
    alpha, found = context.settings.q_watch, []
    for detector in detectors:
        assert detector.past is not None
        p = detector.past.p(cube, context)
        if note is not None:
            note(cube.level, detector.name, p)
        q = q_of(p, detector.past.floor(cube, context), alpha) if detector.corrected else p
        at, area = np.nonzero(np.nan_to_num(q, nan=1.0) < alpha)
        found.append(
            pd.DataFrame({**cube.labels(at, area), "kind": detector.name, "p": p[at, area], "q": q[at, area]})
        )
    columns = ["indicator", "group", "level", "area_id", "kind", "p", "q"]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=columns)
