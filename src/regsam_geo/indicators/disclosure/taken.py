"""What was taken as a count of persons without the catalogue saying so, and the line that says it on the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from regsam_geo.indicators.disclosure.counts import Counts, collect_counts
from regsam_geo.indicators.disclosure.reading import COLUMNS
from regsam_geo.indicators.panel import Panel
from regsam_geo.text import join_words, say, shorten, tell_once

MOST_NAMED = 8


class Taken(NamedTuple):
    """An indicator of which some columns were taken as counts of persons."""

    indicator: str
    columns: tuple[str, ...]  # of ``COLUMNS``
    times: tuple[str, ...]  # the populations whose product with the rate is one


@dataclass(frozen=True)
class TakenAsPersons:
    """What the catalogue leaves open, and how it was read.

    Attributes
    ----------
    doubtful
        Indicators of which nobody says what they count, where something is hidden: the columns taken as persons.
    things
        Indicators whose names speak of things, with numbers below the threshold: shown as they are.
    """

    doubtful: tuple[Taken, ...]
    things: tuple[str, ...]

    def text(self, lang: str | None = None) -> str:
        """Write one line per kind for the page: what was taken; empty where the catalogue says all."""
        return " ".join(say(f"label.disclosure.{kind}", lang, names=names) for kind, names, _ in self._said(lang))

    def tell(self, lang: str | None = None) -> None:
        """Tell whoever makes the page, once in a session, how to say that it is otherwise."""
        for kind, names, first in self._said(lang):
            tell_once(f"counts {kind} {first}", say(f"note.counts_{kind}", lang, names=names, first=first))

    def _said(self, lang: str | None) -> Iterator[tuple[str, str, str]]:
        """Yield kind, names and the first name of what was read without a word."""
        if self.doubtful:
            names = shorten([_words(one, lang) for one in self.doubtful], MOST_NAMED, lang)
            yield "taken", names, self.doubtful[0].indicator
        if self.things:
            yield "things", shorten(list(self.things), MOST_NAMED, lang), self.things[0]


def _words(one: Taken, lang: str | None) -> str:
    """Write an indicator with its columns; a value alone needs no word."""
    columns = [say(f"label.audit.column_{column}", lang) for column in one.columns]
    columns += [say("label.disclosure.times", lang, name=name) for name in one.times]
    plain = one.columns == ("value",) and not one.times
    return one.indicator if plain else f"{one.indicator} ({join_words(columns, lang=lang)})"


def taken_as_persons(panel: Panel, threshold: float = 3) -> TakenAsPersons:
    """Return what of a protected panel was taken as counts of persons although its catalogue does not say so.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> table = pd.DataFrame({"indicator": "Beratungen", "period": 2024, "area_id": ["01", "02"]})
    >>> table["value"] = [2, 30]
    >>> print(taken_as_persons(rg.protect(table)).text("en")[:41])
    Taken as counts of persons: Beratungen. W
    """
    if panel.catalogue["counts_persons"].notna().all():
        return TakenAsPersons((), ())
    counts = collect_counts(panel.data, panel.catalogue)
    columns: dict[str, dict[str, None]] = {}
    times: dict[str, dict[str, None]] = {}
    things: dict[str, None] = {}
    for row, (indicator, reading) in enumerate(zip(counts.entries["indicator"], counts.readings, strict=True)):
        # the page asks only where the answer would change what is shown
        if reading.why == "thing" and _has_small(counts, row, threshold):
            things[indicator] = None
        elif reading.why == "doubt":
            found: set[int] = set()
            for column, count in enumerate(counts.of_column[row].tolist()):
                if count >= 0 and counts.persons[count] and column in reading.counts and count not in found:
                    columns.setdefault(indicator, {})[COLUMNS[column]] = None
                    found.add(count)
            for tie in counts.ties:
                # part and whole beside the rate leave no doubt of what it is
                if tie.entry == row and not reading.explained and counts.persons[tie.part]:
                    times.setdefault(indicator, {})[_name(counts, tie.whole)] = None
    # of what is hidden as a whole no number is left that tells why
    gone = set(panel.data.loc[panel.data["sign"] == "suppressed", "indicator"])
    for indicator, reading in zip(counts.entries["indicator"], counts.readings, strict=True):
        if reading.why == "doubt" and indicator in gone and indicator not in times:
            columns.setdefault(indicator, {"value": None})
    doubtful = [
        Taken(name, tuple(columns.get(name, {})), tuple(times.get(name, {})))
        for name in counts.entries["indicator"].unique()
        if name in columns or name in times
    ]
    if not panel.data["sign"].eq("suppressed").any():
        doubtful = []  # nothing came of it
    return TakenAsPersons(tuple(doubtful), tuple(things))


def _name(counts: Counts, c: int) -> str:
    """Return the name of a count, else that of the indicator whose value it is."""
    label = counts.labels[c]
    if label.name:
        return label.name
    return label.indicator if label.column == "value" else say(f"label.audit.column_{label.column}")


def _has_small(counts: Counts, row: int, threshold: float) -> bool:
    """Return whether a thing's numbers would be hidden if it were persons."""
    found = [int(c) for c in counts.of_column[row] if c >= 0]
    numbers = counts.numbers[found]
    return bool(np.any((numbers > 0) & (numbers < threshold)))
