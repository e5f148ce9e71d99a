"""A sheet: what one map page shows, and how it becomes a figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import geopandas as gpd
import numpy as np
import numpy.typing as npt
import shapely
from matplotlib.axes import Axes

from regsam_geo.areas import ATTRIBUTION, LICENSE, VINTAGE
from regsam_geo.areas.keys import strangers_note
from regsam_geo.look.pages import Box, PageFigure, axes_box, axes_in
from regsam_geo.look.style import ResolvedStyle
from regsam_geo.look.theme import Theme
from regsam_geo.maps.area_drawing import draw_areas, draw_hatching, draw_outlines, draw_values, prepare
from regsam_geo.maps.geometry import Extent, Ground, prepared_ground, view_of
from regsam_geo.maps.inset import city_around, draw_inset, inset_room
from regsam_geo.maps.labels import REACH, Placed, draw_labels
from regsam_geo.maps.legend import Gap, Row, Words, column_height, draw_rows, fitting_size, rows_width
from regsam_geo.maps.map_page import Layout, compose, draw_corner
from regsam_geo.maps.map_regions import MapRegions
from regsam_geo.maps.map_values import MapValues, short_number
from regsam_geo.maps.place_drawing import draw_places
from regsam_geo.maps.place_marks import Places
from regsam_geo.maps.placement import Room
from regsam_geo.maps.symbols import SymbolKey, Symbols, draw_symbols
from regsam_geo.maps.warning_marks import MarkedWarnings, draw_sentences, explained, least_size, sentences_height
from regsam_geo.study import Study
from regsam_geo.text import say, shorten

LABEL_SHARE = {"district": 1.0, "region": 1.05, "subdistrict": 0.66, "quarter": 0.5, "own": 0.9}
"""Size of labels against the theme's, by level."""
NAME_SHARE = 0.9
"""Size of the names of regions against the labels of districts."""
LEAST_SHARE_AROUND = 0.85
"""Smallest size of labels where a part of the city fills the map."""
MOST_BESIDE = 120
"""With more symbols than this no label stands beside its own."""


@dataclass(frozen=True)
class Sheet:
    """One map with everything that is said about it.

    Attributes
    ----------
    layer
        The areas.
    values
        Numbers and words.
    fills
        One color per area.
    rows
        The legend.
    texts
        One label per area.
    groups
        Region of each area, for outlines; ``None`` for none.
    group_width
        Width of these outlines against the theme's.
    name_groups
        Whether each group carries its name.
    warned
        Warnings.
    date
        Date of issue.
    spares
        Numbers for a key, where a name fits neither inside its area nor beside it.
    around
        Other areas, drawn in grey where the frame shows them; ``None`` for none.
    soft
        Which areas are hatched over their color, because their class is not firm; ``None`` for none.
    city
        Districts for a small map that says where the areas lie; ``None`` for none.
    places, name_places
        Places over the areas, and whether their names are written; ``None`` for none.
    symbols
        Circles over the areas; ``None`` for none.
    lined
        Which areas carry the lines of a class over their color, by the pattern.
    """

    layer: gpd.GeoDataFrame
    values: MapValues
    fills: Sequence[str]
    rows: Sequence[Row]
    texts: Sequence[str]
    groups: npt.NDArray[np.object_] | None = None
    group_width: float = 1.0
    name_groups: bool = False
    warned: MarkedWarnings = field(default_factory=MarkedWarnings)
    date: str | None = None
    spares: Sequence[str] | None = None
    around: gpd.GeoDataFrame | None = None
    soft: npt.NDArray[np.bool_] | None = None
    city: gpd.GeoDataFrame | None = None
    places: Places | None = None
    name_places: bool = False
    symbols: Symbols | None = None
    lined: Mapping[str, npt.NDArray[np.bool_]] = field(default_factory=dict)

    def in_style(self, study: Study, style: ResolvedStyle, regions: MapRegions | None, *, named: bool) -> Sheet:
        """Return the sheet with what follows from a style: outlines and names of regions, date, small map."""
        return replace(
            self,
            groups=None if regions is None else regions.groups,
            name_groups=named,
            date=style.date,
            city=city_around(self.layer, study.division) if style.inset else None,
        )

    @property
    def aspect(self) -> float:
        """Width by height of the areas; a part of the city may be no narrower than its surroundings allow."""
        west, south, east, north = self.layer.total_bounds
        aspect = float((east - west) / max(north - south, 1.0))
        return aspect if self.around is None else max(aspect, 0.8)


def draw_sheet(sheet: Sheet, look: Theme) -> PageFigure:
    """Draw a whole page."""
    whole = sheet
    sheet, layout, placed, note = _build(whole, look, "")
    if note:
        # the foot says so, which may take a line from the map; then the labels are counted once more
        sheet, layout, placed, counted = _build(whole, look, note)
        if counted != note:
            sheet, layout, placed, _ = _build(whole, look, counted)
    # last, because it takes its room from the legend alone
    if sheet.city is not None:
        layout = draw_inset(layout, sheet.layer, sheet.city, look)
    rows = [*sheet.rows, *key_rows(sheet, placed)]
    draw_legend(layout, rows, sheet.warned, look)
    return layout.figure


