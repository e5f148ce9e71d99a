"""The same verbs from a shell, for people who do not write programs."""

from __future__ import annotations

import json
import sys
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
    areas: Areas = None,
    id_column: IdColumn = None,
    name_column: NameColumn = None,
    scheme: Scheme = None,
    threshold: Threshold = 3,
    lang: Lang = None,
) -> None:
    """Write the material for one meeting into a folder."""
    from regsam_geo.summary import write_report

    with using_language(lang):
        with _Steps() as steps:
            steps.say(say("cli.reading"))
            result = write_report(
                _read_panel(data, own=areas is not None),
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
        write_map(
            _read_panel(data, own=areas is not None),
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
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.check.json"))] = False,
    lang: Lang = None,
) -> None:
    """Say what files are, what is in them and what is wrong with them."""
    from regsam_geo.indicators import describe_file

    with using_language(lang):
        reports = [describe_file(path) for path in files]
        if as_json:
            typer.echo(json.dumps([found.to_dict() for found in reports], ensure_ascii=False, indent=2))
        else:
            typer.echo("\n\n".join(found.text() for found in reports))
    if not all(found.readable for found in reports):
        raise typer.Exit(BAD_INPUT)


def _read_panel(data: list[Path] | None, *, own: bool) -> Any:
    from regsam_geo.indicators import load_sample, read_indicators

    if not data:
        return load_sample()
    try:
        return read_indicators(data)
    except RegsamGeoError:
        # ids that are none of Munich's may be those of the areas given
        if not own:
            raise
        return read_indicators(data, level="own")


def _read_areas(path: Path | None, id_column: str | None, name_column: str | None) -> Any:
    from regsam_geo.areas import read_boundaries

    return None if path is None else read_boundaries(path, id_column, name_column)


def _read_scheme(path: Path | None) -> Any:
    from regsam_geo.areas import read_region_scheme

    return None if path is None else read_region_scheme(path)


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


def main() -> None:
    """Run the command line; expected problems end with one sentence and exit code 1, without a traceback."""
    try:
        app()
    except RegsamGeoError as error:
        typer.echo(say("cli.error", message=str(error)), err=True)
        sys.exit(BAD_INPUT)
    except OSError as error:
        reason = error.strerror or str(error)
        message = say("cli.file_problem", path=error.filename or "–", reason=reason)
        typer.echo(say("cli.error", message=message), err=True)
        sys.exit(BAD_INPUT)
    except KeyboardInterrupt:
        typer.echo(say("cli.interrupted"), err=True)
        sys.exit(INTERRUPTED)
