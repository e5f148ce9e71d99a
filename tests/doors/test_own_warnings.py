"""Warnings of one's own, tables in which all is hidden, two thresholds: what is hidden stays so there too."""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text

import regsam_geo as rg
from regsam_geo.errors import InputError, OptionError
from regsam_geo.text import using_language
from regsam_geo.warning import of_shown_cells

sys.path.insert(0, str(Path(__file__).parent))
from doors_made import GROUPS, counts, panel_of


@pytest.fixture(scope="module")
def panel():
    """Counts of men, women and all in four years, some of them small."""
    return panel_of(counts(8, ("2020", "2021", "2022", "2023"), mean=6.0))


SPELLINGS = {
    "number": lambda row: {**row, "area_id": int(row["area_id"]), "period": int(row["period"])},
    "name": lambda row: {**row, "area_id": f"{int(row['area_id'])} {NAMES[row['area_id']]}"},
    "float": lambda row: {**row, "area_id": float(row["area_id"])},
    "no group": lambda row: {name: value for name, value in row.items() if name != "group"} | {"group": ""},
    "no level": lambda row: {name: value for name, value in row.items() if name != "level"},
    "title": lambda row: {**row, "indicator": "Menschen in Beratung"},
}
NAMES = rg.load_boundaries("district")["name"].to_dict()


@pytest.fixture(scope="module")
def titled(panel):
    """The panel with a title, and the key of a hidden and of a shown cell whose ids begin with a zero."""
    named = rg.Panel(panel.data, panel.catalogue.assign(title_de="Menschen in Beratung"))
    cells = rg.protect(named).data.query("period == '2023' and level == 'district' and area_id < '10'")
    keys = list(cells.columns[:5])
    gone = cells["sign"] == "suppressed"
    return named, cells.loc[gone, keys].iloc[0].to_dict(), cells.loc[~gone, keys].iloc[0].to_dict()


def as_warning(key):
    told = {"sentence_de": "Hier stehen 2.", "sentence_en": "Here are 2."}
    return {**key, "urgency": "check", "kinds": "level", **told}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_a_warning_of_a_hidden_cell_is_shown_in_no_spelling(titled, spelling):
    panel, secret, shown = titled
    row, other = (SPELLINGS[spelling](as_warning(key)) for key in (secret, shown))
    study = rg.Study(panel, lang="de")
    kept = of_shown_cells(study, pd.DataFrame([row, other]))
    assert kept["area_id"].tolist() == [shown["area_id"]]
    if spelling not in ("no group", "no level"):
        with pytest.raises(OptionError, match=r"geheim|suppressed"):
            rg.plot_warning(panel, row)


def test_areas_of_a_table_of_ones_own_are_found_in_any_spelling(titled):
    panel, _, shown = titled
    row = {
        **as_warning(shown),
        "area_id": int(shown["area_id"]),
        "period": 2023,
        "sentence_de": "Hier ist es laut.",
    }
    of_group = panel.sel(group=shown["group"], period=2023)
    page = rg.explore_map(rg.Study(of_group, lang="de"), warnings=pd.DataFrame([row])).get_root().render()
    assert "Hier ist es laut" in page
    # the foot of a printed map counts warnings that lie elsewhere
    texts = [text.get_text() for text in rg.plot_map(of_group, warnings=pd.DataFrame([row])).findobj(Text)]
    assert any("Hier ist es laut" in text or "Here are 2" in text for text in texts)


def test_a_row_of_warnings_of_all_figures_is_no_chart(panel):
    raw = rg.detect_warnings(rg.Study(panel, threshold=None, settings=rg.Settings(q_watch=0.99)))
    hidden = rg.protect(panel).data.query("sign == 'suppressed'")
    secret = set(hidden[list(hidden.columns[:5])].itertuples(index=False, name=None))
    key = ["indicator", "group", "period", "level", "area_id"]
    row = next(row for _, row in raw.iterrows() if tuple(row[key]) not in secret)
    # the area is shown, but what was expected of it was computed with hidden figures
    with pytest.raises(OptionError) as raised:
        rg.plot_warning(panel, row)
    assert raised.value.code == "warnings_of_all"


# --- where nothing is left to show


def test_where_all_is_hidden_the_error_says_so():
    frame = counts(1, ("2023", "2024"), groups=GROUPS[:1]).assign(value=1.0)
    study = rg.Study(panel_of(frame), lang="de")
    assert (study.published.data["sign"] == "suppressed").all()
    for view in (lambda: study.explore_map("Beratene"), lambda: study.plot_series("Beratene", "17")):
        with pytest.raises(OptionError, match="geheim gehalten"), using_language("de"):
            view()
    # values that nobody has are no secret
    empty = rg.Study(panel_of(frame.assign(value=float("nan"), sign="not_available")), lang="de")
    with pytest.raises(InputError) as raised, using_language("de"):
        empty.explore_map("Beratene")
    assert "geheim" not in str(raised.value)


# --- two studies of one panel


def test_another_threshold_of_the_same_figures_is_told(caplog):
    panel = panel_of(counts(11, mean=8.0))
    first = rg.Study(panel, lang="de").published
    caplog.clear()
    with using_language("de"):
        second = rg.Study(panel, threshold=5, lang="de").published
    at = [one.data["sign"].eq("suppressed") for one in (first, second)]
    shown, hidden = int((at[0] & ~at[1]).sum()), int((~at[0] & at[1]).sum())
    assert hidden
    told = " ".join(record.getMessage() for record in caplog.records)
    assert "Schwelle 3" in told
    assert "mit 5" in told
    assert f"{shown} dort geheim" in told
    assert f"{hidden} hier geheim" in told
    # with the first as an edition it holds what the first one hides, and no more is to be said
    caplog.clear()
    after = rg.Study(panel, threshold=5, previous=first).published
    assert not (at[0] & ~after.data["sign"].eq("suppressed")).any()
    assert "Schwelle 3" not in " ".join(record.getMessage() for record in caplog.records)
