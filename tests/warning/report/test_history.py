"""New, continuing, open, ended, returning: one definition in the table, in the comparison and in the replay."""

from __future__ import annotations

import itertools

import pandas as pd
import pytest
from answers_made import answered

import regsam_geo as rg
from regsam_geo.warning import Settings
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import DRIFT

UNIT = ["indicator", "group", "level", "area_id"]
YEARS = range(2018, 2025)


@pytest.fixture(scope="module")
def panel():
    """A part of the sample in which some warnings continue, and one that was made to end and to come back."""
    names = ["Innerräumliche Umzugsziffer", "Bevölkerungsdichte", "Nichtdeutsche", "Hochbetagte"]
    sample = rg.load_sample().sel(names)
    data = sample.data.copy()
    cell = (data["indicator"] == "Hochbetagte") & (data["area_id"] == "05")
    for period, factor in (
        ("2019", 1.3),
        ("2020", 1.0),
        ("2021", 1.0),
        ("2022", 1.0),
        ("2023", 1.0),
        ("2024", 1.3),
    ):
        hit = cell & (data["period"] == period)
        data.loc[hit, "numerator"] *= factor
        data.loc[hit, "value"] = (100 * data["numerator"] / data["denominator"])[hit].round(1)
    return rg.Panel(data, sample.catalogue)


@pytest.fixture(scope="module")
def past(panel):
    return rg.replay(panel, YEARS)


def units(table):
    return {tuple(row) for row in pd.DataFrame(table)[UNIT].to_numpy()}


def test_the_words_follow_from_the_reports_themselves(past):
    words, ended = set(), set()
    reports = list(past.reports.values())
    for old, new in itertools.pairwise(reports):
        before = {tuple(row[name] for name in UNIT): row for row in pd.DataFrame(old).to_dict("records")}
        for row in pd.DataFrame(new).to_dict("records"):
            key = tuple(row[name] for name in UNIT)
            if key in before:
                assert row["status"] in ("continuing", "open")
                assert row["since"] == before[key]["since"]
            else:
                assert row["status"] in ("new", "returning")
                assert row["since"] == row["period"]
            assert (row["last"] == row["period"]) == (row["status"] != "open")
            assert pd.isna(row["q"]) == (row["status"] == "open")
            words.add(row["status"])
        gone = set(before) - units(new)
        over = {tuple(row) for row in new.facts.ended[UNIT].to_numpy()}
        # nothing leaves the list without a word
        assert gone <= over
        assert not over & units(new)
        ended |= over
    assert words == {"new", "continuing", "open", "returning"}
    assert ended


def test_comparison_and_table_use_the_same_words(past):
    for old, new in itertools.pairwise(past.reports.values()):
        compared = rg.compare_warnings(old, new)
        now = compared[compared["change"] != "ended"].set_index(UNIT)["change"]
        assert now.to_dict() == pd.DataFrame(new).set_index(UNIT)["status"].to_dict()


@pytest.mark.slow
def test_a_lone_report_tells_the_same_history_as_the_replay(panel, past):
    alone = rg.detect_warnings(panel, 2024)
    pd.testing.assert_frame_equal(pd.DataFrame(alone), pd.DataFrame(past.reports["2024"]))
    pd.testing.assert_frame_equal(alone.facts.history, past.reports["2024"].facts.history)


def test_moves_within_district_12_continue_with_other_kinds(past):
    kinds = {}
    for year in ("2020", "2023", "2024"):
        row = past.reports[year].set_index(["indicator", "area_id"]).loc[("Innerräumliche Umzugsziffer", "12")]
        assert (row["status"], row["since"]) == ("new" if year == "2020" else "continuing", "2020")
        kinds[year] = row["kinds"]
    assert "change" in kinds["2023"]
    assert "change" not in kinds["2024"]
    assert "drift" in kinds["2024"]


def test_reports_further_apart_are_compared_with_all_that_came_before(past):
    compared = rg.compare_warnings(past.reports["2022"], past.reports["2024"]).set_index(["indicator", "area_id"])
    assert compared.loc[("Bevölkerungsdichte", "22"), "change"] == "new"


def test_lookback_bounds_the_history(panel):
    study = rg.Study(panel, settings=Settings(lookback=1))
    short = rg.detect_warnings(study, 2024, detectors=[CHANGE, DRIFT])
    assert list(short.facts.history.columns) == ["2023"]
    assert short["since"].min() >= "2023"


# --- a made step that stays, and one that goes back


def stepped(factors, area="07", name="Haushalte Alleinerziehend"):
    """The sample with one district of one indicator times a factor from year to year."""
    sample = rg.load_sample().sel([name, "Arbeitslose - Anteil"])
    data = sample.data.copy()
    for year, factor in factors.items():
        cell = (data["indicator"] == name) & (data["area_id"] == area) & (data["period"] == str(year))
        data.loc[cell & (data["level"] == "district"), ["value", "numerator", "base_1"]] *= factor
    return rg.Panel(data, sample.catalogue)


