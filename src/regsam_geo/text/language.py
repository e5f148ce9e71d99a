"""Which language people are addressed in: German unless told otherwise."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, get_args

from regsam_geo.errors import OptionError

Language = Literal["de", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
ENVIRONMENT_VARIABLE = "REGSAM_GEO_LANG"

# A context variable: two threads, say of a web page, may speak two languages at once.
_chosen: ContextVar[Language | None] = ContextVar("regsam_geo_language", default=None)


def current_language() -> Language:
    """Return the language in force: ``set_language``, then ``REGSAM_GEO_LANG``, then German."""
    chosen = _chosen.get()
    if chosen is not None:
        return chosen
    wished = os.environ.get(ENVIRONMENT_VARIABLE, "").strip().lower()
    # A strange value in the environment is no reason to fail: nobody has typed it into this program.
    return wished if wished in LANGUAGES else "de"


def resolve_language(lang: str | None) -> Language:
    """Return ``lang`` checked, or the language in force when it is ``None``."""
    if lang is None:
        return current_language()
    if lang not in LANGUAGES:
        # In both languages, as the one that is asked for is not known.
        msg = f"lang={lang!r}: unbekannte Sprache / unknown language. Möglich / possible: 'de', 'en'."
        raise OptionError(msg, code="language_unknown", found=lang, expected=LANGUAGES)
    return lang


def set_language(lang: str | None) -> None:
    """Choose the language of all texts made from now on.

    Parameters
    ----------
    lang
        ``"de"``, ``"en"``, or ``None`` to go back to the environment's choice (``REGSAM_GEO_LANG``, else
        German).

    Raises
    ------
    OptionError
        If the language is not known.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.set_language("en")
    >>> rg.set_language(None)
    """
    _chosen.set(None if lang is None else resolve_language(lang))


@contextmanager
def using_language(lang: str | None) -> Iterator[Language]:
    """Speak ``lang`` inside a ``with`` block (``None`` keeps the language in force)."""
    token = _chosen.set(resolve_language(lang))
    try:
        yield current_language()
    finally:
        _chosen.reset(token)
