"""Panels as files, and back: CSV with the catalogue beside it, a workbook of two sheets, or one Parquet file.

A panel that was written and read back is the same panel, to the last digit and sign. The same panel gives the same
bytes. Nothing half written is ever seen.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.files import whole_file
from regsam_geo.foreign import RefusedFileError, bounds, parquet_notes, read_content, read_parquet_table
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.panel import COLUMNS, NUMBERS, Panel
from regsam_geo.indicators.tables.guard import guard, guard_area, unguard
from regsam_geo.indicators.tables.layout import plain_table
from regsam_geo.indicators.tables.options import TableRead
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.indicators.tables.sources import read_grids
from regsam_geo.text import problem

DATA_SHEET, CATALOGUE_SHEET = "Daten", "Katalog"
CATALOGUE_ENDING = ".katalog.csv"
_METADATA = b"regsam_geo.catalogue"
_EPOCH = "1980-01-01T00:00:00Z"


def write_indicators(panel: Panel | pd.DataFrame, path: str | Path) -> Path:
    """Write a panel so that ``read_indicators`` gives the same panel back.

    Parameters
    ----------
    panel
        What to write.
    path
        Its ending chooses the form: ``.csv`` (the catalogue goes into a file beside it, ``name.katalog.csv``),
        ``.xlsx`` (two sheets) or ``.parquet``.

    Returns
    -------
    Path
        The file that was written.

    Raises
    ------
    OptionError
        If the ending is none of the three.

    Notes
    -----
    In the CSV, ids that a spreadsheet would turn into dates carry the word of their level (``Region 4/12``), and
    texts that it would run as formulas an apostrophe; both are taken away when the file is read.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Nichtdeutsche")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     again = rg.read_indicators(rg.write_indicators(panel, folder + "/nichtdeutsche.xlsx"))
    >>> again.data.equals(panel.data)
    True
    """
    panel = Panel.from_frame(panel)
    path = Path(path)
    writers = {".csv": _write_csv, ".xlsx": _write_xlsx, ".parquet": _write_parquet}
    write = writers.get(path.suffix.lower())
    if write is None:
        raise problem(OptionError, "ending_unknown", found=path.suffix or path.name, expected=", ".join(writers))
    write(panel, path)
    return path


def _write_csv(panel: Panel, path: Path) -> None:
    data = panel.data[list(COLUMNS)].copy()
    data["area_id"] = [guard_area(i, level) for i, level in zip(data["area_id"], data["level"], strict=True)]
    catalogue = path.with_name(path.name[: -len(path.suffix)] + CATALOGUE_ENDING)
    # the catalogue first: a table without it would be read with another one
    with whole_file(catalogue) as temporary:
        temporary.write_bytes(_csv_bytes(_catalogue_texts(panel)))
    with whole_file(path) as temporary:
        temporary.write_bytes(_csv_bytes(_texts(data)))


def _csv_bytes(table: pd.DataFrame) -> bytes:
    """Return UTF-8 with a mark, so that Excel shows umlauts right."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(list(table))
    numbers = [name in NUMBERS for name in table]
    for line in table.itertuples(index=False, name=None):
        # Numbers stay as they are: the minus before one begins no formula.
        writer.writerow([cell if number else guard(cell) for cell, number in zip(line, numbers, strict=True)])
    return out.getvalue().encode("utf-8-sig")


def _texts(data: pd.DataFrame) -> pd.DataFrame:
    """Write every number with as many digits as give the same number back."""
    out = data.astype("object")
    for name in NUMBERS:
        out[name] = [_number(value) for value in data[name]]
    return out


def _number(value: float) -> str:
    # The shortest text that gives the same number back; a fixed number of digits would lose the last bits.
    return "" if np.isnan(value) else repr(float(value)).removesuffix(".0")


def _catalogue_texts(panel: Panel) -> pd.DataFrame:
    catalogue = panel.catalogue
    return pd.DataFrame(
        {name: ["" if pd.isna(value) else _plain(value) for value in catalogue[name]] for name in catalogue},
        dtype="object",
    )


