"""What the user says about files, and what reading them gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, TypedDict, Unpack

import pandas as pd

from regsam_geo.areas import Level
from regsam_geo.indicators.panel import Panel
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import check_options, say

Columns = Mapping[str, str | Sequence[str] | Mapping[str, str]]
Editions = Literal["refuse", "newest"]


class TableForm(TypedDict, total=False):
    """What the user says about files that do not say it themselves; ``read_indicators`` explains each."""

    indicator: str | None
    group: str | None
    period: str | int | None
    area: str | None
    level: Level | None
    sheet: str | Sequence[str] | None
    header_row: int | None
    cells: str | None
    decimal: Literal[",", "."] | None
    signs: Mapping[str, str] | None
    missing_codes: Iterable[float]
    editions: Editions
    keep_unallocated: bool
    recalculated: bool


@dataclass(frozen=True)
class Options:
    """The same with the defaults, and the columns of a table of the user's own."""

    columns: Columns | None = None
    indicator: str | None = None
    group: str | None = None
    period: str | int | None = None
    area: str | None = None
    level: Level | None = None
    sheet: str | Sequence[str] | None = None
    header_row: int | None = None
    cells: str | None = None
    decimal: str | None = None
    signs: Mapping[str, str] | None = None
    missing_codes: Iterable[float] = ()
    editions: Editions = "refuse"
    keep_unallocated: bool = False
    recalculated: bool = False

    def __post_init__(self) -> None:
        # a generator would be empty after the first file
        object.__setattr__(self, "missing_codes", tuple(self.missing_codes))

    @classmethod
    def of(cls, columns: Columns | None, **form: Unpack[TableForm]) -> Options:
        """Take what the user says, or refuse an option that does not exist."""
        check_options(form, TableForm)
        return cls(columns, **form)


@dataclass(frozen=True)
class Note:
    """Something that reading a file noticed and that a person should know; ``code`` names the phrase."""

    file: str
    code: str
    fields: Mapping[str, Any] = field(default_factory=dict)

    def text(self, lang: str | None = None) -> str:
        """Return the note as a sentence."""
        return f"{self.file}: {say(f'note.{self.code}', lang, **self.fields)}"


class TableRead(NamedTuple):
    """One table of a file, read: its rows, what the file says about its series, and what was noticed."""

    table: RawTable
    form: str
    rows: pd.DataFrame
    about: pd.DataFrame
    decimals: pd.DataFrame
    notes: tuple[Note, ...]
    catalogue: pd.DataFrame | None = None


class Reading(NamedTuple):
    """A panel with the tables it was read from, what was noticed, and the calls that read each file so."""

    panel: Panel
    tables: tuple[TableRead, ...]
    notes: tuple[Note, ...]
    calls: tuple[str, ...] = ()
