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
    "error.area_is_date": Phrase(
        "„{found}“ ist ein Datum: Ein Tabellenprogramm hat eine Gebietsnummer wie 4/12 oder 01.1 umgewandelt. "
        "Bitte die "
        "Spalte als Text einlesen.",
        "“{found}” is a date: a spreadsheet has converted an area number such as 4/12 or 01.1. Please import the "
        "column "
        "as text.",
    ),
    "error.area_wrong_level": Phrase(
        "„{found}“ ist ein Gebiet der Ebene {is_level}; erwartet wird {expected}.",
        "“{found}” is an area of level {is_level}; expected {expected}.",
    ),
    "error.area_ambiguous": Phrase(
        "„{found}“ kann mehreres bedeuten: {areas}. Bitte die Nummer oder die Ebene (level=) angeben.",
        "“{found}” can mean several areas: {areas}. Please state the number or the level (level=).",
    ),
    "error.area_name_differs": Phrase(
        "„{found}“: Nummer und Name passen nicht zusammen; {number} heißt {name}.",
        "“{found}”: number and name do not agree; {number} is called {name}.",
    ),
    "error.area_unknown": Phrase(
        "Unbekanntes Gebiet „{found}“: erwartet wird eine Nummer oder ein Name der Ebene {expected}.{hint}",
        "Unknown area “{found}”: expected a number or a name of level {expected}.{hint}",
    ),
}
