"""Which column of a table means what: by its form, or as the user says for a table of his own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.tables.context import periods_of
from regsam_geo.indicators.tables.forms import BASES, NAMES, Form, recognise
from regsam_geo.indicators.tables.options import Options
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import check_choice, did_you_mean, problem, say, shorten

OWN_FORM = Form("own", {})
MEANINGS = (
    "area",
    "area_number",
    "indicator",
    "group",
    "period",
    "period_part",
    "value",
    "numerator",
    "denominator",
    *BASES,
    *NAMES,
    "theme",
)
# Numerators and Basiswerte are not among them: of several values it would be open whose they are.
_WIDE = ("value", "period", "area", "group")
_CONSTANT = ("indicator", "group", "period", "area")


class View(NamedTuple):
    """One way through a table: which column stands for what, and what is the same in every row.

    A long table has one view; a wide one has a view for each of its value columns.
    """

    columns: dict[str, str]
    constants: dict[str, str]
    derived: tuple[str, str] = ("", "")
    """A period that no column says, and where it was found."""
    own: bool = False
    """The user, or a proposal, says what the columns mean."""
    beside: tuple[str, ...] = ()
    """The columns of all views of the table: they are written with one decimal mark."""
    areas: tuple[str, ...] = ()
    """The areas of all views of the table: a name of two levels means the level of the others."""


Found = list[tuple[RawTable, Form, list[View]]]


def chosen_sheets(sheet: str | Sequence[str] | None) -> list[str] | None:
    """Return the sheets that were asked for."""
    return None if sheet is None else [sheet] if isinstance(sheet, str) else list(sheet)


def refuse_unknown_sheets(wished: Iterable[str], sheets: Sequence[str], file: str) -> None:
    """Say which sheets there are, if one is asked for that is not there."""
    for name in wished:
        if name not in sheets:
            raise problem(
                InputError,
                "sheet_missing",
                file=file,
                found=name,
                expected=shorten([sheet for sheet in sheets if sheet], 20) or "–",
                hint=did_you_mean(name, sheets),
            )


def known_views(tables: Sequence[RawTable]) -> Found:
    """Return the tables that have a known form."""
    found = [(table, match) for table in tables if (match := recognise(table)) is not None]
    return [(table, form, [View(columns, {})]) for table, (form, columns) in found]


def own_views(tables: Sequence[RawTable], options: Options) -> Found:
    """Return the tables that hold the columns which the user names, with a view for each of their values.

    Raises
    ------
    InputError
        If none of the tables has these columns.
    """
    wished = _checked(options)
    titles = {title for names in wished.values() for title in names}
    # Every sheet that has the columns: workbooks often hold one sheet a year.
    fit = []
    for table in tables:
        meant = {title: table.find(title) for title in titles}
        if None not in meant.values():
            fit.append((table, {title: str(own) for title, own in meant.items()}))
    if not fit:
        raise _lacking(tables, titles)
    return [(table, OWN_FORM, _views(table, wished, meant, options)) for table, meant in fit]


def _checked(options: Options) -> dict[str, dict[str, str]]:
    """Return the user's columns as meaning -> {title: name}, or say what is wrong with them."""
    columns: Mapping[str, Any] = options.columns or {}
    for meaning in columns:
        check_choice(meaning, MEANINGS, "column_meaning")
    wished: dict[str, dict[str, str]] = {}
    for meaning, title in columns.items():
        if isinstance(title, str | int):
            wished[meaning] = {str(title): ""}
        elif isinstance(title, Mapping):
            wished[meaning] = {str(key): str(name) for key, name in title.items()}
        else:
            wished[meaning] = {str(name): str(name) for name in title}
    several = [meaning for meaning, names in wished.items() if "" not in names.values()]
    same = len({frozenset(wished[meaning]) for meaning in several}) < 2
    # A list names a column by its title, which cannot be both an indicator and a period.
    lists = [meaning for meaning in several if not isinstance(columns[meaning], Mapping)]
    if any(meaning not in _WIDE for meaning in several) or not same or (len(several) > 1 and lists):
        raise problem(OptionError, "columns_wide", found=", ".join(several))
    if several and "value" in wished and "value" not in several:
        raise problem(OptionError, "columns_wide", found=", ".join([*several, "value"]))
    have = set(wished) | {name for name in _CONSTANT if getattr(options, name) is not None}
    have |= {"indicator"} if "value" in several else {"value"} if several else set()
    needed = [meaning for meaning in ("area", "indicator", "value") if meaning not in have]
    if needed:
        lacking = [meaning for meaning in ("area", "indicator", "period", "value") if meaning not in have]
        raise _unsaid(lacking)
    return wished


def _unsaid(lacking: Sequence[str]) -> OptionError:
    code = "columns_lacking_value" if lacking[0] == "value" else "columns_lacking"
    return problem(OptionError, code, missing=shorten(lacking), first=lacking[0], hint="")


def _views(
    table: RawTable, wished: Mapping[str, Mapping[str, str]], meant: Mapping[str, str], options: Options
) -> list[View]:
    constants = {
        meaning: str(value)
        for meaning in _CONSTANT
        if (value := getattr(options, meaning)) is not None and meaning not in wished
    }
    single = {meaning: meant[next(iter(names))] for meaning, names in wished.items() if "" in names.values()}
    wide = [meaning for meaning in wished if meaning not in single]
    derived = ("", "")
    if "period" not in wished and "period" not in constants:
        places = periods_of(table)
        # Of two periods none is taken: a wrong year can be seen in no figure.
        if len(places) != 1:
            raise _unsaid(["period"])
        constants["period"], derived = places[0].period, places[0]
    if not wide:
        return [View(single, constants, derived, own=True)]
    views, beside = [], tuple(meant[title] for title in wished[wide[0]])
    for title in wished[wide[0]]:
        said = {("indicator" if meaning == "value" else meaning): wished[meaning][title] for meaning in wide}
        views.append(
            View(
                {**single, "value": meant[title]},
                {**constants, **said},
                derived,
                True,
                beside,
                tuple(wished["area"].values()) if "area" in wide else (),
            )
        )
    return views


def _lacking(tables: Sequence[RawTable], titles: set[str]) -> InputError:
    nearest = max(tables, key=lambda table: sum(table.find(title) is not None for title in titles))
    lacks = sorted(title for title in titles if nearest.find(title) is None)
    ends = [title for title in nearest.header if title.rpartition(" · ")[2] == lacks[0]]
    return problem(
        InputError,
        "column_missing",
        file=nearest.location,
        column=shorten(lacks),
        found=shorten(nearest.header, 18),
        hint=say("hint.columns_end", columns=shorten([f"„{title}“" for title in ends], 4))
        if ends
        else did_you_mean(lacks[0], nearest.header),
    )
