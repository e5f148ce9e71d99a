"""Numbers that decide what is read, proved, named, drawn or listed have a case on either side of their edge.

===========================  ============  =======================================================
constant                     value         case
===========================  ============  =======================================================
``MIN_CELLS``                5             cells that prove a ratio
``MIN_AGREEMENT``            97 %          ... and must agree
``ENOUGH_ROWS``              4             rows that prove a scale for the protection
``NEARLY_ALL``               95 %          ... and must agree
``MOST_ROUNDING``            0.051         ... within rounding
``ENOUGH_CELLS``             5             areas that prove groups to add up
``UNALLOCATED``              3 %           areas that add up to the city
``ENOUGH_NUMBERS``           4             numbers that make two columns one count
``ENOUGH_PLACES``            8             ... at so many places
``MOSTLY``                   95 %          values that fit a number of decimals
``UNALLOCATED_MOST``         3 %           cases in no district whose jump is asked about
``MAX_COLUMNS``              1,000         columns of a table
``Bounds``                                 ``tests/foreign``
``FIRST_YEAR``, ``LAST_YEAR``  1800, 2150  years
``_CENTURY``                 50            two digits of a year
``LIKE``                     0.6           a name beside a number
``CLEAR_SHARE``              0.9           an id at its place; whole districts of own areas
``SHORTEST_BORDER``          0.001 mm      neighbors that share more than a point
``SLIVER_WIDTH_M``           1 m           slivers between areas
``MOST_BYTES``               255           names of files
``LONGEST_NAME``             80            stems of files
``MOST_MAPS``                12            maps on a page
``MOST_KEYED``               40            names in a key
``MOST_IN_INSET``            60            areas of a small map
``LARGEST``, ``BEYOND``      0.6, 0.05     where a small map of the city stands
``MOST_CLASSES``             12            limits of one's own
``MOST_TICKS``               9             periods below a series
``NAMED``                    8             names on a funnel
``MOST_BAND``                0.5           how far a band widens the axis
``WIDEST_UPRIGHT``           135           sheets that lie
``WIDEST_A4``                190           sheets of A3
``WIDEST_COLUMN``            80            columns of a sheet
``MOST_QUESTIONS``           10, 4         questions on a page, in a profile
``MOST_SHOWN``               15            findings in a notebook
``PATIENCE``                 1 s           a bar
Settings                                   what may be set
===========================  ============  =======================================================
"""

from __future__ import annotations

import io
import math
import time
from types import SimpleNamespace

import geopandas as gpd
import numpy as np
import openpyxl
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import AggregationError, AreaError, InputError, OptionError, OutputError

IDS = [f"{number:02d}" for number in range(1, 26)]


# tables


@pytest.mark.parametrize(("cells", "code"), [(4, "too_few"), (5, "proved")])
def test_five_cells_prove_a_ratio(cells, code):
    from regsam_geo.indicators.inference import prove_ratio

    over, under = np.arange(1.0, cells + 1) * 7, np.full(cells, 400.0)
    assert prove_ratio(100 * over / under, over, under, 2).code == code


@pytest.mark.parametrize(("wrong", "code"), [(3, "proved"), (4, "not_a_ratio")])
def test_of_a_hundred_cells_three_may_be_wrong(wrong, code):
    from regsam_geo.indicators.inference import prove_ratio

    over, under = np.arange(1.0, 101), np.full(100, 400.0)
    value = 100 * over / under
    value[:wrong] += 1.3
    found = prove_ratio(value, over, under, 2)
    assert (found.code, found.agree) == (code, 100 - wrong)


def proved(rows, wrong=0, by=0.0):
    from regsam_geo.indicators.disclosure.counts import COLUMNS
    from regsam_geo.indicators.disclosure.reading import _proved_scale

    numbers = np.full((rows, len(COLUMNS)), np.nan)
    numbers[:, 0], numbers[:, 1] = np.arange(rows) + 20.0, 400.0
    numbers[:, COLUMNS.index("value")] = 100 * numbers[:, 0] / numbers[:, 1]
    numbers[:wrong, COLUMNS.index("value")] += by
    return _proved_scale(numbers, 0, 1)


def test_what_proves_a_scale_for_the_protection():
    assert math.isnan(proved(3))
    assert proved(4) == 100.0
    assert proved(20, wrong=1, by=1.0) == 100.0
    assert math.isnan(proved(20, wrong=2, by=1.0))
    assert proved(20, wrong=20, by=0.0509) == 100.0
    assert math.isnan(proved(20, wrong=20, by=0.0511))


