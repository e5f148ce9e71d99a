"""From findings to flagged areas: q within each kind, and how urgent what is left is."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study import Settings
from regsam_geo.text import problem, say, shorten, watched
from regsam_geo.warning.schema.detector import Context, Detector
from regsam_geo.warning.schema.findings import DATA, SCHEMA, concat_findings
from regsam_geo.warning.statistics.multiplicity import q_of

UNIT = ["indicator", "group", "level", "area_id"]


def checked_detectors(detectors: Sequence[Detector]) -> tuple[Detector, ...]:
    """Return the detectors, or say what is no detector, or which two ask under one name."""
    for one in detectors:
        if not isinstance(one, Detector):
            raise problem(OptionError, "detector_record", found=str(getattr(one, "__name__", one)))
    names = [one.name for one in detectors]
    for name in names:
        # q is taken within a kind: two questions of one name would be corrected for each other
        if names.count(name) > 1 or name == DATA:
            raise problem(OptionError, "detector_name", found=name)
    return tuple(detectors)


def findings_of(
    panel: Panel,
    context: Context,
    detectors: Sequence[Detector],
    *,
    family: Callable[[pd.DataFrame], np.ndarray] | None = None,
) -> pd.DataFrame:
    """Ask every detector and set q: within each kind and level, over the headline indicators.

    ``family`` gives a further number to keep apart, such as that of a simulated report.
    """
    asked = watched(detectors, say("progress.tests"))
    findings = concat_findings([tests_of(detector, panel, context) for detector in asked])
    candidates = is_headline(panel, findings)
    apart = [findings["level"], *([] if family is None else [pd.Series(family(findings))])]
    q = np.full(len(findings), np.nan)
    for detector in detectors:
        own = (findings["kind"] == detector.name).to_numpy()
        q[own] = q_within(findings[own], [one[own] for one in apart], candidates[own], detector, context.settings)
    return findings.assign(q=q)


def tests_of(detector: Detector, panel: Panel, context: Context) -> pd.DataFrame:
    """Return the findings of a detector under its name, or say what it did not return."""
    found = detector.test(panel, context)
    columns = list(found.columns) if isinstance(found, pd.DataFrame) else []
    if missing := [name for name in SCHEMA if name not in columns]:
        raise problem(
            OptionError,
            "detector_columns",
            detector=detector.name,
            missing=shorten(missing),
            found=shorten(columns) or type(found).__name__,
        )
    return found.assign(kind=pd.Series(detector.name, index=found.index, dtype="str"))


def q_within(
    tests: pd.DataFrame,
    apart: Sequence[pd.Series],
    candidates: npt.NDArray[np.bool_],
    detector: Detector,
    settings: Settings,
) -> np.ndarray:
    """Return q of one detector's tests over the candidates within each family (level, report).

    Tests that could not succeed do not count. Levels are families of their own, because areas that contain each
    other give the same answer twice: 109 sub-districts would drown the 25 districts that they make up.
    """
    q = np.full(len(tests), np.nan)
    p, floor = tests["p"].to_numpy(), tests["p_floor"].to_numpy()
    if not detector.corrected:
        q[candidates] = p[candidates]
        return q
    for place in tests.groupby([one.to_numpy() for one in apart], sort=False).indices.values():
        # Subgroups take no part: with them every headline would have to pass the bar of many more tests.
        family = place[candidates[place]]
        q[family] = q_of(p[family], floor[family], settings.q_watch)
    return q


def is_headline(panel: Panel, rows: pd.DataFrame) -> np.ndarray:
    """Tell which rows belong to headline indicators; without a word in the catalogue, all but subgroups."""
    catalogue = panel.catalogue
    names = pd.MultiIndex.from_frame(headlines(catalogue)[list(CATALOGUE_KEY)])
    return np.asarray(pd.MultiIndex.from_frame(rows[list(CATALOGUE_KEY)]).isin(names))


def flagged_units(
    findings: pd.DataFrame,
    neighbors: Mapping[str, Neighbors],
    settings: Settings,
    detectors: Sequence[Detector],
) -> pd.DataFrame:
    """Combine the significant findings of each indicator and area, and grade their urgency.

    ``watch``: one kind at ``q_watch``. ``check``: one kind at ``q_check``, or a cross-sectional and a temporal
    kind together: these two come from different numbers, so they are two reasons, while two kinds of one family
    share their data. ``priority``: one of each family at ``q_check``, or a finding that ``spreads`` beside a
    neighbor with the same finding in the same direction. A detector that does not warn warns nobody alone.
    """
    # What moves the whole city is told once and of no district.
    hit = findings[(findings["q"] < settings.q_watch) & (findings["level"] != "city")]
    reasons = hit[hit["kind"].isin([one.name for one in detectors if one.warns])]
    if reasons.empty:
        return reasons.assign(kinds="", urgency="")
    # q of a family ties often (it is a running minimum), so p decides which finding leads the sentence.
    lead = reasons.sort_values(["q", "p"], kind="stable").drop_duplicates(UNIT)
    units = pd.MultiIndex.from_frame(lead[UNIT])

    def has(family: str, below: float) -> np.ndarray:
        kinds = [one.name for one in detectors if one.family == family]
        rows = reasons[reasons["kind"].isin(kinds) & (reasons["q"] < below)]
        return np.asarray(units.isin(pd.MultiIndex.from_frame(rows[UNIT])))

    across, along = has("cross-sectional", settings.q_watch), has("temporal", settings.q_watch)
    strict_across, strict_along = has("cross-sectional", settings.q_check), has("temporal", settings.q_check)
    spreading = [one.name for one in detectors if one.spreads]
    together = np.asarray(units.isin(_beside_each_other(reasons, neighbors, spreading)))
    check = strict_across | strict_along | (across & along)
    # Two reasons from different numbers, or two areas side by side: chance does neither often.
    priority = (strict_across & strict_along) | together
    urgency = np.where(priority, "priority", np.where(check, "check", "watch"))

    rank = {detector.name: place for place, detector in enumerate(detectors)}
    named = hit.assign(rank=hit["kind"].map(rank)).sort_values("rank", kind="stable")
    named = named.drop_duplicates([*UNIT, "kind"])
    kinds = named.groupby(UNIT)["kind"].agg("+".join).reindex(units).to_numpy()
    return lead.assign(kinds=kinds, urgency=urgency).reset_index(drop=True)


def _beside_each_other(
    reasons: pd.DataFrame, neighbors: Mapping[str, Neighbors], kinds: Collection[str]
) -> pd.MultiIndex:
    """Return the units with a finding of these kinds whose neighbor has the same one, same direction."""
    # A pair of neighbors stands in the table once, and each of both may be the one beside the other.
    pairs = [
        pd.concat(
            [table.pairs, table.pairs.rename(columns={"area_id": "neighbor_id", "neighbor_id": "area_id"})]
        ).assign(level=level)
        for level, table in neighbors.items()
    ]
    rows = reasons.loc[reasons["kind"].isin(kinds), [*UNIT, "kind", "direction"]]
    if not pairs or rows.empty:
        return pd.MultiIndex.from_frame(rows.iloc[:0][UNIT])
    beside = rows.merge(pd.concat(pairs), on=["level", "area_id"])
    same = rows.rename(columns={"area_id": "neighbor_id"})
    return pd.MultiIndex.from_frame(beside.merge(same)[UNIT])
