"""Time and memory of reading a CSV of a million rows, and of five, beside pandas.read_csv of the same file.

Run it with ``python benchmarks/large_csv.py [--rows 1000000 ...]``. Each reading is a process of its own, whose
CPU seconds and largest memory the system counts. What the two do is not the same: ``read_indicators`` returns a
checked, sorted panel with catalogue, pandas the columns as they stand.
"""

from __future__ import annotations

import argparse
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

import numpy as np

_READ = {
    "pandas.read_csv": "import pandas as pd; read = lambda path: pd.read_csv(path, sep=';', decimal=',')",
    "regsam_geo.read_indicators": """
import regsam_geo as rg
rg.load_boundaries("district")  # what is loaded once is not counted
read = rg.read_indicators""",
}
_COUNTED = """
import resource, sys, time
{imports}
def used():
    found = resource.getrusage(resource.RUSAGE_SELF)
    return found.ru_utime, found.ru_stime, found.ru_maxrss
before, started = used(), time.perf_counter()
read(sys.argv[1])
after = used()
print(after[0] - before[0], after[1] - before[1], time.perf_counter() - started, after[2] / 1e6)
"""


def write_table(path: Path, n: int) -> None:
    """Write a table of one's own: 25 districts, 240 months, as many indicators as it takes."""
    chosen = np.random.default_rng(1)
    months = [f"{year}-{month:02d}" for year in range(2004, 2024) for month in range(1, 13)]
    left = n
    with path.open("w", encoding="utf-8") as file:
        file.write("Bezirk;Monat;Merkmal;Wert\n")
        for indicator in range(-(-n // (25 * len(months)))):
            for month in months:
                values = chosen.integers(0, 10_000, 25) / 10
                lines = [
                    f"{area:02d};{month};Merkmal {indicator};{value}".replace(".", ",") + "\n"
                    for area, value in enumerate(values, start=1)
                ][:left]
                file.writelines(lines)
                left -= len(lines)


def main() -> None:
    """Print CPU seconds and the largest memory of each reading."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 5_000_000])
    parser.add_argument("--file", type=Path, help="measure this file instead")
    options = parser.parse_args()
    print(f"{platform.machine()}, Python {platform.python_version()}; CPU in user mode + in the system")
    with tempfile.TemporaryDirectory() as folder:
        for n in [0] if options.file else options.rows:
            path = options.file or Path(folder) / "table.csv"
            if not options.file:
                write_table(path, n)
            print(f"{path.name}, {n or '?'} rows, {path.stat().st_size / 1e6:.0f} MB")
            for name, imports in _READ.items():
                code = _COUNTED.format(imports=imports)
                done = subprocess.run(
                    [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
                )
                user, system, wall, peak = map(float, done.stdout.split()[-4:])
                print(
                    f"{name:28s} {user:6.2f} + {system:5.2f} s, {wall:5.1f} s on the clock, {peak:5.2f} GB at most"
                )


if __name__ == "__main__":
    main()
