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
    "cli.data": Phrase(
        "Eigene Tabelle mit Indikatoren (CSV oder Excel). Mehrfach möglich.",
        "Your own table of indicators (CSV or Excel). May be given several times.",
    ),
    "cli.period": Phrase(
        "Zeitraum des Berichts, zum Beispiel 2024. Ohne Angabe der neueste.",
        "Period of the report, such as 2024. The newest by default.",
    ),
    "cli.lang": Phrase(
        "Sprache der Ergebnisse: de oder en.",
        "Language of the results: de or en.",
    ),
    "cli.areas": Phrase(
        "Datei mit eigenen Gebieten (GeoPackage, GeoJSON, Shapefile). Der Bericht gilt dann für sie.",
        "File with areas of your own (GeoPackage, GeoJSON, shapefile). The report is then about them.",
    ),
    "cli.id_column": Phrase(
        "Spalte dieser Datei, in der die Kennung der Gebiete steht.",
        "Column of that file that holds the ids of the areas.",
    ),
    "cli.name_column": Phrase(
        "Spalte dieser Datei, in der die Namen der Gebiete stehen.",
        "Column of that file that holds the names of the areas.",
    ),
    "cli.scheme": Phrase(
        "Eigene Regionentabelle (CSV mit region_id und district_id) statt der mitgelieferten.",
        "Region table of your own (CSV with region_id and district_id) instead of the shipped one.",
    ),
    "cli.threshold": Phrase(
        "Zahlen von Personen unter dieser Schwelle werden geheim gehalten; 0 zeigt alle.",
        "Counts of persons below this threshold are kept secret; 0 shows all.",
    ),
    "cli.map.help": Phrase(
        "Zeichnet eine Karte als PNG, PDF oder SVG.",
        "Draws one map as PNG, PDF or SVG.",
    ),
    "cli.map.indicator": Phrase("Name des Indikators, wie er in der Tabelle steht.", "Name of the indicator."),
    "cli.map.group": Phrase("Ausprägung, wenn es mehrere gibt.", "Group, where there are several."),
    "cli.map.out": Phrase("Datei der Karte; die Endung bestimmt das Format.", "File; its ending sets the format."),
    "cli.map.theme": Phrase(
        "Gestaltung: meeting, print, slide oder mono.", "Design: meeting, print, slide or mono."
    ),
    "cli.map.done": Phrase("Karte geschrieben: {path}", "Map written: {path}"),
    "cli.check.help": Phrase(
        "Sagt, was in Tabellen steht und was daran nicht stimmt.",
        "Says what is in tables and what is wrong with them.",
    ),
    "cli.check.files": Phrase("Tabellen (CSV oder Excel).", "Tables (CSV or Excel)."),
    "cli.check.json": Phrase("Ausgabe als JSON für andere Programme.", "Print JSON for other programs."),
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
