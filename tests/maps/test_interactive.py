"""explore_map: what the file holds, without a browser."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from decimal import Decimal
from itertools import pairwise

import folium
import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from invented import invented_subdistricts, with_rows

import regsam_geo as rg
from regsam_geo.errors import BoundaryError, OptionError
from regsam_geo.look import classify, get_palette, get_theme, resolve_style
from regsam_geo.maps.coloring import coloring_of
from regsam_geo.maps.interactive.assets import FOLDER, lean, lean_script, read_asset
from regsam_geo.maps.interactive.explorer import SCRIPTS
from regsam_geo.maps.interactive.packed_series import Choice, Shared, describe_series
from regsam_geo.maps.interactive.packing import MARKS, write_numbers, write_steps
from regsam_geo.maps.interactive.topology import build_topology, simplify_coverage
from regsam_geo.maps.map_values import find_values

MOST_BYTES = 450_000


@pytest.fixture(scope="module")
def sample_map():
    return rg.explore_map(rg.load_study(lang="de"))


@pytest.fixture(scope="module")
def sample_page(sample_map):
    return sample_map.get_root().render()


def data_of(page):
    return json.loads(re.search(r'id="rg-data">(.*?)</script>', page, re.S).group(1))


def test_it_is_a_folium_map_that_names_no_other_host(sample_map, sample_page):
    assert isinstance(sample_map, folium.Map)
    for address in ("cdn.", "jsdelivr", "cloudflare", "openstreetmap", "code.jquery", "sourceMappingURL"):
        assert address not in sample_page


def test_all_indicators_years_and_regions_fit_into_450_kb(sample_page):
    data = data_of(sample_page)
    assert len(data["series"]) == 11
    assert max(len(series["periods"]) for series in data["series"]) == 25
    assert {level["id"]: len(level["areas"]) for level in data["levels"]} == {"district": 25, "region": 16}
    assert len(sample_page.encode()) <= MOST_BYTES


def test_the_same_input_gives_the_same_bytes(tmp_path):
    panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"], period=[2023, 2024])
    once, again = (rg.explore_map(rg.Study(panel, lang="de")) for _ in range(2))
    for number, found in enumerate((once, once, again)):
        found.save(str(tmp_path / f"{number}.html"))
    files = {path.read_bytes() for path in tmp_path.iterdir()}
    assert len(files) == 1


def test_the_policy_allows_the_scripts_and_styles_of_the_file_and_nothing_else(sample_page):
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', sample_page).group(1)
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["default-src"] == "'none'"
    assert parts["img-src"] == "data:"
    assert "unsafe" not in policy
    for kind, opening in (("script", r"<script>"), ("style", r"<style>")):
        texts = re.findall(rf"{opening}(.*?)</{kind}>", sample_page, re.S)
        hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(t.encode()).digest()).decode()}'" for t in texts}
        assert set(parts[f"{kind}-src"].split()) == hashes
    assert sample_page.index("Content-Security-Policy") < sample_page.index("<style")


def test_the_scripts_never_write_html():
    for path in FOLDER.glob("*.js"):
        code = path.read_text(encoding="utf-8")
        for way in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "fetch(",
            "http://www.w",
        ):
            allowed = way == "http://www.w" and path.name == "base.js"  # the name of the SVG namespace
            assert allowed or way not in code, (path.name, way)


def rebuilt(topology, level):
    """Polygons from arcs, as the page joins them, by other code."""
    arcs = [np.cumsum(np.array(steps).reshape(-1, 2), axis=0) for steps in topology.arcs]
    shapes = []
    for polygons in topology.shapes[level]:
        parts = []
        for rings in polygons:
            lines = [
                np.vstack([arcs[n][:-1] if n >= 0 else arcs[~n][::-1][:-1] for n in numbers]) for numbers in rings
            ]
            parts.append(shapely.Polygon(lines[0][:, ::-1] / 1e5, [line[:, ::-1] / 1e5 for line in lines[1:]]))
        shapes.append(shapely.MultiPolygon(parts))
    return gpd.GeoSeries(shapes, crs="EPSG:4326").to_crs("EPSG:25832")


def test_borders_are_written_once_and_come_back():
    districts = simplify_coverage(rg.load_boundaries("district"), 8.0)
    regions = districts.dissolve("region_id")
    topology = build_topology({"district": districts, "region": regions})
    for level, areas in (("district", districts), ("region", regions)):
        found = rebuilt(topology, level)
        missed = found.symmetric_difference(gpd.GeoSeries(areas.geometry.to_numpy(), crs=areas.crs)).area
        # rounding to 1e-5 degrees moves a border by half a meter on average
        assert (missed.to_numpy() < areas.geometry.length.to_numpy()).all()
    edges = [
        frozenset((tuple(a), tuple(b)))
        for steps in topology.arcs
        for path in [np.cumsum(np.array(steps).reshape(-1, 2), axis=0)]
        for a, b in pairwise(path)
    ]
    assert len(edges) == len(set(edges))
    # the regions add no border of their own
    alone = build_topology({"district": districts})
    assert sum(map(len, alone.arcs)) <= sum(map(len, topology.arcs)) * 1.01


def test_simplified_neighbors_still_share_their_borders():
    districts = simplify_coverage(rg.load_boundaries("district"), 8.0)
    assert shapely.coverage_is_valid(districts.geometry.to_numpy())
    assert len(shapely.get_coordinates(districts.geometry.to_numpy())) < 0.7 * len(
        shapely.get_coordinates(rg.load_boundaries("district").geometry.to_numpy())
    )


def test_overlapping_areas_are_left_as_they_are():
    squares = gpd.GeoDataFrame(geometry=[shapely.box(0, 0, 10, 10), shapely.box(5, 5, 15, 15)], crs="EPSG:25832")
    assert simplify_coverage(squares, 8.0).geometry.geom_equals(squares.geometry).all()


def numbers_of(text):
    """Whole numbers from text, bit by bit: another way than that of the page. Reasons become None."""
    letters = base64.b64encode(bytes(range(256))).decode()
    place = {base64.b64encode(bytes([n << 2]))[:1].decode(): n for n in range(64)}
    assert set(letters) - {"="} <= set(place)
    found, bits = [], ""
    for letter in text:
        if letter in MARKS:
            found.append(None)
            continue
        bits = f"{place[letter] & 31:05b}" + bits
        if place[letter] < 32:
            found.append((-1 if bits[-1] == "1" else 1) * int(bits[:-1], 2))
            bits = ""
    assert bits == ""
    return found


def cells_from(text):
    """Values of one area from its packed steps; NaN where they are missing."""
    steps = np.array([np.nan if step is None else step for step in numbers_of(text)])
    return np.where(np.isnan(steps), np.nan, np.nancumsum(steps))


@given(st.lists(st.integers(-(10**12), 10**12) | st.sampled_from(["0", "3"])))
def test_packed_numbers_come_back(values):
    wanted = [None if isinstance(value, str) else value for value in values]
    assert numbers_of(write_numbers(values)) == wanted
    back = [None if np.isnan(value) else int(value) for value in cells_from(write_steps(values))]
    assert back == wanted


def test_no_sign_of_the_packed_numbers_means_anything_in_json_or_html():
    text = write_numbers(range(-600, 600)) + MARKS
    assert json.dumps(text) == f'"{text}"'
    assert not set(text) & set("<>&'`\\")


@pytest.mark.parametrize("method", ["quantiles", "equal", "pretty", "natural", "std", "diverging", [2.5, 5.0]])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_the_labels_that_the_page_puts_together_are_those_of_python(method, lang):
    years = [2000, 2005, 2010, 2015, 2020, 2024]
    panel = rg.load_sample().sel(["Arbeitslose - Anteil", "Bevölkerungsdichte"], period=years)
    data = data_of(rg.explore_map(rg.Study(panel, lang=lang), classes=method, regions=False).get_root().render())
    decimal, group = data["marks"]["decimal"], data["marks"]["group"]
    for series in data["series"]:
        rows = panel.sel(series["indicator"], level="district").data
        digits = series["decimals"]

        def write(whole, digits=digits):
            text = f"{abs(whole) / 10**digits:,.{digits}f}".replace(",", "_").replace(".", decimal)
            return ("\N{MINUS SIGN}" if whole < 0 else "") + text.replace("_", group)

        unit = "" if series["unitLine"] else series["unit"]
        for at, period in enumerate(series["periods"]):
            values = rows.loc[rows["period"] == period, "value"]
            city = panel.sel(series["indicator"], level="city", period=period).data["value"].item()
            wanted = classify(
                values, method, 5, center=city if method == "diverging" else None, decimals=digits
            ).covering(values)
            kind, *limits = series["levels"]["district"]["own"][at]
            pairs = zip(data["kinds"][kind]["forms"], pairwise(limits), strict=True)
            labels = [
                form.replace("{low}", write(low)).replace("{high}", write(high)) for form, (low, high) in pairs
            ]
            assert labels == wanted.labels(lang, unit, digits), (series["indicator"], period)


DISTRICTS = rg.load_boundaries("district")


def class_on_paper(panel, classes, period):
    """The classes of a static map's areas, by the colors that it is painted with."""
    _, values = find_values(rg.Study(panel), None, period)
    coloring = coloring_of(resolve_style(None, {"classes": classes}), values)
    return [coloring.colors.index(color) for color in coloring.fills(values.numbers)], coloring


