"""Writes pages as PDF: tagged and accessible (PDF/UA-1), written by Typst with the package's own font."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl

TEMPLATES = Path(__file__).parent / "templates"
PROFILE, REGION_MAPS, FIRST_PAGE = (TEMPLATES / f"{name}.typ" for name in ("profile", "region_maps", "first_page"))
STANDARD: Final = "ua-1"


def compile_pdf(page: dict[str, Any], template: Path = PROFILE) -> bytes:
    """Return the PDF of a page tree; the same tree gives the same bytes.

    Typst refuses to write a file that breaks PDF/UA-1: without language, title or alternative texts, say. Fonts
    of the machine are not looked at.
    """
    import typst

    # The font of the charts, which matplotlib brings: text and picture look alike, and no font has to be
    # installed.
    fonts: list[Any] = [str(Path(mpl.get_data_path()) / "fonts" / "ttf")]
    return typst.compile(
        template.read_bytes(),
        sys_inputs={"page": json.dumps(page, ensure_ascii=False)},
        font_paths=fonts,
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        # No date in the file: equal pages give equal bytes.
        timestamp=0,
    )


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF written by Typst has."""
    found = re.findall(rb"/Type\s*/Pages\b[^>]*?/Count (\d+)|/Count (\d+)[^>]*?/Type\s*/Pages\b", pdf)
    return max((int(first or second) for first, second in found), default=0)
