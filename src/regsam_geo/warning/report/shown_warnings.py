"""Which of the warnings that are handed to a map or a chart may be shown there."""

from __future__ import annotations

import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators.panel import KEY, whole_of
from regsam_geo.study import Study
from regsam_geo.text import problem


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
    named = {"indicator", "period", "area_id"}
    if study.threshold is None or not named <= set(table.columns):
        return table
    hidden = _hidden(study)
    hidden = hidden[hidden["indicator"].isin(table["indicator"])]
    if hidden.empty:
        return table
    if not getattr(getattr(table, "facts", None), "_protected", True):
        raise problem(OptionError, "warnings_of_all", indicator=hidden["indicator"].iloc[0])
    # a table made by hand may say less than detect_warnings does
    columns = [name for name in KEY if name in table]
    secret = pd.MultiIndex.from_frame(hidden[columns])
    away = pd.MultiIndex.from_frame(table[columns].astype("str")).isin(secret)
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