def class_on_screen(panel, classes, period):
    """The classes that the page finds: it counts the limits that a printed value reaches."""
    rows = panel.data.assign(exact=panel.data["value"])
    ids, decimals = {"district": list(DISTRICTS.index)}, int(panel.catalogue["decimals"].iloc[0])
    shared = Shared()
    choice = Choice(classes, 5, get_theme("meeting"), "de")
    told = describe_series(rows, panel.catalogue.iloc[0], ids, decimals, "", choice, shared)
    level, at = told["levels"]["district"], told["periods"].index(period)
    unit = 10 ** told["extra"]
    fine = np.array([cells_from(row)[at] for row in level["rows"]]) * 10 ** level["zeros"]
    printed = np.sign(fine) * np.floor((2 * np.abs(fine) + unit) / (2 * unit))
    for row, column, whole in level.get("printed", []):
        if column == at:
            printed[row] = whole
    found = []
    for kind, *limits in (level["pooled"], level["own"][at]):
        found.append([sum(value >= limit for limit in limits[1:-1]) for value in printed])
        assert len(shared.kinds[kind]["forms"]) == len(classes)
    assert found[0] == found[1]  # finished classes are the same for one period and for all
    return found[0], told["decimals"]


# each classes a whole panel twice, for paper and for the screen
@settings(max_examples=12)
@given(
    st.lists(st.integers(-9999, 99999), min_size=25, max_size=25),
    st.integers(0, 3),
    st.integers(0, 3),
    st.lists(st.integers(-99, 999), min_size=1, max_size=4, unique=True),
)
def test_finished_classes_are_the_same_on_paper_and_on_screen(wholes, decimals, digits, limits):
    # limits of fewer digits than the values, of as many, and of more
    values = [whole / 10**decimals for whole in wholes]
    classes = classify(values, [limit / 10**digits for limit in sorted(limits)])
    data = pd.DataFrame(
        {
            "indicator": "Erfunden",
            "period": "2024",
            "level": "district",
            "area_id": DISTRICTS.index,
            "value": values,
        }
    )
    told = rg.Panel.from_frame(data)
    # whole numbers could be counts of persons, of which small ones are hidden
    panel = rg.Panel(told.data, told.catalogue.assign(decimals=decimals, counts_persons=False))
    paper, coloring = class_on_paper(panel, classes, "2024")
    screen, shown = class_on_screen(panel, classes, "2024")
    assert coloring.classes.decimals == shown
    # a value belongs where its printed number lies, by arithmetic without binary fractions
    inner = [Decimal(limit).scaleb(-digits) for limit in sorted(limits)]
    wanted = [sum(Decimal(whole).scaleb(-decimals) >= limit for limit in inner) for whole in wholes]
    assert paper == wanted
    assert screen == wanted
    assert coloring.classes.counts(values).tolist() == np.bincount(wanted, minlength=len(classes)).tolist()


