"""Earlier editions: what their readers know, what must stay hidden, and what they give away already."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias
from weakref import WeakKeyDictionary

import numpy as np
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.disclosure.cells import HINT, Builder, System
from regsam_geo.indicators.disclosure.counts import Counts
from regsam_geo.indicators.disclosure.handed_out import HandedOut, read_handed_out
from regsam_geo.indicators.disclosure.hidden_list import ALL_OTHERS, LIST_COLUMNS, STILL_SHOWN, SUPPRESSED
from regsam_geo.indicators.disclosure.reading import COLUMNS, DENOMINATOR, NUMERATOR, VALUE
from regsam_geo.indicators.disclosure.relations import AreaSums, Parts
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats, Rule
from regsam_geo.indicators.disclosure.secondary import Prober
from regsam_geo.indicators.disclosure.shown_figures import HALF_UNIT, SHOWN_NUMBERS, UNIT
from regsam_geo.indicators.panel import KEY, Panel, whole_of
from regsam_geo.text import problem, shorten

Earlier: TypeAlias = Panel | pd.DataFrame | HandedOut | str | Path
"""What was handed out before: a protected panel or table, a list of hidden cells, or the folder of a report."""

Loaded: TypeAlias = Panel | pd.DataFrame | HandedOut
"""The same, read."""

Previous: TypeAlias = Earlier | Sequence[Earlier] | None

_PLACE = [name for name in KEY if name != "period"]
_TABLE = [name for name in KEY if name != "area_id"]

_GROUPS_FIRST = 1000.0  # the groups of today hold; the areas of an earlier edition need not any more
_MOST_NODES = 500  # of an integer program, so that every machine finds the same numbers

SURE = "sure"
"""Column of the counts that are given away: whether that is certain."""


@dataclass(frozen=True, eq=False)
class Edition:
    """What one edition showed.

    Attributes
    ----------
    rows
        Its rows: the key, ``sign``, and the columns of ``COLUMNS``, NaN where they are hidden or unknown to us.
    shown
        Which of these columns a reader saw in each row.
    tables
        Of a list: the tables in which all rows that are not listed were shown.
    panel
        The edition as a panel, where its figures are at hand.
    half_unit
        By row: half a unit of the last digit that a value is shown with.
    """

    rows: pd.DataFrame
    shown: Bools
    tables: pd.MultiIndex | None
    panel: Panel | None
    half_unit: Floats

    @property
    def hidden(self) -> Bools:
        """Which rows were hidden."""
        return np.asarray(self.rows["sign"] == SUPPRESSED)


def load_earlier(previous: Previous) -> tuple[Loaded, ...]:
    """Return what was handed out before, read; files are read now, before they are written anew.

    Raises
    ------
    InputError
        If a folder holds no list of hidden cells, or a file is none.
    OptionError
        If something else is given.
    """
    if previous is None:
        return ()
    many: Iterable[Earlier] = [previous] if isinstance(previous, Earlier) else previous
    found: list[Loaded] = []
    for one in many:
        if isinstance(one, str | Path):
            found += read_handed_out(one)
        elif isinstance(one, HandedOut):
            found.append(one)
        elif isinstance(one, Panel | pd.DataFrame):
            found.append(one if _is_list(one) else Panel.from_frame(one))
        else:
            raise problem(OptionError, "previous_type", found=type(one).__name__)
    return tuple(found)


def _is_list(given: Panel | pd.DataFrame) -> bool:
    return isinstance(given, pd.DataFrame) and set(LIST_COLUMNS) <= set(given.columns)


def read_editions(previous: Previous) -> tuple[Edition, ...]:
    """Return what was handed out before, in the form in which it is compared with what is to be handed out."""
    return tuple(_edition(one) for one in load_earlier(previous))


def _edition(given: Loaded) -> Edition:
    if isinstance(given, HandedOut):
        return _of_list(given.cells, given.figures)
    if isinstance(given, pd.DataFrame):
        return _of_list(given, None)
    panel = given
    rows = panel.data
    return Edition(rows, rows[list(COLUMNS)].notna().to_numpy(), None, panel, np.zeros(len(rows)))


def _of_list(cells: pd.DataFrame, figures: pd.DataFrame | None) -> Edition:
    is_table = (cells["area_id"] == ALL_OTHERS).to_numpy()
    gone = cells.loc[~is_table, list(KEY)].reset_index(drop=True).assign(sign=SUPPRESSED)
    words = [set(str(text).split()) for text in cells.loc[~is_table, STILL_SHOWN]]
    shown = np.array([[name in told for name in COLUMNS] for told in words], dtype=bool).reshape(-1, len(COLUMNS))
    if figures is None:
        rows, panel = gone.reindex(columns=[*KEY, *COLUMNS, "sign"]), None
    else:
        # what is listed as hidden is so, whatever a file says that somebody may have changed
        told = figures[~_keys(figures).isin(_keys(gone))].assign(sign="")
        rows = pd.concat([gone, told], ignore_index=True).reindex(
            columns=[*KEY, *COLUMNS, "sign", UNIT, HALF_UNIT]
        )
        shown = np.vstack([shown, np.ones((len(told), len(COLUMNS)), dtype=bool)])
        panel = _panel_of(rows)
    rows = rows.astype(dict.fromkeys(COLUMNS, np.float64))
    half = rows[HALF_UNIT].fillna(0.0).to_numpy(dtype=np.float64) if HALF_UNIT in rows else np.zeros(len(rows))
    return Edition(
        rows[[*KEY, *COLUMNS, "sign"]], shown, pd.MultiIndex.from_frame(cells.loc[is_table, _TABLE]), panel, half
    )


def _panel_of(rows: pd.DataFrame) -> Panel:
    """Return hidden cells and shown figures as a panel."""
    entries = rows.groupby(list(CATALOGUE_KEY), sort=False, as_index=False)[UNIT].first()
    return Panel(rows[[*KEY, *SHOWN_NUMBERS, "sign"]], entries)


def _keys(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[list(KEY)])


def refuse_lists_of_other_groups(panel: Panel, editions: Sequence[Edition]) -> None:
    """Refuse a list without figures where the new edition has other groups in place of those of the list.

    Raises
    ------
    OptionError
        If an indicator has in one period a group less than the list, and another one more.
    """
    told = [edition.panel.data for edition in editions if edition.panel is not None]
    mine = _groups_of(panel.data)
    known = set().union(*(_groups_of(data) for data in told), mine)
    for edition in editions:
        if edition.tables is None or edition.panel is not None:
            continue
        listed = _groups_of(edition.tables.to_frame(index=False))
        for indicator, period, group in sorted(listed - known):
            here = {other for name, when, other in mine if (name, when) == (indicator, period)}
            there = {other for name, when, other in listed if (name, when) == (indicator, period)}
            if here - there:
                raise problem(
                    OptionError,
                    "previous_list_groups",
                    indicator=indicator,
                    period=period,
                    gone=group,
                    new=shorten(sorted(here - there), 4),
                )


def _groups_of(rows: pd.DataFrame) -> set[tuple[str, str, str]]:
    return set(rows[["indicator", "period", "group"]].drop_duplicates().itertuples(index=False, name=None))


def beside_earlier(panel: Panel, editions: Sequence[Edition]) -> Panel:
    """Return a panel with the rows that earlier editions have and it has not: readers still hold them.

    Only periods that the panel has: no sum goes from one to another.
    """
    rows, catalogue = [panel.data], [panel.catalogue]
    periods = set(panel.data["period"])
    for edition in editions:
        if edition.panel is not None:
            data = edition.panel.data
            rows.append(data[data["period"].isin(periods)])
            catalogue.append(edition.panel.catalogue)
    # the new figure comes first; what an old one tells besides is added as a sum of its own
    both = pd.concat(rows).drop_duplicates(list(KEY), keep="first")
    if len(both) == len(panel.data):
        return panel
    return Panel(both, pd.concat(catalogue).drop_duplicates(list(CATALOGUE_KEY), keep="first"))


def fill_from_groups(counts: Counts, parts: Sequence[Parts], absent: Bools) -> None:
    """Work out the numbers of today of groups that an earlier edition has and the new one has not, in place.

    Whoever protects knows the other groups, hidden or not. Without these numbers the readers would have to be
    taken to know what was hidden, and what was shown would pass for unchanged. ``absent`` says by count, period
    and area what the new edition has not.
    """
    for division in parts:
        at = [division.whole, *division.parts]
        signs = np.array([1.0, *[-1.0] * len(division.parts)])[:, None, None]
        numbers, left_out = counts.numbers[at], absent[at]
        rest = np.nansum(signs * numbers, axis=0)
        gone = np.isnan(numbers)
        # the one that is hidden; or else what the revision of the others leaves of the largest
        revised = left_out.any(axis=0) & (np.abs(rest) > TOLERANCE)
        to_fill = np.where(gone.any(axis=0), gone.sum(axis=0) == 1, revised)
        to_fill &= counts.stands[at].all(axis=0)
        place = np.where(gone, np.inf, np.where(left_out, numbers, -np.inf)).argmax(axis=0)
        chosen = to_fill[None] & (np.arange(len(at))[:, None, None] == place[None])
        found = np.nan_to_num(numbers) - signs * rest[None]
        # a negative one shows that some figure was revised
        counts.numbers[at] = np.where(chosen & (found >= 0), found, numbers)


def fill_from_sums(
    counts: Counts, parts: Sequence[Parts], absent: Bools, then: Floats, areas: AreaSums, rule: Rule
) -> None:
    """Think of numbers, in place, for what an earlier edition hid and neither the new one nor its groups tell.

    Whatever fits the sums will do: how far a hidden number can be confined does not depend on which it is.
    ``then`` are the numbers as the earlier editions print them.
    """
    for period in range(len(counts.periods)):
        gone = np.isnan(counts.numbers[:, period]) & absent[:, period]
        if gone.any():
            _think_of(counts, parts, gone, then[:, period], areas, rule, period)


def _think_of(
    counts: Counts, parts: Sequence[Parts], gone: Bools, then: Floats, areas: AreaSums, rule: Rule, period: int
) -> None:
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import coo_array, eye_array, hstack

    now = counts.numbers[:, period]
    places = [(int(c), int(a)) for c, a in np.argwhere(gone)]
    number_of = {place: k for k, place in enumerate(places)}
    sums: list[tuple[list[tuple[int, int]], Floats, float]] = []
    for division in parts:
        at = [division.whole, *division.parts]
        everywhere = np.flatnonzero(gone[at].any(axis=0) & counts.stands[at, period].all(axis=0)).tolist()
        sums += [([(c, a) for c in at], now, _GROUPS_FIRST) for a in everywhere]
    for c in np.flatnonzero(gone.any(axis=1)).tolist():
        families = areas.areas.families(counts.stands[c, period])
        sums += [
            ([(c, int(a)) for a in (family.parent, *family.children)], then, 1.0)
            for family in families
            if family.complete
        ]
    rows: list[int] = []
    columns: list[int] = []
    signs: list[float] = []
    right: list[float] = []
    weights: list[float] = []
    for cells, numbers, weight in sums:
        known = [(sign, numbers[cell]) for sign, cell in _signed(cells) if cell not in number_of]
        unknown = [(sign, number_of[cell]) for sign, cell in _signed(cells) if cell in number_of]
        total = sum(sign * float(number) for sign, number in known)
        if unknown and not np.isnan(total):
            rows += [len(right)] * len(unknown)
            columns += [k for _, k in unknown]
            signs += [sign for sign, _ in unknown]
            right.append(-total)
            weights.append(weight)
    n, m = len(places), len(right)
    whole = np.array([counts.whole[c, period] for c, _ in places], dtype=bool)
    if not m:
        found = rule.least(whole) + rule.threshold
    else:
        # a sum that does not hold any more may be missed, by as little as possible
        matrix = hstack([coo_array((signs, (rows, columns)), shape=(m, n)), eye_array(m), -eye_array(m)])
        answer = milp(
            np.concatenate([np.zeros(n), weights, weights]),
            integrality=np.concatenate([whole.astype(float), np.zeros(2 * m)]),
            bounds=Bounds(np.concatenate([rule.least(whole), np.zeros(2 * m)]), np.inf),
            constraints=LinearConstraint(matrix.tocsr(), right, right),
            options={"node_limit": _MOST_NODES},
        )
        if answer.x is None:
            return
        found = np.where(whole, np.round(answer.x[:n]), answer.x[:n])
    for place, number in zip(places, found.tolist(), strict=True):
        now[place] = number


def _signed(cells: Sequence[tuple[int, int]]) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yield the cells of a sum, the whole first, with their signs."""
    for k, cell in enumerate(cells):
        yield (-1.0 if k else 1.0), cell


