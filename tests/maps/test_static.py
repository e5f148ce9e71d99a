from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from PIL import Image

import regsam_geo as rg
from regsam_geo.errors import BoundaryError, InputError, OptionError
from regsam_geo.look import classify, get_theme
from regsam_geo.look.save import figure_bytes, pixels
from regsam_geo.maps.change_map import change_of
from regsam_geo.maps.map_values import find_values
from regsam_geo.maps.one_region import cut_region

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, fields_of, legend_colors, letters, map_colors

pytestmark = pytest.mark.usefixtures("german")

DISTRICTS = rg.load_boundaries("district")
VALUES = pd.Series(np.arange(25.0), DISTRICTS.index, name="Beispiel")


def sample(**wished):
    return rg.load_sample().sel("Arbeitslose - Anteil", **({"period": 2024} | wished))


def test_a_panel_brings_title_unit_city_and_source():
    words = letters(rg.plot_map(sample()))
    assert "Arbeitslose" in words
    assert "Anteil an der Bevölkerung von 15 bis 64 Jahren · Stadtbezirke · 2024" in words
    assert "Stadt München: 3,9\xa0%" in words
    assert "Indikatorenatlas 2025" in words
    assert "Gebietsgrenzen: Landeshauptstadt München, Stand 2025 (dl-de/by-2-0)." in words
    english = letters(rg.plot_map(rg.Study(sample(), lang="en")))
    assert "City of Munich: 3.9\xa0%" in english
    assert "Unemployed" in english


def test_all_three_forms_of_values_draw_the_same_map():
    panel = sample(level="district")
    series = panel.data.set_index("area_id")["value"]
    words = {"title": "T", "subtitle": "", "unit": "%", "decimals": 1, "source": ""}
    pages = [
        rg.plot_map(panel, **words),
        rg.plot_map(DISTRICTS, series.sample(frac=1, random_state=1), **words),
        rg.plot_map(DISTRICTS.assign(share=series), "share", **words),
        rg.plot_map(rg.Study(panel, DISTRICTS), **words),
        rg.load_study(period=2024).sel(level="district").plot_map("Arbeitslose", style=rg.Style(**words)),
    ]
    first = pixels(pages[0], 50)
    assert all(np.array_equal(first, pixels(page, 50)) for page in pages[1:])


def test_the_input_is_left_alone():
    areas, values = DISTRICTS.copy(), VALUES.copy()
    rg.plot_map(areas, values)
    pd.testing.assert_frame_equal(pd.DataFrame(areas), pd.DataFrame(DISTRICTS))
    pd.testing.assert_series_equal(values, VALUES)


def test_a_partial_match_is_drawn_and_told():
    values = pd.concat([VALUES.iloc[:20], pd.Series([1.0, 2.0], index=["99", "98"])])
    figure = rg.plot_map(DISTRICTS, values)
    words = letters(figure)
    assert "2 Werte gehören zu keinem Gebiet der Karte: 99, 98." in words
    assert "kein Wert" in words
    check_page(figure)


def test_missing_values_are_named_with_their_reason_and_secret_ones_apart():
    panel = sample()
    data = panel.data.copy()
    data.loc[data["area_id"] == "03", ["value", "sign"]] = [np.nan, "suppressed"]
    data.loc[data["area_id"] == "07", ["value", "sign"]] = [np.nan, "later"]
    figure = rg.plot_map(rg.Panel(data, panel.catalogue))
    words = letters(figure)
    assert "geheim gehalten" in words
    assert "folgt später" in words
    assert len(fields_of(figure)) == 7


@pytest.mark.parametrize("values", [pd.Series(np.nan, DISTRICTS.index), VALUES.where(VALUES == 3)])
def test_nothing_or_one_value(values):
    check_page(rg.plot_map(DISTRICTS, values, title="Fast leer"))


