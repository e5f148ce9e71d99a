"""The newest values of all areas, side by side, with how much each scatters by chance."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from regsam_geo.indicators.catalogue import are_counts
from regsam_geo.warning.detectors.newest_change import newest_change
from regsam_geo.warning.schema.cube import Cube
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.distance import distance_on_link
from regsam_geo.warning.statistics.link import Linked, linked_values
from regsam_geo.warning.statistics.robust import Array, count, median


@dataclass(frozen=True, eq=False)
class CrossSection:
    """The newest period of one cube, ready to be compared over the areas; arrays of shape (S, A).

    Attributes
    ----------
    y
        Values on the link scale; NaN where there is none, where nothing says how much an area scatters, and of
        plain counts, which are larger where more people live.
    noise
        Their sampling variance, in a series of ``free`` up to a factor.
    df
        Degrees of freedom with which the noise is known: infinite where it follows from counts or sizes.
    free
        Shape (S,): the factor of the noise has to be found from the areas.
    unsized
        Shape (S,): there are neither counts nor sizes nor a past that could take their place.
    """

    y: Array
    noise: Array
    df: Array
    free: npt.NDArray[np.bool_]
    unsized: npt.NDArray[np.bool_]


def cross_section(cube: Cube, context: Context) -> CrossSection:
    """Return the newest values of a cube; worked out once for all detectors that compare areas."""
    known: dict[Cube, CrossSection] = context.shared.setdefault("cross_section", {})
    if cube not in known:
        known[cube] = _cross_section(cube, context)
    return known[cube]


def _cross_section(cube: Cube, context: Context) -> CrossSection:
    linked = linked_values(cube)
    y, noise = _of_counts(linked)
    df = np.full(y.shape, np.inf)
    free = np.isinf(linked.most_of_sampling)
    if linked.relative_variance is not None:
        noise = np.where(free[:, None], linked.relative_variance[:, -1], noise)
    loose = linked.is_loose
    unsized = loose.copy()
    if loose.any() and cube.is_tested(context.period):
        _, test = newest_change(cube, context)
        enough = (count(test.excess[:, :-1], 1) >= context.settings.min_history) & np.isfinite(test.se)
        # Half of what its changes scatter: what scatters about a level does so twice in a change. What a level
        # moves by itself is in it too, for all areas alike, and is found again as their unrest.
        rooted, stretch = _rooted(linked)
        y = np.where(loose[:, None], rooted, y)
        noise = np.where(loose[:, None], np.where(enough, stretch**2 * test.se**2 / 2.0, np.nan), noise)
        df = np.where(loose[:, None], test.df, df)
        unsized = loose & ~enough.any(axis=1)
    apart = (unsized | are_counts(cube.keys))[:, None]
    y = np.where(apart | (loose[:, None] & ~np.isfinite(noise)), np.nan, y)
    return CrossSection(y, noise, df, free, unsized)


def _rooted(linked: Linked) -> tuple[Array, Array]:
    """Return the newest values as roots, and by how much the scatter of an area is stretched by it.

    Of a rate that is few cases of a small area the logarithm is skew, as far off downwards by chance alone as it
    never is upwards; the root is not (Anscombe 1948). Both have the same slope at the median of the areas.
    """
    value = linked.back(linked.y)
    newest, usual = value[:, -1], median(value, 1)
    scale, share = linked.scale[:, None], (linked.kind == 2)[:, None]
    rate, own = newest / scale, usual / scale
    middle = median(rate, 1)[:, None]
    with np.errstate(invalid="ignore"):
        root = np.where(
            share,
            2 * np.arcsin(np.sqrt(rate)) / np.sqrt(middle * (1 - middle)),
            2 * np.sqrt(rate / middle),
        )
        stretch = np.where(share, np.sqrt(own * (1 - own) / (middle * (1 - middle))), np.sqrt(own / middle))
    plain = (linked.kind == 0)[:, None]
    return np.where(plain, newest, root), np.where(plain, 1.0, stretch)


def _of_counts(linked: Linked) -> tuple[Array, Array]:
    """Return the newest values and, where cases are counted, their sampling variance at the rate of all areas."""
    x, d = linked.numerator[:, -1], linked.denominator[:, -1]
    rate = (np.nansum(x, axis=1) / np.maximum(np.nansum(d, axis=1), 1e-300))[:, None]
    share = (linked.kind == 2)[:, None]
    far, noise, _ = distance_on_link(x, d, rate, share)
    counted = np.isfinite(far).any(axis=1, keepdims=True)
    with np.errstate(divide="ignore"):
        middle = np.where(
            counted, np.log(rate) - np.where(share, np.log1p(-np.minimum(rate, 1.0 - 1e-9)), 0.0), 0.0
        )
    return np.where(counted, middle + far, linked.y[:, -1]), np.where(counted, noise, 0.0)
