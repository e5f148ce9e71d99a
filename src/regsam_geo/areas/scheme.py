"""Which district belongs to which of the 16 REGSAM regions, and on what evidence."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pandas as pd

from regsam_geo.areas.ids import natural_key
from regsam_geo.errors import SchemeError
from regsam_geo.resources import data_folder
from regsam_geo.text import problem, shorten

SCHEME_COLUMNS = ("region_id", "region_name", "district_id", "evidence", "source")
DISTRICT_IDS = tuple(f"{number:02d}" for number in range(1, 26))


def load_region_scheme() -> pd.DataFrame:
    """Return the shipped table of the 25 districts and their 16 REGSAM regions.

    REGSAM has published no single list; ``evidence`` says for each row whether it is ``published`` by REGSAM,
    ``reported`` by the press, or ``derived`` from the areas of the Sozialbürgerhäuser.

    Returns
    -------
    DataFrame
        One row per district, index ``district_id``; columns ``region_id``, ``region_name``, ``evidence``,
        ``source``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> scheme = rg.load_region_scheme()
    >>> scheme.loc["18", "region_id"]
    '17/18'
    >>> scheme["region_id"].nunique()
    16
    """
    return _shipped_scheme().copy()


@lru_cache(maxsize=1)
def _shipped_scheme() -> pd.DataFrame:
    return check_scheme(pd.read_csv(data_folder() / "boundaries" / "regsam_regions.csv", dtype=str))


def check_scheme(table: pd.DataFrame, file: str | Path = "") -> pd.DataFrame:
    """Return the scheme indexed by district, or say which district it misses, repeats or invents."""
    missing_columns = [name for name in ("region_id", "district_id") if name not in table]
    if missing_columns:
        raise problem(
            SchemeError,
            "scheme_columns",
            file=str(file),
            missing=shorten(missing_columns),
            found=shorten(list(table.columns), 12),
        )
    districts = table["district_id"].astype(str).str.zfill(2)
    twice = sorted(set(districts[districts.duplicated()]))
    absent = sorted(set(DISTRICT_IDS) - set(districts))
    unknown = sorted(set(districts) - set(DISTRICT_IDS))
    if twice or absent or unknown:
        raise problem(
            SchemeError,
            "scheme_districts",
            file=str(file),
            twice=shorten(twice, 25) or "–",
            absent=shorten(absent, 25) or "–",
            unknown=shorten(unknown, 25) or "–",
        )
    scheme = table.assign(district_id=districts).set_index("district_id").sort_index()
    for column in ("region_name", "evidence", "source"):
        if column not in scheme:
            scheme[column] = scheme["region_id"] if column == "region_name" else ""
    return scheme[["region_id", "region_name", "evidence", "source"]]


def region_order(scheme: pd.DataFrame) -> list[str]:
    """Return the region ids in the order of their first district."""
    return sorted(scheme["region_id"].unique(), key=natural_key)