def draw_picture(sheet: Sheet, look: Theme, size: tuple[float, float]) -> PageFigure:
    """Draw the map alone, on a picture of its own width and height in millimeters: no title, legend or foot."""
    figure = PageFigure(look, sheet.values.title, size)
    _draw_map(figure, figure.page, sheet, look)
    return figure


def _build(sheet: Sheet, look: Theme, note: str) -> tuple[Sheet, Layout, Placed, str]:
    """Lay out a page, draw its map, and return what it holds: sheet, labels, and the note on those left out."""
    values = sheet.values
    layout = compose(
        look,
        values.title,
        values.subtitle,
        foot_of(values, sheet.date, [*sheet.warned.notes, note]),
        sheet.rows,
        aspect=sheet.aspect,
        sentences=bool(sheet.warned.rows),
    )
    # before the map is drawn: a number that nothing explains is worse than none
    left = layout if sheet.city is None else inset_room(layout)[1]
    sheet = replace(
        sheet, warned=explained(sheet.warned, sentences_box(left, sheet.rows, sheet.warned, look), look)
    )
    sheet = _with_fitted_symbols(sheet, layout.frame)
    placed, left_out, meters = _draw_map(layout.figure, layout.frame, sheet, look)
    draw_corner(layout, meters, look)
    return sheet, layout, placed, left_out_note(left_out) if left_out else ""


def _with_fitted_symbols(sheet: Sheet, frame: Box) -> Sheet:
    """Return a sheet whose symbols, and their legend, are as large as the map allows."""
    if sheet.symbols is None:
        return sheet
    fitted = sheet.symbols.fitted(prepared_ground(sheet.layer, frame), frame)
    rows = [replace(row, symbols=fitted) if isinstance(row, SymbolKey) else row for row in sheet.rows]
    return replace(sheet, symbols=fitted, rows=rows)


def _draw_map(figure: PageFigure, frame: Box, sheet: Sheet, look: Theme) -> tuple[Placed, list[str], float]:
    """Draw everything inside a frame.

    Returned are what became of the labels, those that found no place, and the meters of a millimeter.
    """
    axes = axes_in(figure, frame)
    # Without leader lines where a part of the city is drawn: its surroundings leave no room outside all areas.
    part = sheet.around is not None
    ground = prepare(axes, sheet.layer, margin=0.05 * min(frame.width, frame.height) if part else 0.0)
    around = _draw_around(axes, ground, sheet.around, look) if sheet.around is not None else None
    # below symbols and places the color of an area stands for nothing
    plain = sheet.symbols is not None or sheet.places is not None
    draw_values(axes, ground, sheet.values, sheet.fills, look, label="under" if plain else "areas")
    if sheet.soft is not None:
        draw_hatching(axes, ground, sheet.soft, "soft", look)
    for pattern, which in sheet.lined.items():
        draw_hatching(axes, ground, which, pattern, look)
    if sheet.groups is not None:
        pen = look.with_(region_width=sheet.group_width * look.region_width)
        draw_outlines(axes, ground, sheet.groups, pen)
    # one room for all labels: those of the areas choose first, then regions, then the surroundings
    room = Room()
    unnamed = []
    if sheet.places is not None:
        unnamed = draw_places(axes, ground, sheet.places, look, room, named=sheet.name_places)
    # Finer levels have smaller labels: an area has to hold its own.
    share = LABEL_SHARE.get(sheet.values.level, 1.0)
    size = look.label_size * (max(share, LEAST_SHARE_AROUND) if part else share)
    on, fills, paper, reach = ground, sheet.fills, look, 0.0 if part else REACH
    if sheet.symbols is not None:
        on = draw_symbols(axes, ground, sheet.symbols, look)
        drawn = sheet.symbols.radii() > 0
        fills = [sheet.symbols.color if has else fill for has, fill in zip(drawn, sheet.fills, strict=True)]
        # beside a circle a label stands on its area
        paper = look.with_(paper=look.context)
        # lines to hundreds of labels would be a tangle
        reach = REACH if len(on.ids) <= MOST_BESIDE else 0.0
    placed = draw_labels(
        axes,
        on,
        sheet.texts,
        paper,
        spares=sheet.spares,
        fills=fills,
        size=size,
        marks=sheet.warned.marks,
        room=room,
        reach=reach,
    )
    for circle in on.polygons if sheet.symbols is not None else ():
        room.take(shapely.bounds(circle))
    left_out = [short_number(str(ground.ids[i]), sheet.values.level) for i in placed.left_out]
    if sheet.groups is not None and sheet.name_groups:
        left_out += _name_groups(axes, ground, sheet, look, room)
    if around is not None:
        numbers = [short_number(str(area_id), sheet.values.level) for area_id in around.ids]
        draw_labels(
            axes,
            around,
            numbers,
            look.with_(ink=look.soft_ink),
            fills=[look.context] * len(numbers),
            size=0.75 * size,
            bold=False,
            room=room,
            reach=0.0,
        )
    return placed, [*left_out, *unnamed], ground.meters


