"""Records on a cluster of dask: each partition is counted where it lies, by the function that counts a piece."""

from __future__ import annotations

from typing import Any

from regsam_geo.errors import InputError
from regsam_geo.places.counting import Plan, count_piece
from regsam_geo.places.repeats import PARTS, count_repeats, fingerprints, in_parts
from regsam_geo.places.tally import Tally
from regsam_geo.text import problem, say

_TOGETHER = 16
"""So many tallies are added at once, where they lie."""


def count_on_cluster(frame: Any, plan: Plan) -> tuple[Tally, int | None]:
    """Count a frame of dask with the scheduler in force: that of the cluster, if there is a client.

    Raises
    ------
    InputError
        If a partition cannot be counted, or the worker that held it was lost; it names the partition.
    """
    from dask.base import tokenize
    from dask.delayed import delayed

    wanted = frame[plan.columns]
    token = tokenize(frame)[:12]
    shared = delayed(plan, name=f"regsam-plan-{token}", pure=True)
    parts = wanted.to_delayed()
    n = len(parts)
    tallies = [
        delayed(_count_partition)(part, shared, number, n, dask_key_name=f"regsam-count-{token}-{number}")
        for number, part in enumerate(parts, start=1)
    ]
    leaves = tallies
    # in the order of the partitions, so that the sum is made the same way each time
    while len(tallies) > 1:
        tallies = [
            delayed(_add)(tallies[start : start + _TOGETHER]) for start in range(0, len(tallies), _TOGETHER)
        ]
    twice: list[Any] = []
    if "id" in plan.places:
        sorted_ids = [delayed(_ids, nout=PARTS)(part, plan.places["id"]) for part in parts]
        twice = [delayed(count_repeats)([ids[number] for ids in sorted_ids]) for number in range(PARTS)]
    total, repeats = _computed(tallies[0], twice, leaves)
    return total, sum(repeats) if twice else None


def _computed(total: Any, twice: list[Any], leaves: list[Any]) -> tuple[Tally, list[int]]:
    from dask.base import compute

    client = _client()
    # held, so that it can be asked afterwards which of them failed
    futures = client.compute(leaves) if client is not None else []
    try:
        found, repeats = compute(total, twice)
    except InputError:
        raise
    except Exception as error:
        number, cause = _failed(leaves, futures, error)
        if number is None:
            raise problem(
                InputError, "records_cluster", cause=type(cause).__name__, detail=_words(cause)
            ) from error
        piece = say("label.records.partition", n=str(number), all=len(leaves))
        # distributed is an extra, and need not be there: its errors are known by their names
        if type(cause).__name__ == "KilledWorker":
            raise problem(InputError, "records_worker", piece=piece) from error
        raise problem(InputError, "records_piece", piece=piece, detail=_words(cause)) from error
    return found, list(repeats)


def _client() -> Any:
    """Return the client of a cluster that is in force, if there is one."""
    try:
        from distributed import default_client

        return default_client()
    except (ImportError, ValueError):
        return None


def _failed(leaves: list[Any], futures: list[Any], error: Exception) -> tuple[int | None, Exception]:
    """Return which partition failed first, and of what."""
    for number, future in enumerate(futures, start=1):
        if future.status == "error":
            return number, future.exception()
    if futures:
        return None, error
    # without a cluster nothing remembers it: the partitions are counted again, up to the one that fails
    for number, leaf in enumerate(leaves, start=1):
        try:
            leaf.compute()
        except Exception as again:
            return number, again
    return None, error


def _words(error: Exception) -> str:
    return (str(error).split("\n")[0] or type(error).__name__)[:200]


def _count_partition(rows: Any, plan: Plan, number: int, n: int) -> Tally:
    try:
        return count_piece(rows, plan)
    except InputError:
        raise
    except Exception as error:
        piece = say("label.records.partition", n=str(number), all=n)
        raise problem(InputError, "records_piece", piece=piece, detail=_words(error)) from None


def _add(tallies: list[Tally]) -> Tally:
    total = Tally()
    for one in tallies:
        total = total + one
    return total


def _ids(rows: Any, column: str) -> list[Any]:
    return in_parts(fingerprints(rows[column]))
