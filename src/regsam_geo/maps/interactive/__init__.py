"""The interactive map: a folium map whose file needs no network."""

from regsam_geo.maps.interactive.explore import explore_map
from regsam_geo.maps.interactive.offline import OfflineMap

__all__ = ["OfflineMap", "explore_map"]
