"""Every advice is true: what a message says is done as it says, and leads to the figures or to another message.

A reader that does not think: it takes the words ``name=value`` out of the message, or the call that is printed, or
the word behind “Meinten Sie”, and tries again. Within three steps it has to hold a panel with all the numbers of
the file, or a message that sends a person to the file itself.
"""

from __future__ import annotations

import json
import re

import pytest
from office_tables import LONG, NAMES, delimited, figure, workbook

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError

HEAD = "Bezirk;Jahr;Wert\n"
OWN = {"area": "Bezirk", "period": "Jahr", "value": "Wert"}
SAID = {"columns": OWN, "indicator": "A"}
ROWS = [f"{NAMES[a]};2023;{figure(a, 1)}" for a in NAMES]


def text(*rows, head=HEAD):
    return head + "\n".join(rows) + "\n"


# the file, what is said at first, and how many numbers stand in it
CASES = {
    "nothing said": (text(*ROWS), {}, 5),
    "one column only": (text(*ROWS), {"columns": {"area": "Bezirk"}}, 5),
    "no value named": (text(*ROWS), {"columns": {"area": "Bezirk", "period": "Jahr"}, "indicator": "A"}, 5),
    "no area named": (text(*ROWS), {"columns": {"period": "Jahr", "value": "Wert"}, "indicator": "A"}, 5),
    "no indicator named": (text(*ROWS), {"columns": OWN}, 5),
    "a column misspelt": (text(*ROWS), {**SAID, "columns": {**OWN, "value": "Werd"}}, 5),
    "a meaning misspelt": (
        text(*ROWS),
        {**SAID, "columns": {"arae": "Bezirk", "period": "Jahr", "value": "Wert"}},
        5,
    ),
    "no period": (text("Sendling;5", "Hadern;6", "Laim;7", head="Bezirk;Fälle\n"), {}, 3),
    "the city alone": (text("2022;5", "2023;6", head="Jahr;Unfälle\n"), {}, 2),
    "two readings": (
        "Bezirk;Jahr;Fälle;Haushalte;je 1.000 Haushalte\n"
        + "".join(
            f"{NAMES[a]};2023;{int(a)};{1000 * int(a) + 500};{1000 * int(a) / (1000 * int(a) + 500):.3f}\n"
            for a in NAMES
        ),
        {},
        5,
    ),
    "an own sign": (text(*ROWS, "Hadern;2023;n. n."), SAID, 5),
    "an own sign that nobody explained": (text(*ROWS, "Hadern;2023;k.A."), {}, 5),
    "a thousand or a fraction": (text("Sendling;2023;1.234", "Hadern;2023;2.345"), SAID, 2),
    "another mark than stated": (text("Sendling;2023;1,5", "Hadern;2023;2,5"), {**SAID, "decimal": "."}, 2),
    "areas of one's own": (text("A1;2023;5", "B2;2023;6"), SAID, 2),
    "codes for missing values": (text(*ROWS, "Hadern;2023;-9999", "Laim;2023;-9999"), SAID, 5),
    "zeros that may be none": (text(*ROWS, "Hadern;2023;-"), SAID, 6),
    "years before the division": (text("1;1990;5", "2;1990;6"), SAID, 2),
    "a number with words": (text(*ROWS, "Hadern;2023;ca. 12"), SAID, 6),
    "a class": (text("Sendling;2023;2 - Mittel", "Hadern;2023;3 - Hoch"), SAID, 0),
    "a name of two levels": (text("Schwanthalerhöhe;2023;5"), SAID, 1),
    "a district misspelt": (text("Sendlng;2023;5", "Hadern;2023;6"), SAID, 2),
    "a level that is none": (text(*ROWS), {**SAID, "level": "Stadtbezirk"}, 5),
    "an open period": (text("Sendling;01.03.2023;5"), SAID, 1),
    "the same row twice": (text(*ROWS, ROWS[0]), SAID, 6),
}


def advice(error, said):
    """Do what a message says: return other arguments, or ``None`` where it sends a person to the file."""
    message = str(error)
    if calls := error.fields.get("proposals"):
        call = calls[0].replace('"..."', '"2023"')
        return eval(call, {"read_indicators": lambda path, **arguments: arguments})
    more = dict(said)
    for name, value in re.findall(
        r'\b(signs|level|decimal|sheet|area|indicator|recalculated)=(\{[^}]*\}|"[^"]*"|True)', message
    ):
        found = True if value == "True" else json.loads(value)
        if found == "..." and name == "indicator":
            found = "A"
        elif found == "..." and name == "area":
            found = "Stadt München"
        more[name] = {**more.get(name, {}), **found} if name == "signs" else found
    if near := re.search(r"Meinten Sie „([^“]*)“", message):
        more = replaced(more, error, near[1])
    if "columns={..., " in message:
        more["columns"] = {**more.get("columns", {}), "value": "Wert"}
    return None if more == said else more


