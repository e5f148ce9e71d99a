"""Measure what a user waits for: the import, the boundaries, and the whole report from a cold start.

Run it with ``python benchmarks/startup.py``. Imports are medians of nine fresh processes, taken in turns;
the report and the packs of all regions run in processes of their own, on the shipped sample, three times each, in
turns with another checkout where its ``src`` is named:

    python benchmarks/startup.py --against ../before/src
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

RUNS = 9
WRITINGS = 3
WRITTEN = {
    "report": "import sys, regsam_geo as rg; rg.write_report(rg.load_study(), sys.argv[1])",
    "packs": "import sys, regsam_geo as rg; rg.write_meeting_pack(rg.load_study(), 'all', sys.argv[1])",
}
IMPORTS = {"geopandas": "import geopandas", "regsam_geo": "import regsam_geo"}
LAYERS = """
import time
import regsam_geo as rg
rg.read_division()
start = time.perf_counter()
for level in ("district", "subdistrict", "quarter", "region"):
    rg.load_boundaries(level)
print(time.perf_counter() - start)
"""


def seconds_of(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
    return time.perf_counter() - start


def written(code: str, source: Path) -> tuple[float, float]:
    """Return user seconds and seconds of one run in a process of its own, with the code below a folder."""
    with tempfile.TemporaryDirectory() as folder:
        start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        subprocess.run(
            [sys.executable, "-c", code, folder],
            check=True,
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(source.resolve())},
        )
        used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before
        return used, time.perf_counter() - start


def main(against: Sequence[Path]) -> None:
    empty = statistics.median(seconds_of("pass") for _ in range(RUNS))
    taken: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(RUNS):
        for name, code in IMPORTS.items():
            taken[name].append(seconds_of(code))
    medians = {name: statistics.median(values) - empty for name, values in taken.items()}
    for name, value in medians.items():
        print(f"import {name:12} {value:6.3f} s beyond an empty interpreter")
    print(f"ratio regsam_geo / geopandas: {medians['regsam_geo'] / medians['geopandas']:.2f}")

    layers = statistics.median(
        float(subprocess.run([sys.executable, "-c", LAYERS], check=True, capture_output=True, text=True).stdout)
        for _ in range(RUNS)
    )
    print(f"all four boundary levels, first load: {layers:.2f} s")

    here = Path(__file__).parents[1] / "src"
    for name, code in WRITTEN.items():
        runs: dict[Path, list[tuple[float, float]]] = {place: [] for place in (here, *against)}
        for _ in range(WRITINGS):
            for place, known in runs.items():
                known.append(written(code, place))
        for place, known in runs.items():
            cpu, wall = (statistics.median(one) for one in zip(*known, strict=True))
            print(f"{name}, cold start, {place}: {cpu:.1f} s of the processor, {wall:.1f} s")
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"peak memory of any of them: {peak:.0f} MB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--against", type=Path, nargs="*", default=[], help="src of other checkouts")
    main(parser.parse_args().against)
