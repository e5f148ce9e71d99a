"""``protect``: small counts of persons, and all that would give them away, are taken out of a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from regsam_geo.areas import load_region_scheme
from regsam_geo.indicators.disclosure.cells import Builder, System, blocks
from regsam_geo.indicators.disclosure.counts import COLUMNS, Counts, collect_counts
from regsam_geo.indicators.disclosure.primary import small_cells, telling_rates
from regsam_geo.indicators.disclosure.relations import Areas, adds_up, find_parts, subgroup_pairs
from regsam_geo.indicators.disclosure.rules import Bools, Floats, Rule
from regsam_geo.indicators.disclosure.secondary import (
    DENOMINATOR_IMPORTANCE,
    HIDDEN_BEFORE,
    IMPORTANCE,
    SIZE_IMPORTANCE,
    WHOLE_IMPORTANCE,
    suppress,
)
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.text import format_number, say

SUPPRESSED = "suppressed"

Groups = Mapping[tuple[str, str], Sequence[str]]


def protect(
    panel: Panel | pd.DataFrame,
    threshold: float = 3,
    *,
    zeros: str = "show",
    scheme: pd.DataFrame | None = None,
    sums: Mapping[str, Sequence[str]] | None = None,
    groups: Groups | None = None,
    previous: Panel | pd.DataFrame | None = None,
) -> Panel:
    """Hide small counts of persons, and everything from which they could be recomputed.

    Parameters
    ----------
    panel
        Everything that is to be published together: districts, regions, city and finer areas, as far as they are
        handed out. A total that is published elsewhere belongs into the panel too.
    threshold
        Counts of persons from 1 to one below it are hidden; so are counts that leave such a rest of their whole.
    zeros
        ``"show"``: a count of zero describes nobody and stays; a *rest* of zero (everybody has the
        characteristic) is hidden. ``"hide"``: zeros are hidden like small counts.
    scheme
        Which district belongs to which region; the shipped table by default.
    sums
        Areas of your own that add up: ``{"planning region A": ["01.1", "01.2"]}``.
    groups
        Groups of one indicator that make up another: ``{("Arbeitslose", "insgesamt"): ["männlich",
        "weiblich"]}``. Divisions that the numbers prove are found without being named.
    previous
        The protected panel of the last edition; what was hidden there is preferred here.

    Returns
    -------
    Panel
        The same rows. A hidden cell has no value, no numerator and none of the Basiswerte that gave it away;
        its ``sign`` is ``"suppressed"``. A panel without small counts is returned as it is.

    Raises
    ------
    OptionError
        If ``threshold`` or ``zeros`` is not possible.

    Notes
    -----
    Which indicators count persons stands in the catalogue (``counts_persons``); where it says nothing, they are
    taken to. Secondary cells are chosen for each period and each set of counts that hangs together, so that the
    interval a reader can derive for a hidden count (Fischetti and Salazar 2000,
    doi:10.1080/01621459.2000.10474282) reaches at least from the smallest possible count to the threshold. Rates,
    ranks, changes and warnings are computed from the protected panel and so are missing where it is.

    Examples
    --------
    The published figures are safe already:

    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> rg.protect(panel) is panel
    True

    A table with small counts loses them, and a second cell of the same region with each:

    >>> small = panel.sel("Nichtdeutsche", period=2024).data
    >>> small.loc[small["area_id"] == "17", "numerator"] = 2
    >>> safe = rg.protect(small.drop(columns=["base_1", "value"]).assign(value=1.0))
    >>> safe.data.loc[safe.data["sign"] == "suppressed", "area_id"].tolist()
    ['17', '18']
    """
    panel = Panel.from_frame(panel)
    rule = Rule(threshold, zeros)
    counts = collect_counts(panel.data, panel.catalogue)
    hide_rate = telling_rates(counts, panel.data["value"].to_numpy(), panel.data["denominator"].to_numpy(), rule)
    parts = find_parts(counts, groups)
    pairs = [*counts.pairs, *subgroup_pairs(counts, parts)]
    small = small_cells(counts, pairs, rule)
    if not small.any() and not hide_rate.any():
        return panel
    areas = Areas(counts.areas, load_region_scheme() if scheme is None else scheme, sums)
    additive, _ = adds_up(counts, areas)
    hidden = np.zeros_like(small)
    before = _hidden_before(counts, previous)
    wholes = {division.whole for division in parts}
    denominators = {pair.whole for pair in pairs if pair.everybody}
    for period in range(len(counts.periods)):
        hidden[:, period] = small[:, period]
        if not small[:, period].any():
            before |= False
            continue
        active = np.flatnonzero(small[:, period].any(axis=1)).tolist()
        for members in blocks(active, parts, pairs, np.asarray(small[:, period].any(axis=1))):
            builder = Builder(counts, areas, additive, rule)
            for c in members:
                builder.add_count(c, period)
            inside = set(members)
            for c in members:
                builder.add_areas(c, period)
            for division in parts:
                if division.whole in inside and inside.issuperset(division.parts):
                    builder.add_parts(division)
            for pair in pairs:
                if pair.part in inside or pair.whole in inside:
                    builder.add_pair(pair, period)
            system = builder.build()
            forced = np.array(
                [c >= 0 and small[c, period, a] for c, a in zip(system.count, system.area, strict=True)],
                dtype=bool,
            )
            cost = _cost(system, counts, before, wholes, denominators)
            chosen = suppress(system, forced, cost, rule)
            at = np.flatnonzero(chosen)
            hidden[system.count[at], period, system.area[at]] = True
        before = hidden[:, period].copy()
    return _without(panel, counts, hidden, hide_rate)


def _cost(system: System, counts: Counts, before: Bools, wholes: set[int], denominators: set[int]) -> Floats:
    """Return what it costs to hide each cell."""
    levels = counts.areas["level"].to_numpy()
    cost = np.ones(len(system))
    cells = np.flatnonzero(system.count >= 0)
    c, a = system.count[cells], system.area[cells]
    size = np.log10(1 + np.maximum(np.nan_to_num(system.numbers[cells]), 0))
    importance = np.array([IMPORTANCE[level] for level in levels[a]])
    importance = importance * np.where(np.isin(c, list(wholes)), WHOLE_IMPORTANCE, 1.0)
    importance = importance * np.where(np.isin(c, list(denominators)), DENOMINATOR_IMPORTANCE, 1.0)
    cost[cells] = importance * (1 + SIZE_IMPORTANCE * size) * np.where(before[c, a], HIDDEN_BEFORE, 1.0)
    return cost


def _hidden_before(counts: Counts, previous: Panel | pd.DataFrame | None) -> Bools:
    """Return by count and area what the last period of an earlier edition hid."""
    hidden = np.zeros(counts.numbers.shape[::2], dtype=bool)
    if previous is None:
        return hidden
    data = Panel.from_frame(previous).data
    data = data[(data["sign"] == SUPPRESSED) & (data["period"] <= counts.periods[0])]
    data = data[data["period"] == data["period"].max()]
    gone = set(data[["indicator", "group", "level", "area_id"]].itertuples(index=False, name=None))
    places = list(counts.areas.itertuples(index=False, name=None))
    for c, label in enumerate(counts.labels):
        for a, place in enumerate(places):
            hidden[c, a] = (label.indicator, label.group, *place) in gone
    return hidden


def _without(panel: Panel, counts: Counts, hidden: Bools, hide_rate: Bools) -> Panel:
    """Return the panel without the hidden counts and the values made of them."""
    data = panel.data.copy()
    numbers = data[list(NUMBERS)].to_numpy(dtype=np.float64, copy=True)
    gone = hide_rate.copy()
    for k, column in enumerate(COLUMNS):
        of_row = counts.of_column[counts.entry, k]
        hit = (of_row >= 0) & hidden[of_row, counts.period, counts.area]
        numbers[hit, NUMBERS.index(column)] = np.nan
        gone |= hit
    numbers[gone, NUMBERS.index("value")] = np.nan
    data[list(NUMBERS)] = numbers
    data.loc[gone, "sign"] = SUPPRESSED
    return Panel(data, panel.catalogue)


def suppressed_cells(panel: Panel) -> pd.DataFrame:
    """Return the keys of the rows that ``protect`` has hidden.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(suppressed_cells(rg.load_sample()))
    0
    """
    return panel.data.loc[panel.data["sign"] == SUPPRESSED, list(KEY)].reset_index(drop=True)


def protection_note(panel: Panel, lang: str | None = None, *, threshold: float = 3) -> str:
    """Write the statement that belongs on every page made from a protected panel; empty where nothing is hidden.

    Parameters
    ----------
    panel
        What the page shows, as ``protect`` returned it.
    lang
        ``"de"`` or ``"en"``; the language in force by default.
    threshold
        The threshold that ``protect`` was given.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> protection_note(rg.load_sample(), "en")
    ''
    """
    hidden = int((panel.data["sign"] == SUPPRESSED).sum())
    if not hidden:
        return ""
    written = format_number(threshold, 0 if float(threshold).is_integer() else 1, lang=lang)
    return say("label.disclosure.note", lang, n=hidden, threshold=written)


def needs_protection(panel: Panel, threshold: float = 3, *, zeros: str = "show") -> bool:
    """Return whether a panel shows counts of persons that ``protect`` would hide.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> needs_protection(rg.load_sample())
    False
    """
    return protect(panel, threshold, zeros=zeros) is not panel
