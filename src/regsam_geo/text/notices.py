"""Notices to the person at the screen: through Python's logging, so that a program can silence or keep them."""

from __future__ import annotations

import logging

LOGGER = logging.getLogger("regsam_geo")
_told: set[str] = set()


def tell(message: str) -> None:
    """Tell a person something that is no error; shown on the error stream unless logging is set up otherwise."""
    LOGGER.warning(message)


def tell_once(code: str, message: str) -> None:
    """Tell something once in a session."""
    if code not in _told:
        _told.add(code)
        tell(message)
