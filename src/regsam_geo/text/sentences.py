"""The sentences of a warning: value, comparison, expectation, how unusual, since when."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from regsam_geo.text.lookup import say
from regsam_geo.text.numbers import format_number, format_period
from regsam_geo.text.phrases import Phrase, fill
from regsam_geo.text.terms import with_name

MOST_CASES = 10_000
"""Beyond this the tail of a model is not to be trusted: nobody is told "1 in 3 million"."""


FEWEST_COMPARISONS = 100
"""Earlier comparisons below which no frequency is told: "in none of 20" would say nothing."""


class Named(Protocol):
    """What a sentence asks of the names of an indicator."""

    @property
    def digits(self) -> int:
        """Digits after the mark in print."""
        ...

    def full(self, lang: str | None = None) -> str:
        """Return the whole name."""
        ...

    def number(self, value: float | None, lang: str | None = None, extra: int = 0) -> str:
        """Write a value with its unit."""
        ...


def rarity(p: float, lang: str) -> str:
    """Say how unusual something is: "in weniger als 1 von 500 Fällen".

    Examples
    --------
    >>> rarity(0.0017, "de")
    'in weniger als 1 von 500 Fällen'
    """
    cases = 1.0 / max(p, 1.0 / MOST_CASES)
    size = 10 ** math.floor(math.log10(cases))
    # Round numbers downwards: "1 in 500" for 1 in 588, as the sentence must never say more than p does.
    steps = [step * size for step in (1, 2, 5) if step * size <= cases * (1 + 1e-9)]
    return say("warning.rarity", lang, n=round(steps[-1]))


def warning_sentence(row: Mapping[str, Any], indicator: Named, clauses: Sequence[Phrase], lang: str) -> str:
    """Write one warning in one language.

    Parameters
    ----------
    row
        A row of the warning table before its sentences, with ``details``, ``reason``, ``p`` and ``city_before``.
    indicator
        How its indicator is written.
    clauses
        What was compared and how unusual it is, in the words of the detector.
    lang
        ``"de"`` or ``"en"``.
    """
    fields = _fields(row, indicator, lang)
    # Without a city there is no yardstick to be named, and a dash in its place would read as a gap in the data.
    opening = "warning.opening" if _known(row["city"]) else "warning.opening_without_city"
    # The common fields win: a detector's own "value" must not say another number than the table.
    clause_fields = _details(row, indicator, lang) | fields
    parts = [
        say(opening, lang, **fields),
        *(fill(clause, lang, **clause_fields) for clause in clauses),
        _against(row, indicator, clause_fields, lang),
        _frequency(row, clause_fields, lang),
        _since(row, lang),
    ]
    return " ".join(part for part in parts if part)


def _against(row: Mapping[str, Any], indicator: Named, fields: Mapping[str, Any], lang: str) -> str:
    """Say that the newest change goes against what is warned of, where it is seen in print."""
    last = row["details"].get("last", math.nan)
    if not _known(last) or indicator.number(last, lang) == indicator.number(row["value"], lang):
        return ""
    fell = row["value"] < last
    if fell != (row["direction"] == "up"):
        return ""
    return say("warning.against.fell" if fell else "warning.against.rose", lang, **fields)


def _frequency(row: Mapping[str, Any], fields: Mapping[str, Any], lang: str) -> str:
    """Say how often it was as unusual in earlier reports; empty where few comparisons say little."""
    if row["details"].get("comparisons", 0) < FEWEST_COMPARISONS:
        return ""
    none = not row["details"]["as_unusual"]
    return say("warning.frequency.none" if none else "warning.frequency", lang, **fields)


def _fields(row: Mapping[str, Any], indicator: Named, lang: str) -> dict[str, Any]:
    """Write what every clause may name."""
    extra = decimals_apart(row["value"], row["expected"], indicator)
    return {
        "title": indicator.full(lang),
        "place": place_words(row, lang),
        "period": format_period(row["period"], lang),
        "value": indicator.number(row["value"], lang, extra),
        "expected": indicator.number(row["expected"], lang, extra),
        "city": indicator.number(row["city"], lang),
        "rarity": rarity(row["p"], lang),
    }


def _details(row: Mapping[str, Any], indicator: Named, lang: str) -> dict[str, Any]:
    """Write the details of a finding: numbers as values of the indicator, periods as such."""
    details = dict(row["details"])
    fields = {
        # By type: counts are whole numbers and stay counts, all else is in the indicator's unit.
        name: indicator.number(value, lang) if isinstance(value, float) else value
        for name, value in details.items()
    }
    for name in ("before_period", "last_period", "larger_in", "first_change", "compared_since"):
        if details.get(name):
            fields[name] = format_period(str(details[name]), lang)
    return fields


def finding_sentence(row: Mapping[str, Any], indicator: Named, lang: str, clauses: Sequence[Phrase] = ()) -> str:
    """Write a finding about the data or the whole city in one language; in a detector's own clauses, if given."""
    if clauses:
        # A finding about the city names no area, and is compared with no other city.
        whole = {**row, "area_id": "", "area_name": "", "city": math.nan}
        fields = _details(row, indicator, lang) | _fields(whole, indicator, lang)
        opening = say("warning.opening_without_city", lang, **fields)
        return " ".join([opening, *(fill(clause, lang, **fields) for clause in clauses)])
    details = dict(row["details"])
    scope = details.get("scope", "")
    code = ".".join(part for part in (f"finding.{row['reason']}", scope) if part)
    area = {**row, "area_name": row.get("area_name", "")}
    # the id of the city is ours, and nobody else knows it
    if row["level"] == "city":
        area["area_id"] = ""
    fields = {name: str(value) if isinstance(value, str) else value for name, value in details.items()}
    for name in ("before", "sum", "bound"):
        if name in details:
            fields[name] = indicator.number(float(details[name]), lang)
    # These compare counts, and a count in percent would be nonsense.
    if row["reason"] in COUNTS_IN:
        fields |= {name: format_number(float(x), _digits(x), lang=lang) for name, x in _counts(row, details)}
    for name in ("share", "usual"):
        if name in details:
            fields[name] = format_number(100 * float(details[name]), 1, "%", lang=lang)
    if "factor" in details:
        fields["factor"] = format_number(float(details["factor"]), 2, lang=lang)
    for name in ("before_period", "first", "last"):
        if details.get(name):
            fields[name] = format_period(str(details[name]), lang)
    if row["reason"] == "city_change":
        code += f".{row['direction']}" if _known(row["value"]) else ".unknown"
    return say(
        code,
        lang,
        **{
            "place": place_words(area, lang),
            "title": indicator.full(lang),
            "period": format_period(row["period"], lang),
            "value": indicator.number(row["value"], lang),
            "expected": indicator.number(row["expected"], lang),
            **fields,
        },
    )


