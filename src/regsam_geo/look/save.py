"""Saving figures: the same figure gives the same bytes, and a file is there whole or not at all."""

from __future__ import annotations

import os
from contextlib import nullcontext
from io import BytesIO
from pathlib import Path
from typing import IO

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from regsam_geo.errors import OptionError
from regsam_geo.files import whole_file
from regsam_geo.look.pdf_fonts import fonts_read_once
from regsam_geo.text import problem

Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]

FORMATS = ("png", "pdf", "svg")
AUTHOR = "regsam_geo"
_SETTINGS = {"pdf.fonttype": 42, "ps.fonttype": 42, "svg.fonttype": "path", "svg.hashsalt": "regsam_geo"}


def save_figure(
    figure: Figure,
    path: str | os.PathLike[str],
    dpi: float = 150,
    *,
    title: str | None = None,
    author: str = AUTHOR,
) -> Path:
    """Save a figure as PNG, PDF or SVG, by the ending of the path.

    The bytes depend on the figure alone: no dates, no random ids. PDF and SVG are vector graphics; PDF embeds its
    fonts as TrueType, SVG draws letters as outlines. The file is written beside its place first and then
    renamed, so nobody ever meets half a file.

    Parameters
    ----------
    figure
        Any matplotlib figure.
    path
        Where to; missing folders are made.
    dpi
        Pixels per inch of a PNG.
    title, author
        Metadata of the file; the title of the page by default.

    Returns
    -------
    Path
        The path.

    Raises
    ------
    OptionError
        If the ending is not one of the three.
    OutputError
        If the file is open in another program, or its folder closed.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> figure = rg.plot_map(rg.load_study(), "Nichtdeutsche", 2024)
    >>> rg.save_figure(figure, "map.pdf").name  # doctest: +SKIP
    'map.pdf'
    """
    if not isinstance(figure, Figure):
        raise problem(OptionError, "figure_type", found=type(figure).__name__)
    target = Path(path)
    kind = target.suffix.lower().removeprefix(".")
    if kind not in FORMATS:
        raise problem(
            OptionError, "figure_format", found=target.suffix or target.name, expected=", ".join(FORMATS)
        )
    # Beside its place and renamed: a picture that PowerPoint is reading is replaced as a whole or not at all.
    with whole_file(target) as temporary:
        temporary.write_bytes(figure_bytes(figure, kind, dpi, title=title, author=author))
    return target


def figure_bytes(
    figure: Figure, kind: str, dpi: float = 150, *, title: str | None = None, author: str = AUTHOR
) -> bytes:
    """Return the bytes of a PNG, PDF or SVG."""
    name = title if title is not None else getattr(figure, "page_title", "")
    stream = BytesIO()
    if kind == "png":
        _write_png(figure, stream, dpi, name, author)
        return stream.getvalue()
    metadata: dict[str, str | None] = {"Title": name, "Creator": author}
    if kind == "pdf":
        # Without dates: equal input has to give equal bytes.
        metadata |= {"Author": author, "CreationDate": None, "ModDate": None}
    else:
        metadata |= {"Date": None}
    fonts = fonts_read_once() if kind == "pdf" else nullcontext()
    with mpl.rc_context(_SETTINGS), fonts:  # type: ignore[arg-type]
        figure.savefig(stream, format=kind, metadata=metadata)
    return stream.getvalue()


def pixels(figure: Figure, dpi: float = 150) -> Pixels:
    """Return the drawn figure as an array of (height, width, 3) bytes."""
    return _drawn(figure, dpi)[..., :3].copy()


def _drawn(figure: Figure, dpi: float) -> Pixels:
    """Return the canvas's own pixels, with the fourth channel that it keeps."""
    before = figure.dpi
    canvas = FigureCanvasAgg(figure)
    try:
        figure.dpi = dpi
        canvas.draw()  # type: ignore[no-untyped-call]
        return np.asarray(canvas.buffer_rgba())  # type: ignore[no-untyped-call]
    finally:
        figure.dpi = before


def _write_png(figure: Figure, stream: IO[bytes], dpi: float, title: str, author: str) -> None:
    from PIL import Image, PngImagePlugin

    info = PngImagePlugin.PngInfo()
    if title:
        info.add_itxt("Title", title)
    info.add_itxt("Author", author)
    # level 3 is twice as fast as the usual 6 and the file seven percent larger; pages are opaque, so a fourth
    # channel would only have to be packed
    image = Image.fromarray(_drawn(figure, dpi)).convert("RGB")
    image.save(stream, format="png", compress_level=3, dpi=(dpi, dpi), pnginfo=info)