def replaced(said, error, near):
    """Write the near word in place of the one that was not found, if it was an argument."""
    columns = said.get("columns", {})
    if error.code == "column_missing":
        wrong = error.fields["column"]
        return {
            **said,
            "columns": {meaning: near if title == wrong else title for meaning, title in columns.items()},
        }
    if error.code == "column_meaning":
        return {**said, "columns": {near if m == error.fields["found"] else m: t for m, t in columns.items()}}
    if error.code == "level_unknown" or near in ("district", "subdistrict"):
        return {**said, "level": near}
    return said


SENDS_TO_THE_FILE = {
    "number_with_words",
    "cell_class",
    "cell_area",
    "cell_period_open",
    "rows_twice",
    "cell_formula",
    "cell_error",
    "area_name_differs",
    "number_marks",
}


@pytest.mark.parametrize("case", CASES)
def test_an_advice_leads_on(case, tmp_path):
    content, said, numbers = CASES[case]
    path = tmp_path / "tabelle.csv"
    path.write_text(content, encoding="utf-8")
    follow(path, said, numbers)


def tried(path, said):
    try:
        return rg.read_indicators(path, **said)
    except RegsamGeoError as error:
        return error


def follow(path, said, numbers):
    met = []
    for _ in range(4):
        found = tried(path, said)
        if not isinstance(found, RegsamGeoError):
            assert found.data["value"].notna().sum() >= numbers, f"lost numbers after {met}"
            return
        seen = (found.code, str(found))
        assert seen not in met, f"the same message again: {found}"
        met.append(seen)
        then = advice(found, said)
        if then is None:
            assert found.code in SENDS_TO_THE_FILE, f"leads nowhere: {found}"
            assert re.search(r"Zeile|row", str(found)), f"does not say where: {found}"
            return
        said = then
    pytest.fail(f"no end after three steps: {met}")


def test_the_advice_about_sheets_leads_on(tmp_path):
    path = workbook(tmp_path / "a.xlsx", {"Fälle": LONG, "Kosten": LONG})
    follow(path, {}, 10)
    with pytest.raises(RegsamGeoError, match="Meinten Sie „Fälle“"):
        rg.read_indicators(path, sheet="Fäle")


def test_the_advice_of_notices_leads_to_a_panel(tmp_path, caplog):
    """A notice that names an argument: with it the file is read too, and loses what it is about alone."""
    path = tmp_path / "a.csv"
    path.write_text(text(*ROWS, "Hadern;2023;-"), encoding="utf-8")
    report = rg.describe_file(path, **SAID)
    (sentence,) = [found.text for found in report.problems if found.code == "number_zero_sign"]
    signs = json.loads(re.search(r"signs=(\{[^}]*\})", sentence)[1])
    data = rg.read_indicators(path, **SAID, signs=signs).data
    assert data["value"].notna().sum() == 5
    rows = {
        t: [["Bezirk", "Jahr", "Wert"], *[[a, 2023, figure(a, i)] for a in NAMES]] for i, t in enumerate("ab", 1)
    }
    book = workbook(tmp_path / "b.xlsx", rows, hidden=("b",))
    (sentence,) = [
        found.text for found in rg.describe_file(book, **SAID).problems if found.code == "sheets_hidden"
    ]
    hidden = rg.read_indicators(book, **SAID, sheet=re.search(r'sheet="([^"]*)"', sentence)[1])
    assert hidden.data["value"].tolist() == [figure(a, 2) for a in NAMES]


def test_advice_never_calls_a_cell_with_digits_missing(tmp_path):
    for cell in ("ca. 12", "12 Personen", "2 - Mittel", "12-15", "1.2.3", "12,3,4", "> 100", "1/2"):
        path = tmp_path / "a.csv"
        path.write_text(text(f"Sendling;2023;{cell}", "Hadern;2023;5"), encoding="utf-8")
        with pytest.raises(RegsamGeoError) as caught:
            rg.read_indicators(path, **SAID)
        assert "not_available" not in str(caught.value), cell


def test_a_printed_call_survives_odd_titles(tmp_path):
    rows = [["Bezirk", "Jahr", 'Anteil "jung", in % = x'], *[[NAMES[a], 2023, figure(a, 1)] for a in NAMES]]
    path = tmp_path / "a.csv"
    path.write_text(delimited(rows), encoding="utf-8")
    (call,) = rg.describe_file(path).calls
    said = eval(call, {"read_indicators": lambda path, **arguments: arguments})
    assert rg.read_indicators(path, **said).indicators == [rows[0][2]]