@pytest.mark.parametrize(("places", "found"), [(4, False), (5, True)])
def test_five_areas_prove_that_groups_add_up(places, found):
    from regsam_geo.indicators.disclosure.relations import ENOUGH_CELLS
    from regsam_geo.indicators.disclosure.sums import _Search

    women, men = np.arange(places) + 30.0, np.arange(places) + 20.0
    search = object.__new__(_Search)
    search.flat = np.stack([women, men, women + men])
    search.some, search.whole = ~np.isnan(search.flat), True
    assert search.proves(2, (0, 1), ENOUGH_CELLS) == found


@pytest.mark.parametrize(("numbers", "places", "one"), [(4, 8, True), (3, 8, False), (4, 7, False), (6, 25, True)])
def test_four_numbers_at_eight_places_make_two_columns_one_count(numbers, places, one):
    from regsam_geo.indicators.disclosure.counts import _Finder

    table = np.full((1, 30), np.nan)
    table[0, :places] = np.arange(places) % numbers + 50.0
    finder = _Finder((1, 30), 1, False)
    finder.numbers.append(table)
    assert (finder._equal(table.copy()) == 0) == one


@pytest.mark.parametrize(("without", "hidden"), [(0.029, True), (0.032, False)])
def test_areas_add_up_to_the_city_but_for_three_percent(without, hidden):
    """Only then would a single hidden cell follow from the others, so that a second one is hidden too."""
    from test_edges_of_rules import counted

    panel = counted(lambda area, _: 1 if area == "05" else 40 + int(area), periods=["2024"])
    data = panel.data.copy()
    city = data["level"] == "city"
    for column in ("numerator", "denominator", "base_1", "base_2"):
        data.loc[city, column] = (data.loc[~city, column].sum() / (1 - without)).round()
    safe = rg.protect(rg.Panel(data, panel.catalogue)).data
    gone = set(safe.loc[safe["sign"] == "suppressed", "area_id"])
    assert "05" in gone
    assert (len(gone) > 1) == hidden


@pytest.mark.parametrize(("fine", "half"), [(1, 0.05), (2, 0.005)])
def test_decimals_are_those_of_nineteen_values_in_twenty(fine, half):
    from regsam_geo.warning.data_questions.check_panel import _half_unit

    values = np.arange(20) / 10 + 1
    values[:fine] += 0.01
    rows = pd.DataFrame({"value": values, "series_and_level": 0})
    assert _half_unit(rows, "value").tolist() == pytest.approx([half] * 20)


@pytest.mark.parametrize(("usual", "asked"), [(0.028, True), (0.032, False)])
def test_jumps_are_asked_about_where_fewer_than_three_percent_are_in_no_district(usual, asked):
    from test_edges_of_rules import cell, questions

    def change(data):
        for year in {"2020"} | set(data["period"]):
            city = cell(data, "munich", year)
            share = usual + 0.02 * (year == "2020")
            data.loc[city, ["numerator", "base_1"]] = (data.loc[city, "numerator"] / (1 - share)).round()
            data.loc[city, "value"] = (100 * data["numerator"] / data["denominator"])[city].round(3)

    assert ("data_unallocated" in set(questions(change)["reason"])) == asked


@pytest.mark.parametrize(("columns", "allowed"), [(1000, True), (1001, False)])
def test_a_table_has_at_most_a_thousand_columns(columns, allowed, tmp_path):
    names = [f"s{number}" for number in range(columns)]
    path = tmp_path / "breit.csv"
    path.write_text(";".join(names) + "\n" + ";".join("1" * columns), encoding="utf-8")
    # what is wrong with a table of a thousand columns is something else
    with pytest.raises(InputError) as caught:
        rg.read_indicators(path)
    assert (caught.value.code == "too_many_columns") != allowed


@pytest.mark.parametrize(("year", "known"), [(1799, False), (1800, True), (2150, True), (2151, False)])
def test_years_lie_between_1800_and_2150(year, known):
    from regsam_geo.indicators.period_spellings import _year
    from regsam_geo.indicators.periods import parse_period

    assert (_year(str(year)) == year) == known
    if known:
        assert parse_period(year) == str(year)
    else:
        with pytest.raises((InputError, OptionError)):
            parse_period(year)


@pytest.mark.parametrize(("digits", "year"), [("49", 2049), ("50", 1950), ("00", 2000), ("99", 1999)])
def test_two_digits_from_fifty_on_are_the_last_century(digits, year):
    from regsam_geo.indicators.period_spellings import _year

    assert _year(digits) == year


# areas


