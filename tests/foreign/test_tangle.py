"""Tangled polygons: what counts their edges in cells never says that there are fewer pairs than there are."""

from __future__ import annotations

import numpy as np
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.foreign import RefusedFileError, check_tangle
from regsam_geo.foreign.tangle import _surely_few


def pairs_that_meet(low, high):
    apart = ((low[:, None] > high[None]) | (high[:, None] < low[None])).any(axis=2)
    return int((~apart).sum())


@pytest.mark.parametrize("seed", range(12))
def test_cells_count_at_least_the_pairs_that_meet(seed):
    rng = np.random.default_rng(seed)
    low = np.round(rng.normal(0, 10.0 ** rng.integers(-3, 4), (600, 2)), int(rng.integers(0, 3))) + 5_000_000
    wide = rng.exponential(1.0, (600, 2)) * rng.choice([0.01, 1, 30], (600, 2), p=[0.3, 0.68, 0.02])
    high = low + np.round(wide, 2)
    true = pairs_that_meet(low, high)
    assert not _surely_few(low, high, true - 1)
    assert not _surely_few(low, high, 0)


def test_usual_layers_need_no_tree(monkeypatch):
    def tree(*_):
        raise AssertionError("asked a tree")

    monkeypatch.setattr("regsam_geo.foreign.tangle._pairs", tree)
    for level in ("district", "quarter"):
        areas = rg.load_boundaries(level)
        check_tangle(areas.geometry.to_numpy())
        check_tangle(areas.to_crs(4326).geometry.to_numpy())


@pytest.mark.parametrize("far", [1e3, 1e300, 1.7e308])
def test_numbers_out_of_reach_are_left_to_the_tree(far):
    points = np.array([[0.0, 0.0], [far, 0.0], [far, far], [0.0, far]])
    low, high = np.minimum(points, np.roll(points, 1, axis=0)), np.maximum(points, np.roll(points, 1, axis=0))
    assert _surely_few(-low, high, 1) is False
    assert _surely_few(low, low, 1_000) is False


def test_a_star_of_long_edges_is_refused():
    turn = np.linspace(0, 2 * np.pi, 3001) * 1500.3
    star = shapely.polygons(np.column_stack([np.cos(turn), np.sin(turn)]) * 1000)
    with pytest.raises(RefusedFileError):
        check_tangle(np.array([star]))
