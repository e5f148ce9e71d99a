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
    panel = rg.read_indicators(TABLE, columns=COLUMNS, indicator=NAME)
    panel = panel.with_catalogue({NAME: {"source": "eigene Zählung (erfunden)"}})
    newest = panel.periods[-1]
    figures = {
        "karte": rg.plot_map(None, panel.sel(period=newest), labels="value"),
        "jahre": rg.plot_map_series(None, panel),
        "veraenderung": rg.plot_change_map(None, panel, panel.periods[0], newest),
    }
    for name, figure in figures.items():
        print(rg.save_figure(figure, Path(folder) / f"familienzentren-{name}.png"))


if __name__ == "__main__":
    main(*sys.argv[1:2])
