"""The page of all views: its program runs, and no task needs more than three lines or clicks."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import regsam_geo as rg

PAGE = (Path(__file__).parents[1] / "docs" / "ansichten.md").read_text(encoding="utf-8")
TASK = re.compile(r"^\*\*(\d+)\. .*?\*\*$(.*?)(?=^\*\*\d+\. |^Die Orte der Aufgaben)", re.MULTILINE | re.DOTALL)
TASKS = TASK.findall(PAGE)
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
SLOW = {"7", "10"}
FILES = {"7": ["karte.html"], "8": ["orte.png"], "9": ["arbeitslose.csv"], "10": ["karte.svg", "sitzung.pptx"]}


@pytest.fixture
def names(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (table,) = re.findall(r"^:caption: orte.csv\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    Path("orte.csv").write_text(table, encoding="utf-8")
    return {"rg": rg, "study": rg.load_study(period=2024)}


def test_there_are_twelve():
    assert [number for number, _ in TASKS] == [str(number) for number in range(1, 13)]


@pytest.mark.parametrize(("number", "text"), TASKS)
def test_each_takes_three_lines_or_clicks_at_most(number, text):
    (code,) = BLOCK.findall(text)
    lines = code.strip().splitlines()
    assert len(lines) <= 3
    # one statement a line, none drawn together
    assert not any(";" in re.sub(r'"[^"]*"', "", line) for line in lines)
    for told in re.findall(r"^Klicks: (.*)$", text, re.MULTILINE):
        assert 1 <= len(told.split(" → ")) <= 3


def test_every_click_is_a_control_of_the_offline_map():
    study = rg.load_study().sel(["Arbeitslose", "Nichtdeutsche"], period=2024)
    page = study.explore_map().get_root().render()
    told = " ".join(re.findall(r"^Klicks: (.*)$", PAGE, re.MULTILINE))
    clicks = set(re.findall("„(.*?)“", told))
    assert len(clicks) >= 7
    assert [word for word in clicks if word not in page] == []


@pytest.mark.parametrize(
    ("number", "text"),
    [pytest.param(*task, marks=[pytest.mark.slow] if task[0] in SLOW else [], id=task[0]) for task in TASKS],
)
@pytest.mark.filterwarnings("ignore")
def test_each_does_what_it_says(number, text, names):
    (code,) = BLOCK.findall(text)
    exec(compile(code, f"task {number}", "exec"), names)
    made = FILES.get(number, [])
    assert all(Path(name).stat().st_size > 200 for name in made)
    assert made or isinstance(names["figure"], Figure)


def test_the_saved_table_has_the_values_of_the_study(names):
    exec(BLOCK.findall(dict(TASKS)["9"])[0], names)
    rows = [line.split(";") for line in Path("arbeitslose.csv").read_text(encoding="utf-8").splitlines()]
    at = rows[0].index("value")
    plain = names["study"].panel.sel("Arbeitslose", period=2024, level="district").data
    assert {row[0]: float(row[at].replace(",", ".")) for row in rows[1:]} == dict(
        zip(plain["area_id"], plain["value"], strict=True)
    )


@pytest.mark.filterwarnings("ignore")
def test_the_other_lines_of_the_page_run(names):
    before = PAGE.split("## Zwölf Aufgaben")[0]
    for code in BLOCK.findall(before):
        exec(code, names)
    assert isinstance(names["figure"], Figure)
