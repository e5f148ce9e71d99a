"""Tables in and out: files as they stand, the forms they come in, and what they are read into."""

from regsam_geo.indicators.tables.editions import list_revisions
from regsam_geo.indicators.tables.options import Note, Options, Reading, TableForm, TableRead
from regsam_geo.indicators.tables.reader import read_indicators, read_with_notes
from regsam_geo.indicators.tables.written import write_indicators

__all__ = [
    "Note",
    "Options",
    "Reading",
    "TableForm",
    "TableRead",
    "list_revisions",
    "read_indicators",
    "read_with_notes",
    "write_indicators",
]
