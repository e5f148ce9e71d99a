"""Tables in and out: files as they stand, the forms they come in, and what they are read into."""

from regsam_geo.indicators.tables.reader import Note, Reading, read_indicators, read_with_notes

__all__ = ["Note", "Reading", "read_indicators", "read_with_notes"]
