"""How the time of warnings, protection, reading and maps grows: seconds of the processor as one size doubles.

    python benchmarks/growth.py [--part warnings protection reading maps]     # about two minutes

Each size is doubled three times while the others stay. Told are the seconds in user mode, the exponent fitted
to all four (log seconds on log size: 1 is linear, 2 quadratic), and that of the last doubling alone, which what a
call costs however small it is holds down the least.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import matplotlib as mpl

mpl.use("Agg")

import numpy as np
import pandas as pd
from temporal_reports import made, squares

import regsam_geo as rg

DOUBLINGS = 3
Run = Callable[[], object]


def used() -> float:
    """Return the seconds in user mode so far, those of other processes that read files among them."""
    return sum(resource.getrusage(who).ru_utime for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def seconds(run: Run) -> float:
    """Return the seconds in user mode of one run."""
    before = used()
    run()
    return used() - before


def sizes(first: int) -> list[int]:
    """Return a size and its doublings."""
    return [first * 2**step for step in range(DOUBLINGS + 1)]


def warnings(_: Path) -> Iterator[tuple[str, str, list[tuple[int, Run]]]]:
    """Yield reports with warnings, whose series have denominators of their own."""

    def report(series: int, areas: int, years: int) -> Run:
        study = rg.Study(made(series, areas, years, jumps=2), squares(areas), threshold=None)
        return study.detect_warnings

    report(4, 25, 10)()  # imports, and the calibration of the limits
    yield "series", "25 areas, 10 years", [(n, report(n, 25, 10)) for n in sizes(50)]
    yield "years", "50 series, 25 areas", [(n, report(50, 25, n)) for n in sizes(12)]
    yield "areas", "4 series, 10 years", [(n, report(4, n, 10)) for n in sizes(1250)]


def counts(series: int, areas: int, years: int) -> rg.Panel:
    """Return counts of persons of which one in fifty is small, with the total of the city."""
    rng = np.random.default_rng(7)
    shape = (series, years, areas)
    cases = rng.poisson(rng.lognormal(4.0, 1.6, areas) + np.zeros(shape)).astype(float)
    at, year, area = (axis.ravel() for axis in np.indices(shape))
    data = pd.DataFrame(
        {
            "indicator": [f"made {number:04d}" for number in at],
            "period": 2000 + year,
            "level": "own",
            "area_id": squares(areas).index.to_numpy()[area],
            "value": cases.ravel(),
        }
    )
    city = data.groupby(["indicator", "period"], as_index=False)["value"].sum()
    data = pd.concat([data, city.assign(level="city", area_id="munich")], ignore_index=True)
    names = list(dict.fromkeys(data["indicator"]))
    catalogue = pd.DataFrame({"indicator": names, "group": "insgesamt", "counts_persons": True, "summable": True})
    return rg.Panel.from_frame(data, catalogue)


def protection(_: Path) -> Iterator[tuple[str, str, list[tuple[int, Run]]]]:
    """Yield tables of counts of persons, some of them small, beside the total of the city."""

    def protect(series: int, areas: int, years: int) -> Run:
        panel = counts(series, areas, years)
        return lambda: rg.protect(panel)

    protect(1, 25, 1)()
    yield "series", "25 areas, 10 years", [(n, protect(n, 25, 10)) for n in sizes(25)]
    yield "years", "50 series, 25 areas", [(n, protect(50, 25, n)) for n in sizes(6)]
    yield "areas", "2 series, 2 years", [(n, protect(2, n, 2)) for n in sizes(1250)]


def long_table(rows: int) -> pd.DataFrame:
    """Return a table of one's own: 25 districts, 240 months, as many indicators as it takes."""
    place = np.arange(rows)
    month = place // 25 % 240
    return pd.DataFrame(
        {
            "Bezirk": [f"{1 + number % 25:02d}" for number in place],
            "Monat": [f"{2004 + number // 12}-{1 + number % 12:02d}" for number in month],
            "Merkmal": [f"Merkmal {number}" for number in place // 6000],
            "Wert": np.random.default_rng(1).integers(0, 10_000, rows) / 10,
        }
    )


def reading(folder: Path) -> Iterator[tuple[str, str, list[tuple[int, Run]]]]:
    """Yield long tables, one row a figure."""

    def read(rows: int, form: str) -> Run:
        path, table = folder / f"table_{rows}.{form}", long_table(rows)
        if form == "csv":
            table.to_csv(path, sep=";", decimal=",", index=False)
        else:
            table.to_excel(path, index=False)
        return lambda: rg.read_indicators(path)

    for form, first in (("csv", 100_000), ("xlsx", 5_000)):
        read(50, form)()
        yield "rows", form.upper(), [(n, read(n, form)) for n in sizes(first)]


def maps(folder: Path) -> Iterator[tuple[str, str, list[tuple[int, Run]]]]:
    """Yield maps of layers of squares, written as PNG."""

    def draw(areas: int) -> Run:
        layer = squares(areas).assign(value=np.random.default_rng(3).normal(size=areas))
        return lambda: rg.save_figure(rg.plot_map(layer, "value"), folder / "map.png", dpi=150)

    draw(25)()
    yield "areas", "PNG", [(n, draw(n)) for n in sizes(1250)]


PARTS = {"warnings": warnings, "protection": protection, "reading": reading, "maps": maps}


def growth(parts: list[str]) -> pd.DataFrame:
    """Return seconds and exponents, one row a size that grows."""
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for part in parts:
            for grows, beside, runs in PARTS[part](Path(folder)):
                number = np.array([n for n, _ in runs], dtype="float64")
                taken = np.array([seconds(run) for _, run in runs])
                logs = np.log(np.maximum(taken, 1e-3))
                rows.append(
                    {
                        "what": part,
                        "grows": f"{grows} ({beside})",
                        "sizes": " / ".join(f"{n:,.0f}" for n in number),
                        "seconds": " / ".join(f"{one:.2f}" for one in taken),
                        "exponent": np.polyfit(np.log(number), logs, 1)[0],
                        "last doubling": (logs[-1] - logs[-2]) / np.log(2.0),
                    }
                )
                print(*rows[-1].values(), sep=" | ", file=sys.stderr, flush=True)
    return pd.DataFrame(rows)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=list(PARTS), nargs="+", default=list(PARTS))
    print(growth(parser.parse_args().part).round(2).to_string(index=False))


if __name__ == "__main__":
    main()
