"""The catalogue of a table that was read: what the file says, what its numbers prove, what is known already."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from regsam_geo.indicators.catalogue import KEY
from regsam_geo.indicators.inference import prove_ratio
from regsam_geo.indicators.naming import group_name
from regsam_geo.resources import data_folder

Contents = dict[tuple[str, str], dict[str, Any]]

TOTAL_GROUPS = ("insgesamt", "gesamt")
_SHARE = re.compile(r"^Anteil\b.*\bin Prozent", re.S)
_QUOTIENT = re.compile(r"quotient|dichte|ziffer|rate\b", re.I)
_PER_SQUARE_KM = re.compile(r"km²|km2|Quadratkilometer", re.I)
MOST_PRINTED = 6
"""From so many digits on numbers were computed, not printed; maps and tables choose their digits themselves."""
VALUE_TITLE = "value_title"
"""The title of the column of values; it may say what the name of the indicator does not."""
_CASES = re.compile(
    r"fälle\b|fallzahl|anzahl|\bzahl der|personen|einwohner|bevölkerung\b|anträge|meldungen|kinder\b"
    r"|ratsuchende|klient|teilnehme|empfänger|besucher|plätze\b|haushalte\b|arbeitslose\b|straftaten|geburten\b|betroffene|\bcases\b|\bcount\b",
    re.I,
)
_NO_COUNT = re.compile(
    r"anteil|quote|rate\b|raten\b|dichte|quotient|ziffer|index|durchschnitt|mittel|median|alter\b|saldo|rang\b"
    r"|nummer|%|prozent|\bje\b|\bpro\b|€|euro|preis|einkommen|miete|fläche|veränderung|differenz|\bper\b|share",
    re.I,
)
ENOUGH_AREAS = 5
"""So many numbers do not add up to a total by chance."""
_PERSONS = re.compile(
    r"bevölkerung|einwohner|arbeitslos|berechtigt|beschäftigt|kinder|personen|haushalte|mütter|geborene|gestorbene"
    r"|zogen|deutsche|eingebürgert",
    re.I,
)


def infer_catalogue(
    rows: pd.DataFrame, about: pd.DataFrame, decimals: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the catalogue, and the rows with numerator and denominator where they are proved.

    Parameters
    ----------
    rows
        The rows read; ``numerator`` and ``denominator`` are kept where the file names them itself.
    about
        What the file says of each series; absent columns are not known.
    decimals
        The printed digits of each series.
    """
    # As plain dictionaries: a table of many small series would else spend its time on looking them up.
    contents: Contents = about.drop_duplicates(list(KEY)).set_index(list(KEY)).to_dict("index")
    printed = decimals.groupby(list(KEY))["decimals"].max().to_dict()
    # An indicator with a total leads with it; without one each of its groups may lead.
    totals = {key[0] for key in contents if key[1] in TOTAL_GROUPS}
    entries = []
    values = {
        name: rows[name].to_numpy(dtype=float, copy=True)
        for name in ("value", "numerator", "denominator", "base_1", "base_2")
    }
    numerator, denominator = values["numerator"], values["denominator"]
    for key, members in rows.groupby(list(KEY), sort=False).indices.items():
        part = {name: column[members] for name, column in values.items()}
        digits = int(printed[key])
        says = contents[key]
        # Where a table names its numerator, the Basiswerte are not asked: they may be something else.
        named = bool(np.isfinite(part["numerator"]).any())
        first, second = ("numerator", "denominator") if named else ("base_1", "base_2")
        proof = prove_ratio(part["value"], part[first], part[second], digits)
        # Only what the numbers prove becomes a numerator: the first Basiswert of a mean age is none.
        if proof.code == "proved" and not named:
            numerator[members], denominator[members] = part["base_1"], part["base_2"]
        entries.append(
            {
                "indicator": key[0],
                "group": key[1],
                **{
                    name: value
                    for name, value in says.items()
                    if isinstance(value, str) and value and name != VALUE_TITLE
                },
                # 0.3333333 is how a program writes a third, not how an office prints it
                "decimals": digits if digits < MOST_PRINTED else None,
                "scale": proof.scale,
                "proof": proof.code,
                **_reading(key, says, proof.scale, exceeds=proof.exceeds),
                # a count of cases can be summed; that few are few persons is assumed until somebody says no
                **(
                    _SUMMABLE
                    if proof.code == "no_bases" and _counts(key, says, part["value"], rows.iloc[members])
                    else {}
                ),
                # a percent sign behind every number says more than the numbers prove
                **{name: says[name] for name in ("unit", "unit_en") if isinstance(says.get(name), str)},
                "headline": key[1] in TOTAL_GROUPS or key[0] not in totals,
                "subgroup_of": _total_of(key, contents)
                if key[0] in totals and key[1] not in TOTAL_GROUPS
                else None,
            }
        )
    catalogue = _with_known(pd.DataFrame(entries))
    return catalogue, rows.assign(numerator=numerator, denominator=denominator)


