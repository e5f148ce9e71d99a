"""What the folder that a product is written into says of the edition that stands there."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.indicators.disclosure import (
    HandedOut,
    list_for_next,
    lists_in,
    names_areas,
    read_handed_out,
)
from regsam_geo.study import Study


def after_edition_in(folder: Path, study: Study) -> Study:
    """Return the study that hides what the edition in a folder hides: its readers have seen the rest.

    Where it hides and shows the same, it is the study itself: a report that is written again is the same.

    Raises
    ------
    InputError
        If the list of hidden cells that stands there was changed, or the figures beside it.
    """
    if study.threshold is None or not lists_in(folder):
        return study
    news = [one for one in read_handed_out(folder) if not one.says_no_more(study.published)]
    return study.replace(previous=(*study.previous, *news)) if news else study  # type: ignore[misc]


def folders_of_editions(study: Study) -> list[Path]:
    """Return the folders in which the earlier editions of a study stand, as far as they came as folders."""
    previous = study.previous or ()
    return list(dict.fromkeys(one.folder for one in previous if isinstance(one, HandedOut)))  # type: ignore[union-attr]


def panels_of_editions(study: Study) -> list[Panel]:
    """Return the earlier editions of a study that came as panels, of which no file may be at hand."""
    return [one for one in study.previous or () if isinstance(one, Panel)]  # type: ignore[union-attr]


def hidden_cells(study: Study) -> pd.DataFrame:
    """List what is hidden, for the next edition; empty where nothing is or was."""
    cells = list_for_next(study.published, study.previous)  # type: ignore[arg-type]
    return cells if names_areas(cells) else cells.iloc[:0]