def test_finished_classes_are_kept_and_opened_where_values_lie_beyond():
    classes = classify([5.0, 10.0, 15.0], [7, 12])
    figure = rg.plot_map(DISTRICTS, VALUES, classes=classes)
    assert "12 und mehr" in letters(figure)
    closed = classify([5.0, 10.0, 15.0], "equal", 2)
    assert "unter 10" in letters(rg.plot_map(DISTRICTS, VALUES, classes=closed))


def test_every_warned_area_has_its_sign_and_sentence():
    table = pd.DataFrame(
        {
            "area_id": ["08", "08", "16", "77"],
            "urgency": ["watch", "priority", "check", "check"],
            "sentence_de": ["Erster Satz.", "Zweiter Satz.", "Dritter Satz.", "Anderswo."],
            "sentence_en": ["One."] * 4,
        }
    )
    figure = rg.plot_map(DISTRICTS, VALUES, title="Mit Hinweisen", warnings=table)
    words = letters(figure)
    assert "Zweiter Satz. Erster Satz." in words  # the urgent one first, both under one number
    assert "Dritter Satz." in words
    assert "1 Hinweis gilt einem Gebiet außerhalb der Karte." in words
    assert "Quadrat: vorrangig prüfen; voller Kreis: prüfen" in words


@pytest.mark.parametrize("theme", ["meeting", "print", "slide", "mono"])
@pytest.mark.parametrize("n", [1, 2, 4, 12, 25])
def test_sentences_stay_readable_and_every_number_is_explained(theme, n):
    # as long as the real ones: 400 letters and more
    sentence = (
        "Satz{} "
        + "Der Anteil ist seit 2019 stärker gestiegen als in der ganzen Stadt; das war nicht zu erwarten. " * 4
    )
    table = pd.DataFrame(
        {
            "area_id": DISTRICTS.index[:n],
            "urgency": (["priority", "check", "watch"] * 9)[:n],
            "sentence_de": [sentence.format(i) for i in range(n)],
            "sentence_en": "x",
        }
    )
    figure = rg.plot_map(DISTRICTS, VALUES, title="Mit Hinweisen", warnings=table, theme=theme)
    check_page(figure)
    words = letters(figure)
    ranked = sorted(range(n), key=lambda i: ("priority", "check", "watch").index(table["urgency"][i]))
    shown = [number for number, i in enumerate(ranked, start=1) if f"Satz{i} " in words]
    brief = [
        number
        for number, i in enumerate(ranked, start=1)
        if f"{number}:{i + 1}{DISTRICTS['name'].iloc[i]}".replace(" ", "") in words.replace(" ", "")
    ]
    # the sentences of the most urgent, the place of every other number
    assert shown == list(range(1, len(shown) + 1))
    assert brief == list(range(len(shown) + 1, n + 1))
    assert len(shown) >= (min(n, 2) if n < 25 else 1)
    assert "ohne Nummer" not in words
    beside = [
        text for text in figure.findobj(Text) if re.search(r"Satz\d|stärker|Quadrat|Ohne Platz", text.get_text())
    ]
    assert min(text.get_fontsize() for text in beside) >= 8.0 - 1e-9


def test_no_number_stands_on_a_map_that_nothing_explains():
    areas = rg.load_boundaries("subdistrict")
    values = pd.Series(np.arange(len(areas), dtype=float), index=areas.index)
    table = pd.DataFrame(
        {"area_id": areas.index[:90], "urgency": "check", "sentence_de": "Satz. " * 20, "sentence_en": "x"}
    )
    figure = rg.plot_map(areas, values, title="Viele", warnings=table)
    check_page(figure)
    words = letters(figure)
    kept = max(number for number in range(1, 91) if f"{number}: " in words)
    assert 10 < kept < 90
    assert all(f"{number}: " in words for number in range(1, kept + 1))
    assert f"{90 - kept} weitere Hinweise ohne Nummer" in words
    # the discs, apart from the labels of the areas, which have a dot
    in_map = {text.get_text() for text in figure.axes[0].texts} & {str(number) for number in range(1, 91)}
    assert in_map == {str(number) for number in range(1, kept + 1)}


