"""Progress of verbs that take a while: a bar in a notebook or a terminal, nothing anywhere else."""

from __future__ import annotations

import functools
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from html import escape
from typing import Any, ParamSpec, TypeVar

from regsam_geo.text.notebook import in_notebook

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")

PATIENCE = 1.0
"""Seconds before a bar appears: what is done sooner needs none."""

_WIDTH = 24


class _Screen:
    """Where the bar of one verb stands; drawn at the first step that begins after the patience is over."""

    def __init__(self) -> None:
        self.start = time.monotonic()
        self.counting = False
        self._handle: Any = None
        self._written = 0

    def show(self, done: int, total: int, text: str) -> None:
        """Say what is being done, and how many steps are behind."""
        # A bar that flashes up and vanishes makes a fast verb look slow.
        if time.monotonic() - self.start < PATIENCE:
            return
        if in_notebook():
            from IPython import display as screen

            display: Callable[..., Any] = screen.display
            bar = f"<progress value='{done}' max='{total}'></progress> {done}/{total} {escape(text)}"
            if self._handle is None:
                self._handle = display(_Html(bar), display_id=True)
            else:
                self._handle.update(_Html(bar))
        # in a log every step of a bar would be a line of its own
        elif sys.stderr.isatty():
            full = round(_WIDTH * done / max(total, 1))
            # a line that wraps could not be overwritten: the sign goes back to its last row only
            line = f"{'█' * full}{'░' * (_WIDTH - full)} {done}/{total} {text}"[:110]
            # Padded to the longest line so far: else the end of an earlier one would stand behind a shorter one.
            sys.stderr.write("\r" + line.ljust(self._written))
            sys.stderr.flush()
            self._written = len(line)

    def close(self) -> None:
        """Take the bar away."""
        if self._handle is not None:
            # emptied, as a notebook is stored with what it shows
            self._handle.update(_Html(""))
        if self._written:
            sys.stderr.write("\r" + " " * self._written + "\r")
            sys.stderr.flush()


class _Html:
    """A piece of HTML that IPython shows; the text stands in where there is no HTML."""

    def __init__(self, text: str) -> None:
        self.text = text

    def _repr_html_(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return ""


_screen: ContextVar[_Screen | None] = ContextVar("regsam_geo_progress", default=None)


def shows_progress(verb: Callable[P, R]) -> Callable[P, R]:
    """Let a verb show a bar for its ``watched`` loops; verbs inside it share the bar of the outermost.

    A verb that is called with ``progress=`` tells its caller instead and shows nothing.
    """

    @functools.wraps(verb)
    def wrapped(*args: P.args, **kwargs: P.kwargs) -> R:
        if kwargs.get("progress") is not None:
            silent = _Screen()
            # As if a loop were running already, so that no loop inside shows anything.
            silent.counting = True
            token = _screen.set(silent)
            try:
                return verb(*args, **kwargs)
            finally:
                _screen.reset(token)
        # One bar for the outermost verb: a report draws thirty maps, and thirty bars say less than one.
        if _screen.get() is not None:
            return verb(*args, **kwargs)
        screen = _Screen()
        token = _screen.set(screen)
        try:
            return verb(*args, **kwargs)
        finally:
            _screen.reset(token)
            screen.close()

    return wrapped


def watched(items: Sequence[T], text: str | Callable[[T], str]) -> Iterator[T]:
    """Go through items and show how many are done; a loop inside such a loop shows nothing of its own.

    Examples
    --------
    >>> [2 * n for n in watched([1, 2], "doubling")]
    [2, 4]
    """
    screen = _screen.get()
    if screen is None or screen.counting:
        yield from items
        return
    screen.counting = True
    try:
        for done, item in enumerate(items):
            screen.show(done, len(items), text if isinstance(text, str) else text(item))
            yield item
    finally:
        # a loop that was broken off must not silence the next one
        screen.counting = False


@contextmanager
def stages(total: int) -> Iterator[Callable[[str], None]]:
    """Give a function that names the next of ``total`` stages, for work that is no loop.

    What is watched inside shows nothing of its own, as in ``watched``.

    Examples
    --------
    >>> with stages(2) as begin:
    ...     begin("reading")
    ...     begin("adding")
    """
    screen = _screen.get()
    if screen is None or screen.counting:
        yield lambda _text: None
        return
    done = 0

    def begin(text: str) -> None:
        nonlocal done
        screen.show(done, total, text)
        done += 1

    screen.counting = True
    try:
        yield begin
    finally:
        screen.counting = False
