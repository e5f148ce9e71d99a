"""Every public name is explained, exemplified and listed once."""

from __future__ import annotations

import ast
import inspect
import re
from collections import Counter
from pathlib import Path

import pytest

import regsam_geo as rg

ROOT = Path(__file__).parents[1]
SOURCE = Path(rg.__file__).parent
# numpydoc's order; https://numpydoc.readthedocs.io/en/latest/format.html#sections
ORDER = (
    "Parameters", "Attributes", "Returns", "Yields", "Other Parameters", "Raises", "Warns", "See Also", "Notes",
    "References", "Examples",
)  # fmt: skip


def public_names() -> list[str]:
    stub = ast.parse((SOURCE / "__init__.pyi").read_text(encoding="utf-8"))
    return [alias.asname for node in stub.body for alias in node.names if alias.asname != "__version__"]


NAMES = public_names()


def sections(name: str) -> dict[str, str]:
    """Return the sections of a docstring in their order, each with its text."""
    parts = re.split(r"^([A-Z][\w ]+)\n-{3,}\n", inspect.getdoc(getattr(rg, name)) or "", flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def terms(text: str) -> list[str]:
    """Return the names that a section explains: the lines that are not indented."""
    lines = [line for line in text.splitlines() if re.match(r"\*{0,2}\w", line)]
    return [term.strip().lstrip("*") for line in lines for term in line.split(" : ")[0].split(",")]


@pytest.mark.parametrize("name", NAMES)
def test_the_docstring_opens_with_one_sentence(name):
    summary = (inspect.getdoc(getattr(rg, name)) or "").split("\n\n")[0]
    assert "\n" not in summary
    assert summary.endswith(".")


@pytest.mark.parametrize("name", NAMES)
def test_sections_stand_in_the_order_of_numpydoc(name):
    found = list(sections(name))
    assert set(found) <= set(ORDER)
    assert found == sorted(found, key=ORDER.index)


@pytest.mark.parametrize("name", NAMES)
def test_all_parameters_are_explained_and_no_others(name):
    thing = getattr(rg, name)
    found = sections(name)
    if name == "WarningTable":  # a frame, made by detect_warnings alone
        return
    told = terms(found.get("Attributes" if inspect.isclass(thing) else "Parameters", ""))
    assert sorted(told) == sorted(inspect.signature(thing).parameters)


@pytest.mark.parametrize("name", NAMES)
def test_what_comes_back_is_explained(name):
    thing = getattr(rg, name)
    if inspect.isclass(thing):
        return
    assert ("Returns" in sections(name)) == (inspect.signature(thing).return_annotation != "None")


@pytest.mark.parametrize("name", NAMES)
def test_help_shows_an_example_with_the_name(name):
    lines = re.findall(r"^(?:>>>|\.\.\.) (.*)$", sections(name).get("Examples", ""), re.MULTILINE)
    assert "import regsam_geo as rg" in lines
    # objects are shown as they come from the function that makes them
    if not inspect.isclass(getattr(rg, name)):
        assert re.search(rf"\brg\.{name}\b", "\n".join(lines)), "the example does not use the public name"


def test_the_reference_lists_every_public_name_once():
    listed = Counter()
    for page in sorted((ROOT / "docs" / "api").glob("*.md")):
        for block in re.findall(r"\.\. autosummary::\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL):
            listed.update(re.findall(r"^ +([A-Za-z]\w*)$", block, re.MULTILINE))
    assert listed == Counter(NAMES)


def test_each_name_is_listed_on_the_page_of_its_room():
    wrong = []
    for page in sorted((ROOT / "docs" / "api").glob("*.md")):
        for name in re.findall(r"^   ([A-Za-z]\w*)$", page.read_text(encoding="utf-8"), re.MULTILINE):
            room = getattr(rg, name).__module__.split(".")[1]
            wrong += [f"{name} is of {room}, not {page.stem}"] if room != page.stem else []
    assert not wrong


def test_the_stub_names_nothing_twice():
    assert len(NAMES) == len(set(NAMES))
    assert set(NAMES) == set(rg.__all__) - {"__version__"}
