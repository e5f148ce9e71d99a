"""Put one fault at a time into a copy of the code, and see whether a fast test notices.

Each fault is of a kind that once slipped through: a number in print that is another number, a rule whose edge
moves, a choice that takes the other candidate, a guard that is gone. Every fault names the tests that should see
it, so that a run takes minutes; it is killed when one of them fails. The result stands in ``mutations.md``.

    python benchmarks/mutations.py                  # all of them, then mutations.md is written anew
    python benchmarks/mutations.py 3 17 --show      # two of them, with what the tests say

It starts from processes that have the large libraries loaded already, so it needs ``fork`` (Linux, macOS).
"""

from __future__ import annotations

import argparse
import contextlib
import io
import multiprocessing
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "regsam_geo"
TABLE = Path(__file__).with_suffix(".md")

SENTENCES = "tests/printed/test_printed_sentences.py"
MAPS = "tests/printed/test_printed_maps.py"
REPORT = "tests/printed/test_printed_report.py"
PACK = "tests/printed/test_printed_pack.py"
RULES = "tests/edges/test_edges_of_rules.py"
STATISTICS = "tests/edges/test_edges_of_statistics.py"
HISTORY = "tests/warning/report/test_history.py"
PAST = "tests/warning/report/test_past.py"
OUTLIER = "tests/warning/statistics/test_spatial_outlier.py"
EXPECTED = "tests/printed/test_printed_expected.py"
COUNTED = "tests/places/test_count_cases.py"
SUPPLIED = "tests/places/test_supply.py"
PROJECTED = "tests/places/test_projection.py"
OVERVIEW = "tests/printed/test_printed_overview.py"
CHARTS = "tests/printed/test_printed_charts.py"
FITS = "tests/edges/test_edges_of_fits.py"
PAGES = "tests/edges/test_edges_of_tables_and_pages.py"
FIRST = "tests/printed/test_printed_first_page.py"
FIRMNESS = "tests/situation/test_firmness.py"
SITUATION = "tests/situation/test_social_situation.py"
SHARED = "tests/situation/test_shared_burdens.py"
COMPARED = "tests/indicators/test_comparison.py"


class Fault(NamedTuple):
    """One fault.

    Attributes
    ----------
    what
        What is wrong then.
    kind
        ``print``, ``edge``, ``choice`` or ``guard``.
    file
        In the package.
    old, new
        What stands there once, and what takes its place.
    tests
        Arguments of pytest: a file, and words that its tests contain (``-k``).
    """

    what: str
    kind: str
    file: str
    old: str
    new: str
    tests: tuple[str, ...]


def seen_by(*arguments: str) -> tuple[str, ...]:
    """Return arguments of pytest: files, and at the end the words to choose tests by."""
    *files, words = arguments
    return (*files, "-k", words) if not words.endswith(".py") else arguments


