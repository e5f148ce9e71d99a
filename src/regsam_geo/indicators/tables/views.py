"""Which column of a table means what: by its form, or as the user says for a table of his own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators.tables.forms import BASES, NAMES, Form, recognise, unrecognised
from regsam_geo.indicators.tables.options import Options
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import check_choice, did_you_mean, problem, shorten

OWN_FORM = Form("own", {})
MEANINGS = ("area", "indicator", "group", "period", "value", "numerator", "denominator", *BASES, *NAMES, "theme")
_WIDE = ("value", "period")


class View(NamedTuple):
    """One way through a table: which column stands for what, and what is the same in every row.

    A long table has one view; a wide one has a view for each of its value columns.
    """

    columns: dict[str, str]
    constants: dict[str, str]


def views_of(tables: Sequence[RawTable], options: Options) -> list[tuple[RawTable, Form, list[View]]]:
    """Return the tables of a file that hold data, with their form and their views.

    Raises
    ------
    InputError
        If none of the tables has a known form or the columns that the user names.
    """
    if options.sheet is not None:
        named = [table for table in tables if table.sheet == options.sheet]
        if not named:
            sheets = [table.sheet for table in tables]
            raise problem(
                InputError,
                "sheet_missing",
                file=tables[0].file,
                found=options.sheet,
                expected=shorten(sheets, 20) or "–",
                hint=did_you_mean(options.sheet, sheets),
            )
        tables = named
    if options.columns is None:
        found = [(table, match) for table in tables if (match := recognise(table)) is not None]
        if not found:
            raise unrecognised(tables)
        return [(table, form, [View(columns, {})]) for table, (form, columns) in found]
    wished = _checked(options)
    titles = {title for names in wished.values() for title in names}
    # Every sheet that has the columns: workbooks often hold one sheet a year.
    fit = [table for table in tables if titles <= set(table.header)]
    if not fit:
        raise _lacking(tables, titles)
    return [(table, OWN_FORM, _own_views(wished, options)) for table in fit]


def _checked(options: Options) -> dict[str, dict[str, str]]:
    """Return the user's columns as meaning -> {title: name}, or say what is wrong with them."""
    columns: Mapping[str, Any] = options.columns or {}
    for meaning in columns:
        check_choice(meaning, MEANINGS, "column_meaning")
    wished: dict[str, dict[str, str]] = {}
    for meaning, title in columns.items():
        if isinstance(title, str):
            wished[meaning] = {title: ""}
        elif isinstance(title, Mapping):
            wished[meaning] = {str(key): str(name) for key, name in title.items()}
        else:
            wished[meaning] = {str(name): str(name) for name in title}
    several = [meaning for meaning, names in wished.items() if "" not in names.values()]
    if len(several) > 1 or any(meaning not in _WIDE for meaning in several):
        raise problem(OptionError, "columns_wide", found=", ".join(several))
    # One of both only: with several values and several periods nobody could say which cell is which.
    wide = several[0] if several else None
    have = set(wished) | {name for name in ("indicator", "group", "period") if getattr(options, name) is not None}
    have |= {"indicator"} if wide == "value" else {"value"} if wide == "period" else set()
    if lacking := [meaning for meaning in ("area", "indicator", "period", "value") if meaning not in have]:
        raise problem(OptionError, "columns_lacking", missing=shorten(lacking), first=lacking[0])
    return wished


def _own_views(wished: Mapping[str, Mapping[str, str]], options: Options) -> list[View]:
    constants = {
        meaning: str(value)
        for meaning in ("indicator", "group", "period")
        if (value := getattr(options, meaning)) is not None and meaning not in wished
    }
    single = {meaning: next(iter(names)) for meaning, names in wished.items() if "" in names.values()}
    wide = next((meaning for meaning in wished if meaning not in single), None)
    if wide is None:
        return [View(single, constants)]
    names_what = "indicator" if wide == "value" else "period"
    return [
        View({**single, "value": title}, {**constants, names_what: name}) for title, name in wished[wide].items()
    ]


def _lacking(tables: Sequence[RawTable], titles: set[str]) -> InputError:
    nearest = max(tables, key=lambda table: len(titles & set(table.header)))
    lacks = sorted(titles - set(nearest.header))
    return problem(
        InputError,
        "column_missing",
        file=nearest.location,
        column=shorten(lacks),
        found=shorten(nearest.header, 18),
        hint=did_you_mean(lacks[0], nearest.header),
    )
