"""Nothing of the room is loaded before it is asked for, and a plain install knows no cluster."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_the_import_loads_nothing_and_counting_loads_no_dask():
    code = (
        "import sys, regsam_geo as rg; "
        "assert not any(name.startswith('regsam_geo.places') for name in sys.modules); "
        "rg.count_cases; "
        "assert not {'dask', 'distributed', 'dask_geopandas'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_dask_is_an_extra():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert not [one for one in project["dependencies"] if one.startswith(("dask", "distributed", "access"))]
    assert {one.split(">=")[0] for one in project["optional-dependencies"]["cluster"]} == {
        "dask",
        "dask-geopandas",
        "distributed",
    }
