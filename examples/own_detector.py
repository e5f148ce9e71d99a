"""Ask a question of one's own beside the built-in ones, as a detector that ``detect_warnings`` takes.

A detector is a record: what its findings are called, what they compare, the function that makes them (one row per
test, significant or not), and their sentences. This one asks: in how many of the last fifteen years did an area
change more than half of all areas did? If nothing were special about it, each year would be a throw of a coin, so
a binomial test answers. Run it with ``python examples/own_detector.py``.
"""

from __future__ import annotations

import pandas as pd
from scipy.stats import binomtest

import regsam_geo as rg
from regsam_geo.text import Phrase
from regsam_geo.warning import DETECTORS, Context, Detector, as_findings

YEARS = 15


def steady(panel: rg.Panel, context: Context) -> pd.DataFrame:
    """Find areas that moved the same way year after year."""
    found = []
    rows = panel.data[(panel.data["level"] == "district") & (panel.data["period"] <= context.period)]
    for (indicator, group), part in rows.groupby(["indicator", "group"]):
        values = part.pivot_table(index="area_id", columns="period", values="value")
        changes = values.diff(axis=1).iloc[:, -YEARS:]
        if context.period not in changes or changes.shape[1] < YEARS:
            continue
        above = changes.gt(changes.median()).sum(axis=1)
        for area, n in above.items():
            more = n > YEARS / 2
            found.append(
                {
                    "indicator": indicator,
                    "group": group,
                    "period": context.period,
                    "level": "district",
                    "area_id": area,
                    "kind": "steady",
                    "direction": "up" if more else "down",
                    "value": values.loc[area, context.period],
                    "effect": n / YEARS - 0.5,
                    "p": binomtest(int(n), YEARS).pvalue,
                    "p_floor": 2.0 * 0.5**YEARS,
                    "reason": "steady",
                    "details": {"above": int(n), "below": YEARS - int(n), "years": YEARS},
                }
            )
    return as_findings(pd.DataFrame(found))


STEADY = Detector(
    name="steady",
    family="temporal",
    test=steady,
    words=Phrase("stetige Entwicklung", "steady development"),
    sentences={
        "steady.up": Phrase(
            "In {above} der letzten {years} Jahre lag die Veränderung über der mittleren aller Bezirke.",
            "In {above} of the last {years} years the change was above the median of all districts.",
        ),
        "steady.down": Phrase(
            "In {below} der letzten {years} Jahre lag die Veränderung unter der mittleren aller Bezirke.",
            "In {below} of the last {years} years the change was below the median of all districts.",
        ),
    },
)


def main() -> None:
    """Print what the question of one's own adds to the report of 2024."""
    study = rg.load_study()
    usual = study.detect_warnings()
    more = study.detect_warnings(detectors=(*DETECTORS, STEADY))
    print(f"{len(usual)} warnings without, {len(more)} with the detector of our own")
    for sentence in more.loc[more["kinds"].str.contains("steady"), "sentence_de"]:
        print("-", sentence)


if __name__ == "__main__":
    main()
