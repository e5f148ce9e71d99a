"""Keys at random through every way in: what is drawn is right, what is not is told or refused."""

from __future__ import annotations

import json
import re
import unicodedata
from collections import Counter

import numpy as np
import pandas as pd
import pytest

import regsam_geo as rg
from regsam_geo.errors import RegsamGeoError
from regsam_geo.maps.map_values import find_values
from regsam_geo.study.given_areas import strangers_of

LAYERS = {level: rg.load_boundaries(level)[["name", "geometry"]] for level in ("district", "subdistrict")}
PLACES = {shape.wkb: str(key) for layer in LAYERS.values() for key, shape in layer.geometry.items()}
NEAR = rg.neighbors(LAYERS["district"])
# names of two levels mean the level that the others of their column have; alone they are asked about
TWICE = {name for name, n in Counter(name for layer in LAYERS.values() for name in layer["name"]).items() if n > 1}


def spelled(rng, area_id, level):
    """One of the ways in which people and programs write an area."""
    name = LAYERS[level].loc[area_id, "name"]
    short = area_id.lstrip("0")
    number = rng.choice([area_id, short])
    ways = [
        number,
        f" {number} ",
        f"{number}\u00a0",
        f"{number} {name}",
        f"{number} - {name}",
        f"{number}: {name}",
        f"{name} ({number})",
    ]
    ways += [f"{number} {name}".upper(), name.replace("-", " – "), f"{number} {name}".replace("-", "‐")]
    if name not in TWICE:
        ways += [name, name.casefold(), f"  {name}"]
    ways += [float(short), np.float64(short)]
    if level == "district":
        ways += [
            int(short),
            np.int64(short),
            f"{short}.0",
            f"Bezirk {number}",
            f"Stadtbezirk {number}",
            f"SB {number}",
        ]
    else:
        ways += [f"Stadtbezirksteil {number}"]
    way = ways[rng.integers(len(ways))]
    return unicodedata.normalize(rng.choice(["NFC", "NFD"]), str(way)) if isinstance(way, str) else way


class Case:
    """Keys, values, perhaps names beside them; ``truth`` is the value of each area, as far as keys are right."""

    def __init__(self, rng):
        self.rng = rng
        self.level = str(rng.choice(["district", "district", "subdistrict"]))
        every = list(LAYERS[self.level].index)
        n = len(every) if rng.random() < 0.4 else int(rng.integers(2, len(every)))
        self.ids = [str(one) for one in rng.permutation(every)[:n]]
        self.values = [float(value) for value in rng.permutation(np.arange(1, n + 1)) * 3.5]
        self.truth = dict(zip(self.ids, self.values, strict=True))
        self.kind = str(rng.choice(["right", "right", "running", "positions", "stranger", "swapped"]))
        self.keys = [spelled(rng, area_id, self.level) for area_id in self.ids]
        self.names = None if rng.random() < 0.5 else [str(LAYERS[self.level].loc[one, "name"]) for one in self.ids]
        if self.kind in ("running", "swapped"):
            self.names = [str(LAYERS[self.level].loc[one, "name"]) for one in self.ids]
        if self.kind == "running":
            self.keys = list(range(1, n + 1))
            if rng.random() < 0.5:
                self.keys = [f"{key:02}" for key in self.keys]
        elif self.kind == "positions":
            self.keys, self.names = [int(key) for key in rng.permutation(n)], None
        elif self.kind == "stranger":
            self.keys.append(str(rng.choice(["Berlin", "99 nicht zuzuordnen", "4711", "Haus 3"])))
            self.values.append(999.0)
            self.names = None
        elif self.kind == "swapped":
            i, j = rng.choice(n, 2, replace=False)
            self.names[i], self.names[j] = self.names[j], self.names[i]

    @property
    def keys_are_right(self):
        """Whether each key is that of its area, whatever stands beside it."""
        if self.kind == "running" and self.level == "district":
            return [f"{int(key):02}" for key in self.keys] == self.ids
        return self.kind in ("right", "stranger", "swapped")

    def frame(self):
        rows = {"indicator": "X", "period": 2024, "area_id": self.keys, "value": self.values}
        frame = pd.DataFrame({**rows, **({} if self.names is None else {"bezeichnung": self.names})})
        order = self.rng.permutation(list(frame.columns))
        return frame[list(order)]

    def told_level(self):
        """Sub-districts have to be called so where a number alone could be a district's."""
        return {"level": self.level} if self.kind in ("stranger", "swapped") else {}