def told(study, year):
    """Status of district 07 in a report, and how it ended."""
    table = rg.detect_warnings(study, year)
    own = pd.DataFrame(table[table["area_id"] == "07"])
    ended = table.facts.ended
    return own["status"].tolist(), ended.loc[ended["area_id"] == "07", "how"].tolist(), own


@pytest.mark.parametrize(
    "factor", [pytest.param(1.4, marks=pytest.mark.slow), pytest.param(1.25, marks=pytest.mark.slow), 0.7]
)
def test_a_step_that_stays_is_told_until_it_is_judged(factor):
    study = rg.Study(stepped(dict.fromkeys(range(2020, 2025), factor)), lang="de")
    assert told(study, 2020)[0] == ["new"]
    for year in range(2021, 2025):
        status, ended, row = told(study, year)
        assert status in (["open"], ["continuing"])
        assert row["since"].item() == "2020"
        assert ended == []
    # what would be without it is what the table said before the step was put in
    plain = stepped({}).sel("Haushalte Alleinerziehend", period=2024, area="07", level="district")
    plain = plain.data["value"].item()
    assert row["expected"].item() == pytest.approx(plain, rel=0.1)
    assert row["value"].item() == pytest.approx(plain * factor, rel=0.02)
    assert told(study.replace(assessments=answered({**SAID, "need": "yes"})), 2022)[:2] == ([], ["judged"])


def test_what_stays_open_longer_than_reports_are_looked_back_at_runs_out_and_is_told_once():
    panel = stepped(dict.fromkeys(range(2019, 2025), 1.4)).sel("Haushalte Alleinerziehend")
    forgetful = rg.Study(panel, lang="de", settings=Settings(lookback=2))
    course = [told(forgetful, year)[:2] for year in range(2019, 2025)]
    warned = [year for year in range(2019, 2025) if told(forgetful, year)[2]["last"].eq(str(year)).any()]
    assert warned == [2019]
    assert course == [(["new"], []), (["open"], []), (["open"], []), ([], ["run_out"]), ([], []), ([], [])]
    # who looks back at all reports sees it as long as it stays
    assert told(forgetful.replace(settings=Settings(lookback=None)), 2024)[:2] == (["open"], [])
    # at rest until a later day it runs out, too: the day would not be kept
    rest = {**SAID, "need": "yes", "since": "2019", "period": "2019", "until": "2030-12-31"}
    assert told(forgetful.replace(assessments=answered(rest)), 2022)[:2] == ([], ["run_out"])


SAID = {
    "indicator": "Haushalte Alleinerziehend", "group": "insgesamt", "level": "district", "area_id": "07",
    "since": "2020", "period": "2021", "kinds": "change", "region_id": "6/7",
}  # fmt: skip


@pytest.mark.slow
def test_what_was_judged_rests_until_its_day_and_is_due_from_it_on():
    study = rg.Study(stepped(dict.fromkeys(range(2020, 2025), 1.4)), lang="de")

    def judged(year, **answer):
        return told(study.replace(assessments=answered({**SAID, **answer})), year)[:2]

    assert judged(2021, need="yes")[0] == ["open"]  # noted after the report of 2021
    assert judged(2023, need="no") == ([], [])
    for words in ({"need": ""}, {"need": "clarify"}):  # nothing was judged
        assert judged(2022, **words)[0] == ["open"]
    # with a day: at rest before it, due from the report on whose period it ends
    assert judged(2022, need="yes", until="2023-12-31") == ([], [])
    assert judged(2023, need="yes", until="2024-01-01") == ([], [])
    assert judged(2023, need="yes", until="2023-12-31") == (["due"], [])
    assert judged(2024, need="clarify", until="2023-12-31") == (["due"], [])


def test_a_step_that_goes_back_ends_after_two_years():
    study = rg.Study(stepped({2020: 1.4}), lang="de")
    assert told(study, 2020)[0] == ["new"]
    # the way back is unusual too: it is warned of, as a return
    first = told(study, 2021)
    assert first[0] in (["open"], ["continuing"])
    later = [told(study, year) for year in (2022, 2023, 2024)]
    assert [status for status, _, _ in later][-1] == []
    assert ["returned"] in [ended for _, ended, _ in later]


def test_the_sentence_of_an_open_warning_names_what_was_and_what_would_be():
    panel = stepped(dict.fromkeys(range(2022, 2025), 1.4))
    _, _, row = told(rg.Study(panel, lang="de"), 2024)
    sentence = row["sentence_de"].item().replace("\N{NO-BREAK SPACE}", " ")
    then = panel.sel("Haushalte Alleinerziehend", period=2022, area="07", level="district").data
    then = 100 * then["numerator"].item() / then["denominator"].item()
    assert f"Im Bericht 2022 waren es {then:.1f} %".replace(".", ",") in sentence
    assert "Hinweis seit 2022, noch nicht abschließend bewertet." in sentence
    assert f"{row['expected'].item():.1f} %".replace(".", ",") in sentence
