"""A detector of the user's own beside the built-in ones, and warnings as records for other programs."""

from __future__ import annotations

import dataclasses
import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.text import Phrase, using_language
from regsam_geo.warning import DETECTORS, Detector, Past, as_findings
from regsam_geo.warning.detectors.level import LEVEL
from regsam_geo.warning.report.table import COLUMNS

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "warnings.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def study():
    return rg.load_study().sel(["Hochbetagte", "Nichtdeutsche"], period=range(2010, 2025))


FIVE = Phrase("Das ist die Fünf, vorher {before}.", "This is number five, before {before}.")


def loud(p, family="temporal", **record):
    """Return a detector that finds something in district 05 with the p given and nothing elsewhere."""

    def five(panel, context):
        rows = panel.data[(panel.data["period"] == context.period) & (panel.data["level"] == "district")]
        found = rows[["indicator", "group", "period", "level", "area_id", "value"]].assign(
            direction="high",
            p=[p if area == "05" else 1.0 for area in rows["area_id"]],
            p_floor=1e-9,
            reason="five",
            details=[{"before": 12.34}] * len(rows),
        )
        return as_findings(found)

    words = Phrase("die Fünf", "number five")
    return Detector("five", family, five, **{"words": words, "sentences": {"five": FIVE}, **record})


def squeezed(text):
    return text.replace("\N{NARROW NO-BREAK SPACE}%", "%").replace("\N{NO-BREAK SPACE}%", "%").replace(" %", "%")


@pytest.mark.parametrize(("p", "urgency"), [(1e-7, "check"), (0.003, "watch")])
def test_it_warns_with_its_own_sentence(study, p, urgency):
    # two indicators of 25 areas, two of 50 tests with p: q is 25 p by Benjamini and Hochberg
    found = rg.detect_warnings(study, detectors=[loud(p)])
    assert found["area_id"].tolist() == ["05", "05"]
    assert set(found["kinds"]) == {"five"}
    assert set(found["urgency"]) == {urgency}
    assert found["q"].tolist() == pytest.approx([25 * p] * 2)
    # a float is written as a value of the indicator
    assert all("Das ist die Fünf, vorher 12,3%." in squeezed(text) for text in found["sentence_de"])
    assert all("This is number five, before 12.3%." in squeezed(text) for text in found["sentence_en"])
    assert all("2024" in text for text in found["sentence_de"])


def test_it_stands_beside_the_others(study):
    usual = rg.detect_warnings(study)
    more = rg.detect_warnings(study, detectors=[*DETECTORS, loud(1e-7)])
    own = more["kinds"].str.contains("five")
    key = ["indicator", "area_id"]
    assert set(map(tuple, usual[key].to_numpy())) <= set(map(tuple, more[key].to_numpy()))
    assert own.sum() == 2


@pytest.mark.parametrize(
    ("p", "other", "urgency"),
    [(0.003, "cross-sectional", "check"), (0.003, "temporal", "watch"), (1e-7, "cross-sectional", "priority")],
)
def test_its_family_counts_as_that_of_any_other(study, p, other, urgency):
    """One reason of each family is to be checked, urgent if both are sure; two of one family are one reason."""
    second = dataclasses.replace(loud(p, other), name="second")
    found = rg.detect_warnings(study, detectors=[loud(p), second])
    assert set(found["urgency"]) == {urgency}
    assert set(found["kinds"]) == {"five+second"}


def test_it_spreads_to_a_neighbor_only_if_its_record_says_so(study):
    near = rg.load_study().neighbors()["05"]

    def both(panel, context):
        found = loud(0.0005).test(panel, context)
        return found.assign(p=np.where(found["area_id"].isin(["05", near[0]]), 0.001, 1.0))

    for spreads, urgency in ((True, "priority"), (False, "watch")):
        detector = Detector("pair", "temporal", both, spreads=spreads, sentences={"five": FIVE})
        found = rg.detect_warnings(study, detectors=[detector])
        assert set(found["area_id"]) == {"05", near[0]}
        assert set(found["urgency"]) == {urgency}


def test_it_may_warn_nobody_and_may_bring_a_p_that_needs_no_correction(study):
    assert rg.detect_warnings(study, detectors=[loud(1e-7, warns=False)]).empty
    # 25 p is above, p itself below the threshold
    assert rg.detect_warnings(study, detectors=[loud(0.02)]).empty
    found = rg.detect_warnings(study, detectors=[loud(0.02, corrected=False)])
    assert found["q"].tolist() == [0.02, 0.02]
    assert set(found["status"]) == {"continuing"}


