"""Divisions of the city: what their regions are made of, so that no sum of a region goes unnoticed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from regsam_geo.areas import Division, as_division, official_ids
from regsam_geo.errors import OptionError
from regsam_geo.indicators.panel import Panel
from regsam_geo.text import problem, shorten


def known_divisions(
    panel: Panel, divisions: Sequence[Division], sums: Mapping[str, Sequence[str]] | None = None
) -> list[Division]:
    """Return the divisions that were declared, and those by which further regions of a table are known.

    The shipped one, and one that is read from ids which list their districts, as REGSAM writes them.

    Raises
    ------
    OptionError
        If nobody says what a region is made of, for its sum could give away what is hidden; or two divisions call
        different regions the same.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> own = rg.read_division({"all": range(1, 26)})
    >>> panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    >>> len(known_divisions(panel, [own])), len(known_divisions(rg.aggregate(panel), [own]))
    (1, 2)
    """
    found = list(divisions)
    made_of: dict[str, list[str]] = {}
    for division in found:
        for region, areas in _made_of(division).items():
            # under one id the sums of both would be taken for one number
            if made_of.setdefault(region, areas) != areas:
                raise problem(OptionError, "division_twice", region=region)
    # sums that are declared say themselves what they are made of
    stands = set(panel.data.loc[panel.data["level"] == "region", "area_id"]) - set(sums or {})
    if not stands - set(made_of):
        return found
    shipped = as_division(None)
    theirs = _made_of(shipped)
    if stands & set(theirs) - set(made_of):
        found.append(shipped)
    unknown = sorted(stands - set(made_of) - set(theirs))
    districts = set(official_ids("district"))
    listed = {region: _read(region, districts) for region in unknown}
    if missing := [region for region in unknown if not listed[region]]:
        raise problem(OptionError, "division_unknown", regions=shorten(missing, 4))
    while listed:
        # regions that overlap belong to several divisions
        one: dict[str, str] = {}
        for region in list(listed):
            if not one.keys() & set(listed[region]):
                one |= dict.fromkeys(listed.pop(region), region)
        found.append(as_division(one))
    return found


def _made_of(division: Division) -> dict[str, list[str]]:
    return {region: sorted(division.members_of(region)) for region in division.region_ids}


def _read(region: str, districts: set[str]) -> list[str]:
    """Return the districts that the id of a region lists: ``17/18``."""
    if not re.fullmatch(r"\d{1,2}(/\d{1,2})*", region):
        return []
    found = [number.zfill(2) for number in region.split("/")]
    return found if set(found) <= districts and len(set(found)) == len(found) else []
