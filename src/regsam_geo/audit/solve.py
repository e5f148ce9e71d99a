"""Finds exactly what whole numbers a reader can still think of behind a cell (HiGHS, integer)."""

from __future__ import annotations

import math
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from regsam_geo.audit.knowledge import Cell, Knowledge, Row

if TYPE_CHECKING:
    from scipy.optimize import LinearConstraint

Floats = npt.NDArray[np.float64]
MOST = 1e7
"""More persons than any area has."""
ROOM, PATIENCE = 1e5, 3.0
"""How large a whole is taken to be at first that nobody tells, and how many seconds that is tried."""
INFEASIBLE = 2
MOST_TRIED = 60
"""Of more rows than these each is not tried whether it is needed."""


class OutOfTimeError(Exception):
    """The time stated is over."""


class ContradictionError(Exception):
    """No numbers fit all that is told."""


@dataclass(frozen=True)
class Equation:
    """One row over the cells that are not known."""

    weights: dict[int, float]
    low: float
    high: float
    row: Row


class Block:
    """Cells that are tied to one another, and all rows between them."""

    def __init__(
        self, cells: list[Cell], equations: list[Equation], knowledge: Knowledge, least: float, deadline: float
    ) -> None:
        self.cells, self.equations, self.deadline = cells, equations, deadline
        self.whole = np.array([knowledge.whole.get(cell.key, True) for cell in cells], dtype=np.int64)
        known = [knowledge.cells.get(cell) for cell in cells]
        self.secret = [one is not None and one.secret for one in known]
        self.lower = np.array(
            [
                max(
                    # a yearly mean that is hidden may be 0.4
                    least if secret and whole and cell.key.column == "n" else 0.0,
                    -math.inf if one is None or one.span is None else one.span.low,
                )
                for cell, one, secret, whole in zip(cells, known, self.secret, self.whole, strict=True)
            ]
        )
        self.upper = np.array([MOST if one is None or one.span is None else one.span.high for one in known])
        self.roomy = np.array([cell.key.column == "d" for cell in cells]) & (self.upper >= MOST)
        self.patience = math.inf
        self.seen_low, self.seen_high = np.full(len(cells), np.inf), np.full(len(cells), -np.inf)

    def solution(
        self,
        objective: Floats | None = None,
        lower: dict[int, float] | None = None,
        upper: dict[int, float] | None = None,
        *,
        exactly: bool = True,
    ) -> Floats | None:
        """Return numbers that fit, those that make the objective least (or nearly); ``None`` where none fit."""
        low, high = self.lower.copy(), self.upper.copy()
        for at, bound in (lower or {}).items():
            low[at] = max(low[at], bound)
        for at, bound in (upper or {}).items():
            high[at] = min(high[at], bound)
        if (low > high + 1e-9).any():
            return None
        if not exactly and self.roomy.any():
            # wholes that nobody tells may be large: fractions then round to whole numbers that fit
            found = self._solved(objective, np.where(self.roomy, np.maximum(low, ROOM), low), high, PATIENCE, 0.5)
            if isinstance(found, np.ndarray):
                return found
        # where any numbers prove as much as the best, those found first will do
        found = self._solved(objective, low, high, math.inf, 0.0 if exactly else 0.5)
        # that no time was left is no proof that nothing fits
        if isinstance(found, int) and found != INFEASIBLE:
            raise OutOfTimeError
        return None if isinstance(found, int) else found

    def _solved(
        self, objective: Floats | None, low: Floats, high: Floats, most: float, gap: float
    ) -> Floats | int:
        """Return numbers that fit, or the reason why there are none."""
        from scipy.optimize import Bounds, milp

        left = min(self.deadline - time.monotonic(), self.patience, most)
        if left <= 0:
            raise OutOfTimeError
        found = milp(
            np.zeros(len(self.cells)) if objective is None else objective,
            constraints=self.constraints,
            bounds=Bounds(low, high),
            integrality=self.whole,
            options={"time_limit": left, "mip_rel_gap": gap},
        )
        if found.x is None:
            return int(found.status)
        # the solver gives 2.9999999 for 3
        numbers: Floats = np.where(self.whole == 1, np.round(found.x), found.x)
        self.seen_low, self.seen_high = np.minimum(self.seen_low, numbers), np.maximum(self.seen_high, numbers)
        return numbers

    @property
    def constraints(self) -> list[LinearConstraint]:
        """All rows, as HiGHS takes them."""
        from scipy.optimize import LinearConstraint
        from scipy.sparse import csr_array

        if not self.equations:
            return []
        rows = [at for at, one in enumerate(self.equations) for _ in one.weights]
        columns = [column for one in self.equations for column in one.weights]
        weights = [weight for one in self.equations for weight in one.weights.values()]
        matrix = csr_array((weights, (rows, columns)), shape=(len(self.equations), len(self.cells)))
        return [
            LinearConstraint(matrix, [one.low for one in self.equations], [one.high for one in self.equations])
        ]

    @property
    def scales(self) -> bool:
        """Whether any numbers that fit also fit when all are multiplied: no size is told, only rates and sums."""
        told = [bound for one in self.equations for bound in (one.low, one.high) if math.isfinite(bound)]
        return bool((self.upper >= MOST).all()) and all(abs(bound) < 1e-6 for bound in told)

    def fits(self) -> bool:
        """Tell whether any numbers fit, fractions among them; those multiplied to whole ones fit, too."""
        from scipy.optimize import Bounds, milp

        found = milp(np.zeros(len(self.cells)), constraints=self.constraints, bounds=Bounds(self.lower, np.inf))
        return found.x is not None

    def look_around(self, asked: list[int]) -> None:
        """Find numbers that show at once that most cells are safe.

        Raises
        ------
        ContradictionError
            If nothing fits.
        """
        toward = np.zeros(len(self.cells))
        toward[asked] = 1.0
        if self.solution(toward, exactly=False) is None:
            raise ContradictionError
        room = {at: max(self.seen_low[at] + 50, 50.0) for at in asked}
        self.solution(-toward, upper=room, exactly=False)

    def ends(self, at: int, using: Sequence[int] | None = None) -> tuple[float, float, set[int]]:
        """Return between which numbers a cell lies where fractions are allowed, and the rows that hold it there.

        No whole numbers lie outside; so what these ends prove is proved, at a fraction of the cost.
        """
        from scipy.optimize import linprog
        from scipy.sparse import csr_array

        chosen = list(range(len(self.equations))) if using is None else list(using)
        rows: list[int] = []
        columns: list[int] = []
        weights: list[float] = []
        limits: list[float] = []
        origin: list[int] = []
        for number in chosen:
            one = self.equations[number]
            for sign, limit in ((1.0, one.high), (-1.0, -one.low)):
                if math.isfinite(limit):
                    for column, weight in one.weights.items():
                        rows.append(len(limits))
                        columns.append(column)
                        weights.append(sign * weight)
                    limits.append(limit)
                    origin.append(number)
        matrix = csr_array((weights, (rows, columns)), shape=(len(limits), len(self.cells))) if limits else None
        found = []
        used: set[int] = set()
        for sign in (1.0, -1.0):
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise OutOfTimeError
            toward = np.zeros(len(self.cells))
            toward[at] = sign
            solved = linprog(
                toward,
                A_ub=matrix,
                b_ub=limits if limits else None,
                bounds=np.column_stack([self.lower, self.upper]),
                method="highs",
                options={"time_limit": max(left, 0.01)},
            )
            # no answer proves nothing: the cell is as open as its bounds
            if solved.x is None:
                found.append(self.lower[at] if sign > 0 else self.upper[at])
                continue
            found.append(float(sign * solved.fun))
            if limits:
                # a row without a price does not hold the end
                used |= {origin[k] for k in np.flatnonzero(np.abs(solved.ineqlin.marginals) > 1e-9)}
        low, high = found
        if self.whole[at]:
            low, high = math.ceil(low - 1e-5), math.floor(high + 1e-5)
        return float(low), float(high), used

    def tells(self, at: int, low: float, high: float, threshold: float) -> bool:
        """Tell whether these ends give a cell away."""
        if self.secret[at]:
            return high < threshold - 1e-9 or high - low < 1e-6
        return high < threshold - 1e-9 and low > 1e-6

    def given_away(self, at: int, threshold: float) -> tuple[float, float] | None:
        """Return the ends of a cell that is a single number, or below the threshold for certain; else ``None``."""
        low, high, _ = self.ends(at)
        if self.tells(at, low, high, threshold):
            return low, high
        # whole numbers may leave less than fractions: one end after the other is looked for among them
        if self.seen_high[at] < threshold <= high and self.solution(None, {at: threshold}, exactly=False) is None:
            high = math.ceil(threshold) - 1.0
        if self.tells(at, low, high, threshold):
            return low, high
        if not self.secret[at]:
            return None
        step = 1.0 if self.whole[at] else 1e-3
        number = float(self.seen_low[at])
        # two solutions have shown two numbers: it is none alone
        if self.seen_high[at] > number:
            return None
        more = self.solution(None, {at: number + step}, exactly=False)
        less = self.solution(None, None, {at: number - step}, exactly=False) if more is None else None
        return (number, number) if more is None and less is None else None

    def reasons(self, at: int, threshold: float) -> list[Row]:
        """Return rows without any one of which fractions would not give the cell away.

        Where it takes whole numbers to do so, the rows that the cell stands in.
        """
        low, high, used = self.ends(at)
        if not self.tells(at, low, high, threshold):
            return list(dict.fromkeys(one.row for one in self.equations if at in one.weights))
        kept = sorted(used)
        if not self.tells(at, *self.ends(at, kept)[:2], threshold):
            kept = list(range(len(self.equations)))
        for number in list(kept) if len(kept) <= MOST_TRIED else []:
            fewer = [one for one in kept if one != number]
            if self.tells(at, *self.ends(at, fewer)[:2], threshold):
                kept = fewer
        return list(dict.fromkeys(self.equations[one].row for one in kept))


