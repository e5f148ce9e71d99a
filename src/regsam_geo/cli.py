"""The same verbs from a shell, for people who do not write programs."""

from __future__ import annotations

import io
import json
import re
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from regsam_geo._version import __version__
from regsam_geo.errors import RegsamGeoError
from regsam_geo.text import resolve_language, say, using_language

BAD_INPUT = 1
INTERRUPTED = 130

app = typer.Typer(
    name="regsam-geo",
    help=say("cli.about"),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"regsam-geo {__version__}")
        raise typer.Exit


def _check_language(lang: str | None) -> str | None:
    try:
        return None if lang is None else resolve_language(lang)
    except RegsamGeoError as error:
        raise typer.BadParameter(str(error)) from None


Data = Annotated[list[Path] | None, typer.Option("--data", help=say("cli.data"))]
Lang = Annotated[str | None, typer.Option("--lang", help=say("cli.lang"), callback=_check_language)]
PeriodOption = Annotated[str | None, typer.Option("--period", help=say("cli.period"))]
Areas = Annotated[Path | None, typer.Option("--areas", help=say("cli.areas"))]
IdColumn = Annotated[str | None, typer.Option("--id-column", help=say("cli.id_column"))]
NameColumn = Annotated[str | None, typer.Option("--name-column", help=say("cli.name_column"))]
Scheme = Annotated[Path | None, typer.Option("--scheme", help=say("cli.scheme"))]
Columns = Annotated[
    list[str] | None, typer.Option("--columns", help=say("cli.columns"), metavar="area=…,period=…,value=…")
]
TablePeriod = Annotated[str | None, typer.Option("--period", help=say("cli.table_period"))]
Name = Annotated[str | None, typer.Option("--indicator", help=say("cli.indicator"))]
LevelOption = Annotated[str | None, typer.Option("--level", help=say("cli.level"))]
Sheet = Annotated[str | None, typer.Option("--sheet", help=say("cli.sheet"))]
HeaderRow = Annotated[int | None, typer.Option("--header-row", help=say("cli.header_row"), min=1)]
Decimal = Annotated[str | None, typer.Option("--decimal", help=say("cli.decimal"))]
Signs = Annotated[list[str] | None, typer.Option("--signs", help=say("cli.signs"), metavar="k.A.=not_available")]
MissingCodes = Annotated[list[float] | None, typer.Option("--missing-codes", help=say("cli.missing_codes"))]
EditionsOption = Annotated[str | None, typer.Option("--editions", help=say("cli.editions"))]
Recalculated = Annotated[bool, typer.Option("--recalculated", help=say("cli.recalculated"))]
Threshold = Annotated[float, typer.Option("--threshold", help=say("cli.threshold"), min=0)]


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", help=say("cli.version"), callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options that all commands share."""


@app.command(help=say("cli.report.help"))
def report(
    out: Annotated[Path, typer.Option("--out", help=say("cli.report.out"), file_okay=False)],
    data: Data = None,
    period: PeriodOption = None,
    columns: Columns = None,
    indicator: Name = None,
    level: LevelOption = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    decimal: Decimal = None,
    signs: Signs = None,
    missing_codes: MissingCodes = None,
    editions: EditionsOption = None,
    recalculated: Recalculated = False,
    areas: Areas = None,
    id_column: IdColumn = None,
    name_column: NameColumn = None,
    scheme: Scheme = None,
    region: Annotated[str | None, typer.Option("--region", help=say("cli.report.region"))] = None,
    date: Annotated[str | None, typer.Option("--date", help=say("cli.report.date"))] = None,
    threshold: Threshold = 3,
    lang: Lang = None,
) -> None:
    """Write the material for one meeting into a folder."""
    from regsam_geo.summary import write_meeting_pack, write_report

    with using_language(lang):
        said = _said(
            data,
            columns=columns,
            indicator=indicator,
            period=period,
            level=level,
            sheet=sheet,
            header_row=header_row,
            decimal=decimal,
            signs=signs,
            missing_codes=missing_codes,
            editions=editions,
            recalculated=recalculated,
        )
        if region is not None:
            if areas is not None:
                raise typer.BadParameter(say("cli.report.region_areas"), param_hint="--region")
            with _Steps() as steps:
                steps.say(say("cli.reading"))
                pack = write_meeting_pack(
                    _read_panel(data, said, own=False),
                    region,
                    out,
                    period=period,
                    scheme=_read_scheme(scheme),
                    threshold=threshold or None,
                    date=date,
                    inputs=[*(data or ()), *([] if scheme is None else [scheme])],
                    progress=steps.count,
                )
            for sentence in pack.sentences:
                typer.echo(sentence)
            if pack.kept:
                typer.echo(say("cli.report.kept", n=pack.kept))
            typer.echo(say("cli.report.pack_done", n=len(pack.files), path=str(pack.folder)))
            return
        with _Steps() as steps:
            steps.say(say("cli.reading"))
            result = write_report(
                _read_panel(data, said, own=areas is not None),
                out,
                period=period,
                areas=_read_areas(areas, id_column, name_column),
                scheme=_read_scheme(scheme),
                threshold=threshold or None,
                inputs=[*(data or ()), *(path for path in (areas, scheme) if path is not None)],
                progress=steps.count,
            )
        for sentence in result.sentences:
            typer.echo(sentence)
        typer.echo("")
        typer.echo(say("cli.done", n=len(result.files), path=str(result.index)))


