"""SHOW: static maps (matplotlib) and interactive maps (folium), from the same classes and labels."""

from regsam_geo.maps.interactive import explore_map

__all__ = ["explore_map"]
