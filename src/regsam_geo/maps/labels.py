"""Labels and marks in the map: inside their areas, with halo; beside them with a line; or counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple, cast

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.patches import Circle, Rectangle
from matplotlib.patheffects import Normal, Stroke
from matplotlib.text import Text

from regsam_geo.look.colors import readable_on
from regsam_geo.look.fonts import CAPITAL, LEADING, POINT, font, text_width, wrap
from regsam_geo.look.pages import axes_box
from regsam_geo.look.theme import Theme, get_theme
from regsam_geo.maps.geometry import Ground, view_of
from regsam_geo.maps.placement import Place, Room, Wish, place_labels

PADDING = 0.5
"""Free millimeters around a label."""
REACH = 26.0
"""Longest leader line in millimeters."""
DISC = 1.6
"""Diameter of a numbered disc in units of its font size."""

Lines = tuple[str, ...]


class Mark(NamedTuple):
    """A numbered disc in an area.

    Attributes
    ----------
    text
        What stands in it: one or two digits.
    urgency
        ``"watch"`` is an open disc, ``"check"`` a full disc, ``"priority"`` a full square.
    """

    text: str
    urgency: str


class Placed(NamedTuple):
    """What became of the labels.

    Attributes
    ----------
    places
        One place per area; ``None`` where there is no label.
    left_out
        Positions of the areas whose label found no place.
    """

    places: list[Place | None]
    left_out: list[int]


def forms_of(text: str, size: float, bold: bool = True) -> list[Lines]:
    """Return the ways to set a label: on one line, on two, on more."""
    forms: list[Lines] = [(text,)]
    wide = text_width(text, size, bold)
    for share in (0.62, 0.45, 0.34, 0.26):
        # names end lines after a hyphen, which ``wrap`` does only where it has to
        made = tuple(wrap(text.replace("-", "- "), wide * share, size, bold))
        joined = tuple(line.replace("- ", "-") for line in made)
        if joined not in forms and all(not line.endswith("-") or line in text for line in joined):
            forms.append(joined)
    return forms


def label_size(lines: Sequence[str], size: float, bold: bool) -> tuple[float, float]:
    """Return width and height of a label in millimeters, with some room around it."""
    width = max(text_width(line, size, bold) for line in lines)
    height = ((len(lines) - 1) * LEADING + CAPITAL) * size * POINT
    return width + 2 * PADDING, height + 2 * PADDING


def draw_labels(
    axes: Axes,
    made: Ground,
    texts: Sequence[str],
    theme: str | Theme = "meeting",
    *,
    fills: Sequence[str] | None = None,
    size: float | None = None,
    bold: bool = True,
    marks: Mapping[int, Mark] | None = None,
    room: Room | None = None,
    reach: float = REACH,
    zorder: float = 3.0,
) -> Placed:
    """Write a label, a numbered disc or both into each area.

    Parameters
    ----------
    axes
        Where to draw.
    made
        Areas as ``prepare`` or ``draw_areas`` returned them.
    texts
        One text per area, empty for none. Names may be broken after hyphens and blanks.
    theme
        Preset or theme.
    fills
        Color under each label, which decides between dark and light letters.
    size
        Font size; the theme's label size by default.
    bold
        Weight of the letters.
    marks
        Numbered discs by the position of their area. A disc is never left out.
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
    marks = marks or {}
    meters = made.meters
    forms = [forms_of(text, wished, bold) if text else [] for text in texts]
    wishes: list[Wish | None] = []
    for i, choices in enumerate(forms):
        boxes = [label_size(lines, wished, bold) for lines in choices]
        if i in marks:
            disc = DISC * wished * POINT
            aside = [(w + disc, max(h, disc)) for w, h in boxes]
            above = [(max(w, disc), h + disc) for w, h in boxes]
            boxes = [*aside, *above, (disc, disc)]
        in_map_units = tuple((w * meters, h * meters) for w, h in boxes)
        wishes.append(Wish(in_map_units, spare=int(i in marks), urgent=i in marks) if boxes else None)
    places = _places(made, wishes, view_of(made.extent, meters, axes_box(axes)), room, reach * meters)
    leaders, left_out = [], []
    for i, place in enumerate(places):
        if place is None:
            if texts[i]:
                left_out.append(i)
            continue
        if place.leader is not None:
            leaders.append(place.leader)
        fill = look.paper if place.leader is not None or fills is None else fills[i]
        hidden = _draw_one(axes, meters, forms[i], marks.get(i), place, fill, look, wished, bold, zorder)
        if hidden:
            left_out.append(i)
    if leaders:
        axes.add_collection(
            LineCollection(leaders, colors=look.ink, linewidths=0.6, zorder=zorder - 0.5), autolim=False
        )
    return Placed(places, left_out)


