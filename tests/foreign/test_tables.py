"""Text tables and Parquet made to do harm, and what a table may hold that nobody expects."""

from __future__ import annotations

import gzip
import io
import os

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import regsam_geo as rg
from regsam_geo.errors import InputError, RegsamGeoError
from regsam_geo.foreign import RefusedFileError, parquet, read_parquet_table
from regsam_geo.foreign.thrift import Reader
from regsam_geo.text import problem

COLUMNS = {"area": "Bezirk", "period": "Jahr", "value": "Fälle"}
HEAD = "Bezirk;Jahr;Fälle\n"


def written(tmp_path):
    panel = rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024])
    path = tmp_path / "gut.parquet"
    rg.write_indicators(panel, path)
    return pq.read_table(path), path.read_bytes()


def stored(table, **options):
    out = io.BytesIO()
    pq.write_table(table, out, **{"compression": "zstd", "write_page_checksum": True, **options})
    return out.getvalue()


def many_rows(table):
    rows = table.slice(0, 1)
    return stored(pa.concat_tables([rows] * 4000).combine_chunks().take([0] * 3_000_000))


def long_texts(table):
    at = table.column_names.index("indicator")
    texts = pa.DictionaryArray.from_arrays(pa.array([0] * 500, pa.int32()), ["x" * 1_000_000])
    rows = table.take([0] * 500)
    return stored(rows.set_column(at, "indicator", texts))


def another_table(table):
    return stored(table.append_column("noch", pa.array([1] * len(table))))


def deep_metadata(table):
    about = dict.fromkeys(table.schema.metadata, b"[" * 100000)
    return stored(table.replace_schema_metadata(about))


def many_columns(_):
    return stored(pa.table({f"s{i}": [1] for i in range(5000)}))


def nested_schema(_):
    kind = pa.int8()
    for _ in range(200):
        kind = pa.struct([("a", kind)])
    return stored(pa.table({"a": pa.nulls(1, kind)}))


def footer_of_lists(_):
    # a footer whose first field is a list in a list in a list
    footer = b"\x19" + b"\x19" * 5000 + b"\x00"
    return b"PAR1" + footer + len(footer).to_bytes(4, "little") + b"PAR1"


def huge_pages(table):
    """Blanks that unpack a thousandfold."""
    at = table.column_names.index("sign")
    texts = pa.array([f"{i:09}" + " " * 900_000 for i in range(len(table))])
    return stored(table.set_column(at, "sign", texts), use_dictionary=False)


TEXTS = {
    "a million columns": lambda: (";" * 1_000_000 + "\n").encode(),
    "a line without end": lambda: (HEAD + "1;2024;" + "9" * 5_000_000).encode(),
    "a million columns in the middle": lambda: (HEAD + "1;2024;5\n" + ";" * 1_500_000 + "9\n").encode(),
    "quotes without end": lambda: (HEAD + '1;2024;"' + "x\n" * 200_000).encode(),
    "a number of a hundred thousand digits": lambda: (HEAD + "1;2024;" + "9" * 100_000 + "\n").encode(),
    "an area of a hundred thousand letters": lambda: (HEAD + "Sendling" * 12_000 + ";2024;1\n").encode(),
    "a year of a hundred thousand digits": lambda: (HEAD + "1;" + "2024" * 25_000 + ";1\n").encode(),
    "a title of a hundred thousand letters": lambda: ("Bezirk;Jahr;" + "F" * 100_000 + "\n1;2024;1\n").encode(),
    "a gzip of blanks": lambda: gzip.compress(b" " * 100_000_000, 1),
    "orders to the terminal": lambda: (HEAD + "1;2024;\x1b]0;title\x07\x1b[2J5\n").encode(),
    "only line ends": lambda: (HEAD + "1;x;1\n" + "\n" * 500_000).encode(),
}
PARQUET = {
    "three million rows of one": many_rows,
    "long texts": long_texts,
    "another table": another_table,
    "brackets in its notes": deep_metadata,
    "five thousand columns": many_columns,
    "structs in structs": nested_schema,
    "lists in lists": footer_of_lists,
    "pages of blanks": huge_pages,
}


def refused(path, **options):
    begun = sum(os.times()[:4])
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path, **options)
    assert sum(os.times()[:4]) - begun < 10  # of the processor, children too
    message = str(caught.value)
    assert path.name in message
    assert len(message) < 1200
    assert "\x1b" not in message
    return caught.value


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_made_to_do_harm_is_refused_in_one_sentence(name, tmp_path):
    path = tmp_path / "fremd.csv"
    path.write_bytes(TEXTS[name]())
    refused(path, columns=COLUMNS, indicator="F")


@pytest.mark.parametrize("name", PARQUET)
def test_a_parquet_file_made_to_do_harm_is_refused_in_one_sentence(name, tmp_path):
    table, _ = written(tmp_path)
    path = tmp_path / "fremd.parquet"
    path.write_bytes(PARQUET[name](table))
    refused(path)


