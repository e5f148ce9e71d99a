"""Phrases about reading and writing tables."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    # the file
    "error.no_files": Phrase("Es wurde keine Datei angegeben.", "No file was given."),
    "error.file_missing": Phrase(
        "Die Datei {file} gibt es nicht.{hint}",
        "There is no file {file}.{hint}",
    ),
    "error.file_is_folder": Phrase(
        "{file} ist ein Ordner; erwartet wird eine Tabelle (CSV oder Excel).",
        "{file} is a folder; expected a table (CSV or Excel).",
    ),
    "error.file_unreadable": Phrase(
        "Die Datei {file} lässt sich nicht öffnen ({detail}).", "The file {file} cannot be opened ({detail})."
    ),
    "error.file_empty": Phrase("Die Datei {file} enthält keine Tabelle.", "The file {file} holds no table."),
    "error.file_kind": Phrase(
        "{file} ist keine Tabelle, die hier gelesen wird (erkannt: {found}). Erwartet wird CSV oder Excel "
        "(.xlsx).",
        "{file} is no table that is read here (recognized: {found}). Expected CSV or Excel (.xlsx).",
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
        "{file}: Die Form der Tabelle ist unbekannt. Gefundene Spalten: {found}. Eigene Tabellen brauchen die "
        "Angabe, welche Spalte was enthält, zum Beispiel columns={columns}, und den Namen des Indikators, wenn "
        'keine Spalte ihn nennt: indicator="...".',
        "{file}: the form of the table is unknown. Columns found: {found}. For a table of your own say which "
        "column holds what, for example columns={columns}, and the name of the indicator where no column holds "
        'it: indicator="...".',
    ),
    "error.column_missing": Phrase(
        "{file}: Es fehlt die Spalte {column}. Gefunden: {found}.{hint}",
        "{file}: column {column} is missing. Found: {found}.{hint}",
    ),
    "error.no_rows": Phrase(
        "{file}: Unter den Überschriften steht keine Zeile.", "{file}: there is no row beneath the header."
    ),
    "error.header_repeated": Phrase(
        "{file}, Zeile {row}: Hier steht die Überschrift noch einmal; offenbar wurden Dateien aneinandergehängt.",
        "{file}, row {row}: the header stands here again; files seem to have been joined.",
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
        '"{first}": "Spaltentitel") oder, wenn es in allen Zeilen gleich ist, als Argument ({first}="...").',
        "It is not said where {missing} comes from: as a column in columns= (such as "
        '"{first}": "column title") or, where it is the same in all rows, as an argument ({first}="...").',
    ),
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
        "Die Parquet-Datei {file} wurde nicht von regsam_geo geschrieben. Mit pandas einlesen und "
        "Panel.from_frame verwenden.",
        "The Parquet file {file} was not written by regsam_geo. Read it with pandas and use Panel.from_frame.",
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
        "{file}, Zeile {row}, Spalte {column}: „{found}“ ist eine Fehlermeldung der Tabellenkalkulation. Bitte "
        "die Formel berichtigen oder die Zelle leeren und die Datei speichern.",
        "{file}, row {row}, column {column}: “{found}” is an error message of the spreadsheet. Please correct the "
        "formula or clear the cell, and save the file.",
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
