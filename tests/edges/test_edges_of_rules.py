"""Each number that decides what is summed, hidden, assigned, asked or marked has a case on both sides of its edge.

===========================  =======  ==========================================================
constant                     value    case
===========================  =======  ==========================================================
``CLEAR_SHARE``              0.9      a note on areas that lie less clearly in one region
largest overlap              --       the region of an area of one's own
rounding of ranks            1e-9     equal but for the noise of binary fractions
``MARKED``                   1.1      above and below the city
``RELEVANT``                 5 %      risen and fallen
``MOST_UNALLOCATED``         3 %      sums that miss the city
``SERIES_SHARE``             0.5      periods that refuse a whole series
``CODE_REPEATS``             2        a value that is a code
``FORMULA_WRONG``            0.2      the formula or the cells
``UNALLOCATED_JUMP``         0.5 %    cases that are in no district
``BREAK_SIZE``               1.25     a step of all areas
``MAGNITUDE``                5        a value far off its series
``threshold``                3        counts of persons
``DENOMINATOR_IMPORTANCE``   10       rather counts than denominators are hidden
``MOST_CLASSES``             12       classes of a map
``FIRST_YEAR_OF_25``         1996     districts of today
===========================  =======  ==========================================================
"""

from __future__ import annotations

import math
import re

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError

NAME = "Arbeitslose - Anteil"
IDS = [f"{number:02d}" for number in range(1, 26)]
CELL = ["indicator", "group", "period", "level", "area_id"]


def strip(share):
    """A band across the border of two regions of which a share lies in region 20 (Hadern), the rest in 19."""
    regions = rg.load_boundaries("region").geometry
    border = shapely.intersection(regions["20"].buffer(1), regions["19"].buffer(1))
    x, y = border.representative_point().coords[0]
    around = shapely.Point(x, y).buffer(400)
    one, other = (around.intersection(regions[name]) for name in ("20", "19"))
    # thin out the side that is too large
    wanted = one.area * (1 - share) / share
    if wanted > other.area:
        one, wanted = thinned(one, other.area * share / (1 - share)), other.area
    return shapely.union(one, thinned(other, wanted))


def thinned(shape, area):
    """A part of a shape with about so much surface: what lies below a level line."""
    west, south, east, north = shape.bounds
    low, high = south, north
    for _ in range(60):
        middle = (low + high) / 2
        part = shape.intersection(shapely.box(west, south, east, middle))
        low, high = (middle, high) if part.area < area else (low, middle)
    return part


@pytest.mark.parametrize(
    ("share", "region", "clear"),
    [(0.3, "19", False), (0.45, "19", False), (0.55, "20", False), (0.89, "20", False), (0.91, "20", True)],
)
def test_an_area_belongs_to_the_region_that_holds_most_of_it(share, region, clear, caplog):
    shape = strip(share)
    areas = gpd.GeoDataFrame({"name": ["Band"]}, geometry=[shape], crs="EPSG:25832", index=["eigen"])
    regions = rg.load_boundaries("region").geometry
    by_hand = {name: shape.intersection(other).area / shape.area for name, other in regions.items()}
    assert max(by_hand, key=by_hand.get) == region
    with caplog.at_level("INFO", logger="regsam_geo"):
        row = rg.assign_regions(areas).loc["eigen"]
    assert row["region_id"] == region
    assert row["share"] == pytest.approx(by_hand[region], abs=1e-6)
    assert row["evidence"] == "overlap"
    assert any("eigen" in one.getMessage() for one in caplog.records) != clear


def counted(over, under=1000.0, name=NAME, periods=("2019", "2024"), city=True):
    """A panel of the districts with these counts: ``over`` gives the numerator of an area in a period."""
    entry = rg.load_sample().catalogue.query("indicator == @name").assign(decimals=3)
    rows = []
    for period in periods:
        counts = {area: (float(over(area, period)), float(under)) for area in IDS}
        if city:
            counts["munich"] = tuple(float(sum(one)) for one in zip(*counts.values(), strict=True))
        for area, (a, b) in counts.items():
            rows.append(
                {
                    "indicator": name,
                    "group": entry["group"].iloc[0],
                    "period": period,
                    "level": "city" if area == "munich" else "district",
                    "area_id": area,
                    "value": round(100 * a / b, 3),
                    "numerator": a,
                    "denominator": b,
                    "base_1": a,
                    "base_2": b,
                }
            )
    frame = pd.DataFrame(rows)
    sample = rg.load_sample().data
    return rg.Panel(frame.reindex(columns=sample.columns).assign(sign=""), entry)