def test_warnings_of_other_indicators_stay_out():
    panel = sample()
    table = pd.DataFrame(
        {
            "indicator": ["Arbeitslose - Anteil", "Nichtdeutsche"],
            "group": "insgesamt",
            "period": "2024",
            "level": "district",
            "area_id": ["08", "16"],
            "urgency": "check",
            "sentence_de": ["Hierher.", "Nicht hierher."],
            "sentence_en": "x",
        }
    )
    words = letters(rg.plot_map(panel, warnings=table))
    assert "Hierher." in words
    assert "Nicht hierher." not in words


def test_own_polygons_in_another_projection():
    own = DISTRICTS.iloc[:4].to_crs(4326).set_axis(["a", "b", "c", "d"])[["name", "geometry"]]
    figure = rg.plot_map(own, pd.Series([1.0, 2.0, 3.0, 4.0], own.index), title="Eigene Gebiete")
    assert "Gebietsgrenzen" not in letters(figure)
    check_page(figure)


def test_labels_of_names_fall_back_to_a_key():
    figure = rg.plot_map(DISTRICTS, VALUES, labels="name", theme="print", title="Namen")
    words = letters(figure)
    assert "8\xa0Schwanthalerhöhe" in words
    assert "Aubing-" in words
    check_page(figure)


def test_quarters_stand_in_titles_as_people_write_them():
    quarters = [f"{year}-Q{number}" for year in (2023, 2024) for number in range(1, 5)]
    rows = [
        {"indicator": "Quote", "period": period, "area_id": area, "value": value + at}
        for at, period in enumerate(quarters)
        for area, value in VALUES.items()
    ]
    study = rg.Study(rg.Panel.from_frame(pd.DataFrame(rows)), lang="de")
    figures = {
        "· 4. Quartal 2024": study.plot_map("Quote"),
        "· Veränderung 1. Quartal 2023 bis 4. Quartal 2024": study.plot_change_map("Quote"),
        "· 4. Quartal 2023 bis 4. Quartal 2024": study.plot_map_series("Quote", ["2023-Q4", "2024-Q4"]),
        "Stadtbezirke · 4. Quartal 2024": study.plot_map_series("Quote", ["2024-Q4"]),
    }
    for words, figure in figures.items():
        said = letters(figure)
        assert words in said
        assert not re.search(r"20\d\d-Q\d", said)


def test_series_share_their_classes():
    figure = rg.plot_map_series(rg.load_study(), "Arbeitslose", [2014, 2024])
    words = letters(figure)
    assert "2014 · Stadt" in words
    assert len(figure.axes) == 2
    assert map_colors(figure) <= legend_colors(figure)


def test_changes_are_differences_with_their_sign():
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level=["district", "city"])
    early, late = (find_values(rg.Study(panel), None, year)[1] for year in (2019, 2024))
    change = change_of(early, late, "2019", "2024")
    data = panel.data.set_index(["period", "area_id"])["value"]
    assert change.numbers[0] == pytest.approx(data["2024", "01"] - data["2019", "01"])
    assert change.city == pytest.approx(data["2024", "munich"] - data["2019", "munich"])
    assert "Prozentpunkte" in letters(rg.plot_change_map(panel, None, 2019))


def test_a_region_map_counts_only_its_own_areas():
    figure = rg.plot_map(sample(), region="Region 17-18")
    assert "REGSAM-Region 17/18 · Anteil an der Bevölkerung" in letters(figure)
    check_page(figure)
    with pytest.raises(OptionError) as caught:
        rg.plot_map(sample(), region="17/19")
    assert caught.value.code == "region_unknown"


