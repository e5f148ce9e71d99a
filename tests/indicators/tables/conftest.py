from __future__ import annotations

import pytest


@pytest.fixture
def write(tmp_path):
    """Write a text as a file in some encoding and return its path."""

    def writer(text, name="tabelle.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return writer
