"""Ask a question of one's own beside the built-in ones, as a detector that ``detect_warnings`` takes.

A detector is a record: its name, whether it compares areas with each other or with their own past, the test, and
its words. The test is a function of a panel and a context that returns one row per test made, significant or not.
This one asks: in how many of the last fifteen years did an area change more than half of all areas did? If nothing
were special about it, each year would be a throw of a coin, so a binomial test answers. Run it with
``python examples/own_detector.py``.
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
                    "direction": "up" if more else "down",
                    "value": values.loc[area, context.period],
                    "effect": n / YEARS - 0.5,
                    "p": binomtest(int(n), YEARS).pvalue,
                    # the most unusual that fifteen throws can be: tests that could not succeed do not count
                    "p_floor": 2.0 * 0.5**YEARS,
                    "reason": "steady",
                    "details": {"n": int(n if more else YEARS - n), "years": YEARS},
                }
            )
    return as_findings(pd.DataFrame(found))


STEADY = Detector(
    "steady",
    "temporal",
    steady,
    words=Phrase("stetig in einer Richtung", "steadily in one direction"),
    sentences={
        "steady.up": Phrase(
            "In {n} der letzten {years} Jahre lag die Veränderung über der mittleren aller Bezirke.",
            "In {n} of the last {years} years the change was above the median of all districts.",
        ),
        "steady.down": Phrase(
            "In {n} der letzten {years} Jahre lag die Veränderung unter der mittleren aller Bezirke.",
            "In {n} of the last {years} years the change was below the median of all districts.",
        ),
    },
)


def main() -> None:
    """Print what the question of one's own adds to the report of 2024."""
    study = rg.load_study()
    usual = study.detect_warnings()
    more = study.detect_warnings(detectors=[*DETECTORS, STEADY])
    print(f"{len(usual)} warnings without, {len(more)} with the detector of our own")
    own = more[more["kinds"].str.contains(STEADY.name)]
    for sentence in own["sentence_de"]:
        print("-", sentence)
    print("Urgency:", own["urgency"].value_counts().to_dict(), "Status:", own["status"].value_counts().to_dict())


if __name__ == "__main__":
    main()