def test_ranks_are_shared_but_for_the_noise_of_binary_fractions():
    panel = counted(lambda area, _: 50 + int(area))
    data = panel.data.copy()
    data[["numerator", "denominator", "base_1", "base_2"]] = math.nan
    now = (data["period"] == "2024") & (data["level"] == "district")
    values = dict.fromkeys(IDS, 0.2)
    values |= {"01": 0.1 + 0.2, "02": 0.3, "03": 0.30000001, "04": 0.29999999}
    data.loc[now, "value"] = [values[area] for area in data.loc[now, "area_id"]]
    table = rg.compare_areas(rg.Panel(data, panel.catalogue))
    rank = table[table["period"] == "2024"].set_index("area_id")["rank"]
    assert 0.1 + 0.2 != 0.3
    assert rank[["03", "01", "02", "04", "05", "25"]].tolist() == [1, 2, 2, 4, 5, 5]


@pytest.mark.parametrize(
    ("now", "trend"), [(210, "up"), (209, "level"), (190, "down"), (191, "level"), (200, "level")]
)
def test_risen_means_by_five_percent(now, trend):
    panel = counted(lambda _, period: 200 if period == "2019" else now)
    table = rg.summarize_regions(panel, period=2024)
    assert set(table["trend"]) == {trend}
    assert table["change_5"].tolist() == pytest.approx([(now - 200) / 10] * 16)


@pytest.mark.parametrize(
    ("district", "side"), [(1.1, "above"), (1.0999, ""), (1 / 1.1, "below"), (0.9092, ""), (1.0, "")]
)
def test_a_mark_points_from_ten_percent_on(district, side):
    from regsam_geo.charts.spine import side_of

    assert side_of(district) == side


@pytest.mark.parametrize(("missing", "summable"), [(0.029, True), (0.031, False)])
def test_sums_may_miss_the_city_by_three_percent(missing, summable):
    panel = counted(lambda *_: 100, periods=[str(year) for year in range(2015, 2025)])
    data = panel.data.copy()
    city = (data["level"] == "city") & (data["period"] == "2024")
    data.loc[city, ["numerator", "base_1"]] = 2500 / (1 - missing)
    told = rg.check_summable(rg.Panel(data, panel.catalogue)).set_index("period")
    assert told.loc["2024", "summable"] == summable
    assert told.loc["2024", "reason"] == ("" if summable else "gap_to_city")
    assert told.loc["2024", "gap"] == pytest.approx(-missing)
    assert told.drop("2024")["summable"].all()


@pytest.mark.parametrize(("bad", "reason"), [(4, ""), (5, "depends_on_area")])
def test_half_of_the_periods_refuse_the_series(bad, reason):
    periods = [str(year) for year in range(2015, 2025)]
    panel = counted(lambda *_: 100, periods=periods)
    data = panel.data.copy()
    city = (data["level"] == "city") & data["period"].isin(periods[:bad])
    data.loc[city, ["numerator", "base_1"]] = 2700.0
    told = rg.check_summable(rg.Panel(data, panel.catalogue)).set_index("period")
    assert told.loc["2024", "reason"] == reason
    assert told.loc["2015", "reason"] == (reason or "gap_to_city")


def questions(change, periods=None):
    """The questions about a flat table in which some cells were changed."""
    years = periods or [str(year) for year in range(2013, 2025)]
    rng = np.random.default_rng(5)
    base = {(area, year): 100 + rng.integers(-3, 4) for area in IDS for year in years}
    panel = counted(lambda area, year: base[area, year], periods=years)
    data = panel.data.copy()
    change(data)
    return rg.check_panel(rg.Panel(data, panel.catalogue))


def cell(data, area, period):
    return (data["area_id"] == area) & (data["period"] == period)


