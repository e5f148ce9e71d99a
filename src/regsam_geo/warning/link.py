"""The scale on which changes are compared: logit for parts of a whole, log for ratios."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.warning.arrays import Array
from regsam_geo.warning.cube import Cube

ZERO_RULE = 0.5
"""Added to every numerator (and its complement): a count of zero gets a finite place on the scale."""


@dataclass(frozen=True, eq=False)
class Linked:
    """Values on the link scale with their sampling variance, and the way back.

    Attributes
    ----------
    y, variance
        Shape (S, T, A); the variance is that of a Poisson or binomial count with this numerator, 0 where the
        Basiswerte are not known.
    kind
        Shape (S,): 0 identity, 1 log, 2 logit.
    scale
        Shape (S,): what the link's inverse is multiplied with.
    """

    y: Array
    variance: Array
    kind: npt.NDArray[np.int64]
    scale: Array

    def back(self, y: Array) -> Array:
        """Return values in the indicator's unit; ``y`` has the series on its first axis."""
        shape = (-1,) + (1,) * (y.ndim - 1)
        kind, scale = self.kind.reshape(shape), self.scale.reshape(shape)
        with np.errstate(over="ignore"):
            logistic = 1.0 / (1.0 + np.exp(-y))
            return np.asarray(
                np.where(kind == 0, y, scale * np.where(kind == 2, logistic, np.exp(np.minimum(y, 700.0))))
            )


def linked_values(cube: Cube) -> Linked:
    """Return the values of a cube on the link scale.

    Notes
    -----
    With Basiswerte (numerator x, denominator d): parts of a whole ``log((x + 1/2) / (d - x + 1/2))``, other
    ratios ``log((x + 1/2) / d)``. The half is the empirical logit of Haldane (1956) and Anscombe (1956); it is
    the rule for a zero count. Without Basiswerte the value itself is used: its logit for shares strictly
    between 0 and 100 %, its logarithm if all values of the series are positive, else the value as it is.
    """
    x, d = cube.numerator, cube.denominator
    proportion = cube.is_proportion[:, None, None]
    based = np.isfinite(x) & (x >= 0) & (d > 0) & np.isfinite(cube.value) & np.isfinite(cube.scale)[:, None, None]
    based &= ~proportion | (x <= d)
    has_value = np.isfinite(cube.value)
    counted = _share(based, has_value) > 0.5
    scale = np.where(np.isfinite(cube.scale), cube.scale, 1.0)
    rate = cube.value / scale[:, None, None]
    lowest = np.where(has_value, rate, np.inf).min(axis=(1, 2))
    highest = np.where(has_value, rate, -np.inf).max(axis=(1, 2))
    shares = cube.is_proportion & (counted | ((lowest > 0) & (highest < 1)))
    positive = counted | (lowest > 0)
    kind = np.where(shares, 2, np.where(positive, 1, 0))

    part = np.where(based, x, 0.0) + ZERO_RULE
    rest = np.where(based & proportion, d - x, 0.0) + ZERO_RULE
    y_counted = np.where(based, np.log(part) - np.log(np.where(proportion, rest, np.where(based, d, 1.0))), np.nan)
    v_counted = 1.0 / part + np.where(proportion, 1.0 / rest, 0.0)
    safe = np.where(has_value & (rate > 0), rate, np.nan)
    complement = np.where(safe < 1, 1 - safe, np.nan)
    y_plain = np.where(
        kind[:, None, None] == 2,
        np.log(safe) - np.log(complement),
        np.where(kind[:, None, None] == 1, np.log(safe), cube.value),
    )
    use = counted[:, None, None]
    return Linked(
        y=np.where(use, y_counted, y_plain),
        variance=np.where(use & based, v_counted, 0.0),
        kind=kind,
        scale=np.where(kind == 0, 1.0, scale),
    )


def _share(part: npt.NDArray[np.bool_], whole: npt.NDArray[np.bool_]) -> Array:
    """Return the share of the cells of each series that are in ``part``."""
    return np.asarray((part & whole).sum(axis=(1, 2)) / np.maximum(whole.sum(axis=(1, 2)), 1))
