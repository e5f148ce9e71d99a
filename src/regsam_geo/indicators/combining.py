"""Figures of several panels in one: own ones beside the city's."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.errors import PanelError
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel, remember_whole, whole_of
from regsam_geo.text import problem

SAID_ONCE = ("scale", "unit", "kind")
"""What two catalogues must not say differently of one indicator: its numbers would mean two things."""


def combine(first: Panel, second: Panel) -> Panel:
    """Return the rows of both panels, those that stand in both once; see ``Panel.combine``."""
    rows = pd.concat([first.data, second.data], ignore_index=True)
    _refuse_differences(rows)
    rows = rows[~rows.duplicated(list(KEY))]
    combined = Panel(rows, _catalogue_of(first.catalogue, second.catalogue))
    wholes = (whole_of(first)[0], whole_of(second)[0])
    if wholes[0] is first and wholes[1] is second:
        return combined
    # What may be shown of a selection is for its whole to say, also when it stands beside other figures.
    whole = wholes[0] if wholes[0] is wholes[1] else combine(*wholes)
    places = pd.MultiIndex.from_frame(whole.data[list(KEY)]).get_indexer(
        pd.MultiIndex.from_frame(combined.data[list(KEY)])
    )
    remember_whole(combined, whole, places)
    return combined


def _refuse_differences(rows: pd.DataFrame) -> None:
    """Refuse a key with two values: nobody but the user knows which one is right."""
    twice = rows[rows.duplicated(list(KEY), keep=False)].sort_values(list(KEY), kind="stable")
    before, after = twice.iloc[::2], twice.iloc[1::2]
    same = np.ones(len(before), dtype=bool)
    for column in (*NUMBERS, "sign"):
        one, other = before[column].reset_index(drop=True), after[column].reset_index(drop=True)
        same &= ((one == other) | (one.isna() & other.isna())).to_numpy()
    if not same.all():
        at = int(np.argmin(same))
        key = " · ".join(before.iloc[at][list(KEY)])
        values = (before["value"].iloc[at], after["value"].iloc[at])
        raise problem(
            PanelError, "combine_values", key=key, first=values[0], second=values[1], n=int((~same).sum())
        )


def _catalogue_of(first: pd.DataFrame, second: pd.DataFrame) -> pd.DataFrame:
    """Return what both catalogues say; the first is asked first."""
    key = list(CATALOGUE_KEY)
    own, other = (frame.drop_duplicates(key).set_index(key) for frame in (first, second))
    for entry in own.index.intersection(other.index):
        for column in SAID_ONCE:
            one, two = own.loc[entry, column], other.loc[entry, column]
            if pd.notna(one) and pd.notna(two) and one != two:
                raise problem(
                    PanelError,
                    "combine_catalogue",
                    indicator=" · ".join(entry),
                    column=column,
                    first=one,
                    second=two,
                )
    both = own.combine_first(other.astype(own.dtypes.reindex(other.columns).dropna().to_dict()))
    columns = [*CATALOGUE_COLUMNS, *(name for name in both if name not in CATALOGUE_COLUMNS)]
    return both.reindex([*own.index, *other.index.difference(own.index, sort=False)])[columns].reset_index()
