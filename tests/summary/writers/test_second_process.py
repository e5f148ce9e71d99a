"""A second process makes the same files, and whatever happens to it, all files are made."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

import regsam_geo as rg
from regsam_geo.indicators.panel import whole_of
from regsam_geo.summary.writers import second_process as module
from regsam_geo.summary.writers.folder import Step
from regsam_geo.summary.writers.second_process import SecondProcess, second_process

# what the other process imports: three files a part, with the number of the process that made them
PARTS = """
import os, sys, time

def make(part):
    for place in range(3):
        if part == {dies}:
            os._exit(1)
        if part == {fails}:
            raise ValueError("over there")
        if part == {tells}:
            import regsam_geo.text.notices as notices
            notices.tell("somebody has to read this")
        print("noise that must not get among the files")
        yield b"%d-%d there" % (part, place)
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that makes all files of six parts with a second process, and says what it made of them."""
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(module, "_has_room", lambda: True)

    def run(*, dies=-1, fails=-1, tells=-1):
        name = f"parts_{abs(hash((dies, fails, tells)))}"
        Path(tmp_path, f"{name}.py").write_text(PARTS.format(dies=dies, fails=fails, tells=tells))
        make = __import__(name).make

        def here(part, place):
            if part == fails:
                raise OSError("over here")
            # slowly, so that the other process gets a part, however long it takes to start
            until = time.monotonic() + 60
            while part == 0 and 5 not in second._theirs and not second._over and time.monotonic() < until:
                time.sleep(0.01)
            return b"%d-%d here" % (part, place)

        with second_process(worth_it=True) as second:
            parts = [
                [
                    Step(f"{part}-{place}", "", lambda part=part, place=place: here(part, place))
                    for place in range(3)
                ]
                for part in range(6)
            ]
            shared = second.share(parts, make)
            assert [[step.path for step in part] for part in shared] == [[s.path for s in part] for part in parts]
            made = [[step.make() for step in part] for part in shared]
        assert second._child.returncode is not None
        return made

    return run


def test_each_file_is_made_once_by_one_of_them(run):
    made = run()
    for part, files in enumerate(made):
        where = files[0].split()[1]
        assert files == [b"%d-%d %s" % (part, place, where) for place in range(3)]
    assert made[0][0].endswith(b"here")
    assert made[5][0].endswith(b"there")


@pytest.mark.slow
@pytest.mark.parametrize("what", ["dies", "tells"])
def test_what_the_other_does_not_make_is_made_here(run, what):
    made = run(**{what: 5})
    assert [data.split()[0] for files in made for data in files] == [
        b"%d-%d" % (part, place) for part in range(6) for place in range(3)
    ]
    assert all(data.endswith(b"here") for data in made[5])


@pytest.mark.slow
def test_an_error_is_the_one_of_this_process(run):
    with pytest.raises(OSError, match="over here"):
        run(fails=5)


def test_what_cannot_be_told_is_made_here(monkeypatch):
    monkeypatch.setattr(module, "_has_room", lambda: True)
    with second_process(worth_it=True) as second:
        parts = [[Step("a", "", lambda: b"a")]]
        # no other process could find a function that has no name
        assert [step.make() for part in second.share(parts, lambda part: iter([b""])) for step in part] == [b"a"]


def test_another_program_is_no_python(monkeypatch):
    monkeypatch.setattr(sys, "executable", "/opt/qgis/qgis-bin")
    assert SecondProcess.started() is None


def test_one_of_many_takes_no_second_core(monkeypatch):
    monkeypatch.setattr(module, "_cores", lambda: 8)
    answers = []
    thread = threading.Thread(target=lambda: answers.append(module._has_room()))
    thread.start()
    thread.join()
    assert answers == [False]


def test_a_worker_takes_no_second_core(monkeypatch):
    monkeypatch.setattr(module, "_cores", lambda: 8)
    monkeypatch.setattr(module.multiprocessing, "parent_process", object)
    assert not module._has_room()


def test_a_panel_is_told_with_the_one_that_it_was_cut_from():
    part = rg.load_sample().sel("Nichtdeutsche").sel(period=2024)
    told = module._parts_of_panel(part)
    again = told[0](*told[1])
    whole, places = whole_of(again)
    wanted, where = whole_of(part)
    assert whole is wanted
    assert places.tolist() == where.tolist()
    assert len(whole) > len(again)


# a program without a main guard, as most are
PROGRAM = """
import sys
import regsam_geo as rg
from regsam_geo.summary.products import meeting_pack
from regsam_geo.summary.writers import second_process

meeting_pack.MANY = 1
second_process._cores = lambda: int(sys.argv[2])
begun = []
start = second_process.SecondProcess.started.__func__
second_process.SecondProcess.started = classmethod(lambda cls: begun.append(start(cls)) or begun[0])

districts = rg.load_boundaries("district")
table = {"area_id": districts.index, "region_id": [str(n % 5) for n in range(25)]}
division = rg.read_division(districts.reset_index()[["area_id"]].assign(**table, region_name=table["region_id"]))
panel = rg.load_sample().sel("Nichtdeutsche", period=range(2021, 2025))

def tell(done, steps, label):
    print("pid", begun[0]._child.pid if begun else 0, flush=True)

rg.write_meeting_pack(rg.Study(panel, division=division), "all", sys.argv[1], progress=tell)
print("taken", *(sorted(one._theirs) for one in begun))
"""


@pytest.fixture
def program(tmp_path):
    path = tmp_path / "program.py"
    path.write_text(PROGRAM)
    return lambda folder, cores: [sys.executable, str(path), str(folder), str(cores)]


@pytest.mark.slow
def test_packs_are_the_same_byte_for_byte(program, tmp_path):
    said, found = {}, {}
    for cores in (1, 2):
        folder = tmp_path / str(cores)
        done = subprocess.run(program(folder, cores), capture_output=True, text=True, check=True)
        said[cores] = done.stdout.splitlines()
        found[cores] = {p.relative_to(folder): p.read_bytes() for p in folder.rglob("*") if p.is_file()}
    assert said[1][0] == "pid 0"
    assert said[1][-1] == "taken"
    # what all regions share is the last part and the first that is handed out
    assert "5" in said[2][-1]
    assert len(found[1]) > 50
    assert found[1] == found[2]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="asks for a process by a signal")
def test_it_does_not_outlive_a_run_that_is_killed(program, tmp_path):
    with subprocess.Popen(program(tmp_path / "packs", 2), stdout=subprocess.PIPE, text=True) as run:
        second = int(run.stdout.readline().split()[1])
        os.kill(second, 0)
        run.kill()
    until = time.monotonic() + 60
    while runs(second) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(second)


def runs(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    return True
