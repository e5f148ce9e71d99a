"""How people write an answer: need, and until when."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any, Final

from regsam_geo.indicators.period_spellings import read_period
from regsam_geo.warning.report.assessments import last_day

_NEEDS: Final = {
    "yes": "ja|j|yes|y|wahr|true|1|x|✓|✔|☑|☒|+|richtig|zutreffend|trifft zu|stimmt|bedarf|bedarf vorhanden|need",
    "no": "nein|n|no|falsch|false|0|nicht zutreffend|trifft nicht zu|stimmt nicht|kein bedarf|keiner|kein|no "
    "need|none",
    "clarify": (
        "zu klären|zu klaeren|noch zu klären|klären|wird geklärt|unklar|offen|noch offen|?|weiß nicht|to be "
        "clarified|"
        "to clarify|clarify|unclear|open"
    ),
    "": "|-|–|—|/|k. a|k.a|n/a",
}
_SPELLINGS: Final = {spelling: need for need, spellings in _NEEDS.items() for spelling in spellings.split("|")}
_WITH_WORDS = re.compile(r"(?P<need>[^,;:(–-]+?)\s*[,;:(–-]\s*(?P<words>.+)", re.DOTALL)
_NO_DATE = ("", "-", "–", "—", "/", "offen", "unbefristet", "dauerhaft", "laufend", "open", "permanent", "ongoing")
_FIRST_SERIAL, _LAST_SERIAL = 36_526, 73_050
"""Days since 1899-12-30 as which a spreadsheet stores 2000-01-01 and 2099-12-31."""
_PARTS = (
    (r"(?:ende|end of|end|jahresende)", "-12-31"),
    (r"(?:mitte|mid|middle of)", "-06-30"),
    (r"(?:anfang|beginn|early|beginning of)", "-03-31"),
    (r"(?:frühjahr|frühling|spring)", "-05-31"),
    (r"(?:sommer|summer)", "-08-31"),
    (r"(?:herbst|autumn|fall)", "-11-30"),
)
_YEAR = r"(?P<year>20\d\d)"
_DATE = re.compile(r"(?P<one>\d{1,2})(?P<sign>[./-])\s?(?P<two>\d{1,2})(?P=sign)\s?(?P<year>\d{4}|\d{2})")


def need_of(cell: Any) -> tuple[str, str] | None:
    """Return ``yes``, ``no``, ``clarify`` or nothing, and what else a cell says; ``None`` if it is no answer.

    Examples
    --------
    >>> [need_of(cell) for cell in (True, "Ja.", "WAHR", 0.0, "zu klären", "")]
    [('yes', ''), ('yes', ''), ('yes', ''), ('no', ''), ('clarify', ''), ('', '')]
    >>> need_of("ja, aber erst 2027"), need_of("vielleicht")
    (('yes', 'aber erst 2027'), None)
    """
    if isinstance(cell, int | float):
        return {1: ("yes", ""), 0: ("no", "")}.get(int(cell)) if cell == int(cell) else None
    text = " ".join(str(cell).split())
    found = _need_word(text)
    if found is not None:
        return found, ""
    if match := _WITH_WORDS.fullmatch(text):
        found = _need_word(match["need"])
        if found:
            return found, match["words"].rstrip(")").strip()
    return None


def _need_word(text: str) -> str | None:
    plain = text.casefold().strip(" '\"„“”.!;:")
    return _SPELLINGS.get(plain)


def date_of(cell: Any) -> str | None:
    """Return a date as ISO text: the last day of what is named, empty where none is; ``None`` if it is no date.

    Examples
    --------
    >>> [date_of(cell) for cell in ("31.12.2026", "Q2 2027", "Ende 2026", "bis Juni 2027", 2026.0, "12/31/2026")]
    ['2026-12-31', '2027-06-30', '2026-12-31', '2027-06-30', '2026-12-31', '2026-12-31']
    >>> date_of("nach der Sitzung"), date_of("unbefristet")
    (None, '')
    """
    if isinstance(cell, dt.datetime | dt.date):
        return cell.isoformat()[:10]
    if isinstance(cell, bool):
        return None
    if isinstance(cell, int | float):
        if _FIRST_SERIAL <= cell <= _LAST_SERIAL:
            return (dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))).isoformat()
        cell = str(int(cell)) if cell == int(cell) else str(cell)
    text = " ".join(str(cell).casefold().split()).strip(" .;,")
    text = re.sub(r"^(?:bis zum|bis|until|by)\s+", "", text)
    if text in _NO_DATE:
        return ""
    if match := re.fullmatch(r"(?P<day>\d{4}-\d\d-\d\d)(?:[ t]00:00(?::00)?)?", text):
        return _checked(*map(int, match["day"].split("-")))
    if match := _DATE.fullmatch(text):
        return _of_parts(match)
    for words, end in _PARTS:
        if match := re.fullmatch(rf"{words}(?: des jahres)? {_YEAR}", text):
            return match["year"] + end
    # "Ende Juni 2027" ends as June does
    text = re.sub(r"^(?:ende|end of|end)\s+", "", text)
    period = read_period(text).period
    return last_day(period) if period[:2] == "20" else None


def _of_parts(match: re.Match[str]) -> str | None:
    """Read day and month; with a slash both orders are in use, and only one reading may be left."""
    one, two, year = int(match["one"]), int(match["two"]), int(match["year"])
    year += 2000 if year < 100 else 0
    if match["sign"] != "/":
        return _checked(year, two, one)
    found = {day for day in (_checked(year, two, one), _checked(year, one, two)) if day}
    return found.pop() if len(found) == 1 else None


def _checked(year: int, month: int, day: int) -> str | None:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return None
