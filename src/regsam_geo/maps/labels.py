"""Labels and marks in the map: inside their areas, with halo; beside them with a line; or counted."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple, cast

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection, PathCollection
from matplotlib.path import Path as DrawnPath
from matplotlib.text import Text
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from regsam_geo.look.colors import readable_on
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, font, text_width, wrap
from regsam_geo.look.pages import axes_box
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.geometry import Extent, Ground, view_of
from regsam_geo.maps.marks import DISC, Mark, sign_parts
from regsam_geo.maps.placement import Leader, Place, Room, Wish, place_labels

PADDING = 0.5
"""Free millimeters around a label."""
REACH = 26.0
"""Longest leader line in millimeters."""
UNIT = 100.0
"""Font size at which outlines of letters are kept."""

_BREAK = re.compile(r"[\s/–-]")

Lines = tuple[str, ...]


class Option(NamedTuple):
    """One way to set a label: its lines, and where its sign stands (``""``, ``"aside"``, ``"above"``)."""

    lines: Lines
    sign: str = ""


class Placed(NamedTuple):
    """What became of the labels.

    Attributes
    ----------
    places
        One place per area; ``None`` where there is no label.
    left_out
        Positions of the areas whose label found no place.
    keyed
        Positions of the areas that carry their spare text, to be explained in a key.
    """

    places: list[Place | None]
    left_out: list[int]
    keyed: list[int]


class Halo(NamedTuple):
    """The outline of letters, drawn wide in the color of the ground so that lines keep clear of them."""

    path: DrawnPath
    color: str
    width: float


def forms_of(text: str, size: float, bold: bool = True) -> list[Lines]:
    """Return the ways to set a label: on one line, on two, on more."""
    forms: list[Lines] = [(text,)]
    # "17/18" is one number, and a single word has no place to break
    if not any(letter.isalpha() for letter in text) or not _BREAK.search(text):
        return forms
    wide = text_width(text, size, bold)
    # from two uneven lines down to four or five short ones
    for share in (0.74, 0.62, 0.45, 0.34, 0.26):
        lines = tuple(wrap(text, wide * share, size, bold, hyphens=True))
        # a name ends its lines at hyphens of its own; a hyphen put in would be a misspelling
        if lines not in forms and all(not line.endswith("-") or line in text for line in lines):
            forms.append(lines)
    return forms


def label_size(lines: Sequence[str], size: float, bold: bool) -> tuple[float, float]:
    """Return width and height of a label in millimeters, with some room around it."""
    width = max(text_width(line, size, bold) for line in lines)
    height = ((len(lines) - 1) * LEADING + CAPITAL) * size * POINT
    return width + 2 * PADDING, height + 2 * PADDING


def draw_labels(
    axes: Axes,
    ground: Ground,
    texts: Sequence[str],
    theme: str | Theme = "meeting",
    *,
    spares: Sequence[str] | None = None,
    fills: Sequence[str] | None = None,
    size: float | None = None,
    bold: bool = True,
    marks: Mapping[int, Mark] | None = None,
    room: Room | None = None,
    reach: float = REACH,
    zorder: float = 3.0,
) -> Placed:
    """Write a label, a numbered sign or both into each area.

    Parameters
    ----------
    axes
        Where to draw.
    ground
        Areas as ``prepare`` or ``draw_areas`` returned them.
    texts
        One text per area, empty for none. Names may be broken after hyphens and blanks.
    theme
        Preset or theme.
    spares
        A short text per area for where the label fits neither inside nor beside, such as a number for a key.
    fills
        Color under each label, which decides between dark and light letters.
    size
        Font size; the theme's label size by default.
    bold
        Weight of the letters.
    marks
        Numbered signs by the position of their area. A sign is never left out.
    room
        Boxes that are taken already, in map units.
    reach
        Longest leader line in millimeters; 0 for none.

    Returns
    -------
    Placed
        Where they stand, and which found no place.
    """
    look = get_theme(theme)
    wished = size or look.label_size
    signs = marks or {}
    pen = Pen(axes, ground.meters, look, wished, bold, zorder)
    options: list[list[Option]] = []
    wishes: list[Wish | None] = []
    for i, text in enumerate(texts):
        # Every form of a label is measured before any is placed: placing chooses among boxes and knows no text.
        usual, spare = _options(text, spares[i] if spares else "", i in signs, wished, bold)
        options.append([*usual, *spare])
        boxes = tuple(pen.box(option) for option in options[i])
        wishes.append(Wish(boxes, spare=len(spare), urgent=i in signs) if boxes else None)
    # All labels before any is drawn: each takes room from the others.
    places = _places(
        ground, wishes, view_of(ground.extent, ground.meters, axes_box(axes)), room, reach * ground.meters
    )
    placed = Placed(places, [], [])
    leaders = []
    for i, place in enumerate(places):
        option = options[i][place.form] if place is not None else Option(())
        if texts[i] and not option.lines:
            # Counted and told at the foot: a map that drops a label silently seems to have no such area.
            placed.left_out.append(i)
        elif spares and texts[i] and option.lines == (spares[i],) and spares[i] != texts[i]:
            placed.keyed.append(i)
        if place is None:
            continue
        if place.leader is not None:
            leaders.append(place.leader)
        # beside its area a label stands on paper, whatever color the area has
        fill = look.paper if place.leader is not None or fills is None else fills[i]
        pen.draw(option, place, fill, signs.get(i))
    pen.finish(leaders)
    return placed


def _options(text: str, spare: str, signed: bool, size: float, bold: bool) -> tuple[list[Option], list[Option]]:
    """Return the usual ways to set a label, and those for when none of them fits."""
    usual = [Option(lines) for lines in forms_of(text, size, bold)] if text else []
    spares = [Option((spare,))] if spare and spare != text else []
    if signed:
        # beside the text first: a sign above it makes the label twice as high
        usual = [Option(option.lines, sign) for sign in ("aside", "above") for option in usual]
        spares = [Option(option.lines, sign) for sign in ("aside", "above") for option in spares]
        spares.append(Option((), "alone"))
    return usual, spares


def _places(
    ground: Ground, wishes: list[Wish | None], view: Extent, room: Room | None, reach: float
) -> list[Place | None]:
    """Return the places of labels, from memory where the same labels were placed on the same ground before."""
    room = room if room is not None else Room()
    if not any(wishes):
        return [None] * len(wishes)
    # each label chooses among what others left, so only the same labels in the same room may be reused
    before = room.key()
    key = (tuple(wishes), view, reach, before)
    if key not in ground.memory:
        places = place_labels(ground.coarse, wishes, ground=ground.outline, view=view, room=room, reach=reach)
        ground.memory[key] = places, room.key()[len(before) :]
        return places
    places, taken = ground.memory[key]
    for box, leader in taken:
        room.take(box, leader)
    return cast("list[Place | None]", places)


@dataclass
class Pen:
    """Writes labels into one axes and keeps their halos until all are there."""

    axes: Axes
    meters: float
    theme: Theme
    size: float
    bold: bool
    zorder: float
    halos: list[Halo] = field(default_factory=list)

    def box(self, option: Option) -> tuple[float, float]:
        """Return width and height of an option in map units."""
        width, height = label_size(option.lines, self.size, self.bold) if option.lines else (0.0, 0.0)
        disc = DISC * self.size * POINT
        if option.sign == "above":
            width, height = max(width, disc), height + disc
        elif option.sign:
            width, height = width + disc, max(height, disc)
        return width * self.meters, height * self.meters

    def draw(self, option: Option, place: Place, fill: str, mark: Mark | None) -> None:
        """Draw a label at its place, with its sign."""
        size = self.size * place.scale
        disc = DISC * size * POINT * self.meters if option.sign else 0.0
        width, height = (side * place.scale for side in self.box(option))
        x, y = place.x, place.y
        if option.sign == "aside":
            self.write(option.lines, x - disc / 2, y, fill, size)
            x += (width - disc) / 2
        elif option.sign == "above":
            self.write(option.lines, x, y + disc / 2, fill, size)
            y -= (height - disc) / 2
        elif option.lines:
            self.write(option.lines, x, y, fill, size)
        if mark is not None and option.sign:
            for part in sign_parts(x, y, disc / 2, mark, self.theme, size, self.zorder):
                part.set_clip_on(False)
                part.set_in_layout(False)
                self.axes.add_artist(part)

    def write(self, lines: Lines, x: float, y: float, fill: str, size: float) -> None:
        """Write lines around a point, each in the middle."""
        unit = POINT * self.meters * size
        top = y + ((len(lines) - 1) * LEADING - CAPITAL) * unit / 2
        for j, line in enumerate(lines):
            base = top - j * LEADING * unit
            # the halo is drawn from outlines, so that it is the same in PNG, PDF and SVG
            outline, width = _glyphs(line, self.bold)
            moved = Affine2D().translate(-width / 2, 0).scale(unit / UNIT).translate(x, base)
            # Kept until all letters are there: a halo drawn later would cover a letter drawn before.
            self.halos.append(Halo(moved.transform_path(outline), fill, 0.22 * size))
            text = Text(
                x,
                base,
                line,
                color=readable_on(fill, self.theme.ink),
                fontproperties=font(size, self.bold),
                ha="center",
                va="baseline",
                parse_math=False,
                zorder=self.zorder,
            )
            text.set_clip_on(False)
            text.set_in_layout(False)
            self.axes.add_artist(text)

    def finish(self, leaders: list[Leader]) -> None:
        """Draw all halos and leader lines under the letters."""
        if self.halos:
            # one collection for all: a stroke around each text would take most of the time of a map
            halos = PathCollection(
                [halo.path for halo in self.halos],
                facecolors="none",
                edgecolors=[halo.color for halo in self.halos],
                linewidths=[halo.width for halo in self.halos],
                joinstyle="round",
                zorder=self.zorder - 0.1,
            )
            self.axes.add_collection(halos, autolim=False)
        if leaders:
            lines = LineCollection(leaders, colors=self.theme.ink, linewidths=0.6, zorder=self.zorder - 0.5)
            self.axes.add_collection(lines, autolim=False)


@lru_cache(maxsize=4096)
def _glyphs(line: str, bold: bool) -> tuple[DrawnPath, float]:
    """Return the outlines of a line of letters at font size ``UNIT`` and its width."""
    path = TextPath((0, 0), line, prop=font(UNIT, bold))
    # without the half percent that text_width adds for safety: the halo lies under the letters themselves
    return DrawnPath(path.vertices, path.codes), text_width(line, UNIT, bold) / 1.005 / POINT
