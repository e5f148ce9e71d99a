"""``save_maps``: many maps of the same areas, drawn one after the other or by several processes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from regsam_geo.indicators import Panel
from regsam_geo.look.palettes import Palette
from regsam_geo.look.save import save_figure
from regsam_geo.look.theme import Theme
from regsam_geo.maps.request import ClassesWish
from regsam_geo.maps.static import plot_map
from regsam_geo.text import current_language, say, shows_progress, watched


@shows_progress
def save_maps(
    areas: gpd.GeoDataFrame | None,
    maps: Mapping[str | os.PathLike[str], pd.Series | Panel | str],
    *,
    workers: int = 1,
    dpi: float = 150,
    title: str | None = None,
    subtitle: str | None = None,
    classes: ClassesWish = "quantiles",
    k: int = 5,
    center: float | None = None,
    palette: str | Palette | None = None,
    theme: str | Theme = "meeting",
    warnings: pd.DataFrame | None = None,
    labels: str | pd.Series = "auto",
    regions: bool = True,
    region_labels: bool | None = None,
    inset: bool = True,
    unit: str | None = None,
    decimals: int | None = None,
    city: float | None = None,
    source: str | None = None,
    date: str | None = None,
    lang: str | None = None,
    threshold: float | None = 3,
) -> list[Path]:
    """Draw and save many maps of the same areas.

    What does not change between maps (prepared polygons, outlines, places of labels, widths of words) is worked
    out once and kept.

    Parameters
    ----------
    areas
        As in ``plot_map``.
    maps
        What ``plot_map`` takes as values, by the path of the file.
    workers
        Number of processes. A further process has to start Python and draw its first map anew, so it pays from
        about twenty maps each.
    dpi
        Pixels per inch of PNGs.
    title, subtitle, classes, k, center, palette, theme, warnings, labels, regions, region_labels, inset
        As in ``plot_map``, the same for all maps.
    unit, decimals, city, source, date, lang, threshold
        As in ``plot_map``, the same for all maps.

    Returns
    -------
    list of Path
        The files, in the order of ``maps``. They do not depend on the number of workers.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    >>> folder = Path(tempfile.mkdtemp())
    >>> wanted = {folder / f"{year}.png": panel.sel(period=year) for year in (2023, 2024)}
    >>> [path.name for path in rg.save_maps(None, wanted, dpi=50)]
    ['2023.png', '2024.png']
    """
    options = {
        "title": title,
        "subtitle": subtitle,
        "classes": classes,
        "k": k,
        "center": center,
        "palette": palette,
        "theme": theme,
        "warnings": warnings,
        "labels": labels,
        "regions": regions,
        "region_labels": region_labels,
        "inset": inset,
        "unit": unit,
        "decimals": decimals,
        "city": city,
        "source": source,
        "date": date,
        # another process does not know which language is in force here
        "lang": lang or current_language(),
        "threshold": threshold,
    }
    jobs = [(Path(path), values) for path, values in maps.items()]
    if workers <= 1 or len(jobs) < 2:
        return _save_some(areas, jobs, dpi, options)
    share = -(-len(jobs) // workers)
    parts = [jobs[start : start + share] for start in range(0, len(jobs), share)]
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(_save_some, areas, part, dpi, options) for part in parts]
        return [path for one in waiting for path in one.result()]


def _save_some(
    areas: gpd.GeoDataFrame | None, jobs: list[tuple[Path, Any]], dpi: float, options: Mapping[str, Any]
) -> list[Path]:
    loop = watched(jobs, say("progress.maps"))
    return [save_figure(plot_map(areas, values, **options), path, dpi) for path, values in loop]
