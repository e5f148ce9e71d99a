"""The panel: one tidy table of values and one catalogue of what they mean, checked once when it is made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import LEVELS, AreaId
from regsam_geo.areas.keys import find_keys, read_keys, refuse_contradictions, refuse_positions, respell, written
from regsam_geo.errors import AreaError, OptionError, PanelError
from regsam_geo.indicators.catalogue import COLUMNS as CATALOGUE_COLUMNS
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import complete_catalogue
from regsam_geo.indicators.inference import decimals_of
from regsam_geo.indicators.naming import WHOLE_GROUP, Namings
from regsam_geo.indicators.periods import Period, parse_period
from regsam_geo.indicators.signs import SIGNS
from regsam_geo.text import check_choice, did_you_mean, html_table, join_words, problem, say, shorten

KEY = ("indicator", "group", "period", "level", "area_id")
NUMBERS = ("value", "numerator", "denominator", "base_1", "base_2", "base_3", "base_4", "base_5")
COLUMNS = (*KEY, *NUMBERS, "sign")
DEFAULT_GROUP = WHOLE_GROUP


@dataclass(frozen=True, eq=False)
class Panel:
    """Indicator values with their catalogue.

    Attributes
    ----------
    data
        One row per indicator, group, period, level and area, sorted by them: ``indicator``, ``group``,
        ``period``, ``level``, ``area_id``, ``value``, ``numerator``, ``denominator``, ``base_1`` .. ``base_5``,
        ``sign`` (why a value is missing; empty where it is not).
    catalogue
        One row per indicator and group; columns in ``regsam_geo.indicators.catalogue.COLUMNS``.

    Raises
    ------
    PanelError
        If a column is missing, a key is empty or stands twice, a level, period or sign is unknown, or a number
        is text.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> panel.sel("Nichtdeutsche", period=2024, area="17").data["value"].item()
    32.8
    """

    data: pd.DataFrame
    catalogue: pd.DataFrame

    def __post_init__(self) -> None:
        data = _checked(self.data)
        # The way of a frozen class to hold what it has checked.
        object.__setattr__(self, "data", data)
        object.__setattr__(self, "catalogue", complete_catalogue(self.catalogue, data))

    @classmethod
    def from_frame(cls, frame: Panel | pd.DataFrame, catalogue: pd.DataFrame | None = None) -> Panel:
        """Make a panel from a tidy frame; a panel is returned as it is.

        ``indicator``, ``period``, ``area_id`` and ``value`` are needed; ``group`` defaults to ``"insgesamt"``,
        ``level`` to what the ids are: those of Munich's areas in any spelling (``1``, ``"01 Altstadt-Lehel"``),
        or else those of your own areas, as they stand. Without a catalogue the numbers prove what they can, as
        when a file is read: a rate with numerator and denominator can be summed.

        Raises
        ------
        AreaError
            If some ids are Munich's and others are not, or a column of names contradicts the ids.

        Examples
        --------
        >>> import pandas as pd
        >>> import regsam_geo as rg
        >>> tidy = pd.DataFrame({"indicator": "Beratungen", "period": 2024, "area_id": ["01", "02"],
        ...                      "value": [12.0, 30.0]})
        >>> len(rg.Panel.from_frame(tidy).data)
        2
        """
        if isinstance(frame, Panel):
            return frame
        if not isinstance(frame, pd.DataFrame):
            path = isinstance(frame, str | os.PathLike)
            hint = say("hint.read", path=os.fspath(frame)) if path else ""
            hint = say("hint.values_second") if isinstance(frame, pd.Series) else hint
            raise problem(OptionError, "panel_type", found=type(frame).__name__, hint=hint)
        _refuse_columns_twice(frame)
        filled = pd.DataFrame(frame)
        for column, default in (("group", DEFAULT_GROUP), ("sign", "")):
            if column not in filled:
                filled = filled.assign(**{column: default})
        if "level" not in filled and "area_id" in filled:
            filled = _with_levels(filled)
        panel = cls(filled, pd.DataFrame(columns=list(CATALOGUE_KEY)) if catalogue is None else catalogue)
        if len(panel):
            _refuse_names(filled)
        return panel if catalogue is not None or panel.data.empty else _with_proofs(panel)

    def __len__(self) -> int:
        return len(self.data)

    @property
    def indicators(self) -> list[str]:
        """Names of the indicators, in the order of the catalogue."""
        return list(dict.fromkeys(self.catalogue["indicator"]))

    @property
    def periods(self) -> list[str]:
        """All periods, oldest first."""
        return sorted(self.data["period"].unique())

    @property
    def levels(self) -> list[str]:
        """All levels that have rows."""
        present = set(self.data["level"].unique())
        return [level for level in LEVELS if level in present]

    @cached_property
    def namings(self) -> Namings:
        """How each indicator and group is called."""
        return Namings(self.catalogue)

    def sel(
        self,
        indicator: str | Iterable[str] | None = None,
        group: str | Iterable[str] | None = None,
        period: Period | Iterable[Period] | None = None,
        level: str | Iterable[str] | None = None,
        area: str | Iterable[str] | None = None,
    ) -> Panel:
        """Return the smaller panel of the rows asked for.

        Each argument takes one name or several; ``None`` keeps all. An indicator may be called by its title too.

        Raises
        ------
        OptionError
            If a name does not stand in the panel.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.load_sample().sel("Nichtdeutsche", level="district", period=[2023, 2024]).data.shape[0]
        50
        """
        wished = {"indicator": indicator, "group": group, "period": period, "level": level, "area_id": area}
        keep = np.ones(len(self.data), dtype=bool)
        for column, names in wished.items():
            if names is None:
                continue
            if self.data.empty:
                raise problem(OptionError, "no_figures")
            many = list(names) if isinstance(names, Iterable) and not isinstance(names, str) else [names]
            if column == "area_id":
                texts = find_keys(many, self._ids_of(level))
            else:
                texts = [parse_period(name) if column == "period" else str(name) for name in many]
            known = self.data[column].unique().tolist()
            if column == "indicator":
                # By name or title, as people know one or the other; everything below works with the name alone.
                texts = [self.namings.find_indicator(text) for text in texts]
            for text in texts:
                if text not in known:
                    raise problem(
                        OptionError,
                        "not_in_panel",
                        column=column,
                        found=text,
                        expected=shorten(sorted(known, reverse=column == "period"), 8),
                        hint=did_you_mean(text, known),
                    )
            keep &= self.data[column].isin(texts).to_numpy()
        return part_of(self, keep)

    def _ids_of(self, level: str | Iterable[str] | None) -> dict[str, list[str]]:
        """Return the ids of the levels asked for."""
        wished = self.levels if level is None else [level] if isinstance(level, str) else list(level)
        ids = self.data[["level", "area_id"]].drop_duplicates().groupby("level", sort=False)["area_id"].agg(list)
        return {name: ids[name] for name in wished if name in ids.index}

    def combine(self, other: Panel | pd.DataFrame) -> Panel:
        """Return the figures of both, such as one's own beside the city's; rows that stand in both stand once.

        Parameters
        ----------
        other
            A panel or tidy frame. Of an indicator that both know, the catalogue of this panel is asked first.

        Raises
        ------
        PanelError
            If a row has two values, or the catalogues contradict each other.

        Examples
        --------
        >>> import pandas as pd
        >>> import regsam_geo as rg
        >>> own = pd.DataFrame({"indicator": "Beratungen", "period": 2024, "area_id": [1, 2], "value": [12, 30]})
        >>> both = rg.Panel.from_frame(own).combine(rg.load_sample())
        >>> both.indicators[:2], len(both) - len(rg.load_sample())
        (['Beratungen', 'Arbeitslose - Anteil'], 2)
        """
        from regsam_geo.indicators.combining import combine  # which is made of panels

        return combine(self, Panel.from_frame(other))

    def entry(self, indicator: str, group: str | None = None) -> pd.Series:
        """Return the catalogue row of one indicator, by name or title; its first headline group by default."""
        names = self.catalogue["indicator"].tolist()
        found = indicator if indicator in names else self.namings.find_indicator(indicator)
        rows = np.flatnonzero([name == found for name in names])
        if group is not None:
            groups = self.catalogue["group"].iloc[rows].tolist()
            rows = rows[[one == group for one in groups]]
            if not len(rows):
                raise problem(
                    OptionError,
                    "not_in_panel",
                    column="group",
                    found=group,
                    expected=shorten(groups, 12),
                    hint=did_you_mean(group, groups),
                )
        # Where no group is marked as headline, the first one of the catalogue leads.
        leads = self.catalogue["headline"].iloc[rows].fillna(False).to_numpy(dtype=bool)
        return self.catalogue.iloc[(rows[leads] if leads.any() else rows)[0]]

    def with_catalogue(self, changes: pd.DataFrame | Mapping[str, Mapping[str, Any]]) -> Panel:
        """Return the panel with a completed catalogue.

        Parameters
        ----------
        changes
            A frame with the columns ``indicator``, optionally ``group``, and what is to be set; or a mapping
            ``{indicator: {column: value}}``. Empty values change nothing.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> panel = rg.load_sample().with_catalogue({"Nichtdeutsche": {"title_en": "Foreign nationals"}})
        >>> panel.entry("Nichtdeutsche")["title_en"]
        'Foreign nationals'
        """
        if not isinstance(changes, pd.DataFrame):
            changes = pd.DataFrame([{"indicator": name, **dict(values)} for name, values in changes.items()])
        # A copy: the panel is frozen, and others hold the old one.
        catalogue = self.catalogue.copy()
        for row in changes.to_dict("records"):
            # Without a group all groups of an indicator are meant: its unit holds for each.
            hit = catalogue["indicator"] == row["indicator"]
            if isinstance(row.get("group"), str):
                hit &= catalogue["group"] == row["group"]
            if not hit.any():
                raise problem(
                    OptionError,
                    "not_in_panel",
                    column="indicator",
                    found=row["indicator"],
                    expected=shorten(self.indicators, 12),
                    hint=did_you_mean(row["indicator"], self.indicators),
                )
            for column, value in row.items():
                if column in CATALOGUE_KEY or pd.isna(value):
                    continue
                check_choice(column, CATALOGUE_COLUMNS, "catalogue_column")
                catalogue.loc[hit, column] = value
        changed = Panel(self.data, catalogue)
        whole, at = remembered(self)
        if whole is not self:
            _CUT_FROM[changed] = whole.with_catalogue(changes), at
        return changed

    def of_same_rows(self, data: pd.DataFrame) -> Panel:
        """Return a whole panel of the same rows with fewer numbers; what was checked is not checked again."""
        panel = object.__new__(Panel)
        object.__setattr__(panel, "data", data)
        object.__setattr__(panel, "catalogue", self.catalogue)
        return panel

    def __copy__(self) -> Panel:
        """Return a copy that was cut from the same whole."""
        return self._copy(self.data.copy(deep=False), self.catalogue.copy(deep=False))

    def __deepcopy__(self, memo: dict[int, Any]) -> Panel:
        """Return a copy that was cut from the same whole, which is not copied."""
        return self._copy(self.data.copy(), self.catalogue.copy())

    def _copy(self, data: pd.DataFrame, catalogue: pd.DataFrame) -> Panel:
        copied = object.__new__(Panel)
        object.__setattr__(copied, "data", data)
        object.__setattr__(copied, "catalogue", catalogue)
        whole, at = remembered(self)
        _CUT_FROM[copied] = whole, at
        return copied

    def __repr__(self) -> str:
        periods = self.periods
        span = _span(periods[0], periods[-1]) if periods else "–"
        return f"Panel({len(self.catalogue)} indicators, {span}, {', '.join(self.levels)}, {len(self)} rows)"

    def _repr_html_(self) -> str:
        """Show what a panel holds: one line per indicator and group."""
        spans = self.data.groupby(list(CATALOGUE_KEY), sort=False).agg(
            first=("period", "min"),
            last=("period", "max"),
            areas=("area_id", "nunique"),
            missing=("value", lambda values: int(values.isna().sum())),
        )
        head = [say(f"label.panel.{name}") for name in ("indicator", "group", "periods", "areas", "missing")]
        rows = [
            (*key, _span(row["first"], row["last"]), row["areas"], row["missing"]) for key, row in spans.iterrows()
        ]
        levels = join_words(say(f"label.level.{level}") for level in self.levels)
        title = say("label.panel.title", n=len(spans), rows=len(self), levels=levels)
        return html_table(head, rows, title)


_CUT_FROM: WeakKeyDictionary[Panel, tuple[Panel, npt.NDArray[np.intp]]] = WeakKeyDictionary()
"""Of each cut panel the whole and its rows there. It stands beside the panels, not in them: so no pickle, no copy
of their fields and no notebook holds what a selection was cut from."""


def part_of(panel: Panel, keep: npt.NDArray[np.bool_]) -> Panel:
    """Return the panel of some rows, which remembers the whole: what of it may be shown is for that to say.

    They were checked and sorted when this panel was made. To check them again for every map and page took a
    quarter of the time of a report.
    """
    data = panel.data.loc[keep].reset_index(drop=True)
    # The catalogue is cut along: what it lists is what tables and maps offer.
    left = set(_entries(data[list(CATALOGUE_KEY)].drop_duplicates()))
    named = np.array([entry in left for entry in _entries(panel.catalogue)], dtype=bool)
    catalogue = panel.catalogue if named.all() else panel.catalogue.loc[named]
    part = object.__new__(Panel)
    object.__setattr__(part, "data", data)
    object.__setattr__(part, "catalogue", catalogue.reset_index(drop=True))
    whole, at = remembered(panel)
    _CUT_FROM[part] = whole, at[keep]
    return part


def _entries(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    return list(zip(*(frame[name].tolist() for name in CATALOGUE_KEY), strict=True))


def remember_whole(part: Panel, whole: Panel, places: npt.NDArray[np.intp]) -> None:
    """Let a panel say what it was cut from, and where its rows stand there."""
    _CUT_FROM[part] = whole, places


def remembered(panel: Panel) -> tuple[Panel, npt.NDArray[np.intp]]:
    """Return what a panel was cut from, without looking whether its numbers were changed since."""
    return _CUT_FROM.get(panel) or (panel, np.arange(len(panel.data)))


def whole_of(panel: Panel) -> tuple[Panel, npt.NDArray[np.intp]]:
    """Return the panel that one was cut from, and the places of its rows there; a whole one is its own.

    A panel whose numbers were changed in place is another data set: it is its own whole.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> whole, places = whole_of(panel.sel("Nichtdeutsche").sel(period=2024))
    >>> whole is panel, len(places)
    (True, 26)
    """
    whole, at = remembered(panel)
    if whole is panel or len(at) != len(panel.data) or at.max(initial=-1) >= len(whole.data):
        return panel, np.arange(len(panel.data))
    there, here = whole.data[list(NUMBERS)].to_numpy()[at], panel.data[list(NUMBERS)].to_numpy()
    return (whole, at) if np.array_equal(there, here, equal_nan=True) else (panel, np.arange(len(panel.data)))


def _span(first: str, last: str) -> str:
    return first if first == last else f"{first}–{last}"


def _refuse_columns_twice(frame: pd.DataFrame) -> None:
    if (twice := frame.columns.duplicated()).any():
        raise problem(PanelError, "panel_columns_twice", found=shorten(list(frame.columns[twice].unique())))


def _refuse_blanks(names: pd.Series, column: str) -> None:
    """Refuse names that nobody can tell apart: they would be two series, of which each may give the other away."""
    seen: dict[str, str] = {}
    for name in names.unique():
        other = seen.setdefault(" ".join(name.split()), name)
        if other != name:
            raise problem(PanelError, "panel_blanks", column=column, first=other, second=name)


def _checked(frame: pd.DataFrame) -> pd.DataFrame:
    """Return the rows in canonical form and order, or say what is wrong with the first bad ones."""
    _refuse_columns_twice(frame)
    missing = [name for name in (*KEY, "value") if name not in frame]
    if missing:
        raise problem(
            PanelError, "panel_columns", missing=join_words(missing), found=shorten(list(frame.columns), 16)
        )
    data = pd.DataFrame(index=pd.RangeIndex(len(frame)))
    for column in KEY:
        values = frame[column].reset_index(drop=True)
        if (empty := values.isna()).any():
            raise problem(PanelError, "panel_empty_key", column=column, row=int(empty.idxmax()) + 1)
        if column == "area_id":
            data[column] = _spelled(values, data["level"])
        else:
            data[column] = values.astype("str")
        if column in CATALOGUE_KEY:
            _refuse_blanks(data[column], column)
    # Each spelling once: a panel of 95,000 rows has thirty periods.
    codes, periods = pd.factorize(data["period"])
    data["period"] = pd.array([parse_period(text) for text in periods], dtype="str").take(codes)
    for column in NUMBERS:
        data[column] = _number_column(frame, column)
    sign = frame["sign"].reset_index(drop=True) if "sign" in frame else pd.Series("", index=data.index)
    # An empty sign and none at all mean the same: the value is there.
    data["sign"] = sign.fillna("").astype("str")
    for column, known in (("level", LEVELS), ("sign", ("", *SIGNS))):
        if len(strange := set(data[column].unique()) - set(known)):
            found = min(strange)
            raise problem(
                PanelError,
                "panel_word",
                column=column,
                found=found,
                expected=join_words(known),
                row=int((data[column] == found).idxmax()) + 1,
                hint=did_you_mean(found, known),
            )
    places = _places(data)
    if places is None or not (np.diff(places) > 0).all():
        # One order for equal content, so that bytes and checksums do not depend on the order of the files.
        order = data.sort_values(list(KEY)).index if places is None else np.argsort(places, kind="stable")
        if places is None or not (np.diff(places[order]) > 0).all():
            _refuse_rows_twice(data)
        return _in_order(data, order)
    return pd.DataFrame(dict(data.items()), copy=False)  # as it would be after sorting, to the byte


def _in_order(data: pd.DataFrame, order: npt.NDArray[Any]) -> pd.DataFrame:
    """Put the rows in order; a column that says the same throughout stays as it is, and takes no memory twice."""
    columns = {}
    for name in list(data):
        column = data.pop(name)
        same = column.isna().all() if name in NUMBERS else (column == column.iloc[0]).all()
        columns[name] = column if same else column.take(order).reset_index(drop=True)
    return pd.DataFrame(columns, copy=False)


def _places(data: pd.DataFrame) -> npt.NDArray[np.int64] | None:
    """Return the place of each key in their order; ``None`` where a number cannot hold so many."""
    places = np.zeros(len(data), dtype=np.int64)
    most = 1
    for column in KEY:
        codes, texts = pd.factorize(data[column])
        ranks = np.empty(len(texts), dtype=np.int64)
        ranks[np.argsort(np.array(texts, dtype=object), kind="stable")] = np.arange(len(texts))
        most *= max(len(texts), 1)
        if most > np.iinfo(np.int64).max:
            return None
        places = places * len(texts) + ranks[codes]
    return places


def _refuse_rows_twice(data: pd.DataFrame) -> None:
    if (twice := data.duplicated(list(KEY))).any():
        first = data.loc[twice.idxmax(), list(KEY)]
        raise problem(PanelError, "panel_duplicate", key=" · ".join(first), n=int(twice.sum()))


def _spelled(keys: pd.Series, levels: pd.Series) -> pd.Series:
    """Return the ids in the spelling of their level; each is looked up once."""
    codes, cells = pd.factorize(keys if keys.dtype == "str" else keys.astype("object"))
    spelled = np.empty(len(keys), dtype=object)
    for level, places in levels.groupby(levels, sort=False).indices.items():
        own_codes, own = pd.factorize(codes[places])
        different = [cells[code] for code in own]
        refuse_positions(different, str(level))
        texts = respell(different, str(level))
        spelled[places] = np.array([texts[key] for key in different], dtype=object)[own_codes]
    return pd.Series(spelled, index=keys.index, dtype="object").astype("str")


def _with_levels(frame: pd.DataFrame) -> pd.DataFrame:
    """Add the level of each id: Munich's areas, or one's own where nothing is Munich's."""
    keys = frame["area_id"]
    if keys.isna().any():
        return frame.assign(level="district")  # an empty key is refused with its row
    found = read_keys(keys.unique())
    if not found.areas:
        return frame.assign(level="own")
    if found.refusals:
        unknown = [written(key) for key in found.refusals]
        detail = str(next(iter(found.refusals.values())).error())
        raise problem(AreaError, "keys_unknown", n=len(unknown), found=shorten(unknown, 8), detail=detail)
    areas = [found.areas[key] for key in keys]
    return frame.assign(level=[area.level for area in areas], area_id=[area.area_id for area in areas])


