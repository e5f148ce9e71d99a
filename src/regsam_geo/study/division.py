"""Which districts make up which region, and how people name a region."""

from __future__ import annotations

from dataclasses import dataclass

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import region_order
from regsam_geo.areas.keys import find_region
from regsam_geo.areas.layers import SHIPPED_LEVELS


@dataclass(frozen=True, eq=False)
class Division:
    """A division of the city into regions.

    Attributes
    ----------
    scheme
        Which district belongs to which region: one row per district.
    """

    scheme: pd.DataFrame

    @property
    def region_ids(self) -> list[str]:
        """The ids of all regions, in the order of their districts."""
        return list(region_order(self.scheme))

    def region_name(self, region: str) -> str:
        """Return the name of a region."""
        return str(self.scheme.loc[self.scheme["region_id"] == region, "region_name"].iloc[0])

    def districts_of(self, region: str) -> list[str]:
        """Return the ids of the districts of a region."""
        return [str(district) for district in self.scheme.index[self.scheme["region_id"] == region]]

    def find_region(self, words: str) -> str:
        """Return the id of a region from what people write.

        Raises
        ------
        OptionError
            If there is no such region.
        """
        # Name and numbers both: people write "Hadern" as often as "Region 20".
        names = self.scheme.drop_duplicates("region_id").set_index("region_id")["region_name"]
        districts = {str(district): str(region) for district, region in self.scheme["region_id"].items()}
        return find_region({key: names[key] for key in self.region_ids}, words, districts)

    def has_ids_of(self, level: str) -> bool:
        """Tell whether the ids of a level say by themselves in which district an area lies."""
        return level in SHIPPED_LEVELS and level != "region"

    def region_of(self, area: str) -> str:
        """Return the region of an area whose id says its district; empty text where it says none."""
        return str(self.scheme["region_id"].get(district_of(area), ""))

    def with_region_ids(self, layer: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
        """Return a layer whose areas say their region, where their ids say their district."""
        if not self.has_ids_of(level):
            return layer
        districts = layer.index.to_series().astype(str).map(district_of)
        # one id without a district, and these are areas of one's own that only look like the city's
        if not set(districts) <= set(self.scheme.index):
            return layer
        return layer.assign(region_id=districts.map(self.scheme["region_id"]))


def district_of(area_id: str) -> str:
    """Return the district that the id of an area begins with.

    Examples
    --------
    >>> district_of("17.1.1")
    '17'
    """
    return str(area_id).split(".")[0]
