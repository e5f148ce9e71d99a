"""Sum the shipped figures to three planning regions of one's own and set them beside the city.

The regions in ``own_regions.geojson`` are made up for this example: a few corners on a 100 m grid. A district
counts for the region that holds at least 90 % of it. Run it with ``python examples/own_regions.py [FOLDER]``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import regsam_geo as rg

LAYER = Path(__file__).with_name("own_regions.geojson")


def main(folder: str = ".") -> None:
    """Print a table for 2024 and write the sums of all years as a workbook."""
    regions = rg.read_boundaries(LAYER, id_column="planungsregion", name_column="bezeichnung")
    study = rg.Study(rg.load_sample(), regions)

    table = study.compare_areas().query("period == '2024'")
    table = table.assign(region=table["area_id"].map(regions["name"]))
    print(table[["indicator", "region", "value", "city", "ratio"]].round(2).to_string(index=False))

    target = Path(folder) / "eigene_regionen.xlsx"
    print(rg.write_indicators(study.subject, target))


if __name__ == "__main__":
    main(*sys.argv[1:])
