"""The life of a warning: new, continuing, open, due, ended, returning. Nothing that was warned of is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import ndtri

from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.warning.detectors.newest_change import newest_changes
from regsam_geo.warning.report.assessments import SPLIT, Judgement, judgements
from regsam_geo.warning.report.history import Reports
from regsam_geo.warning.report.rows_together import SIDES
from regsam_geo.warning.report.urgency import UNIT
from regsam_geo.warning.schema.cube import Cube, period_number
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.link import Linked
from regsam_geo.warning.statistics.robust import Array

Unit: TypeAlias = tuple[str, str, str, str]
"""Indicator, group, level and area."""

PERIODS_BACK = 2
"""Periods in a row within the band that would not have warned, after which the level has returned."""

WIDEST = 0.8
"""At least a fifth of the deviation must have gone, however wide the band.

A step that just warned would else have returned when it is a little smaller."""

SMALLEST = 1e-300
"""Below this a p has no place on the normal scale."""

SILENT = ("open", "due")
"""Status of what no test warns of now."""

Standing: TypeAlias = Literal["", "closed", "resting", "due"]
"""What people's judgement makes of a warning: nothing, closed for good, closed until a day, or due after it."""


@dataclass
class Life:
    """What has become of one indicator and area, report by report.

    Attributes
    ----------
    status
        In the newest report: ``""`` where nothing is to be told.
    since
        The first report of the life that the status is about.
    last
        The last report that warned, and its row.
    ended
        Why the life ended with the newest report: ``"returned"``, ``"judged"`` or ``"run_out"``.
    alive
        Whether it goes on.

    A life whose ``status`` is ``"resting"`` goes on, and is told among what people have judged.
    """

    status: str = ""
    since: str = ""
    last: str = ""
    row: dict[str, Any] = field(default_factory=dict)
    ended: str = ""
    alive: bool = False
    _within: int = 0

    def warned(self, period: str, row: dict[str, Any], standing: Standing = "") -> None:
        """Go on with a report that warns; what rests does so only while it deviates to the same side."""
        if self.alive:
            same = SIDES.get(row["direction"]) == SIDES.get(self.row["direction"])
            self.status = "resting" if standing == "resting" and same else "continuing"
        else:
            self.status, self.since = "returning" if self.last else "new", period
        self.last, self.row, self.ended = period, row, ""
        self.alive, self._within = True, 0

    def silent(self, within: bool | None, standing: Standing = "") -> None:
        """Go on with a report that does not warn; ``within`` is None where there is no value."""
        self.status, self.ended = "", ""
        if not self.alive:
            return
        if within is not None:
            self._within = self._within + 1 if within else 0
        self.ended = "judged" if standing == "closed" else "returned" if self._within >= PERIODS_BACK else ""
        self.alive = not self.ended
        self.status = "ended" if self.ended else standing if standing in ("resting", "due") else "open"

    def run_out(self) -> None:
        """End without an answer: the last report that warned is no longer looked back at."""
        self.status, self.ended, self.alive = "ended", "run_out", False


Courses: TypeAlias = "Callable[[Unit], Course | None]"
"""The way to the course of each unit; None for what has no value now."""


def lives(
    reports: Reports, period: str, courses: Courses, assessments: pd.DataFrame | None = None
) -> dict[Unit, Life]:
    """Return the lives of all that stood in the reports looked back at.

    Notes
    -----
    Without the deviation that was warned of, the value would have gone the way of all areas: the expected value,
    carried on with the change that all share. The band around it is as wide as the deviation that would just have
    warned then: that of the warning times z(p*) / z(p), with p* the p that would have had q = ``q_watch`` in its
    place, and at most 0.8 of the deviation. A life ends when the value has lain within that band (or on its other
    side) for two periods in a row, or when people have judged it and named no day. With a day it rests before it,
    and is due from it on. What last warned in the report before those that are looked back at runs out, which the
    report that leaves it out says.
    """
    names = [*reports.earlier(period), period]
    judged = _by_unit_judged(assessments, period)
    warned = {name: _by_unit(reports.stood(name)) for name in names}
    found = _followed(warned, courses, judged, reports.settings.q_watch)
    if not (before := reports.just_before(period)):
        return found
    left_out = {unit: row for unit, row in _by_unit(reports.stood(before)).items() if unit not in found}
    silent: dict[str, dict[Unit, dict[str, Any]]] = {name: {} for name in names}
    for unit, life in _followed({before: left_out, **silent}, courses, judged, reports.settings.q_watch).items():
        if life.alive:
            life.run_out()
        found[unit] = life
    return found


