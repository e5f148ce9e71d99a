"""The chart behind a warning of a district: its series, the city's, and what was expected."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from regsam_geo.look.fonts import ASCENT, LEADING, POINT, font, wrap
from regsam_geo.look.pages import Box, PageFigure, axes_in, write
from regsam_geo.look.save import figure_bytes
from regsam_geo.look.theme import get_theme
from regsam_geo.summary.profile.basis import Basis
from regsam_geo.summary.profile.content import naming_of
from regsam_geo.text import format_number, format_period, say

WIDTH, HEIGHT = 190.0, 120.0


def warning_chart(basis: Basis, row: Mapping[str, Any], lang: str) -> bytes:
    """Draw the series behind one warning, with its sentence, and return the PNG."""
    look = get_theme("print")
    key = (str(row["indicator"]), str(row["group"]))
    naming = naming_of(basis, key, lang)
    place = f"{row['area_id']} {row['area_name']}"
    figure = PageFigure(look, f"{naming.title}: {place}", size=(WIDTH, HEIGHT))
    paper = axes_in(figure, figure.page)
    y = HEIGHT - 8 - ASCENT * 13 * POINT
    write(paper, 8, y, f"{naming.title} – {place}", 13, look.ink, bold=True)
    write(paper, 8, y - 5.2, naming.detail or naming.unit, 8.5, look.soft_ink)
    lines = wrap(str(row[f"sentence_{lang}"]), WIDTH - 16, 8.5)
    for number, line in enumerate(lines):
        write(paper, 8, 8 + (len(lines) - 1 - number) * LEADING * 8.5 * POINT, line, 8.5, look.ink)
    foot = 12 + len(lines) * LEADING * 8.5 * POINT
    axes = axes_in(figure, Box(20, foot + 6, WIDTH - 56, HEIGHT - foot - 30))
    axes.set_axis_on()
    periods = list(basis.series.columns)
    own = np.array(basis.values(key, str(row["level"]), str(row["area_id"])))
    comparable = basis.entry(key).get("not_summable_because") != "depends_on_area"
    city = np.array(basis.values(key, "city", "munich")) if comparable else np.full(len(own), np.nan)
    places = np.arange(len(periods))
    axes.plot(places, city, color=look.soft_ink, linewidth=1.3, linestyle=(0, (4, 2)))
    axes.plot(places, own, color=look.ink, linewidth=2.2, marker="o", markersize=3)
    if row["kinds"] and "change" in str(row["kinds"]) and np.isfinite(row["expected"]):
        axes.plot(places[-1:], [row["expected"]], marker="D", color=look.ink, markerfacecolor=look.paper)
    for spine in ("top", "right", "left"):
        axes.spines[spine].set_visible(False)
    axes.grid(axis="y", color="#e3e7ea", linewidth=0.7)
    axes.tick_params(length=0)
    ticks = axes.get_yticks()
    low, high = axes.get_ylim()
    ticks = np.array([tick for tick in ticks if low <= tick <= high])
    digits = next((n for n in range(4) if np.allclose(ticks, np.round(ticks, n), atol=1e-9)), 3)
    axes.set_yticks(ticks, [format_number(float(tick), digits, lang=lang) for tick in ticks])
    shown = places[:: max(len(places) // 6, 1)]
    axes.set_xticks(shown, [format_period(periods[i], lang) for i in shown])
    for label in (*axes.get_xticklabels(), *axes.get_yticklabels()):
        label.set_fontproperties(font(8))
        label.set_color(look.soft_ink)
    axes.set_ylim(low, high)
    short = say(f"warning.place.{row['level']}", lang, name=row["area_id"])
    _name_lines(axes, places, own, city, short, lang, look)
    return figure_bytes(figure, "png")


def _name_lines(axes: Any, places: Any, own: Any, city: Any, place: str, lang: str, look: Any) -> None:
    """Write the name of each line at its end, the higher one above."""
    ends = [
        (line[np.isfinite(line)][-1], name, color, bold)
        for line, name, color, bold in (
            (own, place, look.ink, True),
            (city, say("column.city", lang), look.soft_ink, False),
        )
        if np.isfinite(line).any()
    ]
    low, high = axes.get_ylim()
    apart = (high - low) * 0.07
    if len(ends) == 2 and abs(ends[0][0] - ends[1][0]) < apart:
        upper = 0 if ends[0][0] >= ends[1][0] else 1
        middle = (ends[0][0] + ends[1][0]) / 2
        ends[upper] = (middle + apart / 2, *ends[upper][1:])
        ends[1 - upper] = (middle - apart / 2, *ends[1 - upper][1:])
    for height, name, color, bold in ends:
        axes.text(
            places[-1] + 0.3, height, name, color=color, fontproperties=font(8, bold), va="center", clip_on=False
        )
