"""What the folder that a product is written into says of the edition that stands there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from regsam_geo.indicators.disclosure import (
    READ_FROM,
    list_for_next,
    lists_in,
    names_areas,
    read_hidden_lists,
    says_no_more,
)
from regsam_geo.study import Study


def after_edition_in(folder: Path, study: Study) -> Study:
    """Return the study that hides what the edition in a folder hides: its readers have seen the rest.

    Where the list there says nothing new, it is the study itself: a report that is written again is the same.

    Raises
    ------
    InputError
        If the list of hidden cells that stands there was changed.
    """
    if study.threshold is None or not lists_in(folder):
        return study
    news = [cells for cells in read_hidden_lists(folder) if not says_no_more(cells, study.published)]
    return study.replace(previous=(*study.previous, *news)) if news else study  # type: ignore[misc]


def folders_of_editions(study: Study) -> list[Path]:
    """Return the folders in which the earlier editions of a study stand, as far as they came as folders."""
    lists = (one for one in study.previous or () if isinstance(one, pd.DataFrame))  # type: ignore[union-attr]
    return list(dict.fromkeys(Path(cells.attrs[READ_FROM]) for cells in lists if READ_FROM in cells.attrs))


def hidden_cells(study: Study) -> pd.DataFrame:
    """List what is hidden, for the next edition; empty where nothing is or was."""
    cells = list_for_next(study.published, study.previous)  # type: ignore[arg-type]
    return cells if names_areas(cells) else cells.iloc[:0]
