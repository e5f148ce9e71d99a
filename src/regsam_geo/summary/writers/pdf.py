"""Writes pages as PDF: tagged and accessible (PDF/UA-1), written by Typst with the package's own font."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

TEMPLATES = Path(__file__).parent / "templates"
PROFILE, REGION_MAPS, FIRST_PAGE = (TEMPLATES / f"{name}.typ" for name in ("profile", "region_maps", "first_page"))
STANDARD: Final = "ua-1"
DOTS: Final = 180.0
"""Of a picture, an inch: a map of a region is 680 dots wide."""


def compile_pdf(page: dict[str, Any], template: Path = PROFILE) -> bytes:
    """Return the PDF of a page tree; the same tree gives the same bytes.

    Typst refuses to write a file that breaks PDF/UA-1: without language, title or alternative texts, say. Fonts
    of the machine are not looked at.
    """
    pdf: bytes = _compile(page, template, format="pdf", pdf_standards=STANDARD, timestamp=0)
    return pdf


def compile_pictures(page: dict[str, Any]) -> list[bytes]:
    """Return the maps of the maps of a region as PNG, each for itself."""
    made = _compile({**page, "apart": True}, REGION_MAPS, format="png", ppi=DOTS)
    return made if isinstance(made, list) else [made]


def _compile(page: dict[str, Any], template: Path, **how: Any) -> Any:
    import typst

    return typst.compile(
        template.read_bytes(),
        sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        font_paths=_fonts(),
        # No date in the file (timestamp=0): equal pages give equal bytes.
        **how,
    )


@cache
def _fonts() -> Any:
    """Read the font of the charts once, which matplotlib brings: text and picture look alike."""
    import typst

    folder: list[Any] = [Path(mpl.get_data_path()) / "fonts" / "ttf"]
    # neither the machine's nor Typst's own: no font has to be installed, and a page looks alike everywhere
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folder)


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF written by Typst has."""
    found = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", pdf)
    return max((int(first or second) for first, second in found), default=0)
