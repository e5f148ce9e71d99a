"""Files appear whole or not at all, under safe names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from regsam_geo.files import LONGEST_NAME, file_stem, whole_file


def test_a_file_appears_only_when_it_is_whole(tmp_path):
    target = tmp_path / "deep" / "table.csv"
    with whole_file(target) as temporary:
        temporary.write_text("half")
        assert not target.exists()
        assert temporary.suffix == ".csv"
    assert target.read_text() == "half"
    assert [path.name for path in target.parent.iterdir()] == ["table.csv"]


def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path):
    target = tmp_path / "table.csv"
    target.write_text("old")

    def fail():
        with whole_file(target) as temporary:
            temporary.write_text("half")
            raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        fail()
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


@given(st.text())
def test_a_stem_is_a_file_name_on_every_system(text):
    stem = file_stem(text)
    assert stem.isascii()
    assert 0 < len(stem) <= LONGEST_NAME + 1
    assert not set(stem) & set('<>:"/\\|?* .')
    assert stem.lower() not in {"con", "nul", "aux", "prn", "com1", "lpt1"}
