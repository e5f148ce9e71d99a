"""What may be shown of a selection: what the whole data set allows, worked out once and held beside it."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from regsam_geo.areas import Division
from regsam_geo.errors import AggregationError, OptionError
from regsam_geo.indicators.aggregation import aggregate_to_regions
from regsam_geo.indicators.disclosure.editions import Edition, Previous, read_editions
from regsam_geo.indicators.disclosure.hidden_list import SUPPRESSED
from regsam_geo.indicators.disclosure.rules import Bools, Protection, Rule, as_divisions
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel, part_of, whole_of
from regsam_geo.text import format_number, problem, say, tell

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
        # always the whole: selections protected one by one would hide different cells and give each other away
        safe = protect(whole, rule, editions, declared)
        # without hidden cells a second division tells nothing; with earlier editions both are reckoned with
        if declared.get("regions") and not editions and (safe.data["sign"] == SUPPRESSED).any():
            _one_division(whole, rule, _comparable(declared.get("divisions")))
        if not editions:
            _tell_other_thresholds(whole, safe, rule)
        held[key] = None if safe is whole else safe
    found = held[key]
    if found is None:
        return panel
    return found if panel is whole else _cut(found, whole, panel, at, declared)


_HIDDEN_BY: WeakKeyDictionary[Panel, dict[Hashable, dict[Rule, pd.MultiIndex]]] = WeakKeyDictionary()
"""Of each whole panel, by its figures, the cells that each rule hides without earlier editions."""


def _tell_other_thresholds(whole: Panel, safe: Panel, rule: Rule) -> None:
    """Say where a rule hides other cells than the one by which the same figures were protected first."""
    by_rule = _HIDDEN_BY.setdefault(whole, {}).setdefault(_stamp(whole), {})
    gone = safe.data.loc[(safe.data["sign"] == SUPPRESSED) & _among(safe, whole), list(KEY)]
    hidden = pd.MultiIndex.from_frame(gone)
    first = next(iter(by_rule), rule)
    if rule not in by_rule and first != rule:
        shown, more = len(by_rule[first].difference(hidden)), len(hidden.difference(by_rule[first]))
        if shown or more:
            one, other = (
                format_number(at, 0 if float(at).is_integer() else 1) for at in (first.threshold, rule.threshold)
            )
            tell(say("note.protected_otherwise", first=one, second=other, shown=shown, hidden=more))
    by_rule.setdefault(rule, hidden)


_DIVIDED: WeakKeyDictionary[Panel, dict[Rule, Hashable]] = WeakKeyDictionary()
"""Of each whole panel the division by which sums were made of it, where something is hidden."""


def _one_division(whole: Panel, rule: Rule, division: Hashable) -> None:
    """Refuse the sums of a second division of the same figures: together with the first ones they give away."""
    first = _DIVIDED.setdefault(whole, {}).setdefault(rule, division)
    if first != division:
        raise problem(OptionError, "division_second")


def _cut(safe: Panel, whole: Panel, panel: Panel, at: np.ndarray, declared: Protection) -> Panel:
    """Return the rows of a selection from what may be shown of the whole."""
    keep = np.zeros(len(safe.data), dtype=bool)
    if len(safe.data) == len(whole.data):
        keep[at] = True
    else:
        keep |= _among(safe, panel)
        # sums that were added: those that the selection has the areas for
        keep |= _among(safe, with_regions(panel, as_divisions(declared.get("divisions"))))
    part = part_of(safe, keep)
    same = len(part.data) == len(panel.data) and _same_numbers(part, panel)
    # the panel itself tells the caller that nothing in it had to be hidden
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
    if isinstance(said, Division):
        return said.said()
    if isinstance(said, pd.DataFrame):
        return str(said.to_csv(lineterminator="\n"))
    if isinstance(said, Mapping):
        return tuple((name, _comparable(value)) for name, value in said.items())
    if isinstance(said, list | tuple | set):
        return tuple(_comparable(value) for value in said)
    return said if isinstance(said, Hashable) else repr(said)


def _stamp(panel: Panel) -> Hashable:
    """Return by what a panel is known again: frames can be changed in place, however frozen the panel is."""
    said = panel.catalogue.astype("str").to_csv(lineterminator="\n")
    return hash((panel.data[list(NUMBERS)].to_numpy().tobytes(), said))


def _stamp_of(edition: Edition) -> Hashable:
    """Return by what an edition is known again."""
    rows = pd.util.hash_pandas_object(edition.rows, index=False).to_numpy().tobytes()
    tables = () if edition.tables is None else tuple(edition.tables)
    return hash((rows, edition.shown.tobytes(), tables))


def with_regions(panel: Panel, divisions: Iterable[Division]) -> Panel:
    """Add the region totals that the panel does not hold yet and that can be made of it, by every division."""
    for division in divisions:
        try:
            totals = aggregate_to_regions(panel, division)
        except AggregationError:
            continue
        rows = totals.data[(totals.data["level"] == "region") & totals.data["sign"].eq("")]
        # a total that the panel prints already is what readers will see
        both = pd.concat([panel.data, rows]).drop_duplicates(list(KEY), keep="first")
        panel = Panel(both, panel.catalogue)
    return panel
