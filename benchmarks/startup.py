"""Measure what a user waits for: the import, the boundaries, and the whole report from a cold start.

Run it with ``python benchmarks/startup.py``. Imports are medians of nine fresh processes, taken in turns;
the report runs once in a process of its own, on the shipped sample.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
import time

RUNS = 9
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


def main() -> None:
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

    with tempfile.TemporaryDirectory() as folder:
        command = "from regsam_geo.cli import main; main()"
        start = time.perf_counter()
        subprocess.run([sys.executable, "-c", command, "report", "--out", folder], check=True, capture_output=True)
        seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"report on the shipped sample, cold start: {seconds:.1f} s, peak memory {peak:.0f} MB")


if __name__ == "__main__":
    main()
