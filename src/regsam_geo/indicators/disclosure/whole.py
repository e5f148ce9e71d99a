"""What may be shown of a selection: what the whole data set allows, worked out once and held beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from regsam_geo.areas import as_scheme
from regsam_geo.errors import AggregationError
from regsam_geo.indicators.aggregation import aggregate_to_regions
from regsam_geo.indicators.disclosure.editions import Edition, Previous, read_editions
from regsam_geo.indicators.disclosure.rules import Bools, Protection, Rule
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel, whole_of

Protect = Callable[[Panel, Rule, tuple[Edition, ...], Protection], Panel]

_SAFE: WeakKeyDictionary[Panel, dict[Hashable, Panel | None]] = WeakKeyDictionary()
"""Of each whole panel what may be shown of it, by all that was said; ``None`` for the panel itself, which would
else keep itself alive."""


def protect_as_whole(
    panel: Panel,
    rule: Rule,
    previous: Previous,
    declared: Protection,
    protect: Protect,
) -> Panel:
    """Return what may be shown of a panel: the cells that are hidden in what it was cut from are hidden in it."""
    whole, at = whole_of(panel)
    editions = read_editions(previous)
    held = _SAFE.setdefault(whole, {})
    key = (rule, _stamp(whole), tuple(_stamp_of(edition) for edition in editions), _comparable(declared))
    if key not in held:
        safe = protect(whole, rule, editions, declared)
        held[key] = None if safe is whole else safe
    found = held[key]
    if found is None:
        return panel
    return found if panel is whole else _cut(found, whole, panel, at, declared)


def _cut(safe: Panel, whole: Panel, panel: Panel, at: np.ndarray, declared: Protection) -> Panel:
    """Return the rows of a selection from what may be shown of the whole."""
    keep = np.zeros(len(safe.data), dtype=bool)
    if len(safe.data) == len(whole.data):
        keep[at] = True
    else:
        keep |= _among(safe, panel)
        # sums that were added: those that the selection has the areas for
        keep |= _among(safe, with_regions(panel, as_scheme(declared.get("scheme"))))
    part = safe.of_rows(keep)
    same = len(part.data) == len(panel.data) and _same_numbers(part, panel)
    return panel if same else part


def _among(safe: Panel, panel: Panel) -> Bools:
    """Tell which rows of a panel stand in another one too."""
    here, there = (pd.MultiIndex.from_frame(one.data[list(KEY)]) for one in (safe, panel))
    return np.asarray(here.isin(there))


def _same_numbers(one: Panel, other: Panel) -> bool:
    columns = [*NUMBERS, "sign"]
    return bool(one.data[columns].equals(other.data[columns]))


def _comparable(said: object) -> Hashable:
    """Return what was declared as something that can be compared."""
    if isinstance(said, pd.DataFrame):
        return str(said.to_csv())
    if isinstance(said, Mapping):
        return tuple((name, _comparable(value)) for name, value in said.items())
    if isinstance(said, list | tuple | set):
        return tuple(_comparable(value) for value in said)
    return said if isinstance(said, Hashable) else repr(said)


def _stamp(panel: Panel) -> Hashable:
    """Return by what a panel is known again: frames can be changed in place, however frozen the panel is."""
    return hash((panel.data[list(NUMBERS)].to_numpy().tobytes(), panel.catalogue.astype("str").to_csv()))


def _stamp_of(edition: Edition) -> Hashable:
    """Return by what an edition is known again."""
    rows = pd.util.hash_pandas_object(edition.rows, index=False).to_numpy().tobytes()
    tables = () if edition.tables is None else tuple(edition.tables)
    return hash((rows, edition.shown.tobytes(), tables))


def with_regions(panel: Panel, scheme: pd.DataFrame) -> Panel:
    """Add the region totals that the panel does not hold yet and that can be made of it."""
    try:
        totals = aggregate_to_regions(panel, scheme)
    except AggregationError:
        return panel
    rows = totals.data[(totals.data["level"] == "region") & totals.data["sign"].eq("")]
    both = pd.concat([panel.data, rows]).drop_duplicates(list(KEY), keep="first")
    return Panel(both, panel.catalogue)
