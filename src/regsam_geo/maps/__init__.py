"""SHOW: static maps (matplotlib) and interactive maps (folium), from the same classes and labels.

Each kind of map is loaded when it is first used: a static map does not wait for folium.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
