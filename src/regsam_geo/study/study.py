"""The study: one frozen object that says what a report is about, and holds what follows from it."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar, cast

import geopandas as gpd
import pandas as pd

# not "from": mypy then knows the verbs before the methods, which would else be Any to it
import regsam_geo.study.methods as methods
from regsam_geo.areas import Division, Neighbors, ShippedLevel, as_division, no_division
from regsam_geo.areas.keys import NUMBERED
from regsam_geo.errors import AggregationError, OptionError, RegsamGeoError
from regsam_geo.indicators import Panel, aggregate_to_areas, aggregate_to_regions, level_summed_to, publishable
from regsam_geo.indicators import protection_note as note_of_protection
from regsam_geo.indicators.disclosure import Previous, load_earlier
from regsam_geo.indicators.disclosure.rules import Declared, as_divisions
from regsam_geo.indicators.naming import Naming, Namings
from regsam_geo.indicators.panel import COLUMNS
from regsam_geo.indicators.periods import Period
from regsam_geo.study.given_areas import are_areas, given_layers, with_ids_of
from regsam_geo.study.layers import Layers
from regsam_geo.study.pick import Pick, check_level, choose_period, pick_from
from regsam_geo.study.settings import Settings
from regsam_geo.text import Terms, check_options, problem, resolve_language
from regsam_geo.text.language import Language

T = TypeVar("T")

REPORT_LEVELS: tuple[ShippedLevel, ...] = ("district", "subdistrict", "quarter", "region")
"""Levels that a report can be about without polygons of one's own, in the order of preference."""

SMALL_COUNT = 3
"""Counts of persons below it are hidden unless the study says otherwise."""


