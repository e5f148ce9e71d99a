"""What an answer says, which of several holds, and until when."""

from __future__ import annotations

import datetime as dt

import pytest
from answers_made import answered
from hypothesis import given
from hypothesis import strategies as st

import regsam_geo as rg
from regsam_geo.warning.report.answers import date_of, need_of
from regsam_geo.warning.report.assessments import Judgement, judgements, last_day, newest

ABOUT = {
    "period": "2023", "since": "2023", "indicator": "A", "group": "insgesamt", "level": "district",
    "area_id": "01", "kinds": "change", "region_id": "1/2/3", "body": "RAGS",
}  # fmt: skip
SPELLINGS = {
    "yes": ("ja", "wahr", "true", "x", "zutreffend", "trifft zu", "yes", "1", "✓"),
    "no": ("nein", "falsch", "false", "nicht zutreffend", "trifft nicht zu", "no", "0", "kein Bedarf"),
    "clarify": ("zu klären", "unklar", "offen", "noch zu klären", "to be clarified"),
    "": ("", "-", "–", "k. A."),
}
CASES = st.sampled_from((str, str.upper, str.lower, str.title))
AROUND = st.sampled_from(("{}", " {} ", "{}.", "{} !", "\n{}", "„{}“", "{}\N{NO-BREAK SPACE}", '"{}"'))


@given(st.sampled_from(sorted(SPELLINGS)), st.data(), CASES, AROUND)
def test_an_answer_is_the_same_however_it_is_written(need, data, case, around):
    word = data.draw(st.sampled_from(SPELLINGS[need]))
    assert need_of(around.format(case(word))) == (need, "")


@given(st.text(alphabet="abcdefghiklmoprstuvwz äöü", min_size=4, max_size=20))
def test_what_is_no_answer_is_not_taken_for_one(text):
    known = {word.casefold() for words in SPELLINGS.values() for word in words} | {
        "stimmt", "stimmt nicht", "bedarf", "bedarf vorhanden", "keiner", "kein", "need", "none", "open",
        "clarify", "richtig", "unclear", "no need", "to clarify", "klären", "wird geklärt", "noch offen",
        "zu klaeren",
    }  # fmt: skip
    found = need_of(text)
    plain = " ".join(text.casefold().split())
    assert (found is None) == (plain not in known) or plain == ""


def test_truth_values_numbers_and_words_behind_an_answer():
    assert [need_of(cell) for cell in (True, False, 1, 0, 1.0, 0.0)] == [("yes", ""), ("no", "")] * 3
    assert need_of(2) is None
    assert need_of(0.5) is None
    assert need_of("ja (nur im Süden)") == ("yes", "nur im Süden")
    assert need_of("Nein - siehe Protokoll") == ("no", "siehe Protokoll")


@given(st.dates(dt.date(2001, 1, 1), dt.date(2099, 12, 31)), st.data())
def test_a_day_is_the_same_however_it_is_written(day, data):
    serial = (day - dt.date(1899, 12, 30)).days
    forms = [
        day, dt.datetime.combine(day, dt.time()), day.isoformat(), f"{day:%d.%m.%Y}",
        f"{day.day}.{day.month}.{day.year}",
        f"{day:%d.%m.%y}", f"bis {day:%d.%m.%Y}", f" {day:%d.%m.%Y} ", f"{day} 00:00:00", serial, float(serial),
    ]  # fmt: skip
    assert date_of(data.draw(st.sampled_from(forms))) == day.isoformat()
    if day.day > 12:
        assert date_of(f"{day:%m/%d/%Y}") == date_of(f"{day:%d/%m/%Y}") == day.isoformat()
    elif day.day != day.month:
        assert date_of(f"{day:%m/%d/%Y}") is None  # two readings


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Q2 2027", "2027-06-30"),
        ("2. Quartal 2027", "2027-06-30"),
        ("Ende 2026", "2026-12-31"),
        ("bis Ende 2026", "2026-12-31"),
        ("Mitte 2026", "2026-06-30"),
        ("Anfang 2027", "2027-03-31"),
        ("Herbst 2026", "2026-11-30"),
        ("Ende Juni 2027", "2027-06-30"),
        ("Juni 2027", "2027-06-30"),
        ("2. Halbjahr 2026", "2026-12-31"),
        ("2027", "2027-12-31"),
        (2027, "2027-12-31"),
        ("2023/24", "2024-07-31"),
        ("end of 2026", "2026-12-31"),
        ("", ""),
        ("unbefristet", ""),
        ("31.02.2026", None),
        ("bald", None),
        (True, None),
    ],
)
def test_days_that_are_named_by_their_period(text, day):
    assert date_of(text) == day


