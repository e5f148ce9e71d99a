"""Each number that decides in the statistics has a case on either side of its edge; what is right is written out.

===========================  =======  ==========================================================
constant                     value    case
===========================  =======  ==========================================================
``FEW``                      20       a change of few expected cases is that of the roots
``prior`` (least, most)      4, 60    degrees of freedom that the pool lends
``min_history``              3        earlier changes of a change, and of a drift beside its years
``MIN_AREAS``                8        two periods alone
``MIN_PAST``                 5        common changes of the city
``FEWEST_AREAS``             6        limits of a funnel
``WINSORIZED``               0.1      pulled in from the tenth other area on
``q_watch``, ``q_check``     .1, .01  urgency: below, not at
``OUTSIDE``                  0.05     since when an area is outside
``MOST_CASES``               10,000   how rare is ever said
``lookback``                 10       reports looked back at
``PERIODS_BACK``             2        periods within the band that end a warning
``FOLDED_AFTER``             3        reports after which an open warning is folded
``STATUS_LIMITS``            -1 1 1.5 classes of the monitoring: below the first, up to the others
===========================  =======  ==========================================================
"""

from __future__ import annotations

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t as student

import regsam_geo as rg
from regsam_geo.text import Phrase
from regsam_geo.text.sentences import rarity
from regsam_geo.warning import Detector, as_findings
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import drift
from regsam_geo.warning.detectors.newest_change import newest_changes
from regsam_geo.warning.report.life import Course, Life
from regsam_geo.warning.report.table import is_long_open
from regsam_geo.warning.schema.cube import period_number
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.drift_test import drift_test
from regsam_geo.warning.statistics.funnel import scatter_without
from regsam_geo.warning.statistics.link import Linked, difference
from regsam_geo.warning.statistics.multiplicity import benjamini_hochberg, q_of
from regsam_geo.warning.statistics.scales import own_scale

NAME = "Hochbetagte"


def linked(x1, x2, d, kind):
    """One area in two periods on the log (1) or logit (2) scale."""
    x, d = np.array([[[x1], [x2]]]), np.full((1, 2, 1), float(d))
    rest = d - x + 0.5 if kind == 2 else d
    return Linked(np.log((x + 0.5) / rest), np.array([kind]), np.ones(1), x, d)


@pytest.mark.parametrize(
    ("x1", "x2", "few"), [(19.0, 19.0, True), (8.0, 20.0, True), (19.0, 20.0, False), (30.0, 40.0, False)]
)
def test_fewer_than_twenty_expected_cases_are_compared_by_their_roots(x1, x2, few):
    # (x1 + x2 + 1) / 2000 of 1000: 19.5, 14.5, 20 and 35.5 cases
    change, _ = difference(linked(x1, x2, 1000.0, kind=1), np.array([[[-1], [0]]]))
    rate = (x1 + x2 + 1) / 2000
    roots = 2 * (math.sqrt((x2 + 0.375) / 1000) - math.sqrt((x1 + 0.375) / 1000)) / math.sqrt(rate)
    logs = math.log((x2 + 0.5) / (x1 + 0.5))
    assert change[0, 1, 0] == pytest.approx(roots if few else logs, abs=1e-12)
    assert few is (1000 * rate < 20)


@pytest.mark.parametrize(("x", "few"), [(8.0, True), (18.0, True), (19.0, False), (980.0, True), (978.0, False)])
def test_few_cases_or_few_others_of_a_share_are_compared_by_their_roots(x, few):
    change, _ = difference(linked(x, x + 2, 1000.0, kind=2), np.array([[[-1], [0]]]))
    rate = (2 * x + 3) / 2002
    root1, root2 = (math.asin(math.sqrt((one + 0.375) / 1000.75)) for one in (x, x + 2))
    roots = 2 * (root2 - root1) / math.sqrt(rate * (1 - rate))
    logits = [math.log((one + 0.5) / (1000 - one + 0.5)) for one in (x, x + 2)]
    assert change[0, 1, 0] == pytest.approx(roots if few else logits[1] - logits[0], abs=1e-12)


