"""What may be shown of a selection: what the whole data set allows, worked out once and held beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from regsam_geo.errors import AggregationError
from regsam_geo.indicators.aggregation import aggregate_to_regions
from regsam_geo.indicators.disclosure.rules import Bools, Protection, Rule, as_schemes
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel, whole_of

Protect = Callable[[Panel, Rule, "Panel | pd.DataFrame | None", Protection], Panel]

_SAFE: WeakKeyDictionary[Panel, dict[Hashable, Panel | None]] = WeakKeyDictionary()
"""Of each whole panel what may be shown of it, by all that was said; ``None`` for the panel itself, which would
else keep itself alive."""


def protect_as_whole(
    panel: Panel,
    rule: Rule,
    previous: Panel | pd.DataFrame | None,
    declared: Protection,
    protect: Protect,
) -> Panel:
    """Return what may be shown of a panel: the cells that are hidden in what it was cut from are hidden in it."""
    whole, at = whole_of(panel)
    earlier = None if previous is None else Panel.from_frame(previous)
    held = _SAFE.setdefault(whole, {})
    key = (rule, _stamp(whole, numbers_alone=True), _stamp(earlier), _comparable(declared))
    if key not in held:
        safe = protect(whole, rule, earlier, declared)
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
        keep |= _among(safe, with_regions(panel, as_schemes(declared.get("scheme"))))
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


def _stamp(panel: Panel | None, *, numbers_alone: bool = False) -> Hashable:
    """Return by what a panel is known again: frames can be changed in place, however frozen the panel is."""
    if panel is None:
        return None
    numbers = panel.data[list(NUMBERS)].to_numpy().tobytes()
    catalogue = panel.catalogue.astype("str").to_csv()
    rows = b"" if numbers_alone else pd.util.hash_pandas_object(panel.data, index=False).to_numpy().tobytes()
    return hash((numbers, catalogue, rows))


def with_regions(panel: Panel, schemes: Iterable[pd.DataFrame]) -> Panel:
    """Add the region totals that the panel does not hold yet and that can be made of it, by every division."""
    for scheme in schemes:
        try:
            totals = aggregate_to_regions(panel, scheme)
        except AggregationError:
            continue
        rows = totals.data[(totals.data["level"] == "region") & totals.data["sign"].eq("")]
        both = pd.concat([panel.data, rows]).drop_duplicates(list(KEY), keep="first")
        panel = Panel(both, panel.catalogue)
    return panel
