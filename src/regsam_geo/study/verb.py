"""``verb``: makes the first argument of a public function a study, and speaks the study's language."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, TypeVar

from regsam_geo.study.load import as_study
from regsam_geo.study.study import Study
from regsam_geo.text import using_language, using_terms

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

    from regsam_geo.indicators import Panel

P = ParamSpec("P")
R = TypeVar("R")

StudyLike: TypeAlias = "Study | Panel | pd.DataFrame | gpd.GeoDataFrame"
"""What every verb takes first: a study, or what one can be made of with the defaults."""


def verb(function: Callable[Concatenate[Study, P], R]) -> Callable[Concatenate[StudyLike, P], R]:
    """Let a function of a study take a panel, a tidy frame or a layer of areas too.

    The decorated name is by itself a method of ``Study`` once ``methods.pyi`` lists it.
    """

    @functools.wraps(function)
    def called(study: StudyLike, *args: P.args, **kwargs: P.kwargs) -> R:
        # Whatever comes first is made a study once; below this line there is one form of input.
        subject = as_study(study)
        # For everything below: no function between a verb and a phrase has to hand the language on.
        with using_language(subject.lang), using_terms(lambda: subject.terms):
            return function(subject, *args, **kwargs)

    # a type checker sees the study as a positional argument; named, it works too
    return called  # type: ignore[return-value]
