"""What people on the spot say about findings: the worksheet, its answers, and where these are shown."""

from regsam_geo.text.phrases import Phrase

_PLACE = "{file}{sheet}, Zeile {row}, Spalte {column}: "
_PLACE_EN = "{file}{sheet}, row {row}, column {column}: "

PHRASES: dict[str, Phrase] = {
    # --- the worksheet
    "worksheet.folder": Phrase("arbeitsblaetter", "worksheets"),
    "worksheet.file": Phrase("arbeitsblatt", "worksheet"),
    "worksheet.step": Phrase("Arbeitsblatt {region}", "worksheet {region}"),
    "worksheet.sheet": Phrase("Einschätzung", "Assessment"),
    "worksheet.lists": Phrase("Auswahl", "Choices"),
    "worksheet.readme": Phrase(
        "Was ist vor Ort bekannt? {file} ausfüllen und zurückgeben: Der nächste Bericht zeigt, was darin steht.",
        "What is known on the spot? Fill in {file} and hand it back: the next report shows what it says.",
    ),
    "worksheet.what": Phrase("Arbeitsblatt", "worksheet"),
    "worksheet.title": Phrase(
        "Arbeitsblatt zum Bericht {period}: {region}", "Worksheet on the report {period}: {region}"
    ),
    "worksheet.no_region": Phrase("ohne Region", "no region"),
    "worksheet.all_areas": Phrase("alle Gebiete", "all areas"),
    "worksheet.how": Phrase(
        "Weiße Felder ausfüllen und die Datei zurückgeben; die Reihenfolge ist gleich, Zeilen und Spalten dürfen "
        "dazukommen. Eigene Befunde gehören unter die Liste. Bitte Gremien nennen und keine Personen.",
        "Fill in the white cells and hand the file back; the order does not matter, rows and columns may be "
        "added. "
        "Findings of your own belong below the list. Please name bodies and no persons.",
    ),
    "worksheet.how_until": Phrase(
        "Bis wann: ein Datum, „Q2 2027“ oder „Ende 2026“. Bis dahin ruht der Hinweis, danach ist er zur "
        "Wiedervorlage.",
        "Until when: a date, “Q2 2027” or “end of 2026”. The warning rests until then; after it, it is due again.",
    ),
    "worksheet.stated": Phrase("Ausgefüllt am", "Filled in on"),
    "worksheet.stated.prompt": Phrase(
        "Das Datum entscheidet, wenn ein Gremium zweimal antwortet.",
        "The date decides where a body answers twice.",
    ),
    "worksheet.area": Phrase("Gebiet", "Area"),
    "worksheet.status": Phrase("Stand", "Status"),
    "worksheet.finding": Phrase("Befund", "Finding"),
    "worksheet.before": Phrase("Zuletzt gesagt", "Said last"),
    "worksheet.known": Phrase("Was ist hier bekannt?", "What is known here?"),
    "worksheet.need": Phrase("Bedarf", "Need"),
    "worksheet.body": Phrase("Gremium", "Body"),
    "worksheet.until": Phrase("Bis wann", "Until when"),
    "worksheet.working_group": Phrase("Arbeitsgruppe", "Working group"),
    "worksheet.note": Phrase("Bemerkung", "Note"),
    "worksheet.key": Phrase("Schlüssel", "Key"),
    "worksheet.key.prompt": Phrase(
        "Sagt, wozu die Antwort gehört: bitte stehen lassen.", "Says what the answer is about: please keep."
    ),
    "worksheet.expected": Phrase("erwartet rund {number}", "about {number} expected"),
    "worksheet.city": Phrase("Stadt {number}", "city {number}"),
    "worksheet.near": Phrase("kein Hinweis", "no warning"),
    "worksheet.own": Phrase(
        "Eigene Befunde (Gebiet und Befund in eigenen Worten)",
        "Findings of your own (area and finding in your words)",
    ),
    "worksheet.none": Phrase(
        "Für diese Region gibt es in diesem Bericht keinen Hinweis.",
        "This report holds no warning for this region.",
    ),
    "worksheet.bodies": Phrase("Gremien (hier ergänzen)", "Bodies (add yours here)"),
    "worksheet.indicators": Phrase("Indikatoren", "Indicators"),
    "worksheet.body.list": Phrase(
        "RAGS; FAK; Bezirksausschuss; Sozialbürgerhaus; Sozialreferat; Referat für Gesundheit; Referat für "
        "Bildung",
        "RAGS; FAK; district committee; social center; department of social affairs; department of health; "
        "department of education",
    ),
    # --- answers
    "assessment.need.yes": Phrase("ja", "yes"),
    "assessment.need.no": Phrase("nein", "no"),
    "assessment.need.clarify": Phrase("zu klären", "to be clarified"),
    "assessment.need.split": Phrase("uneinig", "divided"),
    "assessment.said.yes": Phrase("sieht Bedarf", "sees need"),
    "assessment.said.no": Phrase("sieht keinen Bedarf", "sees no need"),
    "assessment.said.clarify": Phrase("will es klären", "wants to clarify"),
    "assessment.said.": Phrase("merkt an", "notes"),
    "assessment.no_body": Phrase("ohne Gremium", "no body"),
    "assessment.someone": Phrase("Vor Ort", "On the spot"),
    "assessment.of_region": Phrase("{body} {region}", "{body} {region}"),
    "assessment.line": Phrase(
        "{body} {said} (Bericht {period}{until}){words}", "{body} {said} (report {period}{until}){words}"
    ),
    "assessment.line.until": Phrase(", bis {until}", ", until {until}"),
    "assessment.line.words": Phrase(": {words}", ": {words}"),
    "assessment.line.group": Phrase("Arbeitsgruppe {group}", "working group {group}"),
    "assessment.state.due": Phrase("Wiedervorlage", "due again"),
    "assessment.state.resting": Phrase("ruht", "at rest"),
    "assessment.state.judged": Phrase("bewertet", "judged"),
    "assessment.state.open": Phrase("zu klären", "to be clarified"),
    "assessment.state.split": Phrase("uneinig", "divided"),
    "assessment.state.remark": Phrase("Anmerkung", "remark"),
    "assessment.standing.valid": Phrase("gilt", "holds"),
    "assessment.standing.repeated": Phrase("schon gesagt", "said already"),
    "assessment.standing.superseded": Phrase("überholt", "superseded"),
    "assessment.standing.earlier": Phrase("früherer Bericht", "earlier report"),
    "assessment.standing.conflict": Phrase("Widerspruch", "contradiction"),
    "assessment.conflicts": Phrase(
        "{n} {n:Widerspruch|Widersprüche} in den Arbeitsblättern:",
        "{n} {n:contradiction|contradictions} in the worksheets:",
    ),
    "assessment.conflict.place": Phrase(
        "„{need}“ ({body}; {file}, Zeile {row})", "“{need}” ({body}; {file}, row {row})"
    ),
    "assessment.conflict.newer": Phrase(
        "{where}, {what}: {places}. Es gilt, was am {stated} gesagt wurde.",
        "{where}, {what}: {places}. What was said on {stated} holds.",
    ),
    "assessment.conflict.undated": Phrase(
        "{where}, {what}: {places}. Keine der Antworten gilt: „Ausgefüllt am“ sagt nicht, welche die neuere ist.",
        "{where}, {what}: {places}. None of the answers holds: “Filled in on” does not say which is the newer.",
    ),
    "assessment.conflict.split": Phrase(
        "{where}, {what}: {places}. Die Gremien sind uneinig, keine der Antworten gilt.",
        "{where}, {what}: {places}. The bodies are divided, none of the answers holds.",
    ),
    "assessment.passed": Phrase(
        "{n} {n:Datei|Dateien} ohne Arbeitsblatt übergangen: {files}.",
        "{n} {n:file|files} without a worksheet passed over: {files}.",
    ),
    "assessment.sheet": Phrase(", Blatt „{sheet}“", ", sheet “{sheet}”"),
    "assessment.no_heading": Phrase("ohne Überschrift", "no heading"),
    # --- errors
    "error.assessment_no_worksheet": Phrase(
        "{file}: Das ist kein Arbeitsblatt: Es fehlt eine Zeile mit den Überschriften {heads}.",
        "{file}: this is no worksheet: a row with the headings {heads} is missing.",
    ),
    "error.assessment_column": Phrase(
        "{file}, Zeile {row}: Es fehlt die Spalte {missing}. Bitte in der Datei wieder ergänzen, so wie das "
        "Arbeitsblatt sie "
        "enthielt.",
        "{file}, row {row}: the column {missing} is missing. Please put it back as the worksheet had it.",
    ),
    "error.assessment_no_period": Phrase(
        "{file}, Zeile {row}: Zu welchem Bericht diese Antwort gehört, sagt weder der Schlüssel über der Tabelle "
        "noch der "
        "einer Zeile. Bitte aus dem Arbeitsblatt übernehmen.",
        "{file}, row {row}: neither the key above the table nor that of a row says which report is answered. "
        "Please take "
        "it over from the worksheet.",
    ),
    "error.assessment_key": Phrase(
        _PLACE
        + "„{found}“ ist kein Schlüssel des Arbeitsblatts mehr. Bitte aus der ersten Fassung übernehmen oder, bei "
        "einem eigenen Befund, leeren.",
        _PLACE_EN
        + "“{found}” is no key of the worksheet any more. Please take it over from the first version or, for a "
        "finding of your own, empty it.",
    ),
    "error.assessment_key_area": Phrase(
        _PLACE
        + "Der Schlüssel gehört zum Gebiet {area}, in der Zeile steht „{found}“. Wurde nur ein Teil der Spalten "
        "sortiert?",
        _PLACE_EN
        + "the key belongs to area {area}, the row says “{found}”. Was only a part of the columns sorted?",
    ),
    "error.assessment_need": Phrase(
        _PLACE + "„{found}“ ist keine Antwort. Möglich sind ja, nein, zu klären, oder leer.",
        _PLACE_EN + "“{found}” is no answer. Possible: yes, no, to be clarified, or empty.",
    ),
    "error.assessment_until": Phrase(
        _PLACE + "„{found}“ ist kein Datum. Möglich sind 31.12.2026, Q2 2027, Ende 2026, unbefristet, oder leer.",
        _PLACE_EN + "“{found}” is no date. Possible: 2026-12-31, Q2 2027, end of 2026, permanent, or empty.",
    ),
    "error.assessment_stated": Phrase(
        _PLACE + "„{found}“ ist kein Datum für „Ausgefüllt am“.",
        _PLACE_EN + "“{found}” is no date for “Filled in on”.",
    ),
    "error.study_assessments": Phrase(
        "assessments erwartet, was read_assessments zurückgibt; gefunden: {found}. Zum Beispiel "
        'Study(panel, assessments=read_assessments("ordner")).',
        "assessments expects what read_assessments returns; found: {found}. For example "
        'Study(panel, assessments=read_assessments("folder")).',
    ),
    # --- where it is shown
    "assessments.title": Phrase(
        "Einschätzungen aus den Gremien, Bericht {period}", "Assessments of the bodies, report {period}"
    ),
    "assessments.page": Phrase("Einschätzungen vor Ort", "Assessments on the spot"),
    "assessments.caption": Phrase(
        "Was zurückgegebene Arbeitsblätter sagen, in den Worten der Gremien.",
        "What worksheets that came back say, in the words of the bodies.",
    ),
    "assessment.number": Phrase("[Zahl]", "[number]"),
    "assessment.bare": Phrase("Angabe: {words}", "stated: {words}"),
    "assessment.numbers_left_out": Phrase(
        "Einschätzungen nennen Zahlen zu Befunden, deren Fallzahlen geschützt sind; gezeigt wird [Zahl]: "
        "{places}. Die Arbeitsblätter behalten den Wortlaut.",
        "Assessments name numbers on findings whose counts are protected; they are shown as [number]: {places}. "
        "The worksheets keep the words.",
    ),
    "assessments.left_out": Phrase(
        "[Zahl]: Zu diesem Befund sind kleine Fallzahlen geschützt; der volle Wortlaut steht im Arbeitsblatt.",
        "[number]: small counts of this finding are protected; the full words stand on the worksheet.",
    ),
    "assessments.more": Phrase(
        "{n} weitere {n:steht|stehen} in der Tabelle „einschaetzungen“.",
        "{n} more {n:stands|stand} in the table “assessments”.",
    ),
    "assessments.earlier": Phrase("Früher Bewertetes ({n})", "Judged earlier ({n})"),
    "assessments.file": Phrase("einschaetzungen", "assessments"),
    "assessments.worksheets": Phrase("Arbeitsblätter zum Ausfüllen", "Worksheets to fill in"),
    "assessments.note": Phrase(
        "Was bis zu einem Tag ruht, der vor dem Ende des Berichtszeitraums liegt oder auf dieses fällt, ist zur "
        "Wiedervorlage. "
        "Ein neuer Ausschlag gegen die frühere Richtung wird immer gemeldet.",
        "What rests until a day before the end of the report's period, or on it, is due again. A new deviation "
        "against the "
        "earlier direction is always told.",
    ),
    "column.assessment_state": Phrase("Stand", "State"),
    "column.assessment": Phrase("Einschätzung", "Assessment"),
    "column.assessment_need": Phrase("Bedarf", "Need"),
    "column.assessment_body": Phrase("Gremium", "Body"),
    "column.assessment_until": Phrase("Bis wann", "Until when"),
    "column.assessment_known": Phrase("Was hier bekannt ist", "What is known here"),
    "column.assessment_group": Phrase("Arbeitsgruppe", "Working group"),
    "column.assessment_note": Phrase("Bemerkung", "Note"),
    "column.assessment_finding": Phrase("Befund", "Finding"),
    "column.assessment_period": Phrase("Bericht", "Report"),
    "column.assessment_standing": Phrase("Geltung", "Standing"),
    "column.assessment_conflict": Phrase("Widerspruch", "Contradiction"),
    "column.assessment_source": Phrase("Datei", "File"),
    "column.n_judged": Phrase("Regionen, die Bedarf sehen", "regions that see need"),
    "column.judged_regions": Phrase("welche", "which"),
    "theme.judged": Phrase(
        "{title}: {n} {who} Bedarf ({regions}).",
        "{title}: {n} {who} need ({regions}).",
    ),
    "theme.judged_too": Phrase("{n} {who} Bedarf ({regions}).", "{n} {who} need ({regions})."),
    "theme.judged.alone": Phrase("Nur aus Einschätzungen vor Ort.", "From assessments on the spot alone."),
    "theme.who.body": Phrase("{body} {n:sieht|sehen}", "{body} {n:sees|see}"),
    "theme.who.regions": Phrase("{n:Region sieht|Regionen sehen}", "{n:region sees|regions see}"),
    "status.due": Phrase("Wiedervorlage", "due again"),
    "warning.status.due": Phrase(
        "Hinweis seit {period}, bewertet und jetzt zur Wiedervorlage.",
        "Warned since {period}, judged, and now due again.",
    ),
    "cli.assessments": Phrase(
        "Ordner oder Datei mit ausgefüllten Arbeitsblättern; der Bericht zeigt, was sie sagen",
        "folder or file of worksheets that were filled in; the report shows what they say",
    ),
}
