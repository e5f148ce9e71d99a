"""What each column of a table is: a count of persons until the catalogue, the caller or the numbers say no."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd

from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats
from regsam_geo.indicators.disclosure.words import named_scale, names_a_measure, names_a_rate, names_things

COLUMNS = ("base_1", "base_2", "base_3", "base_4", "base_5", "numerator", "denominator", "value")
BASES = range(5)
NUMERATOR, DENOMINATOR, VALUE = (COLUMNS.index(name) for name in ("numerator", "denominator", "value"))
ENOUGH_ROWS, NEARLY_ALL, MOST_ROUNDING = 4, 0.95, 0.051  # that prove a value to be a ratio of two Basiswerte

Why = Literal["said", "doubt", "thing", "denied"]


@dataclass(frozen=True)
class Reading:
    """What one row of the catalogue holds.

    Attributes
    ----------
    counts
        The columns that hold counts, of persons or not.
    persons
        Those of them that count persons.
    rate
        Whether the value is a rate or a measure and no count.
    scale
        Value = scale * part / whole, as the catalogue says or as the numbers prove; else NaN.
    explained
        Whether part and whole of the rate are printed beside it.
    named_scale
        The scale that name and unit suggest where neither catalogue nor numbers tell it.
    why
        Who says so: the catalogue or the caller (``said``, ``denied``), nobody (``doubt``); ``thing``: the name
        speaks of things that are no persons.
    """

    counts: tuple[int, ...]
    persons: frozenset[int]
    rate: bool
    scale: float
    explained: bool
    why: Why
    named_scale: float = 100.0


def part_and_whole(given: Bools | list[bool]) -> tuple[int, int]:
    """Return the columns of part and whole among those that are printed, -1 where there is none."""
    part = NUMERATOR if given[NUMERATOR] else 0 if given[0] else -1
    whole = DENOMINATOR if given[DENOMINATOR] else 1 if given[1] else -1
    return part, whole


def read_entry(numbers: Floats, about: Mapping[str, object], alike: Floats) -> Reading:
    """Read the rows of one indicator and group; ``numbers`` has the columns of ``COLUMNS``.

    ``alike`` has the rows of all its groups: where the group is too small to prove what its value is, they do.
    """
    given: Bools = np.asarray(~np.isnan(numbers).all(axis=0))
    said = about["counts_persons"]
    denied = bool(pd.notna(said) and not said)
    title = _title(about)
    thing = bool(pd.isna(said)) and names_things(title, str(about["group"]))
    declared = float(about["scale"]) if pd.notna(about["scale"]) else np.nan  # type: ignore[arg-type]
    part, whole = part_and_whole(given)
    proved = _proved_scale(numbers if len(numbers) >= ENOUGH_ROWS else alike, part, whole)
    scale = declared if not np.isnan(declared) else proved
    # who says that persons are counted overrules a name that sounds like a rate
    rate = bool(given[VALUE]) and (
        not np.isnan(scale)
        or about["kind"] in ("proportion", "ratio")
        or (not (pd.notna(said) and bool(said)) and names_a_rate(title, str(_word(about["unit"]))))
    )
    counts = [column for column in range(VALUE) if given[column]]
    if given[VALUE] and not rate:
        counts.append(VALUE)
    persons = frozenset(column for column in counts if not denied and _of_persons(column, about, thing))
    return Reading(
        tuple(counts),
        persons,
        rate,
        scale,
        explained=not np.isnan(proved),
        why="denied" if denied else "said" if pd.notna(said) else "thing" if thing else "doubt",
        named_scale=named_scale(title, _word(about["unit"])),
    )


def _title(about: Mapping[str, object]) -> str:
    """Return the words by which an indicator calls itself."""
    return _word(about["title_de"]) or _word(about["title_en"]) or str(about["indicator"])


def _word(value: object) -> str:
    return value if isinstance(value, str) else ""


def _of_persons(column: int, about: Mapping[str, object], thing: bool) -> bool:
    """Return whether a column counts persons: all do, unless their names speak of a measure or of things."""
    name = column_name(column, about)
    if name:
        return not names_a_measure(name)
    # the denominator of things may well be a population: places per 100 children
    return not (thing and column in (0, NUMERATOR, VALUE))


def column_name(column: int, about: Mapping[str, object]) -> str:
    """Return the name of a Basiswert; numerator and denominator are the first and the second one."""
    number = {NUMERATOR: 1, DENOMINATOR: 2}.get(column, column + 1)
    return _word(about.get(f"name_{number}")) if column != VALUE else ""


def _proved_scale(numbers: Floats, part: int, whole: int) -> float:
    """Return the scale with which part and whole give the printed value in nearly all rows, else NaN."""
    if part < 0 or whole < 0:
        return np.nan
    above, below, value = numbers[:, part], numbers[:, whole], numbers[:, VALUE]
    known = ~np.isnan(above + below + value) & (below > 0)
    if known.sum() < ENOUGH_ROWS:
        return np.nan
    for scale in (100.0, 1000.0, 1.0):
        close = np.abs(value[known] - scale * above[known] / below[known]) <= MOST_ROUNDING
        # values of zero fit every scale
        if close.mean() >= NEARLY_ALL and (value[known] > MOST_ROUNDING).any():
            return scale
    return np.nan


def declare_counts(catalogue: pd.DataFrame, counts: Mapping[str, bool] | None) -> pd.DataFrame:
    """Return the catalogue with what the caller says about what is counted: ``{"Kitas": False}``."""
    if not counts:
        return catalogue
    said = catalogue["indicator"].map(dict(counts)).astype("boolean")
    return catalogue.assign(counts_persons=said.fillna(catalogue["counts_persons"]))


def rows_by_entry(data: pd.DataFrame, catalogue: pd.DataFrame) -> tuple[np.ndarray, list[np.ndarray]]:
    """Return the catalogue row of each row of the data, and the rows of each catalogue row."""
    keys = pd.MultiIndex.from_frame(catalogue[list(CATALOGUE_KEY)])
    entry = keys.get_indexer(pd.MultiIndex.from_frame(data[list(CATALOGUE_KEY)])).astype(np.int64)
    order = np.argsort(entry, kind="stable")
    starts = np.searchsorted(entry[order], np.arange(len(catalogue) + 1))
    return entry, [order[starts[k] : starts[k + 1]] for k in range(len(catalogue))]


def same_numbers(one: Floats, other: Floats) -> bool:
    """Return whether two tables agree wherever both have a number, and do so somewhere."""
    both = ~np.isnan(one) & ~np.isnan(other)
    return bool(both.any() and (np.abs(one[both] - other[both]) <= TOLERANCE).all())
