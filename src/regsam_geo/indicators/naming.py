"""How an indicator is called: the one place where titles are made, split and looked up."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.files import file_stem
from regsam_geo.text import did_you_mean, format_number, is_phrase, problem, resolve_language, say, shorten

WHOLE_GROUP = "insgesamt"
"""The group that says nothing, because it is everybody."""

Key = tuple[str, str]
"""Indicator and group."""


def group_name(group: str, lang: str | None = None) -> str:
    """Return a group of the city's tables in a language; any other as it is written."""
    code = f"group.{group}"
    return say(code, lang) if is_phrase(code) else group


def split_title(title: str) -> tuple[str, str]:
    """Split ``Name (explanation)`` into both; other titles stay whole.

    Parentheses that end in a hyphen are a part of the word before them, not an explanation.

    Examples
    --------
    >>> split_title("Erwerbsfähige (Regel-)Leistungsberechtigte (Anteil an der Bevölkerung)")
    ('Erwerbsfähige (Regel-)Leistungsberechtigte', 'Anteil an der Bevölkerung')
    >>> split_title("Quote (Personen (65+))")
    ('Quote', 'Personen (65+)')
    >>> split_title("Leistungen (Regel-)")
    ('Leistungen (Regel-)', '')
    """
    title = title.strip()
    start = _opening_of_last_parenthesis(title)
    # A parenthesis within a word belongs to it, and at the very beginning it explains nothing.
    if start < 2 or not title[start - 1].isspace() or title.endswith("-)"):
        return title, ""
    detail = title[start + 1 : -1].strip()
    return title[:start].rstrip(), detail[:1].upper() + detail[1:]