FAULTS = (
    # the fifteen that once left every fast test green
    Fault(
        "the city's value in a sentence is the expected one",
        "print",
        "text/sentences.py",
        '"city": indicator.number(row["city"], lang),',
        '"city": indicator.number(row["expected"], lang),',
        seen_by(SENTENCES, "value_and_city and shaken-de"),
    ),
    Fault(
        "value and expectation are printed alike",
        "print",
        "text/sentences.py",
        "for extra in range(4)",
        "for extra in range(1)",
        seen_by(SENTENCES, "told_apart and shaken-de"),
    ),
    Fault(
        "a record is claimed although an earlier deviation was larger",
        "print",
        "warning/detectors/change.py",
        'codes.append("change_larger_in" if details.get("larger_in") else "change_record")',
        'codes.append("change_record")',
        seen_by(SENTENCES, "record and shaken"),
    ),
    Fault(
        "an area belongs to the region that holds the least of it",
        "choice",
        "areas/assignment.py",
        'sort_values(["place", "share"], ascending=[True, False], kind="stable")',
        'sort_values(["place", "share"], ascending=[True, True], kind="stable")',
        seen_by(RULES, "holds_most"),
    ),
    Fault(
        "the funnel marks p < 0.5 as outside",
        "edge",
        "charts/funnel_plot.py",
        'outside = areas["p"] < 0.05',
        'outside = areas["p"] < 0.5',
        seen_by(MAPS, "funnel"),
    ),
    Fault(
        "one strict condition is enough for the highest urgency",
        "choice",
        "warning/report/urgency.py",
        "priority = (strict_across & strict_along) | together",
        "priority = (strict_across | strict_along) | together",
        seen_by(SENTENCES, "urgency and shaken"),
    ),
    Fault(
        "drift asks for one year more of history",
        "edge",
        "warning/detectors/drift.py",
        "history >= result.years + settings.min_history,",
        "history > result.years + settings.min_history,",
        seen_by(STATISTICS, "drift_needs"),
    ),
    Fault(
        "few cases are five, not twenty",
        "edge",
        "warning/statistics/link.py",
        "FEW = 20.0",
        "FEW = 5.0",
        seen_by(STATISTICS, "roots"),
    ),
    Fault(
        "the pool lends at least one degree of freedom, not four",
        "edge",
        "warning/statistics/scales.py",
        "2.0 / prior_df_max), 4.0, prior_df_max)",
        "2.0 / prior_df_max), 1.0, prior_df_max)",
        seen_by(STATISTICS, "degrees"),
    ),
    Fault(
        "the city stands as a yardstick where it is none",
        "guard",
        "indicators/comparison.py",
        "if are_apart(catalogue).any():",
        "if not len(catalogue):",
        seen_by("tests/test_apart_from_city.py"),
    ),
    Fault(
        "ties of ranks are split by the noise of binary fractions",
        "edge",
        "indicators/comparison.py",
        'table["exact"].round(9).groupby(',
        'table["exact"].groupby(',
        seen_by(RULES, "ranks"),
    ),
    Fault(
        "the city's value in a legend has the digits of the classes",
        "print",
        "maps/legend_entries.py",
        "        digits = values.decimals if values.decimals is not None else grouped.decimals\n        rows += [",
        "        digits = grouped.decimals\n        rows += [",
        seen_by(MAPS, "digits_of_the_catalogue"),
    ),
    Fault(
        "denominators are hidden as easily as counts",
        "edge",
        "indicators/disclosure/secondary.py",
        "DENOMINATOR_IMPORTANCE = 10.0",
        "DENOMINATOR_IMPORTANCE = 1.0",
        seen_by(RULES, "denominators"),
    ),
    Fault(
        "a policy of the offline page lacks form-action",
        "guard",
        "maps/interactive/policy.py",
        '        "form-action": "\'none\'",\n',
        "",
        seen_by(RULES, "offline"),
    ),
    Fault(
        "a layer for QGIS shows warnings of other groups of the indicator",
        "choice",
        "summary/writers/geopackage.py",
        '(warned["indicator"] == key[0]) & (warned["group"] == key[1]) &',
        '(warned["indicator"] == key[0]) &',
        seen_by(PACK, "layer"),
    ),
    # text
    Fault(
        "numbers are rounded half to even",
        "print",
        "text/numbers.py",
        "rounding=ROUND_HALF_UP)",
        'rounding="ROUND_HALF_EVEN")',
        seen_by("tests/text/test_numbers.py"),
    ),
    Fault(
        "small negative numbers are printed as -0",
        "print",
        "text/numbers.py",
        "return abs(rounded) if rounded.is_zero() else rounded",
        "return rounded",
        seen_by("tests/text/test_numbers.py"),
    ),
    Fault(
        "grouping and decimal signs are swapped",
        "print",
        "text/numbers.py",
        'translate({ord(","): group_sign, ord("."): decimal_sign})',
        'translate({ord(","): decimal_sign, ord("."): group_sign})',
        seen_by("tests/text/test_numbers.py"),
    ),
    Fault(
        "how rare is rounded up",
        "print",
        "text/sentences.py",
        "for step in (1, 2, 5) if step * size <= cases * (1 + 1e-9)]",
        "for step in (1, 2, 5) if step * size <= cases * 2]",
        seen_by(STATISTICS, "rare"),
    ),
    Fault(
        "one in a million is claimed",
        "edge",
        "text/sentences.py",
        "MOST_CASES = 10_000",
        "MOST_CASES = 1_000_000",
        seen_by(STATISTICS, "rare"),
    ),
    Fault(
        "an expected value has the digits of the value even where it is told apart",
        "print",
        "text/sentences.py",
        '"expected": indicator.number(row["expected"], lang, extra),',
        '"expected": indicator.number(row["value"], lang, extra),',
        seen_by(SENTENCES, "told_apart and sample-de"),
    ),
    Fault(
        "a sentence names the report's period as since",
        "print",
        "text/sentences.py",
        'period=format_period(row["since"], lang)',
        'period=format_period(row["period"], lang)',
        seen_by(SENTENCES, "status_and_since and sample"),
    ),
    # indicators
    Fault(
        "rates are taken from rounded base values that miss the printed one",
        "guard",
        "indicators/rates.py",
        "trusted = usable & rate.notna() & ~too_far",
        "trusted = usable & rate.notna()",
        seen_by("tests/indicators/test_rates.py", "tests/indicators/test_comparison.py"),
    ),
    Fault(
        "changes over five periods are changes over four",
        "choice",
        "indicators/comparison.py",
        "STEPS = (1, 5)",
        "STEPS = (1, 4)",
        seen_by(REPORT, "table_of_regions"),
    ),
    Fault(
        "the lowest value has rank 1",
        "choice",
        "indicators/comparison.py",
        'peers.rank(ascending=False, method="min")',
        'peers.rank(ascending=True, method="min")',
        seen_by(RULES, "ranks"),
    ),
    Fault(
        "equal values take the worse rank",
        "choice",
        "indicators/comparison.py",
        'peers.rank(ascending=False, method="min")',
        'peers.rank(ascending=False, method="max")',
        seen_by(RULES, "ranks"),
    ),
    Fault(
        "the city's change is the area's",
        "print",
        "indicators/comparison.py",
        'table["city"] - city.reindex(city_before).to_numpy()',
        'table["city"] - own.reindex(before).to_numpy()',
        seen_by(REPORT, "table_of_regions"),
    ),
    Fault(
        "sums may miss the city by a tenth",
        "edge",
        "indicators/aggregation.py",
        "MOST_UNALLOCATED = 0.03",
        "MOST_UNALLOCATED = 0.1",
        seen_by(RULES, "three_percent"),
    ),
    Fault(
        "more than half of the periods must be bad to refuse a series",
        "edge",
        "indicators/aggregation.py",
        "(share >= SERIES_SHARE, ",
        "(share > SERIES_SHARE, ",
        seen_by(RULES, "half_of_the_periods"),
    ),
    Fault(
        "counts of three are hidden",
        "edge",
        "indicators/disclosure/rules.py",
        "return np.asarray(lower & (counts < self.threshold - TOLERANCE))",
        "return np.asarray(lower & (counts < self.threshold + TOLERANCE))",
        seen_by(RULES, "threshold"),
    ),
    Fault(
        "small rests of the whole are shown",
        "guard",
        "indicators/disclosure/primary.py",
        "        small[part] |= telling\n",
        "",
        seen_by(RULES, "small_rest"),
    ),
    Fault(
        "it may be shown that everybody has a characteristic",
        "guard",
        "indicators/disclosure/primary.py",
        "                telling |= (np.abs(rest) <= TOLERANCE) & (counts.numbers[part] > TOLERANCE)\n",
        "                pass\n",
        seen_by(RULES, "small_rest"),
    ),
    Fault(
        "tables from before 1996 are read as today's districts",
        "edge",
        "indicators/tables/rows.py",
        "FIRST_YEAR_OF_25 = 1996",
        "FIRST_YEAR_OF_25 = 1995",
        seen_by(RULES, "1996"),
    ),
    # areas
    Fault(
        "areas that lie in two regions are told only below half",
        "edge",
        "areas/assignment.py",
        'split = result.index[result["share"] < CLEAR_SHARE]',
        'split = result.index[result["share"] < 0.5]',
        seen_by(RULES, "holds_most"),
    ),
    Fault(
        "shares of an area are shares of the region",
        "print",
        "areas/assignment.py",
        "surface = shapely.area(own)",
        "surface = shapely.area(other).mean() + 0 * shapely.area(own)",
        seen_by(RULES, "holds_most"),
    ),
    # look
    Fault(
        "a value on a limit belongs to the class below",
        "edge",
        "look/classes.py",
        'on_grid(numbers[known], self.decimals), side="right")',
        'on_grid(numbers[known], self.decimals), side="left")',
        seen_by(MAPS, "legend"),
    ),
    Fault(
        "classes of thirteen are allowed",
        "edge",
        "look/classes.py",
        "if not 1 <= k <= MOST_CLASSES:",
        "if not 1 <= k <= MOST_CLASSES + 1:",
        seen_by(RULES, "twelve"),
    ),
    # maps
    Fault(
        "a legend counts its classes from low to high",
        "print",
        "maps/legend_entries.py",
        "rows += [Swatch(colors[i], names[i], counts[i]) for i",
        "rows += [Swatch(colors[i], names[i], counts[-1 - i]) for i",
        seen_by(MAPS, "legend"),
    ),
    Fault(
        "a legend's colors are reversed",
        "print",
        "maps/legend_entries.py",
        "rows += [Swatch(colors[i], names[i], counts[i]) for i",
        "rows += [Swatch(colors[-1 - i], names[i], counts[i]) for i",
        seen_by(MAPS, "legend"),
    ),
    Fault(
        "a change map shows the earlier value less the later one",
        "print",
        "maps/change_map.py",
        "numbers=late.numbers - early.numbers,",
        "numbers=early.numbers - late.numbers,",
        seen_by(MAPS, "changes"),
    ),
    Fault(
        "the city's change on a change map is its value",
        "print",
        "maps/change_map.py",
        "city=late.city - early.city if both else None,",
        "city=late.city if both else None,",
        seen_by(MAPS, "changes"),
    ),
    Fault(
        "a map marks the warnings of all indicators",
        "choice",
        "maps/warning_marks.py",
        "                rows = rows[rows[column] == wanted]\n",
        "                rows = rows[rows[column].notna()]\n",
        seen_by(MAPS, "discs"),
    ),
    Fault(
        "discs stand in the next area",
        "print",
        "maps/warning_marks.py",
        "marks[position[area_id]] = mark",
        "marks[(position[area_id] + 1) % len(position)] = mark",
        seen_by(MAPS, "discs"),
    ),
    Fault(
        "numbers of the interactive map are not added up from where they began",
        "print",
        "maps/interactive/packing.py",
        "            last = value\n",
        "            last = value + 1\n",
        seen_by(REPORT, "interactive_map_holds"),
    ),
    Fault(
        "the interactive map shows the recomputed value in place of the printed one",
        "print",
        "maps/interactive/packed_series.py",
        '        found["printed"] = [[int(area), int(at), int(printed[area, at])] for area, at in odd]\n',
        "        pass\n",
        seen_by(REPORT, "rounded_down"),
    ),
    # charts
    Fault(
        "a funnel's triangles point the other way",
        "print",
        "charts/funnel_plot.py",
        'high, low = outside & (areas["statistic"] > 0), outside & (areas["statistic"] < 0)',
        'high, low = outside & (areas["statistic"] < 0), outside & (areas["statistic"] > 0)',
        seen_by(MAPS, "funnel"),
    ),
    Fault(
        "marks point from a fifth on",
        "edge",
        "charts/spine.py",
        "MARKED = 1.1",
        "MARKED = 1.2",
        seen_by(RULES, "mark_points"),
    ),
    Fault(
        "exactly a tenth above the city is not above it",
        "edge",
        "charts/spine.py",
        '"above" if ratio >= MARKED',
        '"above" if ratio > MARKED',
        seen_by(RULES, "mark_points"),
    ),
    # study and settings
    Fault(
        "what is studied is not protected",
        "guard",
        "study/study.py",
        "return publishable(self.panel, self.threshold, previous=self.previous, **declared)",
        "return publishable(self.panel, None, previous=self.previous, **declared)",
        seen_by("tests/test_small_counts.py", "plot_map"),
    ),
    Fault(
        "a subdistrict is in no region",
        "choice",
        "areas/division.py",
        'return str(self.groups.get(_above(area, self.level), ""))',
        'return str(self.groups.get(area, ""))',
        seen_by(RULES, "region_of_its_district"),
    ),
    # warning: statistics
    Fault(
        "q is p times the number of tests, whatever its rank",
        "choice",
        "warning/statistics/multiplicity.py",
        "raised = values[order] * tested.size / np.arange(1, tested.size + 1)",
        "raised = values[order] * tested.size / np.ones(tested.size)",
        seen_by(STATISTICS, "q_is"),
    ),
    Fault(
        "q may fall while p rises",
        "choice",
        "warning/statistics/multiplicity.py",
        "np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)",
        "np.minimum(raised, 1.0)",
        seen_by(STATISTICS, "q_is"),
    ),
    Fault(
        "tests that could not succeed count",
        "guard",
        "warning/statistics/multiplicity.py",
        "    tested = tested[testable(floor.flat[tested], alpha)]\n",
        "",
        seen_by(STATISTICS, "q_is"),
    ),
    Fault(
        "funnels have limits from five areas on",
        "edge",
        "warning/statistics/funnel.py",
        "    if n < FEWEST_AREAS:\n        return None",
        "    if n < FEWEST_AREAS - 1:\n        return None",
        seen_by(STATISTICS, "funnel_has_limits"),
    ),
    Fault(
        "a fifth of the areas is pulled in at either end",
        "edge",
        "warning/statistics/funnel.py",
        "WINSORIZED = 0.1",
        "WINSORIZED = 0.2",
        seen_by(STATISTICS, "pulled_in"),
    ),
    Fault(
        "two periods are compared over seven areas",
        "edge",
        "warning/statistics/two_period_test.py",
        "MIN_AREAS = 8",
        "MIN_AREAS = 7",
        seen_by(STATISTICS, "eight_areas"),
    ),
    Fault(
        "the smaller p of both windows stands for both",
        "guard",
        "warning/detectors/drift.py",
        "np.minimum(smallest * number, 1.0)",
        "np.minimum(smallest, 1.0)",
        seen_by(STATISTICS, "p_of_a_drift"),
    ),
    Fault(
        "what counts as relevant is left out of p",
        "guard",
        "warning/statistics/change_test.py",
        "upper = stdtr(df, -(size - relevant) / se)",
        "upper = stdtr(df, -(size - 0 * relevant) / se)",
        seen_by(STATISTICS, "p_of_a_change"),
    ),
    # warning: detectors
    Fault(
        "a change needs four earlier ones",
        "edge",
        "warning/detectors/change.py",
        "enough = count(test.excess[:, :-1], 1) >= settings.min_history",
        "enough = count(test.excess[:, :-1], 1) > settings.min_history",
        seen_by(STATISTICS, "past_of_its_own"),
    ),
    Fault(
        "the city is compared with four earlier changes",
        "edge",
        "warning/detectors/city_change.py",
        "MIN_PAST = 5",
        "MIN_PAST = 4",
        seen_by(STATISTICS, "five_earlier"),
    ),
    Fault(
        "an area is outside below ten percent",
        "edge",
        "warning/detectors/level.py",
        "OUTSIDE = 0.05",
        "OUTSIDE = 0.1",
        seen_by(STATISTICS, "outside"),
    ),
    Fault(
        "a sentence names the value before the one it means",
        "print",
        "warning/detectors/change.py",
        '"before_period": names[o],',
        '"before_period": names[max(o - 1, 0)] if o >= 0 else "",',
        seen_by(SENTENCES, "before_is and sample"),
    ),
    Fault(
        "a gap in the series is not told",
        "guard",
        "warning/detectors/change.py",
        'if details.get("gap", 1) > 1:',
        'if details.get("gap", 1) > 2:',
        seen_by(SENTENCES, "before_is and shaken"),
    ),
    # warning: report
    Fault(
        "a finding at the rate of the settings warns, not only one below it",
        "edge",
        "warning/report/urgency.py",
        'hit = findings[(findings["q"] < settings.q_watch) &',
        'hit = findings[(findings["q"] <= settings.q_watch) &',
        seen_by(STATISTICS, "warnings_begin"),
    ),
    Fault(
        "two kinds of one family are as urgent as one of each",
        "choice",
        "warning/report/urgency.py",
        "check = strict_across | strict_along | (across & along)",
        "check = strict_across | strict_along | across | along",
        seen_by(SENTENCES, "urgency and shaken"),
    ),
    Fault(
        "neighbors that deviate the other way are as urgent",
        "choice",
        "warning/report/urgency.py",
        'rows = reasons.loc[reasons["kind"].isin(kinds), [*UNIT, "kind", "direction"]]',
        'rows = reasons.loc[reasons["kind"].isin(kinds), [*UNIT, "kind"]]',
        seen_by(SENTENCES, "urgency and shaken"),
    ),
    Fault(
        "what had ended and is back is new",
        "choice",
        "warning/report/life.py",
        '"returning" if self.last else "new"',
        '"new"',
        seen_by(HISTORY, "words_follow"),
    ),
    Fault(
        "an open warning is since the last report that warned",
        "print",
        "warning/report/life.py",
        '"since": life.since,',
        '"since": life.last,',
        seen_by(SENTENCES, "status_and_since and shaken"),
    ),
    Fault(
        "one period within the band ends a warning",
        "edge",
        "warning/report/life.py",
        "PERIODS_BACK = 2",
        "PERIODS_BACK = 1",
        seen_by(STATISTICS, "ends_after_two"),
    ),
    Fault(
        "the band of a return is as wide as the deviation itself",
        "choice",
        "warning/report/life.py",
        "< width * abs(deviation)",
        "< abs(deviation)",
        seen_by(STATISTICS, "level_has_returned"),
    ),
    Fault(
        "the spatial outlier test counts winsorized areas as free ones",
        "choice",
        "warning/statistics/spatial_outlier.py",
        "others - 2.0 * cut - 1.0",
        "others - 1.0",
        seen_by(OUTLIER, "shipped_indicators"),
    ),
    Fault(
        "spatial outliers are sought in raw values",
        "choice",
        "warning/detectors/spatial.py",
        'on_link = "before" not in rows',
        "on_link = False",
        seen_by(PAST, "p_without_words"),
    ),
    Fault(
        "the monitoring classes an area at the first limit as below it",
        "edge",
        "situation/status_classes.py",
        "np.asarray((known >= limits[0]) +",
        "np.asarray((known > limits[0]) +",
        seen_by(STATISTICS, "monitoring"),
    ),
    Fault(
        "a region ten percent above the city is no longer burdened",
        "edge",
        "situation/shared_burdens.py",
        "ahead >= MARGIN - 1e-12",
        "ahead > MARGIN + 1e-12",
        seen_by(SHARED, "edge"),
    ),
    Fault(
        "a theme began where there were enough regions for the first time",
        "choice",
        "situation/shared_burdens.py",
        "        if len(burdened[one]) < at_least:\n            break\n",
        "        if len(burdened[one]) < at_least:\n            continue\n",
        seen_by(SHARED, "unbroken"),
    ),
    Fault(
        "the trend of a theme is told the wrong way round",
        "print",
        "situation/shared_burdens.py",
        '"rising" if moved > 0 else "falling"',
        '"falling" if moved > 0 else "rising"',
        seen_by(SHARED, "by_hand"),
    ),
    Fault(
        "the interval of a rank holds those above it alone",
        "choice",
        "situation/firmness.py",
        "return 1.0 + above, float(len(value) - below)",
        "return 1.0 + above, 1.0 + above",
        seen_by(FIRMNESS, "true_rank"),
    ),
    Fault(
        "two areas that differ are told apart by half the limit",
        "choice",
        "situation/firmness.py",
        "found = open_ones & (t > limit)",
        "found = open_ones & (t > 0.5 * limit)",
        seen_by(FIRMNESS, "one_pair"),
    ),
    Fault(
        "a class counts as held since the figures began",
        "choice",
        "situation/social_situation.py",
        "while same and words[same - 1] == words[-1]:",
        "while same:",
        seen_by(SITUATION, "history"),
    ),
    Fault(
        "the first page calls those burdened whose burden falls",
        "print",
        "situation/table.py",
        '(self["direction"] == "rising")',
        '(self["direction"] == "falling")',
        seen_by(SITUATION, "worsening"),
    ),
    Fault(
        "the first page prints the city where the expected value belongs",
        "print",
        "warning/report/short_sentences.py",
        "expected=naming.number(expected, lang, extra)",
        'expected=naming.number(row["value"], lang, extra)',
        seen_by(FIRST, "next or open"),
    ),
    Fault(
        "months are compared with the month before under the name of a year",
        "print",
        "indicators/comparison.py",
        "years_before(period, step) for period in periods",
        "str(int(period[:4])) + period[4:] for period in periods",
        seen_by(COMPARED, "months"),
    ),
    Fault(
        "indicators that share their counts are counted twice",
        "guard",
        "warning/report/roll_up.py",
        "        if not own & used:\n",
        "        if True:\n",
        seen_by(RULES, "same_counts"),
    ),
    # warning: data questions
    Fault(
        "a value is a code when it stands once",
        "edge",
        "warning/data_questions/check_panel.py",
        "CODE_REPEATS = 2",
        "CODE_REPEATS = 1",
        seen_by(RULES, "code"),
    ),
    Fault(
        "the formula is in question from a tenth of the cells on",
        "edge",
        "warning/data_questions/check_panel.py",
        "FORMULA_WRONG = 0.2",
        "FORMULA_WRONG = 0.1",
        seen_by(RULES, "formula"),
    ),
    Fault(
        "a value is far off from three times its series on",
        "edge",
        "warning/data_questions/series_questions.py",
        "MAGNITUDE = np.log(5.0)",
        "MAGNITUDE = np.log(3.0)",
        seen_by(RULES, "far_off"),
    ),
    # summary
    Fault(
        "a rise is called a fall",
        "print",
        "summary/facts/region_summary.py",
        'words = np.where(enough & (change > 0), "up",',
        'words = np.where(enough & (change >= 0), "down",',
        seen_by(RULES, "risen"),
    ),
    Fault(
        "risen is said from a thousandth on",
        "edge",
        "summary/facts/region_summary.py",
        "enough = np.abs(change) >= least * np.abs(before) * (1 - 1e-9)",
        "enough = np.abs(change) >= 0.001 * np.abs(before) * (1 - 1e-9)",
        seen_by(RULES, "risen"),
    ),
    Fault(
        "the highest district is the lowest",
        "choice",
        "summary/facts/region_summary.py",
        'last = rows.drop_duplicates(by, keep="last")',
        'last = rows.drop_duplicates(by, keep="first")',
        seen_by(PACK, "table_of_key_figures"),
    ),
    Fault(
        "the matrix marks regions above the city as lying below it",
        "choice",
        "summary/words/report_page.py",
        'side_of(float(cell["ratio"]))',
        'side_of(1 / float(cell["ratio"]))',
        seen_by(REPORT, "matrix"),
    ),
    Fault(
        "at a glance the nearest indicator is called the farthest",
        "choice",
        "summary/words/profile_page.py",
        "far = max(chosen, key=lambda figure:",
        "far = min(chosen, key=lambda figure:",
        seen_by(PACK, "glance"),
    ),
    Fault(
        "the city's former value is its present one",
        "print",
        "summary/words/profile_page.py",
        "old = with_unit(figure.city - figure.city_change, figure.naming, lang)",
        "old = with_unit(figure.city, figure.naming, lang)",
        seen_by(PACK, "glance"),
    ),
    Fault(
        "the words of a series name the lowest value as the highest",
        "print",
        "summary/words/profile_page.py",
        "highest, lowest = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])",
        "lowest, highest = max(known, key=lambda pair: pair[1]), min(known, key=lambda pair: pair[1])",
        seen_by(PACK, "words_of_the_pictures"),
    ),
    Fault(
        "the words of a spine chart name the city as the region",
        "print",
        "summary/words/profile_page.py",
        "        value=number_of(figure.value, figure.naming, lang),\n        side=side,",
        "        value=number_of(figure.city, figure.naming, lang),\n        side=side,",
        seen_by(PACK, "words_of_the_pictures"),
    ),
    Fault(
        "a CSV has the wrong decimal sign",
        "print",
        "summary/writers/spreadsheets.py",
        'else str(round_half_up(value, decimals)).replace(".", decimal_sign)',
        "else str(round_half_up(value, decimals))",
        seen_by(REPORT, "table_of_regions"),
    ),
    Fault(
        "a formula in a name is written into a spreadsheet",
        "guard",
        "summary/writers/spreadsheets.py",
        'return f"\'{text}" if text.startswith(FORMULA_STARTS)',
        'return f"\'{text}" if text.startswith(()) ',
        seen_by("tests/summary/writers/test_spreadsheets.py"),
    ),
    Fault(
        "the page of a report counts the warnings of all maps on each",
        "print",
        "summary/facts/report_facts.py",
        'n_warnings=hits["area_id"].nunique()',
        'n_warnings=warnings["area_id"].nunique()',
        seen_by(REPORT, "count_the_marked"),
    ),
    # what a second look found unread, and numbers without a case on their edge
    Fault(
        "what is expected of a change leaves the area's own year before out",
        "print",
        "warning/detectors/change.py",
        "linked.back(linked.y[:, -1] - effect)",
        "linked.back(linked.y[:, -1] - test.excess[:, -1])",
        seen_by(EXPECTED, "sentences_say and sample"),
    ),
    Fault(
        "one jump makes a drift",
        "choice",
        "warning/statistics/drift_test.py",
        "np.sign(rise + fall) * (largest - second)",
        "0 * np.sign(rise + fall) * (largest - second)",
        seen_by(EXPECTED, "no_warning"),
    ),
    Fault(
        "what is expected of the city leaves its usual change out",
        "print",
        "warning/detectors/city_change.py",
        "probe.forth(values) - effect[tested]",
        "probe.forth(values) - newest[tested]",
        seen_by(OVERVIEW, "whole_city"),
    ),
    Fault(
        "a spike is one from three and a half standard deviations on",
        "edge",
        "study/settings.py",
        "spike: float = 4.0",
        "spike: float = 3.5",
        seen_by(EXPECTED, "spike_is"),
    ),
    Fault(
        "a level found for a region is that of its districts",
        "choice",
        "study/study.py",
        'return self.with_regions if level == "region" else self.subject',
        "return self.subject",
        seen_by(CHARTS, "series_of_a_region"),
    ),
    Fault(
        "two in ten areas need not take part in a break",
        "edge",
        "warning/data_questions/series_questions.py",
        "BREAK_SHARE = 0.9",
        "BREAK_SHARE = 0.8",
        seen_by(FITS, "nine_tenths"),
    ),
    Fault(
        "a line in the level is told from a constant too soon",
        "edge",
        "warning/statistics/common_change.py",
        "WORTH = 9.0",
        "WORTH = 8.0",
        seen_by(FITS, "gain_nine"),
    ),
    Fault(
        "the sentence of a break names the step before as the factor",
        "print",
        "warning/data_questions/series_questions.py",
        '"factor": float(np.exp(center[s, t])),',
        '"factor": float(np.exp(center[s, t - 1])),',
        seen_by(OVERVIEW, "break"),
    ),
    Fault(
        "a factor is printed with one digit",
        "print",
        "text/sentences.py",
        'format_number(float(details["factor"]), 2, lang=lang)',
        'format_number(float(details["factor"]), 1, lang=lang)',
        seen_by(OVERVIEW, "break"),
    ),
    Fault(
        "a name may differ from its number by more",
        "edge",
        "areas/ids.py",
        "LIKE = 0.6",
        "LIKE = 0.55",
        seen_by(PAGES, "six_tenths"),
    ),
    Fault(
        "neighbors share a meter of border",
        "edge",
        "areas/neighbors.py",
        "SHORTEST_BORDER = 1e-6",
        "SHORTEST_BORDER = 1.0",
        seen_by(PAGES, "neighbors_share"),
    ),
    Fault(
        "slivers are two meters wide",
        "edge",
        "areas/polygons.py",
        "SLIVER_WIDTH_M = 1.0",
        "SLIVER_WIDTH_M = 2.0",
        seen_by(PAGES, "sliver"),
    ),
    Fault(
        "an id is believed wherever its polygon lies in it",
        "guard",
        "areas/assignment.py",
        "shared >= CLEAR_SHARE * max(official.area, polygon.area)",
        "shared >= CLEAR_SHARE * min(official.area, polygon.area)",
        seen_by(PAGES, "believed"),
    ),
    Fault(
        "twelve limits of one's own make thirteen classes",
        "edge",
        "look/classes.py",
        "if len(inner) >= MOST_CLASSES:",
        "if len(inner) > MOST_CLASSES:",
        seen_by(PAGES, "eleven_limits"),
    ),
    Fault(
        "classes of equal size hold the values from the first to the last but one",
        "choice",
        "look/steps.py",
        "np.abs(first - i * len(ordered) / k)",
        "np.abs(first - (i - 1) * len(ordered) / k)",
        seen_by(REPORT, "equally_many"),
    ),
    Fault(
        "a legend's first label ends a class too late",
        "print",
        "look/classes.py",
        'side="right")\n        return classes',
        'side="left")\n        return classes',
        seen_by(MAPS, "legend_counts"),
    ),
    Fault(
        "the axis of a small series begins where its lines do",
        "print",
        "charts/small_series.py",
        "low, high = steps[0], steps[-1]",
        "low, high = min(known), max(known)",
        seen_by(CHARTS, "small_series"),
    ),
    Fault(
        "the districts of a small series are drawn as the city",
        "print",
        "charts/small_series.py",
        '_line(drawing, city, x, y, look.soft_ink, 1.1, "3,2.2")',
        '_line(drawing, values, x, y, look.soft_ink, 1.1, "3,2.2")',
        seen_by(CHARTS, "small_series"),
    ),
    Fault(
        "a sparkline starts at zero",
        "print",
        "charts/spine.py",
        "share = (value - low) / (high - low) if high > low else 0.5",
        "share = value / high if high > low else 0.5",
        seen_by(OVERVIEW, "sparklines_of_the_city"),
    ),
    Fault(
        "the middle half of a spine is its middle four fifths",
        "print",
        "charts/spine.py",
        "np.quantile(known, (0.25, 0.75))",
        "np.quantile(known, (0.1, 0.9))",
        seen_by(CHARTS, "spines"),
    ),
    Fault(
        "the years below a series are one off",
        "print",
        "charts/series.py",
        "format_period(periods[at], lang) for at in ticks_at",
        "format_period(periods[at - 1], lang) for at in ticks_at",
        seen_by(CHARTS, "series_stands"),
    ),
    Fault(
        "the bar of a warning stands at its value",
        "print",
        "charts/series.py",
        '[position], [measured.value], marker="_"',
        '[position], [value], marker="_"',
        seen_by(CHARTS, "warning_shows"),
    ),
    Fault(
        "the words of a sparkline name the newest value as the highest",
        "print",
        "summary/words/overview.py",
        "high=number_of(max(known), naming, lang)",
        "high=number_of(known[0], naming, lang)",
        seen_by(OVERVIEW, "words_of_the_sparklines"),
    ),
    Fault(
        "what is new is told against the report of two years before",
        "choice",
        "summary/words/overview.py",
        "return periods_before(facts.period, 1)",
        "return periods_before(facts.period, 2)",
        seen_by(OVERVIEW, "page_about_the_city"),
    ),
    Fault(
        "the page of a report calls what matters within a year what matters at all",
        "print",
        "summary/words/report_words.py",
        "100 * settings.relevant_effect * settings.yearly_share",
        "100 * settings.relevant_effect",
        seen_by(OVERVIEW, "page_of_the_report"),
    ),
    Fault(
        "the classes of regions move over one year",
        "choice",
        "summary/facts/region_status.py",
        "YEARS: Final = 2",
        "YEARS: Final = 1",
        seen_by(OVERVIEW, "matrix_about"),
    ),
    Fault(
        "the legend of the first page counts the rising as the falling",
        "print",
        "summary/words/first_page.py",
        '"counts": [format_number(int(count), lang=lang) for count in row],',
        '"counts": [format_number(int(count), lang=lang) for count in row[::-1]],',
        seen_by(FIRST, "legend"),
    ),
    Fault(
        "a gap parts a far value that is a tenth narrower than the middle half",
        "edge",
        "look/steps.py",
        "max(upper - lower, 2.0)",
        "max(0.9 * (upper - lower), 2.0)",
        seen_by("tests/look/test_classes_apart.py"),
    ),
    Fault(
        "the class below a far value is labeled up to it",
        "print",
        "look/classes.py",
        "closed = i == last or bool(self.ends and self.ends[i] < high)",
        "closed = i == last",
        seen_by("tests/look/test_classes_apart.py"),
    ),
    Fault(
        "plain counts are set beside the city",
        "guard",
        "indicators/catalogue.py",
        "np.asarray((because == DEPENDS_ON_AREA) | are_counts(catalogue), dtype=bool)",
        "np.asarray(because == DEPENDS_ON_AREA, dtype=bool)",
        seen_by("tests/warning/detectors/test_level.py", "plain_counts"),
    ),
    Fault(
        "plain counts are compared with those of the neighbors",
        "guard",
        "warning/detectors/cross_section.py",
        "(unsized | are_counts(cube.keys))[:, None]",
        "unsized[:, None]",
        seen_by("tests/warning/detectors/test_spatial.py", "plain_counts"),
    ),
    Fault(
        "plain counts are compared with each other",
        "guard",
        "warning/detectors/level.py",
        " & ~are_counts(keys)),",
        "),",
        seen_by("tests/warning/detectors/test_level.py", "plain_counts"),
    ),
    Fault(
        "what rests until the last day of a period is not due on it",
        "edge",
        "warning/report/assessments.py",
        '"resting" if self.until > last_day(period) else "due"',
        '"resting" if self.until >= last_day(period) else "due"',
        seen_by("tests/warning/report/test_assessments.py"),
    ),
    Fault(
        "tails as usual changes have them are half as heavy",
        "choice",
        "warning/statistics/tails.py",
        "lost[told] = (weight * inverse).sum() / weight.sum()",
        "lost[told] = 0.5 * (weight * inverse).sum() / weight.sum()",
        seen_by("tests/warning/statistics/test_tails.py"),
    ),
    Fault(
        "a ranking marks the high as low",
        "print",
        "warning/statistics/standing.py",
        "side = np.where(unusual, np.sign(test.statistic), 0.0)",
        "side = np.where(unusual, -np.sign(test.statistic), 0.0)",
        seen_by("tests/charts/test_ranking.py"),
    ),
    Fault(
        "a worksheet's key names the report as the beginning",
        "choice",
        "summary/words/worksheet.py",
        'key = [*unit, row["since"], facts.period, row["kinds"], row["region_id"]]',
        'key = [*unit, facts.period, facts.period, row["kinds"], row["region_id"]]',
        seen_by("tests/summary/products/test_worksheets.py"),
    ),
    Fault(
        "the audit finds a region of one number in every decimal",
        "guard",
        "audit/places.py",
        'if re.search(r"[^\\d/]", str(region)):',
        "if str(region):",
        seen_by("tests/audit/test_numbers_read.py", "decimal"),
    ),
    Fault(
        "a record in a cell that a border crosses is not tested",
        "edge",
        "places/cells.py",
        "reach = _STEP / 2 + _HAIR",
        "reach = 0.0",
        seen_by(COUNTED, "border_runs_through"),
    ),
    Fault(
        "what lies on a border counts for the last area that it touches",
        "edge",
        "places/cells.py",
        "            left = left[~on]",
        "            left = left[on | ~on]",
        seen_by(COUNTED, "borders"),
    ),
    Fault(
        "a place at the limit of a ring lies beyond it",
        "edge",
        "places/catchment.py",
        'np.searchsorted(limits, distances, side="left")',
        'np.searchsorted(limits, distances, side="right")',
        seen_by(SUPPLIED, "by_hand or pysal or travel_times"),
    ),
    Fault(
        "a place serves each area as if it were alone",
        "choice",
        "places/catchment.py",
        "load = need @ weights",
        "load = need.max() * weights.max(axis=0)",
        seen_by(SUPPLIED, "by_hand or pysal"),
    ),
    Fault(
        "a backtest makes its range of all years",
        "choice",
        "places/projection_rules.py",
        "range_of(projected, spread_of(before, whom, rule, steps), coverage)",
        "range_of(projected, spread_of(cases, people, rule, steps), coverage)",
        seen_by(PROJECTED, "backtest"),
    ),
    Fault(
        "missing places are taken from the full figures",
        "guard",
        "places/space.py",
        "shown = protect(supply).data",
        "shown = supply.data",
        seen_by(PROJECTED, "hidden_need"),
    ),
    Fault(
        "the radius of a symbol is its number",
        "print",
        "maps/symbols.py",
        "self.radius * np.sqrt(np.maximum(shares, 0.0))",
        "self.radius * np.maximum(shares, 0.0)",
        seen_by("tests/maps/test_symbols.py", "every_symbol or ink"),
    ),
    Fault(
        "a theme's share of the cases is that of the people",
        "print",
        "summary/words/themes_table.py",
        'float(row[f"share_{name}"])',
        'float(row["share_people"])',
        seen_by("tests/summary/words/test_themes_table.py"),
    ),
    Fault(
        "a theme's course ends with the value of before",
        "print",
        "summary/words/themes_table.py",
        'for name in ("value_before", "value"))',
        'for name in ("value", "value_before"))',
        seen_by("tests/summary/words/test_themes_table.py"),
    ),
    Fault(
        "of two areas each has the numbers of the other",
        "print",
        "charts/comparison.py",
        "for value in (*row.pair, ",
        "for value in (*row.pair[::-1], ",
        seen_by("tests/charts/test_two_areas.py", "numbers_are_those"),
    ),
    Fault(
        "the lines of the city stand at each other's place",
        "print",
        "charts/scatter.py",
        "across, up = (_scale_of(pick, title) for pick, title in zip(picks, titles, strict=True))",
        "across, up = (_scale_of(pick, title) for pick, title in zip(picks[::-1], titles, strict=True))",
        seen_by("tests/charts/test_scatter.py", "every_point or lines"),
    ),
    Fault(
        "a warning that is followed no longer leaves without a word",
        "guard",
        "warning/report/life.py",
        "        if life.alive:\n            life.run_out()",
        "        if not life.alive:\n            life.run_out()",
        seen_by(HISTORY, "what_stays_open_longer_than_reports_are_looked_back_at_runs_out_and_is_told_once"),
    ),
    Fault(
        "the newest year is told where it goes on as before",
        "choice",
        "summary/words/region_content.py",
        'if {way, row["trend"]} == {"up", "down"}',
        'if way == row["trend"]',
        seen_by("tests/summary/words/test_profile_page.py", "newest_year_against"),
    ),
    Fault(
        "the audit takes a share without a unit for persons",
        "guard",
        "audit/knowledge.py",
        "if _PERCENT.search(name):",
        "if not name:",
        seen_by("tests/audit/test_finished.py", "heading"),
    ),
    Fault(
        "the audit takes a count by a span of months for a rate",
        "edge",
        "audit/knowledge.py",
        'len(re.sub(r"\\D", "", found.group(1))) >= 3:',
        'len(re.sub(r"\\D", "", found.group(1))) >= 1:',
        seen_by("tests/audit/test_finished.py", "heading"),
    ),
)


