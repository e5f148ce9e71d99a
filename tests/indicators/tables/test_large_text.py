"""A large CSV is read column by column: the same cells, rows and notes as row by row, or left to that way."""

from __future__ import annotations

import random

import numpy as np
import pandas as pd
import pytest

from regsam_geo.errors import RegsamGeoError
from regsam_geo.indicators.tables import Options, read_with_notes
from regsam_geo.indicators.tables.sources import columnwise, read_grids

AREAS = ("01 Altstadt - Lehel", "Sendling", "3", "07", "Stadt München", " 17 ", "Schwabing-West", "insgesamt")
CELLS = ("12", "12,5", "1.234,5", "", " ", "-", "NA", "x", "12,3 %", "(4)", "0,517", "nan", "12 1)", "1e3", "“3”")
TITLES = ("Bezirk", "Jahr", "Merkmal", "Wert")


def table(choose: random.Random, delimiter: str, end: str) -> list[str]:
    """Lines of a table of one's own; mostly a sound one."""
    cells = CELLS if choose.random() < 0.3 else CELLS[:2]
    rows = [
        (area, str(year), word, choose.choice(cells))
        for word in ("Mädchen", "A & B")[: choose.randint(1, 2)]
        for year in (2022, 2023)
        for area in AREAS[: choose.randint(1, len(AREAS))]
    ]
    quoting = choose.random()
    lines = []
    for row in (TITLES, *rows):
        quoted = [f'"{cell}"' if quoting < 0.15 or (quoting < 0.3 and cell in AREAS) else cell for cell in row]
        lines.append(delimiter.join(quoted) + end)
    return lines


def at(choose: random.Random, lines: list[str], change) -> list[str]:
    """Change one line."""
    place = choose.randrange(len(lines))
    return [*lines[:place], change(lines[place]), *lines[place + 1 :]]


def inserted(choose: random.Random, lines: list[str], text: str) -> list[str]:
    place = choose.randrange(len(lines) + 1)
    return [*lines[:place], text, *lines[place:]]


def within(text):
    """A fault that puts a text somewhere into a line."""

    def change(choose, lines):
        place = choose.random()
        return at(
            choose, lines, lambda line: line[: int(place * len(line))] + text + line[int(place * len(line)) :]
        )

    return change


FAULTS = {
    "an empty line": lambda c, x: inserted(c, x, "\n"),
    "an empty line of Windows": lambda c, x: inserted(c, x, "\r\n"),
    "a line of blanks": lambda c, x: inserted(c, x, "   \n"),
    "a row of nothing": lambda c, x: inserted(c, x, ";;;\n"),
    "a row of blanks": lambda c, x: inserted(c, x, " ; ;;\n"),
    "a title": lambda c, x: ["Beratungen 2023\n", *x],
    "a note": lambda c, x: [*x, "Quelle: Amt\n"],
    "a row too short": lambda c, x: at(c, x, lambda line: line.replace(";", "", 1)),
    "surplus cells": lambda c, x: at(c, x, lambda line: line.rstrip("\r\n") + ";;\n"),
    "surplus cells everywhere": lambda c, x: [line.rstrip("\r\n") + ";;\n" for line in x],
    "no end of the last line": lambda c, x: [*x[:-1], x[-1].rstrip("\r\n")],
    "a quote": within('"'),
    "two quotes": within('""'),
    "a cell in quotes": lambda c, x: at(c, x, lambda line: '"' + line.replace(";", '";', 1)),
    "a delimiter in quotes": lambda c, x: at(c, x, lambda line: '"a;' + line.replace(";", '";', 1)),
    "an end of a line in quotes": lambda c, x: at(c, x, lambda line: '"a\n' + line.replace(";", '";', 1)),
    "a blank before quotes": lambda c, x: at(c, x, lambda line: ' "' + line.replace(";", '";', 1)),
    "a lone return": within("\r"),
    "ends of both kinds": lambda c, x: [line.rstrip("\r\n") + c.choice(("\n", "\r\n")) for line in x],
    "a zero": within("\x00"),
    "twice encoded": within("Ã¼"),
    "an entity": within("&uuml;"),
    "no entity": within("&"),
    "a tab": within("\t"),
    "another separator of lines": within("\u2028"),
    "a form feed": within("\x0c"),
    "a no-break space": within("\u00a0"),
    "a hint of Excel": lambda c, x: ["sep=;\n", *x],
    "a bracket": lambda c, x: ["[" + x[0], *x[1:]],
    "a tag": lambda c, x: ["<table " + x[0], *x[1:]],
    "the titles again": lambda c, x: inserted(c, x, x[0]),
    "a title twice": lambda c, x: [x[0].replace("Merkmal", "Wert"), *x[1:]],
    "no title": lambda c, x: [x[0].replace("Merkmal", ""), *x[1:]],
    "nothing but titles": lambda c, x: x[:1],
}
ENDINGS = {
    "UTF-8": lambda text: text.encode(),
    "UTF-8 with a mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "cp1252": lambda text: text.encode("cp1252", "replace"),
    "UTF-16": lambda text: text.encode("utf-16"),
    "cut within a letter": lambda text: text.encode() + b"\xc3",
}


