"""Linear programs over one set of sums, solved again and again with another goal from where the last one ended."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from regsam_geo.indicators.disclosure.intervals import Open, matrix_of, solve
from regsam_geo.indicators.disclosure.rules import TOLERANCE, Bools, Floats


@cache
def _highs() -> Any:
    """Return the solver itself; None in an older or newer scipy, where each program is set up anew."""
    # A private part of scipy, used because its public functions keep no model between two solutions; loaded only
    # where something is hidden, as it takes as long as pandas.
    try:
        from scipy.optimize._highspy import _core
    except ImportError:
        return None
    return _core


class Programme:
    """The feasible tables of a system, as a model that the solver keeps.

    To set a linear program up takes several times as long as to solve it; a model that stays needs neither a new
    matrix nor a new starting point.
    """

    def __init__(self, problem: Open) -> None:
        self.problem = problem
        self._model: Any = None
        self._goal = -1

    def extreme(self, cell: int, sense: float) -> Floats | None:
        """Return a table in which one cell is least (``sense`` 1) or largest (-1); ``None`` without end."""
        if _highs() is None:
            return solve(self.problem, cell, sense)
        if self._model is None:
            self._model = _model(self.problem)
        if self._goal >= 0:
            self._model.changeColCost(self._goal, 0.0)
        self._model.changeColCost(cell, sense)
        self._goal = cell
        self._model.run()
        if self._model.getModelStatus() != _highs().HighsModelStatus.kOptimal:
            return solve(self.problem, cell, sense)  # without end, or the warm start went astray
        return np.array(self._model.getSolution().col_value, dtype=np.float64)


class Moves:
    """The ways in which the cells of a system can move together so that all sums stay what they are.

    Every cell may move up and down, each at its price; the cheapest way in which one cell moves by a distance is
    a linear program of which only the goal and the prices change.
    """

    def __init__(self, problem: Open, up: Floats, down: Floats) -> None:
        self.cells = len(up)
        self.most = np.concatenate([up, down])
        # two columns per cell: a price on distances, up or down, is not linear in one
        self.both = Open(
            np.arange(2 * self.cells),
            np.concatenate([problem.row, problem.row]),
            np.concatenate([problem.column, problem.column + self.cells]),
            np.concatenate([problem.coefficient, -problem.coefficient]),
            np.zeros(len(problem.constant)),
            np.zeros(2 * self.cells),
            self.most,
            problem.sums,
        )
        self._model: Any = None
        self._price = np.zeros(self.cells)

    def cheapest(self, cell: int, sense: float, distance: float, price: Floats) -> Bools | None:
        """Return the cells that move when one moves up (``sense`` 1) or down (-1); ``None`` where it cannot."""
        forward, back = (cell, cell + self.cells) if sense > 0 else (cell + self.cells, cell)
        if self.most[forward] < distance - TOLERANCE:
            return None
        if _highs() is None:
            moved = self._anew(forward, back, distance, price)
        else:
            moved = self._warm(forward, back, distance, price)
        return None if moved is None else np.abs(moved[: self.cells] - moved[self.cells :]) > 1e-7

    def _warm(self, forward: int, back: int, distance: float, price: Floats) -> Floats | None:
        if self._model is None:
            self._model = _model(self.both)
        # a price changes only where a cell was hidden since, so there are few
        changed = np.flatnonzero(price != self._price)
        if len(changed):
            columns = np.concatenate([changed, changed + self.cells]).astype(np.int32)
            self._model.changeColsCost(len(columns), columns, np.tile(price[changed], 2))
            self._price = price.copy()
        self._model.changeColBounds(forward, distance, distance)
        self._model.changeColBounds(back, 0.0, 0.0)
        self._model.run()
        status = self._model.getModelStatus()
        moved = np.array(self._model.getSolution().col_value, dtype=np.float64)
        # the bounds are set back whatever came out, or the next cell would be asked with those of this one
        for column in (forward, back):
            self._model.changeColBounds(column, 0.0, self.most[column])
        if status == _highs().HighsModelStatus.kOptimal:
            return moved
        return self._anew(forward, back, distance, price)  # it cannot move, or the warm start went astray

    def _anew(self, forward: int, back: int, distance: float, price: Floats) -> Floats | None:
        from scipy.optimize import linprog

        limits = np.column_stack([self.both.least, self.most])
        limits[forward] = distance, distance
        limits[back] = 0.0, 0.0
        answer = linprog(
            np.concatenate([price, price]),
            A_eq=matrix_of(self.both),
            b_eq=self.both.constant,
            bounds=limits,
            method="highs",
        )
        return np.asarray(answer.x, dtype=np.float64) if answer.status == 0 else None


def _model(problem: Open) -> Any:
    """Hand a system to the solver."""
    cells, sums = len(problem.cells), len(problem.constant)
    order = np.argsort(problem.column, kind="stable")
    highs = _highs()
    program = highs.HighsLp()
    program.num_col_, program.num_row_ = cells, sums
    program.col_cost_ = np.zeros(cells)
    program.col_lower_, program.col_upper_ = problem.least, problem.most
    program.row_lower_ = program.row_upper_ = problem.constant
    matrix = program.a_matrix_
    matrix.num_col_, matrix.num_row_ = cells, sums
    matrix.format_ = highs.MatrixFormat.kColwise
    matrix.start_ = np.searchsorted(problem.column[order], np.arange(cells + 1)).astype(np.int32)
    matrix.index_ = problem.row[order].astype(np.int32)
    matrix.value_ = problem.coefficient[order]
    model = highs._Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("presolve", "off")
    model.setOptionValue("threads", 1)
    model.passModel(program)
    return model
