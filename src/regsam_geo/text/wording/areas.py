"""Phrases about areas, boundaries and the region scheme."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.level_unknown": Phrase(
        "Unbekannte Ebene „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown level “{found}”. Possible: {expected}.{hint}",
    ),
    "error.scheme_columns": Phrase(
        "Regionentabelle {file}: Es fehlt die Spalte {missing}; gefunden wurden: {found}. "
        "Nötig sind region_id und district_id.",
        "Region table {file}: column {missing} is missing; found: {found}. Needed are region_id and district_id.",
    ),
    "error.scheme_districts": Phrase(
        "Regionentabelle {file}: Jeder der 25 Stadtbezirke muss genau einmal vorkommen. "
        "Doppelt: {twice}. Nicht enthalten: {absent}. Unbekannt: {unknown}.",
        "Region table {file}: each of the 25 districts must appear exactly once. "
        "Twice: {twice}. Absent: {absent}. Unknown: {unknown}.",
    ),
    "error.area_unknown": Phrase(
        "Unbekanntes Gebiet „{found}“: erwartet wird eine Nummer oder ein Name der Ebene {expected}.{hint}",
        "Unknown area “{found}”: expected a number or a name of level {expected}.{hint}",
    ),
}
