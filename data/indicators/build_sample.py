"""Build the shipped indicator sample from a table of the Indikatorenatlas München.

Run it again on a newer edition::

    python data/indicators/build_sample.py indikatorenatlas.csv

The table is read with the library itself, so the sample holds what any reader of the file would get. What the
file does not say (titles in English, units, polarity ...) is written by hand in ``catalogue.csv``.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

from regsam_geo.indicators import read_indicators

HERE = Path(__file__).parent
SHIPPED_COLUMNS = ["indicator", "group", "period", "level", "area_id", "value", "base_1", "base_2", "sign"]


def main() -> None:
    """Build ``sample.csv`` and ``provenance.json``."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("table", type=Path, help="CSV in the form that the statistics office publishes since 2025")
    source = parser.parse_args().table

    panel = read_indicators(source)
    target = HERE / "sample.csv"
    panel.data[SHIPPED_COLUMNS].to_csv(target, index=False, lineterminator="\n", encoding="utf-8")
    provenance = {
        "title": "Indikatorenatlas München, 11 Indikatoren nach Stadtbezirken",
        "source": "Landeshauptstadt München, Statistisches Amt, Indikatorenatlas (Ausgabe 2025)",
        "license": "Datenlizenz Deutschland Namensnennung 2.0 (dl-de/by-2-0)",
        "attribution": "Landeshauptstadt München, 2025",
        "changes": "columns renamed, Basiswerte 3 to 5 (all empty) left out, rows sorted",
        "rows": len(panel),
        "periods": [panel.periods[0], panel.periods[-1]],
        "sha256": {
            "source": hashlib.sha256(source.read_bytes()).hexdigest(),
            "shipped": hashlib.sha256(target.read_bytes()).hexdigest(),
        },
    }
    text = json.dumps(provenance, indent=2, ensure_ascii=False) + "\n"
    (HERE / "provenance.json").write_text(text, encoding="utf-8", newline="\n")
    print(text)


if __name__ == "__main__":
    main()
