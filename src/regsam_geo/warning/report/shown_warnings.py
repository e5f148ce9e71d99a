"""Which of the warnings that are handed to a map or a chart may be shown there."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from regsam_geo.areas.keys import respell, written
from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.panel import KEY, whole_of
from regsam_geo.indicators.periods import parse_period
from regsam_geo.study import Study
from regsam_geo.text import problem
from regsam_geo.warning.report.table import OF_ALL_FIGURES


def in_known_spelling(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Return warnings with the keys as the study writes them: people write 1 for 01, and titles for names.

    Raises
    ------
    AreaError
        If number and name of an area contradict each other.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> row = {"indicator": "unemployed", "period": 2024, "area_id": "1 Altstadt-Lehel", "level": "district"}
    >>> in_known_spelling(rg.load_study(), pd.DataFrame([row])).iloc[0].tolist()
    ['Arbeitslose - Anteil', '2024', '01', 'district']
    """
    spelled: dict[str, list[object]] = {}
    if "area_id" in table:
        levels = [written(level) for level in table["level"]] if "level" in table else [study.level] * len(table)
        keys = {
            level: respell([one for one, at in zip(table["area_id"], levels, strict=True) if at == level], level)
            for level in dict.fromkeys(levels)
        }
        spelled["area_id"] = [keys[level][one] for one, level in zip(table["area_id"], levels, strict=True)]
    for name, spell in (("indicator", _indicator_in(study)), ("period", _as_period)):
        if name in table:
            known = {one: spell(one) for one in table[name].unique()}
            spelled[name] = [known.get(one, one) for one in table[name]]
    changed = {name: keys for name, keys in spelled.items() if keys != table[name].tolist()}
    return table.assign(**changed) if changed else table


def _indicator_in(study: Study) -> Callable[[object], object]:
    def spell(name: object) -> object:
        try:
            return study.namings.find_indicator(str(name))
        except OptionError:
            return name  # a warning of another study: it is on no map

    return spell


def _as_period(period: object) -> object:
    try:
        return parse_period(period)
    except InputError:
        return period


def of_shown_cells(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Return the warnings of a table without those of hidden cells: their sentences hold the figures.

    Raises
    ------
    OptionError
        If the table was made from the figures as they are, and the study hides some of them: what a shown cell was
        compared with would tell the hidden ones.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> study = rg.load_study().sel("Hochbetagte", period=range(2018, 2025))
    >>> warnings = rg.detect_warnings(study)
    >>> of_shown_cells(study, warnings) is warnings
    True
    """
    facts = getattr(table, "facts", None)
    table = in_known_spelling(study, table)
    named = ["indicator", "period", "area_id"]
    if study.threshold is None or not set(named) <= set(table.columns):
        return table
    hidden = _hidden(study)
    hidden = hidden[hidden["indicator"].isin(table["indicator"])]
    if hidden.empty:
        return table
    if not getattr(facts, "_protected", True) or table.attrs.get(OF_ALL_FIGURES):
        raise problem(OptionError, "warnings_of_all", indicator=hidden["indicator"].iloc[0])
    # a table made by hand may say less than detect_warnings does, and then it may mean any group or level
    texts = table.reindex(columns=list(KEY)).astype("str").mask(table.reindex(columns=list(KEY)).isna(), "")
    away = np.zeros(len(table), dtype=bool)
    for more in ([], ["group"], ["level"], ["group", "level"]):
        says_so = np.all([(texts[name] != "") == (name in more) for name in ("group", "level")], axis=0)
        secret = pd.MultiIndex.from_frame(hidden[[*named, *more]])
        away |= says_so & pd.MultiIndex.from_frame(texts[[*named, *more]]).isin(secret)
    return table[~away] if away.any() else table


def _hidden(study: Study) -> pd.DataFrame:
    """Return the cells that the data set of a study hides, and the sums that cannot be made for it."""
    whole, _ = whole_of(study.panel)
    safe = (study if whole is study.panel else study.replace(panel=whole)).published
    hidden = safe.data.loc[safe.data["sign"] == "suppressed", list(KEY)]
    if hidden.empty:
        return hidden
    sums = [panel.data for panel in (study.subject, study.with_regions) if panel is not study.published]
    return pd.concat([hidden, *(rows.loc[rows["sign"] == "incomplete", list(KEY)] for rows in sums)])
