from ..charts import plot_comparison as _plot_comparison
from ..charts import plot_funnel as _plot_funnel
from ..charts import plot_polarization as _plot_polarization
from ..charts import plot_ranking as _plot_ranking
from ..charts import plot_scatter as _plot_scatter
from ..charts import plot_series as _plot_series
from ..charts import plot_warning as _plot_warning
from ..maps import explore_map as _explore_map
from ..maps import plot_bivariate as _plot_bivariate
from ..maps import plot_change_map as _plot_change_map
from ..maps import plot_cluster_map as _plot_cluster_map
from ..maps import plot_map as _plot_map
from ..maps import plot_map_series as _plot_map_series
from ..maps import plot_places as _plot_places
from ..maps import plot_situation as _plot_situation
from ..maps import plot_symbols as _plot_symbols
from ..maps import save_maps as _save_maps
from ..situation import polarization as _polarization
from ..situation import social_situation as _social_situation
from ..situation import status_dynamics as _status_dynamics
from ..study.figures import aggregate as _aggregate
from ..study.figures import check_summable as _check_summable
from ..study.figures import compare_areas as _compare_areas
from ..study.figures import join_indicators as _join_indicators
from ..summary import region_profile as _region_profile
from ..summary import summarize_regions as _summarize_regions
from ..summary import write_meeting_pack as _write_meeting_pack
from ..summary import write_report as _write_report
from ..warning import check_panel as _check_panel
from ..warning import city_themes as _city_themes
from ..warning import detect_warnings as _detect_warnings
from ..warning import detectable_changes as _detectable_changes
from ..warning import expected_false_warnings as _expected_false_warnings
from ..warning import find_outliers as _find_outliers
from ..warning import replay as _replay
from ..warning import roll_up as _roll_up

def method_names() -> tuple[str, ...]: ...

class Methods:
    aggregate = _aggregate
    check_panel = _check_panel
    check_summable = _check_summable
    city_themes = _city_themes
    compare_areas = _compare_areas
    detect_warnings = _detect_warnings
    detectable_changes = _detectable_changes
    expected_false_warnings = _expected_false_warnings
    explore_map = _explore_map
    find_outliers = _find_outliers
    join_indicators = _join_indicators
    plot_bivariate = _plot_bivariate
    plot_change_map = _plot_change_map
    plot_cluster_map = _plot_cluster_map
    plot_comparison = _plot_comparison
    plot_funnel = _plot_funnel
    plot_map = _plot_map
    plot_map_series = _plot_map_series
    plot_places = _plot_places
    plot_polarization = _plot_polarization
    plot_ranking = _plot_ranking
    plot_scatter = _plot_scatter
    plot_series = _plot_series
    plot_situation = _plot_situation
    plot_symbols = _plot_symbols
    plot_warning = _plot_warning
    polarization = _polarization
    region_profile = _region_profile
    replay = _replay
    roll_up = _roll_up
    save_maps = _save_maps
    social_situation = _social_situation
    status_dynamics = _status_dynamics
    summarize_regions = _summarize_regions
    write_meeting_pack = _write_meeting_pack
    write_report = _write_report
