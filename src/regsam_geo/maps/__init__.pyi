from .interactive import explore_map as explore_map
from .static import plot_map as plot_map
