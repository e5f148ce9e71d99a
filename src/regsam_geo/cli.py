"""The same verbs from a shell, for people who do not write programs."""

from __future__ import annotations

import functools
import inspect
import io
import json
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from contextvars import ContextVar
from dataclasses import MISSING, dataclass, fields, is_dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast, get_type_hints

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from typer.core import TyperCommand

from regsam_geo._version import __version__
from regsam_geo.errors import RegsamGeoError
from regsam_geo.text import resolve_language, say, using_language

if TYPE_CHECKING:
    from regsam_geo.indicators import Panel
    from regsam_geo.look.theme import ThemeName
    from regsam_geo.study import Study
    from regsam_geo.summary import MeetingPack, Report

BAD_INPUT = 1
# 2 is taken: a call that is written wrongly ends so
LEAKS, UNDECIDED = 3, 4
# what shells give to a program that was stopped by hand
INTERRUPTED = 130
_WORDS: ContextVar[tuple[str, ...]] = ContextVar("words", default=())
"""The words that the command which runs was called with."""

app = typer.Typer(
    name="regsam-geo",
    help=say("cli.about"),
    add_completion=False,
    no_args_is_help=True,
    rich_markup_mode=None,
    # with them a traceback could print local variables, and so figures of the table
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


Lang = Annotated[str | None, typer.Option("--lang", help=say("cli.lang"), callback=_check_language)]
PeriodOption = Annotated[str | None, typer.Option("--period", help=say("cli.period"))]
Name = Annotated[str | None, typer.Option("--indicator", help=say("cli.indicator"))]
# what a table does not say of its figures: the same for what hides counts and for what looks for them
Zeros = Annotated[Literal["show", "hide"], typer.Option(help=say("cli.zeros"))]
Sums = Annotated[list[str] | None, typer.Option(help=say("cli.sums"), metavar="Süd=17;18;19")]
Groups = Annotated[
    list[str] | None, typer.Option(help=say("cli.groups"), metavar="Arbeitslose:insgesamt=männlich;weiblich")
]
Counted = Annotated[list[str] | None, typer.Option(help=say("cli.counts"), metavar="Kitas=no")]


@dataclass(frozen=True, kw_only=True)
class OwnTable:
    """What can be said of a table of one's own, in every command that reads one; see ``read_indicators``."""

    columns: Annotated[
        list[str] | None, typer.Option(help=say("cli.columns"), metavar="area=…,period=…,value=…")
    ] = None
    level: Annotated[str | None, typer.Option(help=say("cli.level"))] = None
    area: Annotated[str | None, typer.Option(help=say("cli.area"))] = None
    sheet: Annotated[list[str] | None, typer.Option(help=say("cli.sheet"))] = None
    header_row: Annotated[int | None, typer.Option(help=say("cli.header_row"), min=1)] = None
    cells: Annotated[str | None, typer.Option(help=say("cli.cells"), metavar="A8:C33")] = None
    decimal: Annotated[str | None, typer.Option(help=say("cli.decimal"))] = None
    signs: Annotated[list[str] | None, typer.Option(help=say("cli.signs"), metavar="k.A.=not_available")] = None
    missing_codes: Annotated[list[float] | None, typer.Option(help=say("cli.missing_codes"))] = None
    editions: Annotated[str | None, typer.Option(help=say("cli.editions"))] = None
    recalculated: Annotated[bool, typer.Option("--recalculated", help=say("cli.recalculated"))] = False

    def form(self, indicator: str | None, period: str | None) -> dict[str, Any]:
        """Return what was said as ``read_indicators`` takes it.

        Name and period stand for all rows where no column holds them; else they choose from what the table holds.
        """
        # Only what was said: defaults belong to the verbs, and stand there once.
        form = {name: value for name, value in vars(self).items() if value not in (None, False, [])}
        for name in ("columns", "signs"):
            if name in form:
                form[name] = _pairs(form[name], f"--{name}")
        if len(form.get("sheet", ())) == 1:
            (form["sheet"],) = form["sheet"]
        columns = form.get("columns")
        if columns is not None:
            if indicator is not None and "indicator" not in columns and isinstance(columns.get("value"), str):
                form["indicator"] = indicator
            if period is not None and "period" not in columns:
                form["period"] = period
        return form


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a report or a map is about."""

    data: Annotated[list[Path] | None, typer.Option(help=say("cli.data"))] = None
    areas: Annotated[Path | None, typer.Option(help=say("cli.areas"))] = None
    id_column: Annotated[str | None, typer.Option(help=say("cli.id_column"))] = None
    name_column: Annotated[str | None, typer.Option(help=say("cli.name_column"))] = None
    division: Annotated[Path | None, typer.Option(help=say("cli.division"))] = None
    division_name: Annotated[str | None, typer.Option(help=say("cli.division_name"))] = None
    threshold: Annotated[float, typer.Option(help=say("cli.threshold"), min=0)] = 3
    zeros: Zeros = "show"
    sums: Sums = None
    groups: Groups = None
    counts: Counted = None
    previous: Annotated[list[Path] | None, typer.Option(help=say("cli.previous"))] = None

    def study(self, table: OwnTable, indicator: str | None, period: str | None) -> Study:
        """Read everything and return the study of it."""
        # loaded within the command: --help need not wait for all that draws and reads
        from regsam_geo.areas import read_boundaries, read_division
        from regsam_geo.study import Study

        form = table.form(indicator, period)
        if form and not self.data:
            raise typer.BadParameter(say("cli.without_data"), param_hint="--" + next(iter(form)).replace("_", "-"))
        return Study(
            self._panel(table, indicator, period),
            None if self.areas is None else read_boundaries(self.areas, self.id_column, self.name_column),
            division=read_division(self.division, name=self.division_name),
            period=period,
            # 0 on the command line says "hide nothing", as nobody can type None there.
            threshold=self.threshold or None,
            declared={
                "zeros": self.zeros,
                "sums": _parts_of(self.sums, "--sums"),
                "groups": _groups_of(self.groups),
            },
            counts=_said_of_counts(self.counts),
            previous=[self._edition(path, form) for path in self.previous or ()],
            inputs=(*(self.data or ()), *(path for path in (self.areas, self.division) if path is not None)),
        )

    def _edition(self, path: Path, form: Mapping[str, Any]) -> Panel | Path:
        """Return an earlier edition: the folder or the list of a report, or a table as it was handed out."""
        from regsam_geo.indicators import read_indicators
        from regsam_geo.indicators.disclosure import HIDDEN_LIST, HIDDEN_LIST_OF_PACKS

        if path.is_dir() or path.name in (HIDDEN_LIST, HIDDEN_LIST_OF_PACKS):
            return path
        return read_indicators(path, **form)

    def _panel(self, table: OwnTable, indicator: str | None, period: str | None) -> Panel:
        from regsam_geo.indicators import load_sample

        if not self.data:
            return load_sample()
        groups = _tables_in(_WORDS.get(), self.data, table.columns)
        panels = []
        for paths, columns in groups:
            form = replace(table, columns=columns).form(indicator, period)
            if len(groups) > 1 and form.get("indicator") is not None:
                # --indicator chooses among several tables; each is called as its column of values
                form["indicator"] = form["columns"]["value"]
            panels += self._read_group(paths, form)
        return functools.reduce(lambda first, second: first.combine(second), panels)

    def _read_group(self, paths: Sequence[Path], form: Mapping[str, Any]) -> list[Panel]:
        """Read tables together; columns that not all of them have are about those which have them."""
        try:
            return [self._read(paths, form)]
        except RegsamGeoError as error:
            if error.code != "column_missing" or len(paths) == 1 or "columns" not in form:
                raise
            known = {name: said for name, said in form.items() if name not in ("columns", "indicator", "period")}
            own = {**form, "indicator": form["columns"]["value"]} if "indicator" in form else form
            return [self._read([path], own if self._has(path, form) else known) for path in paths]

    def _has(self, path: Path, form: Mapping[str, Any]) -> bool:
        """Tell whether a table has the columns that are named."""
        try:
            self._read([path], form)
        except RegsamGeoError as error:
            return error.code != "column_missing"
        return True

    def _read(self, paths: Sequence[Path], form: Mapping[str, Any]) -> Panel:
        from regsam_geo.indicators import read_indicators

        try:
            return read_indicators(paths, **form)
        except RegsamGeoError:
            # ids that are none of Munich's may be those of the areas given
            # Tried again only where areas of one's own were given: else a misspelt district would pass as an own
            # area.
            if self.areas is None or "level" in form:
                raise
            return read_indicators(paths, **form, level="own")


class _InOrder(TyperCommand):
    """A command that keeps the order of its words: ``--columns`` is about the ``--data`` before it."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Keep the words, and read them."""
        _WORDS.set(tuple(args))
        return super().parse_args(ctx, args)


def _tables_in(
    words: Sequence[str], data: Sequence[Path], columns: list[str] | None
) -> list[tuple[list[Path], list[str] | None]]:
    """Return which tables are read together, and what is said of their columns.

    Columns are about the tables named before them; those that are named before any table are about all that have
    none of their own.

    Examples
    --------
    >>> words = ["--data", "own.csv", "--columns", "area=Bezirk", "--data=city.csv"]
    >>> both = [Path("own.csv"), Path("city.csv")]
    >>> [(len(paths), said) for paths, said in _tables_in(words, both, ["area=Bezirk"])]
    [(1, ['area=Bezirk']), (1, None)]
    """
    left = list(data)
    first: list[str] = []
    groups: list[tuple[list[Path], list[str]]] = []
    for place, word in enumerate(words):
        name, sign, value = word.partition("=")
        if name == "--data" and left:
            if not groups or groups[-1][1]:
                groups.append(([], []))
            groups[-1][0].append(left.pop(0))
        elif name == "--columns":
            said = groups[-1][1] if groups else first
            said.append(value if sign else words[place + 1])
    if left or len(groups) <= 1:
        return [(list(data), columns)]
    return [(paths, said or first or None) for paths, said in groups]


def _spread(command: Callable[..., None]) -> Callable[..., None]:
    """Show a command with an option for each field of the dataclasses it takes, and hand them over as objects.

    Typer reads the signature, and knows no options that stand together: so that those which several commands share
    stand once, it is shown another one.
    """
    hints = get_type_hints(command, include_extras=True)
    shared: dict[str, Any] = {name: kind for name, kind in hints.items() if is_dataclass(kind)}
    needed: list[inspect.Parameter] = []
    optional: list[inspect.Parameter] = []
    for name, parameter in inspect.signature(command).parameters.items():
        if name in shared:
            optional += _parameters_of(shared[name])
        else:
            one = parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY)
            (needed if one.default is inspect.Parameter.empty else optional).append(one)

    @functools.wraps(command)
    def called(**given: Any) -> None:
        objects = {}
        for name, kind in shared.items():
            own = {one.name for one in fields(kind)}
            objects[name] = kind(**{key: value for key, value in given.items() if key in own})
            given = {key: value for key, value in given.items() if key not in own}
        command(**objects, **given)

    parameters = [*needed, *optional]
    called.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    called.__annotations__ = {one.name: one.annotation for one in parameters}
    return called