@app.command("map", help=say("cli.map.help"))
def draw_map(
    indicator: Annotated[str, typer.Option("--indicator", help=say("cli.map.indicator"))],
    out: Annotated[Path, typer.Option("--out", help=say("cli.map.out"), dir_okay=False)],
    group: Annotated[str | None, typer.Option("--group", help=say("cli.map.group"))] = None,
    period: PeriodOption = None,
    data: Data = None,
    columns: Columns = None,
    level: LevelOption = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    decimal: Decimal = None,
    signs: Signs = None,
    missing_codes: MissingCodes = None,
    editions: EditionsOption = None,
    recalculated: Recalculated = False,
    areas: Areas = None,
    id_column: IdColumn = None,
    name_column: NameColumn = None,
    scheme: Scheme = None,
    theme: Annotated[str, typer.Option("--theme", help=say("cli.map.theme"))] = "meeting",
    threshold: Threshold = 3,
    lang: Lang = None,
) -> None:
    """Draw one map."""
    from regsam_geo.summary import write_map

    with using_language(lang):
        said = _said(
            data,
            columns=columns,
            indicator=indicator,
            period=period,
            level=level,
            sheet=sheet,
            header_row=header_row,
            decimal=decimal,
            signs=signs,
            missing_codes=missing_codes,
            editions=editions,
            recalculated=recalculated,
        )
        write_map(
            _read_panel(data, said, own=areas is not None),
            out,
            indicator=indicator,
            group=group,
            period=period,
            areas=_read_areas(areas, id_column, name_column),
            scheme=_read_scheme(scheme),
            theme=theme,
            threshold=threshold or None,
        )
        typer.echo(say("cli.map.done", path=str(out)))


@app.command(help=say("cli.check.help"))
def check(
    files: Annotated[list[Path], typer.Argument(help=say("cli.check.files"), show_default=False)],
    columns: Columns = None,
    indicator: Name = None,
    period: TablePeriod = None,
    level: LevelOption = None,
    sheet: Sheet = None,
    header_row: HeaderRow = None,
    decimal: Decimal = None,
    signs: Signs = None,
    missing_codes: MissingCodes = None,
    editions: EditionsOption = None,
    recalculated: Recalculated = False,
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.check.json"))] = False,
    lang: Lang = None,
) -> None:
    """Say what files are, what is in them and what is wrong with them."""
    from regsam_geo.indicators import describe_file

    with using_language(lang):
        said = _said(
            files,
            columns=columns,
            indicator=indicator,
            period=period,
            level=level,
            sheet=sheet,
            header_row=header_row,
            decimal=decimal,
            signs=signs,
            missing_codes=missing_codes,
            editions=editions,
            recalculated=recalculated,
        )
        reports = [describe_file(path, **said) for path in files]
        if as_json:
            typer.echo(json.dumps([found.to_dict() for found in reports], ensure_ascii=False, indent=2))
        else:
            typer.echo(in_words_of_the_shell("\n\n".join(found.text() for found in reports)))
    if not all(found.readable for found in reports):
        raise typer.Exit(BAD_INPUT)


