"""From tables to figures: long ones, ones with a column per indicator or year, ones with a column per area."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from regsam_geo.audit.contents import Cell, Sheet
from regsam_geo.audit.figures import Figure, series_of
from regsam_geo.audit.numbers import Span, read_number, span_of, writes_comma
from regsam_geo.audit.places import LEVELS, Place, Places

_TITLES = {
    "area": (
        "gebiet|area|area_id|stadtbezirk|stadtbezirke|bezirk|district|bezirksteil|viertel|"
        "stadtbezirksviertel|quarter|raumbezug|bezirksnr|bezirk nr|nr|id|sub-district|areas|"
        "districts|stadtbezirksnummer|gebietsnummer"
    ),
    "region": "region|region_id|regionen|regions|regsam-region",
    "name": (
        "name|gebietsname|area_name|name des gebiets|name der region|name of the area|"
        "name of the region|region_name"
    ),
    "level": "level|ebene|gebietsebene|gliederung",
    "indicator": "indikator|indicator|kennzahl|merkmal|key figure",
    "group": "ausprägung|group|gruppe|auspraegung|subgroup",
    "period": "zeitraum|jahr|period|year|stichtag|zeitpunkt|datum",
    "value": "wert|value|indikatorwert|anzahl|count|fallzahl",
    "numerator": "zähler|numerator|zaehler",
    "denominator": "nenner|denominator",
    "sign": "sign|warum kein wert|why there is no value|missing|zeichen|fehlgrund",
    "unit": "einheit|unit",
    "city": "stadt münchen|city of munich|city|stadt|wert der stadt",
    "difference": "abstand zur stadt|difference from the city|difference",
    "ratio": "verhältnis zur stadt|ratio to the city|ratio",
    "rank": r"rang|rank|rang \(1 = höchster wert\)|rank \(1 = highest value\)",
    "change_1": "veränderung zum vorjahr|change over one year|change_1",
    "change_5": "veränderung in fünf jahren|change over five years|change_5",
    "city_change_1": "stadt: veränderung zum vorjahr|city: change over one year|city_change_1",
    "city_change_5": "stadt: veränderung in fünf jahren|city: change over five years|city_change_5",
    # of warnings, and what is computed with all areas: numbers of something else than persons
    "": (
        "stufe|level of|stand|status|seit|since|erwartet|expected|gebiete mit rang|"
        "areas with a rank|entwicklung in fünf jahren|development in five years|"
        "status und dynamik|status and dynamics|niedrigster wert der stadtbezirke|"
        "lowest value of the districts|höchster wert der stadtbezirke|"
        "highest value of the districts|gebiete mit hinweis|areas with a warning|"
        "davon vorrangig zu prüfen|of these to check first|davon zu prüfen|of these to check|"
        "davon zu beobachten|of these to watch|hinweis in worten|warning in words|warning|"
        "hinweis|sentence|n_warnings|warnings|fid|geom|geometry|lage unter den regionen.*|"
        r"place among the regions.*|in der stadt|in the city|.*since \d{4}|.*seit \d{4}|"
        "welche regionen|which regions|regionen|regions|gegenüber dem vorbericht|"
        "compared with the report before|was zu beachten ist|what to bear in mind|q|p"
    ),
}
_ROLES = [(role, re.compile(pattern)) for role, pattern in _TITLES.items()]
_BASE = re.compile(r"(?:basiswert|base)[ _]?([1-5])")
_YEAR = re.compile(r"(19|20)\d\d(?:[-/](?:q[1-4]|\d\d))?", re.IGNORECASE)
_UNIT = re.compile(r"%|je |per |€|euro|personen|persons|anzahl", re.IGNORECASE)
# among them the point of the statistical offices and the star of the employment agency
SECRET = re.compile(
    r"geheim( gehalten)?|suppressed|kept secret|secret|unbekannt oder geheim|unknown or secret|unknown_or_secret|"
    r"[•*]|\.",
    re.IGNORECASE,
)
MISSING = re.compile(
    r"unvollständig|incomplete|[-–—/x]|\.\.\.|n\.? ?a\.?|kein wert|no value|not_available|nan|none", re.IGNORECASE
)
FIGURES = ("value", "numerator", "denominator", "base_1", "base_2", "base_3", "base_4", "base_5")
OTHER = "other"


@dataclass(frozen=True)
class Context:
    """What the place of a table says about it: the period of its edition, the region of its folder."""

    places: Places
    period: str
    edition: int

    def region_of(self, source: str) -> Place | None:
        """Return the region whose folder or file it stands in."""
        found = re.findall(r"region-([\d-]+)", source)
        known = {region.replace("/", "-"): region for region in self.places.regions}
        return ("region", known[found[0].strip("-")]) if found and found[0].strip("-") in known else None


def role_of(title: Cell) -> str:
    """Return what a column holds by its title; ``other`` where it is none of those known.

    Examples
    --------
    >>> role_of("Zähler"), role_of("Warum kein Wert"), role_of("Gebiete mit Hinweis"), role_of("Männer")
    ('numerator', 'sign', '', 'other')
    """
    text = re.sub(r"\s+", " ", str(title if title is not None else "")).strip().casefold()
    if found := _BASE.match(text):
        return f"base_{found.group(1)}"
    return next((role for role, pattern in _ROLES if pattern.fullmatch(text)), OTHER if text else "")


def figures_of(sheet: Sheet, context: Context) -> Iterator[Figure]:
    """Read one table."""
    rows = [row for row in sheet.rows if any(_said(cell) for cell in row)]
    start = next((at for at, row in enumerate(rows) if _is_head(row)), None)
    if start is None:
        return
    above = " ".join(str(cell) for row in rows[:start] for cell in row if _said(cell))
    title = " ".join(part for part in (sheet.title, above) if part)
    head, body = rows[start], rows[start + 1 :]
    table = _Table(head, body, title, sheet.source, context)
    roles = table.roles
    # long tables first, as their column of areas would make them pass for wide ones
    if any(role in FIGURES for role in roles) and ({"indicator", "area", "region"} & set(roles)):
        yield from table.long()
    elif table.areas_in_head() >= 2:
        yield from table.by_area()
    elif table.area_column() is not None:
        yield from table.wide()


def _said(cell: Cell) -> bool:
    return cell is not None and str(cell).strip() != ""


def _is_head(row: Sequence[Cell]) -> bool:
    said = [cell for cell in row if _said(cell)]
    return len(said) >= 2 and any(isinstance(cell, str) and re.search(r"[^\W\d]", cell) for cell in said)


class _Table:
    def __init__(
        self, head: list[Cell], body: list[list[Cell]], title: str, source: str, context: Context
    ) -> None:
        self.head, self.title, self.source, self.context = head, title, source, context
        self.body = [[*row, *[None] * (len(head) - len(row))] for row in body]
        self.roles = [role_of(cell) for cell in head]
        # 1.791 is a thousand in one table and a fraction in another: the other cells decide
        self.comma = writes_comma(cell for row in body for cell in row if isinstance(cell, str))
        years = _YEAR.findall(title)
        found = _YEAR.search(title)
        # two years in a title are a stretch of time, and neither is that of the table
        self.period = found.group() if found and len(years) == 1 else context.period

    # --- cells

    def read(self, cell: Cell, *, sign: Cell = None) -> tuple[Span | None, bool, str] | None:
        """Return what a cell says, whether it says that it is hidden, and its unit; ``None`` where nothing."""
        if isinstance(cell, bool):
            return None
        if isinstance(cell, int | float):
            return (span_of(cell), False, "") if cell == cell else None
        text = str(cell or "").strip().lstrip("'")
        if SECRET.fullmatch(text) or (not text and SECRET.fullmatch(str(sign or "").strip())):
            return None, True, ""
        if MISSING.fullmatch(text) or (not text and _said(sign)):
            return None, False, ""
        found = read_number(text, comma=self.comma)
        if found is None:
            return None
        unit = re.sub(r"[-+−–]?[\d.,\u00a0\u202f ]+", "", text, count=1)
        return found[0], False, re.sub(r"[▲▼▽△●◂▸*]", "", unit).strip()

    def column(self, role: str) -> int | None:
        """Return the first column of a role."""
        return self.roles.index(role) if role in self.roles else None

    def figure(
        self, series: str, column: str, period: str, place: Place, told: tuple[Span | None, bool, str]
    ) -> Figure:
        span, secret, unit = told
        return Figure(series, column, period, place, span, unit, secret, self.context.edition, self.source)

    def level_of(self, at: int) -> str:
        """Return the level of a column of areas: by its title, else by what stands in it."""
        if self.roles[at] == "region" or any(
            "/" in str(row[at]) and "Region" not in str(row[at]) for row in self.body
        ):
            return "region"
        level = LEVELS.get(str(self.head[at]).casefold().strip(), "")
        named = [row[at] for row in self.body if _said(row[at])]
        # names of areas of one's own, where a column of areas holds hardly any of Munich's
        unknown = sum(self._place(cell, level) is None for cell in named)
        return "own" if self.roles[at] == "area" and unknown > 0.5 * max(len(named), 1) else level

    # --- three forms

    def long(self) -> Iterator[Figure]:
        """Read one row per indicator, area and period."""
        area = self.column("area")
        area = self.column("region") if area is None else area
        by_level, by_indicator, by_group = (self.column(role) for role in ("level", "indicator", "group"))
        by_period, by_sign, by_unit = (self.column(role) for role in ("period", "sign", "unit"))
        level = "" if area is None else self.level_of(area)
        fallback = self.context.region_of(self.source)
        for row in self.body:
            said = level if by_level is None else LEVELS.get(str(row[by_level]).casefold(), level)
            place = fallback if area is None else self._place(row[area], said)
            if place is None:
                continue
            indicator = self.title if by_indicator is None else str(row[by_indicator] or "")
            series = series_of(indicator, "" if by_group is None else str(row[by_group] or ""))
            period = self.period if by_period is None else _period(row[by_period])
            unit = "" if by_unit is None else str(row[by_unit] or "")
            for at, role in enumerate(self.roles):
                if role in FIGURES or role in _HINTS:
                    # the sign says why a value is missing, not why its rank or its distance is
                    told = self.read(row[at], sign=None if by_sign is None or role in _HINTS else row[by_sign])
                    if told is not None:
                        figure = self.figure(series, role, period, place, told)
                        yield replace(figure, unit=unit or figure.unit)
                elif role == OTHER and at != area:
                    # safe by doubt: whatever else is a number may be one of persons
                    told = self.read(row[at])
                    if told is not None and told[0] is not None:
                        own = series_of(
                            f"{indicator} {self.head[at]}" if by_indicator is not None else str(self.head[at])
                        )
                        yield self.figure(own, "value", period, place, told)

    def wide(self) -> Iterator[Figure]:
        """Read a row per area, and a column per indicator or per year."""
        area = self.area_column()
        assert area is not None
        level, by_period = self.level_of(area), self.column("period")
        by_group, by_indicator = self.column("group"), self.column("indicator")
        name = self.title or re.sub(r"\.\w+$", "", self.source.split("/")[-1])
        for row in self.body:
            place = self._place(row[area], level)
            if place is None:
                continue
            for at, title in enumerate(self.head):
                if at == area or self.roles[at] not in (OTHER, *FIGURES):
                    continue
                told = self.read(row[at])
                if told is None:
                    continue
                year = _YEAR.fullmatch(str(title).strip().removesuffix(".0"))
                own = name if year else str(title)
                if by_indicator is not None:
                    own = str(row[by_indicator])
                period = year.group() if year else self.period if by_period is None else _period(row[by_period])
                group = "" if by_group is None else str(row[by_group] or "")
                yield self.figure(series_of(own, group), "value", period, place, told)

    def by_area(self) -> Iterator[Figure]:
        """Read a row per indicator or per period, and a column per area."""
        by_period, by_unit = self.column("period"), self.column("unit")
        places = self._places_of_head()
        first = next((at for at, role in enumerate(self.roles) if role == "indicator"), 0)
        for row in self.body:
            # "Fälle, %": the unit stands behind the name
            name, _, behind = str(row[first] or "").rpartition(", ")
            name, behind = (name, behind) if name and _UNIT.match(behind) else (str(row[first] or ""), "")
            year = _YEAR.fullmatch(name.strip().removesuffix(".0"))
            series = series_of(self.title if year or first == by_period else name)
            period = year.group() if year else self.period if by_period is None else _period(row[by_period])
            unit = behind if by_unit is None else str(row[by_unit] or "")
            for at, place in places.items():
                told = self.read(row[at])
                if told is not None:
                    figure = self.figure(series, "value", period, place, told)
                    yield replace(figure, unit=unit or figure.unit)

    # --- areas

    def _place(self, cell: Cell, level: str) -> Place | None:
        if isinstance(cell, float) and cell == int(cell):
            cell = int(cell)
        return self.context.places.find(str(cell if cell is not None else ""), level)

    def area_column(self) -> int | None:
        """Return the column of areas: by its title, else the first one whose cells nearly all name one."""
        for role in ("area", "region", "name"):
            at = self.column(role)
            if at is not None:
                return at
        if len(self.head) and self.body and self.roles[0] == OTHER:
            named = sum(self._place(row[0], "") is not None for row in self.body)
            if named >= max(0.8 * len(self.body), 2):
                return 0
        return None

    def _places_of_head(self) -> dict[int, Place]:
        texts = {
            at: str(cell).strip().removesuffix(".0") for at, cell in enumerate(self.head) if at and _said(cell)
        }
        level = "region" if any(re.fullmatch(r"\d+(/\d+)+", text) for text in texts.values()) else ""
        found = {at: self.context.places.find(text, level) for at, text in texts.items()}
        return {at: place for at, place in found.items() if place is not None}

    def areas_in_head(self) -> int:
        """Count the columns that name an area."""
        return len(self._places_of_head())


_HINTS = ("city", "difference", "ratio", "rank", "change_1", "change_5", "city_change_1", "city_change_5")


def _period(cell: Cell) -> str:
    """Write a period as text: 2024, not 2024.0; of a day the year."""
    if isinstance(cell, float) and cell == int(cell):
        cell = int(cell)
    text = str(cell if cell is not None else "").strip()
    # a figure of one day stands for its year, as other tables write it
    if found := re.fullmatch(r"\d{1,2}\.\d{1,2}\.(\d{4})|(\d{4})-12-31.*", text):
        return found.group(1) or found.group(2)
    return text