def test_parquet_without_check_sums_is_read_apart_and_reads_the_same(tmp_path, monkeypatch):
    table, content = written(tmp_path)
    apart = []
    call = parquet.call_apart
    monkeypatch.setattr(parquet, "call_apart", lambda *words: apart.append(words[0]) or call(*words))
    names = table.column_names
    assert read_parquet_table(content, names).equals(table)
    assert apart == []
    for options in ({"write_page_checksum": False}, {"write_page_checksum": False, "data_page_version": "2.0"}):
        again = read_parquet_table(stored(table, **options), names)
        assert again.to_pydict() == table.to_pydict()
    assert apart == ["table", "table"]
    # as somebody else's program would write it: in groups, with other encodings
    for options in ({"row_group_size": 7}, {"compression": "snappy"}, {"data_page_size": 64}):
        assert read_parquet_table(stored(table, **options), names).to_pydict() == table.to_pydict()
    assert apart == ["table", "table"]


def test_one_changed_bit_of_a_page_is_noticed(tmp_path):
    _, content = written(tmp_path)
    size = int.from_bytes(content[-8:-4], "little")
    footer = Reader(content[-8 - size : -8]).struct()
    names = [leaf[4].decode() for leaf in footer[2][1:]]
    about = footer[4][0][1][names.index("value")][3]
    reader = Reader(content, about.get(11) or about[9])
    reader.struct()
    changed = bytearray(content)
    changed[reader.at + 3] ^= 1
    with pytest.raises(RefusedFileError) as caught:
        read_parquet_table(bytes(changed), names)
    assert caught.value.code == "parquet_broken"


def test_a_file_that_is_too_large_is_refused_before_it_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("REGSAM_GEO_READ_LIMIT", "0.001")
    path = tmp_path / "gross.csv"
    path.write_bytes(b"Bezirk;Wert\n" * 300_000)
    error = refused(path)
    assert error.code == "file_large"
    assert error.fields["expected"] == 2


@pytest.mark.skipif(os.name == "nt", reason="no such device there")
def test_a_device_is_no_file():
    device = "/dev/zero"
    with pytest.raises(InputError) as caught:
        rg.read_indicators(device)
    assert caught.value.code == "file_no_file"


def test_memory_that_does_not_suffice_is_said(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text(HEAD, encoding="utf-8", newline="\n")

    def none(*_):
        raise MemoryError

    monkeypatch.setattr("regsam_geo.indicators.tables.sources.opening.read_content", none)
    with pytest.raises(InputError, match=r"a\.csv") as caught:
        rg.read_indicators(path, COLUMNS, indicator="F")
    assert caught.value.code == "file_memory"


@pytest.fixture
def tidy():
    data = rg.load_sample().sel("Nichtdeutsche", period=2024, level="district").data
    return data[["indicator", "group", "period", "level", "area_id", "value"]]


def test_empty_cells_of_every_kind_are_missing_values(tidy):
    for empty in (pd.NA, None, float("nan"), pd.NaT):
        frame = tidy.astype(object)
        frame.loc[frame.index[3], "value"] = empty
        assert rg.Panel.from_frame(frame).data["value"].isna().sum() == 1


def test_columns_of_one_title_and_names_that_differ_in_blanks_are_refused(tidy):
    for column in ("value", "area_id", "indicator"):
        with pytest.raises(RegsamGeoError, match=column) as caught:
            rg.Panel.from_frame(pd.concat([tidy, tidy[[column]]], axis=1))
        assert caught.value.code == "panel_columns_twice"
    for other in ("Nichtdeutsche ", " Nichtdeutsche", "Nichtdeutsche\u00a0"):
        with pytest.raises(RegsamGeoError) as caught:
            rg.Panel.from_frame(pd.concat([tidy, tidy.assign(indicator=other)]))
        assert caught.value.code == "panel_blanks"
    rg.Panel.from_frame(pd.concat([tidy, tidy.assign(indicator="Nichtdeutsche (alt)")]))


def test_a_message_quotes_no_more_than_a_person_reads():
    error = problem(InputError, "file_empty", file="x" * 100_000 + "\x1b[31m")
    assert len(str(error)) < 600
    assert "\x1b" not in str(error)
    assert len(error.fields["file"]) > 100_000
    assert str(problem(InputError, "file_empty", file="kurz.csv")) in (
        "Die Datei kurz.csv enthält keine Tabelle.",
    )


def test_names_too_long_for_any_file_are_refused():
    for name in ("x" * 100_000, "x\0y"):
        for read in (rg.read_indicators, rg.read_boundaries, rg.read_division):
            with pytest.raises(RegsamGeoError) as caught:
                read(name)
            assert len(str(caught.value)) < 1200