@pytest.mark.slow
def test_the_numbers_in_the_file_give_the_comparisons_of_python():
    """Every difference, change and rank of 108 sub-districts with Basiswerte, and of the districts."""
    names = ["Arbeitslose - Anteil", "Bevölkerungsdichte"]
    panel = with_rows(rg.load_sample().sel(names), invented_subdistricts(names))
    data = data_of(rg.explore_map(rg.Study(panel, lang="de"), regions=False).get_root().render())
    keys = ["indicator", "level", "area_id", "period"]
    wanted = rg.compare_areas(panel).set_index(keys).sort_index()
    for series in data["series"]:
        unit = 10.0 ** series["extra"]
        digits = series["decimals"]

        def read(values, series=series):
            return np.array([cells_from(row) for row in values["rows"]]) * 10.0 ** values["zeros"]

        def half_up(fine, unit=unit):
            return np.sign(fine) * np.floor((2 * np.abs(fine) + unit) / (2 * unit))

        city = read(series["city"])
        for level in data["levels"]:
            fine = read(series["levels"][level["id"]])
            ranks = np.array([[1 + np.sum(column > own) for own in column] for column in fine.T]).T
            for row, area in enumerate(level["areas"]):
                table = wanted.loc[(series["indicator"], level["id"], area["id"])].loc[series["periods"]]

                def whole(name, table=table, digits=digits):
                    numbers = table[name].to_numpy(dtype=float)
                    shifted = np.round(np.abs(numbers) * 10**digits, 6)
                    return np.copysign(np.floor(shifted + 0.5), numbers)

                assert np.array_equal(half_up(fine[row] - city[0]), whole("difference"))
                assert np.array_equal(ranks[row], table["rank"].to_numpy(dtype=float))
                for name, places in zip(("change_1", "change_5"), series["before"], strict=True):
                    places = np.array(places)
                    change = np.where(places < 0, np.nan, half_up(fine[row] - fine[row][places]))
                    assert np.array_equal(change, whole(name), equal_nan=True), (area["id"], name)


