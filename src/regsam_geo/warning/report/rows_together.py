"""Neighbors that deviate together stand in one row: each area keeps its own facts, the report tells them once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.warning.report.urgency import UNIT
from regsam_geo.warning.schema.detector import Detector

JOINED = ("change", "zone")
"""Kinds whose findings in adjacent areas are one event."""
SIDES = {"high": "up", "up": "up", "low": "down", "down": "down"}
URGENCIES = ("watch", "check", "priority")
BETWEEN = ", "
"""What stands between the areas of one row."""


def stand_together(
    told: pd.DataFrame, neighbors: Mapping[str, Neighbors], detectors: Sequence[Detector], *, joined: bool = True
) -> pd.DataFrame:
    """Tell which warnings are of one event: adjacent areas, one indicator and direction, of one age.

    Parameters
    ----------
    told
        The warnings of a report, one row per indicator and area.
    neighbors
        Of the areas, per level.
    detectors
        In the order in which kinds are named.
    joined
        Whether areas are joined at all.

    Returns
    -------
    DataFrame
        The rows with ``areas`` (all areas of the row that they stand in), ``lead`` (whether the area is the surest
        of them), their common ``urgency`` and ``kinds``, and ``others`` in ``details``.
    """
    rows = told.to_dict("records")
    parent = list(range(len(rows)))

    def root(place: int) -> int:
        while parent[place] != place:
            place = parent[place]
        return place

    places: dict[tuple[Any, ...], dict[str, int]] = {}
    for place, row in enumerate(rows):
        if joined and set(JOINED) & set(row["kinds"].split("+")):
            side = SIDES.get(row["direction"], "")
            age = (row["status"], row["since"], row["last"])
            key = (row["indicator"], row["group"], row["level"], side, *age)
            places.setdefault(key, {})[row["area_id"]] = place
    for key, among in places.items():
        beside = neighbors.get(key[2])
        if beside is None:
            continue
        for area, place in among.items():
            for other in beside[area] if area in beside.ids else ():
                if other in among:
                    parent[root(among[other])] = root(place)
    groups: dict[int, list[int]] = {}
    for place in range(len(rows)):
        groups.setdefault(root(place), []).append(place)
    rank = {detector.name: place for place, detector in enumerate(detectors)}
    for group in groups.values():
        members = [rows[place] for place in group]
        kinds = sorted(
            {kind for row in members for kind in row["kinds"].split("+")}, key=lambda one: rank.get(one, 99)
        )
        urgency = max((row["urgency"] for row in members), key=URGENCIES.index)
        surest = min(
            members, key=lambda row: (row["q"] if row["q"] == row["q"] else 2.0, row["p"], row["area_id"])
        )
        areas = BETWEEN.join(sorted(row["area_id"] for row in members))
        for row in members:
            others = {
                other["area_id"]: (other["area_id"], float(other["value"]), float(other["expected"]))
                for other in members
                if other is not row
            }
            # A zone is named whole, even where some of its areas stand in a row of their own: they were warned of
            # before.
            others = {one[0]: tuple(one) for one in row["details"].get("beside", ())} | others
            if others:
                row["details"] = {**row["details"], "others": [others[area] for area in sorted(others)]}
            row |= {"areas": areas, "lead": row is surest, "urgency": urgency, "kinds": "+".join(kinds)}
    if not rows:
        return told.assign(areas=pd.Series(dtype="str"), lead=pd.Series(dtype="bool"))
    return pd.DataFrame(rows, index=told.index)


def each_area(warnings: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each area of a table of warnings, however many stand in one row.

    A table that knows what it was made from gives each area its own value, region and sentence; of any other frame
    the row is repeated under the id of each area.
    """
    if "areas" not in warnings or not len(warnings):
        return pd.DataFrame(warnings)
    facts = getattr(warnings, "facts", None)
    named = [*UNIT[:3], "status", "areas"]
    if facts is not None and len(facts.by_area):
        wanted = pd.MultiIndex.from_frame(pd.DataFrame(warnings)[named])
        # a row that was cut off or changed by hand is in no report
        known = facts.by_area[pd.MultiIndex.from_frame(facts.by_area[named]).isin(wanted)]
        order = pd.Series(range(len(warnings)), index=wanted)
        order = order[~order.index.duplicated()]
        return known.iloc[
            order.reindex(pd.MultiIndex.from_frame(known[named])).to_numpy().argsort(kind="stable")
        ].reset_index(drop=True)
    plain = pd.DataFrame(warnings)
    split = plain.assign(area_id=plain["areas"].astype("str").str.split(BETWEEN))
    return split.explode("area_id", ignore_index=True).astype({"area_id": "str"})


def areas_of(row: Mapping[Any, Any]) -> list[str]:
    """Return the areas of a row of a table of warnings; of one made by hand the area that it is about."""
    return str(row.get("areas", row["area_id"])).split(BETWEEN)


def stand_in(warnings: pd.DataFrame, areas: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Tell which rows of a table of warnings name at least one of some areas."""
    wanted = set(areas)
    rows = pd.DataFrame(warnings).to_dict("records")
    return np.array([not wanted.isdisjoint(areas_of(row)) for row in rows], dtype=bool)
