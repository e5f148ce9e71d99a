"""Space to be kept: areas ordered by need that is not met, now and as it is projected."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from regsam_geo.errors import InputError, OptionError
from regsam_geo.indicators import protect
from regsam_geo.indicators.panel import DEFAULT_GROUP, Panel
from regsam_geo.places.projecting import Projection, wide
from regsam_geo.places.supply import Supply
from regsam_geo.text import format_number, problem, say, tell

INDICATOR = "Fehlende Plätze"


@dataclass(frozen=True, eq=False)
class SpaceToKeep(Panel):
    """A panel of places that are missing, and the order that they give.

    Attributes
    ----------
    table
        Areas, those with most missing in the last period of the projection first: ``area_id``, ``name``, ``need``,
        ``within_reach`` (places), ``missing`` (now) and one column for each period.
    sentence
        That it is an ordering by stated assumptions and not a decision, with the assumptions.
    """

    table: pd.DataFrame
    sentence: str

    def _repr_html_(self) -> str:
        """Show the table with its sentence."""
        from html import escape

        return f"{self.table.to_html(index=False, escape=True)}<p>{escape(self.sentence)}</p>"


def space_to_keep(supply: Supply, projection: Projection, target: float | None = None) -> SpaceToKeep:
    """Order areas by the need that is not met now and under a projection: where space may have to be kept.

    Parameters
    ----------
    supply
        What ``supply`` gave.
    projection
        What ``project_need`` gave, of those who need the places, for the same areas.
    target
        Places per 100 of those in need; by default as many as the city has for each 100 now, so that what is
        missing in one area is too much in another.

    Returns
    -------
    SpaceToKeep
        A ``Panel`` of missing places by area and period, which ``plot_map`` draws; the ordered ``table`` and a
        ``sentence`` that says what was assumed. Below 0 nothing is missing. Areas whose need is hidden, or has no
        projection, have no value.

    Raises
    ------
    InputError
        If both are of other areas.
    OptionError
        If it is not what these verbs give, or the target is not above 0.

    Examples
    --------
    >>> import pandas as pd
    >>> import regsam_geo as rg
    >>> panel = rg.load_sample().sel("Arbeitslose - Anteil", level="district")
    >>> now = panel.sel(period=2024).data
    >>> people = now[["area_id", "denominator"]].rename(columns={"denominator": "value"}).assign(period=2030)
    >>> projected = rg.project_need(panel, rg.Assumptions(people))
    >>> places = pd.DataFrame({"x": [691000.0, 694000.0], "y": [5334500.0, 5331000.0], "plätze": [600, 900]})
    >>> need = now[["area_id", "numerator"]].rename(columns={"numerator": "value"})
    >>> need = need.assign(indicator="Arbeitslose", period=2024)
    >>> kept = rg.space_to_keep(rg.supply(places, need=need, capacity="plätze"), projected)
    >>> kept.table["area_id"].head(3).tolist()
    ['19', '11', '13']
    """
    for given, kind in ((supply, Supply), (projection, Projection)):
        if not isinstance(given, kind):
            raise problem(OptionError, "space_given", found=type(given).__name__, expected=kind.__name__)
    if target is not None and not 0 < target < np.inf:
        raise problem(OptionError, "space_target", found=target)
    # of what may be shown alone: missing places and the target would tell how many are in need
    shown = protect(supply).data
    figures = wide(shown, "area_id", "indicator", "value")
    need, reached = figures["Bedarf"], figures["Plätze in Reichweite je 100"]
    level = shown["level"].iloc[0]
    rows = projection.data[
        projection.data["indicator"].str.endswith(say("label.projection.cases", "de"))
        & (projection.data["group"] == DEFAULT_GROUP)
    ]
    if set(rows["level"]) != {level} or set(rows["area_id"]) != set(figures.index):
        raise problem(InputError, "space_areas", found=", ".join(sorted(set(rows["level"]))), expected=level)
    to_come = wide(rows, "area_id", "period", "value").reindex(figures.index)
    within = (reached * need / 100).where(need > 0, 0.0).where(need.notna())
    wished = float(target if target is not None else 100 * figures["Plätze"].sum() / need.sum())
    now = str(supply.periods[-1])
    missing = pd.DataFrame({now: wished / 100 * need - within})
    for period in to_come.columns:
        if period != now:
            missing[period] = wished / 100 * to_come[period] - within
    last = missing.columns[-1]
    order = missing.sort_values([last, now], ascending=False, kind="stable", na_position="last").index
    sentence = say(
        "label.space.sentence",
        target=format_number(wished, 1),
        wished=say("label.space.given" if target is not None else "label.space.mean"),
        period=last,
    )
    tell(sentence)
    table = pd.DataFrame(
        {"area_id": order, "need": need[order].to_numpy(), "within_reach": within[order].to_numpy()}
    )
    named = _names_of(level)
    if named is not None:
        table.insert(1, "name", named.reindex(order).to_numpy())
    for period in missing:
        table["missing" if period == now else period] = missing.loc[order, period].to_numpy()
    data = missing.reset_index().melt("area_id", var_name="period")
    data = data.assign(indicator=INDICATOR, group=DEFAULT_GROUP, level=level)
    data["sign"] = np.where(data["value"].isna(), "not_available", "")
    return SpaceToKeep(data, _catalogue(), table, sentence)


def _names_of(level: str) -> pd.Series | None:
    from regsam_geo.areas import area_names

    names = area_names()
    found = names[names["level"] == level].set_index("area_id")["name"]
    return found if len(found) else None


def _catalogue() -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                "indicator": INDICATOR,
                "group": DEFAULT_GROUP,
                **{f"title_{lang}": say("label.space.title", lang) for lang in ("de", "en")},
                "unit": say("label.supply.unit.capacity", "de"),
                "unit_en": say("label.supply.unit.capacity", "en"),
                "decimals": 0,
                "kind": "other",
                "counts_persons": False,
                "summable": True,
                "polarity": 1,
                "headline": True,
                # so that the map says it too
                "source": say("label.space.source", "de"),
            }
        ]
    )
