"""A study made of what is at hand: a panel, a frame, polygons, or nothing at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypedDict, Unpack, cast

import geopandas as gpd
import pandas as pd

from regsam_geo.areas import Division
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel
from regsam_geo.indicators.disclosure import Previous
from regsam_geo.indicators.disclosure.rules import Declared
from regsam_geo.indicators.periods import Period
from regsam_geo.indicators.sample import load_sample
from regsam_geo.study.given_areas import are_areas
from regsam_geo.study.settings import Settings
from regsam_geo.study.study import Study
from regsam_geo.text import problem


class StudyOptions(TypedDict, total=False):
    """What is said of a study besides its figures; ``Study`` explains each."""

    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None
    division: Division | None
    period: Period | None
    settings: Settings | None
    threshold: float | None
    counts: Mapping[str, bool] | None
    declared: Declared
    previous: Previous
    lang: str | None
    inputs: Iterable[str | Path]


def load_study(**changes: Unpack[StudyOptions]) -> Study:
    """Return the study of the shipped sample: 11 indicators of Munich's 25 districts.

    Parameters
    ----------
    **changes
        Anything that ``Study`` takes besides the panel.

    Returns
    -------
    Study

    Examples
    --------
    >>> import regsam_geo as rg
    >>> rg.load_study(period=2023).find_period()
    '2023'
    """
    return Study(load_sample(), **cast("dict[str, Any]", changes))


def as_study(given: Any) -> Study:
    """Return a study as it is, or make one with the defaults from a panel, a tidy frame or a layer of areas."""
    if isinstance(given, Study):
        return given
    # Before the frame: a layer of areas is a frame as well.
    if are_areas(given):
        return Study(areas=given)
    if isinstance(given, pd.DataFrame) and "urgency" in given:
        # a table of warnings has all columns of a panel, but its rows are no figures
        raise problem(OptionError, "study_of_warnings", found=type(given).__name__)
    return Study(Panel.from_frame(given))
