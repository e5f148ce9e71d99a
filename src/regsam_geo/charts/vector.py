"""Small vector pictures written as SVG text: a few lines and marks, the same bytes each time, for HTML and PDF.

Matplotlib would need a tenth of a second and twenty kilobytes for each; a profile holds thirty of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape

FONT = "DejaVu Sans, Verdana, sans-serif"

Point = tuple[float, float]


def number(value: float) -> str:
    """Write a coordinate with at most two digits."""
    # A hundredth of a point cannot be seen, and thirty pictures a page are half as long without the rest.
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


class Drawing:
    """An SVG that is filled step by step; lengths are points, y grows downwards."""

    def __init__(self, width: float, height: float) -> None:
        self.width, self.height = width, height
        self._parts: list[str] = []

    def rect(self, x: float, y: float, width: float, height: float, fill: str, radius: float = 0.0) -> None:
        """Draw a filled rectangle."""
        rounded = f' rx="{number(radius)}"' if radius else ""
        self._parts.append(
            f'<rect x="{number(x)}" y="{number(y)}" width="{number(width)}" height="{number(height)}"'
            f'{rounded} fill="{fill}"/>'
        )

    def line(self, points: Sequence[Point], color: str, width: float, dash: str = "") -> None:
        """Draw a line through points."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self._parts.append(
            f'<polyline points="{path}" fill="none" stroke="{color}" stroke-width="{number(width)}"{dashed}'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )

    def polygon(self, points: Sequence[Point], fill: str, edge: str = "", width: float = 0.0) -> None:
        """Draw a filled polygon."""
        path = " ".join(f"{number(x)},{number(y)}" for x, y in points)
        stroke = f' stroke="{edge}" stroke-width="{number(width)}" stroke-linejoin="round"' if edge else ""
        self._parts.append(f'<polygon points="{path}" fill="{fill}"{stroke}/>')

    def shape(self, rings: Sequence[Sequence[Point]], fill: str, edge: str = "", width: float = 0.0) -> None:
        """Draw an area of several rings: parts of it, and holes in them."""
        path = "".join("M" + "L".join(f"{number(x)} {number(y)}" for x, y in ring) + "Z" for ring in rings)
        stroke = f' stroke="{edge}" stroke-width="{number(width)}" stroke-linejoin="round"' if edge else ""
        self._parts.append(f'<path d="{path}" fill="{fill}" fill-rule="evenodd"{stroke}/>')

    def circle(self, x: float, y: float, radius: float, fill: str, edge: str = "", width: float = 0.0) -> None:
        """Draw a filled circle."""
        stroke = f' stroke="{edge}" stroke-width="{number(width)}"' if edge else ""
        self._parts.append(
            f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}" fill="{fill}"{stroke}/>'
        )

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float,
        color: str,
        *,
        align: str = "start",
        bold: bool = False,
        halo: str = "",
    ) -> None:
        """Write one line with its baseline at a point; a halo keeps it readable across a border."""
        around = f' stroke="{halo}" stroke-width="2" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        weight = ' font-weight="bold"' if bold else ""
        self._parts.append(
            f'<text x="{number(x)}" y="{number(y)}" font-family="{FONT}" font-size="{number(size)}"{weight}'
            f' fill="{color}" text-anchor="{align}"{around}>{escape(words)}</text>'
        )

    def svg(self) -> str:
        """Return the picture as SVG."""
        size = f"{number(self.width)} {number(self.height)}"
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size}" width="{number(self.width)}pt"'
            f' height="{number(self.height)}pt">{"".join(self._parts)}</svg>'
        )
