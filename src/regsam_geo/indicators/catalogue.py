"""What is known about each indicator: title, unit, formula, polarity, and what may be done with it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.text import resolve_language

KEY = ("indicator", "group")

COLUMNS: dict[str, str] = {
    # what people read
    "title_de": "str",
    "title_en": "str",
    "unit": "str",  # written after the number: "%", "Einwohner je km²" ...
    "unit_en": "str",
    "decimals": "Int64",  # digits that the value is printed with
    # how the value is made: value = scale * numerator / denominator
    "scale": "Float64",
    "formula": "str",
    "name_1": "str",
    "name_2": "str",
    "name_3": "str",
    "name_4": "str",
    "name_5": "str",
    "kind": "str",  # proportion (numerator is part of denominator), ratio, other
    # what may be done with it
    "counts_persons": "boolean",
    "summable": "boolean",
    "not_summable_because": "str",  # a code; the sentence stands in text/
    # how it is read
    "polarity": "Int64",  # +1: high is a burden; -1: high is a relief; 0: neither
    "headline": "boolean",
    "subgroup_of": "str",  # group of the headline that this row details
    "relevant_effect": "Float64",  # smallest relative difference or change that matters: 0.05 is 5 %
    "proof": "str",  # whether the numbers prove the scale: see inference.Proof
    # where it comes from
    "theme": "str",
    "source": "str",
    "edition": "str",
}
"""Columns of a catalogue besides its key, with their dtypes; see ``docs/architecture.md``."""

DEPENDS_ON_AREA = "depends_on_area"
"""Why figures cannot be summed whose counts depend on how large an area is; see ``apart_from_city``."""

KINDS = ("proportion", "ratio", "other")


def complete_catalogue(catalogue: pd.DataFrame, keys: pd.DataFrame) -> pd.DataFrame:
    """Return one row per key with every column, empty where nothing is known.

    The order of the catalogue stays, since tables and reports follow it; keys that it does not name come last.
    """
    present = keys[list(KEY)].drop_duplicates()
    # The first entry counts: it is the one that readers of the catalogue meet.
    known = catalogue.drop_duplicates(list(KEY)) if len(catalogue) else present.iloc[:0]
    full = _rows_of(known, present)
    columns = {column: full[column] for column in KEY}
    for column, dtype in COLUMNS.items():
        if column not in full:
            columns[column] = pd.Series(pd.NA, index=full.index, dtype=dtype)
        else:
            # an empty word and none at all mean the same: nothing is known
            columns[column] = full[column].astype(dtype) if dtype != "str" else _words(full[column])
    complete = pd.DataFrame(columns)
    extra = [name for name in full if name not in COLUMNS and name not in KEY]
    return complete.join(full[extra]) if extra else complete


def _rows_of(known: pd.DataFrame, present: pd.DataFrame) -> pd.DataFrame:
    """Return the entries of the keys that are present, in the order of the catalogue; those it lacks come last."""
    wanted, listed = (
        list(zip(*(frame[name].tolist() for name in KEY), strict=True)) for frame in (present, known)
    )
    same_dtypes = all(known[name].dtype == present[name].dtype for name in KEY)
    if same_dtypes and set(wanted) <= set(listed):
        # nearly every panel is made of another one, whose catalogue knows all its keys
        found = set(wanted)
        return known.loc[np.array([key in found for key in listed], dtype=bool)].reset_index(drop=True)
    full = known.merge(present, on=list(KEY), how="right").reset_index(drop=True)
    place = pd.MultiIndex.from_frame(known[list(KEY)]).get_indexer(pd.MultiIndex.from_frame(full[list(KEY)]))
    return full.iloc[pd.Series(place).replace(-1, len(place)).argsort(kind="stable")].reset_index(drop=True)


def _words(values: pd.Series) -> pd.Series:
    words = values.astype("str")
    if words.dtype == values.dtype and "" not in words.tolist():
        return values
    return words.where(values.notna() & (words != ""))


def headlines(catalogue: pd.DataFrame) -> pd.DataFrame:
    """Return the rows that a report leads with: those marked so; where nothing is said, all but subgroups.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(headlines(rg.load_sample().catalogue))
    11
    """
    # Without a word in the catalogue subgroups stay out: leading with them would tell one thing twice.
    marked = catalogue["headline"].astype("boolean").fillna(catalogue["subgroup_of"].isna())
    return catalogue[marked.astype(bool)]


def apart_from_city(catalogue: pd.DataFrame) -> pd.MultiIndex:
    """Return the indicators and groups of a catalogue whose figures must not be set beside the city's.

    Counts such as moves within the area depend on how large the area is, and so does every plain count: the city's
    figure is no yardstick for those of its districts, which are parts of it. This is the one place that decides
    it: whatever sets figures beside the city's asks.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> apart_from_city(rg.load_sample().catalogue).tolist()
    [('Innerräumliche Umzugsziffer', 'insgesamt')]
    """
    return pd.MultiIndex.from_frame(catalogue.loc[are_apart(catalogue), list(KEY)])


def are_apart(catalogue: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which entries of a catalogue ``apart_from_city`` names."""
    because = catalogue["not_summable_because"].to_numpy(dtype=object)
    return np.asarray((because == DEPENDS_ON_AREA) | are_counts(catalogue), dtype=bool)


def are_counts(catalogue: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Tell which entries of a catalogue are plain counts (``is_count``)."""
    summable = catalogue["summable"].to_numpy(dtype="bool", na_value=False)
    return np.asarray(catalogue["scale"].isna().to_numpy() & summable)


def is_count(entry: Mapping[str, Any] | pd.Series) -> bool:
    """Tell whether an indicator is a plain count: one that can be summed and is no ratio."""
    return bool(pd.isna(entry["scale"]) and not pd.isna(entry["summable"]) and entry["summable"])


def name_of(indicator: str, group: str) -> str:
    """Return what an indicator is called in the tables; its group only where it says something.

    Examples
    --------
    >>> name_of("Hochbetagte", "insgesamt"), name_of("Einpersonenhaushalte", "65 Jahre und älter")
    ('Hochbetagte', 'Einpersonenhaushalte (65 Jahre und älter)')
    """
    return indicator if group == "insgesamt" else f"{indicator} ({group})"


def titles_of(catalogue: pd.DataFrame, lang: str | None = None) -> dict[tuple[str, str], str]:
    """Return the title of each indicator and group; the German one, then the name, stand in.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> titles_of(rg.load_sample().catalogue, "en")["Nichtdeutsche", "insgesamt"]
    'Foreign nationals (share of the population)'
    """
    own = catalogue[f"title_{resolve_language(lang)}"]
    words = own.where(own.notna(), catalogue["title_de"])
    keys = catalogue[list(KEY)].itertuples(index=False, name=None)
    return {
        (indicator, group): title if isinstance(title, str) else name_of(indicator, group)
        for (indicator, group), title in zip(keys, words, strict=True)
    }
