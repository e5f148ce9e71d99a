"""Phrases of maps with symbols and of two indicators."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.symbols.title": Phrase("{title}: Anzahl", "{title}: number"),
    "label.symbols.title_behind": Phrase("{title}: die Anzahl dahinter", "{title}: the number behind it"),
    "label.symbols.counted": Phrase("{name}", "counted: “{name}”"),
    "label.symbols.key": Phrase("Anzahl", "Number"),
    "label.symbols.area": Phrase(
        "Die Fläche eines Kreises entspricht der Zahl: doppelte Fläche, doppelt so viele.",
        "The area of a circle stands for the number: twice the area, twice as many.",
    ),
    "label.symbols.none": Phrase(
        "Ohne Kreis: {n} {n:Gebiet|Gebiete} mit der Zahl 0",
        "Without a circle: {n} {n:area|areas} with the number 0",
    ),
    "label.bivariate.method": Phrase(
        "Je drei Klassen mit möglichst gleich vielen Gebieten. Die Zahl im Feld: so viele Gebiete. Eine Ursache "
        "nennt die Karte nicht.",
        "Three classes of each, with as equal numbers of areas as possible. The number in a field: so many areas. "
        "The map names no cause.",
    ),
    "error.bivariate_empty": Phrase(
        "„{found}“ hat {period} keine Werte, die gezeigt werden könnten.",
        "“{found}” has no values in {period} that could be shown.",
    ),
    "error.symbols_counts": Phrase(
        "Kreise zeigen Anzahlen, und zu „{found}“ stehen keine in der Tabelle. Anteile und Raten zeigt plot_map.",
        "Circles show counts, and the table holds none for “{found}”. Shares and rates are shown by plot_map.",
    ),
    "error.symbols_negative": Phrase(
        "Die Fläche eines Kreises kann keine negative Zahl zeigen; gefunden: {found}. Das kann plot_map.",
        "The area of a circle cannot show a negative number; found: {found}. plot_map can.",
    ),
}
