"""The checksum of a panel: of what its cells say, in bytes that no library chooses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import numpy as np
import pandas as pd

from regsam_geo.indicators.panel import Panel

NOTHING = b"\xff" * 8
"""Stands for a missing text: no text is as long as this number says."""


def checksum(panel: Panel) -> str:
    """Return the SHA-256 of the rows and the catalogue of a panel.

    Notes
    -----
    Of both tables in turn: the number of rows and of columns; of each column its name, ``f`` or ``t``, and its
    cells. Numbers and truth values are ``f``: doubles of eight bytes, the low one first, with one pattern for
    everything missing. All else is ``t``: UTF-8 after its length in bytes; eight times ``ff`` where nothing
    stands. Counts and lengths have eight bytes too, the low one first. So the sum depends on no version of pandas
    or numpy, on no processor, and on no type in which a table keeps its texts.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> checksum(panel) == checksum(rg.Panel(panel.data[::-1], panel.catalogue))
    True
    """
    digest = hashlib.sha256()
    for frame in (panel.data, panel.catalogue):
        digest.update(_size(len(frame)) + _size(frame.shape[1]))
        for name in frame:
            for part in _column(str(name), frame[name]):
                digest.update(part)
    return digest.hexdigest()


def _column(name: str, column: pd.Series) -> Iterator[bytes]:
    """Write one column: its name, its form and its cells."""
    yield _text(name)
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        numbers = column.to_numpy(dtype="float64", na_value=np.nan) + 0.0  # -0.0 and 0.0 are one number
        numbers = np.where(np.isnan(numbers), np.nan, numbers)  # NaN has many bit patterns
        yield b"f"
        yield numbers.astype("<f8").tobytes()
        return
    yield b"t"
    if isinstance(column.dtype, pd.StringDtype):
        # each text is written once, as most of them come again and again
        place, texts = pd.factorize(column)
        known = [_text(str(text)) for text in texts]
        # the place of what is missing is -1, the last
        yield b"".join(map([*known, NOTHING].__getitem__, place.tolist()))
        return
    for cell, missing in zip(column.to_numpy(dtype=object), column.isna().to_numpy(), strict=True):
        yield NOTHING if missing else _text(str(cell))


def _text(words: str) -> bytes:
    """Write a text after its length, so that no two columns of texts give the same bytes."""
    encoded = words.encode("utf-8")
    return _size(len(encoded)) + encoded


def _size(number: int) -> bytes:
    return number.to_bytes(8, "little")
