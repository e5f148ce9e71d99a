"""SHOW: the charts behind a finding or a warning."""

from regsam_geo.charts.series import plot_series, plot_warning

__all__ = ["plot_series", "plot_warning"]
