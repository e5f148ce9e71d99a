"""How far projections of need would have been off, and how many true values their ranges would have held.

``python benchmarks/projection.py``: every shipped rate of the 25 districts, projected from 2010 to 2015, from 2015
to 2020 and from 2014 to 2024, with the people that there were. A range that is to hold 80 % is made of years up to
the year of origin alone.
"""

from __future__ import annotations

import numpy as np

import regsam_geo as rg
from regsam_geo.places.projection_rules import RULES, backtest

PAIRS = ((2010, 2015), (2015, 2020), (2014, 2024))


def main() -> None:
    """Print one line for each rule, pair of years and indicator, and the means."""
    panel = rg.load_sample()
    for rule in RULES:
        for origin, target in PAIRS:
            tests = []
            for name in panel.indicators:
                rows = panel.sel(name, level="district").data
                years = sorted(int(period) for period in rows["period"].unique())
                # density has an area and no people below the line
                if name == "Bevölkerungsdichte" or years[0] > origin:
                    continue
                wide = [
                    rows.pivot_table(index="area_id", columns="period", values=column, aggfunc="first").to_numpy(
                        float
                    )
                    for column in ("numerator", "denominator")
                ]
                first, last = years.index(origin), years.index(target)
                test = backtest(*wide, rule, first, last, 0.8)
                tests.append(test)
                print(
                    f"{rule} {origin}-{target} {name}: median {100 * test.median_error:.1f} %, "
                    f"sum {100 * test.sum_error:+.1f} %, covered {test.covered:.2f}"
                )
            off = 100 * np.nanmean([test.median_error for test in tests])
            held = [test.covered for test in tests if np.isfinite(test.covered)]
            print(
                f"== {rule} {origin}-{target}: {len(tests)} indicators, covered {np.mean(held):.3f} "
                f"({len(held)} with a range), median error {off:.1f} %"
            )


if __name__ == "__main__":
    main()
