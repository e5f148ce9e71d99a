"""Rows that sum up all areas: checked against the sum, then the city's."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators.tables.options import Note
from regsam_geo.indicators.tables.rows import TOTAL
from regsam_geo.indicators.tables.total_words import is_part_of_total
from regsam_geo.text import format_number, shorten

_SERIES = ["indicator", "group", "period"]
FAR_OFF = 0.03
"""Those who belong to no area are fewer than this share of the city."""


def settle_totals(parts: Sequence[pd.DataFrame], file: str) -> tuple[list[pd.DataFrame], list[Note]]:
    """Give totals that fit to the city, and set aside those that contradict the sum of their areas.

    One column of counts is enough to prove what a row is: a share of all areas together cannot be added up. Where
    no column adds up, the total has to lie among the values of the areas, as a mean does.
    """
    parts, notes = without_upper_level(parts, file)
    rows = pd.concat(parts, ignore_index=True)
    total = rows["level"] == TOTAL
    if not total.any():
        return list(parts), notes
    # A sum of some areas would be held to the sum of all, and seem to contradict it.
    some = [name for name in set(rows.loc[total, "area_id"]) if is_part_of_total(name)]
    if some:
        partial = total & rows["area_id"].isin(some)
        fields = {"n": int(rows.loc[partial, "row"].nunique()), "names": shorten(sorted(some), 3)}
        notes = [*notes, Note(file, "totals_own", fields)]
        parts = [part[~((part["level"] == TOTAL) & part["area_id"].isin(some))] for part in parts]
        rows, total = rows[~partial].reset_index(drop=True), total[~partial].reset_index(drop=True)
        if not total.any():
            return list(parts), notes
    names = sorted(set(rows.loc[total, "area_id"]))
    # Areas of one's own may be Frankfurt's: their total must not become the city of Munich.
    own = (rows["level"] == "own").any()
    if own or _has_city(rows, total):
        code = "totals_own" if own else "totals_twice"
        note = Note(file, code, {"n": int(rows.loc[total, "row"].nunique()), "names": shorten(names, 3)})
        return [part[part["level"] != TOTAL] for part in parts], [*notes, note]
    proved, contradicted = _checked(rows, total)
    wrong = {key for key in contradicted.values() if key not in proved}
    settled = []
    for part in parts:
        is_total = part["level"] == TOTAL
        gone = is_total & _keys(part).isin(list(wrong))
        part = part.assign(
            level=part["level"].mask(is_total, "city"), area_id=part["area_id"].mask(is_total, CITY_ID)
        )
        settled.append(part[~gone])
    n = int(rows.loc[total & ~_keys(rows).isin(list(wrong)), "row"].nunique())
    if n:
        code = "totals_city" if proved else "totals_unchecked"
        notes.append(Note(file, code, {"n": n, "names": shorten(names, 3)}))
    if wrong:
        first = next(int(at) for at in np.flatnonzero(total) if _keys(rows).iloc[at] in wrong)
        notes.append(Note(file, "totals_contradict", _beside_sum(rows, total, first)))
    # what one column proves to be the total may hold a slip in another
    doubtful = [at for at, key in contradicted.items() if key in proved and _far_off(rows, total, at)]
    if doubtful:
        fields = {**_beside_sum(rows, total, doubtful[0]), "n": len(doubtful)}
        notes.append(Note(file, "totals_doubtful", fields))
    return settled, notes


def _sum_beside(rows: pd.DataFrame, total: pd.Series, at: int) -> float:
    """Return the sum of the areas in the column of a total."""
    return float(rows.loc[~total & (rows[_SERIES] == rows.iloc[at][_SERIES]).all(axis=1), "value"].sum())


def _far_off(rows: pd.DataFrame, total: pd.Series, at: int) -> bool:
    """Tell whether a total misses the sum by more than those who belong to no area explain."""
    added = _sum_beside(rows, total, at)
    return abs(float(rows.iloc[at]["value"]) - added) > FAR_OFF * abs(added)


def _beside_sum(rows: pd.DataFrame, total: pd.Series, at: int) -> dict[str, object]:
    """Return what is said of a total that is not the sum of its areas."""
    row = rows.iloc[at]
    return {
        "row": int(row["row"]),
        "name": row["area_id"],
        "what": str(row["indicator"]) + (f", {row['group']}" if row["group"] != "insgesamt" else ""),
        "value": format_number(float(row["value"]), 1),
        "sum": format_number(_sum_beside(rows, total, at), 1),
    }


def without_upper_level(parts: Sequence[pd.DataFrame], file: str) -> tuple[list[pd.DataFrame], list[Note]]:
    """Set aside rows at the end that sum up those above: own areas of two levels, some with one name.

    The last row then is the sum of the others at the end, and of all above them.
    """
    # Hamburg's profiles of 2014 end in eight rows of the level above; a name on both levels gives them away.
    if not any(
        ((part["level"] == "own") & part.duplicated(["indicator", "group", "period", "area_id"])).any()
        for part in parts
    ):
        return list(parts), []
    for part in parts:
        values = part["value"].to_numpy(dtype=float)
        n = len(values)
        if n < 6 or len(set(part["period"])) > 1 or not np.isfinite(values[-1]):
            continue
        run = np.cumsum(np.nan_to_num(values[::-1]))[::-1]  # from each row to the end
        whole = values[-1]
        for start in range(n - 3, n // 2, -1):
            # The end holds parts and their sum: twice the whole. Above, 2 % may lack: missing figures count 0.
            above = run[0] - run[start]
            if (
                abs(run[start] - 2 * whole) <= 0.002 * abs(whole)
                and abs(above - whole) <= 0.02 * abs(whole)
                and whole
            ):
                gone = set(part["row"].iloc[start:])
                names = shorten(part["area_id"].iloc[start:].tolist(), 3)
                note = Note(file, "rows_upper_level", {"n": n - start, "names": names})
                return [one[~one["row"].isin(gone)] for one in parts], [note]
    return list(parts), []


def _has_city(rows: pd.DataFrame, total: pd.Series) -> bool:
    cities = rows[rows["level"] == "city"]
    if not len(cities):
        return False
    return bool(rows.loc[total, _SERIES].merge(cities[_SERIES].drop_duplicates(), on=_SERIES).shape[0])


def _keys(rows: pd.DataFrame) -> pd.Series:
    """Return what a total is recognized by over several columns: its row and, with areas across, its series."""
    return (
        rows["row"].astype(str)
        + "|"
        + rows["period"].astype(str)
        + "|"
        + rows["area_id"].where(rows["level"] == TOTAL, "").astype(str)
    )


def _checked(rows: pd.DataFrame, total: pd.Series) -> tuple[set[str], dict[int, str]]:
    """Return the totals that a sum proves, and the cells of totals that contradict both sum and mean."""
    # Cases that belong to no area stay in: the city's total holds them.
    parts = rows[~total & (rows["level"] != "city")]
    grouped = parts.groupby(_SERIES, sort=False)["value"]
    sums, least, most, missing = (
        grouped.sum(),
        grouped.min(),
        grouped.max(),
        grouped.apply(lambda v: v.isna().any()),
    )
    counts = grouped.count()
    proved: set[str] = set()
    contradicted: dict[int, str] = {}
    keys = _keys(rows)
    for position in np.flatnonzero(total):
        row = rows.iloc[position]
        series = tuple(row[_SERIES])
        value = float(row["value"])
        if series not in sums.index or not np.isfinite(value):
            continue
        # Each printed part may be off by half of its last digit, and the sum by that of all of them.
        close = 1e-9 * abs(value) + (0.06 * counts[series] if not float(value).is_integer() else 0.5)
        if abs(value - sums[series]) <= close:
            proved.add(str(keys.iloc[position]))
        elif not (missing[series] and value >= sums[series]) and not least[series] <= value <= most[series]:
            # Where figures are missing, a total above the sum of the known ones is no contradiction.
            contradicted[int(position)] = str(keys.iloc[position])
    return proved, contradicted
