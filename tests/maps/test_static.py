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
from regsam_geo.maps.change import change_of
from regsam_geo.maps.values import level_of, split_title, values_for

sys.path.insert(0, str(Path(__file__).parent))
from pagecheck import check_page, fields_of, legend_colors, letters, map_colors

DISTRICTS = rg.load_boundaries("district")
VALUES = pd.Series(np.arange(25.0), DISTRICTS.index, name="Beispiel")


def sample(**wished):
    return rg.load_sample().sel("Arbeitslose - Anteil", **({"period": 2024} | wished))


def test_a_panel_brings_title_unit_city_and_source():
    words = letters(rg.plot_map(DISTRICTS, sample(), lang="de"))
    assert "Arbeitslose" in words
    assert "Anteil an der Bevölkerung von 15 bis 64 Jahren · Stadtbezirke · 2024" in words
    assert "Stadt München: 3,9\xa0%" in words
    assert "Indikatorenatlas 2025" in words
    assert "Gebietsgrenzen: Landeshauptstadt München, Stand 2025 (dl-de/by-2-0)." in words
    english = letters(rg.plot_map(DISTRICTS, sample(), lang="en"))
    assert "City of Munich: 3.9\xa0%" in english
    assert "Unemployed" in english


def test_all_three_forms_of_values_draw_the_same_map():
    panel = sample(level="district")
    series = panel.data.set_index("area_id")["value"]
    words = {"title": "T", "subtitle": "", "unit": "%", "decimals": 1, "source": ""}
    pages = [
        rg.plot_map(DISTRICTS, panel, **words),
        rg.plot_map(DISTRICTS, series.sample(frac=1, random_state=1), **words),
        rg.plot_map(DISTRICTS.assign(share=series), "share", **words),
        rg.plot_map(None, panel, **words),
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
    figure = rg.plot_map(DISTRICTS, values, lang="de")
    words = letters(figure)
    assert "2 Werte gehören zu keinem Gebiet der Karte: 99, 98." in words
    assert "kein Wert" in words
    check_page(figure)


def test_missing_values_are_named_with_their_reason_and_secret_ones_apart():
    panel = sample()
    data = panel.data.copy()
    data.loc[data["area_id"] == "03", ["value", "sign"]] = [np.nan, "suppressed"]
    data.loc[data["area_id"] == "07", ["value", "sign"]] = [np.nan, "later"]
    figure = rg.plot_map(DISTRICTS, rg.Panel(data, panel.catalogue), lang="de")
    words = letters(figure)
    assert "geheim gehalten" in words
    assert "folgt später" in words
    assert len(fields_of(figure)) == 7


@pytest.mark.parametrize("values", [pd.Series(np.nan, DISTRICTS.index), VALUES.where(VALUES == 3)])
def test_nothing_or_one_value(values):
    check_page(rg.plot_map(DISTRICTS, values, title="Fast leer"))


def test_finished_classes_are_kept_and_opened_where_values_lie_beyond():
    classes = classify([5.0, 10.0, 15.0], [7, 12])
    figure = rg.plot_map(DISTRICTS, VALUES, classes=classes, lang="de")
    assert "12 und mehr" in letters(figure)
    closed = classify([5.0, 10.0, 15.0], "equal", 2)
    assert "unter 10" in letters(rg.plot_map(DISTRICTS, VALUES, classes=closed, lang="de"))


def test_every_warned_area_has_its_sign_and_sentence():
    table = pd.DataFrame(
        {
            "area_id": ["08", "08", "16", "77"],
            "urgency": ["watch", "priority", "check", "check"],
            "sentence_de": ["Erster Satz.", "Zweiter Satz.", "Dritter Satz.", "Anderswo."],
            "sentence_en": ["One."] * 4,
        }
    )
    figure = rg.plot_map(DISTRICTS, VALUES, title="Mit Hinweisen", warnings=table, lang="de")
    words = letters(figure)
    assert "Zweiter Satz. Erster Satz." in words  # the urgent one first, both under one number
    assert "Dritter Satz." in words
    assert "1 Hinweis gilt einem Gebiet außerhalb der Karte." in words
    assert "Quadrat: vorrangig prüfen; voller Kreis: prüfen" in words


@pytest.mark.parametrize("theme", ["meeting", "print", "slide", "mono"])
@pytest.mark.parametrize("n", [1, 2, 4, 12, 25])
def test_sentences_stay_readable_and_those_without_room_are_counted(theme, n):
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
    figure = rg.plot_map(DISTRICTS, VALUES, title="Mit Hinweisen", warnings=table, theme=theme, lang="de")
    check_page(figure)
    words = letters(figure)
    shown = sum(f"Satz{i} " in words for i in range(n))
    assert shown >= min(n, 2)
    rest = "" if shown == n else f"{n - shown} weitere" if n - shown > 1 else "1 weiterer"
    assert ("weitere" in words) == bool(rest)
    assert rest in words
    assert f"(ab Nummer {shown + 1})" in words or not rest
    beside = [
        text for text in figure.findobj(Text) if re.search(r"Satz\d|stärker|Quadrat|weitere", text.get_text())
    ]
    assert min(text.get_fontsize() for text in beside) >= 8.0 - 1e-9


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
    words = letters(rg.plot_map(DISTRICTS, panel, warnings=table, lang="de"))
    assert "Hierher." in words
    assert "Nicht hierher." not in words


def test_own_polygons_in_another_projection():
    own = DISTRICTS.iloc[:4].to_crs(4326).set_axis(["a", "b", "c", "d"])[["name", "geometry"]]
    figure = rg.plot_map(own, pd.Series([1.0, 2.0, 3.0, 4.0], own.index), title="Eigene Gebiete")
    assert "Gebietsgrenzen" not in letters(figure)
    check_page(figure)


def test_labels_of_names_fall_back_to_a_key():
    figure = rg.plot_map(DISTRICTS, VALUES, labels="name", theme="print", title="Namen", lang="de")
    words = letters(figure)
    assert "8\xa0Schwanthalerhöhe" in words
    assert "Aubing-" in words
    check_page(figure)


def test_series_share_their_classes():
    panel = rg.load_sample().sel("Arbeitslose - Anteil")
    figure = rg.plot_map_series(DISTRICTS, panel, [2014, 2024], lang="de")
    words = letters(figure)
    assert "2014 · Stadt" in words
    assert len(figure.axes) == 2
    assert map_colors(figure) <= legend_colors(figure)


def test_changes_are_differences_with_their_sign():
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level=["district", "city"])
    early, late = (values_for(DISTRICTS, panel.sel(period=year)) for year in (2019, 2024))
    change = change_of(early, late, "2019", "2024")
    data = panel.data.set_index(["period", "area_id"])["value"]
    assert change.numbers[0] == pytest.approx(data["2024", "01"] - data["2019", "01"])
    assert change.city == pytest.approx(data["2024", "munich"] - data["2019", "munich"])
    assert "Prozentpunkte" in letters(rg.plot_change_map(DISTRICTS, panel, 2019, lang="de"))


