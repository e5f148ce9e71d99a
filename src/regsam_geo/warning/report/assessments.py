"""What people on the spot have said about findings: which answer holds, until when, and what is due again."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias, cast

import pandas as pd

from regsam_geo.indicators.periods import frequency
from regsam_geo.study import Study
from regsam_geo.text import join_words, resolve_language, say, shorten, tell
from regsam_geo.text.language import LANGUAGES

COLUMNS: Final = {
    "file": "str",
    "sheet": "str",
    "row": "int64",
    "stated": "str",
    "period": "str",
    "region_id": "str",
    "indicator": "str",
    "group": "str",
    "level": "str",
    "area_id": "str",
    "since": "str",
    "kinds": "str",
    "area": "str",
    "finding": "str",
    "known": "str",
    "need": "str",
    "body": "str",
    "until": "str",
    "working_group": "str",
    "note": "str",
    "standing": "str",
    "conflict": "str",
}
"""Columns of ``read_assessments``."""
KEY: Final = ("indicator", "group", "level", "area_id", "since", "period", "kinds", "region_id")
"""What the key of a row of a worksheet says, in this order."""
NEAR: Final = "near"
"""Kind of a place that is no warning."""
SPLIT: Final = "split"
"""Bodies answer differently, and none of them is the newer word of the other."""
VALID, REPEATED, SUPERSEDED, CONFLICT, EARLIER = "valid", "repeated", "superseded", "conflict", "earlier"

Finding: TypeAlias = tuple[str, ...]


WORDS: Final = ("known", "note")
"""What people write in their own words; of findings of their own ``finding`` too."""
_NUMBERS = re.compile(
    r"(?<![\w])(?!(?:19|20)\d\d(?![\d.,]*\d))\d+(?:[.,:]\d+)*(?![\w])(?:\s*%)?"
    r"|(?<!\w)(?:eins|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|elf|zwölf|two|three|four|five|six|seven|eight"
    r"|nine|ten|eleven|twelve)(?!\w)"
    r"|(?<=\bnur )eine?[nmrs]?(?!\w)|(?<=\bonly )one(?!\w)",
    re.IGNORECASE,
)
"""Numbers in people's words, but for years; "one" only where it counts."""


class Judgement(NamedTuple):
    """What was said about one finding in one edition of the worksheets.

    Attributes
    ----------
    period
        The report that was answered.
    need
        ``"yes"``, ``"no"``, ``"clarify"``, ``"split"``; empty where nothing but words was noted.
    until
        ISO date up to which nothing more is to be done; the earliest that was named.
    rows
        The answers, those that were taken back left out.
    """

    period: str
    need: str
    until: str
    rows: tuple[Mapping[str, Any], ...]

    def state(self, period: str) -> str:
        """Return where it stands in the report of a period.

        ``due``, ``resting`` (nothing to do before ``until``), ``split``, ``open`` (to be clarified), ``judged``,
        or ``remark``.
        """
        if self.need == SPLIT:
            return SPLIT
        if self.until:
            # A report is written after its period has ended: what lasts to that day is over when it is read.
            return "resting" if self.until > last_day(period) else "due"
        return {"yes": "judged", "no": "judged", "clarify": "open"}.get(self.need, "remark")


def last_day(period: str) -> str:
    """Return the last day of a period as an ISO date; school years end in July.

    Examples
    --------
    >>> [last_day(period) for period in ("2024", "2024-Q2", "2024-02", "2024-H1", "2023/24", "2024-W01")]
    ['2024-12-31', '2024-06-30', '2024-02-29', '2024-06-30', '2024-07-31', '2024-01-07']
    """
    kind, year = frequency(period), int(period[:4])
    if kind == "W":
        return dt.date.fromisocalendar(year, int(period[6:]), 7).isoformat()
    if kind == "S":
        return f"{year + 1}-07-31"
    part = 1 if kind == "Y" else int(period[5:].lstrip("HQ"))
    month = part * {"Y": 12, "H": 6, "Q": 3, "M": 1}[kind]
    return dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def day_words(iso: str, lang: str | None = None) -> str:
    """Write a day: ``31.12.2026``.

    Examples
    --------
    >>> day_words("2026-12-31", "de"), day_words("2026-12-31", "en"), day_words("", "de")
    ('31.12.2026', '2026-12-31', '')
    """
    if resolve_language(lang) != "de" or not iso:
        return iso
    year, month, day = iso.split("-")
    return f"{day}.{month}.{year}"


def finding_of(row: Mapping[str, Any]) -> Finding:
    """Return what an answer is about: indicator, group, level, area and beginning, or a finding of one's own."""
    if row["indicator"]:
        return tuple(str(row[name]) for name in KEY[:5])
    return (
        "",
        str(row["region_id"]),
        str(row["area"]).casefold(),
        " ".join(str(row["finding"]).casefold().split()),
    )


