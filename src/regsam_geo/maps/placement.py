"""Where labels go: inside their area if they fit, beside it with a line, or nowhere, which is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import shapely

Floats = npt.NDArray[np.float64]
Extent = tuple[float, float, float, float]
Leader = tuple[tuple[float, float], tuple[float, float]]
"""A line from an area to its label."""
Taken = tuple[Extent, Leader | None]
"""A box that is taken, and the line that leads to it."""
GRID = 26
"""Points across an area that are tried for its label."""
AT_ONCE = 64
"""Places beside an area whose lines are looked at together."""


class Wish(NamedTuple):
    """The forms that one label may take, as (width, height) in map units, best first.

    The last ``spare`` forms are taken only when none of the others fits at any size.
    """

    forms: tuple[tuple[float, float], ...]
    spare: int = 0
    urgent: bool = False


@dataclass(frozen=True)
class Place:
    """Where one label stands.

    Attributes
    ----------
    x, y
        Middle of the label, in map units.
    scale
        Share of the wished size that it is drawn at.
    leader
        Line from the area to the label, or ``None`` when the label stands inside.
    form
        Which of the wished forms was taken.
    """

    x: float
    y: float
    scale: float = 1.0
    leader: Leader | None = None
    form: int = 0


class Room:
    """The boxes and lines that are taken already."""

    def __init__(self) -> None:
        self._taken: list[Taken] = []

    def __len__(self) -> int:
        return len(self._taken)

    def key(self) -> tuple[Taken, ...]:
        """Return all that is taken, in its order."""
        return tuple(self._taken)

    def is_free(self, boxes: Floats) -> npt.NDArray[np.bool_]:
        """Say for each box (west, south, east, north) whether it touches nothing."""
        free = np.ones(len(boxes), dtype=bool)
        if not len(boxes):
            return free
        west, south = boxes[:, :2].min(axis=0)
        east, north = boxes[:, 2:].max(axis=0)
        # most boxes lie elsewhere on the page; only these have to be compared with every candidate
        in_reach = [
            box for box, _ in self._taken if box[0] < east and box[2] > west and box[1] < north and box[3] > south
        ]
        for one in in_reach:
            free &= (
                (boxes[:, 0] >= one[2])
                | (boxes[:, 2] <= one[0])
                | (boxes[:, 1] >= one[3])
                | (boxes[:, 3] <= one[1])
            )
        leaders = self._leaders()
        if leaders is not None and free.any():
            free[free] = ~shapely.intersects(leaders, shapely.box(*boxes[free].T))
        return free

    def is_clear(self, lines: Any) -> npt.NDArray[np.bool_]:
        """Say for each line whether it crosses no box and no other line."""
        if not self._taken:
            return np.ones(len(lines), dtype=bool)
        crossed = shapely.intersects(shapely.box(*np.array([box for box, _ in self._taken]).T)[:, None], lines)
        clear = ~crossed.any(axis=0)
        leaders = self._leaders()
        if leaders is not None:
            clear &= ~shapely.intersects(leaders, lines)
        return np.asarray(clear, dtype=bool)

    def take(self, box: Sequence[float], leader: Leader | None = None) -> None:
        """Remember a box, and the line that leads to it."""
        west, south, east, north = (float(edge) for edge in box)
        self._taken.append(((west, south, east, north), leader))

    def _leaders(self) -> Any:
        """Return all leader lines as one geometry, or ``None``."""
        lines = [leader for _, leader in self._taken if leader is not None]
        return shapely.multilinestrings(lines) if lines else None


def boxes_at(points: Floats, width: float, height: float) -> Floats:
    """Return boxes (west, south, east, north) around points."""
    half = np.array([width, height]) / 2
    return np.hstack([points - half, points + half])


def inner_points(polygon: Any) -> tuple[Floats, Floats]:
    """Return points inside a polygon and their distances to its border, the roomiest first."""
    west, south, east, north = shapely.bounds(polygon)
    step = max(east - west, north - south) / GRID
    x, y = np.meshgrid(
        np.arange(west + step / 2, east, step),
        np.arange(south + step / 2, north, step),
    )
    # narrow areas slip through the grid; the middle of the largest circle inside never does
    centre = shapely.get_coordinates(shapely.maximum_inscribed_circle(polygon, tolerance=step / 8))[:1]
    points = np.vstack([centre, np.column_stack([x.ravel(), y.ravel()])])
    shapely.prepare(polygon)
    points = points[shapely.contains_xy(polygon, points[:, 0], points[:, 1])]
    clearance = shapely.distance(shapely.points(points), shapely.boundary(polygon))
    # stable, so that equal distances give the same place on every machine
    order = np.argsort(-clearance, kind="stable")
    return points[order], clearance[order]


def place_inside(
    polygon: Any, points: Floats, clearance: Floats, width: float, height: float, room: Room
) -> tuple[float, float] | None:
    """Return the roomiest point of a polygon where a box fits inside it and touches no other."""
    # a box needs this much around its middle: a comparison spares most of the geometry below
    usable = clearance >= min(width, height) / 2
    points = points[usable]
    if not len(points):
        return None
    boxes = boxes_at(points, width, height)
    fits = room.is_free(boxes)
    candidates = np.flatnonzero(fits)
    if not len(candidates):
        return None
    inside = shapely.contains(polygon, shapely.box(*boxes[candidates].T))
    if not inside.any():
        return None
    # The first that fits is the roomiest, as points come in that order.
    x, y = points[candidates[int(np.argmax(inside))]]
    return float(x), float(y)


def place_beside(
    polygon: Any,
    anchor: tuple[float, float],
    size: tuple[float, float],
    room: Room,
    ground: Any,
    rim: Any,
    view: Extent,
    reach: float,
) -> tuple[tuple[float, float], Leader] | None:
    """Return the nearest place outside all areas, and a line to it that crosses no other area."""
    if not shapely.dwithin(rim, shapely.Point(anchor), reach):
        return None
    points = _around(anchor, reach, min(size) / 2)
    points = points[_on_page(boxes_at(points, *size), view)]
    shapely.prepare(ground)
    # the middle of a box that lies outside all areas lies outside them too, and is tested sooner
    points = points[~shapely.intersects_xy(ground, points[:, 0], points[:, 1])]
    points = points[room.is_free(boxes_at(points, *size))]
    boxes = boxes_at(points, *size)
    fits = np.flatnonzero(~shapely.intersects(ground, shapely.box(*boxes.T)))
    if not len(fits):
        return None
    # The line may cross its own area as far as it likes.
    elsewhere = shapely.difference(ground, polygon)
    # the nearest come first, so the first batch mostly holds the answer
    for start in range(0, len(fits), AT_ONCE):
        some = fits[start : start + AT_ONCE]
        ends = np.column_stack(
            [
                np.clip(anchor[0], boxes[some, 0], boxes[some, 2]),
                np.clip(anchor[1], boxes[some, 1], boxes[some, 3]),
            ]
        )
        lines = shapely.linestrings(np.stack([np.broadcast_to(anchor, ends.shape), ends], axis=1))
        abroad = shapely.length(shapely.intersection(lines, elsewhere))
        # a line that only grazes another area still says whose label it leads to
        good = np.flatnonzero((abroad <= 0.1 * min(size)) & room.is_clear(lines))
        if len(good):
            x, y = points[some[good[0]]]
            end = ends[good[0]]
            return (float(x), float(y)), (anchor, (float(end[0]), float(end[1])))
    return None


def place_anywhere(
    anchor: tuple[float, float], size: tuple[float, float], room: Room, view: Extent
) -> tuple[float, float] | None:
    """Return the nearest free place on the page, over whatever area it is."""
    points = _around(anchor, max(view[2] - view[0], view[3] - view[1]), min(size) / 2)
    boxes = boxes_at(points, *size)
    fits = np.flatnonzero(_on_page(boxes, view) & room.is_free(boxes))
    if not len(fits):
        return None
    x, y = points[fits[0]]
    return float(x), float(y)


def _around(anchor: tuple[float, float], reach: float, step: float) -> Floats:
    """Return points around an anchor, the nearest first."""
    # From the nearest circle outwards: the first place that fits is the one with the shortest line.
    angles = np.radians(np.arange(0, 360, 10))
    # half a label apart: smaller steps would meet the same neighbors again
    radii, turns = np.meshgrid(np.arange(0.0, reach, max(step, reach / 200)), angles, indexing="ij")
    return np.column_stack(
        [anchor[0] + (radii * np.cos(turns)).ravel(), anchor[1] + (radii * np.sin(turns)).ravel()]
    )


def _on_page(boxes: Floats, view: Extent) -> npt.NDArray[np.bool_]:
    west, south, east, north = view
    inside = (boxes[:, 0] > west) & (boxes[:, 1] > south) & (boxes[:, 2] < east) & (boxes[:, 3] < north)
    return np.asarray(inside, dtype=bool)


def place_labels(
    polygons: npt.NDArray[np.object_],
    wishes: Sequence[Wish | None],
    *,
    ground: Any,
    view: Extent,
    room: Room | None = None,
    scales: Sequence[float] = (1.0, 0.88, 0.76),
    reach: float = 0.0,
) -> list[Place | None]:
    """Place one label per polygon.

    Parameters
    ----------
    polygons
        The areas.
    wishes
        Per area what is to be placed; ``None`` for no label. Urgent ones choose first and are never left out while
        there is any free place on the page.
    ground
        Union of all areas: leader lines end outside it.
    view
        What the page shows (west, south, east, north).
    room
        What is taken already; it is filled.
    scales
        Sizes to try, largest first.
    reach
        Longest leader line; 0 for none.

    Returns
    -------
    list
        A ``Place`` per area; ``None`` where no label was wished or found its place.
    """
    room = room if room is not None else Room()
    places: list[Place | None] = [None] * len(polygons)
    extent = shapely.area(polygons)
    rim = shapely.boundary(ground)
    shapely.prepare(rim)
    # what is larger than its area, and that too far inside to reach the rim, needs no search
    small = _without_room(polygons, wishes, scales[-1])
    inland = ~shapely.dwithin(rim, polygons, reach) if reach else np.ones(len(polygons), dtype=bool)
    wished = {
        i: wish
        for i, wish in enumerate(wishes)
        if wish is not None and (wish.urgent or not (small[i] and inland[i]))
    }
    # small areas have the fewest places and choose first
    for i in sorted(wished, key=lambda i: (not wished[i].urgent, extent[i], i)):
        wish, polygon = wished[i], polygons[i]
        points, clearance = inner_points(polygon)
        usual = range(len(wish.forms) - wish.spare)
        spare = range(len(usual), len(wish.forms))
        place = _inside(polygon, points, clearance, wish, usual, scales, room)
        if place is None and wish.urgent:
            place = _inside(polygon, points, clearance, wish, spare, scales, room)
            place = place or _urgent(points, wish, scales[-1], room, view)
        # before the spare forms: a name at the end of a line is read at once, a number has to be looked up
        if place is None and reach and len(points) and len(usual):
            width, height = wish.forms[0]
            size = (width * scales[-1], height * scales[-1])
            anchor = (float(points[0, 0]), float(points[0, 1]))
            beside = place_beside(polygon, anchor, size, room, ground, rim, view, reach)
            if beside is not None:
                spot, leader = beside
                room.take(boxes_at(np.array([spot]), *size)[0], leader)
                place = Place(*spot, scale=scales[-1], leader=leader)
        places[i] = place or _inside(polygon, points, clearance, wish, spare, scales, room)
    return places


def _without_room(
    polygons: npt.NDArray[np.object_], wishes: Sequence[Wish | None], scale: float
) -> npt.NDArray[np.bool_]:
    """Tell which areas are narrower or lower than each form of their label at its smallest size."""
    west, south, east, north = shapely.bounds(polygons).T
    fits = [
        wish is not None
        and any(width * scale <= across and height * scale <= along for width, height in wish.forms)
        for wish, across, along in zip(wishes, east - west, north - south, strict=True)
    ]
    return ~np.array(fits, dtype=bool)


def _urgent(points: Floats, wish: Wish, scale: float, room: Room, view: Extent) -> Place | None:
    """Place the smallest form near its area, over its neighbors if need be."""
    width, height = (side * scale for side in wish.forms[-1])
    anchor = (float(points[0, 0]), float(points[0, 1]))
    spot = place_anywhere(anchor, (width, height), room, view)
    if spot is None:
        return None
    # a sign beside its own middle needs no line, which would be hidden under it
    far = np.hypot(spot[0] - anchor[0], spot[1] - anchor[1]) > max(width, height)
    room.take(boxes_at(np.array([spot]), width, height)[0])
    return Place(*spot, scale=scale, leader=(anchor, spot) if far else None, form=len(wish.forms) - 1)


def _inside(
    polygon: Any, points: Floats, clearance: Floats, wish: Wish, forms: range, scales: Sequence[float], room: Room
) -> Place | None:
    """Place the first of some forms, at the largest size that fits into the polygon."""
    # Size before form: a long name on three lines is easier to read than a small one on two.
    for scale, form in ((scale, form) for scale in scales for form in forms):
        width, height = (side * scale for side in wish.forms[form])
        spot = place_inside(polygon, points, clearance, width, height, room)
        if spot is not None:
            room.take(boxes_at(np.array([spot]), width, height)[0])
            return Place(*spot, scale=scale, form=form)
    return None
