"""The polygons of a study: of each level its areas, their neighbors and their regions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, cast

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import Division, Neighbors, ShippedLevel, load_boundaries, neighbors, official_ids
from regsam_geo.areas.layers import CRS, SHIPPED_LEVELS, regions_made_of

T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Layers:
    """The areas of every level, read when first asked for and held: neighbors of 475 quarters take a second.

    Attributes
    ----------
    given
        Polygons of the user's own, by level; the shipped boundaries for every other level.
    division
        The regions that the areas lie in.
    """

    given: dict[str, gpd.GeoDataFrame]
    division: Division
    _layers: dict[str, gpd.GeoDataFrame] = field(default_factory=dict, init=False, repr=False)
    _neighbors: dict[str, Neighbors] = field(default_factory=dict, init=False, repr=False)

    def __contains__(self, level: str) -> bool:
        if level == "region" and self.division.level == "own" and level not in self.given:
            return "own" in self.given
        return level in self.given or level in SHIPPED_LEVELS

    def of(self, level: str) -> gpd.GeoDataFrame:
        """Return the areas of a level; where their ids say it, with their region."""
        # Held by level, as maps, warnings and tables of one report must be about the same polygons.
        return _once(self._layers, level, lambda: self._read(level))

    def _read(self, level: str) -> gpd.GeoDataFrame:
        if level in self.given:
            return self._with_region_ids(self.given[level], level)
        if level == "region" and self.division.level in self.given:
            # of the polygons that the study shows, whose they may be
            return regions_made_of(self.given[self.division.level], self.division)
        return load_boundaries(cast("ShippedLevel", level), self.division)  # refuses a level not shipped

    @property
    def elsewhere(self) -> bool:
        """Whether the polygons given lie nowhere in Munich."""
        if not self.given:
            return False
        west, south, east, north = load_boundaries("district").total_bounds
        bounds = [
            layer.total_bounds if layer.crs is None else layer.to_crs(CRS).total_bounds
            for layer in self.given.values()
        ]
        return all(
            right < west or left > east or top < south or bottom > north for left, bottom, right, top in bounds
        )

    def _with_region_ids(self, layer: gpd.GeoDataFrame, level: str) -> gpd.GeoDataFrame:
        """Return a layer whose areas say their region, where their ids say it."""
        if level == "region" or not self.division.has_ids_of(level):
            return layer
        known = set(self.division.groups.index if level == "own" else official_ids(level))
        # one id that is none, and these are areas of one's own that only look like the city's
        if level != "own" and not set(layer.index.astype(str)) <= known:
            return layer
        return layer.assign(region_id=self.division.regions_of(level, layer.index).to_numpy(dtype=object))

    def neighbors(self, level: str) -> Neighbors:
        """Return which areas of a level touch."""
        return _once(self._neighbors, level, lambda: neighbors(self.of(level)))

    def regions_of(self, level: str) -> pd.Series:
        """Return the region of each area of a level; empty text where it is not known."""
        layer = self.of(level)
        regions = layer["region_id"] if "region_id" in layer else pd.Series("", index=layer.index)
        if level == "region":
            regions = layer.index.to_series()
        return regions.fillna("").astype("str").rename("region_id")

    def region_of(self, level: str, area: str) -> str:
        """Return the region of one area, also of one without a polygon; empty text where it is not known."""
        if level == "region":
            return area
        if self.division.has_ids_of(level):
            return self.division.region_of(level, area)
        return str(self.regions_of(level).get(area, "")) if level in self else ""


def _once(held: dict[str, T], level: str, make: Callable[[], T]) -> T:
    if level not in held:
        held[level] = make()
    return held[level]
