"""How long 60 A4 maps take, against 60 of ``GeoDataFrame.plot`` with the same polygons, size and resolution.

    python benchmarks/maps.py [NUMBER OF MAPS] [NUMBER OF COLD STARTS] [NUMBER OF PROCESSES]

The peer draws ``GeoDataFrame.plot(scheme="quantiles", k=5, legend=True)`` with a title; ours draw the whole page:
title, subtitle, legend with counts, labels, region outlines, scale bar, north arrow and source. Both write PNGs of
A4 at 150 dpi, then PDFs, into a temporary folder, in turns within one process, so that what else the machine does
meets both.
"Cold" starts a new Python for one map each, imports included. The last line writes the same maps with
``save_maps`` in one and in several processes. Ratios matter, seconds depend on the machine; where it does other
things too, the times of the processor are fairer.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

N_MAPS = int(sys.argv[1]) if len(sys.argv) > 1 else 60
N_STARTS = int(sys.argv[2]) if len(sys.argv) > 2 else 5
N_WORKERS = int(sys.argv[3]) if len(sys.argv) > 3 else 2

OURS = """
import regsam_geo as rg
rg.save_figure(rg.load_study().plot_map("Arbeitslose", period=2024), r"{path}")
"""

THEIRS = """
import geopandas as gpd
import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt
areas = gpd.read_parquet(r"{areas}")
figure, axes = plt.subplots(figsize=(297 / 25.4, 210 / 25.4))
areas.plot("value", scheme="quantiles", k=5, legend=True, ax=axes)
axes.set_title("Arbeitslose")
figure.savefig(r"{path}", dpi=150)
"""


def cold(code: str) -> float:
    start = time.perf_counter()
    subprocess.run([sys.executable, "-c", code], check=True)
    return time.perf_counter() - start


def main() -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    import matplotlib.pyplot as plt

    import regsam_geo as rg

    folder = Path(tempfile.mkdtemp(prefix="regsam_geo-benchmark-"))
    districts = rg.load_boundaries("district")
    study = rg.load_study()
    sample = study.panel
    keys = sample.data.loc[sample.data["level"] == "district", ["indicator", "group", "period"]]
    keys = keys.drop_duplicates().sort_values("period", ascending=False).head(N_MAPS).to_dict("records")
    panels = [sample.sel(**key) for key in keys]
    layers = []
    for panel in panels:
        rows = panel.data[panel.data["level"] == "district"]
        layers.append(districts.assign(value=rows.set_index("area_id")["value"]))
    districts.assign(value=layers[0]["value"]).to_parquet(folder / "areas.parquet")

    starts = {"ours": [], "theirs": []}
    for i in range(N_STARTS):
        starts["theirs"].append(cold(THEIRS.format(areas=folder / "areas.parquet", path=folder / f"cold-{i}.png")))
        starts["ours"].append(cold(OURS.format(path=folder / f"cold-ours-{i}.png")))
    fastest = {name: min(times) for name, times in starts.items()}
    tell(f"first map from a cold start, best of {N_STARTS}", fastest["ours"], fastest["theirs"])

    for kind in ("png", "pdf"):
        spent, used = {"ours": 0.0, "theirs": 0.0}, {"ours": 0.0, "theirs": 0.0}
        for i, (key, layer) in enumerate(zip(keys, layers, strict=True)):
            start, processor = time.perf_counter(), time.process_time()
            figure = study.plot_map(key["indicator"], key["period"], group=key["group"])
            rg.save_figure(figure, folder / f"ours-{i}.{kind}", dpi=150)
            spent["ours"] += time.perf_counter() - start
            used["ours"] += time.process_time() - processor
            start, processor = time.perf_counter(), time.process_time()
            figure, axes = plt.subplots(figsize=(297 / 25.4, 210 / 25.4))
            layer.plot("value", scheme="quantiles", k=5, legend=True, ax=axes)
            axes.set_title("Arbeitslose")
            figure.savefig(folder / f"theirs-{i}.{kind}", dpi=150)
            plt.close(figure)
            spent["theirs"] += time.perf_counter() - start
            used["theirs"] += time.process_time() - processor
        tell(f"{len(panels)} maps, {kind}", spent["ours"], spent["theirs"])
        tell(f"{len(panels)} maps, {kind}, time of the processor", used["ours"], used["theirs"])

    times = {}
    for workers in (1, N_WORKERS):
        wanted = {
            folder / str(workers) / f"{i}.png": {
                "what": key["indicator"],
                "period": key["period"],
                "group": key["group"],
            }
            for i, key in enumerate(keys)
        }
        start = time.perf_counter()
        study.save_maps(wanted, workers=workers)
        times[workers] = time.perf_counter() - start
    one, several = times[1], times[N_WORKERS]
    print(
        f"save_maps, {len(panels)} maps: one process {one:.2f} s, {N_WORKERS} processes {several:.2f} s, "
        f"ratio {one / several:.2f}"
    )


def tell(what: str, ours: float, theirs: float) -> None:
    print(f"{what}: ours {ours:.2f} s, peer {theirs:.2f} s, ratio {theirs / ours:.2f}", flush=True)


if __name__ == "__main__":
    main()