@pytest.mark.parametrize(("strange", "meant"), [(7, True), (8, False)])
def test_a_name_beside_a_number_is_like_it_from_six_tenths_on(strange, meant):
    # six letters of the seven of Moosach are common: 12 of 20 letters, or of 21
    spelling = "10 Moosac" + "x" * strange
    if meant:
        assert rg.parse_area_id(spelling).area_id == "10"
    else:
        with pytest.raises(AreaError):
            rg.parse_area_id(spelling)


@pytest.mark.parametrize(("share", "same"), [(0.91, True), (0.89, False)])
def test_an_id_is_believed_where_nine_tenths_are_that_area(share, same):
    from test_edges_of_rules import thinned

    from regsam_geo.areas.assignment import _same_place

    whole = rg.load_boundaries("district").geometry["20"]
    found = _same_place("20", thinned(whole, share * whole.area))
    assert (found is not None) == same
    # a polygon that is larger is another one, too
    larger = whole.buffer(2000)
    assert _same_place("20", larger) is None


@pytest.mark.parametrize(("share", "whole"), [(0.91, True), (0.89, False)])
def test_an_own_area_holds_a_district_of_which_it_has_nine_tenths(share, whole):
    from test_edges_of_rules import thinned

    from regsam_geo.indicators import aggregate_to_areas

    shape = rg.load_boundaries("district").geometry["20"]
    own = gpd.GeoDataFrame(
        {"name": ["Süd"]}, geometry=[thinned(shape, share * shape.area)], crs="EPSG:25832", index=["süd"]
    )
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    if whole:
        value = aggregate_to_areas(panel, own).sel(level="own").data["value"].item()
        cell = panel.data[panel.data["area_id"] == "20"].iloc[0]
        assert value == pytest.approx(100 * cell["numerator"] / cell["denominator"])
    else:
        with pytest.raises(AggregationError):
            aggregate_to_areas(panel, own)


@pytest.mark.parametrize(("shared", "beside"), [(0.5e-6, []), (2e-6, ["b"])])
def test_neighbors_share_more_than_a_point(shared, beside):
    squares = [shapely.box(0, 0, 100, 100), shapely.box(100, 100 - shared, 200, 200)]
    areas = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=squares, crs="EPSG:25832", index=["a", "b"])
    assert rg.neighbors(areas, "rook")["a"] == beside
    assert rg.neighbors(areas, "queen")["a"] == ["b"]


@pytest.mark.parametrize(("width", "sliver"), [(0.9, True), (1.1, False)])
def test_a_sliver_is_less_than_a_meter_wide(width, sliver, tmp_path):
    from regsam_geo.areas.polygons import _gaps, _without_overlaps
    from regsam_geo.errors import BoundaryError

    squares = [shapely.box(0, 0, 100, 100), shapely.box(100 - width, 0, 200, 100)]
    areas = gpd.GeoDataFrame({"name": ["a", "b"]}, geometry=squares, crs="EPSG:25832", index=["a", "b"])
    if sliver:
        found = _without_overlaps(areas, tmp_path, [])
        assert found.geometry["b"].bounds[0] == pytest.approx(100.0)
    else:
        with pytest.raises(BoundaryError):
            _without_overlaps(areas, tmp_path, [])
    around = shapely.box(0, 0, 100, 100) - shapely.box(40, 40, 40 + width, 60)
    (note,) = _gaps(gpd.GeoDataFrame(geometry=[around], crs="EPSG:25832"), matched=True)
    assert note.code == ("gaps_thin" if sliver else "gaps_wide")


# files


