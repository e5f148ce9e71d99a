"""Enhanced two-step floating catchment areas: how much of what is near is left for whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

THIRDS = (1.0, 0.68, 0.22)
"""Weights of the three rings of a catchment, as Luo and Qi (2009) took them from a Gauss curve."""

Floats = npt.NDArray[np.float64]


class Catchment(NamedTuple):
    """What the two steps give.

    Attributes
    ----------
    reached
        Of each origin: capacity for each person there.
    load
        Of each place: the persons that it has to serve, weighted.
    near
        Of each origin: whether any place with capacity is within reach.
    """

    reached: Floats
    load: Floats
    near: npt.NDArray[np.bool_]


def steps_of(reach: float | Mapping[float, float]) -> dict[float, float]:
    """Return up to which distance which weight holds.

    Examples
    --------
    >>> steps_of(3000)
    {1000.0: 1.0, 2000.0: 0.68, 3000.0: 0.22}
    """
    if isinstance(reach, Mapping):
        return {float(far): float(reach[far]) for far in sorted(reach)}
    return {float(reach) * third / 3: weight for third, weight in zip((1, 2, 3), THIRDS, strict=True)}


def weights_of(distances: Floats, steps: Mapping[float, float]) -> Floats:
    """Return the weight of each distance; 0 beyond the last step, and where there is no way."""
    limits = np.array(list(steps), dtype=float)
    weights = np.array([*steps.values(), 0.0], dtype=float)
    # a distance that is a limit still lies within it
    return np.asarray(weights[np.searchsorted(limits, distances, side="left")])


def catchment(need: Floats, capacity: Floats, weights: Floats) -> Catchment:
    """Share the capacity of each place out among those who reach it, and sum what each origin reaches.

    Parameters
    ----------
    need
        Persons at each origin.
    capacity
        Of each place.
    weights
        By origin and place.
    """
    load = need @ weights
    # a place that nobody in need can reach serves nobody: its capacity is not infinite
    share = np.divide(capacity, load, out=np.zeros_like(capacity), where=load > 0)
    return Catchment(weights @ share, load, np.asarray((weights[:, capacity > 0] > 0).any(axis=1)))