def as_one_edition(counts: Counts, rows: pd.DataFrame, editions: Sequence[Edition], absent: Bools) -> Counts:
    """Return the counts without what only an earlier edition has of areas in which it shows other figures.

    Beside revised figures the groups of an earlier edition no longer add up, and would prove that they never do.
    """
    revised = np.zeros(counts.numbers.shape[1:], dtype=bool)
    for edition in editions:
        at = _keys(edition.rows).get_indexer(_keys(rows))
        told = edition.rows[list(COLUMNS)].to_numpy(dtype=np.float64)[at]
        room = np.where(np.arange(len(COLUMNS)) == VALUE, edition.half_unit[at][:, None], 0.0)
        differs = np.abs(told - rows[list(COLUMNS)].to_numpy(dtype=np.float64)) > TOLERANCE + room
        elsewhere = (at >= 0) & differs.any(axis=1)
        revised[counts.period[elsewhere], counts.area[elsewhere]] = True
    return replace(counts, numbers=np.where(absent & revised[None], np.nan, counts.numbers))


def absent_from(panel: Panel, rows: pd.DataFrame, counts: Counts) -> Bools:
    """Return by count, period and area what stands in these rows and nowhere in the panel."""
    here = _keys(rows).isin(_keys(panel.data))
    stands = np.ones((len(rows), len(COLUMNS)), dtype=bool)
    return _of_counts(stands & ~here[:, None], counts) & ~_of_counts(stands & here[:, None], counts)