def test_the_pool_lends_at_least_four_degrees_of_freedom_and_at_most_those_of_the_settings():
    rng = np.random.default_rng(1)
    signs = rng.choice([-1.0, 1.0], (1, 10, 12))
    alike = signs * 1.0
    unlike = signs * np.where(np.arange(12) % 2, 0.02, 2.0)
    assert own_scale(unlike, 60.0)[1] == pytest.approx(np.full((1, 12), 4.0 + 10.0))
    assert own_scale(alike, 60.0)[1] == pytest.approx(np.full((1, 12), 60.0 + 10.0))
    assert own_scale(alike, 33.0)[1] == pytest.approx(np.full((1, 12), 33.0 + 10.0))
    # of overlapping residuals only a part counts
    assert own_scale(alike, 60.0, 0.5)[1] == pytest.approx(np.full((1, 12), 60.0 + 5.0))


def findings_of(periods, areas=25, kind="change"):
    """The tests of one indicator in a sample cut to its last periods."""
    panel = rg.load_sample().sel(NAME, period=range(2025 - periods, 2025))
    ids = [f"{number:02d}" for number in range(1, areas + 1)]
    data = panel.data[panel.data["area_id"].isin([*ids, "munich"])]
    found = rg.detect_warnings(rg.Panel(data, panel.catalogue), period=2024).facts.findings
    return found[found["kind"] == kind]


@pytest.mark.parametrize(("periods", "reason"), [(5, "change"), (4, "change_two_periods")])
def test_a_change_has_a_past_of_its_own_from_three_earlier_changes_on(periods, reason):
    found = findings_of(periods)
    assert set(found.loc[found["level"] == "district", "reason"]) == {reason}


@pytest.mark.parametrize(("periods", "tested"), [(6, False), (7, True)])
def test_a_drift_needs_three_changes_before_its_three_years(periods, tested):
    # three years and three changes before them are six changes of seven values
    found = findings_of(periods, kind="drift")
    assert len(found) == 25
    assert found["p"].notna().all() == tested
    assert set(found["reason"]) == {"drift" if tested else "drift_short_history"}
    if tested:
        assert {one["years"] for one in found["details"]} == {3}


@pytest.mark.parametrize(("periods", "windows"), [(8, {3}), (9, {3, 5})])
def test_five_years_of_drift_need_two_changes_more(periods, windows):
    found = findings_of(periods, kind="drift")
    assert {one["years"] for one in found["details"]} <= windows
    assert max(one["years"] for one in found["details"]) == max(windows)


@pytest.mark.parametrize(("areas", "tested"), [(7, False), (8, True)])
def test_two_periods_are_compared_over_at_least_eight_areas(areas, tested):
    found = findings_of(2, areas)
    found = found[found["level"] == "district"]
    assert len(found) == areas
    assert found["p"].notna().all() == tested
    assert set(found["reason"]) == {"change_two_periods" if tested else "change_short_history"}


@pytest.mark.parametrize(("periods", "tested"), [(6, False), (7, True)])
def test_the_city_is_compared_with_at_least_five_earlier_changes(periods, tested):
    found = findings_of(periods)
    assert bool((found["level"] == "city").any()) == tested


@pytest.mark.parametrize(("areas", "limited"), [(5, False), (6, True)])
def test_a_funnel_has_limits_from_six_areas_on(areas, limited):
    over = pd.Series([10.0, 14.0, 9.0, 12.0, 17.0, 11.0][:areas])
    limits = rg.funnel_limits(over, pd.Series([100.0] * areas))
    assert limits["rate"].notna().all()
    assert limits["upper_95"].notna().all() == limited
    assert limits["p"].notna().all() == limited


@pytest.mark.parametrize("areas", [10, 11, 20, 21, 25])
def test_a_tenth_of_the_other_areas_is_pulled_in_at_either_end(areas):
    x = np.random.default_rng(areas).standard_normal(areas)
    for place, found in enumerate(scatter_without(x)):
        others = sorted(np.delete(x, place))
        cut = len(others) // 10
        pulled = [min(max(one, others[cut]), others[-1 - cut]) for one in others]
        assert found == pytest.approx(sum(one**2 for one in pulled) / len(others), rel=1e-12)


