"""``save_maps``: many maps of one study, drawn one after the other or by several processes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Unpack

from regsam_geo.indicators.periods import Period
from regsam_geo.look.save import save_figure
from regsam_geo.look.style import Style, StyleOptions
from regsam_geo.maps.map_values import What
from regsam_geo.maps.static import plot_map
from regsam_geo.study import Study, verb
from regsam_geo.text import current_language, say, shows_progress, using_language, using_terms, watched

Job = tuple[Path, dict[str, Any]]
"""A file, and the arguments of ``plot_map`` for it."""


@verb
@shows_progress
def save_maps(
    study: Study,
    maps: Mapping[str | os.PathLike[str], What | tuple[What, Period] | Mapping[str, Any]],
    *,
    workers: int = 1,
    dpi: float = 150,
    style: Style | None = None,
    **look: Unpack[StyleOptions],
) -> list[Path]:
    """Draw and save many maps of one study.

    What does not change between maps (prepared polygons, outlines, places of labels, widths of words) is worked
    out once and kept.

    Parameters
    ----------
    study
        What the maps are about: a ``Study``, a ``Panel``, a tidy frame, or a ``GeoDataFrame`` of areas.
    maps
        By the path of the file: what ``plot_map`` takes as ``what``; or that and a period,
        ``("Arbeitslose", 2024)``; or any arguments of ``plot_map``, ``{"what": "Arbeitslose", "region": "5"}``.
    workers
        Number of processes. A further process has to start Python and draw its first map anew, so it pays from
        about twenty maps each.
    dpi
        Pixels per inch of PNGs.
    style
        As in ``plot_map``, the same for all maps.
    **look
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
    >>> folder = Path(tempfile.mkdtemp())
    >>> wanted = {folder / f"{year}.png": ("Arbeitslose", year) for year in (2023, 2024)}
    >>> [path.name for path in rg.save_maps(rg.load_study(), wanted, dpi=50)]
    ['2023.png', '2024.png']
    """
    jobs = [(Path(path), {"style": style, **look, **_arguments(wish)}) for path, wish in maps.items()]
    # another process does not know which language is in force in this one
    language = current_language()
    if workers <= 1 or len(jobs) < 2:
        return _save_some(study, jobs, dpi, language)
    # Stretches of neighboring maps: those of one layer and scale share prepared polygons, which each process
    # holds by itself.
    share = -(-len(jobs) // workers)
    parts = [jobs[start : start + share] for start in range(0, len(jobs), share)]
    # Started anew and not forked: a fork copies the locks of running threads, and Windows has none.
    with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
        # Collected in the order of the maps, whichever process is done first.
        waiting = [pool.submit(_save_some, study, part, dpi, language) for part in parts]
        return [path for one in waiting for path in one.result()]


def _arguments(wish: What | tuple[What, Period] | Mapping[str, Any]) -> dict[str, Any]:
    """Return the arguments of ``plot_map`` for one map."""
    if isinstance(wish, Mapping):
        return dict(wish)
    if isinstance(wish, tuple):
        return dict(zip(("what", "period"), wish, strict=True))
    return {"what": wish}


def _save_some(study: Study, jobs: list[Job], dpi: float, language: str) -> list[Path]:
    with using_language(language), using_terms(lambda: study.terms):
        loop = watched(jobs, say("progress.maps"))
        return [save_figure(plot_map(study, **arguments), path, dpi) for path, arguments in loop]
