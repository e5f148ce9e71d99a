"""Draw the maps of a meeting from a table of one's own: one map per year in shared classes, and what has changed.

The figures in ``familienzentren.csv`` are made up. Run it with ``python examples/maps_from_csv.py [FOLDER]``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import regsam_geo as rg

NAME = "Plätze in Familienzentren je 100 Kinder"
TABLE = Path(__file__).with_name("familienzentren.csv")
COLUMNS = {
    "area": "Stadtbezirk",
    "period": "Jahr",
    "value": "Plätze je 100 Kinder",
    "numerator": "Plätze",
    "denominator": "Kinder unter 6",
}


def main(folder: str = ".") -> None:
    """Write three maps into ``folder``."""
    panel = rg.read_indicators(TABLE, COLUMNS, indicator=NAME)
    study = rg.Study(panel.with_catalogue({NAME: {"source": "eigene Zählung (erfunden)"}}))
    figures = {
        "karte": study.plot_map(NAME, labels="value"),
        "jahre": study.plot_map_series(NAME),
        "veraenderung": study.plot_change_map(NAME, panel.periods[0], panel.periods[-1]),
    }
    for name, figure in figures.items():
        print(rg.save_figure(figure, Path(folder) / f"familienzentren-{name}.png"))


if __name__ == "__main__":
    main(*sys.argv[1:2])
