from __future__ import annotations

import numpy as np
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look.save import figure_bytes
from regsam_geo.warning.report.expected_band import expected_band, expected_bands


def texts_of(figure):
    return [artist.get_text() for artist in figure.findobj(lambda artist: hasattr(artist, "get_text"))]


@pytest.mark.parametrize("theme", ["meeting", "print", "mono"])
@pytest.mark.parametrize("lang", ["de", "en"])
def test_everything_written_lies_on_the_page(theme, lang):
    study = rg.load_study(lang=lang)
    figure = rg.plot_series(study, "Arbeitslose - Anteil", "17", flagged=[2020], theme=theme)
    figure.canvas.draw()
    page = figure.bbox
    for text in figure.findobj(lambda artist: hasattr(artist, "get_text")):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= page.x0 - 1
            assert box.x1 <= page.x1 + 1
            assert box.y0 >= page.y0 - 1
            assert box.y1 <= page.y1 + 1
    written = " ".join(texts_of(figure))
    assert "17 Obergiesing-Fasangarten" in written
    assert "Region 17/18" in written
    assert "Statistisches Amt" in written


def test_the_region_is_that_of_the_studys_own_scheme():
    scheme = rg.read_division().to_frame()
    scheme.loc[["17", "16"], ["region_id", "region_name"]] = ["16/17", "Zusammen"]
    scheme.loc["18", ["region_id", "region_name"]] = ["18", "Allein"]
    study = rg.load_study(division=scheme)
    rows = rg.load_sample().sel("Arbeitslose - Anteil", area=["16", "17"]).data.groupby("period")
    wanted = 100 * rows["numerator"].sum() / rows["denominator"].sum()
    figure = rg.plot_series(study, "Arbeitslose", "17", band=False)
    assert any("Region 16/17" in text for text in texts_of(figure))
    lines = [line.get_ydata() for line in figure.axes[1].lines if len(line.get_ydata()) == len(wanted)]
    assert any(np.allclose(line, wanted) for line in lines)
    alone = texts_of(rg.plot_series(study, "Arbeitslose", "18", band=False))
    assert not any("Region" in text for text in alone)


def test_band_and_region_can_be_left_out():
    figure = rg.plot_series(rg.load_study(), "Arbeitslose", "17", band=False, regions=False)
    written = " ".join(texts_of(figure))
    assert "Region 17/18" not in written
    assert "Graues Band" not in written
    assert not figure.axes[1].collections
    with_both = rg.plot_series(rg.load_study(), "Arbeitslose", "17")
    assert "Graues Band" in " ".join(texts_of(with_both))
    assert with_both.axes[1].collections


def test_what_a_style_says_is_written():
    style = rg.Style(
        title="Unser Titel", subtitle="Darunter", source="eigene Zählung", date="2. Mai 2025", decimals=2
    )
    figure = rg.plot_series(rg.load_study(lang="de"), "Arbeitslose", "17", style=style, unit="v. H.")
    written = " ".join(texts_of(figure))
    for words in ("Unser Titel", "Darunter", "Quelle: eigene Zählung", "Erstellt: 2. Mai 2025."):
        assert words in written
    newest = rg.load_sample().sel("Arbeitslose", period=2024, area="17").data.iloc[0]
    number = f"{100 * newest['numerator'] / newest['denominator']:.2f}".replace(".", ",")
    assert f"{number}\N{NO-BREAK SPACE}v. H." in written


@pytest.mark.parametrize("wish", [{"classes": "equal"}, {"labels": "name"}, {"themen": "print"}])
def test_options_that_mean_nothing_to_a_series_are_refused(wish):
    with pytest.raises(OptionError, match=next(iter(wish))):
        rg.plot_series(rg.load_study(), "Arbeitslose", "17", **wish)


def test_no_city_line_where_the_city_is_no_yardstick():
    figure = rg.plot_series(rg.load_sample(), "Innerräumliche Umzugsziffer", "12")
    written = " ".join(texts_of(figure))
    assert "Stadt München" not in written
    assert "Die Stadt ist nicht gezeichnet" in written


def test_same_input_same_bytes():
    one, two = (figure_bytes(rg.plot_series(rg.load_sample(), "Nichtdeutsche", "12"), "svg") for _ in range(2))
    assert one == two


def test_unknown_area_and_period_are_named():
    with pytest.raises(OptionError, match="99"):
        rg.plot_series(rg.load_sample(), "Nichtdeutsche", "99")
    with pytest.raises(OptionError, match="1950"):
        rg.plot_series(rg.load_sample(), "Nichtdeutsche", "12", flagged=[1950])


def test_the_band_holds_about_as_many_values_as_it_says():
    inside, tested = 0, 0
    for indicator, areas in (
        ("Arbeitslose - Anteil", ("02", "09")),
        ("Nichtdeutsche", ("16", "19")),
        ("Hochbetagte", ("02", "19")),
    ):
        for area in areas:
            band = expected_band(rg.load_sample(), indicator, area).dropna()
            inside += ((band["value"] >= band["low"]) & (band["value"] <= band["high"])).sum()
            tested += len(band)
    assert tested > 100
    assert 0.90 < inside / tested <= 1.0
    assert np.isfinite(band.to_numpy()).all()


def test_the_band_of_a_chart_is_that_of_the_test():
    from regsam_geo.warning import band_as_tested

    study = rg.load_study(period=2024)
    tests = rg.find_outliers(study, "temporal", 2024)
    tests = tests[(tests["kind"] == "change") & (tests["level"] == "district")]
    tests = tests[tests["indicator"] == "Nichtdeutsche"]
    assert len(tests) == 25
    by_itself = expected_bands(study.panel.sel("Nichtdeutsche"))["expected"].xs("2024", level="period")
    other = 0
    for row in tests.to_dict("records"):
        band = band_as_tested(study, row["indicator"], row["group"], row["area_id"], "district").loc["2024"]
        assert band["expected"] == pytest.approx(row["expected"], rel=1e-9)
        alone = by_itself.xs(row["area_id"], level="area_id").item()
        other += not np.isclose(alone, band["expected"], rtol=1e-3)
    assert other > 3


@pytest.mark.parametrize(
    ("kinds", "drawn"), [("change", True), ("change+drift", True), ("drift", True), ("level", False)]
)
def test_a_warning_shows_what_it_is_measured_from(kinds, drawn):
    panel = rg.load_sample().sel("Nichtdeutsche")
    row = {
        "indicator": "Nichtdeutsche", "group": "insgesamt", "period": "2023", "level": "district", "area_id": "12",
        "kinds": kinds, "expected": 28.5, "sentence_de": "Satz.", "sentence_en": "Sentence.",
    }  # fmt: skip
    figure = rg.plot_warning(rg.Study(panel, lang="en"), row)
    bars = [line for line in figure.axes[1].lines if line.get_marker() == "_"]
    assert [float(bar.get_ydata()[0]) for bar in bars] == ([28.5] if drawn else [])
    written = " ".join(" ".join(texts_of(figure)).split())
    assert ("28.5 %" in written) == drawn
    assert ("several years" in written) == (kinds == "drift")
