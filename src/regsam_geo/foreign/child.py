"""What runs in a process of its own: see ``apart.py``."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from typing import Any

from regsam_geo.foreign.bounds import bounds
from regsam_geo.foreign.refusal import RefusedFileError


def _limit(memory: int, seconds: int) -> None:
    if os.name != "posix":
        return  # the caller's clock is the only bound there
    resource: Any = importlib.import_module("resource")
    for name, most in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):  # a system that does not know it, or allows less already
            continue


def _workbook(content: bytes) -> Any:
    from regsam_geo.foreign.workbooks import sheets_of

    return [(title, tuple(sheet)) for title, sheet in sheets_of(content, bounds().cells).items()]


JOBS: dict[str, Callable[[bytes], Any]] = {"workbook": _workbook}


def main(words: Sequence[str]) -> None:
    """Do a job with what comes in and send back what it gave."""
    job, memory, seconds = words
    _limit(int(memory), int(seconds))
    out = sys.stdout.buffer
    try:
        answer: Any = ("value", JOBS[job](sys.stdin.buffer.read()))
    except RefusedFileError as refusal:
        answer = ("refusal", (refusal.code, refusal.fields))
    pickle.dump(answer, out, protocol=5)
    out.flush()
