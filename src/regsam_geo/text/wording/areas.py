"""Phrases about areas, boundaries and the region scheme."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.neighbors_type": Phrase(
        "Nachbarschaften: erwartet wird das Ergebnis von neighbors(), ein Graph oder W von libpysal oder ein "
        "Verzeichnis {{Gebiet: [Nachbarn]}}, gefunden: {found}.",
        "Neighbors: expected the result of neighbors(), a Graph or W of libpysal or a mapping "
        "{{area: [neighbors]}}, found: {found}.",
    ),
    "error.neighbor_unknown": Phrase(
        "Nachbarschaften: als Nachbar ist ein Gebiet genannt, das selbst nicht in der Tabelle steht: {found}.",
        "Neighbors: an area is named as a neighbor that has no row of its own: {found}.",
    ),
    "error.values_neighbors": Phrase(
        "Werte und Nachbarschaften gehören nicht zu denselben Gebieten. Ohne Wert: {without_value}. "
        "Ohne Nachbarschaft: {without_neighbors}. Werte werden über ihre Gebietsnummer zugeordnet.",
        "Values and neighbors do not belong to the same areas. Without value: {without_value}. "
        "Without neighbors: {without_neighbors}. Values are matched by area id.",
    ),
    "error.values_twice": Phrase(
        "Werte: {found} kommt als Gebiet mehrfach vor.",
        "Values: {found} stands more than once as an area.",
    ),
    "error.values_shape": Phrase(
        "Werte ohne Gebietsnummern müssen so viele Zeilen haben wie die Nachbarschaften: "
        "{expected} erwartet, {found} gefunden.",
        "Values without area ids need as many rows as there are areas: expected {expected}, found {found}.",
    ),
    "error.area_value_infinite": Phrase(
        "Werte: {found} ist unendlich; erwartet werden Zahlen oder fehlende Werte (NaN).",
        "Values: {found} is infinite; expected are numbers or missing values (NaN).",
    ),
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