def _parameters_of(kind: Any) -> list[inspect.Parameter]:
    """Return one keyword for each field of a dataclass; each has a default."""
    hints = get_type_hints(kind, include_extras=True)
    return [
        inspect.Parameter(
            one.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=inspect.Parameter.empty if one.default is MISSING else one.default,
            annotation=hints[one.name],
        )
        for one in fields(kind)
    ]


@app.callback()
def _about(
    version: Annotated[
        bool, typer.Option("--version", help=say("cli.version"), callback=_show_version, is_eager=True)
    ] = False,
) -> None:
    """Hold the options that all commands share."""


@app.command(help=say("cli.report.help"), cls=_InOrder)
@_spread
def report(
    *,
    out: Annotated[Path, typer.Option(help=say("cli.report.out"), file_okay=False)],
    region: Annotated[str | None, typer.Option(help=say("cli.report.region"))] = None,
    period: PeriodOption = None,
    date: Annotated[str | None, typer.Option(help=say("cli.report.date"))] = None,
    subject: Subject,
    indicator: Name = None,
    table: OwnTable,
    lang: Lang = None,
) -> None:
    """Write the material for one meeting into a folder."""
    from regsam_geo.summary import write_meeting_pack, write_report

    with using_language(lang):
        table.form(indicator, period)  # what is written wrongly is said before anything is read
        # refused before anything is read: a pack is about districts, and reading may take a minute
        if region is not None and subject.areas is not None:
            raise typer.BadParameter(say("cli.report.region_areas"), param_hint="--region")
        with _Steps() as steps:
            steps.say(say("cli.reading"))
            study = subject.study(table, indicator, period)
            written: Report | MeetingPack
            if region is None:
                written = write_report(study, out, progress=steps.count)
                done = say("cli.done", n=len(written.files), path=str(written.index))
            else:
                written = write_meeting_pack(study, region, out, date=date, progress=steps.count)
                done = say("cli.report.pack_done", n=len(written.files), path=str(written.folder))
        for sentence in written.sentences:
            typer.echo(sentence)
        if written.kept:
            typer.echo(say("cli.report.kept", n=written.kept))
        typer.echo(f"\n{done}")


