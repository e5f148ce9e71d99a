"""How long disclosure control takes on 475 quarters x 20 indicators, and how far it is from the optimum.

Run from the root of the repo: ``python benchmarks/disclosure.py``. The figures stand in ``docs/disclosure.md``.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "indicators" / "disclosure"))

from panels import LAYERS, made_panel
from test_optimum import DIVISION, compare

import regsam_geo as rg


def quarters(share: float) -> rg.Panel:
    parts = [
        made_panel(seed, LAYERS[-1], people=(40, 4000), indicator=f"Indikator {seed:02d}", mean=share)
        for seed in range(20)
    ]
    return rg.Panel(pd.concat([p.data for p in parts]), pd.concat([p.catalogue for p in parts]))


def timed(function, *arguments):
    before = time.process_time(), time.perf_counter()
    result = function(*arguments)
    return result, time.process_time() - before[0], time.perf_counter() - before[1]


def speed() -> None:
    rg.protect(made_panel(0, LAYERS[-1]))  # loads the boundaries
    for words, share in (("some", 6.0), ("many", 1.0)):
        panel = quarters(share)
        safe, cpu, wall = timed(rg.protect, panel)
        audit, audit_cpu, audit_wall = timed(rg.audit_disclosure, safe)
        small = int(panel.data["numerator"].between(1, 2).sum())
        hidden = int((safe.data["sign"] == "suppressed").sum())
        print(
            f"{words} small counts: {len(panel)} rows, {small} small, {hidden} hidden; "
            f"protect {cpu:.1f} s CPU ({wall:.1f} s), audit {audit_cpu:.1f} s CPU ({audit_wall:.1f} s), "
            f"{len(audit.leaks)} leaks"
        )
    sample = rg.load_sample()
    safe, cpu, _ = timed(rg.protect, sample)
    audit, audit_cpu, _ = timed(rg.audit_disclosure, sample)
    print(
        f"sample: {len(sample)} rows, unchanged: {safe is sample}, protect {cpu:.2f} s CPU, "
        f"audit {audit_cpu:.2f} s CPU, {len(audit.leaks)} leaks"
    )


def optimum() -> None:
    for words, layer, groups, seeds in (
        ("districts and city", 0, ("insgesamt",), range(300, 400)),
        ("districts, regions, city", 1, ("insgesamt",), range(300, 400)),
        ("districts and regions", 2, ("insgesamt",), range(300, 400)),
        ("districts and city, men and women", 0, DIVISION, range(300, 320)),
        ("districts and regions, men and women", 2, DIVISION, range(300, 320)),
    ):
        ours, best = compare(seeds, layer, groups)
        worst = np.max((ours - best) / np.maximum(best, 1))
        print(
            f"{words}: {len(best)} panels, {ours.sum():.0f} secondary cells, optimum {best.sum():.0f} "
            f"(+{100 * (ours.sum() / best.sum() - 1):.1f} %), at the optimum {np.mean(ours <= best + 1e-6):.0%}, "
            f"worst +{100 * worst:.0f} %"
        )


if __name__ == "__main__":
    speed()
    optimum()
