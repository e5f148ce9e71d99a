"""Places as a map shows them: categories by form and color, names, and which of them lie in the areas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple, TypeAlias, cast

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import pandas as pd
import shapely

from regsam_geo.areas import CRS
from regsam_geo.errors import OptionError
from regsam_geo.look.theme import Theme
from regsam_geo.places import read_places
from regsam_geo.text import did_you_mean, problem, say, shorten

Vertices = tuple[tuple[float, float], ...]
PlacesGiven: TypeAlias = str | Path | pd.DataFrame
"""A file, or a frame: of points, or with columns of coordinates."""


def _regular(corners: int, turn: float) -> Vertices:
    """Return a regular form of the area of a circle with radius 1."""
    radius = np.sqrt(2 * np.pi / (corners * np.sin(2 * np.pi / corners)))
    at = np.radians(turn + np.arange(corners) * 360 / corners)
    return tuple(zip((radius * np.cos(at)).tolist(), (radius * np.sin(at)).tolist(), strict=True))


def _cross() -> Vertices:
    """Return an upright cross of the same area; its arms are 2.6 times as long as half their width."""
    width = np.sqrt(np.pi / 16.8)
    long = 2.6 * width
    quarter = [(width, long), (width, width), (long, width)]
    corners: list[tuple[float, float]] = []
    for turn in range(4):
        for x, y in quarter:
            for _ in range(turn):
                x, y = y, -x
            corners.append((float(x), float(y)))
    return tuple(corners)


FORMS: Final[tuple[Vertices, ...]] = (
    _regular(48, 0),
    _regular(4, 45),
    _regular(3, 90),
    _regular(4, 0),
    _cross(),
    _regular(3, -90),
)
"""Circle, square, triangle, diamond, cross, triangle upside down; equally large."""
COLORS: Final = ("#003983", "#ba2d23", "#eda53f", "#279b6d", "#12161a", "#fae683")
"""One for each form. Any two differ for every eye, and on a grey copy."""
GREYS: Final = ("#3f3f3f", "#949494", "#c0c0c0", "#696969", "#111111", "#ededed")
MOST_CATEGORIES: Final = len(FORMS)
MOST_PLACES: Final = 5_000
"""More marks than this are a veil, not a map."""
CATEGORY_WORDS: Final = ("category", "kategorie", "art", "typ", "type", "kind", "einrichtungsart")
NAME_WORDS: Final = ("name", "bezeichnung", "einrichtung", "title", "titel")


class Category(NamedTuple):
    """What one mark stands for, its form and color, and how many places of it the map shows."""

    name: str
    form: Vertices
    color: str
    n: int


@dataclass(frozen=True)
class Places:
    """Places on a map.

    Attributes
    ----------
    x, y
        Meters in EPSG:25832.
    names
        What they are called; empty where nothing says it.
    kinds
        Position of the category of each.
    categories
        The categories, the most frequent first.
    kind_names
        All categories, those too that share a mark.
    outside
        How many places lie in no area of the map.
    """

    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    names: tuple[str, ...]
    kinds: npt.NDArray[np.int64]
    categories: tuple[Category, ...]
    kind_names: tuple[str, ...] = ()
    outside: int = 0

    @cached_property
    def points(self) -> npt.NDArray[np.object_]:
        """The places as points."""
        return cast("npt.NDArray[np.object_]", shapely.points(self.x, self.y))

    @property
    def title(self) -> str:
        """What they are called together."""
        named = [name for name in self.kind_names if name]
        return shorten(named, 3) if named else say("label.places.title")

    @property
    def note(self) -> str:
        """Say how many are not drawn."""
        return say("note.places.outside", n=self.outside) if self.outside else ""

    def areas_of(self, layer: gpd.GeoDataFrame) -> npt.NDArray[np.int64]:
        """Return the position of the area of each place; -1 where it lies in none."""
        found = np.full(len(self.x), -1, dtype=np.int64)
        polygons = layer.geometry.to_crs(CRS) if layer.crs is not None else layer.geometry
        point, area = shapely.STRtree(polygons.to_numpy()).query(self.points, predicate="intersects")
        # on a shared border the first area has it
        found[point[::-1]] = area[::-1]
        return found


def find_places(
    places: PlacesGiven, columns: Mapping[str, str] | None, areas: gpd.GeoDataFrame, theme: Theme
) -> Places:
    """Read places and find out what they are called and of which category they are.

    Parameters
    ----------
    places
        As for ``read_places``.
    columns
        As for ``read_places``, and besides ``category`` and ``name``.
    areas
        Places that lie in none of them are left out, and counted.
    theme
        Whether their marks are grey.

    Raises
    ------
    InputError
        If they cannot be read, have no coordinates, or these lie elsewhere.
    OptionError
        If a column is not there, or there are too many places, or none.
    """
    if not (columns is None or isinstance(columns, Mapping)):
        raise problem(OptionError, "places_columns", found=repr(columns))
    said = dict(columns or {})
    own = {what: said.pop(what) for what in ("category", "name") if what in said}
    frame = read_places(places, said or None)
    labels = list(map(str, frame.columns.drop(frame.geometry.name)))
    category = _column(own.get("category"), CATEGORY_WORDS, labels)
    name = _column(own.get("name"), NAME_WORDS, labels)
    frame = frame[frame.geometry.notna() & ~frame.geometry.is_empty]
    polygons = areas.geometry.to_crs(CRS) if areas.crs is not None else areas.geometry
    inside = np.unique(shapely.STRtree(polygons.to_numpy()).query(frame.geometry, predicate="intersects")[0])
    shown = frame.iloc[inside]
    if not len(shown):
        raise problem(OptionError, "places_none", n=len(frame))
    if len(shown) > MOST_PLACES:
        raise problem(OptionError, "places_too_many", n=len(shown), most=MOST_PLACES)
    texts = _texts(shown, category)
    kinds, categories, names = _categories(texts, theme)
    return Places(
        shown.geometry.x.to_numpy(dtype=np.float64),
        shown.geometry.y.to_numpy(dtype=np.float64),
        tuple(_texts(shown, name)),
        kinds,
        categories,
        names,
        outside=len(frame) - len(shown),
    )


def _column(given: str | None, words: Sequence[str], labels: Sequence[str]) -> str | None:
    if given is not None:
        if given not in labels:
            raise problem(
                OptionError,
                "places_column",
                found=given,
                expected=shorten(list(labels), 12) or "–",
                hint=did_you_mean(given, labels),
            )
        return given
    folded = {label.strip().casefold(): label for label in reversed(labels)}
    return next((folded[word] for word in words if word in folded), None)


def _texts(frame: gpd.GeoDataFrame, column: str | None) -> list[str]:
    if column is None:
        return [""] * len(frame)
    return ["" if pd.isna(cell) else " ".join(str(cell).split()) for cell in frame[column]]


def _categories(
    texts: Sequence[str], theme: Theme
) -> tuple[npt.NDArray[np.int64], tuple[Category, ...], tuple[str, ...]]:
    """Give the most frequent categories a form and color each; what is left over shares the last."""
    counts = pd.Series(texts, dtype=object).value_counts()
    ordered = sorted(counts.index, key=lambda text: (-int(counts[text]), text))
    together = ordered[MOST_CATEGORIES - 1 :] if len(ordered) > MOST_CATEGORIES else []
    kept = [text for text in ordered if text not in together]
    places = {text: at for at, text in enumerate(kept)} | dict.fromkeys(together, len(kept))
    kinds = np.array([places[text] for text in texts], dtype=np.int64)
    # a category without a name is one among others, unless there is no other
    names = [text or (say("label.places.unnamed") if len(ordered) > 1 else "") for text in kept]
    if together:
        names.append(say("label.places.others", n=len(together)))
    colors = GREYS if theme.sequential == "grey" else COLORS
    shown = [Category(name, FORMS[at], colors[at], int((kinds == at).sum())) for at, name in enumerate(names)]
    return kinds, tuple(shown), tuple(ordered)
