"""``audit_tables``: what a reader of published tables can find out about hidden and about small counts."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from html import escape
from typing import Literal, Unpack

import numpy as np
import pandas as pd

from regsam_geo.indicators.disclosure.cells import AREA, COMPLEMENT, DIVISION, Builder, System, blocks
from regsam_geo.indicators.disclosure.counts import Counts, Ints, Pair, collect_counts
from regsam_geo.indicators.disclosure.intervals import derive
from regsam_geo.indicators.disclosure.published import Published, Statement, Tables, gather, value_statements
from regsam_geo.indicators.disclosure.reading import COLUMNS, VALUE, declare_counts
from regsam_geo.indicators.disclosure.relations import Areas, AreaSums, Parts, subgroup_pairs
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Declared, Rule, as_divisions, gives_away
from regsam_geo.indicators.disclosure.sums import find_parts
from regsam_geo.indicators.disclosure.whole_numbers import WholeNumbers
from regsam_geo.text import check_options, format_number, join_words, say, shorten, shows_progress, watched

SECRET_SIGNS = ("", "suppressed", "secret", "unknown_or_secret")
"""Signs of what somebody may have hidden; an empty cell says nothing to the contrary."""

CELL_COLUMNS = (
    "indicator",
    "group",
    "period",
    "level",
    "area_id",
    "what",  # "count", or "rest": the whole minus the count
    "name",
    "lower",
    "upper",
    "leak",  # "", or how the cell is given away
    "through",  # the sums that do it, as a tuple of texts
)


@dataclass(frozen=True, eq=False)
class DisclosureAudit:
    """What an audit has found.

    Attributes
    ----------
    cells
        One row per hidden count of persons, and per small count or rest that is shown or can be derived:
        ``indicator``, ``group``, ``period``, ``level``, ``area_id``, ``what`` (``"count"`` or ``"rest"``),
        ``name`` of the Basiswert, ``lower`` and ``upper`` (what a reader can derive), ``leak`` (empty, or how:
        ``shown``, ``edition``, ``sum``, ``groups``, ``complement``, ``rate``, ``rank``, ``difference``, ``ratio``,
        ``change``) and ``through``, the sums that do it.
    contradictions
        Keys of hidden cells about which the tables contradict each other, so that nothing can be derived.
    undecided
        Keys of hidden cells for which time was over before it was known whether whole numbers confine them.
    """

    cells: pd.DataFrame
    contradictions: pd.DataFrame
    rule: Rule
    undecided: pd.DataFrame

    @property
    def verdict(self) -> Literal["passed", "leaks", "undecided"]:
        """``"passed"``, ``"leaks"``, or ``"undecided"``, which is not passed."""
        # one leak decides, however much is still open
        if (self.cells["leak"] != "").any():
            return "leaks"
        return "undecided" if len(self.undecided) else "passed"

    @property
    def leaks(self) -> pd.DataFrame:
        """The cells that are given away."""
        return self.cells[self.cells["leak"] != ""].reset_index(drop=True)

    @property
    def safe(self) -> bool:
        """Whether it is certain that nothing is given away."""
        return self.verdict == "passed"

    def text(self, lang: str | None = None, most: int = 20) -> str:
        """Write the finding: one sentence, and one line per leak."""
        leaks = self.leaks
        hidden = int((self.cells["leak"] != "shown").sum())
        if self.verdict == "undecided":
            return say("label.audit.undecided", lang, n=len(self.undecided), hidden=hidden)
        code = "label.audit.safe" if self.safe else "label.audit.leaks"
        lines = [say(code, lang, n=len(leaks), hidden=hidden)]
        for row in leaks.head(most).itertuples():
            low, high = (format_number(float(end), lang=lang) for end in (row.lower, row.upper))
            place = say(f"label.audit.what_{row.what}", lang, name=row.name, area=row.area_id, period=row.period)
            span = low if low == high else say("label.audit.span", lang, low=low, high=high)
            lines.append(
                say(
                    "label.audit.line",
                    lang,
                    indicator=row.indicator,
                    group=row.group,
                    place=place,
                    span=span,
                    how=say(f"label.audit.how_{row.leak}", lang),
                    through=(": " + "; ".join(row.through)) if row.through else "",
                )
            )
        if len(leaks) > most:
            lines.append(say("label.audit.more", lang, n=len(leaks) - most))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return f"DisclosureAudit({len(self.cells)} cells, {len(self.leaks)} leaks)"

    def _repr_html_(self) -> str:
        return "".join(f"<p>{escape(line)}</p>" for line in self.text().splitlines())


@shows_progress
def audit_tables(
    tables: Tables, threshold: float = 3, *, seconds: float = 60.0, **declared: Unpack[Declared]
) -> DisclosureAudit:
    """Find out what published tables give away about small counts; ``regsam_geo.audit_disclosure`` tells more."""
    check_options(declared, Declared)
    published = gather(tables)
    rule = Rule(threshold, declared.get("zeros", "show"))
    catalogue = declare_counts(published.catalogue, declared.get("counts"))
    counts = collect_counts(published.data, catalogue, implied=False)
    areas = AreaSums(counts, Areas(counts.areas, as_divisions(declared.get("divisions")), declared.get("sums")))
    found = _shown(counts, published, rule)
    contradictions: list[tuple[str, ...]] = []
    undecided: list[tuple[str, ...]] = []
    # hidden, or never printed: what has to be derived
    unknown = np.isnan(counts.numbers) & counts.stands & counts.persons[:, None, None]
    if unknown.any():
        parts = find_parts(counts, declared.get("groups"))
        knowledge = _Knowledge(counts, areas, parts, value_statements(published), rule)
        knowledge.withheld = _withheld(counts, published)
        knowledge.secret = _withheld(counts, published, SECRET_SIGNS)
        deadline = time.monotonic() + seconds
        for period in watched(range(len(counts.periods)), say("progress.tests")):
            hidden_in: Bools = np.asarray(unknown[:, period].any(axis=1))
            for members in blocks(np.flatnonzero(hidden_in).tolist(), parts, knowledge.links, hidden_in):
                _attack(knowledge, members, period, published, found, contradictions, undecided, deadline)
    cells = pd.DataFrame(found, columns=list(CELL_COLUMNS))
    keys = list(CELL_COLUMNS[:6])
    # what is simply shown was noted first: it needs no deriving
    cells = cells.drop_duplicates(keys).sort_values(keys, ignore_index=True)
    keys_of = [pd.DataFrame(rows, columns=list(CELL_COLUMNS[:5])) for rows in (contradictions, undecided)]
    return DisclosureAudit(cells, keys_of[0], rule, keys_of[1])


class _Knowledge:
    """All that the tables say, ready to be put into one system per period and block."""

    def __init__(
        self, counts: Counts, areas: AreaSums, parts: list[Parts], statements: list[Statement], rule: Rule
    ) -> None:
        self.counts, self.areas, self.parts, self.rule = counts, areas, parts, rule
        self.withheld: Bools = counts.stands
        self.secret: Bools = counts.stands
        self.pairs = [*counts.pairs, *subgroup_pairs(counts, parts)]
        # what must be looked at together: also a rate of which both part and whole are hidden
        self.links = [*self.pairs, *(Pair(tie.part, tie.whole, everybody=True) for tie in counts.ties)]
        self.ratios: dict[int, list[tuple[int, int, float]]] = {}
        for tie in counts.ties:
            self.ratios.setdefault(tie.entry, []).append((tie.part, tie.whole, tie.scale))
        for entry, count in enumerate(counts.of_column[:, VALUE]):
            if count >= 0:
                self.ratios.setdefault(entry, []).append((int(count), -1, 1.0))
        self.by_count: dict[tuple[int, int], list[tuple[Statement, int, float]]] = {}
        for told in statements:
            period, area = int(counts.period[told.row]), counts.area[told.row]
            for part, whole, scale in self.ratios.get(int(counts.entry[told.row]), ()):
                both = [counts.numbers[c, period, area] for c in (part, whole) if c >= 0]
                # a statement about numbers that are printed adds nothing
                if np.isnan(both).any():
                    self.by_count.setdefault((period, part), []).append((told, whole, scale))

    def system(self, members: list[int], period: int) -> tuple[System, Builder]:
        """Put the sums of some counts together."""
        builder = Builder(self.counts, self.areas, self.rule, period)
        for c in members:
            builder.add_count(c)
        inside = set(members)
        for c in members:
            builder.add_areas(c, audit=True)
        for division in self.parts:
            if division.whole in inside and inside.issuperset(division.parts):
                builder.add_parts(division, audit=True)
        for pair in self.pairs:
            if pair.part in inside or pair.whole in inside:
                builder.add_pair(pair, audit=True)
        for c in members:
            for told, whole, scale in self.by_count.get((period, c), ()):
                area = int(self.counts.area[told.row])
                builder.add_value(
                    (c, area),
                    None if whole < 0 else (whole, area),
                    told.low / scale,
                    told.high / scale,
                    told.source,
                )
        return builder.build(), builder


def _shown(counts: Counts, published: Published, rule: Rule) -> list[tuple[object, ...]]:
    """Return the small counts and rests that the tables simply print, or printed in another edition."""
    found: list[tuple[object, ...]] = []
    small = rule.is_small(counts.numbers) & counts.persons[:, None, None]
    missing = _missing_somewhere(counts, published)
    for c, p, a in np.argwhere(small):
        leak = "edition" if missing[c, p, a] else "shown"
        number = float(counts.numbers[c, p, a])
        found.append(_row(counts, int(c), int(p), int(a), "count", number, number, leak, ()))
    for part, whole, everybody in counts.pairs:
        rest = counts.numbers[whole] - counts.numbers[part]
        with np.errstate(invalid="ignore"):
            telling = (rest > TOLERANCE) & (rest < rule.threshold - TOLERANCE)
            telling |= everybody & (np.abs(rest) <= TOLERANCE) & (counts.numbers[part] > TOLERANCE)
        for p, a in np.argwhere(telling):
            leak = "edition" if missing[part, p, a] or missing[whole, p, a] else "shown"
            number = float(rest[p, a])
            found.append(_row(counts, part, int(p), int(a), "rest", number, number, leak, ()))
    return found


def _withheld(counts: Counts, published: Published, signs: Collection[str] | None = None) -> Bools:
    """Return the cells that some row leaves out; a count that merely follows from a printed rate is none.

    With ``signs``, those alone that a row leaves out with one of these signs.
    """
    found = np.zeros(counts.numbers.shape, dtype=bool)
    data = published.data
    without = data["value"].isna().to_numpy()
    if signs is not None:
        without = without & data["sign"].isin(signs).to_numpy()
    for k, column in enumerate(COLUMNS):
        of_row = counts.of_column[counts.entry, k]
        gone = (of_row >= 0) & without & data[column].isna().to_numpy()
        found[of_row[gone], counts.period[gone], counts.area[gone]] = True
    for tie in counts.ties:
        gone = (counts.entry == tie.entry) & without
        found[tie.part, counts.period[gone], counts.area[gone]] = True
    return found & counts.stands


def _missing_somewhere(counts: Counts, published: Published) -> Bools:
    """Return the cells that one table hides and another one shows."""
    missing = np.zeros(counts.numbers.shape, dtype=bool)
    if len(published.names) < 2:
        return missing
    data = published.data
    for k, column in enumerate(COLUMNS):
        of_row = counts.of_column[counts.entry, k]
        gone = (of_row >= 0) & data[column].isna().to_numpy() & (data["sign"] != "").to_numpy()
        missing[of_row[gone], counts.period[gone], counts.area[gone]] = True
    return missing & ~np.isnan(counts.numbers)


def _row(
    counts: Counts, c: int, period: int, area: int, what: str, low: float, high: float, leak: str, through: object
) -> tuple[object, ...]:
    label, place = counts.labels[c], counts.areas.iloc[area]
    name = label.name or say(f"label.audit.column_{label.column}")
    return (
        label.indicator,
        label.group,
        counts.periods[period],
        place["level"],
        place["area_id"],
        what,
        name,
        low,
        high,
        leak,
        through,
    )


def _attack(
    knowledge: _Knowledge,
    members: list[int],
    period: int,
    published: Published,
    found: list[tuple[object, ...]],
    contradictions: list[tuple[str, ...]],
    undecided: list[tuple[str, ...]],
    deadline: float,
) -> None:
    """Derive all intervals of one block and note them."""
    counts, rule = knowledge.counts, knowledge.rule
    system, builder = knowledge.system(members, period)
    hidden = np.isnan(system.numbers) & system.printed
    lower, upper = derive(system, hidden)
    missing = _missing_somewhere(counts, published)[:, period]
    withheld = knowledge.withheld[:, period]
    exactly = WholeNumbers(system, hidden, rule.threshold, deadline)
    rest_part = _rests(system, counts, knowledge, period)
    for k in np.flatnonzero(~np.isnan(system.needed) & system.unknown(hidden)):
        if system.printed[k]:
            c, a, what = int(system.count[k]), int(system.area[k]), "count"
            if not hidden[k] or not counts.persons[c]:
                continue
        elif int(k) in rest_part:
            c, a, what = (*rest_part[int(k)], "rest")
        else:
            continue
        low, high = float(lower[k]), float(upper[k])
        if low > high + TOLERANCE:
            # no number fits all tables, and from a contradiction anything would follow
            contradictions.append(_row(counts, c, period, a, what, low, high, "", ())[:5])  # type: ignore[arg-type]
            continue
        if what == "count":
            # what somebody hid and anybody can recompute is a leak at any size; a large count nobody hid is none,
            # such as one that is missing in one table and stands in another
            exact = bool(knowledge.secret[c, period, a]) and high - low < TOLERANCE
            weak = _weak(low, high, float(system.needed[k]), rule) or exact
        else:
            weak = _weak(low, high, float(system.needed[k]), rule)
        leak = ""
        through: tuple[str, ...] = ()
        confined = False
        # a count that cannot lie below the threshold is not small, whatever whole numbers fit
        if not weak and low < rule.threshold - TOLERANCE:
            reach = exactly.reach(int(k))
            confined = reach is False
            if reach is None:
                undecided.append(_row(counts, c, period, a, what, low, high, "", ())[:5])  # type: ignore[arg-type]
        if confined:
            high, weak = min(high, np.ceil(rule.threshold) - 1), True
            # the sums around it stand for the reason: each one left out on trial would be another integer program
            sums = _near(system, hidden, int(k))[0]
        elif weak:
            sums = _reasons(system, hidden, int(k), rule, what)
        if weak:
            leak = _how(system, builder, sums, missing, hidden)
            through = tuple(dict.fromkeys(_describe(system, builder, counts, s) for s in sums))
        # a count that nobody hid follows from a rate: it is told only where it is small
        if (what == "count" and withheld[c, a]) or weak:
            found.append(_row(counts, c, period, a, what, low, high, leak, through))


def _weak(low: float, high: float, needed: float, rule: Rule) -> bool:
    return bool(gives_away(np.array([low]), np.array([high]), np.array([needed]), rule)[0])


def _rests(system: System, counts: Counts, knowledge: _Knowledge, period: int) -> dict[int, tuple[int, int]]:
    """Return for each rest that is not simply printed the count and area that it belongs to."""
    found = {}
    for rest, cell in system.rest_of.items():
        c, a = int(system.count[cell]), int(system.area[cell])
        if c >= 0:
            found[rest] = (c, a)
    known = {
        (pair.part, int(a))
        for pair in knowledge.pairs
        for a in np.flatnonzero(~np.isnan(counts.numbers[pair.part, period] + counts.numbers[pair.whole, period]))
    }
    return {rest: place for rest, place in found.items() if place not in known}


def _reasons(system: System, hidden: Bools, cell: int, rule: Rule, what: str) -> list[int]:
    """Return an irreducible set of sums that give the cell away."""

    def given_away(skip: Bools) -> bool:
        low, high = derive(system, hidden, skip)
        weak = _weak(float(low[cell]), float(high[cell]), float(system.needed[cell]), rule)
        return weak or (what == "count" and bool(high[cell] - low[cell] < TOLERANCE))

    near = _near(system, hidden, cell)
    skip = np.ones(len(system.constant), dtype=bool)
    # widen the circle until the cell is given away, then drop what is not needed
    used: list[int] = []
    for ring in near:
        used += ring
        skip[ring] = False
        if given_away(skip):
            break
    for number in sorted(used, reverse=True):
        skip[number] = True
        if not given_away(skip):
            skip[number] = False
    return [number for number in used if not skip[number]]


def _near(system: System, hidden: Bools, cell: int) -> list[list[int]]:
    """Return the sums around a cell, ring by ring, as far as unknown cells link them."""
    unknown = system.unknown(hidden)
    order = np.argsort(system.column, kind="stable")
    starts = np.searchsorted(system.column[order], np.arange(len(system) + 1))
    by_row = np.argsort(system.row, kind="stable")
    row_starts = np.searchsorted(system.row[by_row], np.arange(len(system.constant) + 1))
    seen_cells = {cell}
    seen_rows: set[int] = set()
    edge, rings = [cell], list[list[int]]()
    while edge:
        rows = {int(system.row[j]) for k in edge for j in order[starts[k] : starts[k + 1]].tolist()} - seen_rows
        if not rows:
            break
        rings.append(sorted(rows))
        seen_rows |= rows
        cells = {int(system.column[j]) for r in rows for j in by_row[row_starts[r] : row_starts[r + 1]].tolist()}
        edge = sorted(k for k in cells - seen_cells if unknown[k])
        seen_cells |= cells
    return rings


def _members(system: System, number: int) -> Ints:
    return np.asarray(system.column[system.row == number], dtype=np.int64)


def _how(system: System, builder: Builder, sums: list[int], missing: Bools, hidden: Bools) -> str:
    """Name the way in which a cell is given away: the most telling of the sums used."""
    for number in sums:
        for k in _members(system, number):
            if system.count[k] >= 0 and not hidden[k] and missing[system.count[k], system.area[k]]:
                return "edition"
    for number in sums:
        if number in builder.hints:
            return builder.hints[number][0]
    kinds = {system.kind[number] for number in sums}
    if DIVISION in kinds:
        return "groups"
    return "sum" if AREA in kinds else "complement"


def _describe(system: System, builder: Builder, counts: Counts, number: int) -> str:
    """Write one sum for people."""
    if number in builder.hints:
        source, area = builder.hints[number]
        return say(f"label.audit.by_{source}", area=_place(counts, area))
    cells = [k for k in _members(system, number) if system.count[k] >= 0]
    if system.kind[number] == AREA:
        whole, *parts = cells
        names = [counts.areas["area_id"].iloc[system.area[k]] for k in parts]
        return say("label.audit.by_sum", whole=_place(counts, int(system.area[whole])), parts=shorten(names, 6))
    if system.kind[number] == DIVISION:
        names = [counts.labels[system.count[k]].group for k in cells]
        return say(
            "label.audit.by_groups",
            whole=names[0],
            parts=join_words(names[1:]),
            area=_place(counts, int(system.area[cells[0]])),
        )
    assert system.kind[number] == COMPLEMENT
    return say("label.audit.by_complement", area=_place(counts, int(system.area[cells[0]])))


def _place(counts: Counts, area: int) -> str:
    row = counts.areas.iloc[area]
    return say(f"label.audit.place_{row['level']}", area=row["area_id"])
