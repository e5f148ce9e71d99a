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
        "Eigene Tabelle mit Indikatoren (CSV oder Excel). Mehrfach möglich; --columns gilt für die davor.",
        "Your own table of indicators (CSV or Excel). May be given several times; --columns is about those "
        "before.",
    ),
    "cli.columns": Phrase(
        "Für eine eigene Tabelle: welche Spalte was enthält, zum Beispiel "
        "area=Bezirk,period=Jahr,value=Wert; möglich sind auch indicator, group, numerator und denominator.",
        "For a table of your own: which column holds what, such as area=District,period=Year,value=Value; "
        "indicator, group, numerator and denominator are possible too.",
    ),
    "cli.indicator": Phrase(
        "Name des Indikators, wenn ihn keine Spalte der eigenen Tabelle nennt.",
        "Name of the indicator where no column of your own table holds it.",
    ),
    "cli.level": Phrase(
        "Ebene der Gebiete einer eigenen Tabelle, wenn die Schreibweise sie offenlässt: district, subdistrict, "
        "quarter, region oder own.",
        "Level of the areas of your own table where the spelling leaves it open: district, subdistrict, quarter, "
        "region or own.",
    ),
    "cli.area": Phrase(
        "Gebiet, für das alle Zahlen gelten, zum Beispiel „Stadt München“.",
        "Area that all figures are about, such as “Stadt München”.",
    ),
    "cli.sheet": Phrase(
        "Blatt der Excel-Datei; kann mehrmals stehen.", "Sheet of the workbook; may be given several times."
    ),
    "cli.header_row": Phrase(
        "Zeile mit den Überschriften, wenn etwas darüber steht.", "Row of the titles where something precedes it."
    ),
    "cli.cells": Phrase(
        "Zellen, die gelesen werden, wenn ein Blatt mehrere Tabellen enthält.",
        "Cells that are read where a sheet holds several tables.",
    ),
    "cli.decimal": Phrase(
        "Dezimalzeichen, wenn die Zellen es offenlassen: Komma oder Punkt.",
        "Decimal mark where the cells leave it open: a comma or a point.",
    ),
    "cli.signs": Phrase(
        "Was ein Zeichen an der Stelle einer Zahl bedeutet, zum Beispiel k.A.=not_available.",
        "What a sign in the place of a number means, such as k.A.=not_available.",
    ),
    "cli.missing_codes": Phrase(
        "Zahl, die für einen fehlenden Wert steht, zum Beispiel 88. Mehrfach möglich.",
        "Number that stands for a missing value, such as 88. May be given several times.",
    ),
    "cli.editions": Phrase(
        "Wenn zwei Dateien dieselben Zeilen enthalten: refuse (ablehnen) oder newest (die später genannte gilt).",
        "Where two files hold the same rows: refuse, or newest (the file named later counts).",
    ),
    "cli.recalculated": Phrase(
        "Zahlen aus der Zeit vor 1996 gelten für die heutigen 25 Stadtbezirke.",
        "Figures from before 1996 refer to today's 25 districts.",
    ),
    "cli.table_period": Phrase(
        "Zeitraum aller Zeilen, wenn ihn keine Spalte der eigenen Tabelle nennt.",
        "Period of all rows where no column of your own table holds it.",
    ),
    "cli.without_data": Phrase(
        "gilt für eine eigene Tabelle; bitte --data DATEI dazu angeben.",
        "is about a table of your own; please add --data FILE.",
    ),
    "cli.form.columns": Phrase(
        "„{found}“ sagt nicht, welche Spalte was enthält. Erwartet wird zum Beispiel "
        '"area=Bezirk,period=Jahr,value=Wert".',
        "“{found}” does not say which column holds what. Expected, for example, "
        '"area=District,period=Year,value=Value".',
    ),
    "cli.form.signs": Phrase(
        '„{found}“ sagt nicht, was das Zeichen bedeutet. Erwartet wird zum Beispiel "k.A.=not_available".',
        '“{found}” does not say what the sign means. Expected, for example, "k.A.=not_available".',
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
    "cli.division": Phrase(
        "Eigene Einteilung statt der 16 REGSAM-Regionen: eine Liste (CSV, Excel) mit Gebiet und Gruppe, oder "
        "Polygone der Gruppen.",
        "Division of your own instead of the 16 REGSAM regions: a list (CSV, Excel) of area and group, or "
        "polygons of the groups.",
    ),
    "cli.division_name": Phrase(
        "Wie Überschriften die eigene Einteilung nennen, zum Beispiel „Handlungsräume“.",
        "What headings call your division, such as “planning regions”.",
    ),
    "cli.threshold": Phrase(
        "Zahlen von Personen unter dieser Schwelle werden geheim gehalten; 0 zeigt alle.",
        "Counts of persons below this threshold are kept secret; 0 shows all.",
    ),
    "cli.zeros": Phrase(
        "„hide“ hält auch die Fallzahl null geheim.",
        "“hide” keeps counts of zero secret too.",
    ),
    "cli.sums": Phrase(
        "Eigene Gebiete, die sich summieren: Name des Ganzen, „=“, seine Teile mit Semikolon dazwischen. Mehrfach "
        "möglich.",
        "Areas of your own that add up: the whole, “=”, its parts with semicolons between. May be repeated.",
    ),
    "cli.groups": Phrase(
        "Ausprägungen, die sich zu einer anderen summieren: Indikator, „:“, die ganze, „=“, ihre Teile mit "
        "Semikolon dazwischen. Mehrfach möglich.",
        "Groups that make up another one: indicator, “:”, the whole group, “=”, its parts with semicolons "
        "between. May be repeated.",
    ),
    "cli.counts": Phrase(
        "Ob ein Indikator Personen zählt: „Kitas=no“ zeigt auch kleine Zahlen. Mehrfach möglich.",
        "Whether an indicator counts persons: “Kitas=no” shows small numbers too. May be repeated.",
    ),
    "cli.form.counts": Phrase(
        "„{found}“: erwartet wird ein Indikator und ja oder nein, zum Beispiel Kitas=no.",
        "“{found}”: expected an indicator and yes or no, such as Kitas=no.",
    ),
    "cli.previous": Phrase(
        "Was früher weitergegeben wurde: der Ordner des Berichts, seine Liste der geheim gehaltenen Zellen, oder "
        "die Tabelle, wie sie weitergegeben wurde. Mehrfach möglich.",
        "What was handed out before: the folder of the report, its list of suppressed cells, or the table as it "
        "was handed out. May be repeated.",
    ),
    "cli.form.sums": Phrase(
        "„{found}“: erwartet wird das Ganze, „=“ und seine Teile, zum Beispiel Süd=17;18;19.",
        "“{found}”: expected the whole, “=” and its parts, such as South=17;18;19.",
    ),
    "cli.form.groups": Phrase(
        "„{found}“: erwartet werden Indikator, „:“, die ganze Ausprägung, „=“ und ihre Teile, zum Beispiel "
        "Arbeitslose:insgesamt=männlich;weiblich.",
        "“{found}”: expected indicator, “:”, the whole group, “=” and its parts, such as "
        "Unemployed:total=male;female.",
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
    "cli.audit.help": Phrase(
        "Fertige Dateien prüfen: Verraten sie kleine Fallzahlen? Ende mit 0: bestanden, 3: nicht bestanden, 4: "
        "nicht entschieden.",
        "Audit finished files: do they give small counts away? Exit code 0: passed, 3: not passed, 4: undecided.",
    ),
    "cli.audit.folders": Phrase(
        "Ordner oder Dateien, die ein Leser nebeneinanderlegen kann, auch frühere Ausgaben.",
        "Folders or files that a reader may lay side by side, earlier editions too.",
    ),
    "cli.audit.seconds": Phrase(
        "So lange darf die Prüfung dauern; was dann nicht entschieden ist, gilt als nicht bestanden.",
        "How long the audit may take; what is undecided then has not passed.",
    ),
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
    "cli.report.region": Phrase(
        "Sitzungsmaterial für eine Region, zum Beispiel 17/18, oder für alle 16 und die Stadt: all.",
        "Meeting material for one region, such as 17/18, or for all 16 and the city: all.",
    ),
    "cli.report.date": Phrase(
        "Datum der Ausgabe, wie es auf dem Profil stehen soll (mit --region).",
        "Date of issue as it is to stand on the profile (with --region).",
    ),
    "cli.report.region_areas": Phrase(
        "--region gilt für die REGSAM-Regionen und lässt sich nicht mit --areas verbinden.",
        "--region is about the REGSAM regions and cannot be combined with --areas.",
    ),
    "cli.report.kept": Phrase(
        "{n} {n:Datei stand|Dateien standen} schon da und {n:blieb|blieben} unverändert.",
        "{n} {n:file was|files were} there already and stayed as {n:it was|they were}.",
    ),
    "cli.report.pack_done": Phrase(
        "Fertig: {n} {n:Datei|Dateien} in {path}", "Done: {n} {n:file|files} in {path}"
    ),
}
