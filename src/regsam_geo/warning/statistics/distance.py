"""How far rates lie from a common rate, on a scale that suits chance and lasting differences both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.statistics.funnel import adjusted_residuals
from regsam_geo.warning.statistics.link import ZERO_RULE
from regsam_geo.warning.statistics.robust import Array
from regsam_geo.warning.statistics.scales import unrest


class Distance(NamedTuple):
    """Distances on the link scale, with their sampling variance and how much of their scatter is chance."""

    far: Array
    sampling: Array
    chance: Array


def distance_on_link(
    x: Array, d: Array, rate: Array, proportion: npt.NDArray[np.bool_], chance: Array | None = None
) -> Distance:
    """Return how far rates lie from a common rate; one row per series, NaN where there are no counts.

    Parameters
    ----------
    x, d
        Numerators and denominators, shape (S, A).
    rate, proportion
        Shape (S, 1).
    chance
        Which part of the scatter is chance; found from the areas by default.

    Notes
    -----
    Chance is normal on the scale of adjusted deviance residuals: by its logarithm a count of few cases would seem
    far too low too often. Lasting differences are alike up and down on the link scale. Each area is measured by
    both, weighted with the shares that chance and unrest have in its scatter.
    """
    there = np.isfinite(x) & np.isfinite(d) & (d > 0)
    cases, people = np.where(there, x, 0.0), np.where(there, d, 1.0)
    share = np.broadcast_to(proportion, cases.shape)
    rate = np.where(proportion, np.clip(rate, 1e-9, 1.0 - 1e-9), np.maximum(rate, 1e-300))
    # at the common rate: at its own an area far off would seem the surer the higher it lies
    sampling = np.where(there, 1.0 / (people * rate * np.where(proportion, 1.0 - rate, 1.0)), np.nan)
    rates = np.broadcast_to(rate, cases.shape)
    residual = np.where(
        share,
        adjusted_residuals(np.minimum(cases, people), people, np.where(share, rates, 0.5), "proportion")
        if share.any()
        else 0.0,
        adjusted_residuals(cases, people, np.where(share, 1.0, rates), "ratio") if not share.all() else 0.0,
    )
    by_chance = residual * np.sqrt(sampling)
    if chance is None:
        by_unrest = unrest(np.where(there, by_chance, np.nan), sampling)
        chance = sampling / (sampling + by_unrest)
    rest = np.where(share, np.maximum(people - cases, 0.0) + ZERO_RULE, people)
    odds = np.log(np.where(proportion, 1.0 - rate, 1.0)) - np.log(rate)
    lasting = np.log(cases + ZERO_RULE) - np.log(rest) + odds
    far = chance * by_chance + (1.0 - chance) * lasting
    return Distance(np.where(there, far, np.nan), sampling, chance)