def _plain(value: Any) -> str:
    if isinstance(value, bool | np.bool_):
        return "ja" if value else "nein"
    if isinstance(value, int | float | np.number):
        return _number(float(value))
    return str(value)


def _write_xlsx(panel: Panel, path: Path) -> None:
    import xlsxwriter
    from xlsxwriter.worksheet import Worksheet

    class ExactWorksheet(Worksheet):  # type: ignore[misc]
        """Writes 17 digits where they are needed; the library's own 16 do not give every number back."""

        def _xml_number_element(self, number: float, attributes: Any = ()) -> None:
            marks = "".join(f' {key}="{value}"' for key, value in attributes)
            self.fh.write(f"<c{marks}><v>{_number(float(number))}</v></c>")

    data = panel.data[list(COLUMNS)]
    with whole_file(path) as temporary, xlsxwriter.Workbook(temporary, {"strings_to_formulas": False}) as book:
        # A fixed date instead of now: equal panels give equal files.
        book.set_properties({"created": pd.Timestamp(_EPOCH).to_pydatetime()})
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet(DATA_SHEET, worksheet_class=ExactWorksheet)
        sheet.write_row(0, 0, list(COLUMNS), bold)
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(COLUMNS):
            sheet.set_column(column, column, 40 if name == "indicator" else 14)
            write = sheet.write_number if name in NUMBERS else sheet.write_string
            for row, value in enumerate(data[name], start=1):
                # A workbook knows no NaN: a cell that is absent says that the value is missing.
                if not (name in NUMBERS and np.isnan(value)) and value != "":
                    write(row, column, value if name in NUMBERS else guard(value))
        sheet = book.add_worksheet(CATALOGUE_SHEET)
        texts = _catalogue_texts(panel)
        sheet.write_row(0, 0, list(texts), bold)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, len(texts.columns) - 1, 20)
        for row, line in enumerate(texts.itertuples(index=False, name=None), start=1):
            for column, text in enumerate(line):
                if text:
                    sheet.write_string(row, column, guard(text))