@pytest.mark.parametrize(("areas", "reason"), [(["05"], "data_without_bases"), (["05", "06"], "data_code")])
def test_a_value_without_base_values_is_a_code_when_it_comes_twice(areas, reason):
    def change(data):
        for area in areas:
            data.loc[cell(data, area, "2020"), ["numerator", "denominator", "base_1", "base_2"]] = math.nan
            data.loc[cell(data, area, "2020"), "value"] = 99.0

    found = questions(change)
    # a code is one question about all cells with it
    (one,) = found[found["area_id"].isin(areas)].to_dict("records")
    assert one["reason"] == reason
    cells = one["details"].get("where", [[one[name] for name in CELL]])
    assert [dict(zip(CELL, cell, strict=True))["area_id"] for cell in cells] == areas


@pytest.mark.parametrize(("periods", "reason"), [(2, "data_ratio"), (3, "data_formula")])
def test_a_fifth_of_wrong_cells_questions_the_formula(periods, reason):
    years = [str(year) for year in range(2013, 2025)]  # of 12 periods 2 are 17 %, 3 are 25 %

    def change(data):
        data.loc[data["period"].isin(years[:periods]), "value"] += 1

    found = questions(change)
    assert set(found["reason"]) == {reason}
    assert len(found) == (26 * periods if reason == "data_ratio" else 1)
    if reason == "data_formula":
        assert found["details"].iloc[0]["cells"] == 26 * periods


@pytest.mark.parametrize(("share", "asked"), [(0.0045, False), (0.006, True)])
def test_a_jump_of_cases_without_a_district_is_asked_about_from_half_a_percent(share, asked):
    def change(data):
        city = cell(data, "munich", "2020")
        data.loc[city, ["numerator", "base_1"]] = data.loc[city, "numerator"] / (1 - share)
        data.loc[city, "value"] = (100 * data["numerator"] / data["denominator"])[city].round(3)

    found = questions(change)
    assert ("data_unallocated" in set(found["reason"])) == asked


@pytest.mark.parametrize(("factor", "asked"), [(1.22, False), (1.29, True)])
def test_a_step_of_all_areas_is_a_break_from_a_quarter_on(factor, asked):
    def change(data):
        later = data["period"] >= "2019"
        data.loc[later, ["numerator", "base_1"]] *= factor
        data["value"] = (100 * data["numerator"] / data["denominator"]).round(3)

    found = questions(change)
    assert ("data_break" in set(found["reason"])) == asked


@pytest.mark.parametrize(("factor", "asked"), [(4.0, False), (9.0, True)])
def test_a_value_is_far_off_from_five_times_its_series_on(factor, asked):
    def change(data):
        odd = cell(data, "07", "2018")
        data.loc[odd, ["numerator", "base_1"]] *= factor
        data["value"] = (100 * data["numerator"] / data["denominator"]).round(3)

    found = questions(change)
    assert ("data_magnitude" in set(found["reason"])) == asked


@pytest.mark.parametrize(("count", "hidden"), [(0, False), (1, True), (2, True), (3, False)])
def test_counts_from_one_to_below_the_threshold_are_hidden(count, hidden):
    panel = counted(lambda area, _: count if area == "05" else 40 + int(area), periods=["2024"])
    safe = rg.protect(panel)
    gone = set(safe.data.loc[safe.data["sign"] == "suppressed", "area_id"])
    assert ("05" in gone) == hidden
    assert (len(gone) > 1) == hidden  # alone it would follow from the sum


@pytest.mark.parametrize(("rest", "hidden"), [(0, True), (2, True), (3, False)])
def test_a_small_rest_of_the_whole_is_hidden_too(rest, hidden):
    panel = counted(lambda area, _: 1000 - rest if area == "05" else 40 + int(area), periods=["2024"])
    safe = rg.protect(panel)
    assert ("05" in set(safe.data.loc[safe.data["sign"] == "suppressed", "area_id"])) == hidden


