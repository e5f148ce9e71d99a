"""Writes slides as PPTX: a title that can be edited, a picture with its alternative text, notes."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from regsam_geo.errors import OutputError
from regsam_geo.look.fonts import text_width
from regsam_geo.look.theme import get_theme
from regsam_geo.text import problem

WIDTH, HEIGHT = get_theme("slide").width, get_theme("slide").height
HEAD: Final = 18.0
"""Millimeters of a slide that its title takes."""
INSET: Final = 2.54
"""Millimeters between the edge of a box of text and its letters."""
TITLE_SIZES: Final = (28, 26, 24, 22, 20, 18)
AUTHOR: Final = "regsam_geo"
NO_DATE: Final = dt.datetime(1980, 1, 1)
LANGUAGES: Final = {"de": "de-DE", "en": "en-US"}


@dataclass(frozen=True)
class Slide:
    """One slide.

    Attributes
    ----------
    title
        Its title.
    notes
        What stands in the notes, a paragraph each.
    picture
        A PNG as wide as the slide; without one the slide opens a part, with ``subtitle`` below its title.
    alt
        What the picture shows, for whoever does not see it.
    """

    title: str
    notes: tuple[str, ...]
    picture: bytes | None = None
    alt: str = ""
    subtitle: str = ""


def require_pptx() -> None:
    """Say what is missing before anything is drawn.

    Raises
    ------
    OutputError
        If python-pptx is not installed.
    """
    try:
        import pptx  # noqa: F401
    except ModuleNotFoundError as error:
        raise problem(OutputError, "pptx_missing") from error


def pptx_bytes(slides: Sequence[Slide], title: str, lang: str) -> bytes:
    """Return the slides as PPTX; the same slides give the same bytes, and no person is named in them."""
    from pptx import Presentation
    from pptx.enum.text import PP_ALIGN

    deck = Presentation()
    _fit_template(deck)
    opening, plain = deck.slide_layouts[0], deck.slide_layouts[5]
    for slide in slides:
        page = deck.slides.add_slide(opening if slide.picture is None else plain)
        _write(page.shapes.title.text_frame, slide.title, lang, _title_size(slide.title))
        if slide.picture is None:
            _write(page.placeholders[1].text_frame, slide.subtitle, lang)
            page.placeholders[1].text_frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        else:
            place = 0, _mm(HEAD), _mm(WIDTH), _mm(HEIGHT - HEAD)
            shape = page.shapes.add_picture(io.BytesIO(slide.picture), *place)
            shape.name = slide.title
            shape._element.nvPicPr.cNvPr.set("descr", slide.alt)
        if slide.notes:
            frame = page.notes_slide.notes_text_frame
            _write(frame, slide.notes[0], lang)
            for text in slide.notes[1:]:
                _add_run(frame.add_paragraph(), text, lang)
    told = deck.core_properties
    told.title, told.author, told.last_modified_by, told.language = title, AUTHOR, AUTHOR, LANGUAGES[lang]
    told.created = told.modified = NO_DATE
    told.revision = 1
    stream = io.BytesIO()
    deck.save(stream)
    return _without_times(stream.getvalue())


def _fit_template(deck: Any) -> None:
    """Make the template of python-pptx wide, its titles left and as large as ours, and take its preview away."""
    stretch = _mm(WIDTH) / deck.slide_width
    heighten = _mm(HEIGHT) / deck.slide_height
    deck.slide_width, deck.slide_height = _mm(WIDTH), _mm(HEIGHT)
    for page in (deck.slide_master, *deck.slide_layouts):
        for shape in page.placeholders:
            if shape._element.spPr.xfrm is None:
                continue
            left, top, width, height = shape.left, shape.top, shape.width, shape.height
            shape.left, shape.width = round(left * stretch), round(width * stretch)
            shape.top, shape.height = round(top * heighten), round(height * heighten)
    # letters begin where those of the picture do
    margin = _mm(get_theme("slide").margin - INSET)
    wide = _mm(WIDTH) - 2 * margin
    for page in (deck.slide_master, deck.slide_layouts[5]):
        title = page.placeholders[0]
        title.left, title.top, title.width, title.height = margin, _mm(5), wide, _mm(HEAD - 5)
    for shape in list(deck.slide_layouts[0].placeholders)[:2]:
        shape.left, shape.width = margin, wide
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    style = deck.slide_master.element.find(
        ".//{http://schemas.openxmlformats.org/presentationml/2006/main}titleStyle/" + drawing + "lvl1pPr"
    )
    style.set("algn", "l")
    letters = style.find(drawing + "defRPr")
    letters.set("sz", "2800")
    letters.set("b", "1")
    package = deck.part.package
    for name, relation in list(package._rels.items()):
        if relation.reltype.endswith("/thumbnail"):
            package._rels.pop(name)


def _title_size(title: str) -> int:
    """Return the largest size at which a title stands in one line, else the smallest."""
    room = WIDTH - 2 * get_theme("slide").margin
    return next((size for size in TITLE_SIZES if text_width(title, size, bold=True) <= room), TITLE_SIZES[-1])


def _write(frame: Any, text: str, lang: str, size: int | None = None) -> None:
    frame.clear()
    _add_run(frame.paragraphs[0], text, lang, size)


def _add_run(paragraph: Any, text: str, lang: str, size: int | None = None) -> None:
    from pptx.util import Pt

    run = paragraph.add_run()
    run.text = text
    # the spelling is checked, and read aloud, in the language of the text
    run._r.get_or_add_rPr().set("lang", LANGUAGES[lang])
    if size is not None:
        run.font.size = Pt(size)


def _mm(length: float) -> int:
    return round(length * 36_000)


def _without_times(data: bytes) -> bytes:
    """Write an archive anew, each part at the same moment."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as parts, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            entry = zipfile.ZipInfo(name, NO_DATE.timetuple()[:6])
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            out.writestr(entry, parts.read(name))
    return stream.getvalue()


def suffix_refused(path: Path) -> None:
    """Refuse another ending: PowerPoint opens a file by it.

    Raises
    ------
    OutputError
        If the name does not end with ``.pptx``.
    """
    if path.suffix.lower() != ".pptx":
        raise problem(OutputError, "pptx_name", found=path.name)
