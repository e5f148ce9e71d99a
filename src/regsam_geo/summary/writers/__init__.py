"""Bytes: CSV, workbooks, GeoPackages, HTML, PDF, and the engine that writes many files into a folder."""