@app.command("map", help=say("cli.map.help"), cls=_InOrder)
@_spread
def draw_map(
    *,
    indicator: Annotated[str, typer.Option(help=say("cli.map.indicator"))],
    out: Annotated[Path, typer.Option(help=say("cli.map.out"), dir_okay=False)],
    group: Annotated[str | None, typer.Option(help=say("cli.map.group"))] = None,
    period: PeriodOption = None,
    theme: Annotated[str, typer.Option(help=say("cli.map.theme"))] = "meeting",
    subject: Subject,
    table: OwnTable,
    lang: Lang = None,
) -> None:
    """Draw one map."""
    from regsam_geo.look.save import save_figure
    from regsam_geo.maps import plot_map

    with using_language(lang):
        study = subject.study(table, indicator, period)
        figure = plot_map(study, indicator, period, group=group, theme=cast("ThemeName", theme))
        typer.echo(say("cli.map.done", path=str(save_figure(figure, out))))


@app.command(help=say("cli.check.help"))
@_spread
def check(
    *,
    files: Annotated[list[Path], typer.Argument(help=say("cli.check.files"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=say("cli.check.json"))] = False,
    indicator: Name = None,
    period: Annotated[str | None, typer.Option(help=say("cli.table_period"))] = None,
    table: OwnTable,
    lang: Lang = None,
) -> None:
    """Say what files are, what is in them and what is wrong with them."""
    from regsam_geo.indicators import describe_file

    with using_language(lang):
        reports = [describe_file(path, **table.form(indicator, period)) for path in files]
        if as_json:
            typer.echo(json.dumps([found.to_dict() for found in reports], ensure_ascii=False, indent=2))
        else:
            typer.echo(in_words_of_the_shell("\n\n".join(found.text() for found in reports)))
    # after all files: one that cannot be read must not keep the others from being described
    if not all(found.readable for found in reports):
        raise typer.Exit(BAD_INPUT)


@app.command("audit", help=say("cli.audit.help"))
@_spread
def audit_folders(
    *,
    folders: Annotated[list[Path], typer.Argument(help=say("cli.audit.folders"), show_default=False)],
    threshold: Annotated[float, typer.Option(help=say("cli.threshold"), min=1)] = 3,
    zeros: Zeros = "show",
    sums: Sums = None,
    groups: Groups = None,
    counts: Counted = None,
    division: Annotated[list[Path] | None, typer.Option(help=say("cli.division"))] = None,
    seconds: Annotated[float, typer.Option(help=say("cli.audit.seconds"), min=0)] = 60,
    lang: Lang = None,
) -> None:
    """Say whether finished files give a small count away."""
    from regsam_geo.areas import read_division
    from regsam_geo.audit import audit_disclosure

    with using_language(lang):
        divisions = [read_division(path) for path in division or ()] or None
        found = audit_disclosure(
            folders,
            threshold,
            seconds=seconds,
            zeros=zeros,
            divisions=divisions,
            sums=_parts_of(sums, "--sums"),
            groups=_groups_of(groups),
            counts=_said_of_counts(counts),
        )
        typer.echo(found.text())
    if not found.safe:
        raise typer.Exit(LEAKS if found.verdict == "leaks" else UNDECIDED)


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


def _parts_of(texts: Sequence[str] | None, option: str) -> dict[str, list[str]]:
    """Read ``whole=part;part``; a name may hold everything but what stands last in it here."""
    found = {}
    for text in texts or ():
        whole, sign, listed = (piece.strip() for piece in text.rpartition("="))
        parts = [part.strip() for part in listed.split(";") if part.strip()]
        if not (whole and sign and parts):
            raise typer.BadParameter(say(f"cli.form.{option.strip('-')}", found=text), param_hint=option)
        found[whole] = parts
    return found


def _groups_of(texts: Sequence[str] | None) -> dict[tuple[str, str], list[str]]:
    """Read ``indicator:whole=part;part``."""
    found = {}
    for name, parts in _parts_of(texts, "--groups").items():
        indicator, sign, whole = (piece.strip() for piece in name.rpartition(":"))
        if not (indicator and sign and whole):
            raise typer.BadParameter(say("cli.form.groups", found=name), param_hint="--groups")
        found[indicator, whole] = parts
    return found


def _said_of_counts(texts: Sequence[str] | None) -> dict[str, bool]:
    """Read ``indicator=no``."""
    words = {"no": False, "nein": False, "yes": True, "ja": True}
    found = {}
    for text in texts or ():
        name, sign, word = (piece.strip() for piece in text.rpartition("="))
        if not (name and sign and word.lower() in words):
            raise typer.BadParameter(say("cli.form.counts", found=text), param_hint="--counts")
        found[name] = words[word.lower()]
    return found


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
        # in a log a path must not be cut in two at the width of a screen
        if not self._console.is_terminal:
            self._console.print(text, markup=False, highlight=False, soft_wrap=True)


def in_words_of_the_shell(message: str) -> str:
    """Write what a message says about arguments as options, and a whole call as a command.

    Examples
    --------
    >>> in_words_of_the_shell('signs={"n. n.": "not_available"}, level="own"')
    '--signs "n. n.=not_available", --level "own"'
    >>> in_words_of_the_shell('read_indicators("a.csv", columns={"area": "Gebiet", "value": ["A", "B"]})')
    'regsam-geo check "a.csv" --columns "area=Gebiet,value=A,value=B"'
    """
    said = _CALL.sub(lambda call: _command(call) or call.group().replace("=", _EQUALS), message)
    return _ARGUMENT.sub(lambda found: _option(found["name"], found["value"]), said).replace(_EQUALS, "=")


# stands for = in a finished command, which would else be taken for arguments once more
_EQUALS = "\x00"
_VALUE = r'\{(?:[^{}"]|"[^"]*"|\{[^{}]*\})*\}|\[[^\]]*\]|"[^"]*"|True|'
_NAMES = "columns|signs|indicator|group|period|area|level|sheet|cells|decimal|editions|recalculated"
_ARGUMENT = re.compile(rf"\b(?P<name>{_NAMES})=(?P<value>{_VALUE})")
_CALL = re.compile(
    rf'read_indicators\((?P<file>"[^"]*")(?P<rest>(?:, (?:{_NAMES}|header_row)=(?:{_VALUE}|\d+))*)\)'
)


def _command(call: re.Match[str]) -> str | None:
    """Write a call as a command; ``None`` where the shell has no words for it: other names for columns."""
    words = []
    for found in re.finditer(rf", (\w+)=({_VALUE}|\d+)", call["rest"]):
        name, value = found[1], found[2]
        try:
            said = json.loads(value)
        except ValueError:
            said = value
        if isinstance(said, dict):
            titles = [title for each in said.values() for title in (each if isinstance(each, list) else [each])]
            odd = any(isinstance(title, dict) or re.search(r"[=\"]|,\s*\w+\s*=", title) for title in titles)
            if odd or any("," in title for title in titles if name == "signs"):
                return None
        words += (
            [_option(name, value)]
            if not isinstance(said, list)
            else [f"--{name} {json.dumps(one, ensure_ascii=False)}" for one in said]
        )
    return " ".join(["regsam-geo check", call["file"], *words]).replace("=", _EQUALS)


def _option(name: str, value: str) -> str:
    """Write one argument as an option."""
    name = name.replace("_", "-")
    if value.startswith("{"):
        pairs = re.findall(r'"([^"]+)": (\[[^\]]*\]|"[^"]*"|\.\.\.)', value)
        told = ",".join(
            f"{key}={title}" for key, said in pairs for title in (re.findall(r'"([^"]*)"', said) or ["…"])
        )
        return f'--{name} "{told}"'
    return f"--{name}" if value in ("", "True") else f"--{name} {value}"


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