_SUMMABLE: dict[str, object] = {"summable": True, "not_summable_because": None}


def _counts(
    key: tuple[str, str], says: Mapping[str, Any], values: npt.NDArray[np.float64], rows: pd.DataFrame
) -> bool:
    """Tell whether a series counts cases: whole numbers, and words or the city's total that say so."""
    known = values[np.isfinite(values)]
    if not len(known) or (known < 0).any() or (known % 1 != 0).any():
        return False
    # The numbers alone prove no count: a rounded mean age is a whole number, too.
    words = " ".join((*key, str(says.get(VALUE_TITLE, "") or "")))
    return not _NO_COUNT.search(words) and (bool(_CASES.search(words)) or _adds_up(rows))


def _adds_up(rows: pd.DataFrame) -> bool:
    """Tell whether in each period the areas of a level make together what the city has: a mean does not."""
    sums = rows.pivot_table(index="period", columns="level", values="value", aggfunc=["sum", "count"])
    if "city" not in sums["sum"]:
        return False
    proved = [
        ((sums["sum"][level] == sums["sum"]["city"]) & (sums["count"][level] >= ENOUGH_AREAS)).all()
        for level in sums["sum"]
        if level != "city"
    ]
    return bool(any(proved) and (sums["sum"]["city"] > 0).all())


def _total_of(key: tuple[str, str], contents: Contents) -> str:
    return next(group for group in TOTAL_GROUPS if (key[0], group) in contents)


def _reading(key: tuple[str, str], says: Mapping[str, Any], scale: float, *, exceeds: bool) -> dict[str, object]:
    """Return kind, unit, formula and what follows from them for one series."""
    indicator, group = key
    description = str(says.get("description", "") or "")
    names = " ".join(str(says.get(name, "") or "") for name in ("name_1", "name_2"))
    of_all = group in TOTAL_GROUPS
    titles = [indicator if of_all else f"{indicator} ({group_name(group, lang)})" for lang in ("de", "en")]
    # None and not False: nothing in the file says that no persons are counted.
    found: dict[str, object] = {"title_de": titles[0], "title_en": titles[1], "counts_persons": None}
    if re.search(_PERSONS, names):
        # households too: a household of two is two persons who can be recognized
        found["counts_persons"] = True
    # Without a proved ratio nobody knows what would have to be added up.
    if np.isnan(scale):
        return {
            **found,
            "kind": "other",
            "unit": "",
            "unit_en": "",
            "summable": False,
            "not_summable_because": "no_ratio",
        }
    # a part of a whole: the file must say so, and no number may speak against it
    share = scale == 100 and not exceeds and not _QUOTIENT.search(indicator)
    if description:
        share = share and bool(_SHARE.match(description))
    kind = "proportion" if share else "ratio"
    if scale == 100:
        unit, unit_en = ("%", "%") if share else ("je 100", "per 100")
    elif scale == 1:
        unit, unit_en = ("je km²", "per km²") if _PER_SQUARE_KM.search(names) else ("", "")
    else:
        grouped = f"{int(scale):,}"
        unit, unit_en = f"je {grouped.replace(',', '.')}", f"per {grouped}"
    formula = "{1} / {2}" if scale == 1 else f"{int(scale)} × {{1}} / {{2}}"
    return {**found, "kind": kind, "unit": unit, "unit_en": unit_en, "formula": formula, "summable": True}


@lru_cache(maxsize=1)
def _known_catalogue() -> pd.DataFrame:
    return pd.read_csv(data_folder() / "indicators" / "catalogue.csv").set_index(list(KEY))


def _with_known(catalogue: pd.DataFrame) -> pd.DataFrame:
    """Fill in what is known of a shipped indicator, where Basiswerte and scale are the same."""
    known = _known_catalogue()
    catalogue = catalogue.astype("object")
    for position, key in enumerate(zip(catalogue["indicator"], catalogue["group"], strict=True)):
        if key not in known.index:
            continue
        entry = known.loc[key]
        of_file = catalogue.iloc[position]
        # Same name, other formula: an indicator may keep its name while what it counts changes, and an old title
        # must not describe new figures.
        same = all(of_file.get(name) == entry[name] for name in ("name_1", "name_2", "scale"))
        if not same:
            continue
        for name, value in entry.items():
            # These three belong to the file at hand.
            if pd.notna(value) and name not in ("edition", "source", "decimals"):
                catalogue.loc[catalogue.index[position], name] = value
    return catalogue
