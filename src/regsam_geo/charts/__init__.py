"""SHOW: the charts behind a finding or a warning.

Charts load when they are first used, so that who needs none does not wait for matplotlib.
"""

from regsam_geo.charts.series import plot_series, plot_warning

__all__ = [
    "plot_series",
    "plot_warning",
]
