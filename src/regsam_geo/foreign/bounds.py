"""How large a file may be, packed and unpacked: generous for real data, and out of reach for what does harm."""

from __future__ import annotations

import os
from dataclasses import dataclass, fields

LIMIT_VARIABLE = "REGSAM_GEO_READ_LIMIT"
"""The environment variable by which every bound is multiplied: ``2`` doubles them."""

MEGABYTE = 1 << 20


@dataclass(frozen=True)
class Bounds:
    """What is read at most; ``docs/foreign_files.md`` says the same in words.

    Attributes
    ----------
    table_bytes, layer_bytes
        A file of a table, a file of a layer, as they lie on the disk.
    unpacked_bytes
        What a packed file may unpack to at most.
    small_bytes, packing
        It may also not unpack to more than ``small_bytes`` and ``packing`` times its own size: real tables are
        packed ten- to twentyfold, bombs a thousandfold.
    cells
        Cells of a table, empty ones between filled ones included.
    small_cells, spread
        A workbook may not span more than ``small_cells`` and ``spread`` times the cells that it fills.
    sheets
        Sheets of a workbook.
    rows
        Rows of a Parquet file.
    text_bytes
        Text that the cells of a workbook may hold, each cell counted.
    areas, rings, points
        Areas of a layer, their rings and the points of these.
    crossings
        Places in which edges of a layer may come close to each other, beyond those of neighbors.
    child_bytes, seconds
        Memory and time of a process of its own, for files that are not proved harmless.
    """

    table_bytes: int = 2048 * MEGABYTE
    layer_bytes: int = 256 * MEGABYTE
    unpacked_bytes: int = 4096 * MEGABYTE
    small_bytes: int = 32 * MEGABYTE
    packing: int = 40
    cells: int = 100_000_000
    small_cells: int = 2_000_000
    spread: int = 4
    sheets: int = 500
    rows: int = 20_000_000
    text_bytes: int = 128 * MEGABYTE
    # a hundred times the 475 quarters of Munich
    areas: int = 50_000
    rings: int = 200_000
    points: int = 2_000_000
    crossings: int = 200_000
    child_bytes: int = 640 * MEGABYTE
    seconds: int = 8

    def unpacked(self, packed: int) -> int:
        """Return how many bytes a packed file of this size may hold."""
        # the factor stops small bombs, the sum large ones
        return min(self.unpacked_bytes, self.small_bytes + self.packing * packed)

    def spanned(self, filled: int) -> int:
        """Return how many cells a workbook with so many filled ones may span."""
        return min(self.cells, self.small_cells + self.spread * filled)


def bounds() -> Bounds:
    """Return the bounds in force.

    Examples
    --------
    >>> bounds().areas
    50000
    """
    try:
        factor = float(os.environ.get(LIMIT_VARIABLE, "1"))
    except ValueError:
        factor = 1.0
    # a slip of the keyboard must not take all bounds away
    if not 0.001 <= factor <= 1000:
        factor = 1.0
    usual = Bounds()
    return (
        usual
        if factor == 1
        else Bounds(**{one.name: int(getattr(usual, one.name) * factor) for one in fields(Bounds)})
    )