def coin(ps):
    """A question of one's own that gives each district the p asked for."""

    def asked(panel, context):
        rows = panel.data[(panel.data["level"] == "district") & (panel.data["period"] == context.period)]
        rows = rows.sort_values("area_id").head(len(ps))
        details = pd.Series([{}] * len(ps), index=rows.index, dtype="object")
        columns = ["indicator", "group", "period", "level", "area_id", "value"]
        return as_findings(
            rows[columns].assign(
                kind="asked", direction="up", effect=1.0, p=ps, p_floor=0.0, reason="asked", details=details
            )
        )

    words = Phrase("Gefragt.", "Asked.")
    return Detector("asked", "temporal", asked, words=words, sentences={"asked": words})


@pytest.mark.parametrize(
    ("p", "urgency"),
    [(0.1, None), (np.nextafter(0.1, 0), "watch"), (0.01, "watch"), (np.nextafter(0.01, 0), "check")],
)
def test_warnings_begin_below_the_rates_of_the_settings(p, urgency):
    panel = rg.load_sample().sel(NAME, period=[2023, 2024])
    warnings = rg.detect_warnings(panel, period=2024, detectors=[coin([p])])
    assert warnings["urgency"].tolist() == ([] if urgency is None else [urgency])


def test_q_is_the_least_of_m_p_over_rank():
    assert benjamini_hochberg([0.01, 0.04, 0.03, 0.5]) == pytest.approx([0.04, 0.16 / 3, 0.16 / 3, 0.5])
    # at alpha / m a test could still succeed; one that never could does not count
    assert q_of([0.001, 0.05], [0.0, 0.05], 0.1) == pytest.approx([0.002, 0.05])
    found = q_of([0.001, 0.1001], [0.0, 0.1001], 0.1)
    assert found[0] == pytest.approx(0.001)
    assert math.isnan(found[1])


def test_an_area_is_outside_below_five_percent_and_since_the_first_such_period():
    panel = rg.load_sample().sel(NAME, period=range(2015, 2025))
    reports = rg.replay(panel, periods=range(2015, 2025)).reports
    p, side, since = {}, {}, {}
    for period, table in reports.items():
        found = table.facts.findings
        for row in found[found["kind"] == "level"].to_dict("records"):
            p[period, row["area_id"]] = row["p"]
            side[period, row["area_id"]] = row["direction"]
            since[period, row["area_id"]] = row["details"]["since"]
    periods = list(reports)
    some = 0
    for (period, area), told in since.items():
        outside = p[period, area] < 0.05
        assert bool(told) == outside
        if outside:
            some += 1
            run = periods.index(period)
            while run and p[periods[run - 1], area] < 0.05 and side[periods[run - 1], area] == side[period, area]:
                run -= 1
            assert told == periods[run]
    assert some > 5
    # some lie so close to the edge that another limit would tell
    assert any(0.05 <= one < 0.1 for one in p.values())
    assert any(0.025 < one < 0.05 for one in p.values())


@pytest.mark.parametrize(
    ("p", "cases"),
    [(0.1, "10"), (0.0999, "10"), (0.05, "20"), (0.0501, "10"), (0.02, "50"), (1e-4, "10.000"), (1e-5, "10.000")],
)
def test_how_rare_is_rounded_down_and_never_beyond_ten_thousand(p, cases):
    assert rarity(p, "de") == f"in weniger als 1 von {cases} Fällen"


@pytest.mark.parametrize(
    ("within", "status"), [([True], "open"), ([True, True], "ended"), ([True, False, True], "open")]
)
def test_a_warning_ends_after_two_periods_within_the_band_in_a_row(within, status):
    life = Life()
    life.warned("2020", {})
    for one in within:
        life.silent(one)
    assert (life.status, life.ended) == (status, "returned" if status == "ended" else "")


@pytest.mark.parametrize(("value", "returned"), [(0.78, True), (0.81, False), (-2.0, True)])
def test_the_level_has_returned_within_what_would_not_have_warned(value, returned):
    """A deviation of 1 with p = 1e-6 and q = 0.001: q = 0.10 belongs to p = 1e-4, and z is 3.891 of 4.892."""
    y = np.array([0.0, 1.0, value]).reshape(1, 3, 1)
    course = Course(Linked.plain(y), np.zeros(3), period_number("2020"), season=1, printed=value)
    life = Life()
    life.warned("2021", {"expected": 0.0, "p": 1e-6, "q": 1e-3})
    assert course.has_returned(life, "2022", 0.10) == returned


