"""Is a step that was warned of seen as long as it stays, and is one that returns ended? Made steps in the sample.

In each made panel one area of every indicator has its values times 1 +- s from 2020 on (a step that stays) or in
2020 alone (one that returns); over the panels every area of every indicator has its turn. The reports of 2020 to
2024 are written as in ``replay``::

    python benchmarks/lives.py [--size 0.25] [--panels 25]
"""

from __future__ import annotations

import argparse
from collections import Counter

import numpy as np
import pandas as pd

import regsam_geo as rg

FIRST, LAST = 2020, 2024
SPREAD = 7
"""Areas of indicators that follow each other lie so many numbers apart."""
IN_A_ROW = 3


def stepped(number: int, factor: float, stays: bool) -> tuple[rg.Study, list[tuple[str, str]]]:
    """Return the sample with one area of each indicator changed, and which cells those are."""
    sample = rg.load_sample()
    data = sample.data.copy()
    names = sorted(data["indicator"].unique())
    areas = sorted(data.loc[data["level"] == "district", "area_id"].unique())
    cells = [(name, areas[(SPREAD * place + number) % len(areas)]) for place, name in enumerate(names)]
    last = LAST if stays else FIRST
    years = data["period"].isin([str(year) for year in range(FIRST, last + 1)])
    own = pd.MultiIndex.from_frame(data[["indicator", "area_id"]]).isin(cells) & (data["level"] == "district")
    for name in ("value", "numerator", "base_1"):
        data.loc[own & years, name] *= factor
    return rg.Study(rg.Panel(data, sample.catalogue), threshold=None), cells


def followed(study: rg.Study, cells: list[tuple[str, str]]) -> pd.DataFrame:
    """Return, per cell, its status in each report: ``""`` where it is not told, how it ended where it ended."""
    rows = {cell: dict.fromkeys(range(FIRST, LAST + 1), "") for cell in cells}
    for year, table in rg.replay(study, range(FIRST, LAST + 1)).reports.items():
        by_area = rg.warning.each_area(table)
        for name, area, status in by_area[["indicator", "area_id", "status"]].itertuples(index=False):
            if (name, area) in rows:
                rows[name, area][int(year)] = status
        for name, area, how in table.facts.ended[["indicator", "area_id", "how"]].itertuples(index=False):
            if (name, area) in rows:
                rows[name, area][int(year)] = how
    return pd.DataFrame.from_dict(rows, orient="index")


def seen_in_a_row(status: pd.Series) -> str:
    """Tell what became of a step that stays in the three reports from its first warning on."""
    warned = [year for year in status.index if status[year] in ("new", "returning")]
    if not warned or warned[0] + IN_A_ROW - 1 > LAST:
        return "not warned of"
    told = [status[year] for year in range(warned[0], warned[0] + IN_A_ROW)]
    if all(word in ("new", "continuing", "open", "returning") for word in told):
        return "seen in three reports in a row"
    return "ended: its level had returned" if "returned" in told else "not told: " + " ".join(told)


def ended(status: pd.Series) -> str:
    """Tell what became of a step that returned after one year."""
    if status[FIRST] not in ("new", "continuing", "returning"):
        return "not warned of"
    over = [year for year in status.index if status[year] == "returned"]
    return f"ended in {over[0]}" if over else "not ended, last told as " + (status[LAST] or "nothing")


def main() -> None:
    """Print what became of all steps."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=0.25)
    parser.add_argument("--panels", type=int, default=25)
    options = parser.parse_args()
    for stays, tell in ((True, seen_in_a_row), (False, ended)):
        counted: Counter[tuple[str, str]] = Counter()
        for sign in (1, -1):
            for number in np.linspace(0, 25, options.panels, endpoint=False).astype(int):
                study, cells = stepped(int(number), 1 + sign * options.size, stays)
                table = followed(study, cells)
                for cell, status in table.iterrows():
                    counted["up" if sign > 0 else "down", tell(status)] += 1
                    if tell(status).startswith(("not told", "not ended", "ended:")):
                        print(cell, status.to_dict(), tell(status), flush=True)
        print("stays" if stays else "returns")
        print(pd.Series(counted).sort_index().to_string(), flush=True)


if __name__ == "__main__":
    main()
