"""Regions of one's own reach every verb of a study; a new verb is in here by itself."""

from __future__ import annotations

import dataclasses
import hashlib
import inspect
import re
import sys
from pathlib import Path

import folium
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.look.save import pixels
from regsam_geo.resources import data_folder
from regsam_geo.study.methods import method_names

sys.path.insert(0, str(Path(__file__).parent / "doors"))
from file_texts import texts_of

pytestmark = pytest.mark.slow

INDICATORS = ("Innerräumliche Umzugsziffer", "Arbeitslose - Anteil")
MOVED, TO = "12", "Verbund11"
"""District 12, which warns, belongs to the region of district 11; every region has another id than REGSAM's."""

# letters and digits beside them are a part of something else, such as packed numbers of a page
SHIPPED_ID = re.compile(r"(?<![\w/+=])(1/2/3|4/12|6/7|8/25|14/15|17/18|21/22/23)(?![\w/+=])")
OWN_ID = re.compile(r"(?i)verbund\d+")


def takes_a_study(name):
    function = getattr(rg, name)
    if not callable(function) or inspect.isclass(function):
        return False
    return next(iter(inspect.signature(function).parameters), "") == "study"


VERBS = sorted(name for name in rg.__all__ if takes_a_study(name))


@pytest.fixture(scope="module")
def studies():
    """The same figures in the shipped regions and in one's own."""
    panel = rg.load_sample().sel(INDICATORS, period=range(2018, 2025))
    own = rg.read_division().to_frame()
    own["region_id"] = own["region_id"].str.replace(r"^(\d+).*", r"Verbund\1", regex=True)
    own["region_name"] = "Quartiere " + own["region_id"]
    own.loc[MOVED, ["region_id", "region_name"]] = [TO, f"Quartiere {TO}"]
    own["evidence"] = "own"
    assert list(own.index[own["region_id"] == TO]) == ["11", MOVED]
    return {"shipped": rg.Study(panel, lang="de"), "own": rg.Study(panel, division=own, lang="de")}


def value_for(parameter, study, folder):
    """Return what a verb is asked for, by the name of its parameter; optional ones are left out."""
    region = study.regions_of("district")[MOVED]
    values = {
        "what": INDICATORS[0],
        "area": MOVED,
        "region": region,
        "folder": folder,
        "kind": "temporal",
        "places": pd.DataFrame({"name": ["Kita Au"], "lon": [11.589], "lat": [48.128]}),
        "warning": lambda: rg.detect_warnings(study).query(f"area_id == '{MOVED}'").iloc[0],
        "result": lambda: rg.local_moran(
            study.subject.sel(INDICATORS[0], period=2024, level="district").data.set_index("area_id")["value"],
            study.neighbors(),
        ),
        "maps": {
            folder / "city.pdf": INDICATORS[0],
            folder / "region.pdf": {"what": INDICATORS[0], "region": region},
        },
    }
    assert parameter in values, f"a verb asks for {parameter!r}: say here which one to give it"
    return values[parameter]() if callable(values[parameter]) else values[parameter]


