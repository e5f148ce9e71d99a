"""SO WHAT: data checks, spatial outliers, temporal outliers, and the combined warning."""