def test_a_region_map_counts_only_its_own_areas():
    figure = rg.plot_region_map("17/18", DISTRICTS, sample(), lang="de")
    assert "REGSAM-Region 17/18 · Anteil an der Bevölkerung" in letters(figure)
    check_page(figure)
    with pytest.raises(OptionError) as caught:
        rg.plot_region_map("17/19", DISTRICTS, sample())
    assert caught.value.code == "map_region"


def words_in_map(figure):
    """Return the labels in the map, as they are written."""
    return [text.get_text() for text in figure.axes[0].findobj(Text) if text.get_text()]


def test_regions_carry_their_numbers_where_areas_have_no_labels():
    quarters = rg.load_boundaries("quarter")
    values = pd.Series(np.arange(len(quarters)) % 40, quarters.index)
    figure = rg.plot_map(quarters, values, title="Viertel", lang="de")
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
    figure = rg.plot_map(DISTRICTS, VALUES, labels="none", theme=tiny, lang="de")
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
    clusters = pd.DataFrame({"quadrant": "high-high", "p": 0.01}, index=part.index)
    status = pd.DataFrame({"status": "high", "dynamics": "stable"}, index=part.index)
    for theme in ("meeting", "print"):
        assert len(rg.plot_map_series(part, panel, theme=theme).axes) == 3
        assert len(rg.plot_change_map(part, panel, "2019", theme=theme).axes) == 2
        assert len(rg.plot_cluster_map(part, clusters, title="", theme=theme).axes) == 2
        assert len(rg.plot_status_dynamics(part, status, theme=theme).axes) == 2


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
    words = letters(rg.plot_map(DISTRICTS, VALUES, date="22. November 2026", lang="de"))
    for part in ("Erstellt: 22. November 2026.", "Stand 2025", "5\xa0km", " N "):
        assert part in f" {words} "
    assert "Erstellt" not in letters(rg.plot_map(DISTRICTS, VALUES, lang="de"))


def test_the_scale_bar_is_as_long_as_it_says():
    figure = rg.plot_map(DISTRICTS, VALUES, lang="en")
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
    figure = rg.plot_cluster_map(DISTRICTS, result, title="Haufen", lang="de")
    words = letters(figure)
    assert "hoher Wert in hoher Umgebung" in words
    assert "nicht eingestuft" in words
    check_page(figure)


