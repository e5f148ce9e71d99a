"""The sentences of a warning: value, comparison, expectation, how unusual, since when."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from regsam_geo.text.lookup import say
from regsam_geo.text.numbers import format_number, format_period

MOST_CASES = 10_000
"""Beyond this the tail of a model is not to be trusted: nobody is told "1 in 3 million"."""


@dataclass(frozen=True)
class Indicator:
    """How an indicator is written in both languages."""

    title: Mapping[str, str]
    unit: Mapping[str, str]
    decimals: int

    @classmethod
    def from_catalogue(cls, key: tuple[str, str], entry: Mapping[str, Any]) -> Indicator:
        """Take titles and units from a catalogue row; the other language, then the name, stand in."""
        name = key[0] if key[1] == "insgesamt" else f"{key[0]} ({key[1]})"
        words = {column: text if isinstance(text := entry.get(column), str) else "" for column in TEXTS}
        decimals = entry.get("decimals")
        return cls(
            title={"de": words["title_de"] or name, "en": words["title_en"] or words["title_de"] or name},
            unit={"de": words["unit"], "en": words["unit_en"] or words["unit"]},
            decimals=int(decimals) if isinstance(decimals, int | float) and math.isfinite(decimals) else 1,
        )

    def number(self, value: float | None, lang: str, extra: int = 0) -> str:
        """Write a value of this indicator with its unit."""
        return format_number(value, self.decimals + extra, self.unit[lang], lang=lang)


TEXTS = ("title_de", "title_en", "unit", "unit_en")


def rarity(p: float, lang: str) -> str:
    """Say how unusual something is: "in weniger als 1 von 500 Fällen".

    Examples
    --------
    >>> rarity(0.0017, "de")
    'in weniger als 1 von 500 Fällen'
    """
    cases = 1.0 / max(p, 1.0 / MOST_CASES)
    size = 10 ** math.floor(math.log10(cases))
    steps = [step * size for step in (1, 2, 5) if step * size <= cases * (1 + 1e-9)]
    return say("warning.rarity", lang, n=round(steps[-1]))


def warning_sentence(row: Mapping[str, Any], indicator: Indicator, lang: str) -> str:
    """Write one warning in one language.

    Parameters
    ----------
    row
        A row of the warning table before its sentences, with ``details``, ``reason``, ``p`` and ``city_before``.
    indicator
        How its indicator is written.
    lang
        ``"de"`` or ``"en"``.
    """
    extra = _extra_decimals(row["value"], row["expected"], indicator.decimals)
    fields = {
        "title": indicator.title[lang],
        "place": place_words(row, lang),
        "period": format_period(row["period"], lang),
        "value": indicator.number(row["value"], lang),
        "expected": indicator.number(row["expected"], lang, extra),
        "city": indicator.number(row["city"], lang),
        "rarity": rarity(row["p"], lang),
    }
    details = dict(row["details"])
    opening = "warning.opening" if _known(row["city"]) else "warning.opening_without_city"
    parts = [say(opening, lang, **fields), _clause(row, details, fields, indicator, lang), _since(row, lang)]
    return " ".join(part for part in parts if part)


def finding_sentence(row: Mapping[str, Any], indicator: Indicator, lang: str) -> str:
    """Write a finding about the data or about the whole city in one language."""
    details = dict(row["details"])
    scope = details.get("scope", "")
    code = ".".join(part for part in (f"finding.{row['reason']}", scope) if part)
    area = {**row, "area_name": row.get("area_name", "")}
    if row["level"] == "city":
        area["area_id"] = ""
    fields = {name: str(value) if isinstance(value, str) else value for name, value in details.items()}
    for name in ("before", "sum"):
        if name in details:
            fields[name] = indicator.number(float(details[name]), lang)
    if row["reason"] in COUNTS_IN:
        fields |= {name: format_number(float(x), _digits(x), lang=lang) for name, x in _counts(row, details)}
    for name in ("share", "usual"):
        if name in details:
            fields[name] = format_number(100 * float(details[name]), 1, "%", lang=lang)
    if "factor" in details:
        fields["factor"] = format_number(float(details["factor"]), 2, lang=lang)
    if details.get("before_period"):
        fields["before_period"] = format_period(str(details["before_period"]), lang)
    if row["reason"] == "city_change":
        code += f".{row['direction']}" if _known(row["value"]) else ".unknown"
        fields["rarity"] = rarity(row["p"], lang)
    return say(
        code,
        lang,
        **{
            "place": place_words(area, lang),
            "title": indicator.title[lang],
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
    name = f"{row['area_id']} {row['area_name']}".strip() if row["level"] != "region" else str(row["area_id"])
    return say(f"warning.place.{row['level']}", lang, name=name)


def _clause(
    row: Mapping[str, Any], details: Mapping[str, Any], fields: Mapping[str, str], indicator: Indicator, lang: str
) -> str:
    """Write what was compared and how unusual it is; one phrase per reason."""
    if written := details.get(f"sentence_{lang}"):
        return str(written)  # by a detector of the user's own
    more = {
        name: indicator.number(value, lang) if isinstance(value, float) else value
        for name, value in details.items()
    }
    for name in ("before_period", "larger_in", "first_change"):
        if details.get(name):
            more[name] = format_period(str(details[name]), lang)
    code = f"warning.{row['reason']}.{row['direction']}"
    text = say(code, lang, **{**more, **fields})
    if row["kind"] == "change" and details.get("gap", 1) > 1:
        text += " " + say("warning.change_gap", lang, **{**more, **fields})
    if row["kind"] == "change" and row["reason"] != "change_two_periods":
        again = "warning.change_larger_in" if details.get("larger_in") else "warning.change_record"
        text += " " + say(again, lang, **{**more, **fields})
    return text


def _since(row: Mapping[str, Any], lang: str) -> str:
    """Write whether the warning is new."""
    return say(f"warning.status.{row['status']}", lang, period=format_period(row["since"], lang))


def _extra_decimals(value: float, expected: float, decimals: int) -> int:
    """Return one more decimal where value and expectation would be printed alike."""
    alike = format_number(value, decimals, lang="en") == format_number(expected, decimals, lang="en")
    return 1 if alike else 0


def _known(value: object) -> bool:
    return isinstance(value, float) and math.isfinite(value)
