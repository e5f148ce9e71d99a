"""Files of every kind as grids of cells: text, workbooks, HTML, JSON, Parquet."""

from regsam_geo.indicators.tables.sources.opening import read_grids

__all__ = ["read_grids"]
