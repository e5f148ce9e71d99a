"""What a phrase is and how it is filled: German and English side by side, plural forms in place."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple

from regsam_geo.text.language import resolve_language
from regsam_geo.text.numbers import format_number


class Phrase(NamedTuple):
    """One text in both languages; both must use the same fields."""

    de: str
    en: str


PERIOD_FORMS = {
    "in": ("im ", "im ", "in "),
    "In": ("Im ", "Im ", "In "),
    "since": ("dem ", "", ""),
    "of": ("zum ", "zum ", "zur "),
    "for": ("das ", "", ""),
}
"""What German puts before a quarter or half-year, a month, and a week; before a year nothing."""


def period_in_sentence(written: str, form: str, lang: str) -> str:
    """Write a period as a sentence needs it: ``Im 4. Quartal 2023`` waren es; ``2023`` waren es.

    Parameters
    ----------
    written
        As ``format_period`` writes it.
    form
        One of ``PERIOD_FORMS``.
    lang
        In English the phrase itself says what stands before.

    Examples
    --------
    >>> [period_in_sentence(one, "In", "de") for one in ("1. Quartal 2024", "März 2024", "KW 7/2024", "2024")]
    ['Im 1. Quartal 2024', 'Im März 2024', 'In KW 7/2024', '2024']
    >>> period_in_sentence("mindestens 1. Quartal 2024", "since", "de")
    'mindestens dem 1. Quartal 2024'
    """
    if lang != "de":
        return written
    *before, rest = written.rsplit("mindestens ", 1)
    named = rest[:1].isalpha()
    if not named and ". " not in rest:
        return written
    of_quarter, of_month, of_week = PERIOD_FORMS[form]
    put = of_quarter if not named else of_week if rest.startswith("KW ") else of_month
    return "mindestens " * len(before) + put + rest


class _Filler(string.Formatter):
    """``str.format`` with three additions: ``{n:Gebiet|Gebiete}``, grouped integers, and ``{period:in}``."""

    def __init__(self, lang: str) -> None:
        self.lang = lang

    def format_field(self, value: Any, format_spec: str) -> str:
        if "|" in format_spec:
            one, many = format_spec.split("|")
            return one if value == 1 else many
        if format_spec in PERIOD_FORMS:
            return period_in_sentence(str(value), format_spec, self.lang)
        # A truth value is a whole number to Python, and "True" no count.
        if isinstance(value, int) and not isinstance(value, bool) and not format_spec:
            return format_number(value, lang=self.lang)
        return str(super().format_field(value, format_spec))


def fill(phrase: Phrase, lang: str | None = None, **fields: Any) -> str:
    """Fill a phrase in one language."""
    language = resolve_language(lang)
    return _Filler(language).vformat(getattr(phrase, language), (), fields)


def join_words(words: Iterable[object], lang: str | None = None) -> str:
    """Write an enumeration: ``a, b und c``."""
    parts = [str(word) for word in words]
    if len(parts) < 2:
        return "".join(parts)
    link = {"de": " und ", "en": " and "}[resolve_language(lang)]
    return ", ".join(parts[:-1]) + link + parts[-1]


def shorten(words: Sequence[object], most: int = 5, lang: str | None = None) -> str:
    """List at most ``most`` words and count the rest: ``a, b, c (und 12 weitere)``."""
    listed = ", ".join(str(word) for word in words[:most])
    rest = len(words) - most
    if rest <= 0:
        return listed
    more = {"de": f"(und {rest} weitere)", "en": f"(and {rest} more)"}[resolve_language(lang)]
    return f"{listed} {more}"


LONGEST_QUOTE = 400
"""Letters of a cell, a title or a list that a message quotes; a person sees from the rest that it is too long."""
# what would move the cursor of a terminal or color its text
_CONTROLS = dict.fromkeys([*range(9), *range(11, 32), *range(127, 160)], " ")


def quoted(text: str) -> str:
    """Shorten what a message quotes, and take signs out of it that a terminal obeys.

    Examples
    --------
    >>> quoted("Sendling"), len(quoted("x" * 100_000))
    ('Sendling', 400)
    """
    # with its end, by which long paths and titles are told apart
    text = text if len(text) <= LONGEST_QUOTE else f"{text[: LONGEST_QUOTE - 63]} … {text[-60:]}"
    return text.translate(_CONTROLS)


_GERMAN = {
    "stadtbezirk": ("district", "area"),
    "stadtbezirke": ("district",),
    "bezirk": ("district", "area"),
    "bezirksteil": ("subdistrict",),
    "viertel": ("quarter",),
    "gebiet": ("area", "own"),
    "jahr": ("period",),
    "zeitraum": ("period",),
    "indikator": ("indicator",),
    "merkmal": ("indicator",),
    "ausprägung": ("group",),
    "wert": ("value",),
    "zähler": ("numerator",),
    "nenner": ("denominator",),
    "folie": ("slide",),
    "druck": ("print",),
    "grau": ("mono", "grey"),
    "später": ("later",),
    "geheim": ("secret",),
    # ways to make classes, as mapclassify calls them
    **dict.fromkeys(("fisherjenks", "fisher_jenks", "jenks", "jenkscaspall", "naturalbreaks"), ("natural",)),
    **dict.fromkeys(("equalinterval", "equal_interval"), ("equal",)),
    **dict.fromkeys(("stdmean", "std_mean"), ("std",)),
    "prettybreaks": ("pretty",),
}
"""German words, and those of other libraries, that people write where one of ours is expected."""


def did_you_mean(found: object, known: Iterable[object], lang: str | None = None) -> str:
    """Return ``" Meinten Sie ...?"`` when something known is close to what was found, else nothing."""
    by_folded = {str(name).casefold(): str(name) for name in known}
    wished = str(found).casefold().strip()
    # comparing two long texts letter by letter takes minutes, and nobody mistypes them
    if len(wished) > LONGEST_QUOTE:
        return ""
    by_folded = {folded: name for folded, name in by_folded.items() if len(folded) <= LONGEST_QUOTE}
    # Words before likeness: "Viertel" is like nothing English, and means "quarter".
    words = [word for word in _GERMAN.get(wished, ()) if word in by_folded]
    if wished.isdigit():
        # one number is not like another, but "5" is the district "05"
        likely = [wished.zfill(2)] if wished.zfill(2) in by_folded else []
    else:
        likely = words[:1] or get_close_matches(wished, list(by_folded), n=1, cutoff=0.6)
    if not likely:
        return ""
    return " " + fill(Phrase("Meinten Sie „{name}“?", "Did you mean “{name}”?"), lang, name=by_folded[likely[0]])


def where_it_was_sought(path: str | Path, lang: str | None = None) -> str:
    """Say in which folder a missing file was sought, and which of its files has a name like it.

    Examples
    --------
    >>> where_it_was_sought("no/such/folder/table.csv", "en").endswith("There is no such folder.")
    True
    """
    target = Path(path)
    folder = target.absolute().parent
    sought = Phrase("Gesucht wurde in {folder}.", "It was sought in {folder}.")
    if not folder.is_dir():
        no_folder = Phrase(" Den Ordner gibt es nicht.", " There is no such folder.")
        return " " + fill(sought, lang, folder=str(folder)) + fill(no_folder, lang)
    names = sorted(entry.name for entry in folder.iterdir() if entry.is_file())
    return " " + fill(sought, lang, folder=str(folder)) + did_you_mean(target.name, names, lang)
