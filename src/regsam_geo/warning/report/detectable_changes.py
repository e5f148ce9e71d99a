"""What could not have been seen: the smallest change that a report would have told."""

from __future__ import annotations

import numpy as np
import pandas as pd

from regsam_geo.indicators import headlines
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.warning.detectors.newest_change import newest_changes, relevant_on_link
from regsam_geo.warning.schema.detector import Context
from regsam_geo.warning.statistics.robust import count

POWER = 0.8
"""How surely a change of the stated size is found."""


@verb
def detectable_changes(study: Study, period: Period | None = None) -> pd.DataFrame:
    """Tell for each indicator and area how large a change must be to be found. Silence is not safety.

    Parameters
    ----------
    study, period
        As in ``detect_warnings``.

    Returns
    -------
    DataFrame
        One row per indicator, group, level and area: ``expected`` (the value without a change), ``smallest_low``
        and ``smallest_high`` (values from which on a change is found with 80 %), ``relative`` (the upward one,
        relative to the expected value).

    Notes
    -----
    ``relevant + (t(1 - alpha / 2) + t(0.8)) * se`` on the link scale, with alpha the threshold of a lone warning
    among the m tests of its level and of the headline indicators: ``q_watch / m``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> smallest = rg.detectable_changes(rg.load_sample().sel(["Hochbetagte", "Nichtdeutsche"]), 2024)
    >>> bool((smallest["smallest_high"] > smallest["expected"]).all())
    True
    """
    from scipy.special import stdtrit

    settings, now = study.settings, study.find_period(period)
    # subgroups take no part in the correction for many tests
    leading = pd.MultiIndex.from_frame(headlines(study.subject.catalogue)[list(CATALOGUE_KEY)])
    parts = []
    for cube, linked, test in newest_changes(study.subject, Context(now, settings=settings)):
        tested = np.isfinite(test.effect) & np.isfinite(test.se)
        # without sizes and with too short a past nothing is tested
        enough = count(test.excess[:, :-1], 1) >= settings.min_history
        tested &= enough | ~test.loose[:, None]
        # the strictest case: a lone true change among m tests has to beat Bonferroni's threshold
        named = pd.MultiIndex.from_frame(cube.keys[list(CATALOGUE_KEY)]).isin(leading)
        alpha = settings.q_watch / max(int(tested[named].sum()), 1)
        quantile = stdtrit(test.df, 1 - alpha / 2) + stdtrit(test.df, POWER)
        relevant = settings.yearly_share * relevant_on_link(cube, linked, settings)[:, None]
        # Found means beyond the relevant effect, as p is that of "not larger than what matters".
        size = relevant + quantile * test.se
        usual = linked.y[:, -1] - test.effect
        at, area = np.nonzero(tested)
        expected, low, high = (linked.back(y)[at, area] for y in (usual, usual - size, usual + size))
        parts.append(
            pd.DataFrame(
                {
                    "indicator": cube.keys["indicator"].to_numpy()[at],
                    "group": cube.keys["group"].to_numpy()[at],
                    "period": now,
                    "level": cube.level,
                    "area_id": cube.area_ids.to_numpy()[area],
                    "expected": expected,
                    "smallest_low": low,
                    "smallest_high": high,
                    "relative": high / np.where(expected > 0, expected, np.nan) - 1,
                }
            )
        )
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame()
