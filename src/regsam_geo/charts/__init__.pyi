from .comparison import plot_comparison as plot_comparison
from .funnel_plot import plot_funnel as plot_funnel
from .polarization_chart import plot_polarization as plot_polarization
from .ranking import plot_ranking as plot_ranking
from .scatter import plot_scatter as plot_scatter
from .series import plot_series as plot_series
from .series import plot_warning as plot_warning
