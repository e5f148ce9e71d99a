"""The chart of polarization draws the figures of its table, and says in words what they are."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.charts.polarization_chart import polarization_in_words, polarization_picture
from regsam_geo.errors import OptionError
from regsam_geo.look.save import figure_bytes

CHILDREN = "(Regel-)Leistungsberechtigte - nicht erwerbsfähig - Anteil"


@pytest.fixture(scope="module")
def study():
    return rg.load_study(lang="de")


@pytest.fixture(scope="module")
def plain():
    """The index of each year, from the Basiswerte with plain numpy."""
    data = rg.load_sample().sel(CHILDREN, level="district").data
    found = {}
    for period, rows in data.groupby("period"):
        members, people = rows["numerator"].round(), rows["denominator"].round()
        apart = members / members.sum() - (people - members) / (people - members).sum()
        found[period] = 100 * apart.abs().sum() / 2
    return found


def texts_of(figure):
    found = [artist.get_text() for artist in figure.findobj(lambda one: hasattr(one, "get_text"))]
    return [text.replace("\N{NO-BREAK SPACE}", " ") for text in found if text]


def line_of(figure, number=1):
    return max(figure.axes[number].lines, key=lambda one: len(one.get_xdata()))


def test_lines_and_numbers_are_those_of_the_basiswerte(study, plain):
    figure = rg.plot_polarization(study, [CHILDREN])
    assert line_of(figure).get_ydata() == pytest.approx([plain[period] for period in sorted(plain)])
    written = texts_of(figure)
    assert (round(plain["2006"], 1), round(plain["2024"], 1)) == (16.1, 10.4)
    assert {"16,1 %", "10,4 %"} <= set(written)
    # the hatched ground is the lot, and what is told beside is the rest
    (ground,) = figure.axes[1].collections
    assert ground.get_hatch()
    row = study.polarization([CHILDREN]).iloc[-1]
    assert ground.get_paths()[0].vertices[:, 1].max() >= 100 * row["by_lot"]
    assert f"zuletzt bereinigt: {100 * row['corrected']:.1f} %".replace(".", ",") in written


def test_all_indicators_have_one_scale_and_an_earlier_period_knows_nothing_of_later_ones(study, plain):
    figure = rg.plot_polarization(study, period=2018)
    assert len({axes.get_ylim() for axes in figure.axes[1:]}) == 1
    assert len({axes.get_xlim() for axes in figure.axes[1:]}) == 1
    assert len(figure.axes) == 5
    assert "2024" not in " ".join(texts_of(figure))
    shown = line_of(figure, 3).get_ydata()
    assert shown[np.isfinite(shown)] == pytest.approx([plain[one] for one in sorted(plain) if one <= "2018"])


def test_it_is_said_in_words_from_the_data(study, plain):
    words = polarization_in_words(study, study.polarization([CHILDREN])).replace("\N{NO-BREAK SPACE}", " ")
    for period in ("2006", "2024"):
        assert f"{period} {plain[period]:.1f} %".replace(".", ",") in words
    assert len(texts_of(polarization_picture(study, study.polarization(), 250.0))) > 12


def test_fewer_areas_are_marked_and_said():
    panel = rg.load_sample().sel(CHILDREN, period=[2022, 2023, 2024])
    rows = panel.data.copy()
    lacking = (rows["area_id"] == "07") & (rows["period"] == "2023")
    rows.loc[lacking, ["numerator", "denominator", "base_1", "base_2"]] = np.nan
    figure = rg.plot_polarization(rg.Study(rg.Panel(rows, panel.catalogue), lang="de"))
    rings = [one for one in figure.axes[1].lines if one.get_markerfacecolor() == "#ffffff"]
    assert [one.get_xdata().tolist() for one in rings] == [[1]]
    assert any("von weniger Gebieten" in text for text in texts_of(figure))
    assert not any("von weniger" in text for text in texts_of(rg.plot_polarization(rg.load_study(lang="de"))))


def test_one_period_is_a_point_and_what_is_no_share_is_refused(study):
    figure = rg.plot_polarization(study.sel(CHILDREN, period=2024), title="Eigener Titel", date="2. Mai 2025")
    written = texts_of(figure)
    assert written.count("10,4 %") == 1
    assert "Eigener Titel" in written
    with pytest.raises(OptionError, match="Anteil mit Zähler und Nenner"):
        rg.plot_polarization(study, ["Bevölkerungsdichte"])


@pytest.mark.parametrize("theme", ["meeting", "print"])
def test_everything_written_lies_on_the_page(study, theme):
    figure = rg.plot_polarization(study, theme=theme)
    figure.canvas.draw()
    for text in figure.findobj(lambda one: hasattr(one, "get_text")):
        if text.get_text() and text.get_visible():
            box = text.get_window_extent()
            assert box.x0 >= figure.bbox.x0 - 1
            assert box.x1 <= figure.bbox.x1 + 1
    assert figure_bytes(figure, "svg") == figure_bytes(rg.plot_polarization(study, theme=theme), "svg")


def test_grey_says_all(study):
    """Nothing is told by hue alone: all that is drawn is ink, paper or grey."""
    figure = rg.plot_polarization(study)
    figure.canvas.draw()
    pixels = np.asarray(figure.canvas.buffer_rgba())[..., :3].astype(int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 30


def test_a_frame_is_enough():
    rows = pd.DataFrame(
        [
            ("Quote", "insgesamt", "2024", "own", area, value, 10.0 * value, 1000.0)
            for area, value in (("A", 4), ("B", 9))
        ],
        columns=["indicator", "group", "period", "level", "area_id", "value", "numerator", "denominator"],
    )
    catalogue = pd.DataFrame(
        {"indicator": ["Quote"], "group": "insgesamt", "scale": 100.0, "kind": "proportion", "headline": True,
         "polarity": 1, "decimals": 1, "unit": "%", "summable": True}
    )  # fmt: skip
    figure = rg.plot_polarization(rg.Panel.from_frame(rows, catalogue))
    assert line_of(figure).get_ydata() == pytest.approx([100 * abs(40 / 130 - 960 / 1870)])
