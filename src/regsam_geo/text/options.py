"""Options that several verbs share: listed once in a ``TypedDict``, and each call held to that list."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.text.lookup import problem, say
from regsam_geo.text.phrases import did_you_mean

ELSEWHERE = {
    "cmap": ("palette",),
    "colormap": ("palette",),
    "color_map": ("palette",),
    "fill_color": ("palette",),
    "scheme": ("classes",),
    "classification": ("classes",),
    "breaks": ("classes",),
    "bins": ("classes",),
    "n_classes": ("k",),
    "column": ("what", "indicators", "columns", "result", "warning"),
    "columns": ("what", "indicators", "place_columns", "result", "warning"),
    **dict.fromkeys(("x", "y", "value", "values", "indicator", "variable"), ("what", "indicators")),
    **dict.fromkeys(("category", "kind", "hue", "marker", "popup"), ("columns",)),
    **dict.fromkeys(("user_defined", "classification_kwds", "vmin", "vmax", "norm"), ("classes",)),
    "period": ("periods",),
    "area": ("region",),
    "figsize": ("theme",),
    "dpi": ("save_figure(dpi=)",),
    "legend_name": ("title",),
}
"""What geopandas, folium and others call it, and how it is called here: the first that a verb has."""
ALWAYS = {
    **dict.fromkeys(("ax", "axes", "fig"), "whole_page"),
    **dict.fromkeys(("legend", "legend_kwds", "legend_kwargs"), "legend"),
    **dict.fromkeys(("edgecolor", "linewidth", "alpha", "color", "markersize", "facecolor"), "look"),
    **dict.fromkeys(("c", "s", "size", "lw", "ec", "fc", "fontsize"), "look"),
    **dict.fromkeys(("missing_kwds", "hatch"), "missing"),
    **dict.fromkeys(("categorical", "categories"), "kinds"),
    **dict.fromkeys(("tooltip", "tiles", "basemap", "zoom", "m"), "explore"),
    **dict.fromkeys(("ascending", "sort", "top", "n", "head"), "order"),
    **dict.fromkeys(("level", "group", "area"), "part"),
    **dict.fromkeys(("column", "columns"), "choose"),
    **dict.fromkeys(("counts", "threshold", "division", "lang", "areas", "settings", "declared"), "study"),
}
"""What no view is told, as it holds for each; and, where a view has no argument for it, what to do."""
_EVERYWHERE = ("save_figure(dpi=)",)

_arguments: ContextVar[tuple[str, ...]] = ContextVar("regsam_geo_arguments", default=())


@contextmanager
def using_arguments(names: tuple[str, ...]) -> Iterator[None]:
    """Let the errors within name the arguments of the verb that was called."""
    token = _arguments.set(names)
    try:
        yield
    finally:
        _arguments.reset(token)


def check_options(
    given: Mapping[str, Any], known: type, without: Collection[str] = (), *, about: str = "option"
) -> None:
    """Refuse the first option that a ``TypedDict`` does not list, or that means nothing to this verb.

    Python itself checks nothing that arrives as ``**options: Unpack[...]``: a misspelled name would be ignored.

    Parameters
    ----------
    given
        The options of a call.
    known
        The ``TypedDict`` that lists what there is.
    without
        Options that are listed and mean nothing here.
    about
        What the errors begin with: ``<about>_unknown`` and ``<about>_without``.

    Raises
    ------
    OptionError
        With what was probably meant.
    """
    listed = list(known.__annotations__)
    # With what means something here alone: a hint to an option that is refused next would lead in a circle.
    possible = [name for name in listed if name not in without]
    for name in given:
        if name not in possible:
            raise problem(
                OptionError,
                f"{about}_without" if name in listed else f"{about}_unknown",
                found=name,
                expected=", ".join(possible),
                hint=_hint(name, possible),
            )


def _hint(name: str, possible: Collection[str]) -> str:
    """Say how an option of another library is called here, or which option of ours was probably meant."""
    word = name.casefold()
    # tables and protection have options of their own, which these words are not about
    if "theme" not in possible or not (word in ELSEWHERE or word in ALWAYS):
        return did_you_mean(name, possible)
    # an option that is refused next would lead in a circle
    there = (*possible, *_arguments.get(), *_EVERYWHERE)
    ours = next((one for one in ELSEWHERE.get(word, ()) if one in there), None)
    if ours:
        return say("hint.elsewhere", found=name, ours=ours)
    return say(f"hint.{ALWAYS[word]}", found=word) if word in ALWAYS else ""


def check_call(function: Callable[..., object], args: tuple[object, ...], kwargs: Mapping[str, object]) -> None:
    """Refuse a call that does not fit a verb, and say how it is called; ``args`` are those after the study.

    Raises
    ------
    OptionError
        With what is missing, too much or unknown.
    """
    signature = inspect.signature(function)
    try:
        signature.bind(None, *args, **kwargs)
    except TypeError:
        pass
    else:
        return
    every = list(signature.parameters.values())
    in_order = [one for one in every if one.kind is one.POSITIONAL_OR_KEYWORD]
    needed = [one.name for one in every if one.default is one.empty and one.kind is not one.VAR_KEYWORD]
    given = {one.name for one in in_order[: len(args) + 1]} | set(kwargs)
    missing = [name for name in needed if name not in given]
    unknown = [name for name in kwargs if name not in signature.parameters]
    if missing:
        reason = say("label.call.missing", names=", ".join(missing))
    elif len(args) >= len(in_order):
        reason = say("label.call.many", n=len(in_order))
    elif unknown:
        reason = say("label.call.unknown", names=", ".join(unknown))
    else:
        twice = [one.name for one in in_order[: len(args) + 1] if one.name in kwargs]
        reason = say("label.call.twice", names=", ".join(twice))
    # what stands behind the star has to be named
    stars = ["*" if one.kind is one.KEYWORD_ONLY else "" for one in every]
    words = [
        "…"
        if one.kind is one.VAR_KEYWORD
        else one.name + ("" if one.default is one.empty else f"={one.default!r}")
        for one in every
    ]
    if "*" in stars:
        words.insert(stars.index("*"), "*")
    raise problem(OptionError, "call", verb=function.__name__, reason=reason, call=", ".join(words)) from None


def check_choice(found: object, known: Iterable[str], code: str) -> None:
    """Refuse what is none of the known words, and say what was probably meant; ``code`` names the error.

    Raises
    ------
    OptionError
        With all that there is.
    """
    # listed, as an iterator would be empty when the message names all
    names = list(known)
    if found not in names:
        raise problem(
            OptionError, code, found=found, expected=", ".join(names), hint=did_you_mean(str(found), names)
        )