def test_counts_are_hidden_rather_than_denominators():
    """Men and women are the parts of a total, and the women are what a rate is made from.

    With the two men of district 05 either the women there or the total has to go. The total is the dearer count,
    but with the women their rate would be lost.
    """
    rng = np.random.default_rng(2)
    men, women, over = (
        {area: float(rng.integers(low, high)) for area in IDS} for low, high in ((20, 60), (20, 60), (5, 15))
    )
    men["05"] = 2.0
    rows = []
    for area in [*IDS, "munich"]:
        m, w, n = (sum(one.values()) if area == "munich" else one[area] for one in (men, women, over))
        key = {"period": "2024", "level": "city" if area == "munich" else "district", "area_id": area}
        for group, count in (("insgesamt", m + w), ("männlich", m), ("weiblich", w)):
            rows.append({"indicator": "Beratene", "group": group, **key, "value": count})
        rate = {"value": round(100 * n / w, 1), "numerator": n, "denominator": w}
        rows.append({"indicator": "Quote", "group": "weiblich", **key, **rate})
    frame = pd.DataFrame(rows)
    rated = frame[["indicator", "group"]].drop_duplicates()
    is_rate = rated["indicator"] == "Quote"
    catalogue = rated.assign(
        scale=np.where(is_rate, 100.0, math.nan),
        decimals=np.where(is_rate, 1, 0),
        kind=np.where(is_rate, "proportion", "other"),
        counts_persons=True,
    )
    safe = rg.protect(rg.Panel(frame, catalogue)).data
    hidden = safe[safe["sign"] == "suppressed"]
    assert set(hidden["group"]) == {"männlich", "insgesamt"}
    assert set(hidden["indicator"]) == {"Beratene"}


@pytest.mark.parametrize(("k", "allowed"), [(1, True), (12, True), (0, False), (13, False)])
def test_a_map_has_at_most_twelve_classes(k, allowed):
    from regsam_geo.look.classes import classify

    values = [float(number) for number in range(100)]
    if allowed:
        assert len(classify(values, "equal", k)) == k
    else:
        with pytest.raises(OptionError):
            classify(values, "equal", k)


@pytest.mark.parametrize(("year", "known"), [(1995, False), (1996, True)])
def test_districts_are_those_of_today_from_1996_on(year, known, tmp_path, caplog):
    path = tmp_path / "tabelle.csv"
    lines = [f"{area};{year};4,5" for area in IDS]
    path.write_text("\n".join(["Stadtbezirk;Jahr;Wert", *lines]), encoding="utf-8")
    columns = {"area": "Stadtbezirk", "period": "Jahr", "value": "Wert"}
    if known:
        assert len(rg.read_indicators(path, columns=columns, indicator="Quote").data) == 25
    else:
        with pytest.raises(InputError):
            rg.read_indicators(path, columns=columns, indicator="Quote")


def test_the_offline_page_forbids_whatever_could_leave_it():
    from regsam_geo.maps.interactive.policy import content_security_policy

    policy = content_security_policy("<html><style>a{}</style><script>1</script></html>")
    parts = dict(one.strip().split(" ", 1) for one in policy.split(";"))
    for name in ("default-src", "base-uri", "form-action"):
        assert parts[name] == "'none'"
    assert parts["img-src"] == "data:"
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+'", parts["script-src"])
    assert re.fullmatch(r"'sha256-[A-Za-z0-9+/=]+'", parts["style-src"])
    # what default-src does not rule must be ruled by itself
    assert not {"form-action", "base-uri"} - set(parts)


@pytest.mark.parametrize(
    ("level", "area", "region"),
    [
        ("district", "17", "17/18"),
        ("subdistrict", "17.1", "17/18"),
        ("quarter", "21.3.2", "21/22/23"),
        ("region", "4/12", "4/12"),
        ("district", "26", ""),
    ],
)
def test_an_area_is_in_the_region_of_its_district(level, area, region):
    assert rg.load_study().region_of(level, area) == region


def test_indicators_made_of_the_same_counts_are_one():
    """Unemployed and recipients share their denominator; foreign nationals are another matter."""
    panel = rg.load_sample().sel(
        [NAME, "(Regel-)Leistungsberechtigte - erwerbsfähig - Anteil", "Nichtdeutsche"], period=range(2014, 2025)
    )
    data = panel.data.copy()
    jump = (data["area_id"] == "05") & (data["period"] == "2024")
    data.loc[jump, ["numerator", "base_1"]] *= 1.5
    data.loc[jump, "value"] = (100 * data["numerator"] / data["denominator"])[jump].round(1)
    rolled = rg.roll_up(rg.Panel(data, panel.catalogue), 2024).loc["5"]
    assert rolled[["warnings", "areas", "indicators"]].tolist() == [3, 1, 2]