def test_values_of_sub_districts_bring_their_own_level():
    panel = rg.load_sample().sel(["Nichtdeutsche", "Hochbetagte"])
    finer = with_rows(panel, invented_subdistricts(["Nichtdeutsche"]))
    data = data_of(rg.explore_map(rg.Study(finer, lang="de")).get_root().render())
    assert [level["id"] for level in data["levels"]] == ["district", "region", "subdistrict"]
    assert len(data["levels"][2]["areas"]) == 108
    assert [len(series["levels"]) for series in data["series"] if series["indicator"] == "Nichtdeutsche"] == [3]


@pytest.mark.slow
def test_the_layer_of_sub_districts_with_basiswerte_adds_at_most_200_kb(sample_page):
    finer = (
        rg.explore_map(rg.Study(with_rows(rg.load_sample(), invented_subdistricts()), lang="de"))
        .get_root()
        .render()
    )
    assert all("subdistrict" in series["levels"] for series in data_of(finer)["series"])
    assert len(finer.encode()) - len(sample_page.encode()) <= 200_000


def test_own_areas_and_unknown_wishes():
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    districts = rg.load_boundaries("district").iloc[:3]
    data = data_of(rg.explore_map(rg.Study(panel, districts, lang="de")).get_root().render())
    assert [area["id"] for area in data["levels"][0]["areas"]] == ["01", "02", "03"]
    # values of areas that nobody has polygons of
    strangers = panel.sel(level="district").data.assign(level="own")
    with pytest.raises(BoundaryError):
        rg.explore_map(rg.Panel(strangers, panel.catalogue))
    for wish in (
        {"what": "Unbekannt"},
        {"period": 1999},
        {"level": "quarter"},
        {"level": "region"},
        {"theme": "x"},
        {"them": "print"},
    ):
        with pytest.raises(OptionError):
            rg.explore_map(panel, **{"regions": False, **wish})
    with pytest.raises(OptionError, match=r"hieght.*height“"):
        rg.explore_map(panel, hieght=100)