def _followed(
    warned: Mapping[str, Mapping[Unit, dict[str, Any]]],
    courses: Courses,
    judged: Mapping[Unit, Sequence[Judgement]],
    threshold: float,
) -> dict[Unit, Life]:
    """Return the lives of all that warned in some reports, which are given oldest first."""
    found: dict[Unit, Life] = {}
    for name, rows in warned.items():
        for unit in {**found, **rows}:
            life = found.setdefault(unit, Life())
            standing = _standing(judged.get(unit, ()), life, name)
            if unit in rows:
                life.warned(name, rows[unit], standing)
            else:
                course = courses(unit) if life.alive else None
                within = None if course is None else course.has_returned(life, name, threshold)
                life.silent(within, standing)
    return found


def _by_unit(table: pd.DataFrame) -> dict[Unit, dict[str, Any]]:
    return {_unit(row): row for row in table.to_dict("records")}


def _unit(row: Mapping[str, Any]) -> Unit:
    return (row["indicator"], row["group"], row["level"], row["area_id"])


def _by_unit_judged(assessments: pd.DataFrame | None, period: str) -> dict[Unit, list[Judgement]]:
    """Return what was said about each unit, whenever its life began: a longer look back may move the beginning."""
    found: dict[Unit, list[Judgement]] = {}
    for finding, told in judgements(assessments, period).items():
        if finding[0]:
            found.setdefault((finding[0], finding[1], finding[2], finding[3]), []).extend(told)
    return found


def _standing(told: Sequence[Judgement], life: Life, name: str) -> Standing:
    """Return what the newest word makes of a life: said after one of its reports, and before this one."""
    mine = [one for one in told if life.alive and one.need and life.since <= one.period < name]
    if not mine:
        return ""
    newest = max(mine, key=lambda one: one.period)
    if newest.need == SPLIT:
        return ""
    state = newest.state(name)
    return "closed" if state == "judged" else state if state in ("resting", "due") else ""  # type: ignore[return-value]


@dataclass(frozen=True, eq=False)
class Course:
    """One series of the newest report, and the change that all areas share.

    Attributes
    ----------
    linked
        The series on the link scale, shape (1, T, 1).
    common
        Shape (T,).
    first
        Running number of the first period.
    season
        Periods per year.
    printed
        Value of the newest period in the unit of the indicator.
    """

    linked: Linked
    common: Array
    first: int
    season: int
    printed: float

    def place(self, period: str) -> int:
        """Return the position of a period on the time axis."""
        return period_number(period) - self.first

    def deviation(self, life: Life) -> float:
        """Return what the last warning was about, on the link scale."""
        return float(self.linked.y[0, self.place(life.last), 0]) - self._expected_then(life)

    def without(self, life: Life, period: str) -> float:
        """Return the value without that deviation, on the link scale; NaN where nothing came before it."""
        warned = self.place(life.last)
        # What the area's own past added to the change of all areas is carried on, too.
        own = self._expected_then(life) - self._carried_on(warned, warned)
        return self._carried_on(self.place(period), warned) + own

    def has_returned(self, life: Life, period: str, threshold: float) -> bool | None:
        """Tell whether the value lies where it would not have warned; None where that cannot be known."""
        if not np.isfinite(life.row["expected"]):
            # a detector that expects no value has no level to return to: silence is all that can be asked of it
            return True
        away = float(self.linked.y[0, self.place(period), 0]) - self.without(life, period)
        deviation = self.deviation(life)
        if not np.isfinite(away + deviation):
            return None
        p, q = float(life.row["p"]), float(life.row["q"])
        # a q so small that it is 0 leaves the narrowest band, which is the careful side: the warning stays open
        edge = min(p * threshold / q, 1.0) if q > 0 else threshold
        width = float(np.clip(ndtri(edge / 2) / ndtri(max(p, SMALLEST) / 2), 0.0, WIDEST))
        return bool(np.sign(deviation) * away < width * abs(deviation))

    def _expected_then(self, life: Life) -> float:
        return float(self.linked.forth(np.array([[[life.row["expected"]]]]))[0, 0, 0])

    def _carried_on(self, now: int, warned: int) -> float:
        """Return the last value of its season before the warning, with the change of all areas since."""
        back, total = now, 0.0
        while back >= 0 and (back >= warned or not np.isfinite(self.linked.y[0, back, 0])):
            total += float(np.nan_to_num(self.common[back]))
            back -= self.season
        return float(self.linked.y[0, back, 0]) + total if back >= 0 else float("nan")