def places_of(fault: Fault) -> int:
    """Return how often the old text of a fault stands in its file: once, or the list has to be mended."""
    return (PACKAGE / fault.file).read_text(encoding="utf-8").count(fault.old)


def run(fault: Fault, *, show: bool = False) -> tuple[bool, float]:
    """Return whether a test noticed the fault, and how many seconds that took.

    Tests that do not run, because none is chosen or one cannot be read, have noticed nothing: that is an error.
    """
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "src"
        shutil.copytree(ROOT / "src", source, ignore=shutil.ignore_patterns("__pycache__"))
        # the package looks for its data beside the sources
        (Path(folder) / "data").symlink_to(ROOT / "data")
        target = source / "regsam_geo" / fault.file
        text = target.read_text(encoding="utf-8")
        assert text.count(fault.old) == 1, f"{fault.file}: {fault.old}"
        target.write_text(text.replace(fault.old, fault.new), encoding="utf-8")
        begun = time.perf_counter()
        context = multiprocessing.get_context("fork")
        child = context.Process(target=_tests, args=(str(source), fault.tests, show))
        child.start()
        child.join()
        # 0: all passed, 1: one failed; everything else says nothing of the fault
        assert child.exitcode in (0, 1), f"{fault.what}: pytest ended with {child.exitcode}"
        return child.exitcode == 1, time.perf_counter() - begun


