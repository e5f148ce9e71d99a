"""A process of its own for what a library may end or never finish: bounded in memory and time, and then gone."""

from __future__ import annotations

import io
import json
import os
import pickle
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, MEGABYTE, bounds
from regsam_geo.foreign.refusal import RefusedFileError

_START = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); "
    "from regsam_geo.foreign.child import main; main(sys.argv[2:])"
)
# what every file may take is enough for so many bytes; beyond them each second reads so many more
_BYTES_IN_TIME = 16 * MEGABYTE
_BYTES_A_SECOND = 2 * MEGABYTE
_MEMORY_A_BYTE = 40
# each thread reserves memory for itself, and how many there are depends on the machine
_ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "ARROW_IO_THREADS": "1"}
_ALLOWED = {("datetime", name) for name in ("datetime", "date", "time", "timedelta")}


class Answer(NamedTuple):
    """What came back; ``ended`` says that the process was ended by its limits or by itself."""

    value: Any
    ended: bool


def call_apart(job: str, content: bytes) -> Answer:
    """Do one of the jobs of ``child.py`` with these bytes in a process of its own.

    It is started afresh, so it needs nothing of the caller's program: no main guard, no terminal, no certain way
    of starting processes.

    Raises
    ------
    RefusedFileError
        What the job found, or that it did not come to an end in its time.
    """
    limits = bounds()
    seconds = limits.seconds + max(len(content) - _BYTES_IN_TIME, 0) // _BYTES_A_SECOND
    memory = limits.child_bytes + _MEMORY_A_BYTE * len(content)
    # without the empty entry, the current folder: a file called pickle.py that lies there would be run
    path = json.dumps([str(entry) for entry in sys.path if entry])
    # -I: neither the environment nor the folder of the files may say what is imported
    words = [_python(), "-I", "-X", "utf8", "-c", _START, path, job, str(memory), str(seconds)]
    # no window flashes up on Windows
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    try:
        done = subprocess.run(
            words,
            input=content,
            capture_output=True,
            timeout=seconds,
            check=False,
            creationflags=flags,
            env=os.environ | _ONE_THREAD,
        )
    except subprocess.TimeoutExpired:
        raise RefusedFileError("file_slow", seconds=seconds, variable=LIMIT_VARIABLE) from None
    except OSError as error:
        raise RefusedFileError("file_apart", detail=str(error)) from None
    if done.returncode:
        return Answer(None, True)
    try:
        # made by a process that has read a stranger's bytes, so trusted no more than these
        said, value = _Unpickler(io.BytesIO(done.stdout)).load()
    except Exception:  # cut off
        return Answer(None, True)
    if said == "refusal":
        raise RefusedFileError(value[0], **value[1])
    return Answer(value, False)


def _python() -> str:
    """Return the interpreter; inside another program, such as QGIS, ``sys.executable`` is that program."""
    running = Path(sys.executable or "python")
    if running.name.lower().startswith(("python", "pypy")):
        return str(running)
    name = "python.exe" if os.name == "nt" else "python3"
    beside = [Path(sys.exec_prefix) / name, Path(sys.exec_prefix) / "bin" / name]
    return str(next((one for one in beside if one.is_file()), running))


class _Unpickler(pickle.Unpickler):
    """Takes plain values, dates and arrays of numbers, and nothing that could run."""

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)
