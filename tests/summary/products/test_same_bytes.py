"""The same data give the same bytes, whatever the process, its folder, its hash seed and its clock (slow)."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

SCRIPT = "import sys; from regsam_geo.cli import main; sys.argv[0] = 'regsam-geo'; main()"


def contents(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
@pytest.mark.parametrize(("options", "fewest"), [((), 29), (("--region", "21/22/23"), 30)])
def test_the_whole_report_twice(tmp_path, options, fewest):
    made = []
    for seed, zone in (("1", "Europe/Berlin"), ("2", "Pacific/Auckland")):
        home = tmp_path / f"home-{seed}"
        home.mkdir()
        out = home / "out"
        subprocess.run(
            [sys.executable, "-c", SCRIPT, "report", "--out", str(out), *options],
            cwd=home,
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone},
            check=True,
            capture_output=True,
        )
        made.append(contents(out))
    one, other = made
    assert len(one) >= fewest
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name]] == []
