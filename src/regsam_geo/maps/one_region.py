"""One region large on its page, its neighbors in grey, with a small map of the city."""

from __future__ import annotations

from dataclasses import dataclass, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt

from regsam_geo.areas import load_boundaries
from regsam_geo.errors import OptionError
from regsam_geo.look.style import Style
from regsam_geo.maps.map_regions import are_regsam
from regsam_geo.maps.map_values import MapValues
from regsam_geo.maps.sheet import Sheet
from regsam_geo.study import Study
from regsam_geo.text import did_you_mean, problem, say, shorten

MOST_IN_INSET = 60
"""With more areas than this the small map of the city shows districts in their place."""
DISTRICT_WIDTH = 0.6
"""Width of the borders of districts inside a region, against that of regions."""


@dataclass(frozen=True)
class RegionCut:
    """What the map of one region shows of the map of the city.

    Attributes
    ----------
    layer, inside
        The region's areas and their values.
    around
        All others.
    city
        What stands for the city in its small map; ``None`` for no small map.
    """

    layer: gpd.GeoDataFrame
    inside: MapValues
    around: gpd.GeoDataFrame
    city: gpd.GeoDataFrame | None

    def completed(self, sheet: Sheet) -> Sheet:
        """Return the sheet of the region's areas with its surroundings and the borders of its districts."""
        sheet = replace(sheet, around=self.around, city=self.city)
        if self.inside.level not in ("subdistrict", "quarter"):
            return sheet
        # inside a region the borders of its districts help; those of regions would all be its rim
        districts = np.asarray(self.layer.index.astype(str).str[:2], dtype=object)
        return replace(sheet, groups=districts, group_width=DISTRICT_WIDTH)


def cut_region(study: Study, region: str, layer: gpd.GeoDataFrame, whole: MapValues, style: Style) -> RegionCut:
    """Cut one region out of a map of the city."""
    region_id = study.find_region(region)
    inside = _members(study, region_id, whole.level)
    return RegionCut(
        layer[inside],
        _values_inside(study, whole, inside, region_id, named=style.subtitle is None),
        layer[~inside],
        _city_of(study, layer) if style.inset else None,
    )


def _city_of(study: Study, layer: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Return what stands for the city in its small map."""
    return layer if len(layer) <= MOST_IN_INSET else load_boundaries("district", study.division)


def _members(study: Study, region: str, level: str) -> npt.NDArray[np.bool_]:
    """Say which areas lie in the region."""
    # By the study's division and not by a column of the layer: the region of a page, a table and a warning is
    # one.
    regions = study.regions_of(level)
    inside = np.asarray(regions == region, dtype=bool)
    if not inside.any():
        known = [known for known in dict.fromkeys(regions) if known]
        raise problem(
            OptionError,
            "map_region",
            found=region,
            expected=shorten(known, 16) or "–",
            hint=did_you_mean(region, known),
        )
    return inside


def _values_inside(
    study: Study, whole: MapValues, inside: npt.NDArray[np.bool_], region: str, *, named: bool
) -> MapValues:
    """Return the values of the region's areas, with the region in the subtitle unless the user wrote that."""
    name = say("label.map.region" if are_regsam(study, [region]) else "label.map.own_region", region=region)
    return replace(
        whole,
        numbers=whole.numbers[inside],
        reasons=tuple(reason for reason, own in zip(whole.reasons, inside, strict=True) if own),
        subtitle=" · ".join(filter(None, [name, whole.subtitle])) if named else whole.subtitle,
    )
