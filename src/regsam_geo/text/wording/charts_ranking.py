"""Phrases of the ranking."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.ranking.subtitle": Phrase(
        "{areas} {period}, nach der Höhe des Werts geordnet. Die Reihenfolge allein sagt wenig: Blass "
        "gezeichnete Gebiete unterscheiden sich nicht klar.",
        "{areas} {period}, in the order of their values. The order alone says little: areas drawn pale do not "
        "clearly differ.",
    ),
    "label.ranking.subtitle_alone": Phrase(
        "{areas} {period}, nach der Höhe des Werts geordnet.",
        "{areas} {period}, in the order of their values.",
    ),
    "label.ranking.subtitle_several": Phrase(
        "Alle Spalten in der Reihenfolge der ersten. Blass gezeichnete Gebiete unterscheiden sich nicht klar.",
        "All columns in the order of the first. Areas drawn pale do not clearly differ.",
    ),
    "label.ranking.subtitle_several_alone": Phrase(
        "Alle Spalten in der Reihenfolge der ersten.", "All columns in the order of the first."
    ),
    "label.ranking.title_several": Phrase("{areas} im Vergleich", "{areas} compared"),
    "label.ranking.city": Phrase("Stadt", "city"),
    "label.ranking.all": Phrase("alle zusammen", "all together"),
    "label.ranking.center": Phrase("{name} {value}", "{name} {value}"),
    "label.ranking.region": Phrase("Region", "Region"),
    "label.ranking.value": Phrase("Wert", "Value"),
    "label.ranking.rank": Phrase("Rang", "Rank"),
    "label.ranking.interval": Phrase("{rank} ({best}–{worst})", "{rank} ({best}–{worst})"),
    "label.ranking.between": Phrase(
        "… {count} Gebiete dazwischen sind nicht gezeichnet …",
        "… {count} areas between are not drawn …",
    ),
    "label.ranking.above": Phrase("klar darüber", "clearly above"),
    "label.ranking.below": Phrase("klar darunter", "clearly below"),
    "label.ranking.neither": Phrase("nicht klar verschieden", "not clearly different"),
    "label.ranking.dot": Phrase("Wert", "value"),
    "label.ranking.range": Phrase("Spanne (siehe unten)", "range (see below)"),
    "note.ranking.funnel": Phrase(
        "Spanne: Darin lägen 95 von 100 üblichen Gebieten dieser Größe; klar heißt: außerhalb davon. Das nennt "
        "keine Ursache.",
        "Range: 95 of 100 ordinary areas of this size would lie within; clearly means: outside it. This names no "
        "cause.",
    ),
    "label.ranking.span": Phrase("der letzten {count} Zeitpunkte", "of the last {count} periods"),
    "label.ranking.span_most": Phrase("von höchstens {count} Zeitpunkten", "of at most {count} periods"),
    "note.ranking.history": Phrase(
        "Spanne: die Werte {span}, denn ohne Fallzahlen ist kein Zufall zu berechnen; klar heißt: in allen auf "
        "derselben Seite der Stadt und außerhalb ihres heutigen Werts (ab {fewest} Zeitpunkten).",
        "Range: the values {span}, since chance cannot be computed without counts; clearly means: on the same "
        "side of the city in all of them, and apart from its present value (from {fewest} periods).",
    ),
    "note.ranking.short": Phrase(
        "Spanne: die Werte {span}. Ohne Fallzahlen und mit weniger als {fewest} Zeitpunkten ist nicht zu sagen, "
        "welche Gebiete sich klar unterscheiden.",
        "Range: the values {span}. Without counts and with fewer than {fewest} periods nobody can say which areas "
        "clearly differ.",
    ),
    "note.ranking.single": Phrase(
        "Ohne Spanne: Aus einem einzigen Zeitpunkt ohne Fallzahlen ist nicht zu sagen, wie fest die Reihenfolge "
        "ist.",
        "No range: a single period without counts cannot say how firm the order is.",
    ),
    "note.ranking.alone": Phrase(
        "Kein Vergleich mit der Stadt: Diese Zahl hängt davon ab, wie groß ein Gebiet ist. {range}",
        "Not compared with the city: this number depends on how large an area is. {range}",
    ),
    "note.ranking.counts": Phrase(
        "Anzahlen: Wo viele Menschen leben, sind es meist mehr. {range}",
        "Counts: where many people live there are mostly more. {range}",
    ),
    "note.ranking.range": Phrase("Spanne: die Werte {span}.", "Range: the values {span}."),
    "note.ranking.no_range": Phrase(
        "Ohne Spanne: Ein einziger Zeitpunkt sagt nicht, wie fest die Reihenfolge ist.",
        "No range: a single period cannot say how firm the order is.",
    ),
    "note.ranking.of": Phrase("{titles}: {note}", "{titles}: {note}"),
    "note.ranking.ranks_chance": Phrase(
        "Rang 1: höchster Wert. In Klammern: Ränge, die der Zufall der Fallzahlen zulässt (alle zusammen in 95 "
        "von 100 Fällen).",
        "Rank 1: highest value. In brackets: the ranks that chance in the counts allows (all together in 95 of "
        "100 cases).",
    ),
    "note.ranking.ranks_history": Phrase(
        "Rang 1: höchster Wert. In Klammern: bester und schlechtester Rang {span}.",
        "Rank 1: highest value. In brackets: the highest and the lowest rank {span}.",
    ),
    "note.ranking.ranks_single": Phrase("Rang 1: höchster Wert.", "Rank 1: highest value."),
    "label.ranking.no_range": Phrase("keine Spanne (siehe unten)", "no range (see below)"),
    "label.ranking.rank_alone": Phrase("{rank}", "{rank}"),
    "note.ranking.missing": Phrase(
        "Ohne Wert und darum ohne Rang: {areas}.",
        "Without a value and therefore without a rank: {areas}.",
    ),
    "note.ranking.missing_of": Phrase(
        "Ohne Wert und darum ohne Rang ({title}): {areas}.",
        "Without a value and therefore without a rank ({title}): {areas}.",
    ),
    "error.ranking_empty": Phrase(
        "„{found}“ hat {period} keine Werte, die geordnet werden könnten.",
        "“{found}” has no values in {period} that could be put in order.",
    ),
    "error.ranking_many": Phrase(
        "Für {found} Indikatoren nebeneinander ist kein Platz; höchstens {expected} sind lesbar.",
        "There is no room for {found} indicators side by side; at most {expected} can be read.",
    ),
    "error.ranking_none": Phrase("Die Liste der Indikatoren ist leer.", "The list of indicators is empty."),
}