def drawn(layer, numbers):
    return {str(key): float(value) for key, value in zip(layer.index, numbers, strict=True) if not np.isnan(value)}


# --- the ways in: each returns what is drawn, and how many keys were told to have no area


def by_frame(case, tmp_path):
    frame = case.frame().assign(**case.told_level())
    layer, values = find_values(rg.Study(frame, threshold=None), None, level=case.level)
    return drawn(layer, values.numbers), len(values.strangers)


def by_join(case, tmp_path):
    layer = LAYERS[case.level].sample(frac=1, random_state=int(case.rng.integers(9999)))
    index = [float(key) if case.rng.random() < 0.5 else key.lstrip("0") for key in layer.index]
    study = rg.Study(case.frame().assign(**case.told_level()), layer.set_axis(index), threshold=None)
    joined = rg.join_indicators(study)
    found = joined.areas.dropna(subset="value")
    places = [PLACES[shape.wkb] for shape in found.geometry]
    got = dict(zip(places, found["value"].astype(float), strict=True))
    return got, len(joined.report.without_area)


def by_series(case, tmp_path):
    values = pd.Series(case.values, index=case.keys)
    layer, found = find_values(rg.Study(areas=LAYERS[case.level]), values)
    return drawn(layer, found.numbers), len(found.strangers)


def by_layer(case, tmp_path):
    """The keys stand in the layer; the figures have the right ids."""
    if case.kind == "stranger":
        return case.truth, 1
    layer = LAYERS[case.level].loc[case.ids].set_axis(case.keys)
    layer = layer.drop(columns="name") if case.names is None else layer.assign(name=case.names)
    tidy = pd.DataFrame({"indicator": "X", "period": 2024, "area_id": case.ids, "value": case.truth.values()})
    study = rg.Study(tidy.assign(level=case.level), layer, threshold=None)
    layer, values = find_values(study, None)
    truly = dict(zip(map(str, layer.index), case.ids, strict=True))
    got = drawn(layer, values.numbers)
    # without a wrong name, running numbers that lie elsewhere are ids of one's own, to which figures are summed
    return {truly[key]: value for key, value in got.items()}, len(values.strangers)


def by_file(case, tmp_path):
    path = tmp_path / "t.csv"
    frame = case.frame().drop(columns="indicator").rename(columns={"area_id": "Gebiet", "period": "Jahr"})
    frame.to_csv(path, sep=";", index=False, encoding="utf-8")
    columns = {"area": "Gebiet", "period": "Jahr", "value": "value"}
    panel = rg.read_indicators(path, columns=columns, indicator="X", decimal=".", **case.told_level())
    layer, values = find_values(rg.Study(panel, threshold=None), None, level=case.level)
    return drawn(layer, values.numbers), len(case.keys) - len(panel)


def by_selection(case, tmp_path):
    panel = rg.load_sample().sel("Nichtdeutsche", period=2024)
    if case.level != "district" or case.kind == "stranger":
        return case.truth, int(case.kind == "stranger")
    if case.kind in ("running", "positions"):
        got = [panel.sel(area=key, level="district").data["area_id"].item() for key in case.keys]
        assert got == [f"{int(key):02}" for key in case.keys]  # a number is a number: nothing speaks against it
        return case.truth, 0
    got = [panel.sel(area=key, level="district").data["area_id"].item() for key in case.keys]
    return dict(zip(got, case.values, strict=True)), 0


