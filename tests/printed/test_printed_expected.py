"""What a sentence says was to be expected is worked out again from the counts of the plain table.

The method is that of ``docs/methods/temporal.md``; ``plain_change.py`` follows it in plain numpy.
"""

from __future__ import annotations

import math
import re

import numpy as np
import pytest
from plain_change import expected_of
from plain_pages import Page
from plain_table import SPACE as NBSP
from plain_table import Plain, is_printed, read_names, read_regions, write
from test_printed_pack import SERIES, hard
from test_printed_sentences import read

import regsam_geo as rg

pytestmark = pytest.mark.slow

SPIKED = "Hochbetagte", "insgesamt"
IDS = sorted(read_names())
REGION_OF, _ = read_regions()
KNOWN = {}
"""What was worked out of a table, by its identity, indicator and period."""


def counts_of(plain, key, period):
    """The counts of all districts up to a period; a cell without a printed value has none."""
    periods = [one for one in plain.periods(key) if one <= period]
    over, under = (np.full((len(periods), len(IDS)), np.nan) for _ in range(2))
    for t, when in enumerate(periods):
        for a, area in enumerate(IDS):
            row = plain.rows.get((*key, when, "district", area))
            if row is not None and not math.isnan(row.value):
                over[t, a], under[t, a] = row.over, row.under
    return over, under


def expected(plain, key, period):
    name = id(plain), key, period
    if name not in KNOWN:
        entry = plain.catalogue[key]
        KNOWN[name] = expected_of(*counts_of(plain, key, period), share=entry.proportion, scale=entry.scale)
    return KNOWN[name]


ALONE = {"related": False, "zones": False}
"""What related indicators lend is worked out plainly in ``test_related.py``; here each series stands alone."""


@pytest.fixture(params=["sample", "shaken"], scope="module")
def told(request):
    sample = request.param == "sample"
    panel = rg.load_sample() if sample else request.getfixturevalue("shaken")[0]
    plain = request.getfixturevalue("plain") if sample else request.getfixturevalue("shaken")[1]
    study = rg.Study(panel, settings=rg.Settings(lookback=1, q_watch=0.3, **ALONE))
    return {str(year): rg.detect_warnings(study, year) for year in range(2020, 2025)}, plain


def test_sentences_say_what_the_method_leads_to_expect(told):
    reports, plain = told
    compared = {"change": 0, "drift": 0}
    for table in reports.values():
        for row in table[table["status"] != "open"].to_dict("records"):
            key, period = (row["indicator"], row["group"]), row["period"]
            entry, column = plain.catalogue[key], IDS.index(row["area_id"])
            for lang in ("de", "en"):
                reason, said = read(row[f"sentence_{lang}"], lang)
                if reason not in compared:
                    continue
                known = expected(plain, key, period)
                assert reason == "drift" or not known.returns[column]
                wanted = (
                    known.of_drift(column, int(said["years"])) if reason == "drift" else known.of_change(column)
                )
                same = write(row["value"], entry.decimals, "en") == write(wanted, entry.decimals, "en")
                assert is_printed(said["expected"], wanted, entry.decimals + same, lang, entry.unit[lang])
                assert row["expected"] == pytest.approx(wanted, rel=1e-7)
                compared[reason] += 1
    assert compared["change"] > 10
    if plain.catalogue["Hochbetagte", "insgesamt"].decimals == 0:  # the made table speaks every phrase
        assert compared["drift"]


def test_so_do_the_tests_that_led_to_no_warning(shaken):
    panel, plain = shaken
    study = rg.Study(panel, settings=rg.Settings(lookback=0, **ALONE))
    found = rg.detect_warnings(study, 2024).facts.findings
    found = found[(found["level"] == "district") & found["kind"].isin(["change", "drift"]) & found["p"].notna()]
    for row in found.to_dict("records"):
        known, column = expected(plain, (row["indicator"], row["group"]), "2024"), IDS.index(row["area_id"])
        drift = row["kind"] == "drift"
        wanted = known.of_drift(column, row["details"]["years"]) if drift else known.of_change(column)
        assert row["expected"] == pytest.approx(wanted, rel=1e-7)
    assert len(found) > 200


