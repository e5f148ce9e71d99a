"""Is the number itself sound? Questions about the data, asked before any statistics."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.areas import CITY_ID
from regsam_geo.indicators import Panel
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.rates import scale_of_rows
from regsam_geo.study import Study
from regsam_geo.study.verb import verb
from regsam_geo.text import say, shows_progress, watched
from regsam_geo.warning.data_questions.series_questions import breaks, odd_values, steps_of_one_area
from regsam_geo.warning.schema.finding_sentences import write_finding_sentences
from regsam_geo.warning.schema.findings import DATA, FindingTable, as_findings, concat_findings
from regsam_geo.warning.statistics.robust import NORMAL_MAD

SERIES = list(CATALOGUE_KEY)
CELL = ["indicator", "group", "period", "level", "area_id"]

CODE_REPEATS = 2
"""Cells that must hold the same value to call it a code."""

CODE_FAR = 5.0
"""How many times as large as all other values of its series a row of nines is that is no value."""

NINES = r"-?9{3,}(?:\.9+|\.0)?"
"""What statistics programs write for a missing value, at any length."""

GROSS = 0.05
"""Gap between a whole and its parts, as a share, that is another fault than a few unknown persons."""

WHOLES = {"insgesamt": (("männlich", "weiblich"), ("deutsch", "nichtdeutsch"))}
"""Groups that are known to be the parts of a whole."""

MOSTLY = 0.95
"""Share of the values of a series that must fit a number of decimals to call it the printed one."""

FORMULA_WRONG = 0.2
"""Share of the cells of a series from which on its formula is in question, not its cells."""

UNALLOCATED_MOST = 0.03
"""Share of cases outside all areas above which a numerator is no count that could be summed."""

UNALLOCATED_JUMP = 0.005
"""Smallest jump of the share of unallocated cases that is worth a question."""

NO_STATISTICS = (
    "data_code",
    "data_without_bases",
    "data_ratio",
    "data_impossible",
    "data_negative",
    "data_magnitude",
)
"""Findings that take their cell out of the statistics; the others concern whole series or the city."""


@verb
@shows_progress
def check_panel(study: Study) -> pd.DataFrame:
    """Ask what is doubtful about the data themselves.

    Parameters
    ----------
    study
        Figures; those that may not be shown are not asked about.

    Returns
    -------
    DataFrame
        Findings of kind ``data``, in the schema of all findings, with ``sentence_de`` and ``sentence_en``;
        ``reason`` is one of

        - ``data_code``: a value without Basiswerte that occurs again and again, or a row of nines far off the rest
          of its series, so probably a code for "missing": one finding for all cells with it;
        - ``data_empty``: a period without any value although the Basiswerte are there;
        - ``data_without_bases``: a value whose Basiswerte are empty or whose denominator is 0;
        - ``data_ratio``: not scale * numerator / denominator, beyond the rounding of all three;
        - ``data_formula``: the same in a good part of the series, so that its formula is in question;
        - ``data_impossible``: a share outside 0 to 100 %;
        - ``data_negative``: a negative count of persons;
        - ``data_parts``: parts that do not sum to the whole;
        - ``data_unallocated``: the share of cases outside all areas jumps;
        - ``data_break``: a step in nearly all areas while nothing else moves: one finding per series;
        - ``data_magnitude``: a single value several times as large or small as its own series;
        - ``data_step``: one area several times as large or small from one period on, and since.

    Notes
    -----
    A finding is a question, not a verdict. ``detect_warnings`` leaves the doubtful cells out of its tests; a
    break, parts and unallocated cases concern more than one cell and take none out.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> found = rg.check_panel(rg.load_sample())
    >>> set(found["kind"]) <= {"data"}
    True
    """
    return FindingTable(_questions_shown(study).copy())


def data_questions(study: Study) -> pd.DataFrame:
    """Return the questions about the figures of a report, asked once for all its periods."""
    if study.subject is study.published:
        return _questions_shown(study)
    return study.once("data questions of the subject", lambda: questions_about(study.subject))


def _questions_shown(study: Study) -> pd.DataFrame:
    return study.once("data questions", lambda: questions_about(study.published))


def questions_about(panel: Panel) -> pd.DataFrame:
    """Return the questions about the figures of a panel."""
    rows = panel.data.assign(scale=scale_of_rows(panel))
    rows = rows.merge(
        panel.catalogue[[*SERIES, "kind", "counts_persons", "summable", "decimals"]], on=SERIES, how="left"
    )
    # numbers, because the rows are grouped by them again and again
    rows = rows.assign(
        series=rows.groupby(SERIES).ngroup(), series_and_level=rows.groupby([*SERIES, "level"]).ngroup()
    )
    checks: tuple[Callable[[], pd.DataFrame], ...] = (
        lambda: _without_bases(rows),
        lambda: _nines(rows),
        lambda: _empty_periods(rows),
        lambda: _ratio(rows),
        lambda: _impossible(rows),
        lambda: _negative(rows),
        lambda: _parts(rows),
        lambda: _unallocated(rows),
        lambda: breaks(panel),
        lambda: odd_values(panel),
        lambda: steps_of_one_area(panel),
    )
    parts = [check() for check in watched(checks, say("progress.tests"))]
    found = concat_findings([as_findings(part.assign(kind=DATA)) for part in parts if len(part)])
    # One question per cell, the most basic first: a code for "missing" also fails as a ratio and as a magnitude.
    found = found.drop_duplicates(CELL, keep="first", ignore_index=True)
    return FindingTable(write_finding_sentences(found, panel))


def without_doubtful(panel: Panel, findings: pd.DataFrame) -> Panel:
    """Return the panel without the values in question; their sign becomes ``faulty``."""
    doubtful = findings[findings["reason"].isin(NO_STATISTICS)]
    if doubtful.empty:
        return panel
    # Only value and numbers go; the row stays with a sign, so that tables and maps show a gap and its reason.
    data = panel.data.copy()
    gathered = [tuple(cell) for details in doubtful["details"] for cell in details.get("where", ())]
    cells = pd.MultiIndex.from_frame(doubtful[CELL]).append(pd.MultiIndex.from_tuples(gathered, names=CELL))
    hit = pd.MultiIndex.from_frame(data[CELL]).isin(cells)
    data.loc[hit, ["value", "numerator", "denominator"]] = np.nan
    data.loc[hit, "sign"] = "faulty"
    return Panel(data, panel.catalogue)


def _without_bases(rows: pd.DataFrame) -> pd.DataFrame:
    """Find values whose Basiswerte are empty, or whose denominator is 0, in series that have them elsewhere."""
    empty = rows["base_1"].isna() & rows["base_2"].isna() & rows["numerator"].isna()
    # In series without Basiswerte an empty one is nothing odd.
    usual = empty.groupby(rows["series"]).transform("mean") < 0.5
    nothing = (rows["base_2"] == 0) | (rows["denominator"] == 0)
    hit = rows[rows["value"].notna() & ((empty & usual) | nothing)]
    # one such value is a slip, the same one twice is a code: 88 stands in 78 cells of the original files
    again = hit.groupby("value")["value"].transform("size") >= CODE_REPEATS
    slips = hit[~again]
    nothing_expected = np.full(len(slips), np.nan)
    found = [
        _rows(slips, "data_without_bases", nothing_expected, [{} for _ in range(len(slips))]),
        *(_code(cells, "bases") for _, cells in hit[again].groupby("value", sort=True)),
    ]
    return pd.concat(found, ignore_index=True)


def _code(cells: pd.DataFrame, scope: str) -> pd.DataFrame:
    """Return one finding for all cells that hold the same code; it stands at the first of them."""
    details = {
        "cells": len(cells),
        "indicators": cells["indicator"].nunique(),
        "scope": scope,
        "where": cells[CELL].to_numpy().tolist(),
    }
    return _rows(cells.iloc[:1], "data_code", np.full(1, np.nan), [details])


def _nines(rows: pd.DataFrame) -> pd.DataFrame:
    """Find rows of nines that return in a series and lie far off everything else in it."""
    known = rows[rows["value"].notna()]
    nines = known["value"].map("{:g}".format).str.fullmatch(NINES) if len(known) else known["value"].astype(bool)
    others = known["value"].abs().where(~nines).groupby(known["series"]).transform("max")
    far = nines & (known["value"].abs() > CODE_FAR * others)
    hit = known[far]
    hit = hit[hit.groupby(["series", "value"])["value"].transform("size") >= CODE_REPEATS]
    found = [_code(cells, "far") for _, cells in hit.groupby(["series", "value"], sort=True)]
    return pd.concat(found, ignore_index=True) if found else rows.iloc[:0]


def _empty_periods(rows: pd.DataFrame) -> pd.DataFrame:
    """Find periods in which a whole series has no value although most of its Basiswerte are there."""
    based = rows["base_1"].notna() | rows["base_2"].notna() | rows["numerator"].notna()
    # what is hidden on purpose, or said not to be there, is no question
    asked = rows[rows["sign"].fillna("") == ""].assign(based=based, there=rows["value"].notna())
    periods = asked.groupby([*SERIES, "period"], sort=False)[["based", "there"]].mean()
    elsewhere = (periods["there"] > 0.5).groupby(SERIES).transform("mean")
    hit = periods[(periods["there"] == 0) & (periods["based"] > 0.5) & (elsewhere >= 0.5)]
    found = hit.reset_index().assign(level="city", area_id=CITY_ID, value=np.nan)
    return _rows(found, "data_empty", np.full(len(found), np.nan), [{} for _ in range(len(found))])


def _ratio(rows: pd.DataFrame) -> pd.DataFrame:
    """Find values that are not scale * numerator / denominator, beyond the rounding of all three."""
    usable = rows["value"].notna() & rows["scale"].notna() & rows["numerator"].notna() & (rows["denominator"] > 0)
    part = rows[usable]
    rate = part["scale"] * part["numerator"] / part["denominator"]
    # Printed numbers stand for an interval each; only what no point of the three intervals can explain is asked
    # about.
    half = {name: _half_unit(part, name) for name in ("value", "numerator", "denominator")}
    slope = part["scale"] / part["denominator"]
    # To first order in each rounding; the small surplus covers the second order and binary fractions.
    allowed = (
        half["value"] + half["numerator"] * slope + half["denominator"] * rate.abs() / part["denominator"]
    ) * 1.001 + 1e-9
    wrong = (part["value"] - rate).abs() > allowed
    formula = wrong & (wrong.groupby(part["series"]).transform("mean") > FORMULA_WRONG)
    number = wrong.groupby(part["series"]).transform("sum")
    # One question for the whole series, put at its newest cell, where it is read.
    newest = formula & ~part[formula].sort_values("period").duplicated(SERIES, keep="last").reindex(
        part.index, fill_value=True
    )
    hit = part[(wrong & ~formula) | newest]
    reason = np.where(newest[hit.index], "data_formula", "data_ratio")
    return _rows(hit, reason, rate[hit.index].to_numpy(), [{"cells": int(n)} for n in number[hit.index]])


def _half_unit(rows: pd.DataFrame, column: str) -> pd.Series:
    """Return half a unit of the last printed digit of each series and level; 0 for whole counts.

    By level, because rates summed to larger areas are not rounded, while the city's beside them are printed.
    """
    values = rows[column]
    digits = pd.Series(4.0, index=rows.index)
    for places in (3, 2, 1, 0):
        fits = (values - values.round(places)).abs() < 1e-7 * np.maximum(values.abs(), 1.0)
        digits = digits.where(fits.groupby(rows["series_and_level"]).transform("mean") < MOSTLY, float(places))
    # A count of persons printed without decimals is exact. A value without decimals is a rounded one.
    whole_count = (digits == 0) & (column != "value")
    return (0.5 * 10.0**-digits).where(~whole_count, 0.0)


def _impossible(rows: pd.DataFrame) -> pd.DataFrame:
    """Find shares outside 0 to 100 %."""
    share = (rows["kind"] == "proportion").fillna(False) & rows["value"].notna()
    # Shares may be printed as parts of 1 or of 100; without a scale they are taken as percent.
    whole = rows["scale"].fillna(100.0)
    hit = rows[share & ((rows["value"] < 0) | (rows["value"] > whole))]
    return _rows(hit, "data_impossible", np.full(len(hit), np.nan), [{} for _ in range(len(hit))])


def _negative(rows: pd.DataFrame) -> pd.DataFrame:
    """Find negative counts in series whose other counts are not negative: a balance may well be below zero."""
    counts = rows["counts_persons"].fillna(False).astype(bool)
    below = counts & ((rows["numerator"] < 0) | (rows["denominator"] < 0))
    # a series that is often below zero is a balance, not a count with faults
    rare = below.groupby(rows["series"]).transform("mean") < 0.01
    hit = rows[below & rare]
    return _rows(hit, "data_negative", np.full(len(hit), np.nan), [{} for _ in range(len(hit))])


def _parts(rows: pd.DataFrame) -> pd.DataFrame:
    """Find groups whose numerators do not sum to that of the whole.

    Where most areas of a period disagree it is one finding of that period, where most periods do, one of the
    series: the parts are then other parts, not wrong numbers.
    """
    found = []
    table = rows[rows["numerator"].notna()].set_index(CELL)["numerator"]
    for whole, partitions in WHOLES.items():
        for parts in partitions:
            names = [whole, *parts]
            part = table[table.index.get_level_values("group").isin(names)]
            wide = part.unstack("group")  # noqa: PD010 - keys are unique
            if not set(names) <= set(wide.columns):
                continue
            wide = wide.dropna(subset=names).reset_index()
            wide["sum"] = wide[list(parts)].sum(axis=1)
            off = (wide["sum"] - wide[whole]).abs()
            # the numerator of the whole is another count in ratios such as mean ages
            related = (off <= 0.2 * wide[whole].abs()).groupby(wide["indicator"]).transform("mean") > 0.5
            # Each number may be rounded by 0.05; a thousandth of the whole on top is no difference that anyone
            # would ask about.
            wide["off"] = off > 0.05 * len(names) + 0.001 * wide[whole].abs()
            wide["whole"] = wide[whole]
            found.append(_gathered(wide[related].assign(group=whole, parts=" + ".join(parts))))
    return pd.concat(found, ignore_index=True) if found else rows.iloc[:0]


def _gathered(cells: pd.DataFrame) -> pd.DataFrame:
    """Return disagreeing cells, gathered to periods and series where most of them disagree.

    Periods in which half of the whole is missing are another fault than those in which a few unknown persons are,
    so each sort is one finding, told by its worst period.
    """
    # 25 areas with the same fault are one fault of the table, and one question.
    by_period = cells.groupby(["indicator", "period"])["off"].transform("mean") > 0.5
    bad_period = by_period & cells["off"]
    own_gap = (cells["sum"] - cells["whole"]).abs() / cells["whole"].abs().where(cells["whole"] != 0)
    gap = own_gap.where(bad_period).groupby([cells["indicator"], cells["period"]]).transform("median")
    gap = gap.where(bad_period, own_gap)
    sort = np.where(bad_period, "period", "cell") + np.where(gap >= GROSS, " gross", " slight").astype(object)
    of_periods = cells.groupby("indicator")["period"].transform("nunique")
    city = cells["level"].map({"city": 0}).fillna(1)
    ordered = cells.assign(order=city, gap=gap, sort=sort, of_periods=of_periods)[cells["off"]]
    # a single number that is far off is a fault of its own
    alone = ordered["sort"] == "cell gross"
    parts = [_one_gap(hit, "cell") for _, hit in ordered[alone].groupby(CELL, sort=False)]
    for (_, kind), hit in ordered[~alone].groupby(["indicator", "sort"], sort=False):
        number = hit["period"].nunique()
        if kind == "cell slight":
            scope = "cells" if len(hit) > 1 else "cell"
        elif number > 0.5 * hit["of_periods"].iloc[0]:
            scope = "series"
        else:
            scope = "periods" if number > 1 else "period"
        parts.append(_one_gap(hit, scope))
    empty = _rows(cells.iloc[:0].assign(value=0.0), "data_parts", np.empty(0), [])
    return pd.concat(parts, ignore_index=True) if parts else empty


def _one_gap(cells: pd.DataFrame, scope: str) -> pd.DataFrame:
    """Return one finding for all these cells: a series is told by its newest period, all else by the worst gap."""
    worst = ["period"] if scope == "series" else ["gap", "period"]
    ways = [*[False] * len(worst), True]
    one = cells.sort_values([*worst, "order"], ascending=ways, kind="stable").iloc[:1]
    details = {
        "parts": str(one["parts"].item()),
        "sum": float(one["sum"].item()),
        "cells": len(cells),
        "scope": scope,
        "first": cells["period"].min(),
        "last": cells["period"].max(),
        "number": cells["period"].nunique(),
    }
    return _rows(one.assign(value=one["whole"]), "data_parts", one["sum"].to_numpy(), [details])


def _unallocated(rows: pd.DataFrame) -> pd.DataFrame:
    """Find periods in which the share of cases outside all districts jumps.

    A balance (births less deaths) has no such share: its parts cancel, so the whole may be near zero or below it.
    It is known by a numerator below zero anywhere in the series.
    """
    counted = rows[rows["numerator"].notna() & (rows["summable"].fillna(True).astype(bool))]
    # By the whole series and not by the row: a balance is above zero in most years.
    counted = counted[counted.groupby("series")["numerator"].transform("min") >= 0]
    keys = [*SERIES, "period"]
    areas = counted[counted["level"] == "district"].groupby(keys)["numerator"].agg(["sum", "size"])
    city = counted[counted["level"] == "city"].groupby(keys)["numerator"].first()
    table = areas.join(city.rename("city"), how="inner")
    # Only periods with all areas: a missing district would look like unallocated cases.
    table = table[(table["city"] > 0) & (table["size"] == table.groupby(SERIES)["size"].transform("max"))]
    if table.empty:
        return rows.iloc[:0]
    share = 1 - table["sum"] / table["city"]
    # Against the series' own usual share: an indicator may leave out two percent every year, and only a jump is
    # news.
    usual = share.groupby(SERIES).transform("median")
    spread = (share - usual).abs().groupby(SERIES).transform("median") * NORMAL_MAD
    enough = share.groupby(SERIES).transform("size") >= 5
    jump = enough & (usual.abs() < UNALLOCATED_MOST)
    jump &= (share - usual).abs() > np.maximum(UNALLOCATED_JUMP, 6 * spread)
    hit = table[jump].reset_index().assign(level="city", area_id=CITY_ID)
    details = [{"share": float(a), "usual": float(b)} for a, b in zip(share[jump], usual[jump], strict=True)]
    return _rows(hit.assign(value=hit["city"]), "data_unallocated", hit["sum"].to_numpy(), details)


def _rows(
    hit: pd.DataFrame,
    reason: str | npt.NDArray[np.str_],
    expected: npt.NDArray[np.float64],
    details: Sequence[Mapping[str, object]],
) -> pd.DataFrame:
    """Return the cells with their reason and details."""
    return pd.DataFrame(
        {
            **{name: hit[name].to_numpy() for name in CELL},
            "value": hit["value"].to_numpy(dtype="float64"),
            "expected": expected,
            "reason": reason,
            "details": pd.Series(list(details), dtype="object"),
        }
    )
