"""A second process that makes some of many files while this one makes the others.

It only ever helps: what it does not make, for whatever reason, is made here, and so is what it fails at; then an
error is the one that this process raises. It writes no file; this process alone does.
"""

from __future__ import annotations

import copyreg
import io
import json
import logging
import multiprocessing
import os
import pickle
import struct
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import IO, Any, Final

import matplotlib as mpl
import numpy as np
import numpy.typing as npt

from regsam_geo.indicators import Panel
from regsam_geo.indicators.panel import remember_whole, remembered
from regsam_geo.summary.writers.folder import Step
from regsam_geo.text.notices import LOGGER, told_in_session

MakePart = Callable[[int], Iterator[bytes]]
"""From the number of a part to its files, in their order; it has to be understood by another process."""

PATIENCE: Final = 300.0
"""Seconds without a new file after which the other process is given up."""
_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from regsam_geo.summary.writers.second_process import work; work()"
)
_LENGTH = struct.Struct(">q")


@contextmanager
def second_process(*, worth_it: bool) -> Iterator[SecondProcess | None]:
    """Give a second process where the work is worth it and a core is free for it; it ends with the block."""
    second = SecondProcess.started() if worth_it and _has_room() else None
    try:
        yield second
    finally:
        if second is not None:
            second.end()


def _has_room() -> bool:
    """Tell whether another core may be taken: one of several processes or threads of a program takes its own."""
    alone = multiprocessing.parent_process() is None and multiprocessing.current_process().name == "MainProcess"
    return alone and threading.current_thread() is threading.main_thread() and _cores() > 1


def _cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


class SecondProcess:
    """Takes parts of the work from the last one on, while this process takes them from the first one on."""

    def __init__(self, child: subprocess.Popen[bytes]) -> None:
        self._child = child
        self._changed = threading.Condition()
        self._sizes: list[int] = []
        self._free: list[int] = []
        self._theirs: set[int] = set()
        self._made: dict[tuple[int, int], bytes] = {}
        self._over = False
        self._thread: threading.Thread | None = None

    @classmethod
    def started(cls) -> SecondProcess | None:
        """Start it, so that it is ready when the work is known; nothing where that is not possible."""
        running = Path(sys.executable or "")
        # inside another program, such as QGIS, sys.executable is that program
        if getattr(sys, "frozen", False) or not running.name.lower().startswith(("python", "pypy")):
            return None
        # without the current folder: a file called pickle.py that lies there would be run
        path = json.dumps([str(entry) for entry in sys.path if entry])
        try:
            child = subprocess.Popen(
                # afresh and not by multiprocessing: that would run the caller's program again
                [running, "-I", "-X", "utf8", "-c", _START, path],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                # no window flashes up on Windows
                creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
            )
        except OSError:
            return None
        return cls(child)

    def share(self, parts: Sequence[Sequence[Step]], make: MakePart) -> list[list[Step]]:
        """Return the same files in parts, each of which may be made by either process."""
        try:
            told = _told(make)
        except Exception:  # a detector of the user's own may not be understood anywhere else
            return [list(part) for part in parts]
        self._sizes, self._free = [len(part) for part in parts], list(range(len(parts)))
        self._thread = threading.Thread(target=self._converse, args=(told,), daemon=True)
        return [
            [
                replace(step, make=partial(self._bytes_of, part, place, step.make))
                for place, step in enumerate(steps)
            ]
            for part, steps in enumerate(parts)
        ]

    def _bytes_of(self, part: int, place: int, make: Callable[[], bytes]) -> bytes:
        """Return a file, from wherever its part is made."""
        with self._changed:
            if part in self._free:
                self._free.remove(part)
            # not before the first file is asked for: of a run that is taken up again all may stand there
            if self._thread is not None and self._thread.ident is None:
                self._thread.start()
            while part in self._theirs and (part, place) not in self._made and not self._over:
                known = len(self._made)
                until = time.monotonic() + PATIENCE
                # in short turns, in which Windows lets a run be broken off
                while not self._changed.wait(1.0) and time.monotonic() < until:
                    pass
                self._over |= time.monotonic() >= until and len(self._made) == known
            data = self._made.pop((part, place), None)
        return make() if data is None else data

    def _converse(self, told: bytes) -> None:
        """Hand out one part after the other and take what comes back; runs in a thread."""
        requests, answers = self._child.stdin, self._child.stdout
        assert requests is not None
        assert answers is not None
        try:
            _send(requests, told)
            while (part := self._next()) is not None:
                _send(requests, _LENGTH.pack(part))
                for place in range(self._sizes[part]):
                    data = _receive(answers)
                    with self._changed:
                        self._made[part, place] = data
                        self._changed.notify_all()
        except (OSError, EOFError, ValueError):
            pass  # it has ended: what is missing is made here
        finally:
            with self._changed:
                self._over = True
                self._changed.notify_all()

    def _next(self) -> int | None:
        with self._changed:
            if not self._free or self._over:
                return None
            part = self._free.pop()
            self._theirs.add(part)
            return part

    def end(self) -> None:
        """End it, whatever it is doing."""
        self._child.kill()
        if self._thread is not None and self._thread.ident is not None:
            self._thread.join()
        for stream in (self._child.stdin, self._child.stdout):
            if stream is not None:
                with suppress(OSError):  # what was still to be sent
                    stream.close()
        self._child.wait()


