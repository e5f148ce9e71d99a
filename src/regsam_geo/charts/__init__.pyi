from .funnel import plot_funnel as plot_funnel
