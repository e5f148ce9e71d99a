"""Hand the warnings to another program: one JSON record per warning, as ``docs/warnings.schema.json`` describes.

Run it with ``python examples/warnings_as_json.py [FILE]``; without a file it prints.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import regsam_geo as rg


def main(file: str | None = None) -> None:
    """Write the warnings of 2023 on the shipped figures."""
    warnings = rg.load_study(period=2023).detect_warnings()
    document = {
        "period": warnings.facts.period,
        "settings": warnings.facts.settings.as_dict(),
        "checksum": warnings.facts.checksum,
        "warnings": warnings.as_records(),
    }
    text = json.dumps(document, ensure_ascii=False, indent=2) + "\n"
    if file is None:
        print(text, end="")
    else:
        Path(file).write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:2])
