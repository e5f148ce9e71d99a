"""Every verb shows of a selection the cells that the whole data set allows; a new verb is in here by itself."""

from __future__ import annotations

import dataclasses
import inspect
import sys
from pathlib import Path

import folium
import pandas as pd
import pytest
from matplotlib.figure import Figure

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look.save import figure_bytes
from regsam_geo.study.methods import method_names

sys.path.insert(0, str(Path(__file__).parent))
from doors_made import DISTRICTS, GROUPS, SCHEME, counts
from file_texts import texts_of

INDICATOR = "Beratene"
SELECTIONS = {
    "women": {"group": "weiblich"},
    "all": {"group": "insgesamt"},
    "one year": {"period": 2023},
    "districts": {"level": "district"},
}
# they write or count for seconds
HEAVY = (
    "expected_false_warnings",
    "explore_map",
    "plot_map_series",
    "region_profile",
    "replay",
    "save_maps",
    "write_meeting_pack",
    "write_report",
)


@pytest.fixture(scope="module")
def panel():
    """Shares of men, women and all in four years: small counts, and secondary cells that depend on the rest."""
    years = tuple(str(year) for year in range(2020, 2024))
    frame = counts(8, years, mean=6.0, indicator=INDICATOR).rename(columns={"value": "numerator"})
    people = {area: 300.0 + 17 * k for k, area in enumerate(DISTRICTS)}
    people["munich"] = sum(people.values())
    frame["denominator"] = frame["area_id"].map(people) * frame["group"].map({GROUPS[0]: 2.0}).fillna(1.0)
    frame["value"] = (100 * frame["numerator"] / frame["denominator"]).round(1)
    about = {"unit": "%", "decimals": 1, "scale": 100.0, "kind": "proportion", "polarity": -1, "headline": True}
    entries = frame[["indicator", "group"]].drop_duplicates()
    return rg.Panel(frame, entries.assign(counts_persons=True, summable=True, **about))


@pytest.fixture(scope="module")
def safe(panel):
    """What the whole data set allows."""
    protected = rg.protect(panel)
    alone = rg.Panel(protected.data.copy(), protected.catalogue)
    hidden = alone.data["sign"].eq("suppressed")
    assert hidden.groupby([alone.data["group"], alone.data["period"]]).any().sum() > 5
    # a part that does not know its whole would hide others, or the tests would say nothing
    for wished in SELECTIONS.values():
        if "period" not in wished:
            part = panel.sel(**wished)
            unknowing = rg.protect(rg.Panel(part.data, part.catalogue)).data["sign"]
            assert unknowing.tolist() != alone.sel(**wished).data["sign"].tolist()
    return alone


@pytest.fixture(scope="module")
def studies(panel, safe):
    """By selection, the study of the figures and that of what may be shown of them."""
    held = {}

    def both(wished):
        if wished not in held:
            said = {"division": SCHEME, "lang": "de", "settings": rg.Settings(q_watch=0.9, q_check=0.5)}
            held[wished] = [rg.Study(one.sel(**SELECTIONS[wished]), **said) for one in (panel, safe)]
        return held[wished]

    return both


def verbs():
    def takes_a_study(name):
        function = getattr(rg, name)
        parameters = inspect.signature(function).parameters if callable(function) else {}
        return not inspect.isclass(function) and next(iter(parameters), "") == "study"

    return sorted(name for name in rg.__all__ if takes_a_study(name))


VERBS = verbs()


def value_for(parameter, folder):
    values = {
        "what": INDICATOR,
        "area": "17",
        "region": "17/18",
        "folder": folder,
        "kind": "temporal",
        "places": pd.DataFrame({"lon": [11.58], "lat": [48.13], "name": ["Haus"]}),
        "maps": {folder / "city.png": INDICATOR},
    }
    return values[parameter]


def asked(name, study, folder):
    """Call a verb with what it needs; what it says where it cannot is told too."""
    function = getattr(rg, name)
    needed = [
        one.name
        for one in list(inspect.signature(function).parameters.values())[1:]
        if one.default is inspect.Parameter.empty and one.kind is not inspect.Parameter.VAR_KEYWORD
    ]
    options = {"warnings": True} if name in ("plot_map", "explore_map") else {}
    try:
        if name == "plot_warning":
            found = rg.detect_warnings(study)
            return function(study, found.iloc[0]) if len(found) else "no warning"
        if name == "plot_cluster_map":
            rows = study.subject.sel(level="district", period="2023").data
            values = rows[rows["group"] == rows["group"].iloc[0]].set_index("area_id")["value"]
            return function(study, rg.local_moran(values.fillna(values.mean()), study.neighbors("district")))
        if name in ("plot_scatter", "plot_bivariate"):
            return function(study, [INDICATOR, INDICATOR])
        return function(study, **{one: value_for(one, folder) for one in needed}, **options)
    except rg.errors.RegsamGeoError as error:
        return f"{type(error).__name__}: {error}"


