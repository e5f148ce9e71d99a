"""The social situation: classes of burden, directions, and how firm they are."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.situation.title": Phrase("Soziale Lage {period:in}", "Social situation {period}"),
    "label.situation.rank": Phrase("Rang (von–bis)", "Rank (from–to)"),
    "label.situation.area": Phrase("Gebiet", "Area"),
    "label.situation.burden": Phrase("Belastung", "Burden"),
    "label.situation.burden.low": Phrase("niedrig", "low"),
    "label.situation.burden.medium": Phrase("mittel", "medium"),
    "label.situation.burden.high": Phrase("hoch", "high"),
    "label.situation.burden.very_high": Phrase("sehr hoch", "very high"),
    "label.situation.history": Phrase("Belastung im Verlauf", "Burden over time"),
    "label.situation.letter.low": Phrase("N", "L"),
    "label.situation.letter.medium": Phrase("M", "M"),
    "label.situation.letter.high": Phrase("H", "H"),
    "label.situation.letter.very_high": Phrase("S", "V"),
    "note.situation_history": Phrase(
        "N niedrig, M mittel, H hoch, S sehr hoch; in Klammern: unsicher. Leer: nicht eingestuft.",
        "L low, M medium, H high, V very high; in brackets: soft. Empty: not classed.",
    ),
    "label.situation.direction": Phrase("Richtung", "Direction"),
    "label.situation.direction.falling": Phrase("günstiger als anderswo", "better than elsewhere"),
    "label.situation.direction.stable": Phrase("wie anderswo", "as elsewhere"),
    "label.situation.direction.rising": Phrase("ungünstiger als anderswo", "worse than elsewhere"),
    "label.situation.since": Phrase("so seit", "so since"),
    "label.situation.at_least": Phrase("mindestens {since}", "{since} or earlier"),
    "label.situation.firm": Phrase("Einstufung", "Class"),
    "label.situation.firm.share": Phrase("fest ({n} von 100)", "firm ({n} of 100)"),
    "label.situation.soft.share": Phrase("unsicher ({n} von 100)", "soft ({n} of 100)"),
    "label.situation.left_out.missing_value": Phrase(
        "nicht eingestuft: ein Wert fehlt", "not classed: a value is missing"
    ),
    "label.situation.left_out.few_people": Phrase(
        "nicht eingestuft: zu wenige Menschen", "not classed: too few people"
    ),
    "label.situation.left_out.named_invalid": Phrase("nicht eingestuft: ausgenommen", "not classed: left out"),
    "theme.burdened.high": Phrase(
        "{title}: in {n} von {of} Regionen mindestens 10 % über der Stadt ({regions}), seit {since:since}.",
        "{title}: at least 10 % above the city in {n} of {of} regions ({regions}), since {since}.",
    ),
    "theme.burdened.low": Phrase(
        "{title}: in {n} von {of} Regionen mindestens 10 % unter der Stadt ({regions}), seit {since:since}.",
        "{title}: at least 10 % below the city in {n} of {of} regions ({regions}), since {since}.",
    ),
    "theme.shares": Phrase(
        "Auf sie entfallen {cases} aller Fälle der Stadt; nach ihrer Größe wären es {people}.",
        "They have {cases} of all cases of the city; by their size it would be {people}.",
    ),
    "theme.trend.rising": Phrase("Seit zwei Jahren gestiegen.", "Risen in two years."),
    "theme.trend.steady": Phrase("Seit zwei Jahren kaum verändert.", "Hardly changed in two years."),
    "theme.trend.falling": Phrase("Seit zwei Jahren gefallen.", "Fallen in two years."),
    "theme.warned": Phrase(
        "{title}: fällt in {n} {n:Region|Regionen} zugleich auf ({regions}).",
        "{title}: stands out in {n} {n:region|regions} at once ({regions}).",
    ),
    "theme.warned_too": Phrase(
        "Dazu neu auffällig in {n} {n:Region|Regionen} ({regions}).",
        "Also noticed in {n} {n:region|regions} ({regions}).",
    ),
    "note.situation": Phrase(
        "Rang 1: höchste Belastung. In Klammern: welche Ränge bei anderer Gewichtung der Indikatoren und durch "
        "Zufall ebenso möglich sind. Einstufung: In so vielen von 100 Wiederholungen bliebe sie gleich. Ein "
        "Vergleich der Gebiete untereinander, kein Urteil über die Menschen, die dort wohnen. Aus: {indicators}.",
        "Rank 1: highest burden. In brackets: the ranks that other weights of the indicators and chance would "
        "allow as well. Class: in how many of 100 repetitions it would stay the same. A comparison of areas with "
        "each other, no verdict on the people who live there. From: {indicators}.",
    ),
}
