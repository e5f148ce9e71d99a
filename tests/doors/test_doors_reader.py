"""Nothing small can be computed from what all doors of one data set hand out together.

All are laid side by side, so that no pair of them gives away what each keeps: maps by group and by year, the
offline map with its payload, tables and sums by two divisions, changes, files of reports and packs.
"""

from __future__ import annotations

import contextlib
import re
import sqlite3
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1] / "printed"))
from doors_made import GROUPS, REGION_OF, SCHEME, counts, other_scheme, panel_of
from plain_payload import cells_of, payload_of
from reader import KEY, Reader, truth_of

YEARS = ("2023", "2024")
OTHER = other_scheme()
DIVISIONS = (REGION_OF, OTHER["region_id"].to_dict())


def table(seed):
    """Return a table as they come: without regions or with them, rows without cases left out, one cell wrong."""
    levels = (("district", "city"), ("district", "region", "city"), ("district",))[seed % 3]
    frame = counts(seed, YEARS, mean=(6.0, 4.0)[seed % 2], levels=levels)
    if seed % 5 == 1:  # rows without cases do not stand there
        frame = frame[(frame["value"] > 0) | (frame["level"] != "district")]
    if seed % 5 == 2:  # one number of an old year is a yearly mean
        row = frame.index[(frame["period"] == YEARS[0]) & (frame["area_id"] == "09")][0]
        frame.loc[row, "value"] += 0.4
    return frame.reset_index(drop=True)


# --- the doors: each gives rows with the key and what stands there


def maps_by_group(panel):
    for group in GROUPS:
        for period in YEARS:
            joined = rg.join_indicators(panel.sel(group=group, period=period), "Beratene", period).areas
            yield rows_of(joined["value"], "district", group, period)


def tables_by_year(panel):
    for wished in ({"period": YEARS[0]}, {"period": YEARS[1]}, {}, {"group": "insgesamt"}):
        found = rg.compare_areas(panel.sel(**wished))
        yield found[[*KEY, "value"]]
        cities = found.drop_duplicates(["indicator", "group", "period"])
        cities = cities.assign(level="city", area_id="munich", value=cities["city"])
        yield cities.loc[cities["city"].notna(), [*KEY, "value"]]


def changes(panel):
    for wished in ({}, {"group": "männlich"}):
        found = rg.compare_areas(panel.sel(**wished))
        yield found.loc[found["change_1"].notna(), [*KEY, "change_1"]]


def offline_maps(panel):
    for wished in ({"group": GROUPS[2]}, {"group": GROUPS[0]}):
        yield from of_page(rg.explore_map(panel.sel(**wished)).get_root().render())


def of_page(page):
    made = payload_of(page)
    ids = {level["id"]: [area["id"] for area in level["areas"]] for level in made["levels"]}
    for series in made["series"]:
        for level, packed in [*series["levels"].items(), ("city", series["city"])]:
            if not packed:
                continue
            areas = ids.get(level, ["munich"])
            shown, _ = cells_of(packed, areas, series["periods"], 0, series["extra"])
            for period in series["periods"]:
                here = pd.Series({area: shown.get((area, period), np.nan) for area in areas})
                yield rows_of(here, level, series["group"], period)


def sums_of_regions(panel):
    for scheme in (SCHEME, OTHER):
        for wished in ({}, {"group": "weiblich"}):
            study = rg.Study(panel.sel(**wished), division=scheme)
            # sums are made where the table does not hold regions itself
            if "region" not in panel.levels:
                with contextlib.suppress(rg.errors.AggregationError):
                    yield study.aggregate().data[[*KEY, "value"]]


def rows_of(values, level, group, period):
    return pd.DataFrame(
        {
            "indicator": "Beratene",
            "group": group,
            "period": period,
            "level": level,
            "area_id": [str(one) for one in values.index],
            "value": values.to_numpy(dtype=float),
        }
    )


def protected(panel):
    yield rg.protect(panel).data
    if "region" not in panel.levels:
        yield rg.protect(panel, regions=True, divisions=[SCHEME, OTHER]).data


FAST = (maps_by_group, tables_by_year, changes, sums_of_regions)
DOORS = (*FAST, offline_maps)


def read(panel, doors, extra=()):
    """Return a reader of everything that the doors hand out."""
    reader = Reader()
    stands = pd.MultiIndex.from_frame(panel.data[KEY])
    for frame in [*(frame for door in doors for frame in door(panel)), *extra]:
        if "change_1" in frame:
            continue
        # what does not stand in the table, and a region sum that is missing, is no secret of its own
        there = frame[frame["value"].notna() | pd.MultiIndex.from_frame(frame[KEY]).isin(stands)]
        reader.sees(there, roles=("value",))
    for frame in changes(panel) if changes in doors else ():
        for row in frame.to_dict("records"):
            key = [row[name] for name in KEY]
            before = [*key[:2], YEARS[0], *key[3:]]
            reader.differs(("value", *key, ""), ("value", *before, ""), row["change_1"])
    reader.adds_areas(DIVISIONS)
    reader.adds_groups(GROUPS[0], GROUPS[1:])
    return reader


def finds(seed, doors):
    """Return what the reader of one data set finds, and how many cells are hidden from it."""
    frame = table(seed)
    reader = read(panel_of(frame), doors)
    return reader.finds(truth_of(frame, role="value")), len(reader.secret - set(reader.known))


