"""What the folder of a report says of its edition: which cells it hides, and which figures it shows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.indicators.disclosure.hidden_list import (
    ALL_OTHERS,
    HIDDEN_LIST,
    LIST_COLUMNS,
    list_hidden,
    lists_in,
    read_list,
    tables_of,
)
from regsam_geo.indicators.disclosure.rules import TOLERANCE
from regsam_geo.indicators.disclosure.shown_figures import FIGURES_OF, HALF_UNIT, SHOWN_NUMBERS, read_figures
from regsam_geo.indicators.panel import KEY, Panel
from regsam_geo.text import problem, say, tell


@dataclass(frozen=True, eq=False)
class HandedOut:
    """An edition as its folder tells of it.

    Attributes
    ----------
    cells
        The list of its hidden cells, without figures.
    figures
        The figures that it shows; ``None`` where the folder does not hold them.
    folder
        Where it stands.
    """

    cells: pd.DataFrame
    figures: pd.DataFrame | None
    folder: Path

    def says_no_more(self, panel: Panel) -> bool:
        """Tell whether it hides of a protected panel just what is hidden in it, and shows the same figures."""
        mine, theirs = tables_of(panel.data), tables_of(self.cells)
        listed = self.cells[theirs.isin(mine) & (self.cells["area_id"] != ALL_OTHERS)]
        now = list_hidden(panel)
        now = now[tables_of(now).isin(theirs) & (now["area_id"] != ALL_OTHERS)]
        both = [one[list(LIST_COLUMNS)].sort_values(list(KEY), ignore_index=True) for one in (listed, now)]
        return bool(both[0].astype(object).equals(both[1].astype(object))) and not self._was_revised(panel)

    def _was_revised(self, panel: Panel) -> bool:
        if self.figures is None:
            return False
        at = pd.MultiIndex.from_frame(panel.data[list(KEY)]).get_indexer(
            pd.MultiIndex.from_frame(self.figures[list(KEY)])
        )
        now = panel.data[list(SHOWN_NUMBERS)].to_numpy(dtype=np.float64)[at[at >= 0]]
        then = self.figures[list(SHOWN_NUMBERS)].to_numpy(dtype=np.float64)[at >= 0]
        room = np.zeros_like(then)
        room[:, 0] = self.figures[HALF_UNIT].to_numpy()[at >= 0]
        return bool((np.abs(now - then) > room + TOLERANCE).any())


def read_handed_out(path: str | Path) -> list[HandedOut]:
    """Read what a folder says of the editions in it, by the folder or by its list of hidden cells.

    Raises
    ------
    InputError
        If there is no list of hidden cells, or a file is none.
    """
    place = Path(path)
    files = lists_in(place) if place.is_dir() else [place]
    if not files:
        # nothing was hidden there, so all was shown; what that was only the table itself can tell
        raise problem(InputError, "hidden_list_missing", file=HIDDEN_LIST, folder=str(place))
    return [_read(file) for file in files]


def _read(file: Path) -> HandedOut:
    cells = read_list(file)
    name = FIGURES_OF.get(file.name, FIGURES_OF[HIDDEN_LIST])
    figures = read_figures(file.parent / name)
    if figures is None:
        tell(say("note.earlier_without_figures", folder=str(file.parent), file=name))
    return HandedOut(cells, figures, file.parent)


def list_for_next(panel: Panel, previous: Iterable[Panel | pd.DataFrame | HandedOut]) -> pd.DataFrame:
    """List what is hidden in a protected panel, and what earlier editions hid in tables that it does not have.

    An edition may show a year again that the one before had left out.
    """
    lists, tables = [list_hidden(panel)], tables_of(panel.data)
    for one in previous:
        if isinstance(one, Panel):
            cells = list_hidden(one)
        else:
            cells = (one.cells if isinstance(one, HandedOut) else one)[list(LIST_COLUMNS)].astype("str")
        # in tables that the panel has, what was hidden before is hidden again and so stands in its own list
        lists.append(cells[~tables_of(cells).isin(tables)])
    found = pd.concat(lists)
    return found.drop_duplicates(list(KEY)).sort_values(list(KEY), ignore_index=True)
