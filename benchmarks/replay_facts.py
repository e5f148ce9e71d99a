"""What became of warnings and of the ten places of past reports: the facts of the replay, counted.

Reports of 2006 to 2024 of the shipped sample, as ``replay`` writes them. Of each place that a report lists next to
its warnings it is counted whether it warned in one of the next two reports, was listed again, and whether at least
half of its deviation was still there two years later (the median change of all areas taken out)::

    python benchmarks/replay_facts.py
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

import regsam_geo as rg

FIRST, LAST, LATER = 2006, 2024, 2


def cells(table: pd.DataFrame) -> set[tuple[str, str]]:
    """Return indicator and area of each row of a report."""
    return set(zip(table["indicator"], table["area_id"], strict=True))


def places(past: rg.warning.Replay, values: pd.Series) -> Iterator[dict[str, object]]:
    """Return what became of each listed place of the reports that two later ones stand behind."""
    for year in range(FIRST, LAST - LATER + 1):
        warned, listed = set(), set()
        for later in range(year + 1, year + LATER + 1):
            report = past.reports[str(later)]
            by_area = rg.warning.each_area(report)
            warned |= cells(by_area[by_area["status"] != "open"])
            listed |= cells(report.facts.next_places)
        for row in past.reports[str(year)].facts.next_places.to_dict("records"):
            change = np.log(values[row["indicator"], str(year + LATER)] / values[row["indicator"], str(year)])
            away = np.log(row["value"] / row["expected"])
            left = away + change[row["area_id"]] - change.median()
            cell = (row["indicator"], row["area_id"])
            yield {
                "year": year,
                "kind": row["kind"],
                "rank": row["rank"],
                "warned": cell in warned,
                "listed again": cell in listed,
                "half left": bool(left * np.sign(away) >= abs(away) / 2),
            }


def main() -> None:
    """Print the warnings, what ended, and what became of the places."""
    pd.set_option("display.width", 200, "display.max_rows", 400, "display.max_columns", 20)
    sample = rg.load_sample()
    past = rg.replay(rg.Study(sample), range(FIRST, LAST + 1))
    print(past.summary.round(2).to_string())
    for year, table in past.reports.items():
        for row in table[table["status"] != "open"].to_dict("records"):
            print(year, row["status"], row["urgency"], row["indicator"], row["areas"], row["kinds"], end=" ")
            print(f"{row['value']:g} instead of {row['expected']:.4g}, q = {row['q']:.2g}")
        for row in table.facts.ended.to_dict("records"):
            print(f"{year} {row['how']}: {row['indicator']}, {row['area_id']}, since {row['since']}")
    districts = sample.data[sample.data["level"] == "district"]
    values = districts.set_index(["indicator", "period", "area_id"])["value"]
    found = pd.DataFrame(places(past, values))
    columns = ["warned", "listed again", "half left"]
    print(found.groupby("kind")[columns].agg(["sum", "count"]).to_string())
    print(found.assign(first=found["rank"] <= 3).groupby("first")[columns].agg(["sum", "count"]).to_string())
    print(found[columns].agg(["sum", "count"]).to_string())


if __name__ == "__main__":
    main()
