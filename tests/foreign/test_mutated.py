"""Mutated tables and layers: read, or refused by an error of this library; never an end, a hang or a request."""

from __future__ import annotations

import logging
import random
import socket
import sys
import time
import warnings
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def benchmark():
    """Give the program whose long form was run for ``docs/foreign_files.md``."""
    # on the path, where its workers look for it too
    sys.path.insert(0, str(ROOT / "benchmarks"))
    import foreign_files

    yield foreign_files
    sys.path.remove(str(ROOT / "benchmarks"))


def test_a_few_of_each_format(benchmark, tmp_path, monkeypatch):
    """In this process: what needs one of its own costs a second, and is left to the longer forms."""
    monkeypatch.setattr(benchmark, "SHARES", {**benchmark.SHARES, "fgb": 0, "geoparquet": 0})
    listener = benchmark.Listener()
    logging.disable(logging.CRITICAL)
    outcomes = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            for kind, name, content in benchmark.cases(60, 60, listener.port, tmp_path):
                path = tmp_path / f"datei.{name.partition('.')[2]}"
                path.write_bytes(content)
                begun = time.process_time()
                outcomes.append(benchmark.read(kind, path))
                assert time.process_time() - begun < 10, name
    finally:
        logging.disable(logging.NOTSET)
        listener.end()
    assert len(outcomes) > 100
    assert not [said for said in outcomes if not said.startswith(("read", "error"))]
    assert outcomes.count("read") >= 3
    assert listener.requests == 0


@pytest.mark.slow
def test_some_of_each_format_in_processes_that_may_end(benchmark):
    found = benchmark.run(300, 30)
    assert found["wrong"] == []
    assert found["requests"] == 0
    assert found["files"] >= 330
    assert found["peak_mb"] < 1024
    assert found["child_mb"] < 1024
    assert len(benchmark.bombs(1)) > 100, "the bombs are not found where the long form looks for them"


@pytest.mark.slow
def test_bombs_in_place_of_a_division(benchmark):
    found = benchmark.run(0, 0, lambda port: [one for one in benchmark.bombs(port) if one[0] == "scheme"])
    assert found["files"] > 10
    assert found["wrong"] == []
    assert found["requests"] == 0


@pytest.mark.long
def test_ten_thousand_tables_five_hundred_layers_and_all_bombs(benchmark):
    found = benchmark.run(10_000, 500, benchmark.bombs)
    assert found["wrong"] == []
    assert found["requests"] == 0
    assert found["peak_mb"] < 1024
    assert found["child_mb"] < 1024


def test_a_request_is_counted_and_a_mutation_changes_something(benchmark):
    listener = benchmark.Listener()
    socket.create_connection(("127.0.0.1", listener.port)).close()
    ends = time.monotonic() + 5
    while not listener.requests and time.monotonic() < ends:
        time.sleep(0.01)
    listener.end()
    assert listener.requests == 1
    chance = random.Random(1)
    content = bytes(range(256))
    assert sum(benchmark.mutated(content, chance, 1) != content for _ in range(50)) > 45


@pytest.mark.slow
def test_a_worker_that_ends_or_hangs_is_named(benchmark, tmp_path, monkeypatch):
    worker = benchmark.Worker(tmp_path)
    worker._process.kill()
    assert worker.read(("table", "1.csv", b"a"))[0].startswith("ABORT")
    assert worker.read(("table", "1.csv", b"a"))[0].startswith("error")
    worker._inbox, worker._outbox = worker._context.Queue(), worker._context.Queue()  # where nobody answers
    assert worker.read(("table", "1.csv", b"a"), seconds=2)[0] == "HANG"
    worker.end()