def made(seed: int) -> tuple[str, bytes]:
    """A file from a seed: a sound table with up to two faults, and what they are."""
    choose = random.Random(seed)
    delimiter = choose.choice((";", ";", ";", ",", "\t", "|"))
    lines = table(choose, delimiter, choose.choice(("\n", "\n", "\r\n")))
    faults = choose.sample(sorted(FAULTS), choose.choice((0, 1, 1, 1, 2)))
    for fault in faults:
        lines = FAULTS[fault](choose, lines)
    written = choose.choice(("UTF-8",) * 6 + tuple(ENDINGS))
    return f"{', '.join(faults) or 'sound'}; {written}", ENDINGS[written]("".join(lines))


def cells(path):
    """All that a grid says, or the error."""
    try:
        (grid,) = read_grids(path)
    except RegsamGeoError as error:
        return error.code, str(error)
    return (
        [list(column) for column in grid.columns],
        [(column.distinct.cells, column.distinct.codes.tolist()) for column in grid.columns],
        grid.rows.tolist(),
        grid.apart.tolist(),
        (grid.places, grid.dialect, grid.remarks, grid.captions, grid.plain, grid.location),
    )


def panel(path):
    """All that reading says, or the error."""
    try:
        reading = read_with_notes(path, Options())
    except RegsamGeoError as error:
        return error.code, str(error)
    data = reading.panel.data
    return (
        data.to_csv(),
        list(data.dtypes),
        reading.panel.catalogue.to_csv(),
        [note.text() for note in reading.notes],
    )


def differing(seeds, folder, monkeypatch, read) -> list[str]:
    """Read each made file both ways; return what differs."""
    wrong = []
    for seed in seeds:
        what, content = made(seed)
        path = folder / "tabelle.csv"
        path.write_bytes(content)
        found = []
        for smallest in (0, 1 << 40):
            monkeypatch.setattr(columnwise, "SMALLEST", smallest)
            found.append(read(path))
        if found[0] != found[1]:
            wrong.append(f"{seed}: {what}")
    return wrong


def test_both_ways_give_the_same_cells_or_the_same_error(tmp_path, monkeypatch):
    assert differing(range(300), tmp_path, monkeypatch, cells) == []


@pytest.mark.slow
def test_both_ways_give_the_same_panel_and_notes(tmp_path, monkeypatch):
    assert differing(range(300, 2_000), tmp_path, monkeypatch, cells) == []
    assert differing(range(2_000, 2_200), tmp_path, monkeypatch, panel) == []


SOUND = "Bezirk;Jahr;Wert\n" + "".join(f"{area:02d};2023;{area},5\n" for area in range(1, 26))


@pytest.mark.parametrize(
    "content",
    [
        SOUND.encode(),
        b"\xef\xbb\xbf" + SOUND.encode(),
        SOUND.replace("\n", "\r\n").encode(),
        SOUND.replace(";", "\t").encode(),
        "\n".join(";".join(f'"{cell}"' for cell in line.split(";")) for line in SOUND.splitlines()).encode(),
        SOUND.replace("2023", "2023 ").replace("Wert", "Fälle & mehr").encode(),
    ],
    ids=["plain", "mark", "Windows", "tab", "quotes", "umlauts and blanks"],
)
def test_a_sound_file_is_read_by_columns(content, monkeypatch):
    monkeypatch.setattr(columnwise, "SMALLEST", 0)
    grid = columnwise.large_text_grid(content, "tabelle.csv", ".csv")
    assert grid is not None
    assert len(grid.rows) == 26
    assert [column[25] for column in grid.columns] == ["25", "2023", "25,5"]


def test_a_small_file_is_read_row_by_row():
    assert columnwise.large_text_grid(SOUND.encode(), "tabelle.csv", ".csv") is None


def test_a_line_of_blanks_at_the_end_is_no_row(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(SOUND + "   \n", encoding="utf-8")
    (grid,) = read_grids(path)
    assert len(grid.rows) == 26


def test_a_large_file_is_the_table_that_was_written(tmp_path):
    """Tens of thousands of rows, beside plain pandas; and a fault in the last row is told with its row."""
    chosen = np.random.default_rng(5)
    periods = [f"{year}-{month:02d}" for year in range(1996, 2024) for month in range(1, 13)]
    index = pd.MultiIndex.from_product([[f"Merkmal {n}" for n in range(3)], periods, range(1, 26)])
    frame = index.to_frame(index=False, name=["Merkmal", "Monat", "Bezirk"])
    frame["Wert"] = chosen.integers(0, 99_999, len(frame)) / 10
    path = tmp_path / "a.csv"
    frame.to_csv(path, sep=";", decimal=",", index=False)
    assert path.stat().st_size > columnwise.SMALLEST
    data = read_with_notes(path).panel.data
    again = pd.read_csv(path, sep=";", decimal=",").sort_values(["Merkmal", "Monat", "Bezirk"], ignore_index=True)
    assert data["value"].tolist() == again["Wert"].tolist()
    assert data["area_id"].astype(int).tolist() == again["Bezirk"].tolist()
    assert data["period"].tolist() == again["Monat"].tolist()
    with path.open("a") as file:
        file.write("Merkmal 0;2024-01;26;5,5\n")
    with pytest.raises(RegsamGeoError) as caught:
        read_with_notes(path)
    assert caught.value.fields["row"] == len(frame) + 2
    with path.open("a") as file:
        file.write('Merkmal 0;2024-01;"2"5;5,5\n')
    with pytest.raises(RegsamGeoError) as caught:
        read_with_notes(path)
    assert (caught.value.code, caught.value.fields["row"]) == ("csv_broken", len(frame) + 3)
