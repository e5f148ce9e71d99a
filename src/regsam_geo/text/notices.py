"""Notices to the person at the screen: through Python's logging, so that a program can silence or keep them."""

from __future__ import annotations

import logging

from regsam_geo.text.lookup import say
from regsam_geo.text.notebook import in_notebook

LOGGER = logging.getLogger("regsam_geo")
_LONGEST_NOTICE = 4000
_told: set[str] = set()


def tell(message: str) -> None:
    """Tell a person something that is no error.

    It goes through logging, so on the error stream unless logging is set up otherwise. A notebook paints that
    stream red; there a notice is plain text.
    """
    # a list of thousands of cells would push everything else off the screen
    if len(message) > _LONGEST_NOTICE:
        message = f"{message[:_LONGEST_NOTICE]} …"
    # who has set logging up gets the notice there, in a notebook too
    if in_notebook() and not LOGGER.hasHandlers():
        # what was silenced stays silent
        if LOGGER.isEnabledFor(logging.WARNING):
            print(say("view.notice", message=message))
        return
    LOGGER.warning(message)


def tell_once(code: str, message: str) -> None:
    """Tell something once in a session."""
    # a report draws many maps, and nobody reads the same notice thirty times
    if code not in _told:
        _told.add(code)
        tell(message)


def told_in_session() -> set[str]:
    """Return the codes of what was told once."""
    return _told
