"""The list of faults in ``benchmarks/mutations.py`` can be put into the code as it stands."""

from __future__ import annotations

import importlib.util
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]


def load_list():
    path = ROOT / "benchmarks" / "mutations.py"
    spec = importlib.util.spec_from_file_location("mutations", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_each_fault_finds_its_place_once():
    module = load_list()
    for fault in module.FAULTS:
        assert module.places_of(fault) == 1, fault.what
        assert fault.old != fault.new, fault.what


def test_there_are_enough_faults_over_all_rooms_and_kinds():
    faults = load_list().FAULTS
    assert len(faults) >= 60
    assert len({fault.what for fault in faults}) == len(faults)
    rooms = Counter(fault.file.split("/")[0] for fault in faults)
    assert set(rooms) == {
        "text",
        "areas",
        "audit",
        "study",
        "indicators",
        "look",
        "maps",
        "charts",
        "places",
        "situation",
        "warning",
        "summary",
    }
    assert set(Counter(fault.kind for fault in faults)) == {"print", "edge", "choice", "guard"}


def test_each_fault_names_fast_tests_that_are_there():
    for fault in load_list().FAULTS:
        files = [one for one in fault.tests if one.startswith("tests/")]
        assert files
        for name in files:
            assert (ROOT / name).is_file(), name
        # what is no file is a word by which tests are chosen, and stands behind -k
        words = fault.tests[len(files) :]
        assert not words or (words[0] == "-k" and not words[1].startswith("tests/")), fault.what
