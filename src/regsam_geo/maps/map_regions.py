"""The regions on a map: which area lies in which, and whose regions they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.areas import load_region_scheme
from regsam_geo.study import Study

Groups = npt.NDArray[np.object_]


class MapRegions(NamedTuple):
    """The regions that are outlined on a map.

    Attributes
    ----------
    groups
        Region of each area; ``None`` where it is not known.
    regsam
        Whether they are REGSAM's, or those of a scheme of the user's own.
    """

    groups: Groups
    regsam: bool


def regions_on(study: Study, level: str) -> MapRegions | None:
    """Return the region of each area of a level; ``None`` where no region is known or the areas are regions."""
    regions = study.regions_of(level).to_numpy(dtype=object)
    known = np.asarray(regions != "", dtype=bool)
    if level == "region" or not known.any():
        return None
    return MapRegions(np.where(known, regions, np.array(None)), are_regsam(study, regions[known]))


def are_regsam(study: Study, regions: Iterable[str]) -> bool:
    """Tell whether regions are REGSAM's: those of the shipped scheme, which the study uses too."""
    # Of the whole scheme: with one district moved, even unchanged regions are those of somebody else's table.
    shipped = load_region_scheme()["region_id"]
    return bool(study.scheme["region_id"].equals(shipped)) and set(regions) <= set(shipped)
