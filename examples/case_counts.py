"""Count a million case records by place, quarter and kind: from a file that is read piece by piece.

The records are made up, from a seed: a point in Munich or beside it, a day, a kind; none of them is a person.
Run it with ``python examples/case_counts.py [FOLDER]``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import pandas as pd

import regsam_geo as rg

RECORDS = 1_000_000


def make_records(path: Path) -> None:
    """Write the records as a Parquet file; a CSV is read the same way, and takes longer to write."""
    random = np.random.default_rng(2024)
    west, south, east, north = rg.load_boundaries("district").total_bounds
    # denser in the middle of the city
    x = random.normal((west + east) / 2, (east - west) / 6, RECORDS).round(1)
    y = random.normal((south + north) / 2, (north - south) / 6, RECORDS).round(1)
    x[:500] = np.nan
    day = pd.Timestamp("2023-01-01") + pd.to_timedelta(random.integers(0, 730, RECORDS), unit="D")
    kind = random.choice(["Beratung", "Jugendhilfe", "Wohnungssicherung"], RECORDS, p=[0.6, 0.3, 0.1])
    pd.DataFrame({"x": x, "y": y, "datum": day, "Art": kind}).to_parquet(path)


def main(folder: str = ".") -> None:
    """Count the records into quarters and draw those of the last year."""
    path = Path(folder) / "faelle_erfunden.parquet"
    make_records(path)
    counted = rg.count_cases(path, "quarter", "year", by="Art", name="Fälle (erfunden)")
    report = counted.report
    print(f"{report.records:,} records, {report.counted:,} counted, {report.outside:,} outside of Munich,")
    print(f"{report.without_place:,} without coordinates, {report.on_border:,} on a border")
    newest = counted.sel(group="insgesamt", period=2024).data.sort_values("value", ascending=False)
    print(newest[["area_id", "value"]].head(3).to_string(index=False))
    study = rg.Study(counted, period=2024)
    print(rg.save_figure(study.plot_map("Fälle (erfunden)", regions=False), Path(folder) / "faelle.png"))
    path.unlink()


if __name__ == "__main__":
    main(*sys.argv[1:])
