"""The GeoPackage of a meeting pack: one layer per indicator, with styles, so that QGIS opens it colored."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

import geopandas as gpd
import pandas as pd

from regsam_geo.files import file_stem
from regsam_geo.indicators import compare_rows
from regsam_geo.indicators.naming import Key
from regsam_geo.look.classes import DEFAULT_METHOD, Classes, classify
from regsam_geo.look.theme import get_theme
from regsam_geo.summary.facts.profile_facts import ProfileFacts
from regsam_geo.summary.words.profile_page import detail_of, missing_words
from regsam_geo.text import say
from regsam_geo.warning import each_area

NO_DATE = "1980-01-01T00:00:00.000Z"
"""Written in place of the time of writing, so that the same layers give the same bytes."""

_STYLES = """CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, f_table_catalog TEXT(256), f_table_schema TEXT(256),
    f_table_name TEXT(256), f_geometry_column TEXT(256), styleName TEXT(30), styleQML TEXT, styleSLD TEXT,
    useAsDefault BOOLEAN, description TEXT, owner TEXT(30), ui TEXT(30),
    update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')))"""


def write_geopackage(facts: ProfileFacts, path: Path) -> None:
    """Write districts and regions, one layer per indicator, with a style each; the same bytes each time."""
    # GDAL would append to a file that is there, and leave pages of the old one in it.
    path.unlink(missing_ok=True)
    styles = []
    for name, layer, style in _layers(facts):
        _write_layer(layer, path, name)
        styles.append((name, style))
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute(_STYLES)
        connection.executemany(
            "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name, f_geometry_column,"
            " styleName, styleQML, styleSLD, useAsDefault, description, owner, ui, update_time)"
            " VALUES ('', '', ?, 'geom', 'regsam_geo', ?, '', 1, 'regsam_geo', '', NULL, ?)",
            [(name, style, NO_DATE) for name, style in styles],
        )
        connection.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description, last_change)"
            " VALUES ('layer_styles', 'attributes', 'layer_styles', '', ?)",
            (NO_DATE,),
        )


def _write_layer(layer: gpd.GeoDataFrame, path: Path, name: str) -> None:
    """Append one layer; GDAL takes the date it writes from its options."""
    import pyogrio

    before = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": NO_DATE})
    try:
        # the version that QGIS of the last years reads without a word
        options = {} if path.exists() else {"dataset_options": {"VERSION": "1.2"}}
        layer.to_file(path, layer=name, driver="GPKG", engine="pyogrio", append=path.exists(), **options)
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": before})


def _layers(facts: ProfileFacts) -> Sequence[tuple[str, gpd.GeoDataFrame, str]]:
    """List name, features and style of each layer, the districts first."""
    lang = facts.study.language
    layers = []
    regional = facts.study.regional
    for level, areas, panel, compared in (
        (facts.level, facts.report.areas, facts.report.panel, facts.report.compared),
        ("region", facts.study.layer("region"), regional, compare_rows(regional)),
    ):
        compared = compared[(compared["period"] == facts.period) & (compared["level"] == level)]
        rows = panel.data[(panel.data["period"] == facts.period) & (panel.data["level"] == level)]
        for number, key in enumerate(facts.keys, start=1):
            mine = rows[(rows["indicator"] == key[0]) & (rows["group"] == key[1])].set_index("area_id")
            if mine.empty:
                continue
            beside = compared[(compared["indicator"] == key[0]) & (compared["group"] == key[1])]
            layer = _features(facts, key, level, areas, mine, beside.set_index("area_id"), lang)
            word = say(f"pack.layer.{level}", lang)
            name = f"{word}_{number:02d}_{file_stem(key[0], *([key[1]] if key[1] != 'insgesamt' else []))}"[:60]
            layers.append((name, layer, _style(layer, facts, key, lang)))
    return layers