def _places(
    made: Ground,
    wishes: list[Wish | None],
    view: tuple[float, float, float, float],
    room: Room | None,
    reach: float,
) -> list[Place | None]:
    """Return the places of labels, from memory where the same labels were placed on the same ground before."""

    def place() -> list[Place | None]:
        return place_labels(made.coarse, wishes, ground=made.outline, view=view, room=room, reach=reach)

    if room is not None and len(room):
        return place()
    key = (tuple(wishes), view, reach)
    if key not in made.memory:
        made.memory[key] = place()
    return cast("list[Place | None]", made.memory[key])


def _draw_one(
    axes: Axes,
    meters: float,
    forms: list[Lines],
    mark: Mark | None,
    place: Place,
    fill: str,
    theme: Theme,
    size: float,
    bold: bool,
    zorder: float,
) -> bool:
    """Draw one label with its disc and say whether the label had to be left out for it."""
    drawn = size * place.scale
    if mark is None:
        _write(axes, meters, forms[place.form], place.x, place.y, fill, theme, drawn, bold, zorder)
        return False
    disc = DISC * drawn * POINT * meters
    n = len(forms)
    if place.form >= 2 * n:
        _draw_disc(axes, place.x, place.y, disc / 2, mark, theme, drawn, zorder)
        return n > 0
    lines = forms[place.form % n]
    width, height = (side * meters for side in label_size(lines, drawn, bold))
    if place.form < n:
        left = place.x - (width + disc) / 2
        _write(axes, meters, lines, left + width / 2, place.y, fill, theme, drawn, bold, zorder)
        _draw_disc(axes, left + width + disc / 2, place.y, disc / 2, mark, theme, drawn, zorder)
    else:
        bottom = place.y - (height + disc) / 2
        _write(axes, meters, lines, place.x, bottom + disc + height / 2, fill, theme, drawn, bold, zorder)
        _draw_disc(axes, place.x, bottom + disc / 2, disc / 2, mark, theme, drawn, zorder)
    return False


def disc_parts(
    x: float, y: float, radius: float, mark: Mark, theme: Theme, size: float, zorder: float
) -> list[Artist]:
    """Return a numbered sign, ``DISC`` font sizes wide; ``radius`` and place are in the units of the axes."""
    full = mark.urgency != "watch"
    under, core = radius * 0.97, radius * 0.84
    style: dict[str, Any] = {
        "facecolor": theme.marker if full else theme.paper,
        "edgecolor": theme.marker,
        "linewidth": 0.1 * size,
    }
    parts: list[Artist]
    if mark.urgency == "priority":
        under, core = under * 0.95, core * 0.92
        parts = [
            Rectangle((x - under, y - under), 2 * under, 2 * under, facecolor=theme.paper, edgecolor="none"),
            Rectangle((x - core, y - core), 2 * core, 2 * core, **style),
        ]
    else:
        parts = [Circle((x, y), under, facecolor=theme.paper, edgecolor="none"), Circle((x, y), core, **style)]
    for i, part in enumerate(parts):
        part.set_zorder(zorder + 0.01 * i)
    small = size * (0.78 if len(mark.text) < 2 else 0.62)
    units_per_point = 2 * radius / (DISC * size)
    number = Text(
        x,
        y - CAPITAL * small * units_per_point / 2,
        mark.text,
        color=theme.marker_ink if full else theme.marker,
        fontproperties=font(small, bold=True),
        ha="center",
        va="baseline",
        parse_math=False,
        zorder=zorder + 0.02,
    )
    return [*parts, number]


def _draw_disc(
    axes: Axes, x: float, y: float, radius: float, mark: Mark, theme: Theme, size: float, zorder: float
) -> None:
    for part in disc_parts(x, y, radius, mark, theme, size, zorder):
        part.set_clip_on(False)
        part.set_in_layout(False)
        axes.add_artist(part)


def _write(
    axes: Axes,
    meters: float,
    lines: Sequence[str],
    x: float,
    y: float,
    fill: str,
    theme: Theme,
    size: float,
    bold: bool,
    zorder: float,
) -> None:
    step = LEADING * size * POINT * meters
    capital = CAPITAL * size * POINT * meters
    top = y + ((len(lines) - 1) * step + capital) / 2 - capital
    for j, line in enumerate(lines):
        text = Text(
            x,
            top - j * step,
            line,
            color=readable_on(fill, theme.ink),
            fontproperties=font(size, bold),
            ha="center",
            va="baseline",
            parse_math=False,
            zorder=zorder,
        )
        text.set_path_effects([Stroke(linewidth=0.22 * size, foreground=fill), Normal()])
        text.set_clip_on(False)
        text.set_in_layout(False)
        axes.add_artist(text)
