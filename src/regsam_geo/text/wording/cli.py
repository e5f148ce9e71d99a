"""Phrases of the command line."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "cli.about": Phrase(
        "Indikatoren, Hinweise und Karten für die 16 REGSAM-Regionen Münchens.",
        "Indicators, warnings and maps for the 16 REGSAM regions of Munich.",
    ),
    "cli.report.help": Phrase(
        "Schreibt das Material für eine Sitzung in einen Ordner: Hinweise, Karten, Regionentabelle und eine "
        "Übersichtsseite (index.html). Ohne --data werden die mitgelieferten Zahlen der Stadt München verwendet.",
        "Writes the material for a meeting into a folder: warnings, maps, region table and an overview page "
        "(index.html). Without --data the shipped figures of the City of Munich are used.",
    ),
    "cli.report.out": Phrase(
        "Ordner für die Ergebnisse; er wird angelegt, wenn es ihn nicht gibt.",
        "Folder for the results; it is created if it does not exist.",
    ),
    "cli.report.data": Phrase(
        "Eigene Tabelle mit Indikatoren (CSV oder Excel). Mehrfach möglich.",
        "Your own table of indicators (CSV or Excel). May be given several times.",
    ),
    "cli.report.period": Phrase(
        "Zeitraum des Berichts, zum Beispiel 2024. Ohne Angabe der neueste.",
        "Period of the report, such as 2024. The newest by default.",
    ),
    "cli.report.lang": Phrase(
        "Sprache der Ergebnisse: de oder en.",
        "Language of the results: de or en.",
    ),
    "cli.version": Phrase("Zeigt die Version und endet.", "Shows the version and ends."),
    "cli.error": Phrase("Fehler: {message}", "Error: {message}"),
    "cli.file_problem": Phrase(
        "{path}: Die Datei oder der Ordner lässt sich nicht lesen oder schreiben ({reason}).",
        "{path}: the file or folder cannot be read or written ({reason}).",
    ),
    "cli.interrupted": Phrase(
        "Abgebrochen. Alle schon geschriebenen Dateien sind vollständig.",
        "Interrupted. All files written so far are whole.",
    ),
    "cli.done": Phrase(
        "Fertig: {n} {n:Datei|Dateien}. Bitte öffnen: {path}", "Done: {n} {n:file|files}. Please open: {path}"
    ),
    "cli.reading": Phrase("Tabellen lesen und prüfen", "Reading and checking tables"),
}