def _features(
    facts: ProfileFacts,
    key: Key,
    level: str,
    areas: gpd.GeoDataFrame,
    mine: pd.DataFrame,
    beside: pd.DataFrame,
    lang: str,
) -> gpd.GeoDataFrame:
    """Join the values of one indicator to the areas."""
    naming = facts.study.namings[key]
    detail = detail_of(naming, lang)
    warned = each_area(facts.report.warnings)
    warned = warned[(warned["indicator"] == key[0]) & (warned["group"] == key[1]) & (warned["level"] == level)]
    warned = pd.DataFrame(warned).set_index("area_id")
    frame = mine.reindex(areas.index)
    other = beside.reindex(areas.index)
    columns: dict[str, Any] = {
        "area_id": areas.index.astype(str),
        "name": areas["name"].to_numpy(),
        **({"region_id": areas["region_id"].to_numpy()} if "region_id" in areas else {}),
        "indicator": f"{naming.short(lang)} ({detail})" if detail else naming.short(lang),
        "unit": naming.unit(lang),
        "period": facts.period,
        # districts as the office prints them; of regions the sums are ours, and keep their digits
        "value": frame["value"].round(naming.digits if level == facts.level else 10).to_numpy(),
        "missing": [missing_words(sign, lang) if isinstance(sign, str) else "" for sign in frame["sign"]],
        "numerator": frame["numerator"].to_numpy(),
        "denominator": frame["denominator"].to_numpy(),
        **{name: other[name].to_numpy() for name in ("city", "difference", "ratio", "rank")},
        "warning": [
            say(f"urgency.{word}", lang) if isinstance(word, str) else ""
            for word in warned["urgency"].reindex(areas.index)
        ],
        "sentence": [
            text if isinstance(text, str) else "" for text in warned[f"sentence_{lang}"].reindex(areas.index)
        ],
    }
    return gpd.GeoDataFrame(columns, geometry=areas.geometry.to_numpy(), crs=areas.crs)


def _style(layer: gpd.GeoDataFrame, facts: ProfileFacts, key: Key, lang: str) -> str:
    """Write the style of a layer: the classes and colors of the maps on paper, as rules of QGIS."""
    naming = facts.study.namings[key]
    look = get_theme("meeting")
    # The classes of the map on paper: QGIS and PDF of one pack show the same colors.
    grouped = classify(layer["value"].to_numpy(), DEFAULT_METHOD, 5, decimals=naming.digits)
    colors = grouped.colors(look.sequential)
    labels = grouped.labels(lang, naming.unit(lang))
    rules = [(_between(grouped, i), labels[i], colors[i]) for i in range(len(grouped) - 1, -1, -1)]
    # A rule of its own, as a value that is missing falls into no class and would be invisible.
    if layer["value"].isna().any():
        rules.append(('"value" IS NULL', say("sign.not_available", lang), look.missing))
    rule_lines = "".join(
        f'<rule key={quoteattr(f"{{rule-{i}}}")} filter={quoteattr(rule)} label={quoteattr(label)} symbol="{i}"/>'
        for i, (rule, label, _) in enumerate(rules)
    )
    symbols = "".join(_symbol(i, color, look.border) for i, (_, _, color) in enumerate(rules))
    return (
        "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>"
        '<qgis version="3.22.0" styleCategories="Symbology">'
        '<renderer-v2 type="RuleRenderer" symbollevels="0" enableorderby="0" forceraster="0">'
        f'<rules key="{{root}}">{rule_lines}</rules><symbols>{symbols}</symbols></renderer-v2>'
        "<blendMode>0</blendMode><featureBlendMode>0</featureBlendMode><layerOpacity>1</layerOpacity></qgis>"
    )


def _between(grouped: Classes, i: int) -> str:
    """Write which values belong to a class: from its lower limit to below the next, by the printed number."""
    value = f'round("value",{grouped.decimals})'
    parts = ['"value" IS NOT NULL']
    if i > 0:
        parts.append(f"{value} >= {grouped.breaks[i]:.{grouped.decimals}f}")
    if i < len(grouped) - 1:
        parts.append(f"{value} < {grouped.breaks[i + 1]:.{grouped.decimals}f}")
    return " AND ".join(parts)


def _symbol(number: int, fill: str, border: str) -> str:
    """Write a filled polygon, with its properties in the older and the newer spelling of QGIS."""
    properties = {
        "color": _rgba(fill),
        "outline_color": _rgba(border),
        "outline_style": "solid",
        "outline_width": "0.26",
        "outline_width_unit": "MM",
        "style": "solid",
    }
    older = "".join(f'<prop k="{name}" v="{value}"/>' for name, value in properties.items())
    newer = "".join(
        f'<Option name="{name}" type="QString" value="{value}"/>' for name, value in properties.items()
    )
    return (
        f'<symbol name="{number}" type="fill" alpha="1" clip_to_extent="1" force_rhr="0">'
        f'<layer class="SimpleFill" enabled="1" locked="0" pass="0"><Option type="Map">{newer}</Option>{older}'
        "</layer></symbol>"
    )


def _rgba(color: str) -> str:
    return ",".join(str(int(color[i : i + 2], 16)) for i in (1, 3, 5)) + ",255"
