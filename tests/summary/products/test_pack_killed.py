"""Packs that are killed at a random moment and taken up again are the same, byte for byte (slow: minutes)."""

from __future__ import annotations

import json
import pickle
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest

import regsam_geo as rg
from regsam_geo.summary.facts.profile_facts import gather_profile_facts

CHILD = """
import pickle, sys
from pathlib import Path
import regsam_geo as rg
from regsam_geo.summary.products import meeting_pack as packs

# everything that costs time before the first file was computed once; what is killed is the writing
facts = pickle.loads(Path(sys.argv[1]).read_bytes())
packs.gather_profile_facts = lambda *arguments: facts
# "all" with one region: its pack with the GeoPackage, and the overview of the city
type(facts).ids = property(lambda self: ["17/18"])

def tell(number, steps, label):
    print(number, steps, flush=True)

rg.write_meeting_pack(facts.study, "all", sys.argv[2], progress=tell)
"""


def contents(root):
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


class Runs:
    """Starts runs as processes of their own, as every system can."""

    def __init__(self, facts):
        self.facts = facts

    def begin(self, root):
        """Return a process that prints the number of each file before it makes it, and how many there are."""
        command = [sys.executable, "-W", "ignore", "-c", CHILD, str(self.facts), str(root)]
        return subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8")

    def finish(self, root):
        """Let a run end, and return its number of files."""
        with self.begin(root) as child:
            lines = child.stdout.read().splitlines()
            assert child.wait() == 0
        return int(lines[-1].split()[1])


@pytest.fixture(scope="module")
def runs(tmp_path_factory):
    panel = rg.load_sample().sel(["Arbeitslose - Anteil", "Nichtdeutsche"], period=range(2014, 2025))
    study = rg.Study(panel, lang="de")
    facts = gather_profile_facts(study)
    rg.detect_warnings(facts.study, 2023)  # the overview compares with it
    path = tmp_path_factory.mktemp("facts") / "facts.pickle"
    path.write_bytes(pickle.dumps(facts))
    return Runs(path)


def killed_and_resumed(runs, folder, times):
    """Kill runs at random files, take each up again, and count the folders that were half written."""
    files = runs.finish(folder / "whole")
    whole = contents(folder / "whole")
    assert {Path(name).suffix for name in whole} >= {".pdf", ".png", ".html", ".xlsx", ".csv", ".gpkg", ".txt"}
    assert {"stadt/ueberblick.html", "stadt/ueberblick.xlsx"} < whole.keys()
    draw = random.Random(1)
    halves = 0
    for number in range(times):
        root = folder / f"run-{number}"
        with runs.begin(root) as child:
            # by the file that is being made, not by the clock, so that a slow or busy machine kills as often
            last = draw.randrange(files)
            while int(child.stdout.readline().split()[0]) < last:
                pass
            time.sleep(draw.uniform(0.0, 0.05))
            child.kill()
            child.wait()
        found = {name: data for name, data in contents(root).items() if ".regsam-" not in name}
        # whatever stands there under its own name is whole
        for name, data in found.items():
            if name == "angaben-mappe.json":
                json.loads(data)
            else:
                assert data == whole[name], name
        halves += bool(found) and len(found) < len(whole)
        runs.finish(root)
        assert contents(root) == whole, number
    return halves


@pytest.mark.slow
def test_killed_five_times_and_resumed(runs, tmp_path):
    assert killed_and_resumed(runs, tmp_path, 5) >= 3


@pytest.mark.long
def test_killed_thirty_times_and_resumed(runs, tmp_path):
    assert killed_and_resumed(runs, tmp_path, 30) >= 20


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="reads the peak of memory from /proc")
def test_all_16_packs_of_the_sample(tmp_path):
    # VmHWM is this program's own; ru_maxrss would start from the peak of the test process that begets it
    script = (
        "import sys, regsam_geo as rg\n"
        "pack = rg.write_meeting_pack(rg.load_sample(), 'all', sys.argv[1])\n"
        "peak = next(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM'))\n"
        "print(len(pack.regions), len(pack.files), int(peak) / 1024)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    regions, files, megabytes = map(float, done.stdout.split())
    assert regions == 16
    # what all of them share lies there once
    assert 16 * 10 < files < 16 * 25
    assert megabytes < 800
    from regsam_geo.summary.writers.pdf import page_count

    for path in tmp_path.glob("region-*/profil.pdf"):
        assert page_count(path.read_bytes()) in (2, 3)
