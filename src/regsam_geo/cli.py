"""The same verbs from a shell, for people who do not write programs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

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
    data: Annotated[list[Path] | None, typer.Option("--data", help=say("cli.report.data"))] = None,
    period: Annotated[str | None, typer.Option("--period", help=say("cli.report.period"))] = None,
    lang: Annotated[
        str | None, typer.Option("--lang", help=say("cli.report.lang"), callback=_check_language)
    ] = None,
) -> None:
    """Write the material for one meeting into a folder."""
    from regsam_geo.indicators import load_sample, read_indicators
    from regsam_geo.summary import write_report

    with using_language(lang), _Steps() as steps:
        steps.say(say("cli.reading"))
        panel = read_indicators(data) if data else load_sample()
        result = write_report(panel, out, period=period, inputs=data or (), progress=steps.count)
    with using_language(lang):
        for sentence in result.sentences:
            typer.echo(sentence)
        typer.echo("")
        typer.echo(say("cli.done", n=len(result.files), path=str(result.index)))


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
        if not self._console.is_terminal:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)

    def count(self, done: int, total: int, text: str) -> None:
        """Name the step that begins, and how many are done."""
        self._bar.update(self._task, completed=done, total=total, description=text)
        if not self._console.is_terminal:
            self._console.print(f"[{done + 1}/{total}] {text}", markup=False, highlight=False, soft_wrap=True)


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
