"""A detector of the user's own beside the built-in ones, and warnings as records for other programs."""

from __future__ import annotations

import json
import math
from pathlib import Path

import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.warning import DETECTORS, as_findings
from regsam_geo.warning.detectors.level import level
from regsam_geo.warning.report.table import COLUMNS

SCHEMA = json.loads((Path(__file__).parents[3] / "docs" / "warnings.schema.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def panel():
    return rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"], period=range(2010, 2025))


def loud(p):
    """Return a detector that finds something in district 05 with the p given and nothing elsewhere."""

    def five(panel, context):
        rows = panel.data[(panel.data["period"] == context.period) & (panel.data["level"] == "district")]
        found = rows[["indicator", "group", "period", "level", "area_id", "value"]].assign(
            kind="five",
            direction="high",
            p=[p if area == "05" else 1.0 for area in rows["area_id"]],
            p_floor=1e-9,
            reason="five",
            details=[{"sentence_de": "Das ist die Fünf.", "sentence_en": "This is number five."}] * len(rows),
        )
        return as_findings(found)

    return five


@pytest.mark.parametrize(("p", "urgency"), [(1e-7, "check"), (0.003, "watch")])
def test_it_warns_with_its_own_sentence(panel, p, urgency):
    # two indicators of 25 areas, two of 50 tests with p: q is 25 p by Benjamini and Hochberg
    found = rg.detect_warnings(panel, detectors=[loud(p)])
    assert found["area_id"].tolist() == ["05", "05"]
    assert set(found["kinds"]) == {"five"}
    assert set(found["urgency"]) == {urgency}
    assert found["q"].tolist() == pytest.approx([25 * p] * 2)
    assert all("Das ist die Fünf." in text for text in found["sentence_de"])
    assert all("This is number five." in text for text in found["sentence_en"])
    assert all("2024" in text for text in found["sentence_de"])


def test_it_stands_beside_the_others(panel):
    usual = rg.detect_warnings(panel)
    more = rg.detect_warnings(panel, detectors=(*DETECTORS, loud(1e-7)))
    own = more["kinds"].str.contains("five")
    key = ["indicator", "area_id"]
    assert set(map(tuple, usual[key].to_numpy())) <= set(map(tuple, more[key].to_numpy()))
    assert own.sum() == 2


def test_it_continues_while_it_finds_the_same(panel):
    found = rg.detect_warnings(panel, settings=rg.Settings(lookback=4), detectors=[loud(1e-7)])
    assert set(found["status"]) == {"continuing"}
    assert set(found["since"]) == {"2020"}  # as far as lookback looks


def test_what_is_missing_in_its_result_is_named(panel):
    def broken(panel, context):
        return pd.DataFrame({"indicator": ["a"], "p": [0.1]})

    with pytest.raises(OptionError, match=r"broken.*group.*as_findings"):
        rg.detect_warnings(panel, detectors=[level, broken])


def test_it_shows_in_the_facts_under_its_own_name(panel):
    assert "five" in rg.detect_warnings(panel, detectors=[loud(1e-7)]).facts._repr_html_()


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


def test_records_hold_the_numbers_of_the_table():
    table = rg.detect_warnings(rg.load_sample(), period=2023)
    for record, (_, row) in zip(table.as_records(), table.iterrows(), strict=True):
        assert record["kinds"] == row["kinds"].split("+")
        for name in ("value", "expected", "city", "effect", "q"):
            assert (record[name] is None and math.isnan(row[name])) or record[name] == row[name]
