"""The review file: planners note what became of each warning, and the next report knows it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from regsam_geo.areas import AreaId
from regsam_geo.areas.keys import refuse_contradictions, respell
from regsam_geo.errors import AreaError, InputError, OptionError
from regsam_geo.files import whole_file
from regsam_geo.text import join_words, problem, where_it_was_sought
from regsam_geo.warning.report.compare import UNIT
from regsam_geo.warning.report.rows_together import each_area

JUDGEMENTS = ("", "checked", "true", "false")
NOTED = ["judgement", "until", "note"]
COLUMNS = ["period", *UNIT, "area_name", "urgency", "kinds", *NOTED]
KEY = ["period", *UNIT]


def write_review_file(warnings: pd.DataFrame, path: str | Path) -> pd.DataFrame:
    """Write a CSV in which planners note their judgement; what stands there already is kept.

    Parameters
    ----------
    warnings
        What ``detect_warnings`` returned.
    path
        The file (``.csv``); an earlier one is completed, its notes stay. Missing folders are made.

    Returns
    -------
    DataFrame
        What the file holds: ``period``, ``indicator``, ``group``, ``level``, ``area_id``, ``area_name``,
        ``urgency``, ``kinds`` and, to be filled in, ``judgement`` (``checked``, ``true``, ``false``), ``until``
        (a period up to which nothing more needs to be done) and ``note``.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel(["Bevölkerungsdichte", "Innerräumliche Umzugsziffer"])
    >>> warnings = rg.detect_warnings(panel, period=2023)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     log = rg.write_review_file(warnings, f"{folder}/review.csv")
    >>> list(log.columns[-3:])
    ['judgement', 'until', 'note']
    """
    target = Path(path)
    if target.suffix.lower() != ".csv":
        raise problem(OptionError, "ending_unknown", found=target.name, expected="CSV (.csv)")
    # Each area has a row, as each has a life of its own: one may be judged while its neighbor stays open.
    fresh = each_area(warnings)[[name for name in COLUMNS if name not in NOTED]]
    fresh = fresh.assign(**dict.fromkeys(NOTED, ""))[COLUMNS].astype("str")
    log = read_review_file(target) if target.exists() else fresh.iloc[:0]
    # The period belongs to the key: the same area may warn again next year, and needs a judgement of its own.
    known = pd.MultiIndex.from_frame(log[KEY])
    # What stands there wins: a judgement must never be lost to a report that was written once more.
    log = pd.concat([log, fresh[~pd.MultiIndex.from_frame(fresh[KEY]).isin(known)]], ignore_index=True)
    log = log.sort_values(KEY, ignore_index=True)
    with whole_file(target) as temporary:
        # a semicolon and a byte order mark: a German Excel opens it with a double click
        log.to_csv(temporary, index=False, sep=";", encoding="utf-8-sig", lineterminator="\n")
    return log


def read_review_file(path: str | Path) -> pd.DataFrame:
    """Read a review file back, or say what is wrong with it.

    Parameters
    ----------
    path
        What ``write_review_file`` wrote and planners filled in.

    Returns
    -------
    DataFrame
        The columns that ``write_review_file`` describes, all of them text.

    Raises
    ------
    InputError
        If there is no such file, a column is missing, a judgement is unknown, or a spreadsheet has changed areas.

    Examples
    --------
    >>> import tempfile
    >>> import regsam_geo as rg
    >>> warnings = rg.detect_warnings(rg.load_sample().sel("Nichtdeutsche"), period=2023)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     written = rg.write_review_file(warnings, f"{folder}/review.csv")
    ...     read = rg.read_review_file(f"{folder}/review.csv")
    >>> read.equals(written)
    True
    """
    if not Path(path).is_file():
        raise problem(InputError, "file_missing", file=str(path), hint=where_it_was_sought(path))
    # All as text: area 01 must not come back as 1, and an empty cell not as NaN.
    log = pd.read_csv(path, sep=";", dtype="str", keep_default_na=False, encoding="utf-8-sig")
    missing = [name for name in COLUMNS if name not in log]
    if missing:
        raise problem(InputError, "review_columns", file=str(path), missing=join_words(missing))
    strange = ~log["judgement"].isin(JUDGEMENTS)
    if strange.any():
        row = int(strange.to_numpy().argmax())
        raise problem(
            InputError, "review_judgement", file=str(path), row=row + 2, found=log["judgement"].iloc[row],
            expected=join_words(JUDGEMENTS[1:]),
        )  # fmt: skip
    return log.assign(area_id=_area_ids(log, Path(path).name))[COLUMNS]


def _area_ids(log: pd.DataFrame, file: str) -> list[str]:
    """Return the ids in the spelling of the library: a spreadsheet makes 1 of 01, and a date of 4/12."""
    ids = []
    for row, (level, key) in enumerate(zip(log["level"], log["area_id"], strict=True), start=2):
        try:
            ids.append(respell([key], level)[key])
        except AreaError as error:
            raise problem(InputError, "review_area", file=file, row=row, detail=str(error)) from None
    areas = [AreaId(level, key) for level, key in zip(log["level"], ids, strict=True)]
    refuse_contradictions(areas, log["area_name"], where=file, ids="area_id", column="area_name")
    return ids


def predictive_value(log: pd.DataFrame) -> pd.DataFrame:
    """Return, per kind of reason, how many judged warnings were true.

    Parameters
    ----------
    log
        What ``read_review_file`` returned.

    Returns
    -------
    DataFrame
        Index: the kinds of the warnings; ``judged``, ``true``, and ``share`` with its 95 % interval (Wilson)
        ``low`` and ``high``. Kinds that nobody has judged are not listed.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> log = pd.DataFrame({"kinds": ["change"] * 10, "judgement": ["true"] * 8 + ["false"] * 2})
    >>> rg.predictive_value(log).round(2).loc["change"].tolist()
    [10.0, 8.0, 0.8, 0.49, 0.94]
    """
    judged = log[log["judgement"].isin(("true", "false"))]
    grouped = (judged["judgement"] == "true").groupby(judged["kinds"])
    table = pd.DataFrame({"judged": grouped.size(), "true": grouped.sum()}).astype("int64")
    n, share, z = table["judged"], table["true"] / table["judged"], 1.959964
    # Wilson and not the plain interval: with 8 of 8 true, the plain one would claim certainty
    middle = (share + z**2 / (2 * n)) / (1 + z**2 / n)
    half = z * ((share * (1 - share) + z**2 / (4 * n)) / n) ** 0.5 / (1 + z**2 / n)
    return table.assign(share=share, low=middle - half, high=middle + half)
