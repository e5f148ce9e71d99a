"""Packs that are killed at a random moment and taken up again are the same, byte for byte (slow: minutes)."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

SCRIPT = textwrap.dedent(
    """
    import json, os, random, signal, sys, time
    from pathlib import Path
    import regsam_geo as rg
    from regsam_geo.summary.products import meeting_pack as packs
    from regsam_geo.summary.writers.folder import run_steps

    folder = Path(sys.argv[1])
    panel = rg.load_sample().sel(["Arbeitslose - Anteil", "Nichtdeutsche"], period=range(2014, 2025))
    # everything that costs time before the first file is computed once; what is killed is the writing
    facts = packs.gather_profile_facts(panel, lang="de")
    packs.gather_profile_facts = lambda *arguments, **options: facts
    # "all" with one region: its pack with the GeoPackage, and the overview of the city
    type(facts).ids = property(lambda self: ["17/18"])

    def contents(root):
        return {str(p.relative_to(root)): p.read_bytes() for p in sorted(root.rglob("*")) if p.is_file()}

    def begin(root):
        # this process itself writes nothing and starts no thread that a child could wait for
        child = os.fork()
        if child == 0:
            code = 1
            try:
                rg.write_meeting_pack(panel, "all", root)
                code = 0
            finally:
                os._exit(code)
        return child

    def finish(root):
        _, status = os.waitpid(begin(root), 0)
        assert os.waitstatus_to_exitcode(status) == 0

    started = time.monotonic()
    finish(folder / "whole")
    seconds = time.monotonic() - started
    whole = contents(folder / "whole")
    assert {Path(name).suffix for name in whole} >= {".pdf", ".png", ".html", ".xlsx", ".csv", ".gpkg", ".txt"}
    assert {"stadt/ueberblick.html", "stadt/ueberblick.xlsx"} < whole.keys()
    draw = random.Random(1)
    killed = halves = 0
    for number in range(30):
        root = folder / f"run-{number}"
        child = begin(root)
        time.sleep(draw.uniform(0.0, seconds))
        os.kill(child, signal.SIGKILL)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
        found = {name: data for name, data in contents(root).items() if ".regsam-" not in name}
        # whatever stands there under its own name is whole
        for name, data in found.items():
            if name == "angaben.json":
                json.loads(data)
            else:
                assert data == whole[name], name
        halves += bool(found) and len(found) < len(whole)
        finish(root)
        assert contents(root) == whole, number
    print(killed, halves)
    """
)


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(__import__("os"), "fork"), reason="needs fork and SIGKILL")
def test_killed_thirty_times_and_resumed(tmp_path):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    killed, halves = map(int, done.stdout.split())
    print(f"killed {killed}, half written {halves}")
    assert killed >= 20
    assert halves >= 5


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
    assert files > 16 * 30
    assert megabytes < 800
    from regsam_geo.summary.writers.pdf import page_count

    for path in tmp_path.glob("region-*/profil.pdf"):
        assert page_count(path.read_bytes()) == 2
