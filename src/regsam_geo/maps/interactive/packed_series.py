"""One indicator and group as the map file holds it: whole numbers, and classes with limits, labels and colors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators.catalogue import is_count
from regsam_geo.indicators.comparison import STEPS
from regsam_geo.indicators.periods import periods_before
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.look import Classes, Palette, Theme, classify, get_palette
from regsam_geo.look.classes import DEFAULT_METHOD, on_grid
from regsam_geo.look.palettes import PaletteName
from regsam_geo.look.style import ClassesWish
from regsam_geo.maps.interactive.packed_ranking import pack_ranking
from regsam_geo.maps.interactive.packing import write_steps
from regsam_geo.text import format_number
from regsam_geo.text.catalogue import PHRASES

MOST_EXTRA_DIGITS = 6

FORMS = ("inner", "last", "below", "above", "all")
"""Names of the phrases that labels of classes consist of."""

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Choice:
    """What the reader of the file may not change: classes, look, language."""

    classes: ClassesWish
    k: int
    theme: Theme
    lang: str
    center: float | None = None
    palette: PaletteName | Palette | None = None


@dataclass
class Shared:
    """What many classes have in common and is written once.

    Attributes
    ----------
    colors
        Sets of colors.
    kinds
        Forms of the labels, from low to high, the number of their colors, and how their limits were found.
    """

    colors: list[tuple[str, ...]] = field(default_factory=list)
    kinds: list[dict[str, Any]] = field(default_factory=list)

    def number_of_colors(self, colors: tuple[str, ...]) -> int:
        """Return the number of a set of colors, which is added if it is new."""
        if colors not in self.colors:
            self.colors.append(colors)
        return self.colors.index(colors)

    def number_of_kind(self, forms: list[str], colors: int, method: str) -> int:
        """Return the number of a kind of classes, which is added if it is new."""
        kind = {"forms": forms, "colors": colors, "method": method}
        if kind not in self.kinds:
            self.kinds.append(kind)
        return self.kinds.index(kind)


@dataclass(frozen=True)
class Cells:
    """One level of one series: a row per area, a column per period.

    Attributes
    ----------
    value
        As printed; NaN where it is missing.
    exact
        Unrounded where the Basiswerte give it; differences, changes and ranks come from it.
    sign
        Why a value is missing.
    """

    value: Floats
    exact: Floats
    sign: npt.NDArray[np.object_]


def cells_of(rows: pd.DataFrame, ids: Sequence[str], periods: Sequence[str]) -> Cells:
    """Arrange rows (with a column ``exact``) by area and period; a panel holds each combination once."""
    grid = pd.MultiIndex.from_product([ids, periods])
    found = rows.set_index(["area_id", "period"])[["value", "exact", "sign"]].reindex(grid)
    shape = (len(ids), len(periods))
    value, exact = (found[name].to_numpy(dtype=float).reshape(shape) for name in ("value", "exact"))
    return Cells(value, exact, found["sign"].fillna("").to_numpy(dtype=object).reshape(shape))


def describe_series(
    rows: pd.DataFrame,
    entry: pd.Series,
    ids: Mapping[str, Sequence[str]],
    decimals: int | None,
    unit: str,
    choice: Choice,
    shared: Shared,
) -> dict[str, Any]:
    """Return the numbers of one series on every level.

    Parameters
    ----------
    rows
        Its rows of ``Panel.data`` with a column ``exact``.
    entry
        Its line of the catalogue.
    ids
        The areas of each level, in order.
    decimals
        Digits that values are printed with; found from the values where it is ``None``.
    unit
        Written after the labels of the classes; ``""`` for none.
    choice
        Classes and look.
    shared
        What series have in common; what this one adds is appended.
    """
    drawn = rows[rows["level"].isin(list(ids))]
    periods = sorted(drawn["period"].unique())
    # Levels without a single value are left out: the page offers only what it can show.
    cells = {
        level: cells_of(drawn[drawn["level"] == level], names, periods)
        for level, names in ids.items()
        if drawn.loc[drawn["level"] == level, "value"].notna().any()
    }
    city = cells_of(rows[rows["level"] == "city"], [CITY_ID], periods)
    # All levels with the digits of the finest: the reader switches between them, and numbers must not change
    # their form.
    if decimals is None:
        decimals = max(
            (_classes(one, city.value[0], None, choice)[0].decimals for one in cells.values()), default=0
        )
    scales = {level: _classes(one, city.value[0], decimals, choice) for level, one in cells.items()}
    # limits that the user gave may be finer than the catalogue's digits; then values are printed finer, too
    digits = max([decimals, *(one.decimals for pooled, own in scales.values() for one in (pooled, *own))])
    before = [[_position(periods, periods_before(period, step)) for period in periods] for step in STEPS]
    extra = extra_digits(list(cells.values()), city, before, digits)
    line = on_grid(city.exact[0], digits + extra) / 10.0 ** (digits + extra)
    # circles cannot tell what is less than nothing
    counts = is_count(entry) and not any((one.value < 0).any() for one in cells.values())
    return {
        **({"counts": True} if counts else {}),
        "decimals": digits,
        "extra": extra,
        "periods": periods,
        "before": before,
        "city": _packed(city, digits, extra),
        "levels": {
            level: {
                **_packed(one, digits, extra),
                **({} if counts else _both_scales(*scales[level], digits, unit, choice, shared)),
                "ranking": pack_ranking(
                    drawn[drawn["level"] == level], entry, ids[level], periods, one.exact, line
                ),
            }
            for level, one in cells.items()
        },
    }


def extra_digits(cells: Sequence[Cells], city: Cells, before: Sequence[Sequence[int]], digits: int) -> int:
    """Return how many digits beyond the printed ones make every difference, change and rank come out right.

    The page computes with whole numbers. A difference of printed values is wrong in its last digit in a quarter
    of all cases (5.0 - 3.9 may be 1.0), so that values carry the digits that are needed here, and no more.
    """
    for extra in range(MOST_EXTRA_DIGITS):
        if all(_comes_out_right(one, city, before, digits, extra) for one in cells):
            return extra
    return MOST_EXTRA_DIGITS


def _comes_out_right(one: Cells, city: Cells, before: Sequence[Sequence[int]], digits: int, extra: int) -> bool:
    fine, fine_city = (
        on_grid(each.exact.ravel(), digits + extra).reshape(each.exact.shape) for each in (one, city)
    )

    def same(exact: Floats, whole: Floats) -> bool:
        # the noise of binary fractions is no digit
        wanted = on_grid(np.round(exact, 9).ravel(), digits)
        return bool(np.array_equal(wanted, rounded(whole, extra).ravel(), equal_nan=True))

    # Compared with what ``compare_areas`` gives: page and table print the same difference.
    if not same(one.exact - city.exact, fine - fine_city):
        return False
    for positions in before:
        at = np.array(positions)
        now = at >= 0
        for exact, whole in ((one.exact, fine), (city.exact, fine_city)):
            if not same(exact[:, now] - exact[:, at[now]], whole[:, now] - whole[:, at[now]]):
                return False
    # two areas that are level in whole numbers must be so in exact ones too, or the page would share a rank
    ranks, coarse = (pd.DataFrame(each).rank(method="min") for each in (np.round(one.exact, 9), fine))
    return bool(ranks.equals(coarse))


def rounded(whole: Floats, extra: int) -> Floats:
    """Drop the last ``extra`` digits of whole numbers, half away from zero, as the page does."""
    unit = 10.0**extra
    halved: Floats = np.sign(whole) * np.floor((2 * np.abs(whole) + unit) / (2 * unit)) + 0.0
    return halved


def _packed(cells: Cells, digits: int, extra: int) -> dict[str, Any]:
    """Return the rows, and what is printed where that is not the exact value rounded."""
    shape = cells.value.shape
    fine = on_grid(cells.exact.ravel(), digits + extra).reshape(shape)
    # Rounded as everywhere else, half away from zero, or the page and the table would differ by one.
    printed = on_grid(cells.value.ravel(), digits).reshape(shape)
    # a reason takes the place of a number, so that a series has one entry per period and needs no second table
    reasons = {sign: str(number) for number, sign in enumerate(SIGNS)}
    unknown = reasons["not_available"]
    zeros = _common_zeros(fine)
    fine = fine / 10.0**zeros
    rows = [
        write_steps(
            reasons.get(sign, unknown) if np.isnan(value) else int(value)
            for value, sign in zip(row, signs, strict=True)
        )
        for row, signs in zip(fine, cells.sign, strict=True)
    ]
    # the office rounds from figures that it does not print, so a few values differ from the ratio of Basiswerte
    odd = np.argwhere(~np.isnan(printed) & (printed != rounded(fine * 10.0**zeros, extra)))
    found: dict[str, Any] = {"rows": rows, "zeros": zeros}
    if len(odd):
        found["printed"] = [[int(area), int(at), int(printed[area, at])] for area, at in odd]
    return found


def _common_zeros(whole: Floats) -> int:
    """Return how many zeros all whole numbers end with; a level without Basiswerte needs no extra digits."""
    known = whole[~np.isnan(whole)]
    zeros = 0
    while zeros < MOST_EXTRA_DIGITS and known.any() and not np.any(known % 10.0 ** (zeros + 1)):
        zeros += 1
    return zeros


def _classes(cells: Cells, city: Floats, decimals: int | None, choice: Choice) -> tuple[Classes, list[Classes]]:
    """Return the classes of all periods together, and those of each period.

    Diverging ones lie around the city's value, of the newest period for all of them together.
    """

    def center_at(values: Floats) -> float | None:
        known = values[~np.isnan(values)]
        if choice.center is not None or choice.classes != "diverging" or not len(known):
            return choice.center
        return float(known[-1])

    def divided(values: Sequence[Floats], cities: Floats) -> Classes:
        center = center_at(cities)
        # Around the city where it is no yardstick, or unknown: values are divided as if nobody had said how.
        lost = isinstance(choice.classes, str) and choice.classes == "diverging" and center is None
        return classify(
            list(values), DEFAULT_METHOD if lost else choice.classes, choice.k, center=center, decimals=decimals
        )

    # limits come from printed values: an exact 4.96 is printed as 5.0 and belongs above a limit of 5
    columns = list(cells.value.T)
    # All periods together by default, so that a color means the same while the years are played.
    pooled = divided(columns, city)
    own = [divided([column], city[: at + 1]) for at, column in enumerate(columns)]
    return pooled.covering(cells.value.ravel()), [
        one.covering(column) for one, column in zip(own, columns, strict=True)
    ]


def _both_scales(
    pooled: Classes, own: Sequence[Classes], digits: int, unit: str, choice: Choice, shared: Shared
) -> dict[str, Any]:
    return {
        "pooled": _scale(pooled, digits, unit, choice, shared),
        "own": [_scale(classes, digits, unit, choice, shared) for classes in own],
    }


def _scale(classes: Classes, digits: int, unit: str, choice: Choice, shared: Shared) -> list[int]:
    """Return which kind of classes these are, then all limits in units of the last printed digit."""
    theme = choice.theme
    palette = get_palette(choice.palette or (theme.diverging if classes.diverging else theme.sequential))
    colors = shared.number_of_colors(classes.colors(palette))
    written = [format_number(limit, digits, lang=choice.lang) for limit in classes.breaks]
    forms = [
        _form(label, low, high, unit, choice.lang)
        for label, low, high in zip(
            classes.labels(choice.lang, unit, digits), written[:-1], written[1:], strict=True
        )
    ]
    # whole numbers: the page compares them with whole values, free of binary fractions
    limits = on_grid(np.array(classes.breaks, dtype=float), digits)
    return [shared.number_of_kind(forms, colors, classes.method), *(int(limit) for limit in limits)]


def _form(label: str, low: str, high: str, unit: str, lang: str) -> str:
    """Return a text that gives the label once its limits are filled in; the label itself where there is none."""
    after = f"\N{NO-BREAK SPACE}{unit}" if unit else ""
    phrases: list[str] = [getattr(PHRASES[f"label.class.{name}"], lang) for name in FORMS]
    for form in (phrase + after for phrase in ("{low}", *phrases)):
        if form.replace("{low}", low).replace("{high}", high) == label:
            return form
    return label


def _position(periods: Sequence[str], period: str) -> int:
    return periods.index(period) if period in periods else -1