def _refuse_names(frame: pd.DataFrame) -> None:
    """Hold the ids to any column of names beside them."""
    words = [name for name in frame if name not in COLUMNS and frame[name].dtype.kind not in "fiubcmM"]
    if not words:
        return
    levels, keys = frame["level"].reset_index(drop=True).astype("str"), frame["area_id"].reset_index(drop=True)
    areas = [AreaId(*pair) for pair in zip(levels, _spelled(keys, levels), strict=True)]
    for name in words:
        refuse_contradictions(areas, frame[name], where="DataFrame", ids="area_id", column=str(name))


def _with_proofs(panel: Panel) -> Panel:
    """Return the panel with the catalogue that its numbers prove."""
    from regsam_geo.indicators.tables.catalogue_from_file import infer_catalogue  # which is made of panels

    keys = list(CATALOGUE_KEY)
    data = panel.data
    printed = data.groupby(keys, sort=False)["value"].agg(lambda values: decimals_of(values.to_numpy(dtype=float)))
    about = panel.catalogue[keys]
    inferred, rows = infer_catalogue(data, about, printed.rename("decimals").reset_index())
    # what is no ratio may still be what the user says it is: a count that can be summed
    if "not_summable_because" in inferred:
        no_ratio = inferred["not_summable_because"].eq("no_ratio")
        for name in ("summable", "not_summable_because"):
            inferred[name] = inferred[name].mask(no_ratio)
    return Panel(rows, inferred)


def _number_column(frame: pd.DataFrame, column: str) -> pd.Series:
    if column not in frame:
        return pd.Series(np.nan, index=pd.RangeIndex(len(frame)), dtype="float64")
    values = frame[column].reset_index(drop=True)
    if values.dtype == object:
        values = values.where(values.notna(), np.nan)  # pd.NA and None say the same
    try:
        numbers = values.astype("float64")
    except (TypeError, ValueError):
        bad = values[pd.to_numeric(values, errors="coerce").isna() & values.notna()]
        row = int(bad.index[0]) if len(bad) else 0
        raise problem(PanelError, "panel_number", column=column, row=row + 1, found=values.iloc[row]) from None
    # A division by zero in the table: summed on, it would make every total infinite.
    if (infinite := np.isinf(numbers)).any():
        row = int(np.argmax(infinite))
        raise problem(PanelError, "panel_number", column=column, row=row + 1, found=values.iloc[row])
    return numbers