def test_a_batch_gives_the_same_files_as_single_maps(tmp_path):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    wanted = {tmp_path / f"{year}.png": panel.sel(period=year) for year in (2022, 2023, 2024)}
    files = rg.save_maps(DISTRICTS, wanted, dpi=40)
    assert files == list(wanted)
    for path, values in wanted.items():
        alone = rg.save_figure(rg.plot_map(DISTRICTS, values), tmp_path / "alone.png", dpi=40)
        assert alone.read_bytes() == path.read_bytes()


@pytest.mark.slow
def test_two_processes_give_the_same_files_as_one(tmp_path):
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    one = {tmp_path / "one" / f"{year}.png": panel.sel(period=year) for year in (2022, 2023, 2024)}
    two = {tmp_path / "two" / path.name: values for path, values in one.items()}
    rg.save_maps(DISTRICTS, one, dpi=40)
    rg.save_maps(DISTRICTS, two, dpi=40, workers=2)
    assert [path.read_bytes() for path in one] == [path.read_bytes() for path in two]


def test_levels_are_told_by_their_ids():
    assert level_of(DISTRICTS.index) == "district"
    assert level_of(rg.load_boundaries("subdistrict").index) == "subdistrict"
    assert level_of(rg.load_boundaries("quarter").index) == "quarter"
    assert level_of(rg.load_boundaries("region").index) == "region"
    assert level_of(pd.Index(["P1", "P2"])) == "own"


def test_titles_are_split_at_their_explanation():
    assert split_title("Anteil (Regel-)Leistung") == ("Anteil (Regel-)Leistung", "")
    assert split_title("Dichte (je km²)") == ("Dichte", "Je km²")


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
    "map_region": (OptionError, lambda: rg.plot_region_map("17/19", DISTRICTS, VALUES)),
    "map_labels": (OptionError, lambda: rg.plot_map(DISTRICTS, VALUES, labels="id")),
    "map_column": (OptionError, lambda: rg.plot_map(DISTRICTS, "no_such")),
    "map_values": (InputError, lambda: rg.plot_map(DISTRICTS, [1, 2])),
    "map_values_twice": (InputError, lambda: rg.plot_map(DISTRICTS, pd.concat([VALUES, VALUES]))),
    "map_panel_several": (OptionError, lambda: rg.plot_map(DISTRICTS, rg.load_sample())),
    "map_areas": (BoundaryError, lambda: rg.plot_map(pd.DataFrame(DISTRICTS), VALUES)),
    "map_no_areas": (BoundaryError, lambda: rg.plot_map(DISTRICTS.iloc[:0], VALUES)),
    "map_areas_twice": (BoundaryError, lambda: rg.plot_map(TWICE, VALUES)),
    "map_warnings": (InputError, lambda: rg.plot_map(DISTRICTS, VALUES, warnings=NO_SENTENCE)),
    "map_result_columns": (
        InputError,
        lambda: rg.plot_cluster_map(DISTRICTS, pd.DataFrame({"p": VALUES}), title=""),
    ),
    "map_word": (InputError, lambda: rg.plot_status_dynamics(DISTRICTS, STRANGE)),
    "not_in_panel": (OptionError, lambda: rg.plot_change_map(DISTRICTS, sample(), 1950)),
    "map_series_number": (OptionError, lambda: rg.plot_map_series(DISTRICTS, ALL_YEARS)),
}


@pytest.mark.parametrize("code", WRONG)
def test_wrong_input_gives_one_clear_error(code):
    error, call = WRONG[code]
    with pytest.raises(error) as caught:
        call()
    assert caught.value.code == code


EACH = {
    "map": lambda values=VALUES, **o: rg.plot_map(DISTRICTS, values, **o),
    "region": lambda values=VALUES, **o: rg.plot_region_map("17/18", DISTRICTS, values, **o),
    "series": lambda **o: rg.plot_map_series(DISTRICTS, ALL_YEARS, [2023, 2024], **o),
    "change": lambda **o: rg.plot_change_map(DISTRICTS, ALL_YEARS, 2019, **o),
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
    if kind == "change" and "palette" in options:
        pytest.skip("takes the theme's palette")
    with pytest.raises(OptionError) as caught:
        EACH[kind](**options)
    assert caught.value.code == code


@pytest.mark.parametrize("kind", EACH)
def test_every_classed_map_takes_a_source_in_place_of_the_panels(kind):
    words = letters(EACH[kind](source="eigene Zählung", lang="de"))
    assert "Quelle: eigene Zählung." in words
    assert "Indikatorenatlas" not in words
    if kind in ("series", "change"):  # whose values know where they come from
        assert "Indikatorenatlas 2025" in letters(EACH[kind](lang="de"))


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


@pytest.mark.parametrize("draw", [rg.plot_cluster_map, rg.plot_status_dynamics])
def test_results_of_other_areas_are_refused(draw):
    result = CLUSTERS.assign(status="high", dynamics="stable")
    with pytest.raises(InputError) as caught:
        draw(DISTRICTS, result, title="")
    assert caught.value.code == "map_no_match"
