"""Phrases of places on maps."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "error.places_columns": Phrase(
        'columns= sagt, was in welcher Spalte steht, zum Beispiel columns={{"category": "Art", "name": '
        '"Einrichtung"}}; gefunden: {found}.',
        'columns= says which column holds what, such as columns={{"category": "kind", "name": "title"}}; found: '
        "{found}.",
    ),
    "label.places.title": Phrase("Orte", "Places"),
    "label.places.subtitle": Phrase("{n} {n:Ort|Orte}", "{n} {n:place|places}"),
    "label.places.count": Phrase("Orte", "Places"),
    "label.places.unnamed": Phrase("ohne Angabe", "not said"),
    "label.places.others": Phrase("weitere ({n} Arten)", "others ({n} kinds)"),
    "note.places.outside": Phrase(
        "{n} {n:Ort liegt|Orte liegen} außerhalb der Karte.", "{n} {n:place lies|places lie} outside the map."
    ),
    "error.places_none": Phrase(
        "Kein Ort liegt in den Gebieten der Karte (gelesen: {n}).",
        "No place lies in the areas of the map (read: {n}).",
    ),
    "error.places_too_many": Phrase(
        "{n} Orte sind zu viele für eine Karte, auf der jeder zu sehen ist; möglich sind {most}. Zählen lassen "
        "sie sich mit count_cases.",
        "{n} places are too many for a map that shows each of them; {most} are possible. count_cases counts them.",
    ),
    "error.places_column": Phrase(
        "Orte: Es gibt keine Spalte „{found}“. Vorhanden: {expected}.{hint}",
        "Places: there is no column “{found}”. Present: {expected}.{hint}",
    ),
    "explore.places": Phrase("Orte", "Places"),
    "explore.places_here": Phrase("Orte in diesem Gebiet", "Places in this area"),
    "explore.no_places": Phrase("Keine der gezeigten Arten.", "None of the kinds shown."),
    "explore.places_choose": Phrase("Arten von Orten zeigen", "Kinds of places to show"),
}