@pytest.mark.parametrize("past", [False, True])
def test_it_continues_while_it_finds_the_same(study, past):
    def p_alone(cube, context):
        p = np.where(np.isfinite(cube.value[:, -1]), 1.0, np.nan)
        p[:, cube.area_ids.get_loc("05")] = 1e-7 if context.period > "2021" else 1.0
        return p

    detector = loud(1e-7, past=Past(p_alone)) if past else loud(1e-7)
    found = rg.detect_warnings(study.replace(settings=rg.Settings(lookback=4)), detectors=[detector])
    assert set(found["status"]) == {"continuing"}
    # as far as lookback looks; or as its own p of earlier periods says
    assert set(found["since"]) == {"2022" if past else "2020"}


def test_without_words_of_its_own_it_is_told_all_the_same(study):
    found = rg.detect_warnings(study, detectors=[loud(1e-7, words=None, sentences={})])
    assert all("Das ist ungewöhnlich." in text for text in found["sentence_de"])
    assert ">five<" in found.facts._repr_html_()


def test_what_it_finds_of_the_city_is_told_in_its_words(study):
    def whole(panel, context):
        return loud(1e-7).test(panel, context).query("area_id == '05'").assign(level="city", area_id="00")

    table = rg.detect_warnings(study, detectors=[Detector("city", "temporal", whole, sentences={"five": FIVE})])
    assert table.empty
    assert len(table.facts.city) == 2
    assert all(text.startswith("Stadt München – ") for text in table.facts.city["sentence_de"])
    assert all("Das ist die Fünf" in text for text in table.facts.city["sentence_de"])


def test_what_is_missing_in_its_result_is_named(study):
    def broken(panel, context):
        return pd.DataFrame({"indicator": ["a"], "p": [0.1]})

    with pytest.raises(OptionError, match=r"broken.*group.*as_findings"):
        rg.detect_warnings(study, detectors=[LEVEL, Detector("broken", "temporal", broken)])


def test_what_is_no_detector_or_has_the_name_of_another_is_refused(study):
    with pytest.raises(OptionError, match=r"Detector.*five"):
        rg.detect_warnings(study, detectors=[loud(0.1).test])
    for twice in ([loud(0.1), loud(0.2)], [*DETECTORS, dataclasses.replace(loud(0.1), name="level")]):
        with pytest.raises(OptionError, match="Name"):
            rg.detect_warnings(study, detectors=twice)
    with pytest.raises(OptionError, match="data"):
        rg.detect_warnings(study, detectors=[dataclasses.replace(loud(0.1), name="data")])


def test_it_shows_in_the_facts_under_its_own_words(study):
    facts = rg.detect_warnings(study, detectors=[loud(1e-7)]).facts
    assert "die Fünf" in facts._repr_html_()
    with using_language("en"):
        assert "number five" in facts._repr_html_()
        assert "number five" in facts.findings._repr_html_()


def check(value, schema):
    """Hold a value to a schema, as far as ours goes; an oracle of its own beside ``jsonschema``."""
    kinds = {"string": str, "number": (int, float), "null": type(None), "array": list, "object": dict}
    if "$ref" in schema:
        check(value, SCHEMA["$defs"]["period"])
    if "enum" in schema:
        assert value in schema["enum"]
    if "type" in schema:
        wished = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        assert any(isinstance(value, kinds[name]) for name in wished)


@pytest.mark.slow
def test_records_follow_the_schema():
    jsonschema = pytest.importorskip("jsonschema")
    validator = jsonschema.Draft202012Validator(SCHEMA)
    validator.check_schema(SCHEMA)
    panel = rg.load_sample()
    tables = [rg.detect_warnings(panel, period=period) for period in (2022, 2023)]
    tables.append(rg.detect_warnings(rg.aggregate(panel), period=2023))
    tables.append(rg.detect_warnings(panel.sel("Hochbetagte"), detectors=[loud(1e-7)]))
    for table in tables:
        records = json.loads(json.dumps(table.as_records(), allow_nan=False))
        validator.validate(records)
        assert len(records) == len(table)
        for record in records:
            assert list(record) == list(COLUMNS) == SCHEMA["items"]["required"]
            for name, value in record.items():
                check(value, SCHEMA["items"]["properties"][name])
    assert any(record["city"] is None for table in tables for record in table.as_records())
    assert any("level" in record["kinds"] or "change" in record["kinds"] for record in tables[1].as_records())


def test_records_hold_the_numbers_of_the_table(sample_study):
    table = rg.detect_warnings(sample_study, period=2023)
    for record, (_, row) in zip(table.as_records(), table.iterrows(), strict=True):
        assert record["kinds"] == row["kinds"].split("+")
        for name in ("value", "expected", "city", "effect", "q"):
            assert (record[name] is None and math.isnan(row[name])) or record[name] == row[name]