def _said(
    data: Sequence[Path] | None, *, indicator: str | None, period: str | None, **given: Any
) -> dict[str, Any]:
    """Return what was said about one's own table as ``read_indicators`` takes it.

    Name and period stand for all rows where no column holds them; else they choose from what the table holds.
    """
    said = {name: value for name, value in given.items() if value not in (None, False, [])}
    if said and not data:
        raise typer.BadParameter(say("cli.without_data"), param_hint="--" + next(iter(said)).replace("_", "-"))
    for name in ("columns", "signs"):
        if name in said:
            said[name] = _pairs(said[name], f"--{name}")
    columns = said.get("columns")
    if columns is not None:
        if indicator is not None and "indicator" not in columns and isinstance(columns.get("value"), str):
            said["indicator"] = indicator
        if period is not None and "period" not in columns:
            said["period"] = period
    return said


def _pairs(texts: Sequence[str], option: str) -> dict[str, str | list[str]]:
    """Read ``area=Bezirk,value=Wert``; a comma inside a title is one where no ``word=`` follows it."""
    found: dict[str, list[str]] = {}
    between = r",(?=\s*\w+\s*=)" if option == "--columns" else r",(?=[^,=]+=)"
    for part in (part for text in texts for part in re.split(between, text)):
        name, sign, title = (piece.strip() for piece in part.partition("="))
        if not (name and sign and title):
            raise typer.BadParameter(say(f"cli.form.{option.strip('-')}", found=part.strip()), param_hint=option)
        found.setdefault(name, []).append(title)
    return {name: titles[0] if len(titles) == 1 else titles for name, titles in found.items()}


def _read_panel(data: list[Path] | None, said: Mapping[str, Any], *, own: bool) -> Any:
    from regsam_geo.indicators import load_sample, read_indicators

    if not data:
        return load_sample()
    try:
        return read_indicators(data, **said)
    except RegsamGeoError:
        # ids that are none of Munich's may be those of the areas given
        if not own or "level" in said:
            raise
        return read_indicators(data, **said, level="own")


def _read_areas(path: Path | None, id_column: str | None, name_column: str | None) -> Any:
    from regsam_geo.areas import read_boundaries

    return None if path is None else read_boundaries(path, id_column, name_column)


def _read_scheme(path: Path | None) -> Any:
    from regsam_geo.areas import load_region_scheme

    return None if path is None else load_region_scheme(path)


class _Steps:
    """Progress for people: a bar in a terminal, one line a step elsewhere."""

    def __init__(self) -> None:
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("{task.description}", markup=False),
            BarColumn(),
            MofNCompleteColumn(),
            console=self._console,
            transient=True,
            disable=not self._console.is_terminal,
        )
        self._task = self._bar.add_task("", total=None)

    def __enter__(self) -> _Steps:
        self._bar.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bar.stop()

    def say(self, text: str) -> None:
        """Name what is being done."""
        self._bar.update(self._task, description=text)
        self._line(text)

    def count(self, done: int, total: int, text: str) -> None:
        """Name the step that begins, and how many are done."""
        self._bar.update(self._task, completed=done, total=total, description=text)
        self._line(f"[{done + 1}/{total}] {text}")

    def _line(self, text: str) -> None:
        if not self._console.is_terminal:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)


def in_words_of_the_shell(message: str) -> str:
    """Write what a message says about arguments as options.

    Examples
    --------
    >>> in_words_of_the_shell('signs={"n. n.": "not_available"}, level="own"')
    '--signs "n. n.=not_available", --level "own"'
    """

    def option(found: re.Match[str]) -> str:
        name, value = found["name"].replace("_", "-"), found["value"]
        if value.startswith("{"):
            found_pairs = re.findall(r'"([^"]+)": (?:"([^"]*)"|\.\.\.)', value)
            told = ",".join(f"{key}={title or '…'}" for key, title in found_pairs)
            return f'--{name} "{told}"'
        return f"--{name}" if value in ("", "True") else f"--{name} {value}"

    names = "columns|signs|indicator|group|period|level|decimal|editions|recalculated"
    value = r'\{[^}]*\}|"[^"]*"|True|'
    return re.sub(rf"\b(?P<name>{names})=(?P<value>{value})", option, message)


def _show_any_sign() -> None:
    """Print a question mark for what the console lacks: on Windows a redirected output knows 256 signs alone."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def main() -> None:
    """Run the command line; expected problems end with one sentence and exit code 1, without a traceback."""
    _show_any_sign()
    try:
        app()
    except RegsamGeoError as error:
        typer.echo(say("cli.error", message=in_words_of_the_shell(str(error))), err=True)
        sys.exit(BAD_INPUT)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say("cli.file_problem", path=error.filename or "–", reason=reason)
        typer.echo(say("cli.error", message=message), err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        typer.echo(say("cli.interrupted"), err=True)
        sys.exit(INTERRUPTED)
