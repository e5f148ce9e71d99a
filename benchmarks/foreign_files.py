"""Mutated tables and layers, and bombs of every format that is read: what comes of them, and what it costs.

Run it with ``python benchmarks/foreign_files.py --bombs [--tables 10000] [--layers 500]``, not on Windows. Each
file is read as a planner would read it. Counted are panels and layers, errors of this library by their code, other
exceptions, ends of the interpreter, files that took more than ten seconds, and requests to a listener whose
address stands in the files. A worker reads the files, so that one that ends or hangs is seen and named.
"""

from __future__ import annotations

import argparse
import collections
import io
import json
import multiprocessing
import random
import resource
import socket
import sys
import tempfile
import threading
import time
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

import geopandas as gpd

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError

ROOT = Path(__file__).parents[1]
LONGEST = 10.0
MOST_WRONG = 20
"""Then it is the fault of one thing, and the rest says nothing more."""
DICTIONARY = (
    b"-1", b"99999999999999999999", b"1e400", b"NaN", b"XFD1048576", b'r="XFD1048576"',
    b"&#88;", b"<!DOCTYPE a [",
    b"\x00", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\x80\x80\x80\x80", b"\r", b'"', b";" * 2000,
    b"[" * 3000,
    b"/vsicurl/http://127.0.0.1:%PORT%/a", b"http://127.0.0.1:%PORT%/b", b"=HYPERLINK(1)", b"\xe2\x80\xae",
    b'table:number-rows-repeated="1048576"', b"+nadgrids=http://127.0.0.1:%PORT%/c",
)  # fmt: skip


def mutated(content: bytes, chance: random.Random, port: int) -> bytes:
    """Return the bytes with one to twelve changes."""
    changed = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 12))):
        at = chance.randrange(len(changed) + 1)
        kind = chance.randrange(7)
        if kind == 0 and changed:
            changed[min(at, len(changed) - 1)] = chance.randrange(256)
        elif kind == 1:
            del changed[at : at + chance.choice((1, 4, 100))]
        elif kind == 2:
            changed[at:at] = bytes(chance.randrange(256) for _ in range(chance.choice((1, 4, 16))))
        elif kind == 3:
            changed[at:at] = chance.choice(DICTIONARY).replace(b"%PORT%", str(port).encode())
        elif kind == 4:
            other = chance.randrange(len(changed) + 1)
            changed[at:at] = changed[other : other + chance.choice((10, 200, 3000))]
        elif kind == 5 and changed:
            at = min(at, len(changed) - 1)
            changed[at] ^= 1 << chance.randrange(8)
        else:
            del changed[max(at, 40) :]
    return bytes(changed)


