"""Which letters the bytes of a text mean: the names of the districts prove which reading is right."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import NamedTuple

from regsam_geo.areas.official import area_names
from regsam_geo.errors import InputError
from regsam_geo.text import problem

_UTF8_LETTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")
_TWICE = re.compile(
    "[\u00c2-\u00df][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)
_ENTITY = re.compile(r"&(?:[aouAOU]uml|szlig|#(?:196|214|220|223|228|246|252));")
_GERMAN = "äöüÄÖÜß"
_USUAL = set("äöüÄÖÜß§€–—„“”‚‘’…²³°éèáàêôç½¼·×±µ%\u00a0")
# Beside the names of districts: a table of one's own regions may name none of them.
_WORDS = [
    "für",
    "über",
    "Ausprägung",
    "Bevölkerung",
    "Ausländer",
    "Ausländerinnen",
    "männlich",
    "weiblich",
    "Plätze",
    "Ältere",
    "Schüler",
    "Größe",
    "Straße",
    "Fläche",
    "Räumliche",
    "Beschäftigte",
    "Beschäftigungsquote",
    "Mütter",
    "Väter",
    "Hälfte",
    "jährig",
    "jährige",
    "Prüfung",
    "Förderung",
    "Unterstützung",
    "Haushaltsgröße",
    "Geschäft",
    "Gebäude",
    "Zuschüsse",
    "früh",
    "später",
    "Übergang",
    "Öffnung",
    "Änderung",
    "März",
    "natürlich",
]
SINGLE_BYTE = ("cp1252", "mac_roman", "cp850")


class Decoded(NamedTuple):
    """A text, how its bytes were read, and what has to be told about that."""

    text: str
    encoding: str
    remark: str = ""


def decode(content: bytes, name: str) -> Decoded:
    """Read UTF-8 or UTF-16, else one of the encodings with a byte a letter.

    Raises
    ------
    InputError
        If the bytes fit none, or several at once.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return Decoded(content.decode("utf-16"), "UTF-16")
        except UnicodeDecodeError as error:
            raise problem(InputError, "encoding_broken", file=name, row=_line(content, error.start)) from None
    if b"\x00" in content:
        if (wide := _wide(content)) is not None:
            return wide
        raise problem(InputError, "file_binary", file=name, row=_line(content, content.index(b"\x00")))
    try:
        return _mended(content.decode("utf-8-sig"), name)
    except UnicodeDecodeError as error:
        # one damaged byte in a UTF-8 file must not turn every umlaut of it into two wrong letters
        row = _line(content, error.start)
        if content.startswith(b"\xef\xbb\xbf") or _UTF8_LETTER.search(content):
            raise problem(InputError, "encoding_broken", file=name, row=row) from None
    return _single_byte(content, name)


def is_odd(text: str) -> bool:
    """Whether a text may hold letters that were read wrongly before, or are written as HTML entities.

    Examples
    --------
    >>> is_odd("Mädchen"), is_odd("MÃ¤dchen"), is_odd("M&auml;dchen")
    (False, True, True)
    """
    # mostly neither: asked first, as a large table holds millions of texts
    return not (text.isascii() and "&" not in text) and bool(_TWICE.search(text) or _ENTITY.search(text))


def _wide(content: bytes) -> Decoded | None:
    """Read UTF-16 without a mark: every other byte of a western text is zero."""
    sample = content[:4000]
    for encoding, zeros in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if len(zeros) and zeros.count(0) > 0.7 * len(zeros):
            try:
                return Decoded(content.decode(encoding), "UTF-16")
            except UnicodeDecodeError:
                return None
    return None


def _mended(text: str, name: str) -> Decoded:
    """Mend UTF-8 that was read as cp1252 and saved again, and letters written as HTML entities."""
    remark = ""
    if _TWICE.search(text):
        once = _once(text)
        # Only if more known words stand in it then: two odd letters in a row may be meant.
        if once is not None and _score(once) > _score(text):
            text, remark = once, "twice"
        elif any(word in text for word in _broken_words()):
            # Broken in parts, as when two files were put together: mending would break the sound part.
            row = next(n for n, line in enumerate(text.split("\n"), 1) if _TWICE.search(line))
            raise problem(InputError, "encoding_broken", file=name, row=row)
    if _ENTITY.search(text):
        text, remark = html.unescape(text), remark or "entities"
    return Decoded(text, "UTF-8", remark)


@lru_cache(maxsize=1)
def _broken_words() -> tuple[str, ...]:
    """Return the names with umlauts as they look when UTF-8 is read as cp1252."""
    return tuple(
        word.encode().decode("cp1252", "ignore")
        for word in (*_names(), "für", "über", "Bevölkerung", "Ausprägung")
    )


def _once(text: str) -> str | None:
    """Undo one reading of UTF-8 as cp1252; ``None`` where the text is no such reading throughout."""
    raw = bytearray()
    for letter in text:
        code = ord(letter)
        if code < 256 and not 0x80 <= code < 0xA0:
            raw.append(code)
        else:
            try:
                raw += letter.encode("cp1252")
            except UnicodeEncodeError:
                if not 0x80 <= code < 0xA0:
                    return None
                # cp1252 leaves five bytes open; programs hand them through as control characters.
                raw.append(code)
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _single_byte(content: bytes, name: str) -> Decoded:
    """Choose the encoding in which the most known names and the fewest odd letters stand."""
    found: list[tuple[tuple[int, int], int, Decoded]] = []
    first_error: UnicodeDecodeError | None = None
    for rank, encoding in enumerate(SINGLE_BYTE):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError as error:
            first_error = first_error or error
            continue
        found.append((_score(text), -rank, Decoded(text, encoding, "" if encoding == "cp1252" else "encoding")))
    best = max(found, key=lambda one: one[:2])
    # No known word, and bytes that cp1252 lacks: better no text than wrong letters.
    if first_error is not None and best[0][0] == 0 and best[0][1] <= 0:
        row = _line(content, first_error.start)
        raise problem(InputError, "encoding_broken", file=name, row=row)
    text, encoding, remark = best[2]
    if _ENTITY.search(text):
        text, remark = html.unescape(text), remark or "entities"
    return Decoded(text, encoding, remark)


def _score(text: str) -> tuple[int, int]:
    """Count known words with umlauts, then umlauts less letters that no German text has."""
    odd = [letter for letter in set(text) if ord(letter) > 127]
    words = sum(text.count(word) for word in (*_names(), *_WORDS))
    umlauts = sum(text.count(letter) for letter in _GERMAN)
    strange = sum(text.count(letter) for letter in odd if letter not in _USUAL)
    return words, umlauts - strange


@lru_cache(maxsize=1)
def _names() -> tuple[str, ...]:
    """Return the words of official names that hold an umlaut."""
    words = {word for name in area_names()["name"] for word in re.split(r"[\s\-/.]+", str(name))}
    return ("München", *sorted(word for word in words if any(letter in _GERMAN for letter in word)))


def _line(content: bytes, position: int) -> int:
    return content.count(b"\n", 0, position) + 1
