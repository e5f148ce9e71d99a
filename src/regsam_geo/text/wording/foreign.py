"""Phrases about files from outside that are not read."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.file_large": Phrase(
        "{file} ist {found} MB groß; gelesen werden Dateien bis {expected} MB. Ist sie wirklich so groß "
        "gemeint, "
        "hebt die Umgebungsvariable {variable}=2 alle Grenzen auf das Doppelte.",
        "{file} is {found} MB large; files up to {expected} MB are read. If it is meant to be so large, the "
        "environment variable {variable}=2 doubles all limits.",
    ),
    "error.file_no_file": Phrase(
        "{file} ist keine Datei, sondern ein Gerät oder eine Leitung. Bitte den Inhalt als Datei speichern.",
        "{file} is no file but a device or a pipe. Please store its content as a file.",
    ),
    "error.file_unpacks": Phrase(
        "{file} ist gepackt und wüchse beim Entpacken auf ein Vielfaches dessen, was Tabellen und Karten "
        "brauchen "
        "(höchstens {expected} MB). Bitte in einem anderen Programm prüfen und neu speichern; {variable}=2 "
        "hebt alle Grenzen auf das Doppelte.",
        "{file} is packed and would unpack to many times of what tables and maps need (at most {expected} MB). "
        "Please check it in another program and save it again; {variable}=2 doubles all limits.",
    ),
    "error.file_entries": Phrase(
        "{file} ist ein Archiv mit {found} Dateien; gelesen werden solche mit höchstens {expected}.",
        "{file} is an archive of {found} files; those with at most {expected} are read.",
    ),
    "error.file_damaged": Phrase(
        "{file} ist beschädigt oder verschlüsselt ({detail}). Bitte neu herunterladen oder neu speichern.",
        "{file} is damaged or encrypted ({detail}). Please download or save it again.",
    ),
    "error.file_slow": Phrase(
        "{file} war nach {seconds} Sekunden noch nicht gelesen; so lange braucht keine Datei dieser Größe. "
        "Bitte "
        "neu speichern (.xlsx oder CSV); {variable}=2 lässt doppelt so lange Zeit.",
        "{file} was not read after {seconds} seconds; no file of its size takes that long. Please save it again "
        "(.xlsx or CSV); {variable}=2 gives twice the time.",
    ),
    "error.file_apart": Phrase(
        "{file} müsste zur Sicherheit in einem eigenen Prozess gelesen werden, und der ließ sich nicht starten "
        "({detail}). Bitte in Excel neu als .xlsx oder CSV speichern.",
        "To be safe {file} would have to be read in a process of its own, which could not be started "
        "({detail}). "
        "Please save it again from Excel as .xlsx or CSV.",
    ),
    "error.file_memory": Phrase(
        "{file} passt nicht in den Speicher dieses Rechners. Bitte die Tabelle teilen oder andere Programme "
        "schließen.",
        "{file} does not fit into the memory of this computer. Please split the table or close other programs.",
    ),
    "error.table_huge": Phrase(
        "{file} hat mehr als {expected} Zellen. Bitte die Tabelle teilen; {variable}=2 hebt alle Grenzen auf "
        "das "
        "Doppelte.",
        "{file} has more than {expected} cells. Please split the table; {variable}=2 doubles all limits.",
    ),
    "error.line_long": Phrase(
        "{file} ist keine Texttabelle: Eine Zeile hat mehr als {expected} Zeichen.",
        "{file} is no text table: a line has more than {expected} letters.",
    ),
    "error.file_ended": Phrase(
        "{file} ließ sich nicht lesen: Der Prozess, der sie zur Sicherheit allein las, endete vorzeitig. Die "
        "Datei ist "
        "beschädigt oder brauchte mehr Speicher als vorgesehen. Bitte neu speichern.",
        "{file} could not be read: the process that read it alone, to be safe, ended early. The file is "
        "damaged or "
        "needed more memory than is allowed. Please save it again.",
    ),
    "error.layer_kind": Phrase(
        "{file} ist keine Karte, die hier gelesen wird (erkannt am Inhalt: {found}). Erwartet wird GeoPackage, "
        "GeoJSON, Shapefile (auch als .zip), FlatGeobuf oder KML. In QGIS: Exportieren, Objekte speichern als, "
        "GeoPackage.",
        "{file} is no map layer that is read here (recognized by its content: {found}). Expected GeoPackage, "
        "GeoJSON, "
        "shapefile (as .zip too), FlatGeobuf or KML. In QGIS: Export, Save Features As, GeoPackage.",
    ),
    "error.layer_in_use": Phrase(
        "{file} ist in einem anderen Programm geöffnet, etwa in QGIS, und noch nicht vollständig gespeichert. "
        "Bitte dort "
        "schließen und noch einmal starten.",
        "{file} is open in another program, such as QGIS, and not yet stored as a whole. Please close it "
        "there and run "
        "this again.",
    ),
    "error.layer_query": Phrase(
        "{file}: „{found}“ ist keine gespeicherte Tabelle, sondern eine Abfrage, und fremde Abfragen werden "
        "nicht "
        "ausgeführt. In QGIS: Exportieren, Objekte speichern als, GeoPackage.",
        "{file}: “{found}” is no stored table but a query, and foreign queries are not run. In QGIS: Export, "
        "Save "
        "Features As, GeoPackage.",
    ),
    "error.layer_arcs": Phrase(
        "{file} enthält Kreisbögen; gelesen werden Polygone aus Geraden. In QGIS: Verarbeitungswerkzeuge, "
        "Segmentieren.",
        "{file} holds arcs; polygons of straight lines are read. In QGIS: Processing Toolbox, Segmentize.",
    ),
    "error.layer_grids": Phrase(
        "{file} nennt ein Koordinatensystem, das weitere Dateien läse. Bitte in QGIS als EPSG:25832 speichern "
        "oder "
        "crs= angeben und die Angabe in der Datei entfernen.",
        "{file} names a coordinate system that would read other files. Please save it in QGIS as EPSG:25832.",
    ),
    "error.layer_areas": Phrase(
        "{file} hat {found} Gebiete; gelesen werden Karten mit höchstens {expected}. {variable}=2 hebt alle "
        "Grenzen auf "
        "das Doppelte.",
        "{file} has {found} areas; layers with at most {expected} are read. {variable}=2 doubles all limits.",
    ),
    "error.layer_rings": Phrase(
        "{file} hat mehr als {expected} Ringe (Flächen und Löcher), zu viele für Gebiete einer Stadt. Bitte "
        "in QGIS "
        "vereinfachen; {variable}=2 hebt alle Grenzen auf das Doppelte.",
        "{file} has more than {expected} rings (polygons and holes), too many for areas of a city. Please "
        "simplify it "
        "in QGIS; {variable}=2 doubles all limits.",
    ),
    "error.layer_points": Phrase(
        "{file} hat mehr als {expected} Punkte, zu viele für Gebiete einer Stadt. Bitte in QGIS vereinfachen; "
        "{variable}=2 hebt alle Grenzen auf das Doppelte.",
        "{file} has more than {expected} points, too many for areas of a city. Please simplify it in QGIS; "
        "{variable}=2 doubles all limits.",
    ),
    "error.layer_cells": Phrase(
        "{file} hat in seinen Spalten {found} Angaben; gelesen werden höchstens {expected}. Bitte Spalten "
        "löschen, die "
        "nicht gebraucht werden; {variable}=2 hebt alle Grenzen auf das Doppelte.",
        "{file} has {found} entries in its columns; at most {expected} are read. Please delete columns that "
        "are not "
        "needed; {variable}=2 doubles all limits.",
    ),
    "error.layer_tangled": Phrase(
        "{file}: Die Linien der Gebiete überkreuzen sich so oft, dass sich nicht prüfen lässt, wo sie liegen. "
        "Bitte in "
        "QGIS mit „Geometrien reparieren“ bereinigen; {variable}=2 hebt alle Grenzen auf das Doppelte.",
        "{file}: the lines of its areas cross each other so often that it cannot be checked where they lie. "
        "Please "
        "clean it in QGIS with “Fix geometries”; {variable}=2 doubles all limits.",
    ),
    "error.parquet_nested": Phrase(
        "Die Parquet-Datei {file} hat Spalten in Spalten; gelesen werden Tabellen mit einfachen Spalten. "
        "Bitte als CSV "
        "speichern.",
        "The Parquet file {file} has columns within columns; tables of plain columns are read. Please save it "
        "as CSV.",
    ),
    "error.parquet_rows": Phrase(
        "{file} gibt {found} Zeilen an; für eine Datei dieser Größe sind {expected} glaubhaft. Bitte neu "
        "speichern; "
        "{variable}=2 hebt alle Grenzen auf das Doppelte.",
        "{file} states {found} rows; for a file of its size {expected} can be believed. Please save it again; "
        "{variable}=2 doubles all limits.",
    ),
    "error.workbook_sheets": Phrase(
        "Die Excel-Datei {file} hat {found} Blätter; gelesen werden höchstens {expected}.",
        "The workbook {file} has {found} sheets; at most {expected} are read.",
    ),
}