def _tests(source: str, arguments: tuple[str, ...], show: bool) -> None:
    """Run tests on the sources in a folder; leave with pytest's code, 1 for a test that failed."""
    import pytest

    sys.path.insert(0, source)
    sys.dont_write_bytecode = True
    quiet = contextlib.nullcontext() if show else contextlib.redirect_stdout(io.StringIO())
    with quiet:
        how = ["-x", "-n", "0", "-q", "-m", "not long", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
        code = pytest.main([*how, *_absolute(arguments)])
    sys.exit(int(code))


def _absolute(arguments: tuple[str, ...]) -> list[str]:
    return [str(ROOT / one) if one.startswith("tests/") else one for one in arguments]


def load_libraries() -> None:
    """Load what every test needs, once for all faults; the package itself is loaded anew for each."""
    import geopandas  # noqa: F401
    import jinja2  # noqa: F401
    import matplotlib.figure  # noqa: F401
    import openpyxl  # noqa: F401
    import pytest  # noqa: F401
    import scipy.special  # noqa: F401


def write_table(results: dict[int, tuple[bool, float]]) -> None:
    """Write the list of faults with what became of them."""
    killed = sum(noticed for noticed, _ in results.values())
    lines = [
        "# Faults put into the code, one at a time",
        "",
        f"The fast tests named beside them noticed {killed} of {len(results)} (`benchmarks/mutations.py`).",
        "",
        "| | Fault | Kind | File | Tests | Noticed |",
        "|---|---|---|---|---|---|",
    ]
    for number, (noticed, _) in sorted(results.items()):
        fault = FAULTS[number - 1]
        tests = " ".join(one.removeprefix("tests/") for one in fault.tests if one != "-k")
        word = "yes" if noticed else "**no**"
        lines.append(f"| {number} | {fault.what} | {fault.kind} | `{fault.file}` | `{tests}` | {word} |")
    TABLE.write_text("\n".join([*lines, ""]), encoding="utf-8")


def main() -> None:
    """Try the faults asked for, or all."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("numbers", nargs="*", type=int, help="numbers of the list, from 1; all by default")
    parser.add_argument("--show", action="store_true", help="show what the tests say")
    given = parser.parse_args()
    load_libraries()
    results = {}
    for number in given.numbers or range(1, len(FAULTS) + 1):
        fault = FAULTS[number - 1]
        results[number] = run(fault, show=given.show)
        noticed, seconds = results[number]
        print(f"{number:3} {'noticed' if noticed else 'MISSED '} {seconds:5.1f} s  {fault.what}", flush=True)
        if not given.numbers:
            write_table(results)
    print(f"{sum(noticed for noticed, _ in results.values())} of {len(results)} noticed")


if __name__ == "__main__":
    main()
