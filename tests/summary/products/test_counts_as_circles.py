"""A report draws counts as circles, and numbers that may be negative as colors."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.collections import PathCollection

import regsam_geo as rg
from regsam_geo.summary.facts.report_facts import gather_report_facts
from regsam_geo.summary.products.map_files import MapFiles

IDS = [f"{number:02}" for number in range(1, 26)]


def labels_of(figure):
    return {one.get_label() for one in figure.findobj(PathCollection)}


def test_counts_are_circles_and_a_balance_is_colored():
    rng = np.random.default_rng(4)
    rows = [
        pd.DataFrame({"indicator": name, "period": year, "area_id": IDS, "value": values})
        for year in (2023, 2024)
        for name, values in (
            ("Beratene", rng.poisson(80, 25).astype(float)),
            ("Saldo", rng.poisson(80, 25) - 90.0),
        )
    ]
    about = {"Beratene": {"summable": True, "counts_persons": True}, "Saldo": {"summable": True}}
    panel = rg.Panel.from_frame(pd.concat(rows)).with_catalogue(about)
    facts = gather_report_facts(rg.Study(panel, lang="de", counts={"Saldo": False}), 2024)
    files = MapFiles(facts)
    drawn = {one.naming.indicator: labels_of(files._draw(one)) for one in facts.maps}
    assert "symbols" in drawn["Beratene"]
    assert "areas" not in drawn["Beratene"]
    assert "areas" in drawn["Saldo"]
    assert "symbols" not in drawn["Saldo"]
