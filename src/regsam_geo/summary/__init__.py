"""TELL: region tables, region profile, the meeting report."""
