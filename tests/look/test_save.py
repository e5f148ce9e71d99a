from __future__ import annotations

from io import BytesIO
from xml.etree import ElementTree

import matplotlib as mpl
import numpy as np
import pypdf
import pytest
from fontTools import subset
from fontTools.ttLib import TTFont
from PIL import Image

import regsam_geo as rg
from regsam_geo.errors import OptionError
from regsam_geo.look import get_theme
from regsam_geo.look.pages import PageFigure, axes_in, write
from regsam_geo.look.save import figure_bytes, pixels


@pytest.fixture
def page():
    figure = PageFigure(get_theme("meeting"), "Überschrift")
    write(axes_in(figure, figure.page), 20, 100, "Größe: 5 µm – „gut“", 30, "#000000", bold=True)
    return figure


@pytest.mark.parametrize("kind", ["png", "pdf", "svg"])
def test_the_same_figure_gives_the_same_bytes(page, tmp_path, kind):
    first = rg.save_figure(page, tmp_path / f"a.{kind}").read_bytes()
    second = rg.save_figure(page, tmp_path / "folder" / f"b.{kind}").read_bytes()
    assert first == second
    assert b"2026" not in first
    assert [path.name for path in tmp_path.iterdir() if path.is_file()] == [f"a.{kind}"]


def test_a_png_has_the_size_of_the_page_and_says_its_title(page, tmp_path):
    with Image.open(rg.save_figure(page, tmp_path / "a.png", dpi=100)) as image:
        assert image.size == (1169, 826)
        assert image.mode == "RGB"
        assert image.text == {"Title": "Überschrift", "Author": "regsam_geo"}
        assert image.info["dpi"] == pytest.approx((100, 100), abs=0.1)
    assert page.dpi == 100


def test_a_pdf_embeds_its_fonts_and_says_its_title(page, tmp_path):
    reader = pypdf.PdfReader(rg.save_figure(page, tmp_path / "a.pdf"))
    assert reader.metadata is not None
    assert reader.metadata.title == "Überschrift"
    assert reader.metadata.author == "regsam_geo"
    assert reader.metadata.creation_date is None
    first = reader.pages[0]
    assert "„gut“" in first.extract_text()
    fonts = [font.get_object() for font in first["/Resources"]["/Font"].values()]
    assert fonts
    for font in fonts:
        descriptor = (
            font["/DescendantFonts"][0]["/FontDescriptor"]
            if "/DescendantFonts" in font
            else font["/FontDescriptor"]
        )
        assert "/FontFile2" in descriptor
        # what a page is drawn with, and nothing for setting text anew
        tables = set(TTFont(BytesIO(descriptor["/FontFile2"].get_object().get_data())).keys())
        assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp", "cvt ", "fpgm", "prep"} <= tables
        assert not {"GSUB", "GPOS", "GDEF", "MATH", "kern"} & tables
    assert np.allclose([float(side) for side in first.mediabox[2:]], [297 / 25.4 * 72, 210 / 25.4 * 72], atol=0.01)


def test_an_svg_is_vector_says_its_title_and_needs_no_font(page, tmp_path):
    root = ElementTree.fromstring(rg.save_figure(page, tmp_path / "a.svg").read_bytes())
    tags = {element.tag.rpartition("}")[2] for element in root.iter()}
    assert "path" in tags
    assert not {"text", "image"} & tags
    title = next(element for element in root.iter() if element.tag.endswith("elements/1.1/}title"))
    assert title.text == "Überschrift"
    assert [float(root.get(side).removesuffix("pt")) for side in ("width", "height")] == pytest.approx(
        [297 / 25.4 * 72, 210 / 25.4 * 72]
    )


def test_settings_of_the_notebook_change_nothing(page):
    before = pixels(page)
    changed = {"font.family": "serif", "text.hinting": "force_autohint", "path.simplify": True, "savefig.dpi": 33}
    with mpl.rc_context(changed):
        figure = PageFigure(get_theme("meeting"), "Überschrift")
        write(axes_in(figure, figure.page), 20, 100, "Größe: 5 µm – „gut“", 30, "#000000", bold=True)
        assert np.array_equal(pixels(figure), before)


def test_saving_leaves_the_settings_of_matplotlib_and_fonttools_alone(page):
    before, load = dict(mpl.rcParams), subset.load_font
    for kind in ("png", "pdf", "svg"):
        figure_bytes(page, kind)
    assert dict(mpl.rcParams) == before
    assert subset.load_font is load


def test_other_endings_are_refused_and_leave_nothing(page, tmp_path):
    with pytest.raises(OptionError) as caught:
        rg.save_figure(page, tmp_path / "a.tiff")
    assert caught.value.code == "figure_format"
    assert not list(tmp_path.iterdir())


def test_a_page_shows_itself_in_a_notebook(page):
    assert page._repr_png_().startswith(b"\x89PNG")
