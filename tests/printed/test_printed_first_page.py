"""The first page answers five questions by itself; every name and number on it is that of the plain table."""

from __future__ import annotations

import re
import shutil
import subprocess

import numpy as np
import pytest
from plain_pages import Page
from plain_table import SPACE as NBSP
from plain_table import is_printed, read_names
from test_printed_overview import theme_rows
from test_printed_report import ordered

pytestmark = pytest.mark.slow

NAMES = read_names()
NOW, TWO_AGO = "2024", "2022"
BURDEN = ("Arbeitslose - Anteil", "insgesamt")  # the only one of the indicators shown that is a burden
WORDS = ("niedrig", "mittel", "hoch", "sehr hoch")
HEADS = (
    "Am stärksten belastet",
    "Belastet, und seit 2022 ungünstiger als anderswo",
    "Neue Hinweise",
    "Beendet seit dem letzten Bericht",
    "Weiter offen",
    "Wo als Nächstes hinsehen",
)


@pytest.fixture(scope="module")
def source(report):
    return (report / "index.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def first(source):
    """The questions of the first page, in their order, and the lines beneath each."""
    section = re.search(r'<section id="lage".*?</section>', source, re.DOTALL)[0]
    parts = re.split(r"<h3>(.*?)</h3>", section, flags=re.DOTALL)[1:]
    plain = [re.sub(r"<[^>]+>", "", head).strip() for head in parts[::2]]
    lines = [
        [re.sub(r"<[^>]+>", "", one).strip() for one in re.findall(r"<(?:li|p)>(.*?)</(?:li|p)>", body, re.DOTALL)]
        for body in parts[1::2]
    ]
    return dict(zip(plain, lines, strict=True))


def place(district):
    return f"{int(district)}{NBSP}{NAMES[district]}"


def z_of(plain, *periods):
    """Standardized values of the districts in a period, or their change between two."""
    values = [np.array([plain.exact(BURDEN, when, area=area) for area in sorted(NAMES)]) for when in periods]
    x = values[0] if len(values) == 1 else values[1] - values[0]
    return dict(zip(sorted(NAMES), (x - x.mean()) / x.std(), strict=True))


@pytest.fixture(scope="module")
def classes(grouped):
    level, change = z_of(grouped[1], NOW), z_of(grouped[1], TWO_AGO, NOW)
    return {
        area: (
            WORDS[sum(level[area] > limit for limit in (-1, 1, 1.5))],
            change[area] > 1,
            level[area],
            -1 if change[area] < -1 else int(change[area] > 1),
        )
        for area in level
    }


def test_the_questions_stand_in_their_order(first):
    assert [head.partition(" Einem Hinweis")[0] for head in first] == [*HEADS[:4], HEADS[4], HEADS[5]]


def test_which_areas_are_most_burdened_and_which_get_worse(first, classes):
    worst = sorted(classes, key=lambda area: -classes[area][2])
    lines = []
    for word in ("sehr hoch", "hoch"):
        areas = [place(area) for area in worst if classes[area][0] == word]
        if areas:
            lines.append(f"{word}: {', '.join(areas[:-1])}{' und ' if areas[1:] else ''}{areas[-1]}")
    assert first[HEADS[0]] == lines
    growing = [area for area in worst if classes[area][0] in ("hoch", "sehr hoch") and classes[area][1]]
    none = ["Keines der belasteten Gebiete entwickelt sich ungünstiger als die anderen."]
    assert first[HEADS[1]] == ([place(area) for area in growing] or none)


def test_the_legend_beside_the_map_counts_the_areas(source, classes):
    rows = Page(source).rows("legend")
    assert [cell[0] for cell in rows[0]] == ["Belastung", "▼", "–", "▲"]
    assert [row[0][0] for row in rows[1:]] == list(WORDS[::-1])
    for word, *counts in rows[1:]:
        wanted = [sum(one[0] == word[0] and one[3] == side for one in classes.values()) for side in (-1, 0, 1)]
        assert [int(count[0]) for count in counts] == wanted


def line_is_true(line, rows, plain):
    """Whether a line is about one of the rows, with its value and what that is measured by."""
    found = re.fullmatch(r"(.+?): (.+)", line)
    assert found, line
    # the longest title first: that of a group begins like that of all
    for row in sorted(rows, key=lambda one: -len(plain.catalogue[one["indicator"], one["group"]].short("de"))):
        entry = plain.catalogue[row["indicator"], row["group"]]
        title = entry.short("de")
        areas = [
            row["area_id"],
            *(one for one in row.get("areas", "").split(", ") if one not in ("", row["area_id"])),
        ]
        if found[1] != ", ".join(map(place, areas)) or not found[2].startswith(title):
            continue
        told = found[2].removeprefix(title).strip()
        unit = entry.unit["de"]
        numbers = re.findall(rf"[\d.,]+{NBSP}{re.escape(unit)}", told)
        key = (row["indicator"], row["group"])
        assert is_printed(numbers[0], plain.value(key, NOW, area=row["area_id"]), entry.decimals, "de", unit)
        if f"Stadt{NBSP}" in told:
            assert is_printed(numbers[1], plain.exact(key, NOW), entry.decimals, "de", unit)
        elif len(numbers) > 1:
            assert is_printed(numbers[1], row["expected"], entry.decimals, "de", unit)
        arrow = {"up": "▲", "down": "▼"}.get(row["direction"])
        assert arrow is None or told.startswith(arrow)
        return True
    return False


def test_what_is_new_what_ended_and_what_is_open(first, grouped, warnings):
    _, plain = grouped
    groups = {HEADS[2]: ("new", "returning"), HEADS[4]: ("continuing", "open")}
    for head, statuses in groups.items():
        rows = [row for row in warnings.to_dict("records") if row["status"] in statuses]
        lines = [line for line in first[head] if not re.match(r"und \d+ weiterer?$", line)]
        if not rows:
            assert len(lines) == 1
            assert lines[0].endswith(".")
            continue
        assert len(lines) == min(5, len(rows))
        assert all(line_is_true(line, rows, plain) for line in lines)
        if len(rows) > 5:
            assert first[head][-1].startswith(f"und {len(rows) - 5} weitere")
    ended = warnings.facts.ended
    lines = first[HEADS[3]]
    if ended.empty:
        assert lines == ["Kein Hinweis ist beendet."]
    else:
        how = {"returned": "Wert ist zurückgekehrt", "judged": "bewertet"}
        how["run_out"] = "seit 10 Berichten offen, wird nicht mehr geführt"
        told = {
            f"{place(row['area_id'])}: {plain.catalogue[row['indicator'], row['group']].short('de')} – "
            f"{how[row['how']]}"
            for row in ended.to_dict("records")
        }
        assert set(lines[:5]) <= told
        assert len(lines) >= min(5, len(told))


def test_where_to_look_next(first, grouped, warnings):
    (head,) = (one for one in first if one.startswith(HEADS[5]))
    rows = warnings.next_places.to_dict("records")
    assert len(first[head]) == len(rows) == 10
    for line, row in zip(first[head], rows, strict=True):
        assert line_is_true(line, [row], grouped[1])
        assert len(line.replace(NBSP, " ").split()) <= 25


def test_the_map_says_in_words_what_it_shows(source, classes):
    alt = re.search(r'lage[^"]*" class="map"><span role="img" aria-label="([^"]+)"', source)[1]
    assert alt.startswith("Karte der sozialen Lage 2024. ")
    for word in WORDS:
        areas = {place(area) for area in classes if classes[area][0] == word}
        part = re.search(rf"Belastung {word}: ([^.]+)\.", alt)
        told = set(re.split(r", | und ", part[1])) if part else set()
        assert told == areas


def test_the_print_is_one_page_and_says_the_same(report, first, grouped, warnings):
    if not shutil.which("pdftotext"):
        pytest.skip("needs pdftotext (apt-get install poppler-utils)")
    path = report / "lage-auf-einen-blick.pdf"
    assert len(re.findall(rb"/Type\s*/Page\b", path.read_bytes())) == 1
    text = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    flat = re.sub(r"[\s\u00ad]|-", "", text)
    for lines in first.values():
        for line in lines:
            assert re.sub(r"[\s\u00ad]|-", "", line) in flat
    for row in theme_rows(grouped[1], warnings):
        for cell in row:
            assert re.sub(r"[\s\u00ad]|-", "", cell) in flat
    assert f"{len(ordered(grouped[1]))} Indikatoren" in text
