"""A type checker, and so an editor, finds a misspelt option before anything is drawn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

import regsam_geo

RIGHT = [
    'rg.Style(labels="name", palette="isar", classes="equal", theme="print", k=4)',
    'rg.Style(labels=pd.Series({"01": "Altstadt"}), classes=[1, 2.5])',
    'view(labels="none", city=3.5)',
    'rg.plot_map(rg.load_study(), "Arbeitslose", 2024, labels="name")',
    'rg.load_study().plot_map("Arbeitslose", 2024, labels="name")',
]
WRONG = {
    'rg.Style(labels="nmae")': "nmae",
    'rg.Style(palette="isra")': "isra",
    'rg.Style(classes="equall")': "equall",
    'rg.Style(theme="prnt")': "prnt",
    'rg.Style(lables="name")': "lables",
    'view(labels="nmae")': "nmae",
    'view(lables="name")': "lables",
    'rg.plot_map(rg.load_study(), labels="nmae")': "nmae",
    'rg.load_study().plot_map_series(theme="prnt")': "prnt",
    'rg.load_study().plot_map(lables="name")': "lables",
}
# what each view says of its options
OPENING = """import pandas as pd
from typing import Unpack
import regsam_geo as rg
from regsam_geo.look import StyleOptions
def view(**look: Unpack[StyleOptions]) -> None: ...
"""


@pytest.mark.slow
def test_a_misspelt_option_is_an_error(tmp_path):
    lines = [*OPENING.splitlines(), *RIGHT, *WRONG]
    (tmp_path / "snippet.py").write_text("\n".join(lines) + "\n", encoding="utf-8")
    # as a user's checker finds the package: where it is installed, not by the settings of this repository
    environment = {**os.environ, "MYPYPATH": str(Path(regsam_geo.__file__).parents[1])}
    command = [sys.executable, "-m", "mypy", "--ignore-missing-imports", "--no-error-summary", "snippet.py"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    told = re.findall(r"^snippet\.py:(\d+): error: (.*)$", done.stdout, re.M)
    assert done.stdout.count(": error: ") == len(told), done.stdout
    found = {lines[int(line) - 1]: text for line, text in told}
    assert found.keys() == WRONG.keys(), done.stdout + done.stderr
    assert [call for call, word in WRONG.items() if word not in found[call]] == []