def test_the_last_day_of_a_period_is_the_calendars():
    assert last_day("2023-02") == "2023-02-28"
    assert last_day("2024-H2") == "2024-12-31"
    assert last_day("2020-W53") == "2021-01-03"


def standing(*answers):
    return answered(*({**ABOUT, **one} for one in answers))["standing"].tolist()


@pytest.mark.parametrize(
    ("day", "state"), [("2024-12-30", "due"), ("2024-12-31", "due"), ("2025-01-01", "resting")]
)
def test_what_rests_until_a_day_is_due_from_the_first_report_that_ends_on_it(day, state):
    assert Judgement("2023", "no", day, ()).state("2024") == state


def test_of_one_body_the_newer_word_holds():
    old, new = {"need": "no", "stated": "2024-01-01"}, {"need": "yes", "stated": "2024-02-01"}
    assert standing(old, new) == ["superseded", "valid"]
    assert standing(new, old) == ["valid", "superseded"]
    assert standing(old, {**new, "stated": ""}) == ["conflict", "conflict"]
    assert standing(old, {**new, "stated": "2024-01-01"}) == ["conflict", "conflict"]
    # the same answer needs no date
    assert standing({"need": "yes"}, {"need": "yes", "note": "mehr"}) == ["valid", "valid"]
    assert standing({"need": "yes"}, {"need": "yes"}) == ["valid", "repeated"]
    # another day is another answer
    assert standing({"need": "yes", "until": "2026-12-31"}, {"need": "yes"}) == ["conflict", "conflict"]


def test_two_bodies_that_differ_are_divided_whatever_the_date():
    one, other = {"need": "no", "stated": "2024-01-01"}, {"need": "yes", "stated": "2024-02-01", "body": "FAK"}
    assert standing(one, other) == ["conflict", "conflict"]
    assert standing(one, {**other, "need": "no"}) == ["valid", "valid"]
    table = answered({**ABOUT, **one}, {**ABOUT, **other})
    (told,) = judgements(table, "2023").values()
    assert (newest(told).need, newest(told).state("2024")) == ("split", "split")
    assert len(newest(told).rows) == 2  # what both said is shown


def test_the_newest_report_that_was_answered_holds_and_the_others_are_history():
    table = answered({**ABOUT, "need": "no"}, {**ABOUT, "period": "2024", "need": "yes"})
    assert table["standing"].tolist() == ["earlier", "valid"]
    (told,) = judgements(table, "2024").values()
    assert [one.need for one in told] == ["no", "yes"]
    (before,) = judgements(table, "2023").values()
    assert newest(before).need == "no"  # a report knows nothing of what was said later
    # a mere remark takes nothing back
    table = answered({**ABOUT, "need": "no"}, {**ABOUT, "period": "2024", "note": "siehe Protokoll"})
    (told,) = judgements(table, "2024").values()
    assert newest(told).need == "no"


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "need": st.sampled_from(("yes", "no", "clarify", "")),
                "body": st.sampled_from(("RAGS", "FAK", "")),
                "stated": st.sampled_from(("", "2024-01-01", "2024-02-01")),
                "until": st.sampled_from(("", "2026-12-31")),
                "note": st.sampled_from(("", "a", "b")),
                "period": st.sampled_from(("2023", "2024")),
            }
        ),
        max_size=8,
    )
)
def test_settling_loses_no_row_and_leaves_no_contradiction(answers):
    table = answered(*({**ABOUT, **one} for one in answers))
    assert table["note"].tolist() == [one["note"] for one in answers]
    held = table[(table["standing"] == "valid") & (table["need"] != "")]
    assert held["need"].nunique() <= 1
    assert held["period"].nunique() <= 1
    assert (table["conflict"] != "").sum() >= (table["standing"] == "conflict").sum()
    value = rg.predictive_value(table)
    assert value["judged"].sum() == (1 if set(held["need"]) & {"yes", "no"} else 0)
