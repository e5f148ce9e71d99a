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
    "note.scatter.apart": Phrase(
        "Kein Vergleich mit der Stadt, weil die Zahl davon abhängt, wie groß ein Gebiet ist: {titles}.",
        "Not compared with the city, as the number depends on how large an area is: {titles}.",
    ),
    "note.scatter.missing": Phrase(
        "Ohne Punkt, weil ein Wert fehlt: {areas}.", "Without a point, as a value is missing: {areas}."
    ),
    "label.comparison.region": Phrase("Region {region}", "Region {region}"),
    "label.comparison.title_city": Phrase("{first} und die Stadt", "{first} and the city"),
    "label.comparison.subtitle": Phrase(
        "Oben steht, worin sich beide am stärksten unterscheiden, gemessen daran, wie verschieden alle "
        "Gebiete sind.",
        "On top stands where both differ most, measured by how much all areas differ.",
    ),
    "label.comparison.subtitle_city": Phrase(
        "Oben steht, was am weitesten von der Stadt entfernt ist, gemessen daran, wie verschieden alle "
        "Gebiete sind.",
        "On top stands what lies farthest from the city, measured by how much all areas differ.",
    ),
    "label.comparison.other": Phrase("jedes Gebiet", "each area"),
    "label.comparison.city": Phrase("Stadt", "city"),
    "label.comparison.city_short": Phrase("Stadt", "City"),
    "label.comparison.low": Phrase("niedrig", "low"),
    "label.comparison.high": Phrase("hoch", "high"),
    "note.comparison.apart": Phrase(
        "Am Ende und ohne die Stadt, weil die Zahl davon abhängt, wie groß ein Gebiet ist: {titles}.",
        "At the end and without the city, as the number depends on how large an area is: {titles}.",
    ),
    "note.comparison.missing": Phrase("Ein Wert fehlt bei: {titles}.", "A value is missing for: {titles}."),
    "note.comparison.left": Phrase(
        "{n} {n:weiterer Indikator, der sich|weitere Indikatoren, die sich} weniger {n:unterscheidet, steht|"
        "unterscheiden, stehen} nicht auf der Seite.",
        "{n} more {n:indicator that differs|indicators that differ} less {n:is|are} not on the page.",
    ),
    "error.comparison_two": Phrase(
        'Verglichen werden zwei Gebiete, zum Beispiel ["14", "13"], oder eines mit seiner Region; gefunden: '
        "{found}.",
        'Two areas are compared, such as ["14", "13"], or one with its region; found: {found}.',
    ),
    "error.comparison_same": Phrase("Beide Male dasselbe Gebiet: {found}.", "The same area twice: {found}."),
    "error.comparison_empty": Phrase(
        "Zu {found} gibt es keine Werte, die gezeigt werden könnten.",
        "There are no values of {found} that could be shown.",
    ),
    "error.scatter_empty": Phrase(
        "Kein Gebiet hat Werte für beides: „{first}“ und „{second}“.",
        "No area has values of both “{first}” and “{second}”.",
    ),
    "error.two_same": Phrase(
        "Beide Male dasselbe: {found}. Diese Ansicht zeigt zwei, die verschieden sind.{hint}",
        "Twice the same: {found}. This view shows two that differ.{hint}",
    ),
    "hint.two_groups": Phrase(
        ' Zwei Ausprägungen werden so genannt: [{{"what": "{name}", "group": "{one}"}}, '
        '{{"what": "{name}", "group": "{other}"}}].',
        ' Two groups are named like this: [{{"what": "{name}", "group": "{one}"}}, '
        '{{"what": "{name}", "group": "{other}"}}].',
    ),
    "error.two_indicators": Phrase(
        'Diese Ansicht zeigt genau zwei Indikatoren, zum Beispiel ["Arbeitslose", "Nichtdeutsche"]; gefunden: '
        "{found}.",
        'This view shows exactly two indicators, such as ["Arbeitslose", "Nichtdeutsche"]; found: {found}.',
    ),
}
