"""From findings to flagged areas: q within each kind, and how urgent what is left is."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import Neighbors
from regsam_geo.errors import OptionError
from regsam_geo.indicators import Panel, headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.study.settings import Settings
from regsam_geo.text import problem, say, shorten, watched
from regsam_geo.warning.detectors.built_in import DETECTORS
from regsam_geo.warning.detectors.detector import Context, Detector
from regsam_geo.warning.findings import KINDS, SCHEMA, concat_findings
from regsam_geo.warning.statistics.multiplicity import q_of

CROSS_SECTIONAL = ("spatial", "level")
TEMPORAL = ("change", "drift")
UNIT = ["indicator", "group", "level", "area_id"]


def findings_of(
    panel: Panel,
    context: Context,
    detectors: Sequence[Detector] = DETECTORS,
    *,
    family: Callable[[pd.DataFrame], np.ndarray] | None = None,
) -> pd.DataFrame:
    """Ask every detector and set q: within each kind and level, over the headline indicators.

    ``family`` gives a further number to keep apart, such as that of a simulated report.
    """
    asked = watched(detectors, say("progress.tests"))
    findings = concat_findings([_ask(detector, panel, context) for detector in asked])
    keys = [findings["kind"], findings["level"], *([] if family is None else [pd.Series(family(findings))])]
    return findings.assign(q=q_within(findings, keys, is_headline(panel, findings), context.settings))


def _ask(detector: Detector, panel: Panel, context: Context) -> pd.DataFrame:
    """Return the findings of a detector, or say what it did not return."""
    found = detector(panel, context)
    columns = list(found.columns) if isinstance(found, pd.DataFrame) else []
    if missing := [name for name in SCHEMA if name not in columns]:
        raise problem(
            OptionError,
            "detector_columns",
            detector=str(getattr(detector, "__name__", "")),
            missing=shorten(missing),
            found=shorten(columns) or type(found).__name__,
        )
    return found


def q_within(
    tests: pd.DataFrame, keys: Sequence[pd.Series], candidates: npt.NDArray[np.bool_], settings: Settings
) -> np.ndarray:
    """Return q over the candidates within each family, without tests that could not succeed."""
    q = np.full(len(tests), np.nan)
    p, floor = tests["p"].to_numpy(), tests["p_floor"].to_numpy()
    for place in tests.groupby(list(keys), sort=False).indices.values():
        family = place[candidates[place]]
        q[family] = q_of(p[family], floor[family], settings.q_watch)
    return q


def is_headline(panel: Panel, rows: pd.DataFrame) -> np.ndarray:
    """Tell which rows belong to headline indicators; without a word in the catalogue, all but subgroups."""
    catalogue = panel.catalogue
    names = pd.MultiIndex.from_frame(headlines(catalogue)[list(CATALOGUE_KEY)])
    return np.asarray(pd.MultiIndex.from_frame(rows[list(CATALOGUE_KEY)]).isin(names))


def flagged_units(findings: pd.DataFrame, near: Mapping[str, Neighbors], settings: Settings) -> pd.DataFrame:
    """Combine the significant findings of each indicator and area, and grade their urgency.

    ``watch``: one kind at ``q_watch``. ``check``: one kind at ``q_check``, or a cross-sectional and a temporal
    kind together. ``priority``: both kinds at ``q_check``, or a level or change finding beside a neighbor with
    the same finding in the same direction. A cluster alone warns nobody.
    """
    hit = findings[(findings["q"] < settings.q_watch) & (findings["level"] != "city")]
    reasons = hit[~hit["kind"].isin(("cluster", "data"))]
    if reasons.empty:
        return reasons.assign(kinds="", urgency="")
    lead = reasons.sort_values(["q", "p"], kind="stable").drop_duplicates(UNIT)
    units = pd.MultiIndex.from_frame(lead[UNIT])

    def has(kinds: tuple[str, ...], below: float) -> np.ndarray:
        rows = reasons[reasons["kind"].isin(kinds) & (reasons["q"] < below)]
        return np.asarray(units.isin(pd.MultiIndex.from_frame(rows[UNIT])))

    across, along = has(CROSS_SECTIONAL, settings.q_watch), has(TEMPORAL, settings.q_watch)
    strict_across, strict_along = has(CROSS_SECTIONAL, settings.q_check), has(TEMPORAL, settings.q_check)
    together = np.asarray(units.isin(_beside_each_other(reasons, near)))
    own = tuple(set(reasons["kind"]) - set(KINDS))
    check = strict_across | strict_along | has(own, settings.q_check) | (across & along)
    priority = (strict_across & strict_along) | together
    urgency = np.where(priority, "priority", np.where(check, "check", "watch"))

    rank = {kind: place for place, kind in enumerate(KINDS)}
    named = hit.assign(rank=hit["kind"].map(rank)).sort_values("rank").drop_duplicates([*UNIT, "kind"])
    kinds = named.groupby(UNIT)["kind"].agg("+".join).reindex(units).to_numpy()
    return lead.assign(kinds=kinds, urgency=urgency).reset_index(drop=True)


def _beside_each_other(reasons: pd.DataFrame, near: Mapping[str, Neighbors]) -> pd.MultiIndex:
    """Return the units with a level or change finding whose neighbor has the same one, same direction."""
    pairs = [
        pd.concat(
            [table.pairs, table.pairs.rename(columns={"area_id": "neighbor_id", "neighbor_id": "area_id"})]
        ).assign(level=level)
        for level, table in near.items()
    ]
    rows = reasons.loc[reasons["kind"].isin(("level", "change")), [*UNIT, "kind", "direction"]]
    if not pairs or rows.empty:
        return pd.MultiIndex.from_frame(rows.iloc[:0][UNIT])
    beside = rows.merge(pd.concat(pairs), on=["level", "area_id"])
    same = rows.rename(columns={"area_id": "neighbor_id"})
    return pd.MultiIndex.from_frame(beside.merge(same)[UNIT])
