"""Several files and editions of the same series: overlaps are named, and revisions can be listed."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.indicators.tables.options import Editions, Note
from regsam_geo.text import problem


def settle_editions(parts: Sequence[pd.DataFrame], editions: Editions) -> tuple[pd.DataFrame, tuple[Note, ...]]:
    """Put the rows of several tables together; of rows that stand in two, the later table wins when told so.

    Raises
    ------
    InputError
        If rows stand in two tables and nothing was said about it.
    """
    rows = pd.concat(parts, ignore_index=True)
    if len(parts) < 2:
        return rows, ()
    twice = rows.duplicated(list(KEY))
    if not twice.any():
        return rows, ()
    second = rows.loc[twice.idxmax()]
    same = (rows[list(KEY)] == second[list(KEY)]).all(axis=1)
    if editions == "refuse":
        raise problem(
            InputError,
            "files_overlap",
            first=rows.loc[same, "file"].iloc[0],
            second=second["file"],
            key=" · ".join(second[list(KEY)]),
            n=int(twice.sum()),
        )
    # The later table wins cell by cell: a newer edition need not hold the old years.
    superseded = rows.duplicated(list(KEY), keep="last")
    notes = []
    for file, old in rows[superseded].groupby("file", sort=False):
        newer = rows[~superseded].merge(old[list(KEY)], on=list(KEY))
        changed = list_revisions(_bare(old), _bare(newer))
        notes.append(Note(str(file), "superseded", {"n": len(old), "changed": len(changed)}))
    return rows[~superseded].reset_index(drop=True), tuple(notes)


def _bare(rows: pd.DataFrame) -> Panel:
    return Panel.from_frame(rows[[*KEY, *NUMBERS, "sign"]])


def list_revisions(old: Panel | pd.DataFrame, new: Panel | pd.DataFrame) -> pd.DataFrame:
    """List the cells that a newer edition tells differently.

    Only cells that both editions hold are compared; what was added or dropped is no revision.

    Parameters
    ----------
    old, new
        The same indicators as two editions tell them; tidy frames are accepted.

    Returns
    -------
    DataFrame
        One row per revised cell: the key; ``value_old``, ``value_new``, ``change`` (new - old), ``sign_old``,
        ``sign_new``; ``bases``, whether a Basiswert was revised too.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> old = rg.load_sample().sel("Nichtdeutsche", period=2023)
    >>> frame = old.data.copy()
    >>> frame.loc[frame["area_id"] == "07", "value"] += 0.1
    >>> rg.list_revisions(old, frame)[["area_id", "value_old", "value_new"]].values.tolist()
    [['07', 31.2, 31.3]]
    """
    before, after = Panel.from_frame(old).data, Panel.from_frame(new).data
    # Inner: what only one edition holds was added or dropped, not revised.
    both = before.merge(after, on=list(KEY), suffixes=("_old", "_new"))
    differs = {name: _differs(both[f"{name}_old"], both[f"{name}_new"]) for name in NUMBERS}
    bases = np.logical_or.reduce([differs[name] for name in NUMBERS if name.startswith("base")])
    revised = differs["value"] | bases | (both["sign_old"] != both["sign_new"]).to_numpy()
    table = both.loc[revised, [*KEY, "value_old", "value_new", "sign_old", "sign_new"]]
    table.insert(len(KEY) + 2, "change", table["value_new"] - table["value_old"])
    return table.assign(bases=bases[revised]).reset_index(drop=True)


def _differs(old: pd.Series, new: pd.Series) -> npt.NDArray[np.bool_]:
    # NaN differs from itself: every cell that both lack would be listed as revised.
    same = (old == new) | (old.isna() & new.isna())
    return np.asarray(~same, dtype=bool)