def courses_of(panel: Panel, context: Context) -> Courses:
    """Return the way to the courses of a period; what its context has fitted already is not fitted again."""
    tested: dict[str, tuple[Cube, Linked, Array, dict[tuple[str, ...], int]]] = {}

    def course(unit: Unit) -> Course | None:
        # Only where a warning is alive: most reports have few, and some have none.
        if not tested:
            for cube, linked, test in newest_changes(panel, context):
                # by a plain table: units come one by one
                keys = zip(*(cube.keys[name] for name in CATALOGUE_KEY), strict=True)
                rows = {key: row for row, key in enumerate(keys)}
                tested[cube.level] = cube, linked, test.common_change, rows
        if unit[2] not in tested:
            return None
        cube, linked, common, rows = tested[unit[2]]
        if unit[:2] not in rows or unit[3] not in cube.area_ids:
            return None
        series, area = rows[unit[:2]], cube.area_ids.get_loc(unit[3])

        def one(array: Array) -> Array:
            return array[[series]][:, :, [area]]

        alone = Linked(
            one(linked.y),
            linked.kind[[series]],
            linked.scale[[series]],
            one(linked.numerator),
            one(linked.denominator),
        )
        return Course(
            alone, common[series], int(cube.numbers[0]), cube.season, float(cube.value[series, -1, area])
        )

    return course


def open_rows(found: Mapping[Unit, Life], period: str, courses: Courses) -> pd.DataFrame:
    """Return the open warnings as rows of a report: what was warned of, and what would be without it."""
    rows = []
    for unit, life in found.items():
        course = courses(unit) if life.status in SILENT else None
        if course is None:
            continue
        without = course.without(life, period)
        rows.append(
            {
                **dict(zip(UNIT, unit, strict=True)),
                **{name: life.row[name] for name in ("kind", "kinds", "direction", "p")},
                "period": period,
                "value": course.printed,
                "expected": float(course.linked.back(np.array([[[without]]]))[0, 0, 0]),
                "effect": float(course.linked.y[0, -1, 0]) - without,
                "q": float("nan"),
                "reason": "open",
                "urgency": "watch",
                "status": life.status,
                "since": life.since,
                "last": life.last,
                "details": {
                    "before_period": life.last,
                    "before": float(life.row["value"]),
                    "expected_then": float(life.row["expected"]),
                },
            }
        )
    return pd.DataFrame(rows)


def ended_rows(found: Mapping[Unit, Life]) -> pd.DataFrame:
    """Return what ended with the newest report: ``since``, ``last`` and ``how`` (see ``Life.ended``)."""
    rows = [(*unit, life.since, life.last, life.ended) for unit, life in found.items() if life.status == "ended"]
    return pd.DataFrame(rows, columns=[*UNIT, "since", "last", "how"]).astype("str")


def with_status(flagged: pd.DataFrame, found: Mapping[Unit, Life]) -> pd.DataFrame:
    """Add ``status``, ``since`` and ``last`` to the areas that a report flags."""
    own = [found[_unit(row)] for row in flagged[UNIT].to_dict("records")]
    return flagged.assign(
        status=pd.Series([life.status for life in own], dtype="str"),
        since=pd.Series([life.since for life in own], dtype="str"),
        last=pd.Series([life.last for life in own], dtype="str"),
    )
