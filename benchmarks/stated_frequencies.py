"""Frequencies that were counted in past comparisons, beside how often such comparisons came in the next year.

The headline series of a folder of original files that are not shipped. For each year from 2014 on, each comparison
of the kind ``change`` and ``drift`` is given the frequency that a sentence would state: in how many of the
comparisons of the ten years before it was as unusual. Then it is counted how often comparisons with such a
frequency occur. In a class from 1 to 2 %, say, 1 % of all comparisons should lie::

    python benchmarks/stated_frequencies.py --folder PATH
"""

from __future__ import annotations

import argparse
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from temporal_injection import other_series

from regsam_geo.warning import Context
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import DRIFT
from regsam_geo.warning.schema.cube import cubes

CLASSES = (0.0, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 1.0)
BACK = 10
FIRST, LAST = 2014, 2024
ENOUGH = 30


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folder", type=Path, required=True)
    panel = other_series(parser.parse_args().folder)
    p: dict[tuple[str, int], np.ndarray] = {}
    for year in range(FIRST - BACK, LAST + 1):
        found = [cube for cube in cubes(panel, str(year)) if cube.level == "district"]
        for detector in (CHANGE, DRIFT):
            assert detector.past is not None
            values = [detector.past.p(cube, Context(str(year))).ravel() for cube in found]
            values = np.concatenate(values) if values else np.zeros(0)
            p[detector.name, year] = np.sort(values[np.isfinite(values)])
    rows = []
    for kind in ("change", "drift"):
        stated = []
        for year in range(FIRST, LAST + 1):
            past = np.sort(np.concatenate([p[kind, year - back] for back in range(1, BACK + 1)]))
            if len(past) >= 100:
                stated.append(np.searchsorted(past, p[kind, year], side="right") / len(past))
        each = np.concatenate(stated)
        for low, high in pairwise(CLASSES):
            expected = (high - low) * len(each)
            # the lowest class holds what no earlier comparison was as unusual as
            observed = int(((each > low) & (each <= high)).sum()) + (int((each == 0).sum()) if low == 0 else 0)
            rows.append(
                (kind, f"{low:.2%} - {high:.2%}", expected, observed, observed / expected, expected >= ENOUGH)
            )
    columns = ["kind", "class", "expected", "observed", "ratio", "enough"]
    print(pd.DataFrame(rows, columns=columns).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