@dataclass(frozen=True, eq=False)
class Known:
    """What readers of earlier editions know of the counts of a panel.

    Attributes
    ----------
    hidden
        By count, period and area: hidden in an earlier edition, so hidden again.
    shown
        Shown in an earlier edition as it is now: hiding it would protect nothing.
    guessed
        Of these, those of which no edition at hand tells the number: a list says only that one was shown.
    before
        By count and area: hidden in the last period of an earlier edition; rather this one again than another.
    seen, unseen, revised, told
        Of each edition that holds other figures: what it showed, hid, and showed otherwise, and its numbers.
        A group that it has not and the new one has is taken with what follows from the others.
    implied
        Of these, what the edition did not print.
    """

    hidden: Bools
    shown: Bools
    guessed: Bools
    before: Bools
    seen: tuple[Bools, ...] = ()
    unseen: tuple[Bools, ...] = ()
    revised: tuple[Bools, ...] = ()
    told: tuple[Floats, ...] = ()
    implied: tuple[Bools, ...] = ()

    def add_sums(self, builder: Builder, members: Sequence[int], areas: AreaSums, parts: Sequence[Parts]) -> None:
        """Add the sums of earlier editions that were revised.

        Who believes that what was hidden stayed the same knows what the hidden cells of such a sum make together.
        """
        period, numbers = builder.period, builder.counts.numbers
        for seen, unseen, revised, told in zip(self.seen, self.unseen, self.revised, self.told, strict=True):
            for cells, signs in sums_of_edition(seen | unseen, period, members, areas, parts):
                # where nothing was revised the old sum is the new one
                if not any(revised[c, period, a] for c, a in cells):
                    continue
                signed = list(zip(cells, signs, strict=True))
                rest = sum(sign * float(numbers[c, period, a]) for (c, a), sign in signed)
                moved = sum(
                    sign * float(told[c, period, a] - numbers[c, period, a])
                    for (c, a), sign in signed
                    if seen[c, period, a]
                )
                # then hidden figures were revised too, and nobody can believe the contrary
                if abs(rest) <= TOLERANCE < abs(moved):
                    continue
                at = [
                    (builder.cell_of[c, a], sign, float(numbers[c, period, a]))
                    for (c, a), sign in signed
                    if unseen[c, period, a] and (c, a) in builder.cell_of
                ]
                together = sum(sign * number for _, sign, number in at)
                if at and not np.isnan(together):
                    builder.add_sum([k for k, _, _ in at], [sign for _, sign, _ in at], together, HINT)

    def wholes_of_hidden(
        self, period: int, members: Sequence[int], areas: AreaSums, parts: Sequence[Parts]
    ) -> list[tuple[int, int]]:
        """Return the totals, by count and area, of the sums in which earlier editions hid something."""
        gone = self.hidden[:, period]
        sums = sums_of_edition(areas.counts.stands, period, members, areas, parts)
        return [cells[0] for cells, _ in sums if any(gone[cell] for cell in cells[1:])]


