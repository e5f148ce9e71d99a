"""The site builds without a warning, every link in it leads somewhere, and it asks no other host for anything."""

from __future__ import annotations

import csv
import importlib.util
import inspect
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import numpy as np
import pytest
from PIL import Image

import regsam_geo as rg

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
# elements that make a browser fetch something, and where they say it
FETCHING = {
    "audio": ("src",), "embed": ("src",), "iframe": ("src",), "img": ("src", "srcset"), "input": ("src",),
    "link": ("href",), "object": ("data",), "script": ("src",), "source": ("src", "srcset"), "track": ("src",),
    "video": ("src", "poster"), "image": ("href", "xlink:href"), "use": ("href", "xlink:href"),
}  # fmt: skip
# links that say something about the page and are never fetched
NOT_FETCHED = {"canonical", "next", "prev", "search", "index", "author", "license", "copyright"}
ABROAD = re.compile(r"^(https?:)?//", re.IGNORECASE)


def load(path: Path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Page(HTMLParser):
    """What a page links to, what it loads and which anchors it has."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.anchors: set[str] = set()
        self.language = ""
        self.pictures_without_words: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = given.get("lang", "")
        self.anchors |= {given[key] for key in ("id", "name") if given.get(key)}
        if tag == "a" and "href" in given:
            self.links.append(given["href"])
        if tag == "img" and not given.get("alt"):
            self.pictures_without_words.append(given.get("src", ""))
        if tag == "link" and set(given.get("rel", "").split()) & NOT_FETCHED:
            return
        for key in FETCHING.get(tag, ()):
            if key in given:
                parts = (
                    given[key].split(",")
                    if key == "srcset" and not given[key].startswith("data:")
                    else [given[key]]
                )
                self.loads += [part.split()[0] for part in parts if part.strip()]

    handle_startendtag = handle_starttag


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """Build in a copy, as from a fresh clone: nothing is left over from an earlier build."""
    work = tmp_path_factory.mktemp("site")
    leftovers = shutil.ignore_patterns("_build", "generated", "jupyter_execute", "*.ipynb", "__pycache__")
    shutil.copytree(DOCS, work / "docs", ignore=leftovers)
    shutil.copytree(ROOT / "notebooks", work / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    shutil.copytree(ROOT / "examples", work / "examples", ignore=shutil.ignore_patterns("__pycache__"))
    (work / "data" / "boundaries").mkdir(parents=True)
    shutil.copy(ROOT / "data" / "boundaries" / "regsam_regions.csv", work / "data" / "boundaries")
    for name in ("CONTRIBUTING.md", "CHANGELOG.md"):
        shutil.copy(ROOT / name, work)
    # a proxy where nobody listens: what would need a network fails
    nowhere = dict.fromkeys(("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"), "http://127.0.0.1:9")
    command = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-n", "-q", "docs", "out"]
    done = subprocess.run(
        command, cwd=work, capture_output=True, text=True, check=False, env={**os.environ, **nowhere}
    )
    assert done.returncode == 0, done.stderr
    return work / "out"


@pytest.fixture(scope="module")
def pages(site):
    written = [path for path in sorted(site.rglob("*.html")) if "_static" not in path.parts]
    return {path: Page(path.read_text(encoding="utf-8")) for path in written}


def target_of(page: Path, link: str) -> tuple[Path, str]:
    parts = urlsplit(link)
    target = (page.parent / unquote(parts.path)).resolve() if parts.path else page
    return (target / "index.html" if target.is_dir() else target), unquote(parts.fragment)


@pytest.mark.slow
def test_no_link_leads_nowhere(site, pages):
    dead = []
    for path, page in pages.items():
        for link in [*page.links, *page.loads]:
            if urlsplit(link).scheme or ABROAD.match(link) or link in ("", "#"):
                continue
            target, anchor = target_of(path, link)
            if not target.exists():
                dead.append(f"{path.relative_to(site)}: {link}")
            elif anchor and target in pages and anchor not in pages[target].anchors:
                dead.append(f"{path.relative_to(site)}: {link} (no such anchor)")
    assert not dead


@pytest.mark.slow
def test_nothing_is_loaded_from_elsewhere(site, pages):
    wrong = [f"{path.relative_to(site)}: {load}" for path, page in pages.items() for load in page.loads
             if ABROAD.match(load)]  # fmt: skip
    for path in sorted(site.rglob("*.css")):
        css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
        fetched = re.findall(r"(?:url\(|@import\s+)[\"']?((?:https?:)?//[^\"')\s]+)", css)
        wrong += [f"{path.relative_to(site)}: {address}" for address in fetched]
    assert not wrong


@pytest.mark.slow
def test_a_browser_without_network_asks_nobody(site):
    from playwright.sync_api import sync_playwright

    asked, faults = [], []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for width in (1280, 390):
            context = browser.new_context(viewport={"width": width, "height": 900}, offline=True)
            page = context.new_page()
            page.on("request", lambda request: asked.append(request.url))
            page.on("pageerror", lambda error: faults.append(str(error)))
            for name in (
                "index",
                "fragen",
                "methods/spatial",
                "tutorial/1_erste_karte",
                "api/maps",
                "examples",
                "api/warning_records",
            ):
                page.goto((site / f"{name}.html").as_uri())
                wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
                assert page.evaluate(wide) <= 0, f"{name} is wider than a screen of {width}"
                broken = "[...document.images].filter(i => i.complete && !i.naturalWidth).map(i => i.src)"
                assert page.evaluate(broken) == []
        browser.close()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert not faults


@pytest.mark.slow
def test_pages_say_their_language_and_pictures_what_they_show(site, pages):
    languages = {str(path.relative_to(site)): page.language for path, page in pages.items()}
    assert languages["index.html"] == "de"
    assert languages["methods/spatial.html"] == "en"
    assert set(languages.values()) == {"de", "en"}
    for name in (
        "index",
        "architecture",
        "anleitungen/bericht_region",
        "api/generated/regsam_geo.plot_map",
        "examples",
    ):
        assert pages[site / f"{name}.html"].pictures_without_words == []


@pytest.mark.slow
def test_names_in_prose_lead_to_the_reference(site, pages):
    links = pages[site / "fragen.html"].links
    assert "api/generated/regsam_geo.predictive_value.html#regsam_geo.predictive_value" in links
    own = pages[site / "api" / "generated" / "regsam_geo.plot_map.html"]
    assert "regsam_geo.detect_warnings.html#regsam_geo.detect_warnings" in own.links


@pytest.mark.slow
def test_the_fields_of_a_record_stand_in_the_reference(site):
    schema = json.loads((DOCS / "warnings.schema.json").read_text(encoding="utf-8"))
    text = (site / "api" / "warning_records.html").read_text(encoding="utf-8")
    table = text[text.index('<table class="schema') : text.index("</table>")]
    told = re.findall(r'<td><p><code class="docutils literal notranslate"><span class="pre">(\w+)</span>', table)
    assert told == list(schema["items"]["required"])


@pytest.mark.slow
def test_formulas_are_drawn(site, pages):
    text = (site / "methods" / "spatial.html").read_text(encoding="utf-8")
    assert text.count("<math ") > 20
    assert not [path for path in pages if re.search(r"\\\(|\$\$|\\frac", path.read_text(encoding="utf-8"))]


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:REGSAM hat keine")
def test_the_pictures_of_the_start_page_are_of_today():
    """After a wanted change: ``python docs/images/make_images.py``, look at every picture, commit them."""
    images = load(DOCS / "images" / "make_images.py")
    rg.set_language("de")
    try:
        drawn = {image.__name__: np.asarray(image()).astype(int) for image in images.IMAGES}
    finally:
        rg.set_language(None)
    for name, picture in drawn.items():
        with Image.open(DOCS / "images" / f"{name}.png") as stored:
            known = np.asarray(stored.convert("RGB")).astype(int)
        assert picture.shape == known.shape, name
        difference = np.abs(picture - known).max(axis=2)
        # other versions of FreeType move edges of letters by parts of a pixel
        assert difference.mean() < 1.5, name
        assert (difference > 90).mean() < 0.003, name


def coarse(picture: Image.Image) -> np.ndarray:
    """Return the means of squares of eight pixels: edges of letters differ between versions, classes do not."""
    wide, high = picture.width // 8, picture.height // 8
    return np.asarray(picture.convert("RGB").resize((wide, high), Image.Resampling.BOX)).astype(int)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore:REGSAM hat keine")
def test_the_pictures_of_the_reference_are_of_today():
    """They are what the examples in the docstrings draw; every function that draws a figure has one."""
    images = load(DOCS / "images" / "make_images.py")
    assert sorted(images.REFERENCE) == sorted(name for name in rg.__all__ if name.startswith("plot_"))
    rg.set_language("de")
    try:
        drawn = {f"reference/{name}": images.drawn_by_example(name) for name in images.REFERENCE}
        drawn |= {image.__name__: image() for image in images.IN_BROWSER}
    finally:
        rg.set_language(None)
    for name, picture in drawn.items():
        with Image.open(DOCS / "images" / f"{name}.png") as stored:
            assert picture.size == stored.size, name
            difference = np.abs(coarse(picture) - coarse(stored)).max(axis=2)
        assert difference.mean() < 1, name
        assert (difference > 40).mean() < 0.002, name


def test_the_picture_of_the_architecture_is_of_today():
    """After a change of imports: ``python docs/images/draw_architecture.py``."""
    drawing = load(DOCS / "images" / "draw_architecture.py")
    stored = (DOCS / "images" / "architecture.svg").read_text(encoding="utf-8")
    assert drawing.draw() == stored
    ranks = {room: number for number, room in enumerate(drawing.ROOMS)}
    assert [pair for pair in drawing.count_imports() if ranks[pair[0]] >= ranks[pair[1]]] == []


def test_the_evidence_of_each_region_is_on_the_page():
    directive = load(DOCS / "_ext" / "region_evidence.py")
    (table,) = directive.RegionEvidence.run(None)
    shown = [[cell.astext() for cell in row.children] for row in table[0].children[-1].children]
    with (ROOT / "data" / "boundaries" / "regsam_regions.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row[0] for row in shown] == list(dict.fromkeys(row["region_id"] for row in rows))
    assert len(shown) == 16
    for region, _, evidence, sources in shown:
        members = [row for row in rows if row["region_id"] == region]
        assert evidence == ", ".join(dict.fromkeys(row["evidence"] for row in members))
        assert all(row["source"] in sources for row in members)


def test_the_notebooks_are_the_tutorial():
    index = (DOCS / "tutorial" / "index.md").read_text(encoding="utf-8")
    assert ":glob:" in index
    assert all(re.match(r"\d", path.name) for path in (ROOT / "notebooks").glob("*.ipynb"))


def test_the_readme_leads_to_files_that_exist():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    links = [link.split("#")[0] for link in re.findall(r"\]\(([^)]+)\)", text) if not urlsplit(link).scheme]
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def resolved(dotted: str) -> object:
    """Find what a page names: modules of the package as far as they go, then attributes."""
    parts = dotted.split(".")
    for end in range(len(parts), 0, -1):
        try:
            thing = importlib.import_module(".".join(("regsam_geo", *parts[:end])))
        except ModuleNotFoundError:
            continue
        for name in parts[end:]:
            thing = getattr(thing, name)
        return thing
    msg = f"no such module: {dotted}"
    raise AssertionError(msg)


def test_the_way_of_a_table_names_functions_that_exist():
    text = (DOCS / "from_file_to_meeting.md").read_text(encoding="utf-8")
    named = re.findall(r"`([a-z_]+(?:\.\w+)+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    named = [name for name in named if not name.endswith((".json", ".csv"))]
    assert len(named) > 30
    for name in named:
        assert resolved(name) is not None, name
    # through every room that a figure passes
    assert {name.split(".")[0] for name in named} == {
        "areas", "indicators", "study", "warning", "look", "maps", "charts", "summary",
    }  # fmt: skip
    for block in re.findall(r"```python\n(.*?)```", text, re.DOTALL):
        assert set(re.findall(r"\brg\.(\w+)", block)) <= set(rg.__all__)
        assert set(re.findall(r"\bstudy\.(\w+)", block)) <= set(dir(rg.load_study()))


def test_files_that_the_pages_on_the_code_name_exist():
    package = ROOT / "src" / "regsam_geo"
    roots = (ROOT, package, DOCS, package / "warning", package / "summary")
    path = re.compile(r"`((?:[\w.-]+/)*[\w-]+\.(?:pyi?|md|json|csv|svg)|(?:[\w.-]+/)+)`")
    named = []
    for page in (DOCS / "architecture.md", DOCS / "decisions.md", ROOT / "CONTRIBUTING.md"):
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        named += [(page.name, found) for found in path.findall(text)]
    assert len(named) > 20
    assert [(page, found) for page, found in named if not any((root / found).exists() for root in roots)] == []


def test_the_verb_that_is_added_as_an_example_works():
    """It takes a study, a panel and a layer of areas, as the page says."""
    (block,) = re.findall(
        r"```python\n(.*?)```", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"), re.DOTALL
    )
    names: dict[str, object] = {}
    exec(block, names)
    districts = rg.load_boundaries("district")
    counts = [names["count_areas"](given) for given in (rg.load_study(), rg.load_sample(), districts.iloc[:7])]
    assert counts == [25, 25, 7]


def test_public_names_and_their_arguments_stay_few():
    structure = load(DOCS / "images" / "structure.py")
    package = ROOT / "src" / "regsam_geo"
    counts = structure.public_functions(package)
    mean, names = sum(counts.values()) / len(counts), len(structure.public_names(package))
    assert mean <= 4
    assert names <= 75
    # what the page says is of today
    page = (DOCS / "architecture.md").read_text(encoding="utf-8")
    assert f"| public names | 66 | {names} |" in page
    assert f"| arguments of public functions, mean | 6.24 | {mean:.2f} |" in page
    # counted by reading the files; the functions themselves say the same
    for name, number in counts.items():
        assert len(inspect.signature(getattr(rg, name)).parameters) == number, name
