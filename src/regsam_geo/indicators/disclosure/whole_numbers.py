"""Whether whole numbers leave a hidden count room up to the threshold, solved exactly within a time."""

from __future__ import annotations

import time

import numpy as np

from regsam_geo.indicators.disclosure.cells import System
from regsam_geo.indicators.disclosure.intervals import components, matrix_of, open_part
from regsam_geo.indicators.disclosure.programme import Programme
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats

NEAR = 1e-6  # to a whole number


class WholeNumbers:
    """Looks for tables of whole numbers that fit to what is shown and reach the threshold in a cell.

    Most are found without an integer program: the vertices of sums over areas and groups are whole numbers
    already, and one table shows many cells to be safe.
    """

    def __init__(self, system: System, hidden: Bools, threshold: float, deadline: float) -> None:
        self.system, self.threshold, self.deadline = system, threshold, deadline
        self.problem = open_part(system, hidden)
        self.cell_label, self.sum_label, _ = components(self.problem)
        self.programmes: dict[int, Programme] = {}
        self.reached: dict[int, Floats] = {}

    def reach(self, cell: int) -> bool | None:
        """Return whether a cell can be at the threshold or above; ``None`` where that is not decided."""
        at = int(np.searchsorted(self.problem.cells, cell))
        label = int(self.cell_label[at])
        if label not in self.programmes:
            part = self.problem.part(self.cell_label == label, self.sum_label == label)
            self.programmes[label] = Programme(part)
            self.reached[label] = np.full(len(part.cells), -np.inf)
        programme = self.programmes[label]
        here = int(np.searchsorted(programme.problem.cells, cell))
        if self.reached[label][here] >= self.threshold - TOLERANCE:
            return True
        # not decided is not passed: an audit that ran out of time must not look like a proof
        if time.monotonic() > self.deadline:
            return None
        whole = self.system.whole[programme.problem.cells]
        table = programme.extreme(here, -1.0)
        if table is None or np.abs(table - np.round(table))[whole].max(initial=0.0) > NEAR:
            table = self._integer(programme, here, whole)
            if table is None:
                # no table found proves something only if the search was not cut short
                return None if time.monotonic() > self.deadline else False
        self.reached[label] = np.maximum(self.reached[label], table)
        return bool(table[here] >= self.threshold - TOLERANCE)

    def _integer(self, programme: Programme, here: int, whole: Bools) -> Floats | None:
        """Return a table of whole numbers in which a cell is at the threshold or above."""
        from scipy.optimize import Bounds, LinearConstraint, milp

        problem = programme.problem
        least = problem.least.copy()
        least[here] = max(least[here], np.ceil(self.threshold) if whole[here] else self.threshold)
        # sums of decimals hold but for the last digits; taken exactly, they could allow no table at all
        sums = LinearConstraint(matrix_of(problem), problem.constant - NEAR, problem.constant + NEAR)
        # there is no goal: any table that reaches the threshold shows the cell to be safe
        answer = milp(
            np.zeros(len(least)),
            integrality=whole.astype(np.int64),
            bounds=Bounds(least, problem.most),
            constraints=sums if len(problem.constant) else None,
            options={"time_limit": max(self.deadline - time.monotonic(), 0.01)},
        )
        return np.asarray(answer.x, dtype=np.float64) if answer.x is not None else None
