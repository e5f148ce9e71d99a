"""Speed of reading the largest workbook of the city beside pandas.read_excel of the same file.

Run it with ``python benchmarks/reading.py indikatorenatlas_2025-08_export_be.xlsx [--openpyxl]``. What the two do
is not the same: ``read_indicators`` returns a checked panel with catalogue (decimal commas read, signs kept, areas
recognised, scales proved on every series), pandas the cells of one sheet as they stand.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import time
from collections.abc import Callable
from pathlib import Path

import pandas as pd

import regsam_geo as rg


def seconds(job: Callable[[], object], repeats: int) -> tuple[float, float]:
    """Return the best and the median time of several runs."""
    times = []
    for _ in range(repeats):
        started = time.process_time()
        job()
        times.append(time.process_time() - started)
    return min(times), statistics.median(times)


def main() -> None:
    """Print CPU seconds and their ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workbook", type=Path)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--openpyxl", action="store_true", help="time openpyxl too (slow)")
    options = parser.parse_args()
    path = options.workbook

    sheet = next(name for name in pd.ExcelFile(path, engine="calamine").sheet_names if name not in ("INHALT",))
    rows = len(pd.read_excel(path, sheet_name=sheet, engine="calamine"))
    rg.load_boundaries("district")  # what is loaded once is not timed
    print(f"{path.name}, sheet {sheet}: {rows:,} rows; {platform.machine()}, Python {platform.python_version()}")
    base, _ = seconds(lambda: pd.read_excel(path, sheet_name=sheet, engine="calamine"), options.repeats)
    print(f"pandas.read_excel, calamine  {base:6.2f} s CPU")
    own, median = seconds(lambda: rg.read_indicators(path), options.repeats)
    print(f"regsam_geo.read_indicators   {own:6.2f} s CPU (median {median:.2f}), {own / base:.2f} x pandas")
    if options.openpyxl:
        slow, _ = seconds(lambda: pd.read_excel(path, sheet_name=sheet, engine="openpyxl"), 1)
        print(f"pandas.read_excel, openpyxl  {slow:6.2f} s CPU, {slow / own:.1f} x read_indicators")


if __name__ == "__main__":
    main()
