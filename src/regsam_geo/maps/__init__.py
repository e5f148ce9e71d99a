"""SHOW: static maps (matplotlib) and interactive maps (folium), from the same classes and labels."""