def words_in_map(figure):
    """Return the labels in the map, as they are written."""
    return [text.get_text() for text in figure.axes[0].findobj(Text) if text.get_text()]


def test_regions_carry_their_numbers_where_areas_have_no_labels():
    quarters = rg.load_boundaries("quarter")
    values = pd.Series(np.arange(len(quarters)) % 40, quarters.index)
    figure = rg.plot_map(quarters, values, title="Viertel")
    regions = set(DISTRICTS["region_id"])
    assert set(words_in_map(figure)) == regions
    assert "Grenzen und Nummern der REGSAM-Regionen" in letters(figure)
    check_page(figure)
    assert not words_in_map(rg.plot_map(quarters, values, region_labels=False))
    assert not words_in_map(rg.plot_map(quarters, values, regions=False))


def test_regions_are_named_over_districts_if_wished():
    usual = words_in_map(rg.plot_map(DISTRICTS, VALUES))
    assert set(usual) == {str(number) for number in range(1, 26)}
    figure = rg.plot_map(DISTRICTS, VALUES, region_labels=True)
    several = {region for region in DISTRICTS["region_id"] if "/" in region}
    # a region of one district is named by its district
    assert Counter(words_in_map(figure)) == Counter([*usual, *several])
    check_page(figure)


def test_names_of_regions_without_room_are_counted():
    tiny = get_theme("meeting").with_(label_size=60)
    figure = rg.plot_map(DISTRICTS, VALUES, labels="none", theme=tiny)
    left = set(DISTRICTS["region_id"]) - set(words_in_map(figure))
    assert left
    assert f"{len(left)} Beschriftungen ohne Platz in der Karte" in letters(figure)


PARTS = {
    "four districts of the middle": (DISTRICTS.iloc[:4], True),
    "own areas in the city": (DISTRICTS.iloc[:4].set_axis(["a", "b", "c", "d"])[["name", "geometry"]], True),
    "all districts": (DISTRICTS, False),
    "nearly all districts": (DISTRICTS.drop(index="08"), False),
    "districts at opposite ends": (DISTRICTS.loc[["22", "24", "15", "19"]], False),
    "somewhere else": (DISTRICTS.iloc[:4].translate(90_000, 0).to_frame("geometry"), False),
}


@pytest.mark.parametrize("case", PARTS)
def test_a_part_of_the_city_gets_a_small_map_of_the_whole(case):
    areas, expected = PARTS[case]
    values = pd.Series(np.arange(len(areas)), areas.index)
    figure = rg.plot_map(areas, values, title="Ein Teil")
    assert len(figure.axes) == 1 + expected
    check_page(figure)
    assert len(rg.plot_map(areas, values, inset=False).axes) == 1


def test_every_kind_of_map_can_show_where_a_part_lies():
    part = DISTRICTS.iloc[:4]
    panel = sample(level="district", period=["2019", "2024"])
    panel = rg.Panel(panel.data[panel.data["area_id"].isin(part.index)], panel.catalogue)
    study = rg.Study(panel, part)
    clusters = pd.DataFrame({"quadrant": "high-high", "p": 0.01}, index=part.index)
    status = pd.DataFrame({"status": "high", "dynamics": "stable"}, index=part.index)
    for theme in ("meeting", "print"):
        assert len(rg.plot_map_series(study, theme=theme).axes) == 3
        assert len(rg.plot_change_map(study, None, "2019", theme=theme).axes) == 2
        assert len(rg.plot_cluster_map(study, clusters, title="", theme=theme).axes) == 2
        assert len(rg.plot_situation(study, status, theme=theme).axes) == 2


