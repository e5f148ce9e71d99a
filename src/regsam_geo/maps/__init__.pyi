from .batch import save_maps as save_maps
from .categories import plot_cluster_map as plot_cluster_map
from .categories import plot_situation as plot_situation
from .change_map import plot_change_map as plot_change_map
from .interactive import explore_map as explore_map
from .map_series import plot_map_series as plot_map_series
from .place_map import plot_places as plot_places
from .static import plot_map as plot_map
