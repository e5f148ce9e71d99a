"""Whatever shows a panel to a reader hides small counts of persons first, unless it is told not to."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.look.save import figure_bytes

INDICATOR = "Beratene"


@pytest.fixture(scope="module")
def panel():
    """Five years of a share of persons: two in district 17, two more than that in 20, many elsewhere."""
    rng = np.random.default_rng(5)
    rows = []
    for period in range(2020, 2025):
        counts = rng.integers(40, 90, 25)
        counts[[16, 19]] = 2, 4
        people = rng.integers(800, 3000, 25)
        ids = [f"{k:02d}" for k in range(1, 26)]
        rows += [(period, "district", a, n, m) for a, n, m in zip(ids, counts, people, strict=True)]
        rows.append((period, "city", "munich", counts.sum(), people.sum()))
    data = pd.DataFrame(rows, columns=["period", "level", "area_id", "numerator", "denominator"])
    data = data.assign(indicator=INDICATOR, group="insgesamt", value=0.0).astype({"period": str})
    data["value"] = (100 * data["numerator"] / data["denominator"]).round(1)
    catalogue = pd.DataFrame(
        [
            {
                "indicator": INDICATOR,
                "group": "insgesamt",
                "title_de": "Beratene Haushalte",
                "unit": "%",
                "decimals": 1,
                "scale": 100.0,
                "kind": "proportion",
                "counts_persons": True,
                "summable": True,
                "name_1": "Beratene",
                "name_2": "Haushalte",
            }
        ]
    )
    return rg.Panel(data, catalogue)


@pytest.fixture(scope="module")
def safe(panel):
    hidden = rg.protect(panel)
    assert set(hidden.data.loc[hidden.data["sign"] == "suppressed", "period"]) == set(panel.periods)
    return hidden


@pytest.fixture(scope="module")
def studies(panel, safe):
    """What the verbs are asked of; a study of what is hidden already states the threshold or none."""
    return {
        "given": rg.Study(panel, lang="de"),
        "hidden": rg.Study(safe, threshold=None, lang="de"),
        "hidden and told": rg.Study(safe, threshold=3, lang="de"),
        "shown": rg.Study(panel, threshold=None, lang="de"),
    }


def picture(figure):
    """All that is drawn, as exact as it was drawn; as points it took twice the time."""
    return figure_bytes(figure, "svg")


def beside_another(study):
    """The study with an indicator that counts nobody: two views show two that differ."""
    rows = study.panel.data.query("level == 'district' and period == '2024'")[["period", "level", "area_id"]]
    rows = rows.assign(indicator="Wohnfläche", value=[30.5 + number % 9 for number in range(25)])
    about = {"Wohnfläche": {"unit": "m² je Person", "decimals": 1, "counts_persons": False}}
    return study.replace(panel=study.panel.combine(rg.Panel.from_frame(rows).with_catalogue(about)))


VERBS = {
    "plot_map": lambda study: picture(study.plot_map(period=2024, labels="value")),
    "plot_map of a region": lambda study: picture(study.plot_map(period=2024, region="17/18", labels="value")),
    "plot_map_series": lambda study: picture(study.plot_map_series(periods=[2020, 2024])),
    "plot_change_map": lambda study: picture(study.plot_change_map(since=2020, until=2024)),
    "plot_series": lambda study: picture(study.plot_series(INDICATOR, "17", band=False)),
    "plot_funnel": lambda study: picture(study.plot_funnel(period=2024)),
    "plot_ranking": lambda study: picture(study.plot_ranking(period=2024)),
    "plot_symbols": lambda study: picture(study.plot_symbols(period=2024, labels="value")),
    "plot_scatter": lambda study: picture(beside_another(study).plot_scatter([INDICATOR, "Wohnfläche"], 2024)),
    "plot_bivariate": lambda study: picture(beside_another(study).plot_bivariate([INDICATOR, "Wohnfläche"], 2024)),
    "plot_comparison": lambda study: picture(study.plot_comparison(["17", "18"], period=2024)),
    "explore_map": lambda study: study.explore_map().get_root().render().encode(),
    "summarize_regions": lambda study: study.summarize_regions().to_csv().encode(),
}
# their foot names the threshold, which who shows everything does not state
NAMES_THE_THRESHOLD = (
    "plot_series",
    "plot_funnel",
    "plot_ranking",
    "plot_scatter",
    "plot_comparison",
    "explore_map",
)


@pytest.mark.parametrize("verb", VERBS)
def test_each_verb_protects_what_it_is_given(verb, studies):
    show = VERBS[verb]
    given = show(studies["given"])
    # a single period is protected like the whole: each period is a table of its own
    assert given == show(studies["hidden and told" if verb in NAMES_THE_THRESHOLD else "hidden"])
    assert given != show(studies["shown"])


def test_the_page_says_so(studies):
    study = studies["given"]
    assert "unter 3" in study.protection_note
    for figure in (study.plot_funnel(period=2024), study.plot_series(INDICATOR, "17")):
        texts = " ".join(part.get_gid() or "" for part in figure.findobj()) + figure_bytes(figure, "svg").decode()
        assert "geheim" in texts
    assert any("geheim" in note for note in study.summarize_regions().attrs["notes"])


def test_the_input_is_left_as_it_is(panel):
    before = panel.data.copy()
    rg.plot_map(panel, period=2024)
    rg.explore_map(panel)
    pd.testing.assert_frame_equal(panel.data, before)