def sums_of_edition(
    stands: Bools, period: int, members: Sequence[int], areas: AreaSums, parts: Sequence[Parts]
) -> Iterator[tuple[list[tuple[int, int]], list[float]]]:
    """Yield the sums of an edition: cells by count and area, and their signs."""
    for c in members:
        # judged by the new figures, because an edition may be a list without any
        if any(one.equal for one in areas.of(c, period)):
            for family in areas.areas.families(stands[c, period]):
                if family.complete:
                    cells = [(c, family.parent), *((c, int(a)) for a in family.children)]
                    yield cells, [1.0] + [-1.0] * len(family.children)
    inside = set(members)
    for division in parts:
        counts = (division.whole, *division.parts)
        if inside.issuperset(counts):
            for a in np.flatnonzero(stands[list(counts), period].all(axis=0)):
                yield [(c, int(a)) for c in counts], [1.0] + [-1.0] * len(division.parts)


def known_of(
    rows: pd.DataFrame, counts: Counts, editions: Sequence[Edition], absent: Bools, parts: Sequence[Parts] = ()
) -> Known:
    """Return what earlier editions say about the counts of a table.

    ``rows`` are those that were counted, ``absent`` what of them the new edition has not, ``parts`` the groups
    that make up others.
    """
    shape = counts.numbers.shape
    nothing = np.zeros(shape, dtype=bool)
    known = Known(nothing.copy(), nothing.copy(), nothing.copy(), np.zeros(shape[::2], dtype=bool))
    if not editions:
        return known
    seen, unseen, revised, numbers_then, implied_then = [], [], [], [], []
    keys, places = pd.MultiIndex.from_frame(rows[list(KEY)]), pd.MultiIndex.from_frame(rows[_PLACE])
    tables = pd.MultiIndex.from_frame(rows[_TABLE])
    numbers = _numbers_of_today(rows, counts, absent)
    assumed = nothing.copy()
    for edition in editions:
        at = _keys(edition.rows).get_indexer(keys)
        there = at >= 0
        # rows that the edition does not have are at -1: the row added at the end
        shown = np.vstack([edition.shown, np.zeros(len(COLUMNS), dtype=bool)])[at]
        told = np.vstack([edition.rows[list(COLUMNS)].to_numpy(dtype=np.float64), np.full(len(COLUMNS), np.nan)])[
            at
        ]
        gone = np.append(edition.hidden, False)[at]
        if edition.tables is not None:
            # a list names what was hidden: every other row of its tables was to be seen
            shown |= (~there & tables.isin(edition.tables))[:, None]
        room = np.zeros(numbers.shape)
        room[:, VALUE] = np.append(edition.half_unit, 0.0)[at]
        if edition.tables is not None:
            told = _with_parts_of_rates(told, numbers, room[:, VALUE], counts.entry)
        differs = np.abs(told - numbers) > TOLERANCE + room
        # who sees a rate and its whole multiplies
        implied = shown[:, VALUE] & shown[:, DENOMINATOR] & np.isnan(numbers[:, NUMERATOR])
        differs[:, NUMERATOR] |= implied & (differs[:, VALUE] | differs[:, DENOMINATOR])
        shown[:, NUMERATOR] |= implied
        # a list has no numbers to compare: what it showed passes for unchanged
        guessed = shown & np.isnan(told) & (edition.tables is not None)
        known.shown[...] |= _of_counts(shown & ~differs & ~guessed, counts)
        assumed |= _of_counts(guessed & ~differs, counts)
        told = np.where(guessed, numbers, told)
        # a hidden row may show some of its columns, and what was seen stays known
        known.hidden[...] |= _of_counts(gone[:, None] & ~shown, counts)
        last = edition.rows[edition.hidden & edition.rows["period"].eq(edition.rows["period"].max()).to_numpy()]
        again = places.isin(pd.MultiIndex.from_frame(last[_PLACE]))
        known.before[...] |= _of_counts(again[:, None] & _are_parts(numbers), counts).any(axis=1)
        was_seen, was_gone = _of_counts(shown, counts), _of_counts(gone[:, None] & ~shown, counts)
        was_gone &= ~was_seen
        was_revised = _of_counts(shown & differs, counts)
        then = _numbers_of_counts(np.where(shown, told, np.nan), counts)
        implied = nothing
        # of a list without figures nothing follows
        if edition.panel is not None:
            implied = _complete_groups(was_seen, was_gone, then, counts, parts)
            followed = implied & was_seen
            same = np.abs(then - counts.numbers) <= TOLERANCE
            known.shown[...] |= followed & same
            was_revised |= followed & ~same & ~np.isnan(counts.numbers)
        if was_revised.any():
            seen.append(was_seen)
            unseen.append(was_gone)
            revised.append(was_revised)
            numbers_then.append(then)
            implied_then.append(implied)
    # the figures of one edition tell more than what is assumed of another
    known.guessed[...] = assumed & ~known.shown & ~np.logical_or.reduce([nothing, *revised])
    known.shown[...] |= known.guessed
    known.hidden[...] &= ~np.isnan(counts.numbers)
    return Known(
        known.hidden,
        known.shown,
        known.guessed,
        known.before,
        tuple(seen),
        tuple(unseen),
        tuple(revised),
        tuple(numbers_then),
        tuple(implied_then),
    )