@pytest.mark.parametrize("theme", ["meeting", "print"])
def test_the_logo_stands_at_the_top_right_and_pushes_the_title_aside(theme, tmp_path):
    # red on top, green below, twice as wide as high
    picture = np.zeros((40, 80, 3), dtype=np.uint8)
    picture[:20, :, 0] = picture[20:, :, 1] = 200
    Image.fromarray(picture).save(tmp_path / "logo.png")
    look = get_theme(theme).with_(logo=tmp_path / "logo.png", logo_height=10)
    title = "Ein Titel, der so lang ist, dass er ohne das Logo die ganze Breite des Blattes füllen würde, und mehr"
    figure = rg.plot_map(DISTRICTS, VALUES, title=title, theme=look)
    drawn, unit = pixels(figure, 100), 100 / 25.4
    right, top = round((look.width - look.margin) * unit), round(look.margin * unit)
    logo = drawn[top : top + round(10 * unit), right - round(20 * unit) : right].astype(int)
    middle = logo.shape[0] // 2
    assert np.abs(logo[2 : middle - 2, 2:-2] - [200, 0, 0]).max() < 8
    assert np.abs(logo[middle + 3 : -3, 2:-2] - [0, 200, 0]).max() < 8
    for text in check_page(figure):
        over = text.north / 150 * 25.4 > look.height - look.margin - 10
        assert not over or text.east / 150 * 25.4 < look.width - look.margin - 20
    assert figure_bytes(figure, "pdf").startswith(b"%PDF")


def test_date_vintage_scale_and_north_stand_on_the_page():
    words = letters(rg.plot_map(DISTRICTS, VALUES, date="22. November 2026"))
    for part in ("Erstellt: 22. November 2026.", "Stand 2025", "5\xa0km", " N "):
        assert part in f" {words} "
    assert "Erstellt" not in letters(rg.plot_map(DISTRICTS, VALUES))


def test_the_scale_bar_is_as_long_as_it_says():
    figure = rg.plot_map(rg.Study(areas=DISTRICTS, lang="en"), VALUES)
    axes = figure.axes[0]
    bars = [one for one in figure.findobj(Rectangle) if one.get_height() == 0.9]
    drawn = sum(bar.get_width() for bar in bars)
    west, east = axes.get_xlim()
    meters = (east - west) / (axes.get_position().width * 297)
    assert drawn * meters == pytest.approx(5000)
    assert "5\xa0km" in letters(figure)


def test_clusters_leave_areas_above_alpha_light():
    result = pd.DataFrame({"quadrant": "high-high", "p": np.linspace(0.001, 1, 25)}, index=DISTRICTS.index)
    result.iloc[24, 0] = ""
    figure = rg.plot_cluster_map(DISTRICTS, result, title="Haufen")
    words = letters(figure)
    assert "hoher Wert in hoher Umgebung" in words
    assert "nicht eingestuft" in words
    check_page(figure)


def test_a_batch_gives_the_same_files_as_single_maps(tmp_path):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    series = panel.sel(period=2021).data.set_index("area_id")["value"]
    single = {
        tmp_path / "2022.png": (("Arbeitslose", 2022), {"what": "Arbeitslose", "period": 2022}),
        tmp_path / "region.png": ({"period": 2023, "region": "Hadern"}, {"period": 2023, "region": "20"}),
        tmp_path / "newest.png": ("Arbeitslose - Anteil", {}),
        tmp_path / "series.png": (series, {"what": series}),
    }
    style = rg.Style(palette="brick")
    wanted = {path: wish for path, (wish, _) in single.items()}
    files = rg.save_maps(panel, wanted, dpi=40, style=style, k=3)
    assert files == list(wanted)
    for path, (_, options) in single.items():
        alone = rg.plot_map(panel, **options, palette="brick", k=3)
        assert rg.save_figure(alone, tmp_path / "alone.png", dpi=40).read_bytes() == path.read_bytes()
    assert len({path.read_bytes() for path in files}) == len(files)


