"""Write the meeting report on the shipped figures and print the warnings, as another tool would use them.

Run it with ``python examples/meeting_report.py [FOLDER]``.
"""

from __future__ import annotations

import sys

import regsam_geo as rg


def main(folder: str = "sitzung") -> None:
    """Write the report into ``folder``."""
    report = rg.load_study(period=2024).write_report(folder)
    for warning in report.warnings.to_dict("records"):
        print(f"{warning['urgency']:9} {warning['sentence_de']}")
    print(f"{len(report.files)} files, start with {report.index}")


if __name__ == "__main__":
    main(*sys.argv[1:2])