def _complete_groups(seen: Bools, unseen: Bools, told: Floats, counts: Counts, parts: Sequence[Parts]) -> Bools:
    """Add to an edition, in place, the groups that it has not and that follow from its others; say which.

    Men and all were printed, then women and all: who knows that the women were not revised has all three then. Of
    two groups that are missing only their sum follows, and it stands for nothing that the new edition has.
    """
    implied = np.zeros_like(seen)
    for division in parts:
        at = [division.whole, *division.parts]
        signs = np.array([1.0, *[-1.0] * len(division.parts)])[:, None, None]
        stands = seen[at] | unseen[at]
        missing = ~stands & counts.stands[at]
        one = (missing.sum(axis=0) == 1) & (stands | missing).all(axis=0)
        rest = np.where(stands, signs * told[at], 0.0).sum(axis=0)
        found = -signs * rest[None]
        follows = missing & one[None] & (found >= -TOLERANCE)
        told[at] = np.where(follows, found, told[at])
        seen[at] |= follows
        unseen[at] |= missing & one[None] & np.isnan(rest)[None]
        implied[at] |= missing & one[None]
    return implied


def _numbers_of_today(rows: pd.DataFrame, counts: Counts, absent: Bools) -> Floats:
    """Return the numbers by row and column; those of rows that the new edition has not as they would be today."""
    numbers: Floats = rows[list(COLUMNS)].to_numpy(dtype=np.float64, copy=True)
    for k in range(len(COLUMNS)):
        of_row = counts.of_column[counts.entry, k]
        place = of_row, counts.period, counts.area
        now = counts.numbers[place]
        there = (of_row >= 0) & absent[place] & ~np.isnan(numbers[:, k]) & ~np.isnan(now)
        if k == NUMERATOR:
            # the rate with its part
            with np.errstate(divide="ignore", invalid="ignore"):
                rate = numbers[:, VALUE] * now / numbers[:, k]
            moves = there & (counts.of_column[counts.entry, VALUE] < 0) & np.isfinite(rate)
            numbers[moves, VALUE] = rate[moves]
        numbers[there, k] = now[there]
    return numbers