@pytest.mark.slow
def test_two_processes_give_the_same_files_as_one(tmp_path):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    one = {tmp_path / "one" / f"{year}.png": ("Arbeitslose", year) for year in (2022, 2023, 2024)}
    two = {tmp_path / "two" / path.name: wish for path, wish in one.items()}
    rg.set_language("en")  # another process has to be told
    rg.save_maps(panel, one, dpi=40)
    rg.save_maps(panel, two, dpi=40, workers=2)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


@pytest.mark.parametrize("level", ["district", "subdistrict", "quarter", "region", "own"])
def test_the_level_of_areas_is_known_by_their_ids(level):
    areas = DISTRICTS.iloc[:2].set_axis(["P1", "P2"]) if level == "own" else rg.load_boundaries(level)
    values = pd.Series(1.0, areas.index)
    assert find_values(rg.Study(areas=areas), values)[1].level == level
    counted = {"district": "Bezirke", "region": "Regionen", "own": "Gebiete"}
    if level in counted:
        assert counted[level] in letters(rg.plot_map(areas, values))


def test_a_title_is_split_at_its_explanation():
    catalogue = {"x": {"title_de": "Anteil (Regel-)Leistung"}, "y": {"title_de": "Dichte (je km²)"}}
    frame = pd.DataFrame(
        {"period": "2024", "level": "district", "area_id": DISTRICTS.index, "value": VALUES.to_numpy()}
    )
    frame = pd.concat([frame.assign(indicator=name) for name in catalogue])
    panel = rg.Panel.from_frame(frame).with_catalogue(catalogue)
    titles = [find_values(rg.Study(panel), name)[1] for name in catalogue]
    assert [values.title for values in titles] == ["Anteil (Regel-)Leistung", "Dichte"]
    assert [values.subtitle for values in titles] == ["Stadtbezirke · 2024", "Je km² · Stadtbezirke · 2024"]


def test_a_panel_of_many_gives_its_first_headline_in_its_newest_period():
    panel = rg.load_sample()
    values = find_values(rg.Study(panel), None)[1]
    first = panel.catalogue[panel.catalogue["headline"]].iloc[0]
    assert values.key == (first["indicator"], first["group"], max(panel.data["period"]))
    assert find_values(rg.Study(panel, period=2020), None)[1].key[2] == "2020"
    assert find_values(rg.Study(panel, period=2020), "Arbeitslose", 2019)[1].key[2] == "2019"


OWN_SCHEME = pd.DataFrame(
    {
        "region_id": ["N" if int(district) < 13 else "S" for district in DISTRICTS.index],
        "region_name": ["Nord" if int(district) < 13 else "Süd" for district in DISTRICTS.index],
    },
    index=DISTRICTS.index,
)


def test_regions_are_those_of_the_studys_scheme():
    study = rg.Study(sample(), division=OWN_SCHEME)
    figure = rg.plot_map(study, labels="none")
    assert set(words_in_map(figure)) == {"N", "S"}
    assert "Grenzen und Nummern der eigenen Regionen" in letters(figure)
    assert "REGSAM" not in letters(figure)
    cut = rg.plot_map(study, region="Nord")
    assert "Region N · Anteil" in letters(cut)
    assert "REGSAM" not in letters(cut)
    inside = {name for name in DISTRICTS["name"][:12] if name in letters(cut)}
    assert len(inside) > 3
    series = rg.plot_map_series(rg.Study(rg.load_sample(), division=OWN_SCHEME), "Arbeitslose", [2023, 2024])
    assert "Grenzen der eigenen Regionen" in letters(series)


def test_a_region_map_shows_the_areas_of_the_region_by_the_studys_scheme():
    study = rg.Study(sample(), division=OWN_SCHEME)
    cut = cut_region(study, "Nord", *find_values(study, None), rg.Style())
    assert list(cut.layer.index) == [f"{number:02d}" for number in range(1, 13)]
    assert list(cut.around.index) == [f"{number:02d}" for number in range(13, 26)]
    data = sample().data.set_index("area_id")["value"]
    assert cut.inside.numbers.tolist() == data[cut.layer.index].tolist()


