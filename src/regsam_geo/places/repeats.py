"""How many records stand twice: by their ids, kept on the disk and looked through part by part."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path
from types import TracebackType
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.places.columns import codes_of

PARTS = 64
"""Ids fall into so many parts by their own bits: equal ones into the same."""


def fingerprints(column: Any) -> npt.NDArray[np.uint64]:
    """Return a number for each id that is there, the same for equal ids however they are stored."""
    codes, texts = codes_of(column)
    words = np.array([*texts, ""], dtype=object)
    return np.asarray(pd.util.hash_array(words, categorize=False), dtype=np.uint64)[codes[codes >= 0]]


def in_parts(numbers: npt.NDArray[np.uint64]) -> list[npt.NDArray[np.uint64]]:
    """Sort the numbers into their parts."""
    part = (numbers >> np.uint64(58)).astype(np.uint8)
    order = np.argsort(part, kind="stable")
    return np.split(numbers[order], np.searchsorted(part[order], np.arange(1, PARTS)))


def count_repeats(numbers: Iterable[npt.NDArray[np.uint64]]) -> int:
    """Count those of one part that an equal one stands before."""
    given = list(numbers)
    whole = np.concatenate(given) if given else np.empty(0, dtype=np.uint64)
    whole.sort()
    return int((whole[1:] == whole[:-1]).sum())


class Repeats:
    """The ids of a long file, eight bytes each, in as many files as there are parts."""

    def __enter__(self) -> Repeats:
        self._folder = tempfile.TemporaryDirectory(prefix="regsam_geo_")
        self._files = [(Path(self._folder.name) / f"{part:02d}").open("w+b") for part in range(PARTS)]
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for file in self._files:
            file.close()
        self._folder.cleanup()

    def add(self, numbers: npt.NDArray[np.uint64]) -> None:
        """Take the ids of a piece."""
        for file, part in zip(self._files, in_parts(numbers), strict=True):
            file.write(part.tobytes())

    def count(self) -> int:
        """Count the ids that an equal one stands before."""
        found = 0
        for file in self._files:
            file.seek(0)
            found += count_repeats([np.frombuffer(file.read(), dtype=np.uint64).copy()])
        return found
