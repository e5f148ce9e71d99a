"""The newest change of every series and area, tested once for all temporal detectors."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study.settings import Settings
from regsam_geo.warning.schema.cube import Cube, cubes
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.change_test import ChangeTest, newest_change_test
from regsam_geo.warning.statistics.link import Linked, linked_values
from regsam_geo.warning.statistics.related import (
    FOLDS,
    Lent,
    Relations,
    confirmed,
    lendable,
    lent,
    relations,
    with_related,
)
from regsam_geo.warning.statistics.robust import Array, median

Fit = TypeVar("Fit", Linked, ChangeTest)

BASES = ("name_1", "name_2", "name_3", "name_4", "name_5")


def newest_changes(panel: Panel, context: Context) -> list[tuple[Cube, Linked, ChangeTest]]:
    """Return the tests of the context's period, one per level; worked out once for all temporal detectors."""
    tested = [cube for cube in newest_cubes(panel, context) if cube.is_tested(context.period)]
    return [(cube, *newest_change(cube, context)) for cube in tested]


def newest_cubes(panel: Panel, context: Context) -> list[Cube]:
    """Return the cubes up to the context's period; cut once for all detectors."""
    known = context.shared.get("cubes")
    # Asked with "is": two panels with equal numbers may differ in their catalogue, and a comparison of all cells
    # costs more than the test.
    if known is None or known[0] is not panel:
        known = (panel, cubes(panel, context.period))
        context.shared["cubes"] = known
    found: list[Cube] = known[1]
    return found


def of_few_series(panel: Panel, units: pd.DataFrame, context: Context) -> Context:
    """Return a context in which detectors see only the series of some units, fitted as they were among all."""
    fits = context.shared.get("newest_change", {})
    few: dict[Cube, tuple[Linked, ChangeTest]] = {}
    cut = []
    for cube in newest_cubes(panel, context):
        series = np.unique(cube.cells(units)[0])
        small = cube.take(series[series >= 0])
        if not len(small.keys):
            continue
        cut.append(small)
        if cube in fits:
            linked, test = fits[cube]
            few[small] = _of_series(linked, series[series >= 0]), _of_series(test, series[series >= 0])
    shared: dict[str, object] = {
        name: context.shared[name] for name in ("panel", "borrowed") if name in context.shared
    }
    # no level of this name: what moves the city is not asked
    return replace(context, city_level="-", shared={**shared, "cubes": (panel, cut), "newest_change": few})


def _of_series(record: Fit, series: npt.NDArray[np.int64]) -> Fit:
    """Return the part of a fit that belongs to some series, which are the first axis of all its arrays."""
    arrays = {name: array[series] for name, array in vars(record).items() if isinstance(array, np.ndarray)}
    return replace(record, **arrays)


def newest_change(cube: Cube, context: Context) -> tuple[Linked, ChangeTest]:
    """Return the test of the newest period of one cube; worked out once for all temporal detectors.

    Effect and scale are those that are left when what related indicators let expect is taken out.
    """
    # change and drift ask for the same fit, which takes most of the time of a report
    known: dict[Cube, tuple[Linked, ChangeTest]] = context.shared.setdefault("newest_change", {})
    if cube not in known:
        linked = linked_values(cube)
        test = newest_change_test(linked, context.settings, cube.season)
        if context.settings.related:
            test = with_related(test, _borrowed(cube, linked, test, context).lent)
        known[cube] = (linked, test)
    return known[cube]