@pytest.mark.parametrize(("length", "allowed"), [(255, True), (256, False)])
def test_a_name_has_at_most_255_bytes(length, allowed, tmp_path):
    from regsam_geo.files import check_length

    names = ["a" * length, "ä" * (length // 2) + "a" * (length % 2)]
    for name in names:
        if allowed:
            check_length(tmp_path / name)
        else:
            with pytest.raises(OutputError):
                check_length(tmp_path / name)


@pytest.mark.parametrize("length", [79, 80, 81, 200])
def test_a_stem_has_at_most_eighty_letters(length):
    from regsam_geo.files import file_stem

    assert file_stem("a" * length) == "a" * min(length, 80)


# maps and charts


@pytest.mark.parametrize(("maps", "allowed"), [(0, False), (1, True), (12, True), (13, False)])
def test_a_page_has_at_most_twelve_maps(maps, allowed):
    from regsam_geo.maps.map_series import _picks

    study = rg.load_study()
    periods = list(range(2000, 2000 + maps))
    if allowed:
        assert len(_picks(study, "Nichtdeutsche", periods, None, None)) == maps
    else:
        with pytest.raises(OptionError):
            _picks(study, "Nichtdeutsche", periods, None, None)


@pytest.mark.parametrize(("areas", "keyed"), [(40, True), (41, False)])
def test_a_key_explains_at_most_forty_names(areas, keyed):
    from regsam_geo.maps.legend_entries import spare_texts

    layer = pd.DataFrame(index=[str(number) for number in range(areas)])
    found = spare_texts(layer, "district", "name")
    assert (found is not None) == keyed


@pytest.mark.parametrize(("areas", "own"), [(60, True), (61, False)])
def test_a_small_map_shows_at_most_sixty_areas(areas, own):
    from regsam_geo.maps.one_region import _city_of

    layer = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 1, 1)] * areas, crs="EPSG:25832")
    found = _city_of(rg.load_study(), layer)
    assert (found is layer) == own
    assert len(found) == (areas if own else 25)


def around(width, left=0.0):
    """A box of the height of Munich, with a share of its width, moved west by a share of it."""
    west, south, east, north = rg.load_boundaries("district").total_bounds
    wide = east - west
    box = shapely.box(west - left * wide, south, west - left * wide + width * wide, north)
    return gpd.GeoDataFrame(geometry=[box], crs="EPSG:25832")


@pytest.mark.parametrize(
    ("width", "left", "shown"), [(0.59, 0, True), (0.61, 0, False), (0.3, 0.049, True), (0.3, 0.051, False)]
)
def test_a_small_map_of_the_city_stands_beside_a_part_of_it(width, left, shown):
    from regsam_geo.maps.inset import city_around

    assert (city_around(around(width, left)) is not None) == shown


@pytest.mark.parametrize(("limits", "allowed"), [(11, True), (12, False)])
def test_eleven_limits_make_twelve_classes(limits, allowed):
    from regsam_geo.look.classes import classify

    values = [float(number) for number in range(100)]
    own = [float(5 * number) for number in range(1, limits + 1)]
    if allowed:
        assert len(classify(values, own)) == 12
    else:
        with pytest.raises(OptionError):
            classify(values, own)


@pytest.mark.parametrize(("years", "every"), [(9, 1), (10, 2), (18, 2), (19, 3)])
def test_at_most_nine_periods_stand_below_a_series(years, every):
    periods = range(2025 - years, 2025)
    study = rg.load_study().sel("Nichtdeutsche", period=periods)
    figure = rg.plot_series(study, "Nichtdeutsche", "05", band=False)
    axes = max(figure.axes[1:], key=lambda one: one.get_position().width)
    told = [label.get_text() for label in axes.get_xticklabels()]
    assert told == [str(year) for year in list(periods)[::-1][::every]][::-1]
    assert len(told) <= 9


def test_a_funnel_names_the_eight_areas_that_are_farthest_out():
    study = rg.load_study().sel("Nichtdeutsche", period=2024)
    data = study.panel.data.copy()
    cells = data.set_index("area_id").loc[IDS]
    # ten districts lie apart, each farther than the one before
    for number, area in enumerate(IDS[:10]):
        row = (data["area_id"] == area) & (data["level"] == "district")
        data.loc[row, ["numerator", "base_1"]] = (0.45 + 0.03 * number) * data.loc[row, "denominator"]
        data.loc[row, "value"] = (100 * data["numerator"] / data["denominator"])[row].round(1)
    limits = rg.funnel_limits(
        data.set_index("area_id").loc[IDS, "numerator"], cells["denominator"], "proportion", scale=100.0
    )
    outside = limits.index[limits["p"] < 0.05]
    figure = rg.plot_funnel(rg.Panel(data, study.panel.catalogue), period=2024)
    named = {text.get_text()[:2].strip().zfill(2) for text in figure.axes[-1].texts if len(text.get_text()) > 6}
    named &= set(IDS)
    nearest = limits.loc[outside, "p"].rank(method="first") <= 8
    assert named == set(outside[nearest])


@pytest.mark.parametrize(("lowest", "first"), [(-0.05, -10.0), (0.05, -5.0)])
def test_a_band_widens_the_axis_by_half_of_the_values_at_most(lowest, first):
    from regsam_geo.charts.small_series import _steps

    # the values need ten, the band may add five: to just below -5 or just above it
    assert _steps([lowest, lowest + 10.0], [(-50.0, 5.0)])[0] == first
    assert _steps([lowest, lowest + 10.0], [(lowest - 4.9, 5.0)])[0] == -5.0


