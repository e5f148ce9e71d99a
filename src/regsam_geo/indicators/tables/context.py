"""Which period a table is about, where no column says it: its title, the sheet, the file's name, a footnote."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from regsam_geo.indicators.period_spellings import read_period
from regsam_geo.indicators.tables.raw import RawTable

_MONTHS = "januar|februar|märz|april|mai|juni|juli|august|september|oktober|november|dezember"
# Neither within a number nor within a word: 3,2012 names no year, nor does B2012.
_SPELLED = re.compile(
    rf"(?<![\w.,])(?:\d{{1,2}}\.\s?\d{{1,2}}\.\s?\d{{4}}|(?:{_MONTHS}) \d{{4}}|[1-4]\. ?quartal \d{{4}}"
    rf"|Q[1-4][/ ]\d{{4}}|\d{{4}}[-/ ]?Q[1-4]|[12]\. ?(?:halbjahr|hj\.?) \d{{4}}"
    r"|(?:19|20)\d\d/\d\d(?!\d)|(?:19|20)\d\d)(?![\d\w]|[.,]\d)",
    re.I,
)
_ALONE = re.compile(
    r"^(?:(?:berichts)?jahr|zeitraum|zeitbezug|stichtag|stand|datum|monat|quartal)\s*[:=]?\s*", re.I
)
_MADE = re.compile(r"\b(?:generiert|erstellt|abgerufen|aktualisiert|herausgegeben|veröffentlicht|druck)", re.I)
_SOURCE = re.compile(r"^\W*(?:quelle|source|©|\(c\)|datenquelle)", re.I)
_LINK = re.compile(r"[?&](?:date|jahr|year|period)=(\d{4})\b", re.I)


_PARTS = (
    (r"monat|month", "{year}-{n:02d}", 12),
    (r"quartal|quarter|vierteljahr", "{year}-Q{n}", 4),
    (r"halbjahr|half", "{year}-H{n}", 2),
    (r"woche|\bkw\b|week", "{year}-W{n:02d}", 53),
)


def joined_period(year: object, part: object, title: str) -> str:
    """Read a year and a part of it from two cells; the title says what a bare number counts.

    Examples
    --------
    >>> joined_period(2023, 3, "Monat"), joined_period(2023.0, "Q2", "Quartal")
    ('2023-03', '2023-Q2')
    """
    whole = read_period(year).period
    # A workbook holds the month of March as 3.0.
    text = " ".join(str(part).split()).removesuffix(".0").rstrip(".")
    if len(whole) != 4 or not text:
        return ""
    if text.isdigit():
        for words, form, most in _PARTS:
            if re.search(words, title, re.I) and 1 <= int(text) <= most:
                return form.format(year=whole, n=int(text))
    found = read_period(text).period or read_period(f"{text} {whole}").period
    # A part that names a year of its own may contradict the year beside it.
    return found if found.startswith(whole) and len(found) > 4 else ""


class Place(NamedTuple):
    """A period and where it stands: the phrase ``label.place.<where>``."""

    period: str
    where: str


def periods_of(table: RawTable) -> list[Place]:
    """Return the periods that a table may be about, one if it is clear."""
    # When a table was made, or where it was taken from, is not what it is about.
    captions = [line for line in table.captions if not _SOURCE.match(line) and not _MADE.search(line)]
    for line in captions:
        # A line such as Jahr = 2023 was put there to say it, and outweighs years in longer titles.
        if (alone := read_period(_ALONE.sub("", line)).period) and len(line) < 40:
            return [Place(alone, "title")]
    notes = [aside.text for aside in table.aside if aside.reason in ("note", "source")]
    told = [line for line in table.captions if line not in captions] + notes
    headings = [part for title in table.header for part in title.split(" · ")]
    places = (
        ("title", captions),
        ("sheet", [table.sheet]),
        ("file", [re.sub(r"[_]", " ", Path(table.file).stem)]),
        ("note", [line for line in told if not _MADE.search(line)]),
    )
    for where, lines in places:
        found = _in(lines)
        if len(found) == 1:
            in_headings = _in(headings)
            # Two places name two periods: neither is believed, and the user is asked.
            if where in ("sheet", "file") and len(in_headings) == 1 and in_headings != found:
                return [Place(found[0], where), Place(in_headings[0], "heading")]
            return [Place(found[0], where)]
        if where == "note" and not found and (linked := {m[1] for line in told for m in _LINK.finditer(line)}):
            return [Place(period, "note") for period in sorted(linked)][:1] if len(linked) == 1 else []
    in_headings = _in(headings)
    if len(in_headings) != 1 or sum(in_headings == _in([title]) for title in table.header) < len(table.header) - 2:
        return []  # a year above some of the columns says nothing of the others
    return [Place(in_headings[0], "heading")]


def _in(lines: Iterable[str]) -> list[str]:
    """Return the different periods that lines name, without years that a finer one holds."""
    found: dict[str, None] = {}
    for line in lines:
        if re.search(r"(?:19|20)\d\d\s*(?:-|–|bis)\s*(?:19|20)\d\d", line):
            return ["", " "]  # a span is no period
        for match in _SPELLED.finditer(line):
            reading = read_period(" ".join(match.group().split()))
            if reading.period:
                found[reading.period] = None
            elif len(reading.readings) == 2 and "." in match.group():
                found[reading.readings[0]] = None
    return list(found)
