"""SHOW: static maps (matplotlib) and interactive maps (folium), from the same classes and labels."""

from regsam_geo.look.save import save_figure
from regsam_geo.maps.interactive import explore_map
from regsam_geo.maps.static import plot_map

__all__ = ["explore_map", "plot_map", "save_figure"]
