"""Phrases about classes, palettes, themes and styles."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.class.inner": Phrase("{low} bis unter {high}", "{low} to under {high}"),
    "label.class.last": Phrase("{low} bis {high}", "{low} to {high}"),
    "label.class.below": Phrase("unter {high}", "under {high}"),
    "label.class.above": Phrase("{low} und mehr", "{low} and more"),
    "label.class.all": Phrase("alle Werte", "all values"),
    "error.palette_unknown": Phrase(
        "Unbekannte Farbreihe „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown palette “{found}”. Possible: {expected}.{hint}",
    ),
    "error.theme_unknown": Phrase(
        "Unbekannte Gestaltung „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown theme “{found}”. Possible: {expected}.{hint}",
    ),
    "error.classes_number": Phrase(
        "{found} Klassen: Möglich sind 1 bis {most}.",
        "{found} classes: possible are 1 to {most}.",
    ),
    "error.classes_method": Phrase(
        "Unbekannte Klassenbildung „{found}“. Möglich sind: {expected}; "
        "oder eine Liste mit eigenen Klassengrenzen.{hint}",
        "Unknown way of making classes “{found}”. Possible: {expected}; or a list with your own limits.{hint}",
    ),
    "error.classes_center": Phrase(
        "Klassen um einen Bezugswert (diverging) brauchen diesen Wert: Geben Sie ihn mit center= an, "
        "zum Beispiel den Wert der Stadt München.",
        "Classes around a reference (diverging) need that value: give it with center=, "
        "such as the value of the city.",
    ),
    "error.classes_order": Phrase(
        "Die Klassengrenzen müssen aufsteigen und dürfen sich nicht wiederholen. Gefunden: {found}.",
        "The limits of the classes must ascend and may not repeat. Found: {found}.",
    ),
    "error.values_text": Phrase(
        "Für Klassen werden Zahlen gebraucht, gefunden wurde „{found}“.",
        "Classes need numbers, found “{found}”.",
    ),
    "error.values_infinite": Phrase(
        "{n} {n:Wert ist|Werte sind} unendlich groß. "
        "Zahlen müssen endlich sein; fehlende Werte bleiben leer (NaN).",
        "{n} {n:value is|values are} infinite. Numbers must be finite; missing values stay empty (NaN).",
    ),
    "error.style_unknown": Phrase(
        "Die Option „{found}“ gibt es nicht. Möglich sind: {expected}.{hint}",
        "There is no option “{found}”. Possible: {expected}.{hint}",
    ),
    "error.style_without": Phrase(
        "Die Option „{found}“ hat in dieser Ansicht keine Bedeutung. Möglich sind: {expected}.",
        "The option “{found}” means nothing in this view. Possible: {expected}.",
    ),
    "label.style.text": Phrase("einen Text", "a text"),
    "label.style.whole": Phrase("eine ganze Zahl", "a whole number"),
    "label.style.number": Phrase("eine Zahl", "a number"),
    "error.style_kind": Phrase(
        "{name}= nimmt {expected}; gefunden: {found}.", "{name}= takes {expected}; found: {found}."
    ),
    "error.figure_type": Phrase(
        "Gespeichert wird eine Seite, wie sie plot_map und die anderen Ansichten geben; gefunden: {found}.",
        "What is saved is a page as plot_map and the other views return it; found: {found}.",
    ),
    "error.style_type": Phrase(
        "style= nimmt ein Style-Objekt, zum Beispiel Style(theme='print'); gefunden: {found}.",
        "style= takes a Style object, such as Style(theme='print'); found: {found}.",
    ),
    "error.figure_format": Phrase(
        "Die Abbildung kann nicht als „{found}“ gespeichert werden. Möglich sind: {expected}.",
        "The figure cannot be saved as “{found}”. Possible: {expected}.",
    ),
}
