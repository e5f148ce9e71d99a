"""``verb``: makes the first argument of a public function a study, and speaks the study's language."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeAlias, TypeVar, cast

import pandas as pd

from regsam_geo.indicators import Joined
from regsam_geo.study.beside_areas import asked_of, is_of_areas_alone, study_of_joined, study_of_layer
from regsam_geo.study.given_areas import are_areas
from regsam_geo.study.load import as_study
from regsam_geo.study.result_frame import ResultFrame
from regsam_geo.study.study import Study
from regsam_geo.text import check_call, resolve_language, using_arguments, using_language, using_terms

if TYPE_CHECKING:
    import geopandas as gpd

    from regsam_geo.indicators import Panel

P = ParamSpec("P")
R = TypeVar("R")

StudyLike: TypeAlias = "Study | Panel | pd.DataFrame | gpd.GeoDataFrame | Joined"
"""What every verb takes first: a study, or what one can be made of with the defaults."""


def verb(function: Callable[Concatenate[Study, P], R]) -> Callable[Concatenate[StudyLike, P], R]:
    """Let a function of a study take a panel, a tidy frame, a layer of areas or values joined to one too.

    Of a layer, the columns that the call names are its figures: ``plot_ranking(layer, "Anteil", 2024)``.

    The decorated name is by itself a method of ``Study`` once ``methods.pyi`` lists it.
    """
    arguments = tuple(inspect.signature(function).parameters)

    @functools.wraps(function)
    def called(study: StudyLike, *args: P.args, **kwargs: P.kwargs) -> R:
        # Whatever comes first is made a study once; below this line there is one form of input.
        if isinstance(study, Joined):
            subject = study_of_joined(study, asked_of(function, args, kwargs))
        elif are_areas(study):
            subject = study_of_layer(study, asked_of(function, args, kwargs))
        elif is_of_areas_alone(study):
            subject = study_of_layer(study.areas, asked_of(function, args, kwargs), study)
        else:
            subject = as_study(study)
        # For everything below: no function between a verb and a phrase has to hand the language on.
        with using_language(subject.lang), using_terms(lambda: subject.terms), using_arguments(arguments):
            check_call(function, args, kwargs)
            result = function(subject, *args, **kwargs)
        # frames with a view of their own keep it
        if type(result) is pd.DataFrame:
            return cast("R", ResultFrame.of(result, resolve_language(subject.lang), subject.namings))
        return result

    # a type checker sees the study as a positional argument; named, it works too
    return called  # type: ignore[return-value]