def told(result, folder):
    """Give everything that a result says, as text and bytes."""
    if isinstance(result, pd.DataFrame | pd.Series):
        yield pd.DataFrame(result).drop(columns="geometry", errors="ignore").to_csv()
        yield repr(result.attrs)
        facts = getattr(result, "facts", None)
        if isinstance(result, rg.WarningTable):
            facts = dataclasses.replace(facts, settings=None, detectors=())
        yield from () if facts is None else told(facts, folder)
    elif isinstance(result, Figure):
        yield figure_bytes(result, "svg").decode()
    elif isinstance(result, folium.Map):
        yield result.get_root().render()
    elif isinstance(result, Path):
        yield str(result.relative_to(folder))
        yield from told_by_file(result)
    elif isinstance(result, rg.Panel):
        yield from told(result.data, folder)
        yield from told(result.catalogue, folder)
    elif isinstance(result, dict) or hasattr(result, "items"):
        yield from (text for key, value in result.items() for text in (str(key), *told(value, folder)))
    elif isinstance(result, list | tuple | set):
        yield from (text for one in result for text in told(one, folder))
    elif dataclasses.is_dataclass(result):
        if hasattr(result, "to_html"):
            yield result.to_html()
        names = [one.name for one in dataclasses.fields(result) if one.name not in ("folder", "index", "content")]
        yield from (text for one in names for text in told(getattr(result, one), folder))
    elif result is not None and not isinstance(result, rg.Study):
        yield str(result)


def told_by_file(path):
    if path.suffix in (".png", ".svg"):
        yield path.read_bytes().hex()
    elif not path.name.startswith("angaben"):
        yield from texts_of(path)


def check(name, studies, tmp_path_factory):
    found = []
    for study in studies:
        folder = tmp_path_factory.mktemp(name)
        found.append(list(told(asked(name, study, folder), folder)))
    assert found[0] == found[1]


def test_every_verb_is_asked():
    assert set(VERBS) == set(method_names())


@pytest.mark.parametrize("name", [name for name in VERBS if name not in HEAVY])
def test_a_selection_shows_what_the_whole_allows(name, studies, tmp_path_factory):
    check(name, studies("all"), tmp_path_factory)


@pytest.mark.slow
@pytest.mark.parametrize("name", HEAVY)
def test_files_of_a_selection_show_what_the_whole_allows(name, studies, tmp_path_factory):
    check(name, studies("women"), tmp_path_factory)


@pytest.mark.long
@pytest.mark.parametrize("wished", SELECTIONS)
@pytest.mark.parametrize("name", VERBS)
def test_every_selection_shows_what_the_whole_allows(name, wished, studies, tmp_path_factory):
    check(name, studies(wished), tmp_path_factory)


# --- warnings that were made of the figures as they are


def test_no_map_shows_warnings_of_figures_as_they_are(panel):
    raw = rg.detect_warnings(rg.Study(panel, threshold=None, settings=rg.Settings(q_watch=0.99)))
    for view in (rg.plot_map, rg.explore_map, rg.plot_change_map):
        with pytest.raises(OptionError, match="Beratene"):
            view(panel, warnings=raw)


def test_a_warning_of_a_hidden_cell_is_no_chart_and_stands_on_no_map(panel):
    hidden = (
        rg.protect(panel).data.query("sign == 'suppressed' and period == '2023' and level == 'district'").iloc[0]
    )
    key = {name: hidden[name] for name in ("indicator", "group", "period", "level", "area_id")}
    row = {
        **key,
        "urgency": "check",
        "sentence_de": "Hier stehen 2.",
        "sentence_en": "There are 2.",
        "kinds": "level",
    }
    with pytest.raises(OptionError, match=hidden["area_id"]):
        rg.plot_warning(panel, row)
    with pytest.raises(OptionError, match=hidden["area_id"]):
        rg.plot_warning(panel.sel(group=hidden["group"], period=2023), row)
    page = rg.explore_map(panel.sel(period=2023), warnings=pd.DataFrame([row])).get_root().render()
    assert "Hier stehen" not in page
    assert "There are 2" not in page
