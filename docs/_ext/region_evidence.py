"""The table of regions and their evidence, made from the shipped data each time the site is built."""

from __future__ import annotations

import csv
from itertools import groupby
from pathlib import Path

from docutils import nodes
from docutils.parsers.rst import Directive
from sphinx.application import Sphinx

TABLE = Path(__file__).parents[2] / "data" / "boundaries" / "regsam_regions.csv"
HEAD = ("region", "name", "evidence", "source")


class RegionEvidence(Directive):
    """One row per region: its districts, the evidence, and the sources."""

    def run(self) -> list[nodes.Node]:
        """Return the table."""
        with TABLE.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        table = nodes.table(classes=["region-evidence"])
        group = nodes.tgroup(cols=len(HEAD))
        table += group
        for width in (10, 40, 12, 38):
            group += nodes.colspec(colwidth=width)
        head, body = nodes.thead(), nodes.tbody()
        head += _row(HEAD)
        for region, members in groupby(rows, key=lambda row: row["region_id"]):
            districts = list(members)
            told = [_once([row[key] for row in districts]) for key in ("evidence", "source")]
            body += _row((region, districts[0]["region_name"].replace("/", " / "), *told))
        group += [head, body]
        return [table]


def _once(texts: list[str]) -> str:
    """Join texts, without those that another one contains."""
    different = list(dict.fromkeys(texts))
    return ", ".join(text for text in different if not any(text != other and text in other for other in different))


def _row(cells: tuple[str, ...]) -> nodes.row:
    row = nodes.row()
    for cell in cells:
        entry = nodes.entry()
        entry += nodes.paragraph(text=cell)
        row += entry
    return row


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the directive."""
    app.add_directive("region-evidence", RegionEvidence)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
