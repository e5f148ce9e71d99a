"""Phrases about reading and writing tables."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.frame_type": Phrase(
        "Erwartet wird eine Datei oder eine Tabelle; gefunden: {found}.",
        "Expected a file or a table; found: {found}.",
    ),
    # the file
    "error.no_files": Phrase("Es wurde keine Datei angegeben.", "No file was given."),
    "error.file_missing": Phrase(
        "Die Datei {file} gibt es nicht.{hint}",
        "There is no file {file}.{hint}",
    ),
    "error.file_is_folder": Phrase(
        "{file} ist ein Ordner; erwartet wird eine Tabelle (CSV, Excel, JSON oder Parquet).",
        "{file} is a folder; expected a table (CSV, Excel, JSON or Parquet).",
    ),
    "error.file_unreadable": Phrase(
        "Die Datei {file} lässt sich nicht öffnen ({detail}).", "The file {file} cannot be opened ({detail})."
    ),
    "error.file_empty": Phrase("Die Datei {file} enthält keine Tabelle.", "The file {file} holds no table."),
    "error.file_kind": Phrase(
        "{file} ist keine Tabelle, die hier gelesen wird (erkannt: {found}). Erwartet wird CSV, Excel, "
        "HTML, JSON oder Parquet.",
        "{file} is no table that is read here (recognized: {found}). Expected CSV, Excel, HTML, JSON or Parquet.",
    ),
    "error.file_zip": Phrase(
        "{file} ist ein gepackter Ordner (enthält: {found}), keine Tabelle. Bitte zuerst entpacken.",
        "{file} is a zip archive (holding: {found}), no table. Please unpack it first.",
    ),
    "error.file_binary": Phrase(
        "{file}, Zeile {row}: Hier stehen Zeichen, die in keiner Texttabelle vorkommen. Die Datei ist beschädigt "
        "oder "
        "keine CSV-Datei.",
        "{file}, row {row}: there are characters that no text table has. The file is damaged or no CSV.",
    ),
    "error.encoding_broken": Phrase(
        "{file}, Zeile {row}: Die Zeichenkodierung ist beschädigt oder gemischt; Umlaute würden falsch gelesen. "
        "Bitte "
        "neu herunterladen oder als „CSV UTF-8“ speichern.",
        "{file}, row {row}: the character encoding is damaged or mixed; umlauts would be misread. Please "
        "download it "
        "again or save it as “CSV UTF-8”.",
    ),
    "error.csv_broken": Phrase(
        "{file}, Zeile {row}: Die Anführungszeichen oder Trennzeichen sind beschädigt ({detail}).",
        "{file}, row {row}: quotes or delimiters are damaged ({detail}).",
    ),
    "error.workbook_broken": Phrase(
        "Die Excel-Datei {file} ist beschädigt oder verschlüsselt ({detail}).",
        "The workbook {file} is damaged or encrypted ({detail}).",
    ),
    "error.workbook_huge": Phrase(
        "Die Excel-Datei {file} spannt sich über so viele Zellen, dass sie nicht gelesen wird. Bitte leere "
        "Zeilen und "
        "Spalten jenseits der Tabelle löschen.",
        "The workbook {file} spans so many cells that it is not read. Please delete empty rows and columns "
        "beyond the "
        "table.",
    ),
    "error.too_many_columns": Phrase(
        "{file} hat {found} Spalten; gelesen werden Tabellen mit höchstens {expected}.",
        "{file} has {found} columns; tables with at most {expected} are read.",
    ),
    "error.column_untitled": Phrase(
        "{file} {sheet}: Spalte {column} hat keine Überschrift, aber Einträge.",
        "{file} {sheet}: column {column} has no title but entries.",
    ),
    "error.column_twice": Phrase(
        "{file}: Die Überschrift {columns} steht über mehreren Spalten.",
        "{file}: the title {columns} stands above several columns.",
    ),
    "error.row_width": Phrase(
        "{file}, Zeile {row}: {found} {found:Spalte|Spalten} statt {expected}. Häufig fehlt ein "
        "Anführungszeichen oder "
        "es wurden zwei Dateien aneinandergehängt.",
        "{file}, row {row}: {found} {found:column|columns} instead of {expected}. Often a quote is missing, or "
        "two "
        "files were joined.",
    ),
    # the form
    "error.forms_mixed": Phrase(
        "{file}: Die Überschriften passen zu mehreren Formen zugleich ({forms}).",
        "{file}: the header fits several forms at once ({forms}).",
    ),
    "error.form_unknown": Phrase(
        "{file}: Die Form der Tabelle ist unbekannt.{classes} Gefundene Spalten: {found}. Eigene "
        "Tabellen brauchen "
        "die Angabe, welche Spalte was enthält, zum Beispiel columns={columns}, und den Namen des "
        "Indikators, wenn "
        'keine Spalte ihn nennt: indicator="...".',
        "{file}: the form of the table is unknown.{classes} Columns found: {found}. For a table of your own say "
        "which column holds what, for example columns={columns}, and the name of the indicator where no column "
        'holds it: indicator="...".',
    ),
    "error.readings_several": Phrase(
        "{file} (Spalten: {found}) lässt sich verschieden lesen. Bitte eine Angabe wählen: {calls}. Ein "
        "anderer Name: "
        'indicator="...".{missing}',
        "{file} (columns: {found}) can be read in different ways. Please choose one: {calls}. Another name: "
        'indicator="...".{missing}',
    ),
    "error.reading_open": Phrase(
        "{file} (Spalten: {found}) sagt nicht alles, was zum Lesen nötig ist.{missing} So wird die "
        "Tabelle gelesen: "
        "{calls}",
        "{file} (columns: {found}) does not say all that is needed to read it.{missing} The table is "
        "read by {calls}",
    ),
    "hint.period_open": Phrase(
        ' Der Zeitraum steht nicht darin; bitte einsetzen, zum Beispiel period="2024".',
        ' The period is not in it; please fill it in, such as period="2024".',
    ),
    "hint.city_alone": Phrase(
        ' Keine Spalte nennt Gebiete: Gelten die Zahlen für die ganze Stadt, gehört area="Stadt München" dazu.',
        ' No column names areas: where the figures are about the whole city, area="Stadt München" says so.',
    ),
    "hint.two_groupings": Phrase(
        " Zwei Spalten teilen die Zeilen eines Gebiets auf; bitte prüfen, welche den Indikator und "
        "welche die Gruppe "
        "nennt.",
        " Two columns split the rows of an area; please check which names the indicator and which the group.",
    ),
    "hint.classes": Phrase(
        " Die Spalte {column} enthält Klassen, keine Zahlen; gelesen werden Zahlen.",
        " Column {column} holds classes, not numbers; numbers are read.",
    ),
    "hint.columns_end": Phrase(" Gemeint sein können: {columns}.", " Perhaps meant: {columns}."),
    "error.json_broken": Phrase(
        "{file} ist keine Liste von Datensätzen in JSON, oder es steht anderes darin.",
        "{file} is no list of records in JSON, or holds other things.",
    ),
    "error.json_no_records": Phrase(
        "{file} enthält keine Liste von Datensätzen (etwa eine Kartenebene; diese liest read_boundaries).",
        "{file} holds no list of records (perhaps a layer; read_boundaries reads these).",
    ),
    "error.json_nested": Phrase(
        "{file}, Datensatz {row}: Ein Feld enthält selbst eine Liste; gelesen werden flache Datensätze.",
        "{file}, record {row}: a field holds a list itself; flat records are read.",
    ),
    "error.column_missing": Phrase(
        "{file}: Es fehlt die Spalte {column}. Gefunden: {found}.{hint}",
        "{file}: column {column} is missing. Found: {found}.{hint}",
    ),
    "error.no_rows": Phrase(
        "{file}: Unter den Überschriften steht keine Zeile.", "{file}: there is no row beneath the header."
    ),
    "error.header_repeated": Phrase(
        "{file}, Zeile {row}: Hier steht noch einmal eine Überschrift; offenbar stehen zwei Tabellen "
        "untereinander. Bitte "
        "in eigene Dateien oder Blätter trennen.",
        "{file}, row {row}: a header stands here again; two tables seem to stand below each other. "
        "Please put them "
        "into files or sheets of their own.",
    ),
    "error.sheet_missing": Phrase(
        "{file}: Es gibt kein Blatt „{found}“. Vorhanden: {expected}.{hint}",
        "{file}: there is no sheet “{found}”. Present: {expected}.{hint}",
    ),
    "error.column_meaning": Phrase(
        "columns: unbekannte Bedeutung „{found}“. Möglich sind: {expected}.{hint}",
        "columns: unknown meaning “{found}”. Possible: {expected}.{hint}",
    ),
    "error.columns_wide": Phrase(
        "columns: Mehrere Spalten auf einmal sind nur für value oder für period möglich, gefunden: {found}.",
        "columns: several columns at once are possible for value or for period only, found: {found}.",
    ),
    "error.columns_lacking": Phrase(
        "Es fehlt die Angabe, woher {missing} kommt: als Spalte in columns= (zum Beispiel "
        '"{first}": "Spaltentitel") oder, wenn es in allen Zeilen gleich ist, als Argument ({first}="...").{hint}',
        "It is not said where {missing} comes from: as a column in columns= (such as "
        '"{first}": "column title") or, where it is the same in all rows, as an argument ({first}="...").{hint}',
    ),
    "error.columns_lacking_value": Phrase(
        'Es fehlt die Angabe, welche Spalte die Zahlen enthält: columns={{..., "{first}": "Spaltentitel"}}.{hint}',
        'It is not said which column holds the figures: columns={{..., "{first}": "column title"}}.{hint}',
    ),
    "hint.for_example": Phrase(" Diese Tabelle zum Beispiel: {call}", " This table for example: {call}"),
    "error.constants_without_columns": Phrase(
        "indicator=, group= und period= gelten für eigene Tabellen; dazu gehört die Angabe columns=.",
        "indicator=, group= and period= are for tables of your own; they need columns=.",
    ),
    "error.editions_unknown": Phrase(
        'editions=„{found}“: möglich sind "refuse" und "newest".',
        'editions=“{found}”: possible are "refuse" and "newest".',
    ),
    # files of our own
    "error.ending_unknown": Phrase(
        "„{found}“: Tabellen werden geschrieben als {expected}.", "“{found}”: tables are written as {expected}."
    ),
    "error.parquet_broken": Phrase(
        "Die Parquet-Datei {file} ist beschädigt ({detail}).", "The Parquet file {file} is damaged ({detail})."
    ),
    "error.parquet_foreign": Phrase(
        "Die Parquet-Datei {file} wurde nicht von regsam_geo geschrieben und hat zu wenige Spalten für "
        "eine Tabelle "
        "mit Gebieten und Werten.",
        "The Parquet file {file} was not written by regsam_geo and has too few columns for a table of areas and "
        "values.",
    ),
    "error.catalogue_broken": Phrase(
        "Der Katalog {file} enthält einen Eintrag, der nicht zu seiner Spalte passt ({detail}).",
        "The catalogue {file} holds an entry that does not fit its column ({detail}).",
    ),
    # the cell
    "error.cell_sign": Phrase(
        "{file}, Zeile {row}, Spalte {column}: unbekanntes Zeichen „{found}“. Möglich sind: {expected}.{hint}",
        "{file}, row {row}, column {column}: unknown sign “{found}”. Possible: {expected}.{hint}",
    ),
    "error.cell_empty": Phrase(
        "{file}, Zeile {row}, Spalte {column}: Die Zelle ist leer, muss aber sagen, wozu der Wert gehört.",
        "{file}, row {row}, column {column}: the cell is empty, but has to say what the value belongs to.",
    ),
    "error.cell_period": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist kein Zeitraum. Erwartet wird ein Jahr (2024), "
        "Schuljahr (2023/24), Halbjahr (2024-H1), Quartal (2024-Q1), Monat (2024-03) oder eine Woche (2024-W07).",
        "{file}, row {row}, column {column}: “{found}” is no period. Expected a year (2024), school year "
        "(2023/24), half-year (2024-H1), quarter (2024-Q1), month (2024-03) or week (2024-W07).",
    ),
    "error.cell_period_open": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ lässt sich verschieden lesen: {expected}. "
        "Bitte in der Tabelle so schreiben, wie es gemeint ist.",
        "{file}, row {row}, column {column}: “{found}” can be read in different ways: {expected}. "
        "Please write in the table what is meant.",
    ),
    "error.cell_area": Phrase(
        "{file}, Zeile {row}, Spalte {column}: {detail}{hint}",
        "{file}, row {row}, column {column}: {detail}{hint}",
    ),
    "hint.own_areas": Phrase(
        ' Sind es Nummern eigener Gebiete, bitte level="own" angeben.',
        ' If these are ids of areas of your own, please state level="own".',
    ),
    "hint.other_areas": Phrase(" Ebenfalls unbekannt: {cells}.", " Unknown too: {cells}."),
    "hint.cell": Phrase("„{found}“ (Zeile {row})", "“{found}” (row {row})"),
    "error.cell_level": Phrase(
        "{file}, Zeile {row}, Spalte {column}: unbekannte Ebene „{found}“. Möglich sind: {expected}.{hint}",
        "{file}, row {row}, column {column}: unknown level “{found}”. Possible: {expected}.{hint}",
    ),
    "error.area_contradicts": Phrase(
        "{file}, Zeile {row}: Nummer {number} und Name „{name}“ meinen verschiedene Gebiete.",
        "{file}, row {row}: number {number} and name “{name}” mean different areas.",
    ),
    "error.not_a_number": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist weder eine Zahl noch ein bekanntes Zeichen für einen "
        'fehlenden Wert. Eigene Zeichen lassen sich angeben: signs={{"{found}": "not_available"}}.',
        "{file}, row {row}, column {column}: “{found}” is neither a number nor a known sign for a missing value. "
        "Signs "
        'of your own can be stated: signs={{"{found}": "not_available"}}.',
    ),
    "error.cell_error": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist eine Fehlermeldung der Tabellenkalkulation "
        "({n} {n:Zelle|Zellen}). Bitte die Formel berichtigen oder die Zelle leeren und die Datei speichern.",
        "{file}, row {row}, column {column}: “{found}” is an error message of the spreadsheet ({n} "
        "{n:cell|cells}). "
        "Please correct the formula or clear the cell, and save the file.",
    ),
    "error.number_marks": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist mit diesem Dezimalzeichen keine Zahl. Bitte die "
        "Zelle oder die Angabe decimal= prüfen.",
        "{file}, row {row}, column {column}: “{found}” is no number with this decimal mark. Please check the cell "
        "or what decimal= says.",
    ),
    "error.number_with_words": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist eine Zahl mit einem Zusatz, der sich nicht deuten "
        "lässt. Bitte den Zusatz in der Tabelle entfernen oder in eine eigene Spalte schreiben.",
        "{file}, row {row}, column {column}: “{found}” is a number with an addition that cannot be understood. "
        "Please remove the addition in the table or write it into a column of its own.",
    ),
    "error.cell_formula": Phrase(
        "{file}, Zeile {row}, Spalte {column}: {n} {n:Zelle enthält eine Formel|Zellen enthalten Formeln} ohne "
        "gespeichertes Ergebnis (zuerst {found}). Bitte die Datei in Excel öffnen und speichern.",
        "{file}, row {row}, column {column}: {n} {n:cell holds a formula|cells hold formulas} without a stored "
        "result (first {found}). Please open the file in Excel and save it.",
    ),
    "error.cell_class": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist eine Klasse, keine Zahl. Gelesen werden "
        "Zahlen; bitte "
        "eine andere Spalte angeben.",
        "{file}, row {row}, column {column}: “{found}” is a class, not a number. Numbers are read; please name "
        "another column.",
    ),
    "error.number_code": Phrase(
        "{file}, Zeile {row}, Spalte {column}: {found} steht {n}-mal in der Spalte, weitab von allen "
        "anderen Zahlen. "
        'Bitte sagen, was gemeint ist: signs={{"{found}": "not_available"}}, wenn dort keine Zahl vorliegt, oder '
        'signs={{"{found}": "number"}}, wenn es die Zahl selbst ist.',
        "{file}, row {row}, column {column}: {found} stands {n} times in the column, far from all other numbers. "
        'Please say what is meant: signs={{"{found}": "not_available"}} where there is no number, or '
        'signs={{"{found}": "number"}} where it is the number itself.',
    ),
    "error.number_ambiguous": Phrase(
        "{file}, Zeile {row}, Spalte {column}: „{found}“ kann ein Tausender oder ein Komma sein, und keine "
        "andere Zelle "
        'entscheidet es. Bitte decimal="," oder decimal="." angeben.',
        "{file}, row {row}, column {column}: “{found}” can be a thousand or a decimal, and no other cell decides "
        "it. "
        'Please state decimal="," or decimal=".".',
    ),
    "error.decimals_contradict": Phrase(
        "{file}, Spalte {column}: „{first}“ und „{second}“ (Zeile {row}) trennen die Dezimalen verschieden.",
        "{file}, column {column}: “{first}” and “{second}” (row {row}) mark decimals differently.",
    ),
    "error.cells_unknown": Phrase(
        'cells=„{found}“: erwartet wird ein Bereich wie "A8:C33".',
        'cells=“{found}”: expected a range such as "A8:C33".',
    ),
    "error.decimal_unknown": Phrase(
        'decimal=„{found}“: möglich sind "," und ".".', 'decimal=“{found}”: possible are "," and ".".'
    ),
    "error.sign_reason": Phrase(
        "signs: „{sign}“ bedeutet „{found}“? Möglich sind: {expected}.{hint}",
        "signs: “{sign}” means “{found}”? Possible: {expected}.{hint}",
    ),
    # the rows
    "error.rows_twice": Phrase(
        "{file}, Zeile {row}: „{key}“ steht schon in Zeile {first} ({n} {n:überzählige Zeile|überzählige Zeilen} "
        "in "
        "der Datei).",
        "{file}, row {row}: “{key}” stands in row {first} already ({n} surplus {n:row|rows} in the file).",
    ),
    "error.files_overlap": Phrase(
        "{second} und {first} enthalten dieselben Zeilen ({n}), zuerst „{key}“. Sind es zwei Ausgaben, bitte "
        'editions="newest" angeben: dann gilt die später genannte Datei.',
        "{second} and {first} hold the same rows ({n}), first “{key}”. If these are two editions, state "
        'editions="newest": then the file named later counts.',
    ),
    "error.division_before_1996": Phrase(
        "{file}, Zeile {row}: {period} hatte München eine andere Einteilung (bis 1992 41, bis 1996 24 "
        "Stadtbezirke); "
        "dieselbe Nummer meint ein anderes Gebiet. Sind die Zahlen auf die heutigen 25 Bezirke umgerechnet, bitte "
        "recalculated=True angeben.",
        "{file}, row {row}: in {period} Munich was divided differently (41 districts until 1992, 24 until 1996); "
        "the "
        "same number means another area. If the figures are recalculated for today’s 25 districts, state "
        "recalculated=True.",
    ),
    # what was noticed
    "note.unallocated": Phrase(
        "{n} {n:Zeile|Zeilen} ohne Zuordnung zu einem Gebiet („99 nicht zuzuordnen“) beiseitegelegt",
        "{n} {n:row|rows} that belong to no area (“99 nicht zuzuordnen”) set aside",
    ),
    "note.unallocated_kept": Phrase(
        "{n} {n:Zeile|Zeilen} ohne Zuordnung zu einem Gebiet als eigene Gebiete behalten",
        "{n} {n:row|rows} that belong to no area kept as own areas",
    ),
    "note.superseded": Phrase(
        "{n} {n:Zeile|Zeilen} durch eine neuere Ausgabe ersetzt, davon {changed} geändert",
        "{n} {n:row|rows} replaced by a newer edition, {changed} of them changed",
    ),
    "note.read_as": Phrase(
        "gelesen mit Gebieten aus {area}, Zeitraum aus {period}, Werten aus {value}",
        "read with areas from {area}, period from {period}, values from {value}",
    ),
    "note.areas_own": Phrase(
        'die Gebiete in {column} sind keine Münchner und stehen, wie sie geschrieben sind (level="own")',
        'the areas in {column} are none of Munich’s and stand as they are written (level="own")',
    ),
    "note.sheets_hidden": Phrase(
        "{n} {n:ausgeblendetes Blatt|ausgeblendete Blätter} nicht gelesen ({sheets}); gelesen wird es mit "
        'sheet="{first}"',
        '{n} hidden {n:sheet|sheets} not read ({sheets}); sheet="{first}" reads it',
    ),
    "note.sheets_unread": Phrase("nicht gelesene Blätter: {sheets}", "sheets not read: {sheets}"),
    "note.rows_hidden": Phrase(
        "{n} ausgeblendete {n:Zeile|Zeilen} weggelassen ({rows})", "{n} hidden {n:row|rows} left out ({rows})"
    ),
    "note.columns_hidden": Phrase(
        "{n} ausgeblendete {n:Spalte|Spalten} weggelassen ({columns})",
        "{n} hidden {n:column|columns} left out ({columns})",
    ),
    "note.encoding_encoding": Phrase(
        "als {encoding} gelesen, wie Umlaute und Namen zeigen", "read as {encoding}, as umlauts and names show"
    ),
    "note.encoding_twice": Phrase(
        "doppelt kodierte Umlaute berichtigt (Ã¤ → ä)", "umlauts that were encoded twice set right (Ã¤ → ä)"
    ),
    "note.encoding_entities": Phrase(
        "HTML-Zeichen wie &uuml; als Buchstaben gelesen", "HTML entities such as &uuml; read as letters"
    ),
    "note.aside_title": Phrase(
        "{n} {n:Zeile|Zeilen} über der Tabelle als Titel genommen ({rows}: „{text}“)",
        "{n} {n:row|rows} above the table taken as title ({rows}: “{text}”)",
    ),
    "note.aside_rule": Phrase("Linie beiseitegelegt (Zeile {rows})", "rule set aside (row {rows})"),
    "note.aside_source": Phrase(
        "Quelle beiseitegelegt (Zeile {rows}: „{text}“)", "source set aside (row {rows}: “{text}”)"
    ),
    "note.aside_note": Phrase(
        "{n} {n:Zeile|Zeilen} unter der Tabelle beiseitegelegt ({rows}: „{text}“)",
        "{n} {n:row|rows} beneath the table set aside ({rows}: “{text}”)",
    ),
    "note.aside_column_numbers": Phrase(
        "Zeile {rows}, die die Spalten zählt, beiseitegelegt", "row {rows}, which counts the columns, set aside"
    ),
    "note.aside_header_again": Phrase(
        "wiederholte Überschriften beiseitegelegt (Zeile {rows})", "repeated headings set aside (row {rows})"
    ),
    "note.aside_block": Phrase(
        "Zwischenüberschriften als Spalte „Abschnitt“ gelesen (Zeile {rows}, zuerst „{text}“)",
        "headings between rows read as the column “Abschnitt” (row {rows}, first “{text}”)",
    ),
    "note.aside_filled_down": Phrase(
        "leere Zellen unter einer Beschriftung mit ihr gefüllt ({text})",
        "empty cells beneath a label filled with it ({text})",
    ),
    "note.period_from": Phrase("Zeitraum {period} aus {where}", "period {period} from {where}"),
    "note.period_sums": Phrase(
        "{n} {n:Zeile|Zeilen} mit Summen über Zeiträume weggelassen",
        "{n} {n:row|rows} with sums over periods left out",
    ),
    "note.totals_city": Phrase(
        "{n} {n:Summenzeile|Summenzeilen} ({names}) mit der Summe der Gebiete verglichen und als Stadt gelesen",
        "{n} {n:total|totals} ({names}) compared with the sum of the areas and read as the city",
    ),
    "note.totals_unchecked": Phrase(
        "{n} {n:Summenzeile|Summenzeilen} ({names}) als Stadt gelesen; mit den Gebieten ließ es sich "
        "nicht nachrechnen",
        "{n} {n:total|totals} ({names}) read as the city; the areas do not let it be worked out",
    ),
    "note.totals_own": Phrase(
        "{n} {n:Summenzeile|Summenzeilen} ({names}) beiseitegelegt", "{n} {n:total|totals} ({names}) set aside"
    ),
    "note.alike": Phrase("ebenso auf {n} weiteren Blättern", "likewise on {n} more sheets"),
    "note.rows_upper_level": Phrase(
        "{n} {n:Zeile|Zeilen} am Ende, die Gebiete darüber zusammenfassen, beiseitegelegt ({names})",
        "{n} {n:row|rows} at the end that sum up areas above set aside ({names})",
    ),
    "note.totals_twice": Phrase(
        "{n} {n:Summenzeile|Summenzeilen} ({names}) neben der Zeile der Stadt beiseitegelegt",
        "{n} {n:total|totals} ({names}) set aside beside the row of the city",
    ),
    "note.totals_doubtful": Phrase(
        "Zeile {row} ({name}) ist als Stadt gelesen, weil eine Spalte aufgeht. Bei {what} steht aber {value}, die "
        "Summe der Gebiete ist {sum}{n:|; ebenso in weiteren Spalten}: bitte prüfen",
        "row {row} ({name}) was read as the city, because one column adds up; for {what} it says {value}, but the "
        "sum of the areas is {sum}{n:|; the same in more columns}: please check",
    ),
    "note.totals_contradict": Phrase(
        "Zeile {row}: „{name}“ steht mit {value}, die Gebiete ergeben {sum}; die Zeile wurde beiseitegelegt",
        "row {row}: “{name}” is given as {value}, the areas add up to {sum}; the row was set aside",
    ),
    "label.place.title": Phrase("dem Titel", "the title"),
    "label.place.sheet": Phrase("dem Namen des Blatts", "the name of the sheet"),
    "label.place.file": Phrase("dem Namen der Datei", "the name of the file"),
    "label.place.note": Phrase("einer Anmerkung", "a note"),
    "label.place.heading": Phrase("den Überschriften", "the headings"),
    "label.file.call": Phrase("So wird sie gelesen: {call}", "It is read by {call}"),
    "note.period_year_end": Phrase(
        "ein Stichtag am Jahresende gilt als das Jahr: {cells}",
        "the last day of a year stands for the year: {cells}",
    ),
    "note.period_month_date": Phrase(
        "ein Tag am Anfang oder Ende eines Monats gilt als der Monat: {cells}",
        "the first or last day of a month stands for the month: {cells}",
    ),
    "note.period_mark": Phrase(
        "Fußnotenzeichen hinter Zeiträumen weggelassen: {cells}", "footnote signs behind periods left out: {cells}"
    ),
    "note.number_percent": Phrase(
        "{n} {n:Zahl|Zahlen} mit Prozentzeichen in der Spalte {column} (Zeile {row}: „{cell}“)",
        "{n} {n:number|numbers} with a percent sign in column {column} (row {row}: “{cell}”)",
    ),
    "note.number_currency": Phrase(
        "{n} {n:Zahl|Zahlen} mit Währungszeichen in der Spalte {column} (Zeile {row}: „{cell}“)",
        "{n} {n:number|numbers} with a currency sign in column {column} (row {row}: “{cell}”)",
    ),
    "note.number_brackets": Phrase(
        "{n} {n:Zahl|Zahlen} in Klammern in der Spalte {column} gelesen (Zeile {row}: „{cell}“); in amtlichen "
        "Tabellen heißt das: eingeschränkt aussagekräftig",
        "{n} {n:number|numbers} in brackets read in column {column} (row {row}: “{cell}”); in official tables "
        "that means: of limited reliability",
    ),
    "note.number_mark": Phrase(
        "{n} {n:Zahl|Zahlen} mit Fußnotenzeichen in der Spalte {column} (Zeile {row}: „{cell}“), Zeichen "
        "weggelassen",
        "{n} {n:number|numbers} with a footnote sign in column {column} (row {row}: “{cell}”), sign left out",
    ),
    "note.number_zero_sign": Phrase(
        "{n} {n:Zelle|Zellen} „{cell}“ in der Spalte {column} als Null gelesen (Zeile {row}); ist etwas anderes "
        'gemeint: signs={{"{cell}": "secret"}}',
        "{n} {n:cell|cells} “{cell}” in column {column} read as zero (row {row}); if it means something else: "
        'signs={{"{cell}": "secret"}}',
    ),
    "note.columns_unused": Phrase("nicht gelesene Spalten: {columns}", "columns not read: {columns}"),
    # the forms
    "label.form.atlas_2025": Phrase("Indikatorenatlas (Form seit 2025)", "Indikatorenatlas (form since 2025)"),
    "label.form.atlas_2014": Phrase("Indikatorenatlas (Form von 2014)", "Indikatorenatlas (form of 2014)"),
    "label.form.panel": Phrase("Tabelle von regsam_geo", "table of regsam_geo"),
    "label.form.own": Phrase("eigene Tabelle", "own table"),
    # describing a file
    "label.file.summary": Phrase(
        "{form}: {rows} {rows:Zeile|Zeilen}, {series} {series:Reihe|Reihen}, {areas} {areas:Gebiet|Gebiete}, "
        "{first} bis "
        "{last}",
        "{form}: {rows} {rows:row|rows}, {series} {series:series|series}, {areas} {areas:area|areas}, {first} to "
        "{last}",
    ),
    "label.file.missing": Phrase("ohne Wert: {n} ({reason})", "without value: {n} ({reason})"),
    "label.file.more": Phrase("… und {n} weitere dieser Art", "… and {n} more of this kind"),
    "question.ratio_differs": Phrase(
        "Zeile {row}: „{key}“ steht mit {value}, aus den Basiswerten ergibt sich {exact}",
        "row {row}: “{key}” is given as {value}, the base values make {exact}",
    ),
    "question.value_without_basis": Phrase(
        "Zeile {row}: „{key}“ steht mit {value}, aber ohne Basiswerte oder mit dem Nenner 0; womöglich ein Code "
        "für „kein "
        "Wert“",
        "row {row}: “{key}” is given as {value}, but without base values or with denominator 0; perhaps a code "
        "for “no "
        "value”",
    ),
}
