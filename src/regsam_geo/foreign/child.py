"""What runs in a process of its own: see ``apart.py``."""

from __future__ import annotations

import importlib
import os
import pickle
import sys
from collections.abc import Callable, Sequence
from typing import Any

from regsam_geo.foreign.bounds import LIMIT_VARIABLE, bounds
from regsam_geo.foreign.refusal import RefusedFileError


def _limit(memory: int, seconds: int) -> None:
    if os.name != "posix":
        return  # the caller's clock is the only bound there
    resource: Any = importlib.import_module("resource")
    # the core is a copy of the memory: a crash must not leave the content of a file on the disk
    for name, most in (("RLIMIT_AS", memory), ("RLIMIT_CPU", seconds), ("RLIMIT_CORE", 0)):
        try:
            resource.setrlimit(getattr(resource, name), (most, most))
        except (AttributeError, ValueError, OSError):  # a system that does not know it, or allows less already
            continue


def _workbook(content: bytes) -> Any:
    from regsam_geo.foreign.workbooks import sheets_of

    return [(title, tuple(sheet)) for title, sheet in sheets_of(content, bounds().cells).items()]


def _flatgeobuf(content: bytes) -> Any:
    os.environ["OPENBLAS_NUM_THREADS"] = "1"
    from pyogrio import read_info
    from pyogrio.raw import read

    info = read_info(content)
    # GDAL decides by the content itself, and might see another format behind the first bytes
    if info["driver"] != "FlatGeobuf":
        raise RefusedFileError("layer_kind", found=str(info["driver"])[:80])
    if int(info["features"]) > bounds().areas:
        raise RefusedFileError(
            "layer_areas", found=int(info["features"]), expected=bounds().areas, variable=LIMIT_VARIABLE
        )
    meta, _, shapes, cells = read(content, datetime_as_string=True)
    # lists, as the caller lets no arrays in
    columns = dict(zip(map(str, meta["fields"]), (column.tolist() for column in cells), strict=True))
    return columns, [None if shape is None else bytes(shape) for shape in shapes], meta["crs"]


def _parquet(content: bytes) -> Any:
    import json

    import pyarrow as pa
    import pyarrow.parquet as pq

    file = pq.ParquetFile(pa.BufferReader(content))
    about = json.loads((file.schema_arrow.metadata or {}).get(b"geo", b"null"))
    if not isinstance(about, dict):
        raise RefusedFileError("layer_kind", found="Parquet")
    if (rows := file.metadata.num_rows) > bounds().areas:
        raise RefusedFileError("layer_areas", found=rows, expected=bounds().areas, variable=LIMIT_VARIABLE)
    main = about["primary_column"]
    described = about["columns"][main]
    # the other encodings are arrays of Arrow, which are not walked before GEOS sees them
    if described.get("encoding") != "WKB":
        raise RefusedFileError("layer_kind", found="Parquet " + str(described.get("encoding"))[:40])
    # every thread would reserve memory, which is bounded here
    table = file.read(use_threads=False)
    columns = {name: table.column(name).to_pylist() for name in table.column_names}
    shapes = columns.pop(main)
    others = [name for name in columns if name in about["columns"]]
    for name in others:
        columns.pop(name)
    plain = (str, int, float, bool, type(None))
    texts = {
        name: [cell if isinstance(cell, plain) else str(cell) for cell in cells] for name, cells in columns.items()
    }
    crs = described.get("crs", "OGC:CRS84")
    return texts, shapes, json.dumps(crs) if isinstance(crs, dict) else crs


def _table(content: bytes) -> Any:
    import pyarrow as pa

    from regsam_geo.foreign.parquet import read_with_dictionaries

    try:
        table = read_with_dictionaries(content)
        out = pa.BufferOutputStream()
        with pa.ipc.new_stream(out, table.schema) as stream:
            # as plain bytes: a pickled table would name classes, and the caller lets none in
            stream.write_table(table)
        return out.getvalue().to_pybytes()
    except (pa.ArrowException, OSError, ValueError, TypeError, KeyError, NotImplementedError) as error:
        raise RefusedFileError("parquet_broken", detail=str(error).split("\n")[0][:200]) from None


JOBS: dict[str, Callable[[bytes], Any]] = {
    "workbook": _workbook,
    "flatgeobuf": _flatgeobuf,
    "parquet": _parquet,
    "table": _table,
}


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
    # The answer is given: threads of a library that do not end in order must not turn it into a refusal.
    os._exit(0)
