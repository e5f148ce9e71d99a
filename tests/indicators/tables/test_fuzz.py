"""Random tables and random damage: a panel or one of the library's own errors, nothing else."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from made_tables import HEADER_2025, csv_2014, csv_2025, excel_export

from regsam_geo.errors import RegsamGeoError
from regsam_geo.indicators import Panel, read_indicators
from regsam_geo.indicators.tables.guard import guard, unguard

# few, for each writes and reads a file; each overwrites the file of the one before, which is all that is shared
QUIET = settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])

CELL = st.one_of(
    st.sampled_from(
        ["", "NA", "-", ".", "/", "x", "...", "1", "0", "-,3", ",8", "1.234", "1.234,5", "1e5", "nan", "inf"]
    ),
    st.sampled_from(
        ["01 Altstadt - Lehel", "Stadt München", "Sendling", "1.1", "17/18", "2024", "2023-Q1", "insgesamt"]
    ),
    st.floats(allow_nan=True, allow_infinity=True).map(str),
    st.text(max_size=8),
)


@pytest.fixture(scope="module")
def originals(tmp_path_factory):
    folder = tmp_path_factory.mktemp("originals")
    return {
        "2025": csv_2025().encode(),
        "2025 from Excel": b"\xef\xbb\xbf" + csv_2025(";", ",", "\r\n").encode(),
        "2014": csv_2014().encode(),
        "export": excel_export(folder / "export.xlsx").read_bytes(),
    }


def read_or_refuse(path, **options):
    try:
        panel = read_indicators(path, **options)
    except RegsamGeoError:
        return None
    assert isinstance(panel, Panel)
    assert len(panel)
    assert (panel.data["value"].isna() == (panel.data["sign"] != "")).all()
    return panel


@given(rows=st.lists(st.lists(CELL, min_size=5, max_size=7), max_size=5), delimiter=st.sampled_from(",;\t"))
@QUIET
def test_random_tables(tmp_path, rows, delimiter):
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(HEADER_2025[:7])
    writer.writerows(row + [""] * (7 - len(row)) for row in rows)
    path = tmp_path / "zufall.csv"
    path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    read_or_refuse(path)


@given(
    header=st.lists(st.text(max_size=6), min_size=1, max_size=5),
    rows=st.lists(st.lists(CELL, max_size=5), max_size=4),
)
@QUIET
def test_random_tables_of_ones_own(tmp_path, header, rows):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["Bezirk", "Wert", *header], *rows])
    path = tmp_path / "zufall.csv"
    path.write_bytes(out.getvalue().encode("utf-8", "surrogatepass"))
    read_or_refuse(path, columns={"area": "Bezirk", "value": "Wert"}, indicator="A", period=2024)


@pytest.mark.parametrize("form", ["2025", "2025 from Excel", "2014", "export"])
@given(data=st.data())
@QUIET
def test_random_byte_changes(tmp_path, originals, form, data):
    """One to three bytes of a real form changed, dropped or put in."""
    content = bytearray(originals[form])
    for _ in range(data.draw(st.integers(1, 3))):
        position = data.draw(st.integers(0, len(content) - 1))
        kind = data.draw(st.sampled_from(["change", "drop", "insert", "cut"]))
        byte = data.draw(st.integers(0, 255))
        if kind == "change":
            content[position] = byte
        elif kind == "drop":
            del content[position]
        elif kind == "insert":
            content.insert(position, byte)
        else:
            del content[max(position, 40) :]
    path = tmp_path / "schaden"
    path.write_bytes(bytes(content))
    read_or_refuse(path)


@given(st.binary(max_size=400))
@QUIET
def test_random_bytes(tmp_path, content):
    path = tmp_path / "zufall"
    for magic in (b"", b"PK\x03\x04", b"PAR1", b"\xd0\xcf\x11\xe0"):
        path.write_bytes(magic + content)
        read_or_refuse(path)


@given(st.text())
def test_the_guard_gives_every_text_back(text):
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))