@pytest.mark.parametrize(("last", "folded"), [("2021", False), ("2020", True)])
def test_an_open_warning_is_folded_after_three_reports(last, folded):
    table = pd.DataFrame({"status": ["open", "new"], "last": [last, "2024"]})
    history = pd.DataFrame(columns=[str(year) for year in range(2014, 2024)])
    object.__setattr__(table, "facts", SimpleNamespace(history=history))
    assert is_long_open(table).tolist() == [folded, False]


def test_reports_are_looked_back_at_as_far_as_the_settings_say():
    panel = rg.load_sample().sel(NAME, period=range(2015, 2025))
    every = [str(year) for year in range(2015, 2024)]
    for lookback, wanted in ((3, every[-3:]), (9, every), (10, every), (12, every), (None, every)):
        study = rg.Study(panel, settings=rg.Settings(lookback=lookback))
        warnings = rg.detect_warnings(study, period=2024, detectors=[CHANGE])
        assert list(warnings.facts.history.columns) == wanted


def standing(z):
    """The classes of areas whose standardized values are the given ones (mean 0, standard deviation 1)."""
    panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district", period=[2022, 2024])
    data = panel.data[panel.data["area_id"].isin([f"{n:02d}" for n in range(1, len(z) + 1)])].copy()
    values = dict(zip(sorted(data["area_id"].unique()), z, strict=True))
    now = data["period"] == "2024"
    data["value"] = np.where(now, [4.0 + values[area] for area in data["area_id"]], 4.0)
    data["numerator"] = data["denominator"] = np.nan
    catalogue = panel.catalogue.assign(scale=np.nan)
    table = rg.status_dynamics(rg.Panel(data, catalogue), ["Arbeitslose - Anteil"], 2024)
    return table["status"].tolist(), table["dynamics"].tolist()


def test_classes_of_the_monitoring_at_their_limits():
    # two areas stand at -1 and +1 exactly
    assert standing([-1.0, 1.0]) == (["medium", "medium"], ["stable", "stable"])
    # three of them lie at -1.22, 0 and 1.22
    assert standing([-1.0, 0.0, 1.0]) == (["high", "medium", "low"], ["positive", "stable", "negative"])
    # and one far off at 1.73
    assert standing([0.0, 0.0, 0.0, 1.0])[0] == ["medium", "medium", "medium", "very_low"]


def tail(effect, se, df, relevant):
    """The largest two-sided p over all true effects that do not matter: that at their edge."""
    size = abs(effect)
    return min(student.sf((size - relevant) / se, df) + student.sf((size + relevant) / se, df), 1.0)


def test_p_of_a_change_allows_for_what_does_not_matter():
    """Two fifths of five percent within a year: on the scale of logarithms log(1.05) times 0.4."""
    found = findings_of(15)
    found = found[(found["reason"] == "change") & found["p"].notna()]
    assert len(found) == 25
    for row in found.to_dict("records"):
        wanted = tail(row["effect"], row["details"]["se"], row["details"]["df"], 0.4 * math.log(1.05))
        assert row["p"] == pytest.approx(wanted, rel=1e-9)


def test_p_of_a_drift_is_twice_that_of_the_clearer_window():
    panel = rg.load_sample().sel(NAME, level="district", period=range(2008, 2025))
    context = Context("2024")
    ((cube, _, test),) = newest_changes(panel, context)
    windows = {years: drift_test(test, years) for years in (3, 5)}
    found = drift(panel, context).set_index("area_id")["p"]
    both = 0
    for place, area in enumerate(cube.area_ids):
        ps = [
            tail(
                one.effect[0, place],
                one.se[0, place],
                one.df[0, place],
                math.log(1.05) * min(1.0, 0.4 * years),
            )
            for years, one in windows.items()
        ]
        assert found[area] == pytest.approx(min(1.0, 2 * min(ps)), rel=1e-9)
        both += min(ps) < 0.5
    assert both > 5