def mutated_inside(content: bytes, chance: random.Random, port: int) -> bytes:
    """Return an archive with changes in one part, and check sums that hold."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        names = old.namelist()
        chosen = chance.choice(names)
        for name in names:
            part = old.read(name)
            new.writestr(name, mutated(part, chance, port) if name == chosen else part)
    return out.getvalue()


def parquet_with_sums(content: bytes, chance: random.Random, _: int) -> bytes:
    """Return Parquet with changes in its pages and check sums that hold again."""
    from regsam_geo.foreign.thrift import Reader

    changed = bytearray(content)
    size = int.from_bytes(content[-8:-4], "little")
    footer = Reader(content[-8 - size : -8]).struct()
    for group in footer[4]:
        for chunk in chance.sample(group[1], 2):
            about = chunk[3]
            at = about.get(11) or about[9]
            end = at + about[7]
            while at < end:
                reader = Reader(content, at)
                page = reader.struct()
                body = slice(reader.at, reader.at + page[3])
                for _ in range(chance.choice((0, 1, 3))):
                    if page[3]:
                        changed[reader.at + chance.randrange(page[3])] = chance.randrange(256)
                sums = zlib.crc32(content[body]), zlib.crc32(changed[body])
                written = [_varint(value) for value in sums]
                header = bytes(content[at : reader.at])
                if len(written[0]) == len(written[1]) and header.count(written[0]) == 1:
                    changed[at : reader.at] = header.replace(written[0], written[1])
                at = body.stop
    return bytes(changed)


def _varint(value: int) -> bytes:
    signed = value - (1 << 32) if value >= 1 << 31 else value
    zigzag = (signed << 1) ^ (signed >> 63)
    out = bytearray()
    while True:
        out.append((zigzag & 127) | (128 if zigzag > 127 else 0))
        zigzag >>= 7
        if not zigzag:
            return bytes(out)


def originals(folder: Path) -> dict[str, bytes]:
    """Return files of each format that is read, small ones."""
    panel = rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024])
    found = {}
    for ending in ("csv", "xlsx", "parquet"):
        found[ending] = Path(rg.write_indicators(panel, folder / f"a.{ending}")).read_bytes()
    districts = rg.load_boundaries("district").iloc[:12]
    layer = gpd.GeoDataFrame(
        {"nummer": [f"P{i}" for i in range(12)], "name": districts["name"].to_numpy(), "zahl": range(12)},
        geometry=districts.geometry.simplify(40).buffer(-60).to_numpy(),
        crs=25832,
    )
    for ending in ("gpkg", "geojson", "fgb", "shp.zip", "kml"):
        path = folder / f"b.{ending}"
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            layer.to_crs(4326 if ending == "kml" else 25832).to_file(
                path, driver="KML" if ending == "kml" else None
            )
        found[ending] = path.read_bytes()
    layer.to_parquet(folder / "b.geoparquet")
    found["geoparquet"] = (folder / "b.geoparquet").read_bytes()
    table = layer.drop(columns="geometry").assign(wkt=layer.geometry.to_wkt())
    found["wkt"] = table.to_csv(index=False, lineterminator="\n").encode()
    return found


Case = tuple[str, str, bytes]
TABLES, LAYERS = ("csv", "xlsx", "parquet"), ("gpkg", "geojson", "shp.zip", "kml", "wkt", "fgb", "geoparquet")
# those that go through a process of their own are fewer: each takes a second
SHARES = {"gpkg": 100, "geojson": 100, "shp.zip": 100, "kml": 80, "wkt": 60, "fgb": 30, "geoparquet": 30}


def cases(tables: int, layers: int, port: int, folder: Path) -> Iterator[tuple[str, str, bytes]]:
    """Yield kind, name and content of each file, tables and layers in turns."""
    files = originals(folder)
    of_layers = _layers(files, layers, port)
    for number in range(tables):
        # so that a run that is ended early has seen all formats
        if layers and number % max(tables // layers, 1) == 0:
            yield from islice(of_layers, 1)
        ending = TABLES[number % 3]
        chance = random.Random(number)
        made = mutated
        if ending != "csv" and number % 2:
            made = mutated_inside if ending == "xlsx" else parquet_with_sums
        yield "table", f"{number}.{ending}", made(files[ending], chance, port)
    yield from of_layers


def _layers(files: dict[str, bytes], layers: int, port: int) -> Iterator[tuple[str, str, bytes]]:
    endings = [ending for ending in LAYERS for _ in range(round(layers * SHARES[ending] / 500))]
    random.Random(0).shuffle(endings)
    for number, ending in enumerate(endings):
        chance = random.Random(1_000_000 + number)
        made = mutated_inside if ending == "shp.zip" and number % 2 else mutated
        yield "layer", f"{number}.{ending}", made(files[ending], chance, port)


def read(kind: str, path: Path) -> str:
    """Read one file and say what came of it."""
    try:
        if kind == "layer":
            rg.read_boundaries(path, "nummer")
        elif kind == "table":
            rg.read_indicators(path)
        elif kind == "own table":
            rg.read_indicators(path, {"area": "Bezirk", "period": "Jahr", "value": "Fälle"}, indicator="F")
        else:
            rg.read_division(path)
    except RegsamGeoError as error:
        return f"error {error.code}" if len(str(error)) < 5000 else "too long a message"
    except BaseException as error:
        return f"FOREIGN {type(error).__name__}: {str(error)[:200]}"
    return "read"


def _work(inbox: multiprocessing.Queue, outbox: multiprocessing.Queue, folder: str) -> None:
    import logging

    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    while (case := inbox.get()) is not None:
        kind, name, content = case
        path = Path(folder) / name.partition(".")[2].join(("datei.", ""))
        path.write_bytes(content)
        # of the processor: a busy machine is no fault of a file
        begun = _processor_seconds()
        said = read(kind, path)
        seconds = _processor_seconds() - begun
        peak = _own_peak()
        child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
        outbox.put((said, seconds, peak, child))


def _own_peak() -> int:
    """Return the largest resident size of this program in MB; ``ru_maxrss`` begins with that of its parent."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) // 1024


def _processor_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


