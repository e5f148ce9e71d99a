"""Phrases about files from outside that are not read."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.file_large": Phrase(
        "{file} ist {found} MB groß; gelesen werden Dateien bis {expected} MB. Ist sie wirklich so groß gemeint, "
        "hebt die Umgebungsvariable {variable}=2 alle Grenzen auf das Doppelte.",
        "{file} is {found} MB large; files up to {expected} MB are read. If it is meant to be so large, the "
        "environment variable {variable}=2 doubles all limits.",
    ),
    "error.file_no_file": Phrase(
        "{file} ist keine Datei, sondern ein Gerät oder eine Leitung. Bitte den Inhalt als Datei speichern.",
        "{file} is no file but a device or a pipe. Please store its content as a file.",
    ),
    "error.file_unpacks": Phrase(
        "{file} ist gepackt und wüchse beim Entpacken auf ein Vielfaches dessen, was Tabellen und Karten brauchen "
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
        "{file} war nach {seconds} Sekunden noch nicht gelesen; so lange braucht keine Datei dieser Größe. Bitte "
        "neu speichern (.xlsx oder CSV); {variable}=2 lässt doppelt so lange Zeit.",
        "{file} was not read after {seconds} seconds; no file of its size takes that long. Please save it again "
        "(.xlsx or CSV); {variable}=2 gives twice the time.",
    ),
    "error.file_apart": Phrase(
        "{file} müsste zur Sicherheit in einem eigenen Prozess gelesen werden, und der ließ sich nicht starten "
        "({detail}). Bitte in Excel neu als .xlsx oder CSV speichern.",
        "To be safe {file} would have to be read in a process of its own, which could not be started ({detail}). "
        "Please save it again from Excel as .xlsx or CSV.",
    ),
    "error.file_memory": Phrase(
        "{file} passt nicht in den Speicher dieses Rechners. Bitte die Tabelle teilen oder andere Programme "
        "schließen.",
        "{file} does not fit into the memory of this computer. Please split the table or close other programs.",
    ),
    "error.table_huge": Phrase(
        "{file} hat mehr als {expected} Zellen. Bitte die Tabelle teilen; {variable}=2 hebt alle Grenzen auf das "
        "Doppelte.",
        "{file} has more than {expected} cells. Please split the table; {variable}=2 doubles all limits.",
    ),
    "error.line_long": Phrase(
        "{file} ist keine Texttabelle: Eine Zeile hat mehr als {expected} Zeichen.",
        "{file} is no text table: a line has more than {expected} letters.",
    ),
    "error.workbook_sheets": Phrase(
        "Die Excel-Datei {file} hat {found} Blätter; gelesen werden höchstens {expected}.",
        "The workbook {file} has {found} sheets; at most {expected} are read.",
    ),
}