@dataclass(frozen=True, eq=False)
class Borrowed:
    """What the series of one level borrow from each other.

    Attributes
    ----------
    lenders
        The series that the partners are among.
    relation, lent
        Of the series that borrow.
    surprise
        Standardized newest surprises of the lenders, before anything is borrowed, shape (lenders, A).
    rise
        Their newest changes on the link scale, common change and all.
    """

    lenders: Cube
    relation: Relations
    lent: Lent
    surprise: Array
    rise: Array

    def of(self, cube: Cube) -> Borrowed:
        """Return what the series of another cube borrow: the same as in this one, nothing where they are not."""
        rows, columns = (
            pd.MultiIndex.from_frame(self.lenders.keys[list(CATALOGUE_KEY)]).get_indexer(
                pd.MultiIndex.from_frame(cube.keys[list(CATALOGUE_KEY)])
            ),
            self.lenders.area_ids.get_indexer(cube.area_ids),
        )
        known = (rows >= 0)[:, None] & (columns >= 0)
        relation = self.relation.take(rows)
        relation = replace(relation, partners=np.where((rows >= 0)[:, None], relation.partners, -1))
        shift, variance = (part[rows][:, columns] for part in self.lent)
        borrowed = Lent(np.where(known, shift, 0.0), np.where(known, variance, 1.0))
        return Borrowed(self.lenders, relation, borrowed, self.surprise[:, columns], self.rise[:, columns])

    def told(self, series: int, area: int, direction: float) -> list[tuple[str, str, str, bool]]:
        """Name what one cell borrows from: indicator, group, what it did, and whether the cell did so too."""
        named: list[tuple[str, str, str, bool]] = []
        if not self.lent.variance[series, area] < 1.0:
            return named
        for partner in self.relation.partners[series]:
            surprise = self.surprise[partner, area] if partner >= 0 else np.nan
            if not np.isfinite(surprise):
                continue
            side, rise = np.sign(surprise), np.sign(self.rise[partner, area])
            if abs(surprise) < 1.0:
                word = "usual"
            elif side == rise:
                word = "up" if side > 0 else "down"
            else:
                word = "above" if side > 0 else "below"
            indicator, group = (str(self.lenders.keys[name].iloc[partner]) for name in CATALOGUE_KEY)
            also = bool(word != "usual" and side == np.sign(direction))
            named.append((indicator, group, word, also))
        return named


def borrowed_by(cube: Cube, context: Context) -> Borrowed | None:
    """Return what the tests of a cube have borrowed; None where nothing is."""
    known = context.shared.get("borrowed", {}).get(cube.level)
    return None if known is None or not context.settings.related else known.of(cube)


def _borrowed(cube: Cube, linked: Linked, test: ChangeTest, context: Context) -> Borrowed:
    # The series of a report lend to each other; of a few of them that are asked about later, the same is true.
    known: dict[str, Borrowed] = context.shared.setdefault("borrowed", {})
    if cube.level in known:
        return known[cube.level].of(cube)
    surprise = lendable(test)
    # with fewer years no relation can be proved, and who may lend need not be known
    allowed = may_borrow(cube) if test.standard.shape[1] >= FOLDS else np.zeros((len(cube.keys),) * 2, dtype=bool)
    relation = relations(test.standard, allowed)
    origin = np.maximum(test.origin, 0)
    rise = linked.y[:, -1] - np.take_along_axis(linked.y, origin[:, None], 1)[:, 0]
    borrowed = confirmed(lent(relation, surprise), surprise)
    known[cube.level] = Borrowed(cube, relation, borrowed, surprise, rise)
    return known[cube.level]


def may_borrow(cube: Cube) -> npt.NDArray[np.bool_]:
    """Tell which series (rows) may borrow from which (columns): headlines that share no Basiswert with them.

    Basiswerte are the same if they are called alike or have the same numbers. Where a series says neither name nor
    number of its own, it cannot be known what it shares, and it borrows and lends nothing.
    """
    keys = cube.keys
    # numbers too, as names are missing or differ in many a table
    bases: list[set[object]] = [
        {name for name in row if isinstance(name, str) and name}
        for row in keys[list(BASES)].to_numpy(dtype=object)
    ]
    for counts in (cube.numerator, cube.denominator):
        for place in np.flatnonzero(np.isfinite(counts).any(axis=(1, 2))).tolist():
            bases[place].add(counts[place].tobytes())
    owners: dict[object, list[int]] = {}
    for place, own in enumerate(bases):
        for base in own:
            owners.setdefault(base, []).append(place)
    apart = np.ones((len(bases),) * 2, dtype=bool)
    for places in owners.values():
        apart[np.ix_(places, places)] = False
    known = np.array([bool(own) for own in bases], dtype=bool)
    leading = np.zeros(len(keys), dtype=bool)
    leading[headlines(keys.reset_index(drop=True)).index] = True
    return np.asarray(apart & known[:, None] & known & leading)


def relevant_on_link(cube: Cube, linked: Linked, settings: Settings) -> Array:
    """Return the smallest effect that matters on the link scale, shape (S,)."""
    relative = cube.relevant_effect(settings.relevant_effect)
    # A balance has no relative change, as it may be near 0: what matters is measured by the usual size of the
    # series.
    usual = np.nan_to_num(median(np.abs(cube.value).reshape(len(relative), -1), 1))
    return np.asarray(np.where(linked.kind == 0, relative * usual, np.log1p(relative)))
