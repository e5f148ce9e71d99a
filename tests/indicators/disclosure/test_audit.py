"""The audit finds every planted leak and is silent about safe tables."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from leaky import KINDS, plant
from panels import LAYERS, made_panel

import regsam_geo as rg
from regsam_geo.errors import PanelError

HOW = {
    "difference": {"sum"},
    "complement": {"shown"},
    "rate": {"rate"},
    "rank": {"rank"},
    "region": {"sum"},
    "city": {"sum"},
    "edition": {"edition"},
    "groups": {"groups"},
    "change": {"change"},
    "ratio": {"ratio", "difference"},
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("seed", [0, *(pytest.param(k, marks=pytest.mark.slow) for k in range(1, 5))])
def test_every_planted_leak_is_found_and_its_safe_twin_is_not(kind, seed):
    leaky, safe, area = plant(kind, seed)
    audit = rg.audit_disclosure(leaky)
    here = audit.leaks[audit.leaks["area_id"] == area]
    assert not audit.safe
    assert len(here) >= 1
    assert set(here["leak"]) & HOW[kind], here
    # the small count lies within what the audit says can be derived
    assert (here["lower"] <= here["upper"]).all()
    assert here["upper"].min() < 3 or kind == "rate"
    twin = rg.audit_disclosure(safe)
    assert twin.safe, twin.text()
    assert len(twin.cells) >= 2


def test_the_sums_named_are_the_ones_that_do_it():
    leaky, _, area = plant("difference", 0)
    through = rg.audit_disclosure(leaky).leaks.iloc[0]["through"]
    assert len(through) == 1
    assert area in through[0]
    assert through[0].startswith("Region")


def test_text_in_both_languages():
    leaky, safe, _ = plant("rate", 0)
    audit = rg.audit_disclosure(leaky)
    assert "aus Anteil mal Basis" in audit.text("de")
    assert "from rate times denominator" in audit.text("en")
    assert audit.text("en", most=1).splitlines()[-1] == "… and 1 more"
    assert "keine kleine Fallzahl" in rg.audit_disclosure(safe).text("de")
    assert "<p>" in audit._repr_html_()
    assert repr(audit) == "DisclosureAudit(2 cells, 2 leaks)"


def test_the_published_sample_is_safe():
    audit = rg.audit_disclosure(rg.load_sample())
    assert audit.safe
    assert len(audit.cells) == 0


@pytest.mark.parametrize("layer", range(5))
def test_what_protect_returns_is_safe_beside_its_comparison(layer):
    for seed in range(1):
        panel = made_panel(seed, LAYERS[layer], people=(10, 900))
        safe = rg.protect(panel)
        tables = {"panel": safe, "comparison": rg.compare_areas(rg.Study(safe, threshold=None))}
        audit = rg.audit_disclosure(tables)
        assert audit.safe, audit.text()
        small = panel.data["numerator"].between(1, 2).sum()
        assert len(audit.cells) >= small


def test_unprotected_tables_are_not_safe():
    panel = made_panel(0, LAYERS[1])
    audit = rg.audit_disclosure(panel)
    assert set(audit.leaks["leak"]) == {"shown"}
    rest = panel.data["denominator"] - panel.data["numerator"]
    everybody = (rest == 0) & (panel.data["numerator"] > 0)
    expected = (
        panel.data["numerator"].between(1, 2).sum()
        + panel.data["denominator"].between(1, 2).sum()
        + (rest.between(1, 2) | everybody).sum()
    )
    assert len(audit.leaks) == expected


def test_the_interval_is_the_one_that_subtraction_gives():
    # region 4/12 has two districts; both hidden, 40 persons together, 25 at most in each by its denominator
    rows = [("district", "04", np.nan, 25.0), ("district", "12", np.nan, 30.0), ("region", "4/12", 40.0, 55.0)]
    table = pd.DataFrame(rows, columns=["level", "area_id", "numerator", "denominator"])
    table = table.assign(indicator="A", period="2024", value=np.nan, sign=["suppressed", "suppressed", ""])
    catalogue = pd.DataFrame(
        {"indicator": ["A"], "group": ["insgesamt"], "scale": 100.0, "decimals": 1, "kind": "proportion"}
    )
    cells = rg.audit_disclosure(rg.Panel.from_frame(table, catalogue)).cells.set_index("area_id")
    assert cells.loc["04", ["lower", "upper"]].tolist() == [10.0, 25.0]
    assert cells.loc["12", ["lower", "upper"]].tolist() == [15.0, 30.0]


def test_contradicting_tables_are_told():
    leaky, _, area = plant("difference", 0)
    wrong = leaky.data.copy()
    region = wrong["level"].eq("region") & wrong["area_id"].str.contains(area)
    wrong.loc[region, "numerator"] = 1.0
    audit = rg.audit_disclosure(rg.Panel(wrong, leaky.catalogue))
    assert area in audit.contradictions["area_id"].tolist()


def test_nothing_to_audit():
    with pytest.raises(PanelError, match="Tabelle"):
        rg.audit_disclosure([])


def test_input_is_not_changed():
    leaky, _, _ = plant("rank", 1)
    before = [t.data.copy() if isinstance(t, rg.Panel) else t.copy() for t in leaky]
    rg.audit_disclosure(leaky)
    for table, copy in zip(leaky, before, strict=True):
        pd.testing.assert_frame_equal(table.data if isinstance(table, rg.Panel) else table, copy)


def test_whole_numbers_can_confine_what_fractions_do_not():
    # 6.45 % of at most 60 persons may be 3.87 in fractions; of whole numbers only 2 of 31 are 6.45 %
    rows = [("district", "04", np.nan, np.nan, 6.45, ""), ("district", "12", np.nan, np.nan, np.nan, "suppressed")]
    rows.append(("region", "4/12", 40.0, 61.0, 65.57, ""))
    table = pd.DataFrame(rows, columns=["level", "area_id", "numerator", "denominator", "value", "sign"])
    catalogue = pd.DataFrame({"indicator": ["A"], "group": ["insgesamt"], "scale": 100.0, "decimals": 2})
    audits = {}
    for rate in (6.45, 6.5):  # 6.5 %: 3 of 46 is as good
        values = table["value"].replace({6.45: rate, 65.57: 65.57 if rate == 6.45 else 65.6})
        here = table.assign(value=values, indicator="A", period="2024")
        about = catalogue.assign(kind="ratio", decimals=2 if rate == 6.45 else 1)
        audits[rate] = rg.audit_disclosure(rg.Panel.from_frame(here, about))
    leaks = audits[6.45].leaks.set_index("area_id")
    assert audits[6.45].verdict == "leaks"
    assert leaks.loc["04", "upper"] < 3
    assert audits[6.5].verdict == "passed", audits[6.5].text()


def test_undecided_is_not_passed():
    leaky, safe, _ = plant("difference", 0)
    assert rg.audit_disclosure(leaky, seconds=0).verdict == "leaks"
    audit = rg.audit_disclosure(safe, seconds=0)
    assert audit.verdict == "undecided"
    assert not audit.safe
    assert len(audit.undecided) == len(audit.cells) == 2
    assert "nicht bestanden" in audit.text("de")
    assert "not passed" in audit.text("en")
    assert rg.audit_disclosure(safe).verdict == "passed"