COUNTS_IN = ("data_parts", "data_unallocated")
"""Findings whose value is a count, not the indicator itself."""


def _counts(row: Mapping[str, Any], details: Mapping[str, Any]) -> list[tuple[str, float]]:
    """Return the counts that a finding compares."""
    return [("value", row["value"]), ("expected", row["expected"]), ("sum", details.get("sum", row["expected"]))]


def _digits(count: float) -> int:
    """Return one decimal for yearly means, none for whole counts."""
    return 0 if float(count).is_integer() else 1


def place_words(row: Mapping[str, Any], lang: str) -> str:
    """Write an area: "Stadtbezirk 05 Au-Haidhausen"."""
    area = str(row["area_id"])
    name = area if row["level"] == "region" else with_name(area, str(row["area_name"]))
    return say(f"warning.place.{row['level']}", lang, name=name)


def _since(row: Mapping[str, Any], lang: str) -> str:
    """Write whether the warning is new."""
    return say(f"warning.status.{row['status']}", lang, period=format_period(row["since"], lang))


def decimals_apart(value: float, expected: float, indicator: Named) -> int:
    """Return how many more decimals two figures need to be seen apart; none where three more would not do."""
    # In one fixed language: rounding does not depend on it, and both sentences must have equal digits.
    return next(
        (
            extra
            for extra in range(4)
            if indicator.number(value, "en", extra) != indicator.number(expected, "en", extra)
        ),
        0,
    )


def _known(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)