def _opening_of_last_parenthesis(title: str) -> int:
    """Return where the parenthesis opens that the title ends with; -1 where it ends with none."""
    if not title.endswith(")"):
        return -1
    depth = 0
    for position in range(len(title) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(title[position], 0)
        if depth == 0:
            return position
    return -1


@dataclass(frozen=True)
class Naming:
    """How one indicator and group is written in both languages.

    Attributes
    ----------
    indicator, group
        Its key in the panel.
    titles, units
        Title and unit by language; where one language is missing, the other stands in.
    decimals
        Digits that its value is printed with; ``None`` where nothing is known.
    direction
        1: a high value is a burden; -1: a relief; 0: neither, or unknown.
    title_is_shared
        Whether another group of the indicator has the same title, so that only the group tells them apart.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> naming = rg.load_study().naming("Arbeitslose - Anteil")
    >>> naming.short("de"), naming.detail("de"), naming.short("en")
    ('Arbeitslose', 'Anteil an der Bevölkerung von 15 bis 64 Jahren', 'Unemployed')
    """

    indicator: str
    group: str
    titles: Mapping[str, str]
    units: Mapping[str, str]
    decimals: int | None
    direction: int
    title_is_shared: bool = False

    @classmethod
    def from_entry(cls, entry: Mapping[str, Any], *, title_is_shared: bool = False) -> Naming:
        """Take titles and units from a catalogue row; the other language, then the name, stand in."""
        german, english = _text(entry["title_de"]), _text(entry["title_en"])
        title = german or english or str(entry["indicator"])
        unit, unit_en = _text(entry["unit"]), _text(entry["unit_en"])
        return cls(
            indicator=str(entry["indicator"]),
            group=str(entry["group"]),
            titles={"de": title, "en": english or title},
            units={"de": unit or unit_en, "en": unit_en or unit},
            decimals=None if pd.isna(entry["decimals"]) else int(entry["decimals"]),
            direction=0 if pd.isna(entry["polarity"]) else int(entry["polarity"]),
            title_is_shared=title_is_shared,
        )

    @property
    def key(self) -> Key:
        """Indicator and group."""
        return self.indicator, self.group

    def title(self, lang: str | None = None) -> str:
        """Return the title as the catalogue has it, without the group."""
        return self.titles[resolve_language(lang)]

    def short(self, lang: str | None = None) -> str:
        """Return the title without its explanation: ``Arbeitslose``."""
        return split_title(self.title(lang))[0]

    def detail(self, lang: str | None = None) -> str:
        """Return the explanation in the parentheses of the title: ``Anteil an der Bevölkerung``."""
        return split_title(self.title(lang))[1]

    def group_words(self, lang: str | None = None) -> str:
        """Return the group where it says something that the title does not say already."""
        # Said once: a title that names its group would repeat it.
        if self.group == WHOLE_GROUP or self.group in self.title(lang):
            return ""
        words = self.group_name(lang)
        return "" if _stands_in(words, self.title(lang)) and not self.title_is_shared else words

    def group_name(self, lang: str | None = None) -> str:
        """Return the group as people of the language say it; one's own stays as it is written.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> naming = rg.load_study().naming("Einpersonenhaushalte")
        >>> naming.group_name("de"), naming.group_name("en")
        ('65 Jahre und älter', '65 and older')
        """
        return group_name(self.group, lang)

    def full(self, lang: str | None = None) -> str:
        """Return the whole name; two groups of one indicator are never called alike."""
        title, group = self.title(lang).strip(), self.group_words(lang)
        if not (group and self.title_is_shared):
            return title
        short, detail = split_title(title)
        return f"{short} ({detail}, {group})" if detail else f"{short} ({group})"

    def unit(self, lang: str | None = None) -> str:
        """Return the unit, written after a number; empty where there is none."""
        return self.units[resolve_language(lang)]

    @property
    def digits(self) -> int:
        """Digits after the mark in print: those of the catalogue, else one."""
        return 1 if self.decimals is None else self.decimals

    def number(self, value: float | None, lang: str | None = None, extra: int = 0) -> str:
        """Write a value of this indicator with its unit."""
        return format_number(value, self.digits + extra, self.unit(lang), lang=lang)

    @property
    def file_stem(self) -> str:
        """Name of a file about it, without ending."""
        return file_stem(self.indicator)[:60]


@dataclass(frozen=True, eq=False)
class Namings(Mapping[Key, Naming]):
    """The names of a catalogue, by indicator and group, and how to find one by what people say."""

    catalogue: pd.DataFrame = field(repr=False)

    @cached_property
    def _by_key(self) -> dict[Key, Naming]:
        titles = self.catalogue["title_de"].fillna(self.catalogue["title_en"]).fillna(self.catalogue["indicator"])
        called = list(zip(self.catalogue["indicator"].tolist(), titles.tolist(), strict=True))
        times = Counter(called)
        found = (
            Naming.from_entry(row, title_is_shared=times[pair] > 1)
            for row, pair in zip(self.catalogue.to_dict("records"), called, strict=True)
        )
        return {naming.key: naming for naming in found}

    def __getitem__(self, key: Key) -> Naming:
        return self._by_key[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._by_key)

    def __len__(self) -> int:
        return len(self._by_key)

    def find_indicator(self, words: str) -> str:
        """Return the indicator that people mean by its name in the tables, its title or its short title.

        Raises
        ------
        OptionError
            If no indicator, or more than one, is called so.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.load_study().namings.find_indicator("unemployed")
        'Arbeitslose - Anteil'
        """
        indicators = list(dict.fromkeys(naming.indicator for naming in self.values()))
        if words in indicators:
            return words
        wanted = _folded(words)
        # From the exact to the loose: a short title that several indicators share must not hide a name that only
        # one has.
        for names_of in (_names_in_tables, _titles, _short_titles):
            found = {one.indicator for one in self.values() if wanted in {_folded(name) for name in names_of(one)}}
            # More than one is asked about and not chosen: both would draw a map, one of them the wrong one.
            if len(found) == 1:
                return found.pop()
            if found:
                raise problem(
                    OptionError, "indicator_open", found=words, expected=shorten(sorted(found), 12), n=len(found)
                )
        known = [*indicators, *(naming.short() for naming in self.values())]
        raise problem(
            OptionError,
            "not_in_panel",
            column="indicator",
            found=words,
            expected=shorten(indicators, 12) or "–",
            hint=did_you_mean(words, known),
        )


def _names_in_tables(naming: Naming) -> tuple[str, ...]:
    return (naming.indicator,)


def _titles(naming: Naming) -> tuple[str, ...]:
    return tuple(naming.titles.values())


def _short_titles(naming: Naming) -> tuple[str, ...]:
    return tuple(split_title(title)[0] for title in naming.titles.values())


def _stands_in(words: str, title: str) -> bool:
    """Say whether a title names a group; "men" does not stand in "unemployment"."""
    return re.search(rf"\b{re.escape(words)}\b", title, re.IGNORECASE) is not None


def _folded(words: str) -> str:
    return " ".join(str(words).casefold().split())


def _text(cell: Any) -> str:
    return "" if pd.isna(cell) else str(cell)
