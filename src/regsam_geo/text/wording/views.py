"""What objects say of themselves in a notebook."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "view.notice": Phrase("Zur Kenntnis: {message}", "Please note: {message}"),
    "view.problem.level": Phrase("Art", "Kind"),
    "view.problem.text": Phrase("Befund", "Finding"),
    "view.problem.level.error": Phrase("Fehler", "error"),
    "view.problem.level.question": Phrase("Frage", "question"),
    "view.problem.level.note": Phrase("Notiz", "note"),
    "view.problem.none": Phrase("Keine Auffälligkeiten.", "Nothing conspicuous."),
    "view.settings": Phrase(
        "Einstellungen der Warnfunktion (Fassung {version})",
        "Settings of the warning function (version {version})",
    ),
    "view.settings.name": Phrase("Name", "Name"),
    "view.settings.value": Phrase("Wert", "Value"),
    "view.settings.meaning": Phrase("Bedeutung", "Meaning"),
    "view.settings.all": Phrase("alle", "all"),
    "view.settings.changed": Phrase("geändert, sonst {usual}", "changed, usually {usual}"),
    "view.settings.q_watch": Phrase(
        "Unter diesem Anteil erwarteter Fehlalarme wird ein Gebiet beobachtet.",
        "Below this share of expected false alarms an area is watched.",
    ),
    "view.settings.q_check": Phrase(
        "Unter diesem strengeren Anteil ist es zu prüfen.", "Below this stricter share it is to be checked."
    ),
    "view.settings.relevant_effect": Phrase(
        "Kleinste Abweichung, die zählt, wo der Katalog keine nennt (0,05: 5 %).",
        "Smallest difference that matters where the catalogue names none (0.05: 5 %).",
    ),
    "view.settings.yearly_share": Phrase(
        "Anteil davon, ab dem eine Veränderung in einem Jahr zählt.",
        "Share of it from which a change within a year matters.",
    ),
    "view.settings.min_history": Phrase(
        "So viele frühere Veränderungen braucht eine Reihe zum Vergleich mit sich selbst.",
        "Earlier changes that a series needs to be compared with itself.",
    ),
    "view.settings.prior_df_max": Phrase(
        "Höchstens so stark stützt sich die Streuung eines Gebiets auf die aller Gebiete.",
        "Most weight that the scatter of all areas has for that of one.",
    ),
    "view.settings.spike": Phrase(
        "Ab dieser Größe gilt ein Ausschlag: Der nächste Wert wird mit dem Niveau davor verglichen.",
        "From this size on a jump is a spike: the next value is compared with the level before it.",
    ),
    "view.settings.lookback": Phrase(
        "So viele frühere Berichte entscheiden, ob ein Hinweis neu ist; so lange wird ein offener geführt.",
        "Earlier reports that decide whether a warning is new; an open one is listed for so many.",
    ),
    "view.settings.related": Phrase(
        "Ob eine Veränderung auch daran gemessen wird, was verwandte Indikatoren des Gebiets zeigen.",
        "Whether a change is also measured by what related indicators of the area did.",
    ),
    "view.settings.zones": Phrase(
        "Ob Nachbargebiete, die sich gemeinsam verändern, als eines geprüft werden und in einer Zeile stehen.",
        "Whether adjacent areas that change together are tested as one and stand in one row.",
    ),
    "view.settings.yes": Phrase("ja", "yes"),
    "view.settings.no": Phrase("nein", "no"),
    "view.division": Phrase(
        "{name}: {n} {n:Gruppe|Gruppen} aus {total} {total:Gebiet|Gebieten}",
        "{name}: {n} {n:group|groups} of {total} {total:area|areas}",
    ),
    "view.division.region": Phrase("Region", "Region"),
    "view.division.name": Phrase("Name", "Name"),
    "view.division.areas": Phrase("Gebiete", "Areas"),
    "view.division.evidence": Phrase("Beleg", "Evidence"),
    "view.division.evidence.published": Phrase("von REGSAM veröffentlicht", "published by REGSAM"),
    "view.division.evidence.reported": Phrase("aus der Presse", "from the press"),
    "view.division.evidence.derived": Phrase("abgeleitet", "derived"),
    "view.division.evidence.overlap": Phrase("nach der Lage", "by place"),
    "view.division.evidence.own": Phrase("eigene Angabe", "own statement"),
    "view.findings": Phrase("{n} {n:Prüfung|Prüfungen}: {kinds}", "{n} {n:test|tests}: {kinds}"),
    "view.findings.data": Phrase("{n} {n:Frage|Fragen} an die Daten", "{n} {n:question|questions about the data}"),
    "view.findings.count": Phrase("{n} {n:Befund|Befunde}", "{n} {n:finding|findings}"),
    "view.findings.none": Phrase("Nichts gefunden.", "Nothing found."),
    "view.findings.kind": Phrase("Frage", "Question"),
    "view.findings.indicator": Phrase("Indikator", "Indicator"),
    "view.findings.period": Phrase("Zeitraum", "Period"),
    "view.findings.area": Phrase("Gebiet", "Area"),
    "view.findings.direction": Phrase("Richtung", "Direction"),
    "view.findings.value": Phrase("Wert", "Value"),
    "view.findings.expected": Phrase("erwartet", "Expected"),
    "view.findings.p": Phrase("p", "p"),
    "view.findings.sentence": Phrase("Befund", "Finding"),
    "view.findings.more": Phrase(
        "Gezeigt sind {shown} mit dem kleinsten p. Alle Spalten: pandas.DataFrame(...).",
        "Shown are {shown} with the smallest p. All columns: pandas.DataFrame(...).",
    ),
    "view.findings.more_data": Phrase(
        "Gezeigt sind die ersten {shown}. Alle Spalten: pandas.DataFrame(...).",
        "Shown are the first {shown}. All columns: pandas.DataFrame(...).",
    ),
    "view.replay": Phrase("{n} {n:Bericht|Berichte} im Rückblick", "{n} {n:report|reports} in retrospect"),
    "view.replay.period": Phrase("Bericht", "Report"),
    "view.replay.warnings": Phrase("Hinweise", "Warnings"),
    "view.replay.continuing": Phrase("davon fortdauernd", "of them continuing"),
    "view.replay.open": Phrase("noch offen", "still open"),
    "view.replay.ended": Phrase("beendet", "ended"),
    "view.replay.city_findings": Phrase("Befunde für die Stadt", "Findings on the city"),
    "view.null": Phrase(
        "Wäre nichts ungewöhnlich, enthielte ein Bericht im Mittel {warnings} Hinweise (± {error}, {n} "
        "simulierte Berichte).",
        "If nothing were unusual, a report would hold {warnings} warnings on average (± {error}, {n} simulated "
        "reports).",
    ),
    "view.facts": Phrase(
        "Was hinter den Hinweisen für {period} steht", "What stands behind the warnings for {period}"
    ),
    "view.facts.kind": Phrase("Frage", "Question"),
    "view.facts.tests": Phrase("Prüfungen", "Tests"),
    "view.facts.unusual": Phrase("davon auffällig", "of them unusual"),
    "view.facts.untested": Phrase("nicht prüfbar", "not testable"),
    "view.facts.rest": Phrase(
        "Dazu {data} {data:Frage|Fragen} an die Daten (facts.data_findings) und {city} {city:Befund|Befunde} "
        "für die ganze Stadt (facts.city).",
        "Besides, {data} {data:question|questions} about the data (facts.data_findings) and {city} "
        "{city:finding|findings} on the whole city (facts.city).",
    ),
    "view.folder": Phrase("Ordner", "Folder"),
    "view.folder.files": Phrase("Dateien", "Files"),
    "view.files": Phrase("{n} {n:Datei|Dateien} im Ordner {folder}", "{n} {n:file|files} in the folder {folder}"),
    "view.files.start": Phrase("Zuerst öffnen: {path}", "Open first: {path}"),
}
