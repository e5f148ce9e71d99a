"""What is handed out as a package: its files, its licenses, and a description that needs no neighboring file."""

from __future__ import annotations

import email
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

import regsam_geo

ROOT = Path(__file__).parents[1]
LINK = re.compile(r"!?\[([^\]]*)\]\(([^)]*)\)")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "-q", "--disable-pip-version-check", "wheel", "--no-deps"]
    subprocess.run([*command, "-w", str(folder), str(ROOT)], check=True)
    with zipfile.ZipFile(next(folder.glob("*.whl"))) as opened:
        yield opened


def text_of(wheel, ending):
    return wheel.read(next(name for name in wheel.namelist() if name.endswith(ending))).decode("utf-8")


@pytest.mark.slow
def test_types_data_and_licenses_are_in_it(wheel):
    names = wheel.namelist()
    assert "regsam_geo/py.typed" in names
    assert "regsam_geo/__init__.pyi" in names
    for folder in ("boundaries", "indicators"):
        shipped = {path.name for path in (ROOT / "data" / folder).iterdir() if path.is_file()}
        assert shipped <= {Path(name).name for name in names if f"_data/{folder}/" in name}
    for path in ("LICENSE", "THIRD-PARTY.md", "data/NOTICE.md"):
        assert text_of(wheel, f"licenses/{path}") == (ROOT / path).read_text(encoding="utf-8")
    wrong = [name for name in names if not name.startswith("regsam_geo")]
    assert not wrong


@pytest.mark.slow
def test_the_description_needs_no_neighboring_file(wheel):
    metadata = email.message_from_string(text_of(wheel, "METADATA"))
    assert metadata["Description-Content-Type"] == "text/markdown"
    described = metadata.get_payload()
    assert [found[2] for found in LINK.finditer(described) if not found[2].startswith("https:")] == []
    # each target of the README is still named, and lies in the source distribution
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    targets = [found[2] for found in LINK.finditer(readme) if not found[0].startswith("!")]
    assert len(targets) > 5
    for target in targets:
        assert f"`{target}`" in described, target
        assert (ROOT / target).exists(), target
    assert "(#" not in described


@pytest.mark.slow
def test_the_addresses_name_no_place_that_is_made_up(wheel):
    """As long as the project has no address of its own, it names none; whoever has one changes this test."""
    metadata = email.message_from_string(text_of(wheel, "METADATA"))
    assert [one.split(", ")[1] for one in metadata.get_all("Project-URL")] == [
        "https://www.govdata.de/dl-de/by-2-0"
    ]
    assert metadata["Home-page"] is None


def test_the_citation_names_this_version():
    told = dict(
        line.split(": ", 1)
        for line in (ROOT / "CITATION.cff").read_text(encoding="utf-8").splitlines()
        if ": " in line and not line.startswith(" ")
    )
    assert told["version"] == regsam_geo.__version__
    assert told["license"] == "MIT"
    assert {"cff-version", "message", "title"} <= told.keys()


def test_every_lower_bound_is_at_most_what_the_tests_run_with():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {}
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        if "==" in line:
            name, version = line.split("==")
            pinned[plain(name)] = numbers(version)
    wished = [
        *project["dependencies"],
        *(one for extra in project["optional-dependencies"].values() for one in extra),
    ]
    for one in wished:
        name, lowest = one.split(">=")
        assert plain(name) in pinned, name
        assert numbers(lowest) <= pinned[plain(name)], one


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def numbers(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def test_the_notices_name_what_maps_carry():
    from regsam_geo.maps.interactive.assets import SCRIPTS, library_script

    notices = (ROOT / "THIRD-PARTY.md").read_text(encoding="utf-8").lower()
    for name in SCRIPTS:
        assert name in notices
        head, rest = library_script(name).split("*/", 1)
        assert head.startswith("/*!")
        assert "Copyright" in head
        # the license is whole, and the program follows with its own first comment
        assert head.rstrip().endswith(("POSSIBILITY OF SUCH DAMAGE.", "OTHER DEALINGS IN THE SOFTWARE."))
        assert rest.lstrip().startswith("/*")