def _with_parts_of_rates(told: Floats, numbers: Floats, room: Floats, entry: np.ndarray) -> Floats:
    """Return what an edition tells with the parts that follow from its rates and the wholes of today.

    A rate that is shown as it is now has the part that it has now.
    """
    value, part, whole = (numbers[:, k] for k in (VALUE, NUMERATOR, DENOMINATOR))
    with np.errstate(divide="ignore", invalid="ignore"):
        scales = pd.Series(np.where(part > 0, value * whole / part, np.nan))
        scale = scales.groupby(entry).transform("median").to_numpy()
        whole = np.where(np.isnan(told[:, DENOMINATOR]), whole, told[:, DENOMINATOR])
        found = np.where(np.abs(told[:, VALUE] - value) > TOLERANCE + room, told[:, VALUE] * whole / scale, part)
    # yearly means are no whole numbers
    found = np.where(np.isclose(part, np.round(part)), np.round(found), found)
    known = told.copy()
    known[:, NUMERATOR] = np.where(
        np.isnan(told[:, NUMERATOR]) & ~np.isnan(told[:, VALUE]), found, told[:, NUMERATOR]
    )
    return known


def _are_parts(numbers: Floats) -> Bools:
    """Return the columns that count the persons themselves, not those they are a part of."""
    return np.broadcast_to(np.isin(COLUMNS, ("numerator", "value")), numbers.shape)