def test_regions_and_their_borders_are_those_of_the_studys_own_scheme():
    scheme = rg.read_division().to_frame()
    for region, districts in (("10/11", ["10", "11"]), ("12", ["12"]), ("17", ["17"]), ("18/24", ["18", "24"])):
        scheme.loc[districts, ["region_id", "region_name"]] = [region, f"Neu {region}"]
    panel = rg.load_sample().sel("Arbeitslose - Anteil", period=[2023, 2024])
    data = data_of(rg.explore_map(rg.Study(panel, division=scheme, lang="de")).get_root().render())
    levels = {level["id"]: level["areas"] for level in data["levels"]}
    assert {area["id"]: area["region"] for area in levels["district"]} == scheme["region_id"].to_dict()
    assert {area["id"] for area in levels["region"]} == set(scheme["region_id"])
    assert "Region 18/24 Neu 18/24" in {area["label"] for area in levels["region"]}
    series = data["series"][0]
    rows = series["levels"]["region"]
    places = {area["id"]: place for place, area in enumerate(levels["region"])}
    for region, districts in scheme.groupby("region_id").groups.items():
        parts = panel.sel(period=2024, area=list(districts)).data
        wanted = 100 * parts["numerator"].sum() / parts["denominator"].sum()
        fine = cells_from(rows["rows"][places[region]])[-1] * 10 ** rows["zeros"]
        assert abs(fine / 10 ** (series["decimals"] + series["extra"]) - wanted) < 0.05, region


def test_the_studys_own_warnings_are_those_of_its_period():
    study = rg.load_study(lang="de").sel("Nichtdeutsche")
    wanted = rg.detect_warnings(study, 2023)
    # what has been open for long is told in the report alone
    wanted = wanted[(wanted["status"] != "open") | (wanted["last"] >= "2020")]
    data = data_of(rg.explore_map(study, period=2023, warnings=True).get_root().render())
    assert data["start"]["period"] == "2023"
    assert len(wanted)
    assert sorted((one["period"], one["area"], one["text"]) for one in data["warnings"]) == sorted(
        wanted[["period", "area_id", "sentence_de"]].itertuples(index=False, name=None)
    )
    assert data_of(rg.explore_map(study).get_root().render())["warnings"] is None


def test_what_is_asked_for_is_shown_first():
    study = rg.load_study(lang="de", period=2020)
    page = rg.explore_map(study, "Nichtdeutsche", level="region", title="Unser Titel").get_root().render()
    start, series = data_of(page)["start"], data_of(page)["series"]
    assert (series[start["series"]]["indicator"], start["level"], start["period"]) == (
        "Nichtdeutsche",
        "region",
        "2020",
    )
    assert "<title>Unser Titel</title>" in page


def test_a_style_made_for_many_views_colors_the_page_too():
    style = rg.Style(palette="brick", k=4, labels="name", inset=False)
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    data = data_of(rg.explore_map(panel, style=style, regions=False).get_root().render())
    (colors,) = data["colors"]
    assert list(colors) == list(classify(range(8), k=4).colors(get_palette("brick")))


def test_the_input_is_not_changed():
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    districts = rg.load_boundaries("district")
    before = panel.data.copy(), districts.copy()
    rg.explore_map(rg.Study(panel, {"district": districts})).get_root().render()
    assert panel.data.equals(before[0])
    assert districts.equals(before[1])


@pytest.mark.parametrize("what", [3, rg.load_boundaries("district")], ids=["a number", "areas"])
def test_what_is_no_name_is_refused_in_words(what):
    with pytest.raises(OptionError) as caught:
        rg.explore_map(rg.load_sample(), what)
    assert caught.value.code == "explore_what"
    assert type(what).__name__ in str(caught.value)


def test_a_script_made_lean_keeps_every_text():
    """Spaces beside signs are left out of the code alone."""
    texts = re.compile(r"\"[^\"\n]*\"|'[^'\n]*'")
    for name in SCRIPTS:
        # a quotation mark inside a rule for letters begins no text
        lines = [line for line in lean(read_asset(name)).splitlines() if '/["' not in line]
        kept = [line for line in lean_script(read_asset(name)).splitlines() if '/["' not in line]
        assert len(kept) == len(lines)
        for one, other in zip(lines, kept, strict=True):
            assert texts.findall(other) == texts.findall(one)
            assert re.sub(r"\s", "", other) == re.sub(r"\s", "", one)


def test_each_selector_of_the_style_stands_once_in_its_block():
    """A rule that stands twice is one that was copied: the second would win wherever the first was meant."""
    style = re.sub(r"/\*.*?\*/", "", read_asset("page.css"), flags=re.S)
    blocks, head, found = [], "", []
    for part in re.split(r"([{}])", style):
        if part == "{":
            blocks.append(head.strip())
            found.append(tuple(blocks))
        elif part == "}":
            blocks.pop()
        head = part
    assert blocks == []
    assert len(found) > 200
    assert [one for one in set(found) if found.count(one) > 1] == []
