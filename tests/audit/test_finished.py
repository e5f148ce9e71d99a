"""What finished files give away is found in them, and safe ones are passed."""

from __future__ import annotations

import shutil

import made
import pytest

import regsam_geo as rg
from regsam_geo.audit import audit_disclosure


@pytest.fixture(scope="session")
def base(tmp_path_factory):
    """The report and the pack of one region in one folder; pictures are not read and left out."""
    study = made.study_of(made.COUNTS, made.PEOPLE)
    folder = tmp_path_factory.mktemp("audit") / "sitzung"
    rg.write_report(study, folder)
    rg.write_meeting_pack(study, "17/18", folder)
    return folder


@pytest.fixture
def folder(base, tmp_path):
    return shutil.copytree(base, tmp_path / "sitzung", ignore=shutil.ignore_patterns("*.png"))


def test_what_the_library_writes_is_passed(base):
    audit = audit_disclosure(base)
    assert audit.verdict == "passed", audit.text()
    assert audit.hidden == 2
    assert audit.unread == ()
    assert audit.pictures > 0


@pytest.mark.parametrize("planted", made.PLANTED)
def test_a_planted_leak_is_found(folder, planted):
    made.PLANTED[planted](folder)
    editions = [folder, *folder.parent.glob("ausgabe-*")]
    audit = audit_disclosure(editions)
    assert audit.verdict == "leaks", audit.text()
    assert (audit.leaks["upper"] < 3).any() or (audit.leaks["lower"] == audit.leaks["upper"]).any()
