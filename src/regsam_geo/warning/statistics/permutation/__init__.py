"""Exact permutation tests of areas against their neighbors: no simulation where counting is possible."""

from regsam_geo.warning.statistics.permutation.engine import ENGINES, Tails, permutation_tails
from regsam_geo.warning.statistics.permutation.smallest_p import smallest_p

__all__ = ["ENGINES", "Tails", "permutation_tails", "smallest_p"]
