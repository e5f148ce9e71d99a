"""Pages: figures measured in millimeters, and the boxes that they are laid out in."""

from __future__ import annotations

from io import BytesIO
from typing import Any, NamedTuple

import matplotlib as mpl
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Affine2D, Transform

from regsam_geo.errors import OptionError
from regsam_geo.look.fonts import font
from regsam_geo.look.theme import Theme
from regsam_geo.text import problem, say
from regsam_geo.text.notebook import in_notebook

INCH = 25.4

DRAWING = {
    # letters keep their true widths at every resolution, so that what was measured fits
    "text.hinting": "none",
    "text.antialiased": True,
    "text.parse_math": False,
    "text.usetex": False,
    "path.simplify": False,
    "path.sketch": None,
    "path.effects": [],
    "agg.path.chunksize": 0,
}
"""Settings of matplotlib that would change a page."""


class Box(NamedTuple):
    """A rectangle on a page, in millimeters from its lower left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Right edge."""
        return self.x + self.width

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y + self.height

    def cut_top(self, height: float, gap: float = 0.0) -> tuple[Box, Box]:
        """Return a strip of ``height`` at the top, and the rest below a gap."""
        strip = Box(self.x, self.top - height, self.width, height)
        return strip, Box(self.x, self.y, self.width, max(self.height - height - gap, 0.0))

    def cut_bottom(self, height: float, gap: float = 0.0) -> tuple[Box, Box]:
        """Return a strip of ``height`` at the bottom, and the rest above a gap."""
        rest = Box(self.x, self.y + height + gap, self.width, max(self.height - height - gap, 0.0))
        return Box(self.x, self.y, self.width, height), rest

    def cut_right(self, width: float, gap: float = 0.0) -> tuple[Box, Box]:
        """Return a strip of ``width`` at the right, and the rest left of a gap."""
        rest = Box(self.x, self.y, max(self.width - width - gap, 0.0), self.height)
        return Box(self.right - width, self.y, width, self.height), rest


class PageFigure(Figure):
    """A matplotlib figure of the theme's page size that shows itself in a notebook and needs no pyplot.

    Attributes
    ----------
    page_title
        What the file's metadata call the page.
    """

    def __init__(self, theme: Theme, page_title: str = "", size: tuple[float, float] | None = None) -> None:
        width, height = size or (theme.width, theme.height)
        super().__init__(figsize=(width / INCH, height / INCH), dpi=100, facecolor=theme.paper)
        # A canvas of its own instead of pyplot's: no window system is asked for, and nothing stays in pyplot's
        # list.
        FigureCanvasAgg(self)
        self.page_title = page_title
        self.page = Box(0.0, 0.0, width, height)
        self.inner = Box(theme.margin, theme.margin, width - 2 * theme.margin, height - 2 * theme.margin)

    def __getattr__(self, name: str) -> Any:
        hint = f".{say('hint.save')}" if name in ("save", "save_figure") else ""
        text = f"{type(self).__name__!r} object has no attribute {name!r}{hint}"
        raise AttributeError(text, name=name, obj=self)

    def show(self, warn: bool = True) -> None:  # noqa: ARG002 - as matplotlib's own
        """Show the page in a notebook; elsewhere say that there is no window."""
        if not in_notebook():
            raise problem(OptionError, "no_window")
        from IPython.display import display

        display(self)  # type: ignore[no-untyped-call]

    def draw(self, renderer: Any) -> None:
        """Draw with the page's own settings, whatever the notebook has set for its other figures."""
        with mpl.rc_context(DRAWING):  # type: ignore[arg-type]
            super().draw(renderer)

    def _repr_png_(self) -> bytes:
        """Show the page in a notebook."""
        stream = BytesIO()
        self.savefig(stream, format="png", dpi=100, metadata={"Software": None})
        return stream.getvalue()

    def _ipython_display_(self) -> None:
        """Show the page whole where pyplot draws figures of its own, which it cuts to their ink."""
        from IPython.display import Image, display

        if not _pyplot_draws(type(self)):
            raise NotImplementedError  # the way to say that _repr_png_ is to be asked
        display(Image(self._repr_png_(), format="png"))  # type: ignore[no-untyped-call]


def _pyplot_draws(figure: type[Figure]) -> bool:
    """Say whether pyplot has told the notebook how to draw figures."""
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    try:
        shell.display_formatter.formatters["image/png"].lookup_by_type(figure)
    except (AttributeError, KeyError):
        return False
    return True


def millimeters(figure: Figure) -> Transform:
    """Return the transform from millimeters on the page to pixels."""
    return Affine2D().scale(1 / INCH) + figure.dpi_scale_trans


def axes_box(axes: Axes) -> Box:
    """Return where an axes stands on its page."""
    width, height = page_of(axes).get_size_inches() * INCH
    place = axes.get_position()
    return Box(place.x0 * width, place.y0 * height, place.width * width, place.height * height)


def axes_in(figure: Figure, box: Box) -> Axes:
    """Return an empty axes without frame in a box of the page."""
    width, height = figure.get_size_inches() * INCH
    axes = figure.add_axes((box.x / width, box.y / height, box.width / width, box.height / height))
    axes.set_axis_off()
    return axes


def put(parent: Axes | Figure, artist: Artist) -> None:
    """Add an artist that is given in millimeters of the page, to the page itself or to an axes on it."""
    artist.set_transform(millimeters(page_of(parent)))
    # Placed by measure, so that nothing has to be cut; and the layout engine must not move it.
    artist.set_clip_on(False)
    artist.set_in_layout(False)
    parent.add_artist(artist)


def page_of(parent: Axes | Figure) -> Figure:
    """Return the figure that something belongs to."""
    figure = parent.get_figure(root=True)
    assert figure is not None
    return figure


def write(
    parent: Axes | Figure,
    x: float,
    y: float,
    text: str,
    size: float,
    color: str,
    *,
    bold: bool = False,
    align: str = "left",
    **properties: Any,
) -> Text:
    """Write one line with its baseline at a point of the page, in millimeters."""
    line = Text(
        x,
        y,
        text,
        color=color,
        fontproperties=font(size, bold),
        ha=align,
        va="baseline",
        parse_math=False,
        **properties,
    )
    put(parent, line)
    return line