def by_neighbors(case, tmp_path):
    """Each value comes back beside the mean of the true neighbors."""
    if case.level != "district" or len(case.ids) < 25 or not case.keys_are_right or case.kind == "stranger":
        return case.truth, int(case.kind == "stranger")
    result = rg.spatial_outlier(pd.Series(case.values, index=case.keys), NEAR)
    true = rg.spatial_outlier(pd.Series(case.truth), NEAR)
    same = np.allclose(result["statistic"].to_numpy(), true["statistic"].to_numpy())
    return (case.truth if same else {}), 0


WAYS = {
    "frame": by_frame,
    "join": by_join,
    "series": by_series,
    "layer": by_layer,
    "file": by_file,
    "sel": by_selection,
    "neighbors": by_neighbors,
}


def run(number, way, tmp_path):
    """Return how one case ended: right, told or refused; anything else is an error here."""
    case = Case(np.random.default_rng([20_24, number]))
    try:
        got, told = WAYS[way](case, tmp_path)
    except RegsamGeoError as error:
        if case.kind == "right":
            raise AssertionError(f"{number} {way}: {case.level} {case.keys[:4]} refused: {error}") from error
        return "refused"
    context = f"{number} {way}: {case.kind} {case.level} {case.keys[:4]} {case.ids[:4]}"
    contradicted = way in ("frame", "join", "layer", "file") and case.names is not None
    if case.kind == "swapped" and contradicted:
        raise AssertionError(f"{context}: names that contradict passed")
    if way == "series" and case.kind == "running":
        # nothing stands beside the numbers of a Series: they are what they say
        assert got == {f"{int(key):02}": value for key, value in zip(case.keys, case.values, strict=True)}
        return "right"
    assert all(case.truth.get(key) == value for key, value in got.items()), f"{context}: wrong"
    assert len(got) + told == len(case.keys), f"{context}: {len(case.keys) - len(got) - told} values lost"
    return "told" if told else "right"


def ends_of(numbers, tmp_path):
    names = list(WAYS)
    ends = Counter()
    for number in numbers:
        way = names[number % len(names)]
        ends[run(number, way, tmp_path)] += 1
    return ends


def test_keys_are_right_told_or_refused(tmp_path):
    ends = ends_of(range(49), tmp_path)
    assert min(ends["right"], ends["refused"], ends["told"]) > 1


@pytest.mark.parametrize(
    "number", [pytest.param(300, marks=pytest.mark.slow), pytest.param(2_000, marks=pytest.mark.long)]
)
def test_many_keys_are_right_told_or_refused(tmp_path, number):
    ends = ends_of(range(1_000, 1_000 + number), tmp_path)
    assert ends.total() == number


def page_of(study):
    page = study.explore_map(regions=False).get_root().render()
    return json.loads(re.search(r'<script type="application/json"[^>]*>(.*?)</script>', page, re.S)[1])


def test_static_map_interactive_map_and_join_agree():
    for number in range(2):
        case = Case(np.random.default_rng([7, number]))
        case.keys = [spelled(case.rng, one, case.level) for one in case.ids]
        layer = LAYERS[case.level].drop(index=case.ids[:2])
        tidy = pd.DataFrame({"indicator": "X", "period": 2024, "area_id": case.keys, "value": case.truth.values()})
        study = rg.Study(tidy.assign(level=case.level), layer, lang="de", threshold=None)
        report = study.join_indicators().report
        _, values = find_values(study, None)
        assert (
            set(report.without_area)
            == set(values.strangers)
            == set(case.ids[:2])
            == set(strangers_of(study.panel, case.level, layer))
        )
        levels = page_of(study)["levels"]
        assert report.text("de").partition("Werte gehören")[2].split(".")[0] in levels[0]["source"]
