"""The checksum of a panel depends on what its cells say and on nothing else."""

from __future__ import annotations

import hashlib
import struct

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.indicators.checksum import _column, checksum


def text(words):
    encoded = words.encode()
    return struct.pack("<Q", len(encoded)) + encoded


def by_hand(panel):
    """Write every cell with ``struct`` alone."""
    found = b""
    for frame in (panel.data, panel.catalogue):
        found += struct.pack("<QQ", len(frame), len(frame.columns))
        for name in frame.columns:
            cells = frame[name].tolist()
            if str(frame[name].dtype).lower() in ("float64", "int64", "boolean", "bool"):
                numbers = [None if pd.isna(cell) else float(cell) for cell in cells]
                nothing = bytes.fromhex("000000000000f87f")
                found += (
                    text(name)
                    + b"f"
                    + b"".join(nothing if one is None else struct.pack("<d", one) for one in numbers)
                )
            else:
                found += text(name) + b"t"
                found += b"".join(b"\xff" * 8 if pd.isna(cell) else text(str(cell)) for cell in cells)
    return hashlib.sha256(found).hexdigest()


def small(value=12.5):
    return rg.Panel.from_frame(
        pd.DataFrame(
            {"indicator": ["Plätze", "Plätze"], "period": 2024, "area_id": ["01", "02"], "value": [value, np.nan]}
        )
    )


def test_a_small_panel_has_the_sum_of_its_bytes():
    assert checksum(small()) == by_hand(small())


def test_the_sample_has_the_sum_of_its_bytes():
    assert checksum(rg.load_sample()) == by_hand(rg.load_sample())


def test_one_column_byte_by_byte():
    numbers = b"".join(_column("x", pd.Series([1.0, np.nan, -0.0])))
    assert numbers.hex() == (
        "0100000000000000" "78" "66" "000000000000f03f" "000000000000f87f" "0000000000000000"
    )  # fmt: skip
    words = b"".join(_column("ä", pd.Series(["é", None, ""])))
    assert words.hex() == (
        "0200000000000000" "c3a4" "74" "0200000000000000" "c3a9" "ffffffffffffffff" "0000000000000000"
    )  # fmt: skip


@pytest.mark.parametrize("dtype", ["str", "object", "category"])
def test_the_type_that_keeps_a_text_does_not_matter(dtype):
    given = pd.Series(["a", None, "bc"])
    assert b"".join(_column("x", given.astype(dtype))) == b"".join(_column("x", pd.Series(["a", np.nan, "bc"])))


@pytest.mark.parametrize("dtype", ["float32", "float64", "Float64", "int64", "Int64"])
def test_the_type_that_keeps_a_number_does_not_matter(dtype):
    assert b"".join(_column("x", pd.Series([3, 4], dtype=dtype))) == b"".join(_column("x", pd.Series([3.0, 4.0])))


def test_every_nan_is_one_and_zero_has_no_sign():
    other = np.frombuffer(bytes.fromhex("010000000000f8ff"), dtype="<f8")
    assert np.isnan(other[0])
    assert b"".join(_column("x", pd.Series(other))) == b"".join(_column("x", pd.Series([np.nan])))
    assert checksum(small(-0.0)) == checksum(small(0.0))


def test_a_cell_that_differs_changes_it():
    assert checksum(small()) != checksum(small(np.nextafter(12.5, 13)))
    ab, a_b = pd.Series(["ab", "c"]), pd.Series(["a", "bc"])
    assert b"".join(_column("x", ab)) != b"".join(_column("x", a_b))


def test_reports_hold_it():
    panel = rg.load_sample().sel("Nichtdeutsche")
    facts = rg.detect_warnings(rg.Study(panel, threshold=None), detectors=[]).facts
    assert facts.checksum == by_hand(panel)
