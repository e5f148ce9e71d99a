"""Cases counted on a cluster of two processes that the test starts: the same counts, and no half result."""

from __future__ import annotations

import os
import signal

import pandas as pd
import pytest
from made_records import as_series, made_records, same

import regsam_geo as rg
from regsam_geo.errors import InputError

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module")
def frames():
    return pytest.importorskip("dask.dataframe")


@pytest.fixture(scope="module")
def cluster():
    dask = pytest.importorskip("dask")
    distributed = pytest.importorskip("distributed")
    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0, "distributed.comm.timeouts.connect": "10s"}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
        ) as workers,
        distributed.Client(workers) as client,
    ):
        yield client


@pytest.fixture(scope="module")
def records() -> pd.DataFrame:
    whole = made_records(30_000, seed=5)
    return pd.concat([whole, whole.iloc[::10]], ignore_index=True)


def test_two_processes_count_the_same_to_the_last_case(cluster, frames, records):
    here = rg.count_cases(records, by="Art")
    there = rg.count_cases(frames.from_pandas(records, npartitions=7), by="Art")
    assert len(cluster.scheduler_info()["workers"]) == 2
    assert same(as_series(there), as_series(here))
    pd.testing.assert_frame_equal(there.data, here.data)
    assert there.report == here.report
    assert there.report.twice == 3_000


def test_points_of_dask_geopandas_are_counted_where_they_lie(cluster, records):
    import geopandas as gpd

    layers = pytest.importorskip("dask_geopandas")
    points = gpd.GeoDataFrame(
        records.drop(columns=["x", "y"]), geometry=gpd.points_from_xy(records["x"], records["y"]), crs="EPSG:25832"
    )
    there = rg.count_cases(layers.from_geopandas(points, npartitions=3), by="Art")
    here = rg.count_cases(records, by="Art")
    pd.testing.assert_frame_equal(there.data, here.data)


def test_a_broken_partition_is_named_and_nothing_is_counted(cluster, frames, records):
    def break_one(rows: pd.DataFrame, partition_info: dict | None = None) -> pd.DataFrame:
        if partition_info and partition_info["number"] == 3:
            return rows.rename(columns={"datum": "Datum"})
        return rows

    whole = frames.from_pandas(records, npartitions=5)
    broken = whole.map_partitions(break_one, meta=whole._meta)
    with pytest.raises(InputError, match=r"Teil 4 von 5 lässt sich nicht zählen.*halbes") as caught:
        rg.count_cases(broken, "district")
    assert caught.value.code == "records_piece"


def test_without_a_cluster_a_broken_partition_is_named_too(frames, records):
    import dask

    whole = frames.from_pandas(records, npartitions=3)
    broken = whole.map_partitions(lambda rows: rows.drop(columns="Art"), meta=whole._meta)
    with dask.config.set(scheduler="synchronous"), pytest.raises(InputError, match=r"Teil \d von 3"):
        rg.count_cases(broken, "district", by="Art")


def test_a_lost_worker_is_told_and_nothing_is_counted(cluster, frames, records):
    def kill(rows: pd.DataFrame, partition_info: dict | None = None) -> pd.DataFrame:
        if partition_info and partition_info["number"] == 2:
            os.kill(os.getpid(), signal.SIGKILL)
        return rows

    whole = frames.from_pandas(records, npartitions=4)
    with pytest.raises(InputError, match=r"Teil \d von 4 ging verloren") as caught:
        rg.count_cases(whole.map_partitions(kill, meta=whole._meta), "district")
    assert caught.value.code == "records_worker"