def after_a_spike(factor):
    """A district that rose by a factor for one year and then fell below where it had been."""
    panel = rg.load_sample().sel("Hochbetagte", period=range(2010, 2025))
    data = panel.data.copy()
    for year, times in (("2023", factor), ("2024", 0.8)):
        cell = (data["area_id"] == "05") & (data["period"] == year)
        data.loc[cell, ["numerator", "base_1"]] *= times
        data.loc[cell, "value"] = (100 * data["numerator"] / data["denominator"])[cell].round(1)
    return rg.Panel(data, panel.catalogue), Plain.of_records(data.to_dict("records"))


def after_the_rise(plain, **settings):
    entry = plain.catalogue[SPIKED]
    return expected_of(*counts_of(plain, SPIKED, "2024"), share=entry.proportion, scale=entry.scale, **settings)


@pytest.mark.parametrize(("above", "reason"), [(0.999, "change_return"), (1.001, "change")])
def test_the_way_back_from_a_spike_is_measured_from_the_level_before_it(above, reason):
    panel, plain = after_a_spike(1.33)
    entry, column = plain.catalogue[SPIKED], IDS.index("05")
    jump = after_the_rise(plain).jump[column]
    known = after_the_rise(plain, spike=above * jump)
    assert known.returns[column] == (reason == "change_return")
    study = rg.Study(panel, settings=rg.Settings(spike=above * jump, lookback=1))
    rows = rg.detect_warnings(study, period=2024).set_index("area_id")
    for lang in ("de", "en"):
        found, said = read(rows.loc["05", f"sentence_{lang}"], lang)
        assert found == reason
        assert said["before_period"] == "2023"
        assert is_printed(said["expected"], known.of_change(column), entry.decimals, lang, entry.unit[lang])


@pytest.mark.parametrize(("spike", "reason"), [(3.98, "change"), (4.02, "change_return")])
def test_a_spike_is_a_rise_of_more_than_four_standard_deviations(spike, reason):
    low, high = 1.0, 1.33
    for _ in range(12):
        middle = (low + high) / 2
        panel, plain = after_a_spike(middle)
        jump = after_the_rise(plain).jump[IDS.index("05")]
        if abs(jump - spike) < 0.01:
            break
        low, high = (middle, high) if jump < spike else (low, middle)
    assert jump == pytest.approx(spike, abs=0.01)
    found = rg.detect_warnings(rg.Study(panel, settings=rg.Settings(lookback=1)), period=2024).facts.findings
    assert found[found["kind"] == "change"].set_index("area_id").loc["05", "reason"] == reason


def test_profiles_say_what_was_to_be_expected_of_their_region(pack, grouped):
    """The sixteen regions are compared with each other, each by the sum of its districts."""
    _, plain = grouped
    page = Page((pack / "profil.html").read_text(encoding="utf-8"))
    keys = {entry.short("de"): key for key, entry in plain.catalogue.items()}
    regions = list(dict.fromkeys(REGION_OF.values()))
    compared = 0
    for words in page.alts:
        if not words.startswith("Zeitreihe"):
            continue
        said = re.fullmatch(SERIES["de"], hard(words)).groupdict()
        key = keys[said["title"]]
        entry = plain.catalogue[key]
        sums = [plain.sums(key, period, REGION_OF) for period in plain.periods(key)]
        over, under = (np.array([[one[region][i] for region in regions] for one in sums]) for i in (0, 1))
        known = expected_of(over, under, share=entry.proportion, scale=entry.scale)
        wanted = known.of_change(regions.index("17/18"))
        assert is_printed(said["expected"].replace("_", NBSP), wanted, entry.decimals, "de", "%")
        compared += 1
    assert compared == 3