def _of_counts(cells: Bools, counts: Counts) -> Bools:
    """Return by count, period and area what is said by row and column."""
    found = np.zeros(counts.numbers.shape, dtype=bool)
    for k in range(len(COLUMNS)):
        of_row = counts.of_column[counts.entry, k]
        rows = (of_row >= 0) & cells[:, k]
        found[of_row[rows], counts.period[rows], counts.area[rows]] = True
    for tie in counts.ties:
        if not (counts.of_column == tie.part).any():
            # printed nowhere: who sees the rate multiplies it with the population
            rows = (counts.entry == tie.entry) & cells[:, VALUE]
            found[tie.part, counts.period[rows], counts.area[rows]] = True
    return found


def _numbers_of_counts(told: Floats, counts: Counts) -> Floats:
    """Return by count, period and area the numbers that an edition shows in its rows and columns."""
    found = np.full(counts.numbers.shape, np.nan)
    for k in range(len(COLUMNS)):
        of_row = counts.of_column[counts.entry, k]
        rows = (of_row >= 0) & ~np.isnan(told[:, k])
        found[of_row[rows], counts.period[rows], counts.area[rows]] = told[rows, k]
    for tie in counts.ties:
        rows = np.flatnonzero((counts.entry == tie.entry) & ~np.isnan(told[:, VALUE]))
        at = counts.period[rows], counts.area[rows]
        # who sees a rate and its whole multiplies
        part = np.round(told[rows, VALUE] * found[(tie.whole, *at)] / tie.scale)
        found[(tie.part, *at)] = np.where(np.isnan(found[(tie.part, *at)]), part, found[(tie.part, *at)])
    return found


# --- what is given away ----------------------------------------------------------------------------------------


def given_away_in(
    system: System, hidden: Bools, small: Bools, rule: Rule, before: Mapping[int, tuple[int, int]] | None = None
) -> Iterator[tuple[int, int]]:
    """Yield the small counts, by count and area, that can be derived whatever else is hidden now.

    ``before`` are the cells of an old edition, which stand behind those of the new one, with count and area.
    """
    everything = np.concatenate([hidden, np.zeros(len(system) - len(hidden), dtype=bool)])
    weak, _, _ = Prober(system, rule).weak(everything)
    for k in weak:
        cell = k if system.count[k] >= 0 else system.rest_of.get(k, k)
        c, a = int(system.count[cell]), int(system.area[cell])
        if c >= 0:
            if small[c, a]:
                yield c, a
        elif before and cell in before and rule.is_small(system.numbers[cell]):
            yield before[cell]


_GIVEN_AWAY: WeakKeyDictionary[Panel, pd.DataFrame] = WeakKeyDictionary()


def note_given_away(panel: Panel, cells: pd.DataFrame) -> None:
    """Remember beside a protected panel which hidden counts earlier editions give away."""
    if len(cells):
        _GIVEN_AWAY[panel] = cells


def given_away(panel: Panel) -> pd.DataFrame:
    """Return the keys of the hidden rows of a protected panel that earlier editions give away, or may do.

    ``sure`` tells them apart: what an edition shows is certain, what a list without figures leaves open is not.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(given_away(rg.load_sample()))
    0
    """
    whole, _ = whole_of(panel)
    found = _GIVEN_AWAY.get(whole)
    if found is None:
        return panel.data.iloc[:0][list(KEY)].assign(**{SURE: False})
    # what only the earlier edition has is named with its area
    gone = ~_keys(found).isin(_keys(whole.data)) & _areas(found).isin(_areas(panel.data))
    return found[_keys(found).isin(_keys(panel.data)) | gone].reset_index(drop=True)


def _areas(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[["indicator", "period", "level", "area_id"]])
