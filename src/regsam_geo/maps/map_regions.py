"""The regions on a map: which area lies in which, and whose regions they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.study import Study

Groups = npt.NDArray[np.object_]


class MapRegions(NamedTuple):
    """The regions that are outlined on a map.

    Attributes
    ----------
    groups
        Region of each area; ``None`` where it is not known.
    title
        What they are called.
    regsam
        Whether they are REGSAM's, or those of a division of the user's own.
    """

    groups: Groups
    title: str
    regsam: bool


def regions_on(study: Study, level: str) -> MapRegions | None:
    """Return the region of each area of a level; ``None`` where no region is known or the areas are regions."""
    regions = study.regions_of(level).to_numpy(dtype=object)
    known = np.asarray(regions != "", dtype=bool)
    if level == "region" or not known.any():
        return None
    regsam = are_regsam(study, regions[known])
    title = study.division.title() if set(regions[known]) <= set(study.region_ids) else ""
    return MapRegions(np.where(known, regions, np.array(None)), title, regsam)


def are_regsam(study: Study, regions: Iterable[str]) -> bool:
    """Tell whether regions are REGSAM's: those of the shipped division, which the study uses too."""
    return study.division.is_regsam and set(regions) <= set(study.region_ids)