# --- what passes between the processes ------------------------------------------------------------------------


def _send(stream: IO[bytes], data: bytes) -> None:
    stream.write(_LENGTH.pack(len(data)))
    stream.write(data)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    (length,) = _LENGTH.unpack(_exactly(stream, _LENGTH.size))
    return _exactly(stream, length)


def _exactly(stream: IO[bytes], length: int) -> bytes:
    data = stream.read(length)
    if len(data) < length:
        raise EOFError
    return data


def _told(make: MakePart) -> bytes:
    """Write down the work, and what of this process it depends on."""
    before = mpl.rcParamsOrig
    look = {
        name: value
        for name, value in mpl.rcParams.copy().items()
        if "backend" not in name and (name not in before or before[name] != value)
    }
    stream = io.BytesIO()
    pickler = pickle.Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL)
    # a panel that was cut from another is shown as that one allows, here and there
    pickler.dispatch_table = copyreg.dispatch_table.copy() | {Panel: _parts_of_panel}
    pickler.dump((make, look, told_in_session()))
    return stream.getvalue()


def _parts_of_panel(panel: Panel) -> tuple[Any, ...]:
    whole, places = remembered(panel)
    cut_from = None if whole is panel else (whole, places)
    return _panel, (panel.data, panel.catalogue, cut_from)


def _panel(data: Any, catalogue: Any, cut_from: tuple[Panel, npt.NDArray[np.intp]] | None) -> Panel:
    # checked when it was made
    panel = object.__new__(Panel)
    object.__setattr__(panel, "data", data)
    object.__setattr__(panel, "catalogue", catalogue)
    if cut_from is not None:
        remember_whole(panel, *cut_from)
    return panel


# --- in the other process -------------------------------------------------------------------------------------


def work() -> None:
    """Make the parts that are asked for, until no more are."""
    requests = sys.stdin.buffer
    # under a number of its own: what libraries print must not get among the files
    answers = io.FileIO(os.dup(1), "wb")
    with Path(os.devnull).open("wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)
    LOGGER.addHandler(_Unsaid())
    LOGGER.propagate = False
    make, look, told = pickle.loads(_receive(requests))
    mpl.rcParams.update(look)
    told_in_session().update(told)
    while True:
        try:
            (part,) = _LENGTH.unpack(_receive(requests))
        except EOFError:
            return
        for data in make(part):
            _send(answers, data)


class _Unsaid(logging.Handler):
    """Ends this process where it has something to tell: the other one says it, at the screen."""

    def emit(self, _record: logging.LogRecord) -> None:
        raise SystemExit