def settle(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Say of each answer whether it holds, and tell answers that contradict each other.

    Of one body the answer with the newer stated date holds. Where a date is missing or the same, or two bodies
    answer differently, neither does. Answers to another report are no contradiction: the newest report that was
    answered holds, and the earlier ones are history.
    """
    settled = [{**row, "standing": VALID, "conflict": ""} for row in rows]
    asked: dict[tuple[Finding, str], list[dict[str, Any]]] = {}
    newest: dict[Finding, str] = {}
    for row in settled:
        finding = finding_of(row)
        asked.setdefault((finding, row["period"]), []).append(row)
        if row["need"]:
            newest[finding] = max(newest.get(finding, ""), row["period"])
    for (finding, period), answers in asked.items():
        _settle_edition(answers)
        if period < newest.get(finding, ""):
            for row in answers:
                row["standing"] = EARLIER if row["standing"] == VALID else row["standing"]
    return settled


def _settle_edition(answers: Sequence[dict[str, Any]]) -> None:
    """Settle the answers to one finding of one report."""
    seen: set[tuple[str, ...]] = set()
    for row in answers:
        said = tuple(str(row[name]) for name in ("body", "need", "until", "known", "working_group", "note"))
        if said in seen:
            row["standing"] = REPEATED
        seen.add(said)
    first = [row for row in answers if row["need"] and row["standing"] == VALID]
    by_body: dict[str, list[dict[str, Any]]] = {}
    for row in first:
        by_body.setdefault(str(row["body"]).casefold(), []).append(row)
    for own in by_body.values():
        _settle_body(own)
    held = [row for row in first if row["standing"] == VALID]
    if len({row["need"] for row in held}) > 1:
        _tell(held, "assessment.conflict.split")


def _settle_body(answers: Sequence[dict[str, Any]]) -> None:
    """Let the newest stated word of one body hold; where none is the newest, none holds."""
    if len({(row["need"], row["until"]) for row in answers}) == 1:
        return
    newest = max(str(row["stated"]) for row in answers)
    last = [row for row in answers if row["stated"] == newest]
    alike = len({(row["need"], row["until"]) for row in last}) == 1
    if newest and alike and all(row["stated"] for row in answers):
        _tell(answers, "assessment.conflict.newer", stated=day_words(newest))
        for row in answers:
            row["standing"] = VALID if row["stated"] == newest else SUPERSEDED
    else:
        _tell(answers, "assessment.conflict.undated")


def _tell(rows: Sequence[dict[str, Any]], code: str, **fields: str) -> None:
    """Write the same sentence beside all answers that contradict each other, with the places where they stand."""
    places = [
        say(
            "assessment.conflict.place",
            need=say(f"assessment.need.{row['need']}"),
            body=row["body"] or say("assessment.no_body"),
            file=row["file"],
            row=row["row"],
        )
        for row in rows
    ]
    first = rows[0]
    what = first["finding"] or first["indicator"]
    where = first["area"] or first["area_id"]
    sentence = say(code, what=what, where=where, places=join_words(places), **fields)
    for row in rows:
        row["standing"], row["conflict"] = CONFLICT, sentence


def shown_assessments(study: Study) -> pd.DataFrame | None:
    """Return what people have said as it may be shown; the study holds it.

    Where counts of an indicator are hidden in an area, what people know of it may give one of them away: every
    number that they wrote about it is left out, and the rest of their words stays. Remarks that are nothing but a
    number are shown as words, or a table would have them as a figure of the area. The worksheets and the study
    keep all of it.
    """
    given = study.assessments
    if given is None or given.empty:
        return given
    return cast("pd.DataFrame", study.once("assessments shown", lambda: _without_hidden_numbers(study, given)))


def _without_hidden_numbers(study: Study, given: pd.DataFrame) -> pd.DataFrame:
    lang, hidden = study.language, _hidden_units(study)
    named = {naming.lower() for key in {unit[:2] for unit in hidden} for naming in _titles(study, key)}
    rows, left_out = [], []
    for row in given.to_dict("records"):
        columns = WORDS if row["indicator"] else (*WORDS, "finding")
        text = " ".join(str(row[name]) for name in columns).lower()
        protected = tuple(str(row[name]) for name in KEY[:4]) in hidden or any(name in text for name in named)
        for name in columns:
            words = str(row[name])
            if protected:
                row[name] = _NUMBERS.sub(say("assessment.number", lang), words)
            elif re.fullmatch(r"[\s\d.,%+-]+", words):
                row[name] = say("assessment.bare", lang, words=words.strip())
            if protected and row[name] != words:
                left_out.append(f"{row['file']}: {row['row']}")
        rows.append(row)
    if left_out:
        places = list(dict.fromkeys(left_out))
        tell(say("assessment.numbers_left_out", lang, n=len(places), places=shorten(places, 12, lang)))
    return pd.DataFrame(rows, columns=given.columns).astype(given.dtypes.to_dict())


def _hidden_units(study: Study) -> set[tuple[str, ...]]:
    """Return indicator, group, level and area of all figures that are hidden in any period."""
    if study.threshold is None:
        return set()
    found: set[tuple[str, ...]] = set()
    for panel in (study.published, study.subject):
        rows = panel.data[panel.data["sign"] == "suppressed"]
        found |= set(rows[list(KEY[:4])].astype("str").itertuples(index=False, name=None))
    return found


def _titles(study: Study, key: tuple[str, ...]) -> set[str]:
    """Return what people call an indicator."""
    naming = study.namings[key[0], key[1]]
    return {
        name for lang in LANGUAGES for name in (naming.full(lang), naming.short(lang), naming.indicator) if name
    }


def judgements(assessments: pd.DataFrame | None, period: str) -> dict[Finding, list[Judgement]]:
    """Return what was said about each finding up to a report, the earliest edition first."""
    if assessments is None or assessments.empty:
        return {}
    asked: dict[tuple[str, Finding], list[dict[str, Any]]] = {}
    for row in assessments.to_dict("records"):
        # a report of an earlier period knows nothing of what was said later
        if row["period"] <= period:
            asked.setdefault((row["period"], finding_of(row)), []).append(row)
    found: dict[Finding, list[Judgement]] = {}
    for (edition, finding), rows in sorted(asked.items()):
        found.setdefault(finding, []).append(_judgement(edition, rows))
    return found


def _judgement(edition: str, rows: Sequence[dict[str, Any]]) -> Judgement:
    told = tuple(row for row in rows if row["standing"] not in (REPEATED, SUPERSEDED))
    if any(row["standing"] == CONFLICT for row in told):
        return Judgement(edition, SPLIT, "", told)
    needs = {str(row["need"]) for row in told if row["need"]}
    untils = [str(row["until"]) for row in told if row["until"]]
    return Judgement(edition, needs.pop() if needs else "", min(untils, default=""), told)


def newest(told: Sequence[Judgement]) -> Judgement:
    """Return the last edition in which a need was stated; else the last in which anything was noted."""
    return next((one for one in reversed(told) if one.need), told[-1])


def region_here(study: Study, row: Mapping[str, Any]) -> str:
    """Return the region of a study that an answer is about; empty text where it is about none of them.

    Worksheets of another division are about the same areas in other regions.
    """
    if row["area_id"]:
        return study.region_of(str(row["level"]), str(row["area_id"]))
    return str(row["region_id"]) if row["region_id"] in study.region_ids else ""


class Need(NamedTuple):
    """A region that sees need: on an indicator, or on something of its own words."""

    indicator: str
    group: str
    words: str
    region_id: str
    bodies: tuple[str, ...]


def needs_seen(study: Study, period: str) -> Iterator[Need]:
    """Give where people see need in a period: the newest word on each finding, as long as it is not due again."""
    titles = _by_title(study)
    for told in judgements(shown_assessments(study), period).values():
        now = newest(told)
        if now.need != "yes" or now.state(period) == "due":
            continue
        row = now.rows[0]
        bodies = tuple(dict.fromkeys(str(one["body"]) for one in now.rows if one["need"] and one["body"]))
        words = " ".join(str(row["finding"]).split())
        named = (row["indicator"], row["group"]) if row["indicator"] else titles.get(words.casefold(), ("", ""))
        yield Need(named[0], named[1], "" if named[0] else words, region_here(study, row), bodies)


def _by_title(study: Study) -> dict[str, tuple[str, str]]:
    """Return which indicator is meant by its name or title: people name it in their own findings."""
    found: dict[str, tuple[str, str]] = {}
    for key, naming in study.namings.items():
        for lang in ("de", "en"):
            for title in (naming.full(lang), naming.short(lang), naming.indicator):
                found.setdefault(" ".join(title.casefold().split()), key)
    return found


def predictive_value(assessments: pd.DataFrame) -> pd.DataFrame:
    """Return, per kind of reason, for how many of the judged warnings people on the spot see need.

    Parameters
    ----------
    assessments
        What ``read_assessments`` returned. Each warning counts once, with the newest word that holds; where bodies
        contradict each other it does not count, nor do places without a warning and findings of people's own.

    Returns
    -------
    DataFrame
        Index: the kinds of the warnings; ``judged``, ``true``, and ``share`` with its 95 % interval (Wilson)
        ``low`` and ``high``. Kinds that nobody has judged are not listed.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> answers = pd.DataFrame({"kinds": ["change"] * 10, "need": ["yes"] * 8 + ["no"] * 2})
    >>> rg.predictive_value(answers).round(2).loc["change"].tolist()
    [10.0, 8.0, 0.8, 0.49, 0.94]
    """
    judged = assessments[assessments["need"].isin(("yes", "no")) & ~assessments["kinds"].isin(("", NEAR))]
    if "standing" in judged:
        judged = judged[judged["standing"] == VALID].drop_duplicates(list(KEY[:5]), keep="last")
    grouped = (judged["need"] == "yes").groupby(judged["kinds"])
    table = pd.DataFrame({"judged": grouped.size(), "true": grouped.sum()}).astype("int64")
    n, share, z = table["judged"], table["true"] / table["judged"], 1.959964
    # Wilson and not the plain interval: with 8 of 8 true, the plain one would claim certainty
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * ((share * (1 - share) + z**2 / (4 * n)) / n) ** 0.5 / (1 + z**2 / n)
    return table.assign(share=share, low=middle - half, high=middle + half)
