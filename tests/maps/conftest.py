from __future__ import annotations

import pytest
from map_page import open_browser

import regsam_geo as rg


@pytest.fixture(scope="module")
def browser():
    """A real browser without a network."""
    with open_browser() as found:
        yield found


@pytest.fixture
def german():
    """German pages, whatever the language of the machine."""
    rg.set_language("de")
    yield
    rg.set_language(None)
