"""Files from outside, read so that none can hurt: known by their content, bounded, and without a second file."""

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, Bounds, bounds
from regsam_geo.foreign.content import kind_of, read_content
from regsam_geo.foreign.layers import LayerFile, crs_of, open_layers
from regsam_geo.foreign.parquet import parquet_notes, read_parquet_table
from regsam_geo.foreign.points import PointLayer, open_points
from regsam_geo.foreign.refusal import RefusedFileError
from regsam_geo.foreign.tangle import check_tangle
from regsam_geo.foreign.workbooks import Sheet, read_sheets, read_workbook

__all__ = [
    "LIMIT_VARIABLE",
    "Bounds",
    "LayerFile",
    "PointLayer",
    "RefusedFileError",
    "Sheet",
    "bounds",
    "check_tangle",
    "crs_of",
    "kind_of",
    "open_layers",
    "open_points",
    "parquet_notes",
    "read_content",
    "read_parquet_table",
    "read_sheets",
    "read_workbook",
]
