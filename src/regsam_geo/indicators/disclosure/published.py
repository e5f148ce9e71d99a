"""What published tables say besides counts: rates, ranks, differences, ratios, changes, as ranges of a value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple, TypeAlias

import numpy as np
import pandas as pd

from regsam_geo.errors import PanelError
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import complete_catalogue
from regsam_geo.indicators.disclosure.rates import decimals_of
from regsam_geo.indicators.disclosure.rules import Bools, Floats
from regsam_geo.indicators.panel import KEY, Panel
from regsam_geo.indicators.periods import years_before
from regsam_geo.text import problem

Tables: TypeAlias = Panel | pd.DataFrame | Iterable[Panel | pd.DataFrame] | Mapping[str, Panel | pd.DataFrame]

DERIVED = ("rank", "city", "difference", "ratio")


class Published(NamedTuple):
    """All tables under each other.

    ``data`` has the panel's columns, those of ``DERIVED`` and changes, and ``table``, each row's table.
    """

    data: pd.DataFrame
    catalogue: pd.DataFrame
    names: list[str]


class Statement(NamedTuple):
    """A published figure that bounds a value."""

    row: int  # of the data
    low: float
    high: float
    source: str


def gather(tables: Tables) -> Published:
    """Put published tables under each other; what a later one knows about an indicator completes the first."""
    if isinstance(tables, Panel | pd.DataFrame):
        tables = [tables]
    named = tables if isinstance(tables, Mapping) else {str(n + 1): table for n, table in enumerate(tables)}
    if not named:
        raise problem(PanelError, "disclosure_no_tables")
    parts, catalogues = [], []
    for name, table in named.items():
        extra = pd.DataFrame(index=[])
        if isinstance(table, pd.DataFrame):
            frame = table if "value" in table else table.assign(value=np.nan)
            panel = Panel.from_frame(frame)
            columns = [c for c in frame if c in DERIVED or str(c).startswith("change_")]
            if columns:
                filled = frame.assign(
                    **{c: d for c, d in (("group", "insgesamt"), ("level", "district")) if c not in frame}
                )
                extra = filled[[*KEY, *columns]].astype(dict.fromkeys(KEY, "str"))
        else:
            panel = table
        data = panel.data.merge(extra, on=list(KEY), how="left") if len(extra) else panel.data
        parts.append(data.assign(table=name))
        catalogues.append(panel.catalogue)
    data = pd.concat(parts, ignore_index=True)
    known = pd.concat(catalogues, ignore_index=True)
    # the first table that says something about an indicator is believed
    known = known.groupby(list(CATALOGUE_KEY), sort=False, as_index=False).first()
    known = known[[c for c in known if c in CATALOGUE_KEY or c in CATALOGUE_COLUMNS]]
    return Published(data, complete_catalogue(known, data), list(named))


def value_statements(published: Published) -> list[Statement]:
    """Return what the tables say about values: printed ones first, then what gives a hidden one away."""
    data = published.data
    value = data["value"].to_numpy(dtype=np.float64)
    half = _half_units(published)
    found = [
        Statement(int(k), value[k] - half[k], value[k] + half[k], "rate") for k in np.flatnonzero(~np.isnan(value))
    ]
    lookup = {
        key: k
        for k, key in enumerate(data[list(KEY)].itertuples(index=False, name=None))
        if not np.isnan(value[k])
    }
    # what any of the tables shows needs no deriving, however many others hide it
    hidden = np.array(
        [key not in lookup for key in data[list(KEY)].itertuples(index=False, name=None)], dtype=bool
    )
    found += _from_city(data, value, half, hidden, lookup)
    found += _from_changes(data, value, half, hidden, lookup)
    found += _from_ranks(data, value, half, hidden)
    return found


def _half_units(published: Published) -> Floats:
    """Return half a unit of the last printed decimal, row by row."""
    data, catalogue = published.data, published.catalogue
    keys = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    entry = keys.get_indexer(pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)]))
    said = catalogue["decimals"].astype("float64").to_numpy()[entry]
    seen = np.zeros(len(data))
    value = data["value"].to_numpy(dtype=np.float64)
    # table by table: the one that rounds least tells most
    group = pd.Series(list(zip(entry, data["table"], strict=True)))
    for rows in group.groupby(group).indices.values():
        seen[rows] = decimals_of(value[rows])
    # unrounded values tell more than the catalogue's decimals; fewer decimals than there are digits say nothing
    decimals = np.where(np.isnan(said), seen, np.maximum(said, seen))
    return np.asarray(0.5 * 10.0**-decimals)


def _from_city(
    data: pd.DataFrame,
    value: Floats,
    half: Floats,
    hidden: Bools,
    lookup: dict[tuple[str, ...], int],
) -> list[Statement]:
    """Undo differences from and ratios to the city."""
    found = []
    for column in ("difference", "ratio"):
        if column not in data:
            continue
        told = data[column].to_numpy(dtype=np.float64)
        room = 0.5 * 10.0 ** -decimals_of(told)
        for k in np.flatnonzero(hidden & ~np.isnan(told)):
            row = data.iloc[k]
            at = lookup.get((row["indicator"], row["group"], row["period"], "city", "munich"))
            if at is not None:
                city, city_half = value[at], half[at]
            elif "city" in data and not pd.isna(row["city"]):
                city = float(row["city"])
                city_half = 0.5 * 10.0 ** -decimals_of(data["city"].to_numpy(dtype=np.float64))
            else:
                continue
            if column == "difference":
                found.append(
                    Statement(int(k), city + told[k] - room - city_half, city + told[k] + room + city_half, column)
                )
            else:
                # values and ratios can be negative, so that no end is the lower one for certain
                ends = [(told[k] + a * room) * (city + b * city_half) for a in (-1, 1) for b in (-1, 1)]
                found.append(Statement(int(k), min(ends), max(ends), column))
    return found


def _from_changes(
    data: pd.DataFrame,
    value: Floats,
    half: Floats,
    hidden: Bools,
    lookup: dict[tuple[str, ...], int],
) -> list[Statement]:
    """Undo changes from an earlier value that is shown, or back from a later one."""
    found = []
    row_of = {key: k for k, key in enumerate(data[list(KEY)].itertuples(index=False, name=None))}
    for column in (c for c in data if str(c).startswith("change_")):
        told = data[column].to_numpy(dtype=np.float64)
        room = 0.5 * 10.0 ** -decimals_of(told)
        step = int(str(column).rpartition("_")[2])
        for k in np.flatnonzero(~np.isnan(told)):
            row = data.iloc[k]
            before = (
                row["indicator"],
                row["group"],
                years_before(row["period"], step),
                row["level"],
                row["area_id"],
            )
            at = lookup.get(before)
            if hidden[k] and at is not None:
                reach = room + half[at]
                found.append(Statement(int(k), value[at] + told[k] - reach, value[at] + told[k] + reach, "change"))
            elif not hidden[k] and at is None and before in row_of and not np.isnan(value[k]):
                reach = room + half[k]
                found.append(
                    Statement(row_of[before], value[k] - told[k] - reach, value[k] - told[k] + reach, "change")
                )
    return found


def _from_ranks(data: pd.DataFrame, value: Floats, half: Floats, hidden: Bools) -> list[Statement]:
    """Put a ranked but hidden value between its neighbors in the ranking; 1 is the highest."""
    if "rank" not in data:
        return []
    found = []
    rank = data["rank"].to_numpy(dtype=np.float64)
    # a rank holds among the rows of its own table
    for rows in data.groupby([*CATALOGUE_KEY, "period", "level", "table"], sort=False).indices.values():
        shown = rows[~np.isnan(value[rows]) & ~np.isnan(rank[rows])]
        for k in rows[hidden[rows] & ~np.isnan(rank[rows])]:
            # areas of one rank have one value, which therefore bounds on both sides
            above, below = shown[rank[shown] <= rank[k]], shown[rank[shown] >= rank[k]]
            low = max((value[j] - half[j] for j in below), default=-np.inf)
            high = min((value[j] + half[j] for j in above), default=np.inf)
            found.append(Statement(int(k), low, high, "rank"))
    return found