class Worker:
    """A process that reads file after file; a new one takes its place when it ends or hangs."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._context = multiprocessing.get_context("spawn")
        self._begin()

    def _begin(self) -> None:
        self._inbox, self._outbox = self._context.Queue(), self._context.Queue()
        words = (self._inbox, self._outbox, str(self._folder))
        self._process = self._context.Process(target=_work, args=words, daemon=True)
        self._process.start()

    def read(self, case: tuple[str, str, bytes], seconds: float = 600) -> tuple[str, float, int, int]:
        """Return what came of a file, its seconds, and the largest memory so far of worker and children."""
        self._inbox.put(case)
        # By the clock, and long: what a file takes is measured by the processor; a busy machine is not its fault.
        ends = time.monotonic() + seconds
        while time.monotonic() < ends:
            try:
                said: tuple[str, float, int, int] = self._outbox.get(timeout=0.5)
            except Exception:
                if not self._process.is_alive():
                    code = self._process.exitcode
                    self._begin()
                    return f"ABORT {code}", 0.0, 0, 0
            else:
                return said
        self._process.kill()
        self._begin()
        return "HANG", seconds, 0, 0

    def end(self) -> None:
        """Let the process go."""
        self._inbox.put(None)
        self._process.join(10)


class Listener:
    """Counts what asks for anything at all on this machine."""

    def __init__(self) -> None:
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._server.getsockname()[1]
        self.requests = 0
        threading.Thread(target=self._count, daemon=True).start()

    def _count(self) -> None:
        while True:
            try:
                connection, _ = self._server.accept()
            except OSError:
                return
            self.requests += 1
            connection.close()

    def end(self) -> None:
        """Listen no more."""
        self._server.close()


def run(
    tables: int, layers: int, more: Callable[[int], list[Case]] | None = None, minutes: float = 600
) -> dict[str, object]:
    """Read all files and return what came of them."""
    listener = Listener()
    outcomes: collections.Counter[str] = collections.Counter()
    kinds: collections.Counter[str] = collections.Counter()
    wrong: list[str] = []
    slowest, peak, child, n = (0.0, ""), 0, 0, 0
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        worker = Worker(folder)
        every = list(more(listener.port)) if more else []
        for case in (*every, *cases(tables, layers, listener.port, folder)):
            said, seconds, memory, of_child = worker.read(case)
            n += 1
            kinds[case[0]] += 1
            if len(wrong) >= MOST_WRONG or time.monotonic() - begun > 60 * minutes:
                break
            peak, child = max(peak, memory), max(child, of_child)
            slowest = max(slowest, (seconds, case[1]))
            outcomes[said.split(":")[0]] += 1
            if not said.startswith(("read", "error")) or seconds > LONGEST:
                wrong.append(f"{case[1]}: {said} after {seconds:.1f} s")
                kept = Path(tempfile.gettempdir()) / f"regsam-foreign-{case[1].replace('/', '-')}"
                kept.write_bytes(case[2])
        worker.end()
    listener.end()
    return {
        "files": n,
        "kinds": dict(kinds),
        "outcomes": dict(outcomes.most_common()),
        "wrong": wrong,
        "requests": listener.requests,
        "slowest_seconds": round(slowest[0], 2),
        "slowest": slowest[1],
        "peak_mb": peak,
        "child_mb": child,
        "seconds": round(time.monotonic() - begun),
    }


def bombs(port: int) -> list[tuple[str, str, bytes]]:
    """Return the bombs of ``tests/foreign``, each as what it would be read as."""
    sys.path.insert(0, str(ROOT / "tests" / "foreign"))
    import test_foreign_layers
    import test_tables
    import test_workbooks

    found = [("own table", f"{name}.xlsx", made()) for name, made in test_workbooks.BOMBS.items()]
    found += [("scheme", f"{name}.xlsx", made()) for name, made in test_workbooks.BOMBS.items()]
    found += [("own table", f"{name}.csv", made()) for name, made in test_tables.TEXTS.items()]
    with tempfile.TemporaryDirectory() as folder:
        table, _ = test_tables.written(Path(folder))
    found += [("table", f"{name}.parquet", made(table)) for name, made in test_tables.PARQUET.items()]
    for name, made in test_foreign_layers.HARM.items():
        content = made() if not isinstance(made, str) else made.format(port=port).encode()
        found += [("layer", f"{name}.{ending}", content) for ending in ("geojson", "gpkg", "zip")]
    return found


def main() -> None:
    """Print what came of all files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=int, default=10_000)
    parser.add_argument("--layers", type=int, default=500)
    parser.add_argument("--bombs", action="store_true", help="the bombs of tests/foreign too")
    parser.add_argument("--minutes", type=float, default=600, help="end earlier, with what was read until then")
    options = parser.parse_args()
    more = bombs if options.bombs else None
    found = run(options.tables, options.layers, more, options.minutes)
    print(json.dumps(found, indent=2, ensure_ascii=False))
    sys.exit(bool(found["wrong"] or found["requests"]))


if __name__ == "__main__":
    main()
