"""Read counts by month, see where there are unusually many, and draw the series behind it.

The figures in ``beratungsfaelle.csv`` are made up: one row per district, one column per month.
Run it with ``python examples/monthly_counts.py [FOLDER]``.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

import regsam_geo as rg
from regsam_geo.warning import DETECTORS

TABLE = Path(__file__).with_name("beratungsfaelle.csv")


def main(folder: str = ".") -> None:
    """Print the surges of the newest month and draw the first of them."""
    with TABLE.open(encoding="utf-8-sig", newline="") as file:
        months = next(csv.reader(file, delimiter=";"))[1:]
    columns = {"area": "Bezirk", "period": months}
    study = rg.Study(rg.read_indicators(TABLE, columns, indicator="Beratungsfälle (erfunden)"))
    # the one question about counts; without it all are asked
    surge = [detector for detector in DETECTORS if detector.name == "surge"]
    warnings = study.detect_warnings(detectors=surge)
    for sentence in warnings["sentence_de"]:
        print("-", sentence)
    print(study.protection_note)
    print(rg.save_figure(study.plot_warning(warnings.iloc[0]), Path(folder) / "beratungsfaelle.png"))


if __name__ == "__main__":
    main(*sys.argv[1:2])
