"""Ids of a table held to the names beside them in a column that is not read."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from regsam_geo.areas import LEVELS, AreaId
from regsam_geo.areas.keys import NUMBERED, refuse_contradictions
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.indicators.tables.views import View
from regsam_geo.text import say

MOST_NAMES = 2000
"""A column with more different texts holds no names of areas."""


def hold_to_names(
    table: RawTable, view: View, areas: Sequence[tuple[str, str]], codes: npt.NDArray[np.int64]
) -> None:
    """Refuse ids that names in an unread column contradict: a running number is no id.

    Parameters
    ----------
    table, view
        What is read.
    areas, codes
        Level and id of the different areas, and which of them each row is about.

    Raises
    ------
    AreaError
        With three of the contradictions, and the column that names the areas.
    """
    known = dict.fromkeys(areas)
    # Areas of one's own have no official names that could contradict them.
    if not any(level in NUMBERED for level, _ in known):
        return
    places = {area: place for place, area in enumerate(known)}
    codes = np.array([places[area] for area in areas], dtype=np.int64)[codes]
    ids = [AreaId(level, area_id) if level in LEVELS else None for level, area_id in known]
    used = set(view.columns.values())
    for title in (title for title in table.header if title not in used):
        other = table.distinct(title)
        n = len(other.cells)
        if not 0 < n <= MOST_NAMES or not all(isinstance(cell, str) for cell in other.cells):
            continue
        first, second = np.divmod(np.unique(codes * n + other.codes), n)
        pairs = [(ids[at], other.cells[to]) for at, to in zip(first, second, strict=True)]
        refuse_contradictions(
            [area for area, _ in pairs if area is not None],
            [name for area, name in pairs if area is not None],
            where=table.location,
            ids=view.columns["area"],
            column=title,
            mend=say("hint.area_is_name", column=title),
        )