def asked(name, study, folder, **more):
    """Call a verb with what it needs."""
    needed = [
        one.name
        for one in list(inspect.signature(getattr(rg, name)).parameters.values())[1:]
        if one.default is inspect.Parameter.empty and one.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    values = {one: value_for(one, study, folder) for one in needed}
    if "at_least" in inspect.signature(getattr(rg, name)).parameters:
        values["at_least"] = 1  # of so few indicators none warns in two regions
    return getattr(rg, name)(study, **values, **more)


# --- everything that a result says, as text


def told(result):
    """Give all texts of a result, whatever it is."""
    if isinstance(result, pd.DataFrame | pd.Series):
        frame = pd.DataFrame(result).drop(columns="geometry", errors="ignore")
        yield frame.to_csv()
        yield repr(result.attrs)
        yield from told(getattr(result, "facts", None))
    elif isinstance(result, Figure):
        yield from (text.get_text() for text in result.findobj(Text))
    elif isinstance(result, folium.Map):
        yield result.get_root().render()
    elif isinstance(result, Path):
        yield result.name
        yield from texts_of(result)
    elif isinstance(result, dict) or hasattr(result, "items"):
        yield from (text for key, value in result.items() for text in (str(key), *told(value)))
    elif isinstance(result, list | tuple | set):
        yield from (text for one in result for text in told(one))
    elif isinstance(result, rg.Panel):
        yield from told(result.data)
    elif dataclasses.is_dataclass(result):
        if hasattr(result, "to_html"):
            yield result.to_html()
        yield from (text for field in dataclasses.fields(result) for text in told(getattr(result, field.name)))
    elif result is not None:
        yield str(result)


def placed(result):
    """Give the region of the moved district wherever a frame of the result names one."""
    for frame in frames_of(result):
        table = frame.reset_index()
        if {"area_id", "region_id"} <= set(table.columns):
            yield from table.loc[table["area_id"] == MOVED, "region_id"].tolist()


def frames_of(result):
    if isinstance(result, pd.DataFrame):
        yield result
        yield from frames_of(getattr(result, "facts", None))
    elif isinstance(result, rg.Panel):
        yield result.data
    elif isinstance(result, dict) or hasattr(result, "items"):
        yield from (frame for value in dict(result).values() for frame in frames_of(value))
    elif isinstance(result, list | tuple):
        yield from (frame for one in result for frame in frames_of(one))
    elif dataclasses.is_dataclass(result):
        yield from (
            frame for field in dataclasses.fields(result) for frame in frames_of(getattr(result, field.name))
        )


def looks(figure):
    return hashlib.sha256(pixels(figure, 60).tobytes()).hexdigest()


@pytest.fixture(scope="module")
def results(studies, tmp_path_factory):
    """What each verb gives for both studies; worked out once."""
    held = {}

    def result_of(name, which):
        if (name, which) not in held:
            result = asked(name, studies[which], tmp_path_factory.mktemp(f"{name}-{which}"))
            held[name, which] = result, "\n".join(told(result))
        return held[name, which]

    return result_of


# --- the one test, over all verbs


def test_every_verb_is_found():
    assert set(VERBS) == set(method_names())
    assert len(VERBS) > 20


@pytest.mark.parametrize("name", VERBS)
def test_own_regions_reach_what_a_verb_gives(name, results, studies, tmp_path):
    _, shipped_text = results(name, "shipped")
    result, text = results(name, "own")
    # no region of another scheme
    assert SHIPPED_ID.findall(text) == []
    # and the own ones wherever a region is told at all
    if SHIPPED_ID.search(shipped_text):
        assert OWN_ID.search(text)
    assert OWN_ID.search(shipped_text) is None
    assert set(placed(result)) <= {TO}
    if isinstance(result, Figure) and "look" in inspect.signature(getattr(rg, name)).parameters:
        with_regions, own = (looks(results(name, which)[0]) for which in ("shipped", "own"))
        if not draws_regions(name, studies["shipped"], with_regions, tmp_path):
            return
        # outlines, lines and numbers of regions follow the scheme
        assert own != with_regions


def draws_regions(name, study, with_regions, folder):
    """Tell whether the picture shows regions: without them it would be another."""
    try:
        without = asked(name, study, folder, regions=False)
    except rg.errors.OptionError:
        return False
    return looks(without) != with_regions


def test_the_rule_is_no_empty_one(results):
    """Verbs that tell of regions today; one that no longer does has lost them."""
    tell = {name for name in VERBS if SHIPPED_ID.search(results(name, "shipped")[1])}
    assert tell >= {
        "aggregate",
        "city_themes",
        "detect_warnings",
        "explore_map",
        "join_indicators",
        "region_profile",
        "replay",
        "roll_up",
        "save_maps",
        "summarize_regions",
        "write_meeting_pack",
        "write_report",
    }
    assert {TO} == set(placed(results("detect_warnings", "own")[0]))


def test_the_warning_of_the_moved_district_is_told_by_its_region(results, studies):
    """Region 11 said that nothing warned although its district 12 did."""
    warned = results("detect_warnings", "own")[0]
    assert MOVED in set(warned["area_id"])
    page = results("region_profile", "own")[0].to_html()
    assert "Kein Hinweis" not in page
    assert "12 Schwabing-Freimann" in page
    assert results("roll_up", "own")[0].loc[TO, "warnings"] >= 1
    others = rg.region_profile(studies["own"], "Verbund4")
    assert "Kein Hinweis" in others.to_html()


def test_the_sums_of_the_region_are_those_of_its_districts(results):
    """Unemployed and people of working age of districts 11 and 12, from the plain file."""
    table = pd.read_csv(data_folder() / "indicators" / "sample.csv", dtype={"area_id": str, "period": str})
    rows = table[(table["indicator"] == "Arbeitslose - Anteil") & (table["period"] == "2024")]
    rows = rows[(rows["level"] == "district") & rows["area_id"].isin(["11", MOVED])]
    expected = 100 * rows["base_1"].sum() / rows["base_2"].sum()
    summed = results("aggregate", "own")[0].sel("Arbeitslose - Anteil", period=2024, area=TO).data
    assert float(summed["value"].iloc[0]) == pytest.approx(expected, rel=1e-9)
    summary = results("summarize_regions", "own")[0].set_index(["indicator", "region_id"])
    assert summary.loc[("Arbeitslose - Anteil", TO), "value"] == pytest.approx(expected, rel=1e-9)