@dataclass(frozen=True, eq=False)
class Study(methods.Methods):
    """What a report is about, said once; every verb takes it first, and is a method of it.

    Attributes
    ----------
    panel
        The figures: a ``Panel`` or a tidy frame; none for a study of polygons alone.
    areas
        Polygons in place of the shipped boundaries: one layer, or a mapping from level to layer. Polygons with ids
        of their own make the study one about these areas: figures of districts are summed to them.
    division
        The groups of areas that regions are: the 16 REGSAM regions by default, or what ``read_division`` returns.
        A table or mapping of areas to groups is made one.
    period
        The period of reports, maps and tables; the newest one by default.
    settings
        Thresholds of the warning function.
    threshold
        Counts of persons below it are hidden wherever figures are shown; ``None`` for figures that may be shown as
        they are.
    counts
        Which indicators count persons, where the catalogue does not say: ``{"Kitas": False}``. Of a study of areas
        alone, ``Study(areas=layer, counts=...)``, it says so of the columns that views are asked for.
    declared
        What else the table does not say of its figures and ``protect`` takes: ``{"zeros": "hide"}``, ``sums``,
        ``groups``.
    previous
        What was handed out before, as ``protect`` takes it: earlier editions, or the folders of their reports.
    lang
        ``"de"`` or ``"en"``; the language in force by default.
    inputs
        The files that the panel was read from; reports name their checksums.
    assessments
        What people on the spot have said about findings (``read_assessments``): the report shows it, and what they
        have judged is no longer open.

    Raises
    ------
    OptionError
        If the division is none, the language is unknown, or areas stand where the figures belong.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> study = rg.Study(rg.load_sample(), period=2024)
    >>> study.level, study.find_period(), len(study.layer())
    ('district', '2024', 25)
    >>> figure = study.plot_map("Arbeitslose")
    """

    panel: Panel = None  # type: ignore[assignment]  # an empty one where only areas are given
    areas: gpd.GeoDataFrame | Mapping[str, gpd.GeoDataFrame] | None = None
    _: dataclasses.KW_ONLY
    division: Division = None  # type: ignore[assignment]  # the shipped one
    period: Period | None = None
    settings: Settings = field(default_factory=Settings)
    threshold: float | None = SMALL_COUNT
    counts: Mapping[str, bool] | None = None
    declared: Declared = field(default_factory=Declared)
    previous: Previous = None
    lang: str | None = None
    inputs: tuple[Path, ...] = ()
    assessments: pd.DataFrame | None = None
    _held: dict[Hashable, Any] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        if are_areas(self.panel):
            raise problem(OptionError, "study_areas_first", found=type(self.panel).__name__)
        given = Panel.from_frame(pd.DataFrame(columns=list(COLUMNS)) if self.panel is None else self.panel)
        said: dict[str, Any] = {
            "panel": given,
            "division": _division_of(self.division, given),
            "settings": Settings() if self.settings is None else self.settings,
            "inputs": tuple(Path(path) for path in self.inputs),
            "previous": load_earlier(self.previous),
            "declared": dict(self.declared or {}),
        }
        if not (self.assessments is None or isinstance(self.assessments, pd.DataFrame)):
            raise problem(OptionError, "study_assessments", found=type(self.assessments).__name__)
        resolve_language(self.lang)
        check_options(said["declared"], Declared)
        for name, value in said.items():
            # The way of a frozen class to hold what it has checked.
            object.__setattr__(self, name, value)

    # --- what may be shown, and what the report is about -------------------------------------------------------

    @cached_property
    def published(self) -> Panel:
        """All that may be shown: small counts of persons, and what gives them away, are hidden once for all.

        Of a selection it is what the whole data set allows: the panel knows what it was cut from.
        """
        others = as_divisions(self.declared.get("divisions"), [])
        divisions = [self.division, *(one for one in others if one.said() != self.division.said())]
        # without figures it is said of columns of the areas, which a verb makes figures of
        counts = self.counts if len(self.panel) else None
        declared: Declared = {"counts": counts, **self.declared, "divisions": divisions}
        return publishable(self.panel, self.threshold, previous=self.previous, **declared)

    @cached_property
    def subject(self) -> Panel:
        """The figures that a report is about: those shown, summed to the areas of one's own where such were given.

        An ``AggregationError`` says why figures cannot be summed to the areas given.
        """
        if "own" in self._layers.given and "own" not in self.published.levels and len(self.published):
            return aggregate_to_areas(self.published, self._layers.given["own"])
        return with_ids_of(self.published, self._layers.given)

    @cached_property
    def regional(self) -> Panel:
        """The figures of the regions and the city, summed from those shown by the study's division.

        An ``AggregationError`` says why no indicator can be summed to regions.
        """
        return aggregate_to_regions(self.published, self.division)

    @cached_property
    def with_regions(self) -> Panel:
        """The subject with the rows of the regions, where it can be summed to them and does not hold them yet."""
        summable = any(self.division.has_ids_of(level) for level in self.subject.levels)
        if "region" in self.subject.levels or not summable:
            return self.subject
        try:
            summed = self.regional.data
        except AggregationError:
            return self.subject
        # reports say it on their pages; a map of regions has no room for it
        self.division.tell_derived()
        rows = pd.concat([self.subject.data, summed[summed["level"] == "region"]], ignore_index=True)
        return Panel(rows, self.subject.catalogue)

    @property
    def protection_note(self) -> str:
        """The statement on hidden counts that belongs on every page; empty where nothing is hidden."""
        if self.threshold is None:
            return ""
        return note_of_protection(self.published, self.lang, threshold=self.threshold)

    # --- where: levels, layers, regions -----------------------------------------------------------------------

    @cached_property
    def _layers(self) -> Layers:
        return Layers(given_layers(self.areas, self.panel, self.division), self.division)

    @cached_property
    def levels(self) -> tuple[str, ...]:
        """The levels that have figures or polygons of their own, without the city."""
        present = {*self.subject.levels, *self._layers.given} - {"city"}
        # one layer of polygons says what the study is about
        first = tuple(self._layers.given) if isinstance(self.areas, gpd.GeoDataFrame) else ()
        return tuple(level for level in dict.fromkeys((*first, *REPORT_LEVELS, "own")) if level in present)

    @cached_property
    def level(self) -> str:
        """The level that a report is about: areas of one's own where given, else the coarsest one with figures.

        An ``OptionError`` says so if the panel holds no figures of areas.
        """
        if not self.levels:
            raise problem(OptionError, "no_district_values", found=", ".join(self.panel.levels) or "–")
        first = self.levels[0]
        summed = {*NUMBERED} & {*self.subject.levels}
        if first in summed and self.division.level in NUMBERED:
            # smaller areas where groups of them would cut the larger ones
            level = level_summed_to(self.subject, self.division)
            return level if level in self.levels else first
        return first

    @cached_property
    def terms(self) -> Terms:
        """What phrases call the areas, the regions and the city of the study."""
        try:
            level = self.level
        except RegsamGeoError:
            level = "district"
        regions = "" if self.division.is_regsam else self.division.title(self.lang)
        return Terms(level, regions, self._layers.elsewhere)

    def find_level(self, level: str | None = None, panel: Panel | None = None) -> str:
        """Return the level asked for; else that of the polygons given, else the first one that a panel has.

        Raises
        ------
        OptionError
            If there are no areas of that level.
        """
        known = self.levels if panel is None else tuple(name for name in self.levels if name in panel.levels)
        if level is None and not isinstance(self.areas, gpd.GeoDataFrame):
            return known[0] if known else self.level
        level = self.level if level is None else level
        if level == "region" and level not in known and level in self.with_regions.levels:
            return level
        return check_level(level, known)

    def layer(self, level: str | None = None) -> gpd.GeoDataFrame:
        """Return the areas of a level; where their ids say it, with their region by the study's division."""
        return self._layers.of(self.level if level is None else level)

    @cached_property
    def layers(self) -> dict[str, gpd.GeoDataFrame]:
        """The areas of every level, by level; of levels without polygons none."""
        return {level: self.layer(level) for level in self.levels if level in self._layers}

    def neighbors(self, level: str | None = None) -> Neighbors:
        """Return which areas of a level touch."""
        return self._layers.neighbors(self.level if level is None else level)

    def regions_of(self, level: str | None = None) -> pd.Series:
        """Return the region of each area of a level by the study's division; empty text where it is not known.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.load_study().regions_of("district")["18"]
        '17/18'
        """
        return self._layers.regions_of(self.level if level is None else level)

    def region_of(self, level: str, area: str) -> str:
        """Return the region of one area, also of one without a polygon; empty text where it is not known."""
        return self._layers.region_of(level, area)

    @property
    def region_ids(self) -> list[str]:
        """The ids of all regions, in the order of their numbers."""
        return self.division.region_ids

    def region_name(self, region: str) -> str:
        """Return the name of a region."""
        return self.division.region_name(region)

    def members_of(self, region: str, level: str | None = None) -> list[str]:
        """Return the ids of the areas of a level that lie in a region; those of the report by default.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.load_study().members_of("17/18"), len(rg.load_study().members_of("17/18", "subdistrict"))
        (['17', '18'], 7)
        """
        regions = self.regions_of(level)
        return [str(area) for area in regions.index[regions == region]]

    def find_region(self, words: str) -> str:
        """Return the id of a region from what people write: ``17/18``, ``Region 17-18``, ``Giesing``, ``17``.

        Raises
        ------
        OptionError
            If there is no such region, or a part of a name belongs to several.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> [rg.load_study().find_region(words) for words in ("Region 17-18", "Giesing", "17")]
        ['17/18', '17/18', '17/18']
        """
        return self.division.find_region(words)

    # --- what and when ----------------------------------------------------------------------------------------

    @property
    def language(self) -> Language:
        """The language of all texts: the study's, else the one in force."""
        return resolve_language(self.lang)

    @property
    def namings(self) -> Namings:
        """How each indicator and group is called."""
        return self.panel.namings

    def naming(self, indicator: str, group: str | None = None) -> Naming:
        """Return how an indicator is called, found by its name in the tables or its title."""
        entry = self.panel.entry(indicator, group)
        return self.namings[entry["indicator"], entry["group"]]

    def find_period(self, period: Period | None = None, level: str | None = None) -> str:
        """Return the period asked for; else the study's; else the newest of the level.

        Raises
        ------
        OptionError
            If the panel has no figures of areas in it.
        """
        level = self.level if level is None else level
        return choose_period(
            period if period is not None else self.period, self.panel_of(level).sel(level=level).periods
        )

    def panel_of(self, level: str) -> Panel:
        """Return the figures that hold a level: the regions are summed where the panel does not have them."""
        return self.with_regions if level == "region" else self.subject

    def pick(
        self,
        indicator: str | None = None,
        group: str | None = None,
        period: Period | None = None,
        level: str | None = None,
    ) -> Pick:
        """Find one indicator and group, its level and its period.

        Parameters
        ----------
        indicator
            Its name in the tables or its title; the first headline of the catalogue by default.
        group
            Its headline by default.
        period
            The study's by default, or the newest in which the indicator has figures.
        level
            The level of the report by default, or the first that the indicator has.

        Raises
        ------
        OptionError
            If there is no such indicator, group, period or level.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> pick = rg.load_study().pick("Arbeitslose", period=2023)
        >>> pick.indicator, pick.level, pick.period, len(pick.panel)
        ('Arbeitslose - Anteil', 'district', '2023', 26)
        """
        return pick_from(self, indicator, group, period, level)

    # --- other studies ----------------------------------------------------------------------------------------

    def sel(
        self,
        indicator: str | Iterable[str] | None = None,
        group: str | Iterable[str] | None = None,
        period: Period | Iterable[Period] | None = None,
        level: str | Iterable[str] | None = None,
        area: str | Iterable[str] | None = None,
    ) -> Study:
        """Return the study of some of the figures; what may be shown of them stays what the whole allows.

        Examples
        --------
        >>> import regsam_geo as rg
        >>> rg.load_study().sel("Arbeitslose", period=[2023, 2024]).panel.periods
        ['2023', '2024']
        """
        return self.replace(panel=self.panel.sel(indicator, group, period, level, area))

    def replace(self, **changes: Any) -> Study:
        """Return the study with something said anew: ``study.replace(lang="en")``."""
        return dataclasses.replace(self, **changes)

    # --- holding ----------------------------------------------------------------------------------------------

    def once(self, key: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gives, worked out at the first call with this key and held."""
        if key not in self._held:
            self._held[key] = make()
        return cast("T", self._held[key])

    def __repr__(self) -> str:
        return f"Study({self.panel!r}, levels={list(self.levels)}, lang={self.language!r})"

    def _repr_html_(self) -> str:
        return self.panel._repr_html_()


def _division_of(said: Any, panel: Panel) -> Division:
    """Return the division of a study: none is said of areas of one's own that have figures alone."""
    if said is None and "own" in panel.levels and not {*REPORT_LEVELS} & {*panel.levels}:
        return no_division()
    return as_division(said)
