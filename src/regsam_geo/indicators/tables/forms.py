"""The forms that tables come in, each recognized by its header: a new form is one entry in ``FORMS``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from regsam_geo.areas.ids import fold
from regsam_geo.errors import InputError
from regsam_geo.indicators.tables.raw import RawTable
from regsam_geo.text import did_you_mean, problem, shorten

BASES = tuple(f"base_{i}" for i in range(1, 6))
NAMES = tuple(f"name_{i}" for i in range(1, 6))


@dataclass(frozen=True)
class Form:
    """One layout of a table.

    Attributes
    ----------
    name
        How reports call it; the phrase is ``label.form.<name>``.
    needed, optional
        What a column means, and how its title reads when folded to letters and digits.
    mixes_decimals
        Files of this form are known to carry both decimal marks, and never group thousands.
    decimal
        The decimal mark, where the form fixes it.
    """

    name: str
    needed: Mapping[str, str]
    optional: Mapping[str, str] = field(default_factory=dict)
    mixes_decimals: bool = False
    decimal: str | None = None

    def match(self, header: Sequence[str]) -> dict[str, str] | None:
        """Return which column stands for what, or ``None`` if one that is needed is missing."""
        # Folded, because Excel, R and the office write the same title with dot, blank or underscore.
        by_fold = {fold(title): title for title in header}
        if any(title not in by_fold for title in self.needed.values()):
            return None
        wished = {**self.needed, **self.optional}
        return {meaning: by_fold[title] for meaning, title in wished.items() if title in by_fold}

    def missing(self, header: Sequence[str]) -> list[str]:
        """Return the titles of the needed columns that the header lacks."""
        present = {fold(title) for title in header}
        return [title for title in self.needed.values() if title not in present]


_BASIS = {
    **{base: f"basiswert{base[-1]}" for base in BASES},
    **{name: f"namebasiswert{name[-1]}" for name in NAMES},
}

FORMS: tuple[Form, ...] = (
    Form(
        "atlas_2025",  # the CSV since 2025 and the Excel export: "Basiswert.1" and "Basiswert 1" fold alike
        {
            "indicator": "indikator",
            "group": "ausprägung",
            "period": "jahr",
            "area": "raumbezug",
            "value": "indikatorwert",
        },
        _BASIS,
        mixes_decimals=True,
    ),
    Form(
        "atlas_2014",
        {
            "indicator": "indikatorbezeichnung",
            "group": "indikatorauspraegung",
            "period": "jahr",
            "area": "name",
            # Needed, too: in this edition number and name of an area are held against each other.
            "area_number": "nummer",
            "value": "indikatorwert",
        },
        {"theme": "indikatorgruppe", "division": "gliederung", **_BASIS},
        mixes_decimals=True,
    ),
    Form(
        "panel",  # what write_indicators writes
        {
            "indicator": "indicator",
            "group": "group",
            "period": "period",
            "level": "level",
            "area_id": "areaid",
            "value": "value",
        },
        {"numerator": "numerator", "denominator": "denominator", "sign": "sign"}
        | {base: f"base{base[-1]}" for base in BASES},
        decimal=".",
    ),
)


def recognise(table: RawTable) -> tuple[Form, dict[str, str]] | None:
    """Return the form of a table and which column stands for what; ``None`` if it has none of the forms.

    Raises
    ------
    InputError
        If the header fits two forms at once, or a title of the form stands above several columns.
    """
    titles = (*table.header, *table.twice)
    # All forms are tried: a header that fits two would be read as whichever comes first.
    found = [(form, columns) for form in FORMS if (columns := form.match(titles)) is not None]
    if len(found) > 1:
        raise problem(
            InputError, "forms_mixed", file=table.location, forms=", ".join(form.name for form, _ in found)
        )
    # Which of two columns Indikatorwert is meant nobody can know; other titles may return without harm.
    if found and (twice := sorted(set(table.twice) & set(found[0][1].values()))):
        raise problem(InputError, "column_twice", file=table.file, columns=shorten(twice))
    return found[0] if found else None


def nearest_form(tables: Iterable[RawTable]) -> tuple[int, Form, RawTable] | None:
    """Return how many columns the form lacks that comes nearest, the form, and its table."""
    nearest: tuple[int, Form, RawTable] | None = None
    for table in tables:
        for form in FORMS:
            lacking = len(form.missing(table.header))
            # one title in common, such as "Jahr", makes no form of a table of the user's own
            if lacking < len(form.needed) - 1 and (nearest is None or lacking < nearest[0]):
                nearest = lacking, form, table
    return nearest


def unrecognised(tables: Sequence[RawTable], classes: str = "") -> InputError:
    """Build the error that says which form came nearest and what it lacks."""
    nearest = nearest_form(tables)
    if nearest is None:
        table = max(tables, key=lambda each: len(each.header))
        return problem(
            InputError,
            "form_unknown",
            file=table.location,
            found=shorten(table.header, 12),
            columns=_suggested(table.header),
            classes=classes,
        )
    _, form, table = nearest
    lacks = form.missing(table.header)
    # One title short and one column without: the title was lost, not the column.
    if len(lacks) == 1 and table.untitled:
        return problem(InputError, "column_untitled", file=table.file, sheet=table.sheet, column=table.untitled[0])
    # Only titles that stand for nothing else can be the one that is missing.
    hint = did_you_mean(lacks[0], [title for title in table.header if fold(title) not in form.needed.values()])
    return problem(
        InputError,
        "column_missing",
        file=table.location,
        column=shorten([TITLES.get(lack, lack) for lack in lacks]),
        found=shorten(table.header, 18),
        hint=hint,
    )


_USUAL = {
    "area": ("bezirk", "stadtteil", "gebiet", "region", "raumbezug", "viertel", "area", "district"),
    "period": ("jahr", "zeitraum", "quartal", "monat", "year", "period"),
    "indicator": ("indikator", "merkmal", "indicator"),
    "value": ("wert", "anteil", "anzahl", "value"),
}


def _suggested(header: Sequence[str]) -> str:
    """Write the columns as they probably are, for the user to correct; what cannot be guessed stays open."""
    left, parts = list(header), []
    for meaning, words in _USUAL.items():
        # In the order of likelihood: "Stadtbezirk" names an area more surely than "Region".
        hit = next((title for word in words for title in left if word in fold(title)), None)
        if hit is None and meaning == "value" and len(left) == 1:
            hit = left[0]
        if hit is not None:
            left.remove(hit)
        if hit is not None or meaning != "indicator":
            parts.append(f'"{meaning}": ' + (f'"{hit}"' if hit is not None else "..."))
    return "{" + ", ".join(parts) + "}"


TITLES = {
    "indikator": "Indikator",
    "ausprägung": "Ausprägung",
    "jahr": "Jahr",
    "raumbezug": "Raumbezug",
    "indikatorwert": "Indikatorwert",
    "indikatorbezeichnung": "INDIKATOR_BEZEICHNUNG",
    "indikatorauspraegung": "INDIKATOR_AUSPRAEGUNG",
    "name": "NAME",
    "nummer": "NUMMER",
    "areaid": "area_id",
}
"""Folded titles as the forms print them."""