@pytest.mark.parametrize("seed", [1])
def test_no_small_count_is_found_behind_all_doors(seed):
    found, hidden = finds(seed, FAST)
    assert found == []
    assert hidden > 5


@pytest.mark.parametrize(
    "start",
    [pytest.param(start, marks=pytest.mark.long if start else pytest.mark.slow) for start in range(0, 100, 25)],
)
def test_no_small_count_is_found_behind_all_doors_of_100_data_sets(start):
    leaks = {seed: found for seed in range(start, start + 25) if (found := finds(seed, DOORS)[0])}
    assert leaks == {}


def test_the_reader_finds_what_calls_that_know_nothing_of_each_other_give_away():
    """Otherwise that it finds nothing would say nothing."""
    leaks = 0
    for seed in (0, 3):
        panel = panel_of(table(seed))
        alone = [
            rg.protect(rg.Panel(part.data, part.catalogue)).data
            for part in (panel.sel(group=group) for group in GROUPS)
        ]
        reader = Reader()
        for frame in alone:
            reader.sees(frame, roles=("value",))
        reader.adds_areas(DIVISIONS)
        reader.adds_groups(GROUPS[0], GROUPS[1:])
        leaks += len(reader.finds(truth_of(panel.data, role="value")))
    assert leaks > 2


# --- divisions


def test_two_divisions_are_declared_together_or_refused():
    frame = counts(1, mean=5.0, groups=("insgesamt",))
    panel, truth = panel_of(frame), truth_of(frame, role="value")
    first = rg.protect(panel, regions=True)
    with pytest.raises(OptionError, match="previous"):
        rg.protect(panel, regions=True, divisions=OTHER)
    with pytest.raises(OptionError, match="previous"):
        rg.protect(panel.sel(level="district"), regions=True, divisions=OTHER)
    # after the first one
    second = rg.protect(panel, regions=True, divisions=OTHER, previous=first)
    assert read(panel, (), (shown(first), shown(second))).finds(truth) == []
    # both at once, of the table read again
    both = rg.protect(panel_of(frame), regions=True, divisions=[SCHEME, OTHER])
    assert {"1/2/3", "Paar1"} & set(both.data["area_id"])
    assert read(panel, (), (shown(both),)).finds(truth) == []


def shown(panel):
    return panel.data[[*KEY, "value"]]


def test_regions_that_nobody_explains_are_refused_where_something_is_hidden():
    frame = counts(4, mean=5.0)
    own = panel_of(frame.replace({"area_id": {}}))
    sums = frame[frame["level"] == "district"].assign(
        area_id=lambda rows: rows["area_id"].map(OTHER["region_id"]), level="region"
    )
    sums = sums.groupby([*KEY], as_index=False)["value"].sum()
    panel = panel_of(pd.concat([frame, sums]))
    with pytest.raises(OptionError, match="Paar1"):
        rg.protect(panel)
    with pytest.raises(OptionError, match="divisions="):
        rg.plot_map(panel)
    safe = rg.Study(panel, division=OTHER).published
    found = read(panel, (), (shown(safe),)).finds(truth_of(panel.data, role="value"))
    assert found == []
    assert len(own) < len(panel)


# --- files


def of_files(folder):
    """Give the numbers by area, group and period that the files of a report or pack name by key."""
    for path in sorted(folder.rglob("*")):
        if path.suffix == ".gpkg":
            with contextlib.closing(sqlite3.connect(path)) as connection:
                # without the polygons, which are long numbers too
                yield path.name, re.sub(r"X'[0-9A-F]*'", "", "\n".join(connection.iterdump()))
        elif path.suffix == ".xlsx":
            for sheet in openpyxl.load_workbook(path):
                for row in sheet.iter_rows(values_only=True):
                    yield path.name, ";".join("" if cell is None else str(cell) for cell in row)
        elif path.suffix in (".csv", ".html", ".txt", ".json"):
            yield path.name, path.read_text(encoding="utf-8-sig")


@pytest.mark.slow
def test_no_file_names_a_hidden_figure(tmp_path):
    """Hidden figures have five digits that stand nowhere else; no file holds them."""
    frame = counts(2, YEARS, mean=30.0, groups=("insgesamt",))
    frame["value"] = frame["value"] * 1009 + 7 * np.arange(len(frame))
    frame.loc[frame["area_id"] == "07", "value"] = 2.0
    city = frame[frame["level"] == "district"].groupby("period")["value"].sum()
    frame.loc[frame["level"] == "city", "value"] = frame["period"].map(city)
    panel = panel_of(frame)
    safe = rg.protect(panel)
    gone = safe.data["sign"] == "suppressed"
    numbers = {int(n) for n in panel.data.loc[gone.to_numpy(), "value"] if n > 999}
    assert len(numbers) >= 2
    rg.write_report(panel, tmp_path / "report")
    rg.write_meeting_pack(panel, "17/18", tmp_path / "pack")
    for name, text in of_files(tmp_path):
        plain = text.replace("\u202f", "").replace("\xa0", "").replace(".", "").replace(",", "")
        assert [number for number in numbers if re.search(rf"(?<!\d){number}(?!\d)", plain)] == [], name
    for page in tmp_path.rglob("interaktive-karte.html"):
        for rows in of_page(page.read_text(encoding="utf-8")):
            assert not numbers & set(rows["value"].dropna().astype(int))
