"""SHOW: the charts behind a finding or a warning."""
