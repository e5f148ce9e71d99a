"""SO WHAT: data checks, spatial outliers, temporal outliers, and the combined warning."""

from regsam_geo.warning.local_moran import local_moran
from regsam_geo.warning.spatial_outlier import spatial_outlier

__all__ = ["local_moran", "spatial_outlier"]
