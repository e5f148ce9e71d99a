"""Every example in a docstring runs and gives what it shows."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from pathlib import Path

import pytest

import regsam_geo

MODULES = sorted(
    module.name
    for module in pkgutil.walk_packages(regsam_geo.__path__, "regsam_geo.")
    if "._data" not in module.name
)


@pytest.mark.parametrize("name", MODULES)
def test_examples_of(name):
    module = importlib.import_module(name)
    result = doctest.testmod(module, optionflags=doctest.NORMALIZE_WHITESPACE | doctest.ELLIPSIS)
    assert result.failed == 0


def test_no_file_of_the_package_is_left_out():
    folder = Path(regsam_geo.__file__).parent
    files = {path.relative_to(folder.parent).with_suffix("") for path in folder.rglob("*.py")}
    found = {".".join(path.parts).removesuffix(".__init__") for path in files} - {"regsam_geo"}
    assert set(MODULES) == found


@pytest.mark.parametrize("name", sorted(set(regsam_geo.__all__) - {"__version__"}))
def test_the_example_of_a_public_name_is_among_them(name):
    module = getattr(regsam_geo, name).__module__
    assert module in MODULES
    finder = doctest.DocTestFinder()
    found = [case for case in finder.find(importlib.import_module(module)) if case.name == f"{module}.{name}"]
    examples = [example for case in found for example in case.examples]
    run = [example for example in examples if not example.options.get(doctest.SKIP)]
    # importing the library and one line that uses it
    assert len(run) >= 2