def blocks_of(rows: Iterable[Row], knowledge: Knowledge, least: float, deadline: float) -> list[Block]:
    """Put together what is tied through cells that are not known."""
    number: dict[Cell, int] = {}
    cells: list[Cell] = []
    parent: list[int] = []

    def root(at: int) -> int:
        while parent[at] != at:
            parent[at] = parent[parent[at]]
            at = parent[at]
        return at

    equations: list[tuple[dict[int, float], float, float, Row]] = []
    for row in rows:
        weights: dict[int, float] = {}
        constant = 0.0
        for cell, weight in row.weights:
            value = knowledge.number(cell)
            if not math.isnan(value):
                # known numbers tie nothing together: without them most blocks are small
                constant += weight * value
                continue
            if cell not in number:
                number[cell] = len(cells)
                cells.append(cell)
                parent.append(len(parent))
            weights[number[cell]] = weights.get(number[cell], 0.0) + weight
        if not weights:
            continue
        # sums of decimals miss by binary fractions, and would contradict what is printed
        slack = 1e-7 * (1 + abs(constant))
        equations.append((weights, row.low - constant - slack, row.high - constant + slack, row))
        first, *others = weights
        for other in others:
            parent[root(other)] = root(first)
    members: dict[int, list[int]] = {}
    for at in range(len(cells)):
        members.setdefault(root(at), []).append(at)
    by_root: dict[int, list[tuple[dict[int, float], float, float, Row]]] = {}
    for one in equations:
        by_root.setdefault(root(next(iter(one[0]))), []).append(one)
    found = []
    for key, inside in members.items():
        place = {at: k for k, at in enumerate(inside)}
        local = [
            Equation({place[at]: weight for at, weight in weights.items()}, low, high, row)
            for weights, low, high, row in by_root.get(key, [])
        ]
        found.append(Block([cells[at] for at in inside], local, knowledge, least, deadline))
    return found
