"""The figures as anyone reads them with a pocket calculator: no line of this file imports the library.

What is printed is compared with these; the catalogue's titles, units and digits are data and come from its file.
"""

from __future__ import annotations

import csv
import math
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

DATA = Path(__file__).parents[2] / "data"
CITY = ("city", "munich")
SPACE = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Row:
    """One cell of the table, as it stands in the file."""

    value: float
    over: float
    under: float


@dataclass(frozen=True)
class Entry:
    """One line of the catalogue."""

    title: dict
    unit: dict
    decimals: int
    scale: float
    proportion: bool
    comparable: bool
    order: int

    def short(self, lang):
        """The title without what stands in its last parentheses."""
        return re.sub(r"\s+\([^()]*\)$", "", self.title[lang])


def number(text):
    return float(text) if text else math.nan


def read_csv(path):
    with path.open(encoding="utf-8-sig") as stream:
        return list(csv.DictReader(stream))


def read_catalogue():
    return {
        (row["indicator"], row["group"]): Entry(
            {"de": row["title_de"], "en": row["title_en"]},
            {"de": row["unit"], "en": row["unit_en"]},
            int(row["decimals"]),
            float(row["scale"]),
            row["kind"] == "proportion",
            row["not_summable_because"] != "depends_on_area",
            order,
        )
        for order, row in enumerate(read_csv(DATA / "indicators" / "catalogue.csv"))
    }


def read_regions():
    """District -> region, and region -> its name, in the order of the file."""
    rows = read_csv(DATA / "boundaries" / "regsam_regions.csv")
    return {row["district_id"]: row["region_id"] for row in rows}, {
        row["region_id"]: row["region_name"] for row in rows
    }


def read_names():
    rows = read_csv(DATA / "boundaries" / "names.csv")
    return {row["area_id"]: row["name"] for row in rows if row["level"] == "district"}


def write(value, decimals, lang, *, sign=False):
    """Write a number as the statistics offices print it."""
    if value is None or math.isnan(value):
        return "–"
    rounded = Decimal(repr(float(value))).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    text = f"{abs(rounded):,}"
    if lang == "de":
        text = text.translate({ord(","): ".", ord("."): ","})
    return ("−" if rounded < 0 else "+" if sign and rounded > 0 else "") + text


def parse(text, lang):
    """Read a number as it is printed, and how many decimals it has."""
    group, point = (".", ",") if lang == "de" else (",", ".")
    found = re.fullmatch(
        rf"([−+-]?)(\d{{1,3}}(?:{re.escape(group)}\d{{3}})*|\d+)(?:{re.escape(point)}(\d+))?", text
    )
    assert found, text
    sign, whole, digits = found.groups()
    size = float(whole.replace(group, "") + "." + (digits or "0"))
    return (-size if sign in ("−", "-") else size), len(digits or "")


def parse_measure(text, unit, lang):
    """Read a number with its unit; the unit must be the wanted one."""
    bare, _, found = text.partition(SPACE)
    assert found == unit, (text, unit)
    return parse(bare, lang)


def is_printed(text, exact, decimals, lang, unit=""):
    """Whether a text is what a number looks like; halves may fall to either side of a computed number."""
    found, digits = parse_measure(text, unit, lang)
    return digits == decimals and abs(found - exact) <= 0.5 * 10**-decimals + 1e-9 * max(1.0, abs(exact))


@dataclass
class Plain:
    """A table of cells by (indicator, group, period, level, area)."""

    rows: dict
    catalogue: dict

    @classmethod
    def of_file(cls):
        rows = {
            (one["indicator"], one["group"], one["period"], one["level"], one["area_id"]): Row(
                number(one["value"]), number(one["base_1"]), number(one["base_2"])
            )
            for one in read_csv(DATA / "indicators" / "sample.csv")
        }
        return cls(rows, read_catalogue())

    @classmethod
    def of_records(cls, records, decimals=()):
        """A made table: the columns of a tidy frame, and digits other than those of the file."""
        rows = {
            (one["indicator"], one["group"], one["period"], one["level"], one["area_id"]): Row(
                one["value"], one["numerator"], one["denominator"]
            )
            for one in records
        }
        digits = dict(decimals)
        catalogue = {
            key: replace(entry, decimals=digits.get(key[0], entry.decimals))
            for key, entry in read_catalogue().items()
        }
        return cls(rows, catalogue)

    def value(self, key, period, level="district", area=None):
        row = self.rows.get((*key, period, *(CITY if area is None else (level, area))))
        return math.nan if row is None else row.value

    def exact(self, key, period, level="district", area=None):
        """The rate of the base values, where it rounds to the printed value; else what is printed."""
        row = self.rows.get((*key, period, *(CITY if area is None else (level, area))))
        if row is None or math.isnan(row.value):
            return math.nan
        entry = self.catalogue[key]
        if math.isnan(row.over) or not row.under > 0:
            return row.value
        rate = entry.scale * row.over / row.under
        return rate if abs(rate - row.value) <= 0.5 * 10**-entry.decimals * (1 + 1e-6) else row.value

    def areas(self, key, period, level="district"):
        return sorted(
            area
            for indicator, group, when, where, area in self.rows
            if (indicator, group) == key
            and when == period
            and where == level
            and not math.isnan(self.value(key, period, level, area))
        )

    def all_areas(self, key, period, level="district"):
        """The rate of all areas together."""
        cells = [self.rows[(*key, period, level, area)] for area in self.areas(key, period, level)]
        return self.catalogue[key].scale * sum(one.over for one in cells) / sum(one.under for one in cells)

    def sums(self, key, period, region_of):
        """Summed counts by region; a region with a gap has none."""
        sums = defaultdict(lambda: [0.0, 0.0])
        for district, region in region_of.items():
            row = self.rows.get((*key, period, "district", district), Row(math.nan, math.nan, math.nan))
            sums[region][0] += row.over
            sums[region][1] += row.under
        return dict(sums)

    def region_rates(self, key, period, region_of):
        scale = self.catalogue[key].scale
        return {
            region: scale * over / under for region, (over, under) in self.sums(key, period, region_of).items()
        }

    def periods(self, key):
        return sorted({when for indicator, group, when, _, _ in self.rows if (indicator, group) == key})


def rarity(p):
    """The rounded "1 of n": the largest of 1, 2, 5, 10, 20 ... that 1/p reaches, at most 10,000."""
    steps = [step * 10**power for power in range(5) for step in (1, 2, 5) if step * 10**power <= 10_000]
    return max(step for step in steps if step <= 1 / p * (1 + 1e-9))


def benjamini_hochberg(ps):
    """The q of each p: the smallest of m p / rank from here upwards."""
    order = sorted(range(len(ps)), key=lambda i: ps[i])
    q, least = [0.0] * len(ps), 1.0
    for rank in range(len(ps), 0, -1):
        i = order[rank - 1]
        least = min(least, ps[i] * len(ps) / rank)
        q[i] = least
    return q


def each(warnings):
    """The rows of a table of warnings, once for each area that a row names."""
    return [{**row, "area_id": area} for row in warnings.to_dict("records") for area in row["areas"].split(", ")]


def within(warnings, areas):
    """The rows of a table of warnings that name one of some areas."""
    return warnings[[not set(row.split(", ")).isdisjoint(areas) for row in warnings["areas"]]]


def places(row, names):
    """The areas of a row with their names, the one first that its figures are of."""
    areas = [row["area_id"], *(one for one in row["areas"].split(", ") if one != row["area_id"])]
    return ", ".join(f"{area} {names[area]}" for area in areas)
