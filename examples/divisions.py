"""Two divisions of the city side by side: the same figures, each summed to its groups, each protecting the other.

``handlungsraeume.csv`` lists five districts in two groups (one is the city's, one is made up); the other division
is written down here and overlaps with it. Run it with ``python examples/divisions.py``.
"""

from __future__ import annotations

from pathlib import Path

import regsam_geo as rg

LIST = Path(__file__).with_name("handlungsraeume.csv")
AROUND = {"Nordwest": [9, 10, 11, 24], "Innen": [1, 2, 3, 4, 5]}


def main() -> None:
    """Print the shares of 2024 in the groups of both divisions, and in which of them a district lies."""
    rooms = rg.read_division(LIST, name="Handlungsräume")
    around = rg.read_division(AROUND, name="Bereiche", date="2024", sources="erfunden")
    panel = rg.load_sample().sel(["Arbeitslose", "Nichtdeutsche"], period=range(2019, 2025))

    for division, other in ((rooms, around), (around, rooms)):
        # sums of both are handed out: what one hides, the other must not give away
        study = rg.Study(panel, division=division, declared={"divisions": [other]})
        table = study.summarize_regions(2024)
        print(division.name)
        print(table[["region_name", "indicator", "value", "city"]].round(2).to_string(index=False))
        print(study.roll_up(2024)[["warnings", "most_urgent"]].to_string())
        print()
    print("11 Milbertshofen-Am Hart:", rooms.region_of("district", "11"), "|", around.region_of("district", "11"))


if __name__ == "__main__":
    main()
