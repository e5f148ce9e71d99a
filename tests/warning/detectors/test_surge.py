"""Unusually many cases by month, quarter and week: what warns, what it says, and what it must not tell."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.text import using_language
from regsam_geo.warning import Context, detector_of, usual_most
from regsam_geo.warning.detectors.surge import SURGE, surge, surge_p
from regsam_geo.warning.schema.cube import cubes
from regsam_geo.warning.statistics.surge_test import surge_test

AREAS = [f"{number:02d}" for number in range(1, 9)]


def periods(kind, years=range(2018, 2025)):
    parts = {"M": [f"{part:02d}" for part in range(1, 13)], "Q": [f"Q{part}" for part in range(1, 5)]}
    parts["W"] = [f"W{part:02d}" for part in range(1, 53)]
    return [f"{year}-{part}" for year in years for part in parts[kind]] if kind in parts else [*map(str, years)]


def table(kind="M", mean=9.0, seed=3, **cells):
    """Return made-up cases; ``cells`` sets areas of the newest period, as ``a05=40``."""
    names = periods(kind)
    rng = np.random.default_rng(seed)
    season = 1 + 0.3 * np.cos(np.arange(len(names)) * 2 * np.pi / (len(names) / 7))
    counts = rng.poisson(mean * season[:, None], (len(names), len(AREAS)))
    for area, count in cells.items():
        counts[-1, AREAS.index(area[1:])] = count
    rows = [("Beratungsfälle", name, "district", area) for name in names for area in AREAS]
    frame = pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id"])
    return frame.assign(value=counts.ravel().astype("float64"))


def panel(kind="M", **options):
    return rg.Panel.from_frame(table(kind, **options))


BRIEF = rg.Settings(lookback=2)


def warnings_of(figures, **options):
    return rg.detect_warnings(rg.Study(figures, threshold=None, settings=BRIEF), detectors=[SURGE], **options)


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("M", ("Beratungsfälle im Dezember 2024: 60.", "denselben Monaten", "Im Dezember 2023 waren es ")),
        ("Q", ("Beratungsfälle im 4. Quartal 2024: 60.", "denselben Quartalen", "Im 4. Quartal 2023 waren es ")),
        ("W", ("Beratungsfälle in KW 52/2024: 60.", "denselben Wochen", "In KW 52/2023 waren es ")),
    ],
)
def test_a_surge_warns_in_words_of_its_period(kind, words):
    found = warnings_of(panel(kind, a05=60))
    assert found[["area_id", "kinds", "direction", "status"]].to_numpy().tolist() == [["05", "surge", "up", "new"]]
    assert all(part in found["sentence_de"].iloc[0] for part in words)
    details = found.facts.findings.set_index(["level", "area_id"]).loc[("district", "05"), "details"]
    assert f"höchstens {details['bound']:.0f}, im Mittel rund" in found["sentence_de"].iloc[0]
    assert f"at most {details['bound']:.0f} was to be expected" in found["sentence_en"].iloc[0]
    assert found["expected"].iloc[0] < details["bound"] < 60


def test_it_is_a_kind_like_the_others():
    with using_language("de"):
        assert detector_of("surge").in_words() == "ungewöhnlich viele Fälle"
    assert SURGE in rg.warning.DETECTORS
    figures = panel(a05=60)
    findings = rg.find_outliers(rg.Study(figures, threshold=None), "temporal")
    assert set(findings["kind"]) == {"change", "zone", "drift", "surge"}
    own = findings[findings["kind"] == "surge"]
    # a family of its own: q of eight areas, whatever the other questions say
    areas = own[own["level"] == "district"]
    assert areas["q"].min() == pytest.approx(8 * areas["p"].min())


def test_years_and_figures_that_are_no_counts_have_no_rows():
    context = Context(period="2024")
    assert surge(rg.load_sample(), context).empty
    assert surge(panel("Y"), context).empty
    rates = table().assign(value=lambda rows: rows["value"] / 7)
    assert surge(rg.Panel.from_frame(rates), Context(period="2024-12")).empty


def test_numerators_are_tested_and_told_in_the_unit():
    rows = table(mean=40.0, a05=90)
    rows = rows.assign(numerator=rows["value"], denominator=2000.0, value=rows["value"] / 2)
    figures = rg.Panel.from_frame(rows.assign(indicator="Fälle je 1.000"))
    found = surge(figures, Context(period="2024-12")).set_index("area_id")
    counts = surge(panel(mean=40.0, a05=90), Context(period="2024-12"))
    counts = counts[counts["level"] == "district"].set_index("area_id")
    assert found.loc["05", "value"] == 45
    # another denominator at all times is none: only the unit differs
    np.testing.assert_allclose(found["p"], counts["p"], rtol=1e-9)
    np.testing.assert_allclose(found["expected"], counts["expected"] / 2, rtol=1e-9)


def test_history_asks_for_the_same_p():
    figures, context = panel(a05=60), Context(period="2024-12")
    (cube,) = cubes(figures, "2024-12")
    found = surge(figures, context)
    told = found[found["level"] == "district"]
    np.testing.assert_array_equal(surge_p(cube, context)[0], told["p"])


def test_what_rises_everywhere_is_told_once():
    figures = table(mean=60.0)
    newest = figures["period"] == "2024-12"
    figures.loc[newest, "value"] = (figures.loc[newest, "value"] * 1.6).round()
    found = warnings_of(rg.Panel.from_frame(figures))
    assert found.empty
    assert found.facts.city["level"].tolist() == ["city"]
    assert "Im Dezember 2024 waren es 9" in found.facts.city["sentence_de"].iloc[0]
    figures.loc[newest & (figures["area_id"] == "05"), "value"] *= 2
    more = warnings_of(rg.Panel.from_frame(figures))
    assert more["area_id"].tolist() == ["05"]
    assert "Was in den anderen Gebieten gemeinsam dazugekommen ist" in more["sentence_de"].iloc[0]


def test_fewer_than_five_cases_warn_nobody():
    quiet = table(mean=0.05, seed=1, a05=4)
    assert warnings_of(rg.Panel.from_frame(quiet)).empty
    tests = surge(rg.Panel.from_frame(quiet), Context(period="2024-12"))
    assert (tests.loc[tests["level"] == "district", "p"] == 1).all()
    assert warnings_of(panel(mean=0.05, seed=1, a05=5))["area_id"].tolist() == ["05"]


def test_a_warning_lives_on():
    figures = table(a05=60, a06=50)
    study = rg.Study(rg.Panel.from_frame(figures), threshold=None, settings=BRIEF)
    before, now = (rg.detect_warnings(study, period, detectors=[SURGE]) for period in ("2024-11", "2024-12"))
    changes = rg.compare_warnings(before, now)
    assert set(changes.loc[changes["area_id"].isin(["05", "06"]), "change"]) == {"new"}
    # the next year: two ordinary months end it
    more = pd.concat(
        [
            figures,
            table(seed=9).query("period < '2018-04'").assign(period=lambda rows: "2025" + rows["period"].str[4:]),
        ]
    )
    later = rg.Study(rg.Panel.from_frame(more), threshold=None, settings=rg.Settings(lookback=3))
    told = {
        period: rg.detect_warnings(later, period, detectors=[SURGE])
        for period in ("2024-12", "2025-01", "2025-02")
    }
    status = [found.set_index("area_id")["status"].get("05", "") for found in told.values()]
    assert status == ["new", "open", ""]
    ended = told["2025-02"].facts.ended
    assert ended.loc[ended["area_id"] == "05", "how"].tolist() == ["returned"]


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["M", "Q"])
def test_a_surge_is_told_as_long_as_it_stays_and_ended_when_it_has_gone(kind):
    """Half a year (six months, two quarters) at four times the usual, then as before."""
    names = periods(kind, range(2016, 2025))
    rng = np.random.default_rng(8)
    counts = rng.poisson(12.0, (len(names), len(AREAS))).astype("float64")
    stays, after = (6, 5) if kind == "M" else (4, 3)
    first = len(names) - stays - after
    counts[first : first + stays, 4] = rng.poisson(48.0, stays)
    rows = [("Beratungsfälle", name, "district", area) for name in names for area in AREAS]
    frame = pd.DataFrame(rows, columns=["indicator", "period", "level", "area_id"]).assign(value=counts.ravel())
    study = rg.Study(rg.Panel.from_frame(frame), threshold=None, settings=rg.Settings(lookback=stays + after))
    told, how = [], []
    for name in names[first:]:
        found = rg.detect_warnings(study, name, detectors=[SURGE])
        told.append(found.set_index("area_id")["status"].get("05", ""))
        ended = found.facts.ended
        how.append("".join(ended.loc[ended["area_id"] == "05", "how"]))
    assert told[0] == "new"
    assert set(told[1:stays]) <= {"continuing", "open"}
    # one period within the band is not enough, two are; from then on nothing is told
    assert told[stays] == "open"
    assert how[: stays + 2] == [""] * (stays + 1) + ["returned"]
    assert set(told[stays + 1 :]) == {""}


def test_the_nearest_places_say_the_bound():
    near = warnings_of(panel(a05=60, a06=17)).next_places
    assert set(near["kind"]) == {"surge"}
    assert all("Erwartet waren höchstens" in text and "Kein Hinweis." in text for text in near["sentence_de"])


def hidden(ones):
    """Return a study that hides counts of one and two; ``ones``: which of both they are."""
    figures = table(mean=2.5, a05=30)
    small = figures["value"].isin([1, 2])
    figures.loc[small, "value"] = 1 if ones else 2
    return rg.Study(rg.Panel.from_frame(figures), threshold=3, settings=BRIEF), figures[small]


def test_no_bound_and_no_warning_rests_on_a_hidden_count():
    (one, away), (two, _) = hidden(True), hidden(False)
    bounds = [usual_most(study.published, "Beratungsfälle", "03") for study in (one, two)]
    pd.testing.assert_series_equal(*bounds)
    secret = set(away.loc[away["area_id"] == "03", "period"])
    assert secret
    assert not secret & set(bounds[0].index)
    told = [rg.detect_warnings(study, detectors=[SURGE]) for study in (one, two)]
    pd.testing.assert_frame_equal(pd.DataFrame(told[0]), pd.DataFrame(told[1]))


def test_the_chart_draws_the_bound():
    study = rg.Study(panel(a05=60), threshold=None)
    figure = rg.plot_series(study, "Beratungsfälle", "05", regions=False)
    bound = usual_most(study.published, "Beratungsfälle", "05")
    lines = [np.asarray(line.get_ydata(), dtype="float64") for line in figure.axes[1].get_lines()]
    drawn = [line[np.isfinite(line)] for line in lines]
    assert any(len(line) == len(bound) and (line == bound.to_numpy()).all() for line in drawn)
    words = " ".join(text.get_text() for text in figure.axes[0].texts)
    assert "Strichpunktlinie" in words or "Line of dashes and dots" in words
    plain = rg.plot_series(study, "Beratungsfälle", "05", regions=False, band=False)
    assert len(plain.axes[1].get_lines()) == len(figure.axes[1].get_lines()) - 1


def test_it_holds_its_level():
    """At most 6 of 100 where nothing is unusual, by the upper end of what chance allows."""
    rng = np.random.default_rng(11)
    counts = rng.negative_binomial(20 / 1.5, 1 / 2.5, (24, 84, 25)).astype("float64")
    p = surge_test(counts, None, 12, np.array([83]), np.zeros(24)).p
    assert 0.02 < (p <= 0.05).mean() < 0.06 + 2 * np.sqrt(0.06 * 0.94 / 600)
