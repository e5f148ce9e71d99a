"""Counts that make up another one, wherever in the tables they stand: declared, or proved by the numbers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import combinations

import numpy as np

from regsam_geo.indicators.disclosure.counts import Counts, Ints
from regsam_geo.indicators.disclosure.relations import ENOUGH_CELLS, Parts
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Floats

MOST_STEPS = 4000  # of the search among the groups of one indicator
MOST_COUNTS, MOST_FOR_FOUR = 500, 60  # among which sums of three, and of four, are looked for
SPARE_CELLS = 2  # that confirm a sum beyond those that are enough, where another cell contradicts it
SAMPLES = 6  # parts of the cells that are searched apart, so that a wrong cell spoils one of them only
MOST_HITS = 200_000  # candidates that are looked at in one sample
MANY, SPARE = 5, 10  # parts of a long sum; so many more cells than counts prove one
LONG_SAMPLES = 3
PRIME = 2**31 - 1  # the product of two numbers below it is one of 64 bits
MAJORITY = 0.5
NEARLY_ALL, ENOUGH_NUMBERS = 0.75, 4  # equal cells, and different numbers in them, that make one count of two
ROUNDING = 0.051


def find_parts(
    counts: Counts, declared: Mapping[tuple[str, str], Sequence[str]] | None = None, *, mixed: bool = False
) -> list[Parts]:
    """Find the counts that make up another one, among the groups of one indicator and across indicators.

    In a table ``mixed`` of two editions few cells hold what was not revised, so fewer are enough.
    """
    found = _declared(counts, declared or {})
    search = _Search(counts, mixed=mixed)
    for together in counts.entries.groupby("indicator", sort=False).indices.values():
        if len(together) > 1:
            for column in range(counts.of_column.shape[1]):
                printed = np.unique(counts.of_column[together, column])
                found += search.any_number(printed[printed >= 0])
    # numerators of one whole: two shares that make up 100 %
    by_whole: dict[int, set[int]] = {}
    for pair in counts.pairs:
        by_whole.setdefault(pair.whole, set()).add(pair.part)
    for whole, shares in by_whole.items():
        if len(shares) > 1:
            found += [p for p in search.any_number(np.array([*sorted(shares), whole])) if p.whole == whole]
    found += search.few()
    found += search.many()
    return _independent(counts, list(dict.fromkeys(Parts(p.whole, tuple(sorted(p.parts))) for p in found)))


def _declared(counts: Counts, declared: Mapping[tuple[str, str], Sequence[str]]) -> list[Parts]:
    of_key = {
        (row["indicator"], row["group"]): counts.of_column[k]
        for k, row in enumerate(counts.entries.to_dict("records"))
    }
    found = []
    for (indicator, whole), groups in declared.items():
        for column in range(counts.of_column.shape[1]):
            members = [of_key[(indicator, group)][column] for group in (whole, *groups)]
            if min(members) >= 0 and len(set(members)) == len(members):
                found.append(Parts(int(members[0]), tuple(int(c) for c in members[1:])))
    return found


def _independent(counts: Counts, found: list[Parts]) -> list[Parts]:
    """Drop what follows from shorter sums of counts that stand in the same cells."""
    kept: list[Parts] = []
    basis: dict[bytes, list[Floats]] = {}
    for division in sorted(found, key=lambda p: len(p.parts)):
        members = [division.whole, *division.parts]
        where = counts.stands[division.whole].tobytes()
        # where a shorter sum has no row, the longer one can still tell something
        if any(counts.stands[c].tobytes() != where for c in members):
            kept.append(division)
            continue
        vector = np.zeros(len(counts.numbers))
        vector[list(division.parts)] = -1.0
        vector[division.whole] = 1.0
        rest = vector
        for unit in basis.setdefault(where, []):
            rest = rest - (rest @ unit) * unit
        length = float(np.linalg.norm(rest))
        # a sum that follows from others tells nothing new, but would make cycles of what may be a tree
        if length > TOLERANCE:
            basis[where].append(rest / length)
            kept.append(division)
    order = {division: k for k, division in enumerate(found)}
    return sorted(kept, key=order.__getitem__)


class _Search:
    """Searches sums among counts; the cells that show all of them decide by majority."""

    def __init__(self, counts: Counts, *, mixed: bool = False) -> None:
        self.spare = 0 if mixed else SPARE_CELLS
        persons = np.flatnonzero(counts.persons)
        flat = counts.numbers[persons].reshape(len(persons), int(np.prod(counts.numbers.shape[1:])))
        usable = (~np.isnan(flat)).sum(axis=1) >= ENOUGH_CELLS
        usable &= np.nan_to_num(flat).max(axis=1, initial=0) > 0
        self.flat, self.number = flat[usable], persons[usable]
        self.place = {int(c): k for k, c in enumerate(self.number)}
        self.some = ~np.isnan(self.flat)
        self.whole = not np.any(np.abs(self.flat[self.some] - np.round(self.flat[self.some])) > TOLERANCE)
        self.group = _first_entry(counts, self.number)
        self.group_word = [counts.labels[int(c)].group for c in self.number]

    def proves(self, whole: int, parts: tuple[int, ...], enough: int) -> bool:
        """Return whether most of the cells that show all confirm a sum, with parts that are somewhere not zero."""
        members = [whole, *parts]
        both = self.some[members].all(axis=0)
        seen = int(both.sum())
        if seen < enough:
            return False
        inside = self.flat[members][:, both]
        room = TOLERANCE + (0.0 if self.whole else ROUNDING * len(members))
        fits = np.abs(inside[0] - inside[1:].sum(axis=0)) <= room
        number = int(fits.sum())
        # a typing error must not cover a sum; but one that is contradicted anywhere needs more cells for it
        if number < seen and (number <= MAJORITY * seen or number < enough + self.spare):
            return False
        # small numbers are equal by chance: to be one, two counts have to agree more than a sum has
        if len(parts) == 1 and (number < NEARLY_ALL * seen or len(np.unique(inside[0, fits])) < ENOUGH_NUMBERS):
            return False
        # a count that is zero wherever the sum holds would be part of every sum
        return bool((inside[1:][:, fits] > 0).any(axis=1).all())

    # any number of parts among a few counts -------------------------------------------------------------------

    def any_number(self, members: Ints) -> list[Parts]:
        """Search sets of these counts that add up to another of them."""
        rows = [self.place[int(c)] for c in members if int(c) in self.place]
        found: list[Parts] = []
        if len(rows) < 3:
            return found
        for w in rows:
            with np.errstate(invalid="ignore"):
                above = [k for k in rows if k != w and self._may_be_part(k, w)]
            found += [self._named(w, parts) for parts in self._subsets(w, above)]
        return found

    def _named(self, whole: int, parts: tuple[int, ...]) -> Parts:
        return Parts(int(self.number[whole]), tuple(sorted(int(self.number[k]) for k in parts)))

    def _may_be_part(self, part: int, whole: int) -> bool:
        both = self.some[part] & self.some[whole]
        # a wrong number may put a part above its whole in a few cells
        above = self.flat[part, both] > self.flat[whole, both] + ROUNDING
        return bool(both.sum() >= ENOUGH_CELLS and above.mean() < MAJORITY / 2)

    def _subsets(self, whole: int, candidates: list[int]) -> list[tuple[int, ...]]:
        """Return the sets of rows that add up to the row ``whole`` in most cells that show all of them."""
        # the largest first: the sum is reached or passed soon
        order = sorted(candidates, key=lambda k: (-float(np.nansum(self.flat[k])), k))
        room = TOLERANCE if self.whole else ROUNDING
        solutions: list[tuple[int, ...]] = []
        steps = 0

        def descend(start: int, taken: tuple[int, ...], rest: Floats) -> None:
            nonlocal steps
            if len(taken) >= 2 and self.proves(whole, taken, ENOUGH_CELLS):
                # the whole is reached: any further part would have to be zero nearly everywhere
                solutions.append(taken)
                return
            for place in range(start, len(order)):
                steps += 1
                # steps and not seconds, so that the same sums are found on every machine
                if steps > MOST_STEPS:
                    return
                left = rest - self.flat[order[place]]
                seen = left[~np.isnan(left)]
                passed = seen < -room * (len(taken) + 2)
                if len(seen) >= ENOUGH_CELLS and passed.mean() < MAJORITY:
                    descend(place + 1, (*taken, order[place]), left)

        descend(0, (), self.flat[whole].copy())
        return solutions

    # many parts among all counts --------------------------------------------------------------------------------

    def many(self) -> list[Parts]:
        """Find sums of five and more parts across indicators, where there are more cells than counts.

        Count after count, the smallest first, is written as a weighting of the smaller ones, as far as one fits to
        all cells of a sample; a sum is one in which all weights are one.
        """
        # rounded numbers fulfil no sum exactly
        if not self.whole or not MANY < len(self.flat) <= MOST_COUNTS:
            return []
        found: dict[tuple[int, tuple[int, ...]], None] = {}
        groups: dict[str, list[int]] = {}
        for k, group in enumerate(self.group_word):
            groups.setdefault(group, []).append(k)
        for rows in ([*range(len(self.flat))], *(one for one in groups.values() if len(one) < len(self.flat))):
            if len(rows) > MANY:
                found |= dict.fromkeys(self._exact_sums(rows))
        return [self._named(w, parts) for w, parts in found if self.proves(w, parts, self._enough(w, parts))]

    def _exact_sums(self, rows: list[int]) -> list[tuple[int, tuple[int, ...]]]:
        """Return the sums of many parts among some counts that hold in a sample of the cells."""
        # the smallest first: a whole is larger than its parts
        rows = sorted(rows, key=lambda k: (float(np.nansum(self.flat[k])), k))
        seen = np.flatnonzero(self.some[rows].all(axis=0))
        size = len(rows) + SPARE
        found = []
        # a wrong cell spoils one sample only
        mixed = np.random.default_rng(20_000).permutation(seen)
        for sample in range(min(LONG_SAMPLES, len(seen) // size)):
            table = self.flat[rows][:, mixed[sample * size : (sample + 1) * size]]
            for whole, parts in _weightings_of_ones(np.round(table).astype(np.int64)):
                found.append((rows[whole], tuple(sorted(rows[k] for k in parts))))
        return found

    # one to four parts among all counts -------------------------------------------------------------------------

    def few(self) -> list[Parts]:
        """Search sums of up to four parts across indicators; one part is the same count, but for a few cells."""
        n = len(self.flat)
        if not 2 <= n <= MOST_COUNTS:
            return []
        # a fixed seed: which sums are known must not change from run to run
        rng = np.random.default_rng(20_000)
        filled = np.nan_to_num(self.flat)
        cells = np.flatnonzero(self.some.sum(axis=0) >= 2)
        samples = max(1, min(SAMPLES, len(cells) // 4))
        tried: set[tuple[int, tuple[int, ...]]] = set()
        found: list[Parts] = []
        for sample in (cells[k::samples] for k in range(samples)):
            # a sum of tables is one of weighted totals too, and random weights make a chance hit rare;
            # of means the weights would multiply the rounding errors
            weights = rng.integers(1, 100_000, len(sample)) if self.whole else np.ones(len(sample))
            key = filled[:, sample] @ weights.astype(np.float64)
            room = 1e-3 if self.whole else ROUNDING * 5 * np.sqrt(len(sample))
            for whole, parts in self._hits(key, float(room)):
                if (whole, parts) in tried:
                    continue
                tried.add((whole, parts))
                if self.proves(whole, parts, self._enough(whole, parts)):
                    found.append(self._named(whole, parts))
        return found

    def _enough(self, whole: int, parts: tuple[int, ...]) -> int:
        """Return how many cells must confirm a sum: more where more combinations were possible."""
        across = len({self.group[k] for k in (whole, *parts)}) > 1
        return ENOUGH_CELLS + (2 * max(len(parts) - 1, 1) if across else 0)

    def _hits(self, key: Floats, room: float) -> list[tuple[int, tuple[int, ...]]]:
        """Return the sums that hold in a sample of the cells."""
        n = len(key)
        order = np.argsort(key, kind="stable")
        found: list[tuple[int, tuple[int, ...]]] = []
        everyone = np.arange(n)
        for w, _, j in _matches(key[order], key, room, everyone, everyone):
            if w < order[j]:
                found.append((w, (int(order[j]),)))
        if n < 3:
            return found
        wholes, firsts = (a.ravel() for a in np.meshgrid(np.arange(n), np.arange(n), indexing="ij"))
        keep = (wholes != firsts) & (key[wholes] > key[firsts] - room)
        wholes, firsts = wholes[keep], firsts[keep]
        rest = key[wholes] - key[firsts]
        # two parts
        for w, i, j in _matches(key[order], rest, room, wholes, firsts):
            k = int(order[j])
            if i < k != w:
                found.append((w, (i, k)))
        # three, and four: pairs of parts against what a third, or another pair, leaves
        one, two = (np.array(a, dtype=np.int64) for a in zip(*combinations(range(n), 2), strict=True))
        pair = key[one] + key[two]
        by_size = np.argsort(pair, kind="stable")
        for w, i, j in _matches(pair[by_size], rest, room, wholes, firsts):
            a, b = int(one[by_size[j]]), int(two[by_size[j]])
            if i < a and w not in (a, b):
                found.append((w, (i, a, b)))
        # each whole against each pair: the work grows with the cube of the counts
        if n <= MOST_FOR_FOUR:
            for w in range(n):
                left = key[w] - pair
                inside = np.flatnonzero((one != w) & (two != w) & (left > -room))
                for _, p, j in _matches(pair[by_size], left[inside], room, np.full(len(inside), w), inside):
                    q = int(by_size[j])
                    members = (int(one[p]), int(two[p]), int(one[q]), int(two[q]))
                    if p < q and w not in members and len(set(members)) == 4:
                        found.append((w, tuple(sorted(members))))
        return found


def _weightings_of_ones(table: Ints) -> list[tuple[int, list[int]]]:
    """Return the rows that are the sum of many rows before them, none of which is a weighting of others.

    Elimination in whole numbers modulo a prime: exact, and quicker than with fractions.
    """
    cells = table.T % PRIME
    found: list[tuple[int, list[int]]] = []
    free: list[int] = []  # rows that are no weighting of those before them
    for row in range(cells.shape[1]):
        done = len(free)
        left = np.flatnonzero(cells[done:, row])
        if not len(left):
            weights = cells[:done, row]
            parts = np.flatnonzero(weights)
            if len(parts) >= MANY and (weights[parts] == 1).all():
                found.append((row, [free[k] for k in parts]))
            continue
        pivot = done + int(left[0])
        cells[[done, pivot]] = cells[[pivot, done]]
        cells[done, row:] = cells[done, row:] * pow(int(cells[done, row]), -1, PRIME) % PRIME
        factor = cells[:, row].copy()
        factor[done] = 0
        cells[:, row:] = (cells[:, row:] - factor[:, None] * cells[done, row:]) % PRIME
        free.append(row)
    return found


def _matches(keys: Floats, wanted: Floats, room: float, first: Ints, second: Ints) -> list[tuple[int, int, int]]:
    """Return for each wanted number the sorted keys within reach, with the two numbers that belong to it."""
    low = np.searchsorted(keys, wanted - room)
    high = np.searchsorted(keys, wanted + room, side="right")
    many = high - low
    if many.sum() > MOST_HITS:
        return []
    which = np.repeat(np.arange(len(wanted)), many)
    offset = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    at = np.repeat(low, many) + offset
    return list(zip(first[which].tolist(), second[which].tolist(), at.tolist(), strict=True))


def _first_entry(counts: Counts, numbers: Ints) -> list[str]:
    """Return the indicator in which each count is printed first."""
    return [counts.labels[int(c)].indicator for c in numbers]
