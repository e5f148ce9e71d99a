"""The one font of all pages, measured without drawing: DejaVu Sans, which comes with matplotlib everywhere."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import matplotlib as mpl
from matplotlib.font_manager import FontProperties, get_font
from matplotlib.ft2font import FT2Font, LoadFlags

POINT = 25.4 / 72
"""Millimeters in a typographic point."""
ASCENT, DESCENT, CAPITAL = 0.77, 0.24, 0.73
"""Heights of letters above and below the baseline, and of capitals and digits, in units of the font size."""
LEADING = 1.25
"""Distance of two lines in units of the font size."""

_EM = 1000


@lru_cache(maxsize=4)
def _file(bold: bool) -> str:
    name = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    # By file: a font found by its name differs from machine to machine, and so would every line break.
    return str(Path(mpl.get_data_path()) / "fonts" / "ttf" / name)


@lru_cache(maxsize=256)
def font(size: float, bold: bool = False) -> FontProperties:
    """Return the font at a size in points, by file, so that no other font of the machine is ever taken."""
    return FontProperties(fname=_file(bold), size=size)


@lru_cache(maxsize=2)
def _measuring(bold: bool) -> FT2Font:
    measuring: FT2Font = get_font(_file(bold))
    return measuring


@lru_cache(maxsize=65536)
def _units(text: str, bold: bool) -> float:
    """Return the width of a text in thousandths of the font size."""
    measuring = _measuring(bold)
    measuring.set_size(_EM, 72)
    # unhinted, as pages are drawn (pages.DRAWING): else measured and drawn widths differ
    measuring.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    return float(measuring.get_width_height()[0]) / 64


def text_width(text: str, size: float, bold: bool = False) -> float:
    """Return the width of one line in millimeters.

    Examples
    --------
    >>> round(text_width("München", 10), 1)
    16.2
    """
    # half a percent more: matplotlib sets glyphs at fractions of a pixel
    return _units(text, bold) / _EM * size * POINT * 1.005


# where a line may end: after a blank, and after a hyphen or slash between letters
_BLANK = re.compile(r"[ \n]+")
_HYPHEN = re.compile(r"(?<=[^\W\d]-)(?=[^\W\d])")
_INSIDE = re.compile(rf"{_HYPHEN.pattern}|(?<=-\))(?=\w)|(?<=[/–])(?=\w)")
_NEVER_FIRST = frozenset("·–-")
"""Signs between words that end a line rather than begin one."""


def wrap(text: str, width: float, size: float, bold: bool = False, *, hyphens: bool = False) -> list[str]:
    """Break a text into lines of at most ``width`` millimeters, as even as possible.

    Lines end at blanks; inside a word (after a hyphen or slash) only where the word would not fit otherwise,
    and a word that is wider than a line is divided with a hyphen. With ``hyphens`` a line may end after any hyphen
    between letters, as names of places do.

    Examples
    --------
    >>> wrap("Anteil an der Bevölkerung von 15 bis 64 Jahren", 60, 12)
    ['Anteil an der Bevölkerung', 'von 15 bis 64 Jahren']
    """
    words: list[str] = []
    for word in _BLANK.split(text.strip()):
        # Glued to the word before it, so that the general rule for blanks needs no exception.
        if word in _NEVER_FIRST and words:
            words[-1] += f" {word}"
        elif word:
            words.append(word)
    pieces: list[tuple[str, str]] = []  # a piece, and what joins it to the one before
    for word in words:
        joint = " "
        for piece in _HYPHEN.split(word) if hyphens else [word]:
            for part in _divided(piece, width, size, bold):
                pieces.append((part, joint))
                joint = ""
    return _even(pieces, width, size, bold)


def _divided(word: str, width: float, size: float, bold: bool) -> list[str]:
    """Divide a word that is wider than a line at hyphens and slashes, and then anywhere."""
    if text_width(word, size, bold) <= width:
        return [word]
    parts: list[str] = []
    for part in _INSIDE.split(word):
        rest = part
        while len(rest) > 1 and _longest(rest, "", width, size, bold) < len(rest):
            # no less than four letters go to the next line, where the word is long enough for it
            cut = max(len(rest) - 4, (len(rest) + 1) // 2)
            cut = max(_longest(rest[:cut], "-", width, size, bold), 1)
            parts.append(rest[:cut] + "-")
            rest = rest[cut:]
        parts.append(rest)
    return parts


def _longest(text: str, end: str, width: float, size: float, bold: bool) -> int:
    """Return how many letters of a text fit into a line together with what ends it.

    By doubling and then by halves: a word of 5,000 letters, tried letter by letter, would take minutes.
    """
    fits, too_many = 0, 8
    while too_many <= len(text) and text_width(text[:too_many].rstrip() + end, size, bold) <= width:
        fits, too_many = too_many, 2 * too_many
    too_many = min(too_many, len(text) + 1)
    while too_many - fits > 1:
        middle = (fits + too_many) // 2
        if text_width(text[:middle].rstrip() + end, size, bold) > width:
            too_many = middle
        else:
            fits = middle
    return fits


def _even(pieces: list[tuple[str, str]], width: float, size: float, bold: bool) -> list[str]:
    """Set pieces in the fewest lines, with the least sum of squared free space among them."""
    n = len(pieces)
    if n == 0:
        return []
    best: list[tuple[float, float]] = [(0.0, 0.0)] + [(float("inf"), 0.0)] * n
    come_from = [0] * (n + 1)
    # a line is as wide as its words: kerning between words is nothing that could be seen
    wides = [text_width(piece, size, bold) for piece, _ in pieces]
    blank = text_width("i i", size, bold) - text_width("ii", size, bold)
    for start in range(n):
        if best[start][0] == float("inf"):
            continue
        wide = 0.0
        # All ways to break are weighed: filled line by line, the last one would often hold a single word.
        for end in range(start + 1, n + 1):
            wide += wides[end - 1] + (blank if end > start + 1 and pieces[end - 1][1] else 0.0)
            if wide > width and end > start + 1:
                break
            lines, free = best[start]
            # first the fewest lines, then the most even ones
            cost = (lines + 1, free + max(width - wide, 0.0) ** 2)
            # Strictly smaller: of equal breaks the first is kept, and the same text breaks alike everywhere.
            if cost < best[end]:
                best[end], come_from[end] = cost, start
    lines_made, end = [], n
    while end > 0:
        start = come_from[end]
        line = pieces[start][0] + "".join(joint + piece for piece, joint in pieces[start + 1 : end])
        lines_made.append(line)
        end = start
    return lines_made[::-1]


def fit(
    text: str, width: float, size: float, bold: bool = False, *, lines: int = 2, least: float = 0.6
) -> tuple[float, list[str]]:
    """Return the largest size up to ``size``, and the lines, that keep a text within so many lines.

    Below ``least`` times the size the text is cut and ends with an ellipsis.
    """
    # A few fixed sizes: pages of one report shall not have headings of twenty different sizes.
    for share in (1.0, 0.92, 0.85, 0.78, 0.72, 0.66, 0.6):
        if share < least:
            break
        wrapped = wrap(text, width, size * share, bold)
        if len(wrapped) <= lines and all(text_width(line, size * share, bold) <= width for line in wrapped):
            return size * share, wrapped
    smallest = size * least
    wrapped = wrap(text, width, smallest, bold)[:lines]
    wrapped[-1] = ellipsis_(wrapped[-1] + " …", width, smallest, bold)
    return smallest, wrapped


def ellipsis_(text: str, width: float, size: float, bold: bool = False) -> str:
    """Return a text cut to ``width`` millimeters, with an ellipsis where something is left out."""
    if text_width(text, size, bold) <= width:
        return text
    kept = text.removesuffix("…").rstrip()
    return kept[: _longest(kept, "…", width, size, bold)].rstrip() + "…"