# sheets and pages


def printed(widths):
    """How a sheet with columns of these widths is printed: (lies, paper)."""
    from regsam_geo.summary.words.tables import Column, Table
    from regsam_geo.summary.writers.spreadsheets import xlsx_bytes

    columns = tuple(Column(f"c{i}", "column.area", width=width) for i, width in enumerate(widths))
    frame = pd.DataFrame({f"c{i}": ["x" * (width - 4)] for i, width in enumerate(widths)})
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx_bytes({"Blatt": Table(frame, columns, title="")}, "de"))).active
    return sheet.page_setup.orientation == "landscape", int(sheet.page_setup.paperSize)


@pytest.mark.parametrize(
    ("widths", "lies", "paper"),
    [((60, 75), False, 9), ((60, 76), True, 9), ((60, 60, 70), True, 9), ((60, 60, 71), True, 8)],
)
def test_wide_sheets_lie_and_the_widest_are_a3(widths, lies, paper):
    assert printed(widths) == (lies, paper)


@pytest.mark.parametrize(("questions", "more"), [(9, 0), (10, 0), (11, 1), (14, 4)])
def test_a_report_lists_ten_questions_and_counts_the_others(questions, more):
    from regsam_geo.summary.words.report_page import MOST_QUESTIONS
    from regsam_geo.summary.writers.html import render_html
    from regsam_geo.text import say

    class Page(dict):
        """All that a report says beside its questions is left empty."""

        def __missing__(self, name):
            return ""

    told = [f"Frage {number}." for number in range(questions)]
    page = Page(
        say=lambda code, **fields: say(code, "de", **{"n_maps": 0, **fields}),
        questions=told,
        most_questions=MOST_QUESTIONS,
        matrix={"rows": [], "regions": []},
        first=Page(lists=[], next=[]),
        themes=Page(rows=[]),
    )
    html = render_html("report.html", page)
    assert [one for one in told if f">{one}<" in html] == told[:10]
    assert (f"Dazu {more} weitere." in html) == bool(more)


@pytest.mark.parametrize(("questions", "more"), [(4, 0), (5, 1), (9, 5)])
def test_a_profile_lists_four_questions_and_counts_the_others(questions, more):
    from regsam_geo.summary.words.profile_page import question_sentences

    frame = pd.DataFrame({"sentence_de": [f"Frage {number}." for number in range(questions)]})
    told = list(question_sentences(SimpleNamespace(questions=frame, lang="de")))
    assert told[:4] == [f"Frage {number}." for number in range(4)]
    assert len(told) == 4 + bool(more)
    if more:
        assert str(more) in told[4]


@pytest.mark.parametrize(("rows", "shown"), [(15, 15), (16, 15)])
def test_a_notebook_shows_fifteen_findings(rows, shown):
    found = rg.detect_warnings(rg.load_sample().sel("Nichtdeutsche", period=[2023, 2024]), period=2024)
    table = found.facts.findings.head(rows)
    html = table._repr_html_()
    assert html.count("<tr") == 1 + shown
    assert ("Gezeigt sind 15 " in html) == (rows > shown)


@pytest.mark.parametrize(("seconds", "drawn"), [(0.9, False), (1.1, True)])
def test_a_bar_appears_after_a_second(seconds, drawn, monkeypatch):
    from regsam_geo.text import progress

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    screen, terminal = progress._Screen(), Terminal()
    monkeypatch.setattr(progress.sys, "stderr", terminal)
    monkeypatch.setattr(progress, "in_notebook", lambda: False)
    now = time.monotonic()
    monkeypatch.setattr(progress.time, "monotonic", lambda: now)
    screen.start = now - seconds
    screen.show(1, 3, "Karte")
    assert bool(terminal.getvalue()) == drawn


@pytest.mark.parametrize(
    ("name", "value", "allowed"),
    [
        ("q_watch", 0.0, False),
        ("q_watch", 1e-9, True),
        ("q_watch", 1.0, False),
        ("q_check", 0.999, True),
        ("relevant_effect", -1e-9, False),
        ("relevant_effect", 0.0, True),
        ("spike", 0, True),
        ("lookback", -1, False),
        ("lookback", None, True),
        ("lookback", 0, True),
        ("min_history", "3", False),
    ],
)
def test_settings_refuse_what_cannot_be_meant(name, value, allowed):
    if allowed:
        assert getattr(rg.Settings(**{name: value}), name) == value
    else:
        with pytest.raises(OptionError):
            rg.Settings(**{name: value})