def test_true_draws_the_studys_own_warnings():
    study = rg.load_study(period=2023)
    table = rg.detect_warnings(study)
    indicator = table["indicator"].iloc[0]
    own = rg.plot_map(study, indicator, warnings=True)
    assert np.array_equal(pixels(own, 40), pixels(rg.plot_map(study, indicator, warnings=table), 40))
    assert "Hinweise" in letters(own)
    assert "Hinweise" not in letters(rg.plot_map(study, indicator))


def test_the_map_of_the_situation_computes_what_it_draws():
    study = rg.load_study(period=2024)
    result = rg.social_situation(study)
    words = {"subtitle": "Stadtbezirke · 2024", "source": "Landeshauptstadt München, Statistisches Amt, x"}
    drawn = [rg.plot_situation(study, one, **words) for one in (None, result)]
    assert np.array_equal(pixels(drawn[0], 40), pixels(drawn[1], 40))
    computed = letters(rg.plot_situation(study))
    assert "Stadtbezirke · 2024" in computed
    assert "Indikatorenatlas 2025" in computed


NO_MATCH = pd.Series([1.0], index=["xx"])
TWICE = gpd.GeoDataFrame(pd.concat([DISTRICTS, DISTRICTS]))
STRANGE = pd.DataFrame({"status": "good", "dynamics": "stable"}, index=DISTRICTS.index)
NO_SENTENCE = pd.DataFrame({"area_id": ["01"]})
ALL_YEARS = rg.load_sample().sel("Nichtdeutsche")
EMPTY = DISTRICTS.assign(geometry=[None, *DISTRICTS.geometry[1:]])
NO_LOGO = get_theme("meeting").with_(logo=Path("no_such.png"))
CLUSTERS = pd.DataFrame({"quadrant": "high-high", "p": 0.01}, index=["x", "y"])

WRONG = {
    "map_no_match": (InputError, lambda: rg.plot_map(DISTRICTS, NO_MATCH)),
    "values_text": (InputError, lambda: rg.plot_map(DISTRICTS, VALUES.astype(str) + "?")),
    "values_infinite": (InputError, lambda: rg.plot_map(DISTRICTS, VALUES.replace(3.0, np.inf))),
    "classes_order": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, classes=[5, 3])),
    "palette_unknown": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, palette="rainbow")),
    "theme_unknown": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, theme="poster")),
    "classes_method": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, classes="jenks")),
    "classes_number": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, k=13)),
    "classes_center": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, classes="diverging")),
    "map_area_empty": (BoundaryError, lambda: rg.plot_map(EMPTY, VALUES)),
    "map_logo": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, theme=NO_LOGO)),
    "region_unknown": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, region="17/19")),
    "map_region": (OptionError, lambda: rg.plot_map(DISTRICTS.iloc[:3], VALUES.iloc[:3], region="17/18")),
    "style_unknown": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, lables="name")),
    "style_without": (OptionError, lambda: rg.plot_cluster_map(DISTRICTS, CLUSTERS, k=3)),
    "map_labels": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, labels="id")),
    "map_column": (OptionError, lambda: rg.plot_map(DISTRICTS, "no_such")),
    "map_values": (InputError, lambda: rg.plot_map(DISTRICTS, [1, 2])),
    "map_values_twice": (InputError, lambda: rg.plot_map(DISTRICTS, pd.concat([VALUES, VALUES]))),
    "map_areas": (BoundaryError, lambda: rg.plot_map(rg.Study(areas=pd.DataFrame(DISTRICTS)), VALUES)),
    "map_no_areas": (BoundaryError, lambda: rg.plot_map(DISTRICTS.iloc[:0], VALUES)),
    "map_areas_twice": (BoundaryError, lambda: rg.plot_map(TWICE, VALUES)),
    "map_warnings_type": (InputError, lambda: rg.plot_map(DISTRICTS, VALUES, warnings="all")),
    "map_warnings": (InputError, lambda: rg.plot_map(DISTRICTS, VALUES, warnings=NO_SENTENCE)),
    "map_result_columns": (
        InputError,
        lambda: rg.plot_cluster_map(DISTRICTS, pd.DataFrame({"p": VALUES}), title=""),
    ),
    "map_word": (InputError, lambda: rg.plot_situation(DISTRICTS, STRANGE)),
    "not_in_panel": (OptionError, lambda: rg.plot_change_map(sample(), None, 1950)),
    "map_change_period": (OptionError, lambda: rg.plot_change_map(sample())),
    "map_series_number": (OptionError, lambda: rg.plot_map_series(ALL_YEARS)),
}


