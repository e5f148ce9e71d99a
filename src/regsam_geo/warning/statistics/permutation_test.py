"""What the spatial tests share: both tails, the smallest p possible and the engine, as columns of a result."""

from __future__ import annotations

from typing import Any, get_args

import numpy as np
import numpy.typing as npt

from regsam_geo.text import check_choice
from regsam_geo.warning.statistics.aligned import Aligned, Words
from regsam_geo.warning.statistics.permutation import Tails, permutation_tails, smallest_p
from regsam_geo.warning.statistics.permutation.engine import DRAWS, ENGINES, Engine

__all__ = ["DRAWS", "Engine", "Tails", "p_columns", "run_test"]


def run_test(
    aligned: Aligned, engine: Engine = "auto", draws: int = DRAWS, seed: int = 0, decisive: float = 0.0
) -> Tails:
    """Test the aligned values against their neighbors; see ``permutation_tails``."""
    check_choice(engine, get_args(Engine), "engine_unknown")
    table = aligned.neighbors
    return permutation_tails(
        aligned.columns,
        table.indptr,
        table.indices,
        table.weights,
        engine=engine,
        draws=draws,
        seed=seed,
        decisive=decisive,
    )


def p_columns(aligned: Aligned, tails: Tails) -> dict[str, npt.NDArray[Any] | Words]:
    """Return the columns that say how unusual a value is."""
    counts = aligned.counts
    return {
        "n_neighbors": counts,
        "p_low": tails.p_low,
        "p_high": tails.p_high,
        "p": tails.p,
        "p_floor": smallest_p(aligned.columns, counts),
        "p_error": tails.error,
        "engine": Words(("", *ENGINES), np.broadcast_to(_codes(tails.engine), counts.shape)),
    }


def _codes(engines: list[str]) -> npt.NDArray[np.intp]:
    """Return the place of each column's engine among ``ENGINES``, from 1; 0 where there was none."""
    return np.array([ENGINES.index(name) + 1 if name else 0 for name in engines], dtype=np.intp)[:, None]