def _draw_around(axes: Axes, ground: Ground, others: gpd.GeoDataFrame, look: Theme) -> Ground:
    """Draw the other areas in grey and return the parts of them that the frame shows."""
    around = clipped(others, view_of(ground.extent, ground.meters, axes_box(axes)), ground.meters)
    draw_areas(axes, around, look.context, look.with_(border="#b9bdc0"), label="context")
    return around


def clipped(areas: gpd.GeoDataFrame, view: Extent, meters: float) -> Ground:
    """Return the parts of areas that a frame shows, without specks."""
    # only what the frame shows: labels of the surroundings are placed in what is seen of them
    window = shapely.box(*view)
    polygons = areas.geometry.to_numpy()
    seen = shapely.intersects(polygons, window)
    parts = shapely.intersection(polygons[seen], window)
    # Less than two millimeters square on paper: it would look like a printing fault.
    solid = shapely.area(parts) > (2 * meters) ** 2
    return Ground(areas.index[seen][solid], parts[solid], view, meters)


def _name_groups(axes: Axes, ground: Ground, sheet: Sheet, look: Theme, room: Room) -> list[str]:
    """Write the name of each group into its outline, and return those that found no place."""
    assert sheet.groups is not None
    united = ground.united(sheet.groups)
    names = [str(name) for name in united.ids]
    # a region of one district needs no second "9" beside the first
    said = {text for text, group in zip(sheet.texts, sheet.groups, strict=True) if text == group}
    texts = ["" if name in said else name for name in names]
    placed = draw_labels(axes, united, texts, look, size=NAME_SHARE * look.label_size, room=room)
    return [names[i] for i in placed.left_out]


def draw_legend(layout: Layout, rows: Sequence[Row], warned: MarkedWarnings, theme: Theme) -> None:
    """Draw the legend and the sentences of the warnings beside or below it."""
    box, page, wished = layout.legend, layout.figure, theme.text_size
    narrow = _narrow(layout, rows, theme)
    if layout.aside is None and warned.rows:
        draw_rows(page, rows, box, theme, _size_above(layout, rows, warned, theme), narrow)
    else:
        draw_rows(page, rows, box, theme, fitting_size(rows, box, wished, narrow), narrow)
    draw_sentences(page, sentences_box(layout, rows, warned, theme), warned, theme)


def _narrow(layout: Layout, rows: Sequence[Row], theme: Theme) -> float:
    """Return the width at which counts stand: near their labels, not at the far side of a wide column."""
    return max(1.12 * rows_width(rows, theme.text_size), 0.5 * layout.legend.width)


def _size_above(layout: Layout, rows: Sequence[Row], warned: MarkedWarnings, theme: Theme) -> float:
    """Return the font size of a legend that sentences stand below."""
    box = layout.legend
    # classes are read first and shrink less than sentences, but both shrink together
    need = sentences_height(warned, box.width, theme)
    room = max(box.height - min(need, 0.6 * box.height) - 3.0, 0.3 * box.height)
    upper = Box(box.x, box.top - room, box.width, room)
    return max(fitting_size(rows, upper, theme.text_size, _narrow(layout, rows, theme)), least_size(theme))


def sentences_box(layout: Layout, rows: Sequence[Row], warned: MarkedWarnings, theme: Theme) -> Box:
    """Return where the sentences of warnings stand: beside the legend, or below its rows."""
    if layout.aside is not None or not warned.rows:
        return layout.aside or layout.legend
    box, size = layout.legend, _size_above(layout, rows, warned, theme)
    used = column_height(rows, box.width, size, _narrow(layout, rows, theme)) + 3.0
    return Box(box.x, box.y, box.width, max(box.height - used, 0.0))


def key_rows(sheet: Sheet, placed: Placed) -> list[Row]:
    """Return the key of areas that carry their number where their label did not fit."""
    if not placed.keyed:
        return []
    numbers = [short_number(str(area_id), sheet.values.level) for area_id in sheet.layer.index]
    parts = [f"{numbers[i]}\N{NO-BREAK SPACE}{sheet.texts[i]}" for i in placed.keyed]
    return [Gap(0.4), Words("; ".join(parts), share=0.72)]


def foot_of(values: MapValues, date: str | None, notes: Sequence[str]) -> list[str]:
    """Return the sentences of the foot: source, then what does not match, then other notes."""
    notes = [say("note.map.counts") if values.counts else "", strangers_note(values.strangers), *notes]
    return [source_line(values, date), " ".join(note for note in notes if note)]


def source_line(values: MapValues, date: str | None) -> str:
    """Return the line that says where figures and boundaries come from."""
    parts = [say("label.map.source", source=values.source)] if values.source else []
    if values.shipped:
        parts.append(say("label.map.boundaries", attribution=ATTRIBUTION, vintage=VINTAGE, license=LICENSE))
    if date:
        parts.append(say("label.map.date", date=date))
    return " ".join(parts)


def left_out_note(left_out: Sequence[str]) -> str:
    """Return the sentence that counts labels without room."""
    return say("label.map.left_out", n=len(left_out), found=shorten(left_out, 6))
