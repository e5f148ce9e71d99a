"""Classes of values: limits, labels, counts and colors, the same for maps on paper, on screen, and charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, cast, get_args

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.look import steps
from regsam_geo.look.palettes import MOST_CLASSES, Palette, get_palette
from regsam_geo.text import check_choice, format_number, problem, say

Method = Literal["apart", "quantiles", "equal", "pretty", "std", "natural", "diverging"]
METHODS: tuple[Method, ...] = get_args(Method)
DEFAULT_METHOD: Method = "apart"
"""How values are divided where nobody says it: on maps, in files for other programs, and in print alike."""
MOST_DECIMALS = 6
MOST_PRINTED = 3
"""With more decimals than these values were computed, not printed: then as many are shown as are needed."""
SIGNIFICANT = 3
"""Digits that a computed value is shown with, unless classes need more to stay apart: 4.42, 0.78."""
MISSING = -1


@dataclass(frozen=True)
class Classes:
    """Neighboring classes without gaps.

    A value belongs to a class by the number that is printed for it: values are rounded to ``decimals`` first,
    half away from zero, so a label never contradicts the number that a reader sees beside it. Class ``i`` holds
    the values from ``breaks[i]`` to below ``breaks[i + 1]``; the last one includes its upper end.

    Attributes
    ----------
    method
        How the limits were found; ``"breaks"`` when the caller gave them, ``"quantiles"`` also where ``"apart"``
        was asked for and no value lies far off.
    decimals
        Digits of limits and values.
    breaks
        Limits, ascending, one more than there are classes; empty when there is no value at all.
    open_below, open_above
        Whether the first class has no lower and the last one no upper end.
    center
        The reference that the classes lie around, or ``None``.
    below
        Number of classes under the reference.
    middle
        Whether one class lies around the reference.
    ends
        Highest value of each class where far values have classes of their own: a label says "16 to 20" and not "16
        to under 82". Empty where classes follow each other without a gap.
    """

    method: str
    decimals: int
    breaks: tuple[float, ...]
    open_below: bool = False
    open_above: bool = False
    center: float | None = None
    below: int = 0
    middle: bool = False
    ends: tuple[float, ...] = ()

    def __len__(self) -> int:
        return max(len(self.breaks) - 1, 0)

    @property
    def diverging(self) -> bool:
        """Whether the classes lie around a reference and so take two-sided colors."""
        return self.center is not None

    def assign(self, values: npt.ArrayLike | pd.Series) -> npt.NDArray[np.int64]:
        """Return the class of each value, counted from 0; -1 where the value is missing.

        A value beyond the ends belongs to the first or last class; ``covering`` opens them, so that the labels
        say so.
        """
        numbers = numbers_of(values)
        classes = np.full(len(numbers), MISSING, dtype=np.int64)
        known = ~np.isnan(numbers)
        if known.any() and len(self):
            # Compared as whole numbers of the grid: 0.3 and 3 / 10 are one limit there, and two in binary
            # fractions.
            inner = on_grid(np.asarray(self.breaks[1:-1], dtype=float), self.decimals)
            # "right": a value on a limit begins the class above it, as the labels say
            classes[known] = np.searchsorted(inner, on_grid(numbers[known], self.decimals), side="right")
        return classes

    def counts(self, values: npt.ArrayLike | pd.Series) -> npt.NDArray[np.int64]:
        """Return how many values each class holds."""
        found = self.assign(values)
        return np.bincount(found[found >= 0], minlength=len(self)).astype(np.int64)

    def covering(self, values: npt.ArrayLike | pd.Series) -> Classes:
        """Return the same classes, their ends open where a value lies beyond them."""
        numbers = numbers_of(values)
        # As printed: a value that rounds to the end of the last class does not lie beyond it.
        numbers = on_grid(numbers[~np.isnan(numbers)], self.decimals)
        if not len(numbers) or not len(self):
            return self
        low, high = on_grid(np.array([self.breaks[0], self.breaks[-1]]), self.decimals)
        return replace(
            self,
            # a value between the end of a class and the next begin is the class's own: its label has to say so
            ends=() if self._in_a_gap(numbers) else self.ends,
            open_below=self.open_below or bool(numbers.min() < low),
            open_above=self.open_above or bool(numbers.max() > high),
        )

    def _in_a_gap(self, numbers: npt.NDArray[np.float64]) -> bool:
        """Tell whether a value, in units of the last digit, lies above the end of its class."""
        if not self.ends:
            return False
        place = self.assign(numbers / 10.0**self.decimals)
        return bool((numbers > on_grid(np.asarray(self.ends), self.decimals)[place] + 0.5).any())

    def labels(
        self, lang: str | None = None, unit: str = "", decimals: int | None = None, *, sign: bool = False
    ) -> list[str]:
        """Return one label per class, from low to high, without gaps and repeats.

        Parameters
        ----------
        lang
            Language; the one in force by default.
        unit
            Written after each label.
        decimals
            Digits; those of the classes by default, and never fewer.
        sign
            Write plus signs too, for changes.
        """
        digits = self.decimals if decimals is None else max(decimals, self.decimals)
        last = len(self) - 1
        # The smallest difference that two labels can show.
        grain = 10.0**-self.decimals
        written = [format_number(limit, digits, sign=sign, lang=lang) for limit in self.breaks]
        labels = []
        for i in range(len(self)):
            low, high = self.breaks[i], self.breaks[i + 1]
            closed = i == last or bool(self.ends and self.ends[i] < high)
            if closed and i < last:
                high = self.ends[i]
            below, above = i == 0 and self.open_below, i == last and self.open_above
            if below and above:
                text = say("label.class.all", lang)
            elif below:
                text = say("label.class.below", lang, high=written[i + 1])
            elif above:
                text = say("label.class.above", lang, low=written[i])
            # a class that holds one printed number is named by it, not as a span
            elif high - low < grain / 2 or (not closed and high - low < 1.5 * grain and digits == self.decimals):
                text = written[i]
            elif closed:
                end = format_number(high, digits, sign=sign, lang=lang)
                text = say("label.class.last", lang, low=written[i], high=end)
            else:
                text = say("label.class.inner", lang, low=written[i], high=written[i + 1])
            labels.append(f"{text}\N{NO-BREAK SPACE}{unit}" if unit else text)
        return labels

    def colors(self, palette: str | Palette) -> tuple[str, ...]:
        """Return one color per class, from low to high."""
        chosen = get_palette(palette)
        if not len(self):
            return ()
        if self.diverging:
            return chosen.around(self.below, len(self) - self.below - self.middle, middle=self.middle)
        return chosen.colors(len(self))


def classify(
    values: Any,
    method: str | Sequence[float] | Classes = DEFAULT_METHOD,
    k: int = 5,
    *,
    center: float | None = None,
    decimals: int | None = None,
) -> Classes:
    r"""Divide values into classes.

    Parameters
    ----------
    values
        Numbers: a Series, an array or a list; several of them (a list of Series, a DataFrame) are pooled, so
        that maps of several periods share their classes and can be compared. NaN are left out.
    method
        ``"apart"`` (as ``"quantiles"``, but values far off in classes of their own: those that the way to the next
        value towards the middle parts from it by as much as the middle half of all values is wide),
        ``"quantiles"`` (as many areas in each class as ties allow), ``"equal"`` (equally wide), ``"pretty"``
        (about ``k`` classes at round numbers), ``"std"`` (standard deviations around the mean), ``"natural"``
        (natural breaks, Fisher 1958, exact), ``"diverging"`` (equal round distances from ``center``); or the
        inner limits themselves, ascending; or finished classes, which stay but for finer ``decimals``.
    k
        Number of classes, 1 to 12. Where values are too few or too equal, there are fewer.
    center
        The reference of diverging classes, such as the value of the city. With own limits it makes them
        diverging.
    decimals
        Digits that values are printed with. Found from the values by default.

    Returns
    -------
    Classes
        Limits, labels, colors, and ``assign`` for any values.

    Raises
    ------
    InputError
        If a value is text or infinite.
    OptionError
        If the method is unknown, ``k`` is out of range, limits do not ascend, or ``center`` is wanting.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> share = rg.load_sample().sel("Arbeitslose - Anteil", period=2024, level="district").data["value"]
    >>> classes = classify(share, "quantiles", k=4)
    >>> classes.labels("en", "%")[0]
    '2.9 to under 3.6\xa0%'
    >>> classes.counts(share).tolist()
    [7, 5, 6, 7]
    """
    if isinstance(method, Classes):
        # a value belongs where its printed number lies, so limits are as fine as the numbers beside them
        return method if decimals is None or decimals <= method.decimals else replace(method, decimals=decimals)
    if not 1 <= k <= MOST_CLASSES:
        raise problem(OptionError, "classes_number", found=str(k), most=MOST_CLASSES)
    # Values of all periods together, so that maps beside each other mean the same by the same color.
    numbers = _pooled(values)
    if not isinstance(method, str):
        return _from_limits(list(method), numbers, center, decimals)
    check_choice(method, METHODS, "classes_method")
    if method == "diverging" and center is None:
        raise problem(OptionError, "classes_center")
    # The digits before the limits: limits between two printable numbers would put equal labels into different
    # classes.
    digits = _digits(numbers, k) if decimals is None else decimals
    grid = on_grid(numbers, digits)
    if not len(grid):
        return Classes(method, digits, ())
    if method == "diverging":
        return _diverging(grid, k, digits, cast("float", center))
    low, high = float(grid.min()), float(grid.max())
    # Equal values are one class, whatever was asked for.
    if low == high or k == 1:
        return _made("quantiles" if method == "apart" else method, digits, [low], high)
    if method == "std":
        limits, below = steps.deviations(grid, k)
        return _made(
            method,
            digits,
            [min(low, limits[0] - 1), *limits],
            max(high, limits[-1]),
            open_below=True,
            open_above=True,
            center=float(grid.mean()) / 10.0**digits,
            below=min(below, len(limits)),
            middle=bool(k % 2) and len(limits) == k - 1,
        )
    if method == "pretty":
        begins, end = steps.pretty(grid, k)
        return _made(method, digits, begins, end)
    if method == "apart":
        begins, last = steps.apart(grid, k)
        ends = [last.get(i, end) for i, end in enumerate([*begins[1:], high])] if last else []
        made = _made("apart" if last else "quantiles", digits, begins, high)
        return replace(made, ends=tuple(round(end / 10.0**digits, digits) for end in ends))
    by_name = {"quantiles": steps.quantiles, "equal": steps.equal, "natural": steps.natural}
    return _made(method, digits, by_name[method](grid, k), high)


def _made(method: str, digits: int, begins: list[float], end: float, **sides: Any) -> Classes:
    """Return classes from whole numbers of the grid."""
    # rounded again: 3 / 10 ** 1 and 0.3 have to be the same limit
    return Classes(method, digits, tuple(round(limit / 10.0**digits, digits) for limit in (*begins, end)), **sides)


def _diverging(grid: steps.Grid, k: int, digits: int, center: float) -> Classes:
    middle = float(on_grid(np.array([center]), digits)[0])
    limits, below = steps.around(grid, k, middle) if k > 1 else ([], 0)
    low, high = float(min(grid.min(), middle)), float(max(grid.max(), middle))
    inner = limits or [low]
    # The ends are open; they only have to lie beyond the outermost limits, so that limits ascend.
    begins = [min(low, inner[0] - 1), *limits] if limits else [low]
    return _made(
        "diverging",
        digits,
        begins,
        max(high, inner[-1]),
        open_below=True,
        open_above=True,
        center=center,
        below=below,
        middle=bool(k % 2),
    )


def _from_limits(
    limits: list[float], numbers: npt.NDArray[np.float64], center: float | None, decimals: int | None
) -> Classes:
    """Return classes between limits that the caller gave; both ends are open."""
    inner = _numbers_or_error(limits)
    if len(inner) >= MOST_CLASSES:
        raise problem(OptionError, "classes_number", found=str(len(inner) + 1), most=MOST_CLASSES)
    if not len(inner) or np.isnan(inner).any() or (np.diff(inner) <= 0).any():
        raise problem(OptionError, "classes_order", found=", ".join(f"{limit:g}" for limit in limits) or "–")
    digits = max(decimals or 0, _decimals_of(inner))
    width = max(float(np.ptp(inner)), 10.0**-digits)
    # open ends need a number only to order them; no label shows it
    low = min([inner[0] - width, *numbers])
    high = max([inner[-1] + width, *numbers])
    # a limit at the reference itself divides; else the class around it is the middle one
    below = 0 if center is None else int((inner <= center).sum())
    middle = center is not None and not bool(np.isclose(inner, center).any())
    return Classes(
        "breaks",
        digits,
        (float(low), *(float(limit) for limit in inner), float(high)),
        open_below=True,
        open_above=True,
        center=center,
        below=below,
        middle=middle,
    )


def on_grid(numbers: npt.NDArray[np.float64], decimals: int) -> npt.NDArray[np.float64]:
    """Round half away from zero and count in units of the last digit, as ``round_half_up`` does."""
    scaled = np.abs(numbers) * 10.0**decimals
    # 0.145 * 100 is 14.499999999999998; the hair puts it back where its written form lies
    whole: npt.NDArray[np.float64] = np.copysign(np.floor(scaled * (1 + 1e-12) + 0.5), numbers)
    whole += 0.0  # no -0
    return whole


def numbers_of(values: Any) -> npt.NDArray[np.float64]:
    """Return values as floats with NaN where they are missing, or say what is no number."""
    return _numbers_or_error(values)


def _numbers_or_error(values: Any) -> npt.NDArray[np.float64]:
    series = values if isinstance(values, pd.Series) else pd.Series(np.asarray(values).ravel())
    # Objects may be numbers with a None among them. A column of texts is refused even where all look like
    # numbers: "3,5" and "3.5" would both be guesses.
    if series.dtype == object or isinstance(series.dtype, pd.StringDtype):
        numbers = pd.to_numeric(series, errors="coerce")
        texts = series[numbers.isna() & series.notna()]
        if len(texts) or isinstance(series.dtype, pd.StringDtype):
            found = str(texts.iloc[0]) if len(texts) else str(series.iloc[0]) if len(series) else ""
            raise problem(InputError, "values_text", found=found)
        series = numbers
    elif not pd.api.types.is_numeric_dtype(series):
        raise problem(InputError, "values_text", found=str(series.iloc[0]) if len(series) else "")
    result: npt.NDArray[np.float64] = series.to_numpy(dtype=float, na_value=np.nan)
    if (infinite := np.isinf(result)).any():
        raise problem(InputError, "values_infinite", n=int(infinite.sum()))
    return result


def _pooled(values: Any) -> npt.NDArray[np.float64]:
    """Return all numbers of one or several columns, without the missing ones."""
    if isinstance(values, pd.DataFrame):
        parts: Iterable[Any] = [values[column] for column in values]
    elif isinstance(values, list | tuple) and values and isinstance(values[0], pd.Series | np.ndarray | list):
        parts = values
    else:
        parts = [values]
    numbers: npt.NDArray[np.float64] = np.concatenate([numbers_of(part) for part in parts])
    return np.asarray(numbers[~np.isnan(numbers)])


def _decimals_of(numbers: npt.NDArray[np.float64]) -> int:
    """Return how many digits the numbers have after the point, at most six."""
    for digits in range(MOST_DECIMALS):
        scaled = numbers * 10.0**digits
        if np.allclose(scaled, np.rint(scaled), rtol=1e-9, atol=1e-9):
            return digits
    return MOST_DECIMALS


def _digits(numbers: npt.NDArray[np.float64], k: int) -> int:
    """Return the digits that keep ``k`` classes apart, about three in all, but no more than the values have."""
    if not len(numbers):
        return 0
    most = _decimals_of(numbers)
    spread, largest = float(np.ptp(numbers)) / k, float(np.abs(numbers).max())
    wanted = _leading(spread, 1) if spread > 0 else 0
    if largest > 0:
        # the zero before the mark is read as a digit too
        wanted = max(wanted, _leading(largest, SIGNIFICANT - (largest < 1)))
    return max(0, min(wanted, most))


def _leading(number: float, digits: int) -> int:
    """Return the decimals that show the first ``digits`` digits of a number."""
    return digits - 1 - int(np.floor(np.log10(number)))


def shown_decimals(decimals: int | None) -> int | None:
    """Return the decimals that values are shown with; ``None`` where that is to be found from the values.

    A catalogue that was inferred says 5 of 4.42305: so a program writes a quotient, and no office prints it.

    Examples
    --------
    >>> shown_decimals(1), shown_decimals(5), shown_decimals(None)
    (1, None, None)
    """
    return None if decimals is None or decimals > MOST_PRINTED else decimals
