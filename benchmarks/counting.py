"""Cases counted into the 475 quarters: equal to geopandas.sjoin, how much faster, and how much memory by length.

``python benchmarks/counting.py [FOLDER]``; the files take 3 GB there. Seconds are those of the processor, user and
system, of one process each; memory is the most that a process held.
"""

from __future__ import annotations

import json
import logging
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

LENGTHS = (1_000_000, 3_000_000, 10_000_000)
LONG = 30_000_000
KINDS = np.array(["Beratung", "Jugendhilfe", "Schuldnerberatung", "Wohnungssicherung"], dtype=object)


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def chunk(n: int, seed: int) -> pd.DataFrame:
    import regsam_geo as rg

    rng = np.random.default_rng(seed)
    west, south, east, north = rg.load_boundaries("district").total_bounds
    return pd.DataFrame(
        {
            "x": rng.uniform(west, east, n).round(2),
            "y": rng.uniform(south, north, n).round(2),
            "datum": pd.Timestamp("2023-01-01") + pd.to_timedelta(rng.integers(0, 731, n), unit="D"),
            "Art": rng.choice(KINDS, n),
        }
    )


def write(path: Path, n: int) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    writer = None
    for number in range(n // 1_000_000):
        made = chunk(1_000_000, number)
        if path.suffix == ".csv":
            made.to_csv(path, mode="a", header=number == 0, index=False, date_format="%Y-%m-%d")
        else:
            table = pa.Table.from_pandas(made)
            writer = writer or pq.ParquetWriter(path, table.schema)
            writer.write_table(table)
    if writer is not None:
        writer.close()


def count(path: str) -> dict[str, Any]:
    import regsam_geo as rg

    logging.disable()
    rg.load_boundaries("quarter")
    start = cpu()
    report = rg.count_cases(path, "quarter", by="Art").report
    seconds = cpu() - start
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"records": report.records, "counted": report.counted, "cpu_s": seconds, "peak_mb": megabytes}


def sjoin() -> dict[str, Any]:
    import geopandas as gpd

    import regsam_geo as rg

    logging.disable()
    records = chunk(1_000_000, 7)
    quarters = rg.load_boundaries("quarter")
    # both are loaded: what is measured is the counting
    rg.count_cases(records.head(1_000), "district")
    gpd.sjoin(gpd.GeoDataFrame(geometry=gpd.points_from_xy([0], [0]), crs=25832), quarters)
    layer = gpd.GeoDataFrame({"place": np.arange(len(quarters))}, geometry=quarters.geometry.to_numpy(), crs=25832)
    start = cpu()
    points = gpd.GeoDataFrame(records, geometry=gpd.points_from_xy(records["x"], records["y"]), crs=25832)
    joined = gpd.sjoin(points, layer, predicate="intersects").sort_values("place", kind="stable")
    first = joined[~joined.index.duplicated()]
    ids = quarters.index.to_numpy()[first["place"]]
    theirs = first.groupby([ids, first["datum"].dt.year.astype(str), first["Art"]]).size()
    their_seconds = cpu() - start
    start = cpu()
    panel = rg.count_cases(records, quarters, by="Art")
    our_seconds = cpu() - start
    rows = panel.data[(panel.data["group"] != "insgesamt") & (panel.data["value"] > 0)]
    ours = rows.set_index(["area_id", "period", "group"])["value"].astype(int)
    return {
        "equal": ours.to_dict() == theirs.to_dict(),
        "sjoin_s": their_seconds,
        "count_cases_s": our_seconds,
        "times": their_seconds / our_seconds,
    }


def apart(*words: str) -> dict[str, Any]:
    """Run one of the jobs above in a process of its own."""
    done = subprocess.run([sys.executable, __file__, *words], check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def main() -> None:
    if sys.argv[1:2] == ["--count"]:
        print(json.dumps(count(sys.argv[2])))
        return
    if sys.argv[1:2] == ["--sjoin"]:
        print(json.dumps(sjoin()))
        return
    print("one million in a frame:", apart("--sjoin"), flush=True)
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if sys.argv[1:] else None) as folder:
        for ending in ("parquet", "csv"):
            for n in (*LENGTHS, LONG) if ending == "parquet" else LENGTHS:
                path = Path(folder) / f"{n}.{ending}"
                write(path, n)
                print(ending, apart("--count", str(path)), flush=True)
                path.unlink()


if __name__ == "__main__":
    main()
