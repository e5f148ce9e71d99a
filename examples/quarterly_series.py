"""Read a wide table of quarters, see what the newest one says, and draw the series behind it.

The figures in ``quartale.csv`` are made up: one row per district, one column per quarter.
Run it with ``python examples/quarterly_series.py [FOLDER]``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import regsam_geo as rg

TABLE = Path(__file__).with_name("quartale.csv")


def main(folder: str = ".") -> None:
    """Print the warnings of the newest quarter and draw the first of them."""
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        quarters = next(csv.reader(file, delimiter=";"))[1:]
    columns = {"area": "Bezirk", "period": quarters}
    study = rg.Study(rg.read_indicators(TABLE, columns, indicator="Fälle je 1.000 (erfunden)"))
    warnings = study.detect_warnings()
    for sentence in warnings["sentence_de"]:
        print("-", sentence)
    print(rg.save_figure(study.plot_warning(warnings.iloc[0]), Path(folder) / "quartale.png"))


if __name__ == "__main__":
    main(*sys.argv[1:2])