@pytest.mark.parametrize("code", WRONG)
def test_wrong_input_gives_one_clear_error(code):
    error, call = WRONG[code]
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code


EACH = {
    "map": lambda values=VALUES, **o: rg.plot_map(DISTRICTS, values, **o),
    "region": lambda values=VALUES, **o: rg.plot_map(DISTRICTS, values, region="17/18", **o),
    "series": lambda **o: rg.plot_map_series(ALL_YEARS, None, [2023, 2024], **o),
    "change": lambda **o: rg.plot_change_map(ALL_YEARS, None, 2019, **o),
}


@pytest.mark.parametrize("kind", EACH)
@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"classes": [5, 3]}, "classes_order"),
        ({"classes": "jenks"}, "classes_method"),
        ({"k": 0}, "classes_number"),
        ({"theme": "poster"}, "theme_unknown"),
        ({"palette": "rainbow"}, "palette_unknown"),
    ],
)
def test_every_classed_map_says_what_is_wrong(kind, options, code):
    with pytest.raises(OptionError) as caught:
        EACH[kind](**options)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", EACH)
def test_every_classed_map_takes_a_source_in_place_of_the_panels(kind):
    words = letters(EACH[kind](source="eigene Zählung"))
    assert "Quelle: eigene Zählung." in words
    assert "Indikatorenatlas" not in words
    if kind in ("series", "change"):  # whose values know where they come from
        assert "Indikatorenatlas 2025" in letters(EACH[kind]())


@pytest.mark.parametrize("kind", ["map", "region"])
@pytest.mark.parametrize(
    ("values", "code"),
    [
        (NO_MATCH, "map_no_match"),
        (VALUES.astype(str) + " %", "values_text"),
        (VALUES.replace(3.0, -np.inf), "values_infinite"),
    ],
)
def test_values_are_checked_on_every_map(kind, values, code):
    with pytest.raises(InputError) as caught:
        EACH[kind](values)
    assert caught.value.code == code


@pytest.mark.parametrize("draw", [rg.plot_cluster_map, rg.plot_situation])
def test_results_of_other_areas_are_refused(draw):
    result = CLUSTERS.assign(status="high", dynamics="stable")
    with pytest.raises(InputError) as caught:
        draw(DISTRICTS, result, title="")
    assert caught.value.code == "map_no_match"


def test_ids_of_ones_own_are_printed_as_they_stand_and_thirds_with_few_digits():
    areas = rg.load_boundaries("district").iloc[:3].set_axis(["001", "002", "010"]).rename_axis("area_id")
    areas = areas.assign(name=areas.index)
    thirds = {"indicator": "Quote", "period": 2024, "level": "own", "value": [1 / 3, 2 / 3, 7 / 9]}
    panel = rg.Panel.from_frame(pd.DataFrame({**thirds, "area_id": areas.index}))
    figure = rg.Study(panel, areas=areas, lang="de").plot_map("Quote", 2024, regions=False)
    words = [text.get_text() for text in figure.findobj(Text)]
    assert {"001", "002", "010"} <= set(words)
    assert not [word for word in words if re.search(r"\d,\d{3}", word)]