def _write_parquet(panel: Panel, path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    data = panel.data[list(COLUMNS)]
    arrays = [
        # NaN becomes null, so that other programs count a missing value and no number.
        pa.array(data[name].to_numpy(), pa.float64(), from_pandas=True)
        if name in NUMBERS
        else pa.array(data[name].tolist(), pa.string()).dictionary_encode()
        for name in COLUMNS
    ]
    catalogue = _catalogue_texts(panel).to_dict("split", index=False)
    schema = pa.schema(
        [pa.field(name, array.type) for name, array in zip(COLUMNS, arrays, strict=True)],
        metadata={_METADATA: json.dumps(catalogue, ensure_ascii=False).encode()},
    )
    with whole_file(path) as temporary:
        # With checksums the file can be proved whole when it is read, without a process of its own.
        pq.write_table(
            pa.Table.from_arrays(arrays, schema=schema), temporary, compression="zstd", write_page_checksum=True
        )


def read_parquet(path: Path) -> TableRead | None:
    """Read a Parquet file that ``write_indicators`` wrote; ``None`` if the file is none."""
    try:
        # Four bytes first: a large CSV need not be taken into memory to find that it is no Parquet file.
        with path.open("rb") as file:
            if file.read(4) != b"PAR1":
                return None
    except (OSError, ValueError):
        return None  # reading it as a table will say what is wrong
    try:
        content = read_content(path, bounds().table_bytes)
        if _METADATA not in parquet_notes(content):
            return None  # of another program: a table as any other
        table = read_parquet_table(content, COLUMNS)
        stored = json.loads((table.schema.metadata or {}).get(_METADATA, b"null"))
        if not isinstance(stored, dict):
            raise RefusedFileError("parquet_foreign")
        frame = pd.DataFrame(
            {name: table.column(name).to_numpy(zero_copy_only=False) for name in table.column_names}
        )
        catalogue = _typed_catalogue(pd.DataFrame(stored["data"], columns=stored["columns"], dtype="object"))
    except RefusedFileError as refusal:
        raise refusal.as_error(InputError, path.name) from None
    except MemoryError:
        raise problem(InputError, "file_memory", file=path.name) from None
    except Exception as error:  # whatever stands in a catalogue that somebody changed
        detail = str(error).split("\n")[0] or type(error).__name__
        raise problem(InputError, "parquet_broken", file=path.name, detail=detail) from None
    # Through the panel's own checks: somebody may have changed the file since it was written.
    checked = Panel(frame, catalogue)
    rows = checked.data.assign(row=np.arange(1, len(checked) + 1), file=path.name)
    raw = RawTable(path.name, "", COLUMNS, (), np.arange(1, len(rows) + 1), "Parquet")
    series = checked.catalogue[list(CATALOGUE_KEY)]
    return TableRead(raw, "panel", rows, series, series.assign(decimals=0), (), checked.catalogue)


def written_catalogue(path: Path, tables: Sequence[RawTable]) -> pd.DataFrame | None:
    """Return the catalogue that was written with a panel: in the workbook's other sheet, or in the file beside."""
    for table in tables:
        if table.sheet == CATALOGUE_SHEET:
            return _read_catalogue(table)
    beside = path.with_name(path.name[: -len(path.suffix)] + CATALOGUE_ENDING) if path.suffix else path
    # Beside a CSV alone: the other two forms carry their catalogue within.
    if path.suffix.lower() == ".csv" and beside != path and beside.is_file():
        found = plain_table(read_grids(beside)[0])
        return None if found is None else _read_catalogue(found)
    return None


def _read_catalogue(table: RawTable) -> pd.DataFrame | None:
    # No error: a user's own workbook may have a sheet called Katalog.
    if not set(CATALOGUE_KEY) <= set(table.header):
        return None
    cells = {name: [unguard(str(cell)) for cell in table.column(name)] for name in table.header}
    try:
        return _typed_catalogue(pd.DataFrame(cells, dtype="object"))
    except (ValueError, KeyError) as error:
        raise problem(InputError, "catalogue_broken", file=table.location, detail=str(error)) from None


def _typed_catalogue(texts: pd.DataFrame) -> pd.DataFrame:
    """Turn the texts of a written catalogue into its types; empty is not known."""
    catalogue = texts.copy()
    for name in catalogue:
        dtype = CATALOGUE_COLUMNS.get(str(name), "str")
        cells = [str(cell) for cell in texts[name]]
        if dtype == "boolean":
            words = {"ja": True, "nein": False, "True": True, "False": False, "": pd.NA}
            catalogue[name] = pd.array([words[cell] for cell in cells], dtype="boolean")
        elif dtype in ("Int64", "Float64"):
            numbers = [pd.NA if cell == "" else float(cell) for cell in cells]
            catalogue[name] = pd.array(numbers, dtype="Float64").astype(dtype)
        else:
            values = pd.Series(cells, index=catalogue.index, dtype="str")
            catalogue[name] = values if name in CATALOGUE_KEY else values.where(values != "")
    return catalogue


def known_first(written: Sequence[pd.DataFrame | None], inferred: pd.DataFrame) -> pd.DataFrame:
    """Return the catalogue: as it was written with a table, else as it was inferred; the newest table first."""
    known = [catalogue for catalogue in reversed(written) if catalogue is not None]
    if not known:
        return inferred
    stored = pd.concat([part.astype("object") for part in known], ignore_index=True).drop_duplicates(
        list(CATALOGUE_KEY)
    )
    key = list(CATALOGUE_KEY)
    # What was written with a table goes before what its numbers suggest: a person may have corrected it.
    rest = inferred[~pd.MultiIndex.from_frame(inferred[key]).isin(pd.MultiIndex.from_frame(stored[key]))]
    return pd.concat([stored, rest.astype("object")], ignore_index=True) if len(rest) else stored
