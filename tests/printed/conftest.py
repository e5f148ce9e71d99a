"""What the tests of printed numbers share: the plain table, and warnings of many reports, made once."""

from __future__ import annotations

from dataclasses import replace

import pytest
from plain_table import Plain
from printed_made import CHOSEN, DECIMALS, SHAKEN_PERIODS, WOMEN, grouped_panel, shaken_panel

import regsam_geo as rg


@pytest.fixture(scope="session")
def plain():
    return Plain.of_file()


@pytest.fixture(scope="session")
def sample_reports():
    """The reports of the last fifteen years, oldest first: period -> warnings."""
    panel = rg.load_sample().sel(CHOSEN)
    return dict(rg.replay(panel, periods=range(2010, 2025)).reports)


@pytest.fixture(scope="session")
def shaken():
    """A made panel, and the same cells read plainly."""
    panel = shaken_panel()
    return panel, Plain.of_records(panel.data.to_dict("records"), DECIMALS)


@pytest.fixture(scope="session")
def shaken_reports(shaken):
    panel, _ = shaken
    return dict(rg.replay(panel, periods=SHAKEN_PERIODS).reports)


@pytest.fixture(scope="session")
def grouped():
    """A panel with two groups of one indicator, and the same cells read plainly."""
    panel = grouped_panel()
    plain = Plain.of_records(panel.data.to_dict("records"))
    whole = plain.catalogue["Hochbetagte", "insgesamt"]
    titles = {
        "de": "Hochbetagte Frauen (Anteil an allen Frauen)",
        "en": "Women aged 75 and over (share of all women)",
    }
    plain.catalogue[WOMEN] = replace(whole, title=titles, order=whole.order + 0.5)
    return panel, plain


@pytest.fixture(scope="session")
def grouped_study(grouped):
    """What report, pack and overview are made from: what one has worked out the others take."""
    return rg.Study(grouped[0])


@pytest.fixture(scope="session")
def warnings(grouped_study):
    """What the report of the grouped panel warns of."""
    return rg.detect_warnings(grouped_study, period=2024)


@pytest.fixture(scope="session")
def report(grouped_study, tmp_path_factory):
    """The folder of a German report."""
    return rg.write_report(grouped_study, tmp_path_factory.mktemp("report"), period=2024).folder


@pytest.fixture(scope="session")
def pack(grouped_study, tmp_path_factory):
    """The folder of one region in a German meeting pack."""
    made = rg.write_meeting_pack(grouped_study, "17/18", tmp_path_factory.mktemp("pack"), period=2024)
    return made.folder / "region-17-18"
