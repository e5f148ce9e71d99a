"""Phrases of the scatter and of two areas compared."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.scatter.title": Phrase("{first} und {second}", "{first} and {second}"),
    "label.scatter.subtitle": Phrase(
        "Jeder Punkt ist ein Gebiet ({areas}). Mit Namen: Gebiete, die weit von der Mitte aller liegen.",
        "Each point is an area ({areas}). With names: areas that lie far from the middle of all.",
    ),
    "label.scatter.city": Phrase("Stadt {value}", "city {value}"),
    "note.scatter": Phrase(
        "Steigen zwei Zahlen gemeinsam, ist die eine nicht die Ursache der anderen. Was für Gebiete gilt, gilt "
        "nicht für die einzelnen Menschen darin.",
        "When two figures rise together, one is not the cause of the other. What holds for areas does not hold "
        "for each person in them.",
    ),
    "note.scatter.missing": Phrase(
        "Ohne Punkt, weil ein Wert fehlt: {areas}.", "Without a point, as a value is missing: {areas}."
    ),
    "error.scatter_empty": Phrase(
        "Kein Gebiet hat Werte für beides: „{first}“ und „{second}“.",
        "No area has values of both “{first}” and “{second}”.",
    ),
    "error.two_indicators": Phrase(
        'Diese Ansicht zeigt genau zwei Indikatoren, zum Beispiel ["Arbeitslose", "Nichtdeutsche"]; gefunden: '
        "{found}.",
        'This view shows exactly two indicators, such as ["Arbeitslose", "Nichtdeutsche"]; found: {found}.',
    ),
}
