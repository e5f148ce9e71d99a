from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.text.sentences import rarity
from regsam_geo.warning.data_questions.check_panel import check_panel
from regsam_geo.warning.detectors.change import CHANGE
from regsam_geo.warning.detectors.drift import DRIFT
from regsam_geo.warning.report.short_sentences import short_sentence
from regsam_geo.warning.schema.finding_sentences import write_finding_sentences

DETECTORS = [CHANGE, DRIFT]


def shaken(seed=1):
    """Return the sample with jumps, drifts and gaps in many cells, so that every phrase is spoken."""
    rng = np.random.default_rng(seed)
    panel = rg.load_sample()
    data = panel.data.copy()
    district = data["level"] == "district"
    key = data["indicator"] + data["area_id"]
    for name in rng.choice(key[district].unique(), 60, replace=False):
        factor = rng.choice([0.6, 0.75, 1.3, 1.6])
        years = rng.integers(1, 6)
        hit = district & (key == name) & (data["period"] > str(2024 - years))
        steps = data["period"].astype(int) - (2024 - years)
        data.loc[hit, "numerator"] *= (factor ** (steps / years))[hit]
    scale = data["indicator"].map(panel.catalogue.set_index("indicator")["scale"])
    data["value"] = (scale * data["numerator"] / data["denominator"]).round(1)
    gaps = district & (data["period"] == "2023") & (rng.random(len(data)) < 0.2)
    return rg.Panel(data[~gaps], panel.catalogue)


@pytest.fixture(scope="module")
def tables(sample_study):
    made = [rg.detect_warnings(sample_study, year) for year in (2020, 2023)]
    made.append(rg.detect_warnings(shaken(), 2024, detectors=DETECTORS))
    short = shaken(2).sel(period=[2023, 2024])
    made.append(rg.detect_warnings(short, 2024, detectors=DETECTORS))
    return made


def sentences_of(tables, lang):
    texts = [text for table in tables for text in table[f"sentence_{lang}"]]
    texts += [text for table in tables for text in table.facts.city[f"sentence_{lang}"]]
    return texts + [text for table in tables for text in table.facts.data_findings[f"sentence_{lang}"]]


def check_text(text, lang):
    assert "{" not in text
    assert "}" not in text
    assert not re.search(r"\bnan\b|None|inf\b|<NA>", text), text
    assert "  " not in text
    assert text[-1] in ".?", text
    assert not re.search(r"\s[.,;?]", text), text
    assert "–." not in text
    wrong_decimals = {"de": r"\d\.\d{1,2}(?!\d)", "en": r"\d,\d{1,2}(?!\d)"}[lang]
    assert not re.search(wrong_decimals, text.replace(" (Anteil", "")), text
    assert not re.search(
        r"\b1 (Fällen|Gebieten|Zellen|Jahre|areas|cells|years)\b(?! in)", text.replace("fewer than 1 in", "")
    ), text
    assert not re.search(r"in weniger als 1 von 1 ", text), text


@pytest.mark.parametrize("lang", ["de", "en"])
def test_every_sentence_reads_well(tables, lang):
    texts = sentences_of(tables, lang)
    assert len(texts) > 40
    for text in texts:
        check_text(text, lang)


def test_every_reason_was_spoken(tables):
    kinds = {kind for table in tables for text in table["kinds"] for kind in text.split("+")}
    assert {"change", "drift"} <= kinds
    spoken = " ".join(sentences_of(tables, "de"))
    for words in ("nach oben", "nach unten", "Neu im Bericht", "reicht über 2 Jahre", "ist die Reihe zu kurz"):
        assert words in spoken


def test_each_sentence_has_value_comparison_expectation_rarity_and_status(tables):
    for table in tables:
        for row in table[(table["kinds"] == "change") & (table["status"] != "open")].to_dict("records"):
            text = row["sentence_de"]
            assert "zu erwarten" in text
            assert "der Wert weicht nach" in text or "das Niveau davor" in text
            assert row["area_id"] in text
            assert row["period"] in text
            assert ("Stadt:" in text) == bool(np.isfinite(row["city"]))


@pytest.mark.parametrize("lang", ["de", "en"])
def test_questions_about_the_data(lang):
    panel = rg.load_sample()
    data = panel.data.copy()

    def at(area, period="2015", indicator="Hochbetagte"):
        return (data["indicator"] == indicator) & (data["period"] == period) & (data["area_id"] == area)

    for area in ("05", "06"):
        data.loc[at(area), ["base_1", "base_2", "numerator", "denominator"]] = np.nan
        data.loc[at(area), "value"] = 88.0
    data.loc[at("07"), "value"] += 3
    data.loc[at("08"), ["value", "numerator"]] = [120.0, 1.2 * data.loc[at("08"), "denominator"].item()]
    later = (data["indicator"] == "Altenquotient") & (data["period"] >= "2012")
    data.loc[later, "numerator"] *= 1.7
    data.loc[later, "value"] = (100 * data["numerator"] / data["denominator"])[later].round(1)
    made = rg.Panel(data, panel.catalogue.pipe(pd.DataFrame))
    found = write_finding_sentences(check_panel(made), made)
    assert {"data_code", "data_ratio", "data_impossible", "data_break", "data_unallocated"} <= set(found["reason"])
    for text in found[f"sentence_{lang}"]:
        check_text(text, lang)
        assert text.endswith("?")


@pytest.mark.parametrize(("p", "cases"), [(0.04, "20"), (0.0017, "500"), (1e-9, "10.000"), (0.009, "100")])
def test_rarity_never_claims_more_than_the_model_knows(p, cases):
    assert rarity(p, "de") == f"in weniger als 1 von {cases} Fällen"


@pytest.mark.parametrize(
    ("value", "expected", "told"),
    [
        (7.0, 6.0, ("7", "6")),
        (7.0, 6.6, ("7,0", "6,6")),
        (7.0, 6.97, ("7,00", "6,97")),
        (7.0, 6.9996, ("7", "7")),
        (7.0, 7.0, ("7", "7")),
    ],
)
def test_two_figures_have_as_many_decimals_as_tell_them_apart(value, expected, told):
    naming = rg.load_study().naming("Bevölkerungsdichte")
    row = {
        "indicator": naming.indicator, "group": naming.group, "area_id": "05", "area_name": "Au-Haidhausen",
        "areas": "05", "direction": "up", "value": value, "expected": expected, "kinds": "change",
    }  # fmt: skip
    line = short_sentence(row, {naming.key: naming}, {}, "de").replace("\N{NO-BREAK SPACE}", " ")
    assert line == f"5 Au-Haidhausen: Bevölkerungsdichte ▲ {told[0]} je km², erwartet rund {told[1]} je km²"
