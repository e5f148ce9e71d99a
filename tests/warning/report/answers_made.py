"""Answers on worksheets, made without a file."""

from __future__ import annotations

import pandas as pd

from regsam_geo.warning.report.assessments import COLUMNS, settle

EMPTY = dict.fromkeys(COLUMNS, "")


def answered(*rows):
    """Return what ``read_assessments`` would of these answers; ``row`` counts them."""
    given = [
        {**EMPTY, "file": "made.xlsx", "row": place, **{name: row[name] for name in row if name in COLUMNS}}
        for place, row in enumerate(rows, start=7)
    ]
    return pd.DataFrame(settle(given), columns=list(COLUMNS)).astype(COLUMNS)
