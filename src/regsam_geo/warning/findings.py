"""The one schema of findings that every detector returns: one row per test made, significant or not."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

KEY = ("indicator", "group", "period", "level", "area_id")

KINDS = ("data", "cluster", "spatial", "level", "change", "drift")
"""Which question was asked. Cross-sectional: cluster, spatial, level; temporal: change, drift."""

SCHEMA: dict[str, str] = {
    "indicator": "str",
    "group": "str",
    "period": "str",
    "level": "str",
    "area_id": "str",
    "kind": "str",
    "direction": "str",  # "high", "low", "up", "down" or ""
    "value": "float64",  # what was tested, in the indicator's unit
    "expected": "float64",  # what would have been ordinary, in the same unit
    "effect": "float64",  # value against expected, on the detector's own scale
    "p": "float64",  # two-sided; NaN where no test was possible
    "p_floor": "float64",  # the smallest p that this test can reach
    "q": "float64",  # within the kind, over the headline indicators; set by detect_warnings
    "reason": "str",  # a code; the sentence stands in text/wording/warning.py
    "details": "object",  # dict: the fields of the sentence
}


def empty_findings() -> pd.DataFrame:
    """Return a table of findings without rows."""
    return pd.DataFrame({column: pd.Series(dtype=dtype) for column, dtype in SCHEMA.items()})


def as_findings(frame: pd.DataFrame) -> pd.DataFrame:
    """Return ``frame`` with exactly the columns of the schema, in order; absent ones empty."""
    columns = {}
    for column, dtype in SCHEMA.items():
        if column in frame:
            columns[column] = frame[column].astype(dtype)
        elif dtype == "float64":
            columns[column] = pd.Series(np.nan, index=frame.index)
        elif column == "details":
            columns[column] = pd.Series([{} for _ in range(len(frame))], index=frame.index, dtype="object")
        else:
            columns[column] = pd.Series("", index=frame.index, dtype="str")
    return pd.DataFrame(columns)


def concat_findings(parts: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Put the tables of several detectors under each other."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else empty_findings()
