"""Phrases by their code: what the other rooms say, and the errors that they raise."""

from __future__ import annotations

from typing import Any, TypeVar

from regsam_geo.errors import RegsamGeoError
from regsam_geo.text.catalogue import PHRASES
from regsam_geo.text.language import resolve_language
from regsam_geo.text.phrases import Phrase, fill, quoted
from regsam_geo.text.terms import in_force, plainly_named

E = TypeVar("E", bound=RegsamGeoError)


def say(code: str, lang: str | None = None, **fields: Any) -> str:
    """Return the phrase with this code, filled, in the language in force or in ``lang``."""
    language = resolve_language(lang)
    text = plainly_named(template(code, language), fields)
    return fill(Phrase(text, text), language, **fields)


def template(code: str, lang: str) -> str:
    """Return the text of a phrase before it is filled, with the names of areas, regions and city in force."""
    return in_force(code, getattr(PHRASES[code], lang), lang)


def is_phrase(code: str) -> bool:
    """Return whether there is a phrase with this code."""
    return code in PHRASES


def problem(kind: type[E], code: str, **fields: Any) -> E:
    """Build the exception of class ``kind`` whose message is the phrase ``code``.

    ``raise problem(InputError, "column_missing", file=..., column=...)`` keeps prose out of the rooms. What the
    sentence quotes of a table is shortened here; ``fields`` hold all of it.
    """
    shown = {name: quoted(value) if isinstance(value, str) else value for name, value in fields.items()}
    return kind(say(f"error.{code}", **shown), code=code, **fields)


def no_attribute(owner: object, name: str, called: str) -> AttributeError:
    """Return the error of a name that an object does not have; whoever looks for a view is told where they are."""
    # copying, pickling and notebooks ask for names that nobody has: the sentence costs only where a view is sought
    hint = f".{say('hint.views', found=called)}" if name.startswith(("plot", "explore", "hist")) else ""
    return AttributeError(f"{type(owner).__name__!r} object has no attribute {name!r}{hint}", name=name, obj=owner)
