"""Phrases about disclosure control."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.disclosure_threshold": Phrase(
        "threshold={found}: Die Schwelle muss eine Zahl über 1 sein; üblich ist 3 (die Fallzahlen 1 und 2 werden "
        "geheim gehalten).",
        "threshold={found}: the threshold must be a number above 1; 3 is usual (1 and 2 are suppressed).",
    ),
    "error.disclosure_zeros": Phrase(
        "zeros={found}: unbekannte Regel für die Null. Möglich sind: {expected}.",
        "zeros={found}: unknown rule for zero. Possible: {expected}.",
    ),
    "error.disclosure_no_tables": Phrase(
        "Es wurde keine Tabelle zum Prüfen übergeben. Erwartet wird mindestens ein Panel oder eine Tabelle.",
        "No table was given to audit. Expected at least one panel or table.",
    ),
    "error.disclosure_group": Phrase(
        "groups: „{found}“ kommt im Katalog nicht vor. Vorhanden: {expected}.{hint}",
        "groups: “{found}” does not occur in the catalogue. Present: {expected}.{hint}",
    ),
    "error.disclosure_counts": Phrase(
        "counts: Den Indikator „{found}“ gibt es nicht. Vorhanden: {expected}.{hint}",
        "counts: there is no indicator “{found}”. Present: {expected}.{hint}",
    ),
    "label.disclosure.note": Phrase(
        "{n} {n:Wert ist|Werte sind} geheim gehalten: Fallzahlen unter {threshold} Personen und Angaben, aus "
        "denen sie sich zurückrechnen ließen, werden nicht gezeigt.",
        "{n} {n:value is|values are} suppressed: counts below {threshold} persons, and figures from which they "
        "could be recomputed, are not shown.",
    ),
    "label.disclosure.taken": Phrase(
        "Als Zahl von Personen gelesen: {names}. Wo das nicht stimmt, lässt es sich beim Erstellen sagen.",
        "Taken as counts of persons: {names}. Where that is wrong, whoever makes this page can say so.",
    ),
    "label.disclosure.things": Phrase(
        "Zählt „{names}“ Personen? Dem Namen nach nicht, darum stehen auch kleine Zahlen da. Wenn doch, lässt es "
        "sich beim Erstellen sagen.",
        "Does “{names}” count persons? By its name it does not, so small numbers are shown. If it does, whoever "
        "makes this page can say so.",
    ),
    "note.counts_taken": Phrase(
        "Als Zahl von Personen gelesen: {names}. Wo das nicht stimmt: counts_persons im Katalog, "
        'rg.Study(…, counts={{"{first}": False}}) oder --counts "{first}=no".',
        "Taken as counts of persons: {names}. Where that is wrong: counts_persons in the catalogue, "
        'rg.Study(…, counts={{"{first}": False}}) or --counts "{first}=no".',
    ),
    "note.counts_things": Phrase(
        "Nicht als Zahl von Personen gelesen: {names}. Wenn es doch Personen sind: counts_persons im Katalog, "
        'rg.Study(…, counts={{"{first}": True}}) oder --counts "{first}=yes".',
        "Not taken as counts of persons: {names}. If they are persons: counts_persons in the catalogue, "
        'rg.Study(…, counts={{"{first}": True}}) or --counts "{first}=yes".',
    ),
    "label.disclosure.times": Phrase("mal {name}", "times {name}"),
    "label.disclosure.given_away": Phrase(
        "{n} {n:Fallzahl, die|Fallzahlen, die} jetzt geheim gehalten {n:wird|werden}, {n:war|waren} in früheren "
        "Ausgaben zu sehen oder {n:lässt|lassen} sich mit ihnen ausrechnen: {cells}.",
        "{n} {n:count|counts} suppressed now {n:was|were} shown in earlier editions, or can be computed with "
        "them: {cells}.",
    ),
    "label.disclosure.perhaps_given_away": Phrase(
        "{n} {n:Fallzahl, die|Fallzahlen, die} jetzt geheim gehalten {n:wird|werden}, {n:kann|können} in früheren "
        "Ausgaben zu sehen gewesen sein oder sich mit ihnen ausrechnen lassen; sicher ist es nicht, weil deren "
        "Zahlen revidiert wurden oder nicht alle vorliegen: {cells}.",
        "{n} {n:count|counts} suppressed now may have been shown in earlier editions, or may be computed with "
        "them; that is not certain, as their figures were revised or are not all at hand: {cells}.",
    ),
    "label.disclosure.cell": Phrase("{indicator}, {place}, {period}", "{indicator}, {place}, {period}"),
    "error.hidden_list_missing": Phrase(
        "In {folder} steht keine Liste der geheim gehaltenen Zellen ({file}). Ein Bericht schreibt sie, wo etwas "
        "geheim gehalten wird; wo sie fehlt, war alles zu sehen. Dann wird die alte Ausgabe selbst übergeben "
        "(die Tabelle, aus der sie gemacht wurde).",
        "{folder} holds no list of suppressed cells ({file}). A report writes it where something is suppressed; "
        "where it is missing, everything was shown. Then give the old edition itself (the table that it was made "
        "from).",
    ),
    "error.hidden_list": Phrase(
        "{file} ist keine Liste der geheim gehaltenen Zellen, wie ein Bericht sie schreibt, oder wurde verändert. "
        "Kopfzeile: {found}.",
        "{file} is no list of suppressed cells as a report writes it, or was changed. First line: {found}.",
    ),
    "error.shown_figures": Phrase(
        "{file} ist keine Tabelle der gezeigten Zahlen, wie ein Bericht sie schreibt, oder wurde verändert. "
        "Gefunden: {found}.",
        "{file} is no table of shown figures as a report writes it, or was changed. Found: {found}.",
    ),
    "note.earlier_without_figures": Phrase(
        "Von der früheren Ausgabe in {folder} liegt nur die Liste der geheim gehaltenen Zellen vor, nicht ihre "
        "gezeigten Zahlen ({file}): Was sie zeigt, gilt als unverändert, und Summen, in denen sie etwas "
        "verbirgt, fehlen auch. Liegt die Datei in dem Ordner, ist es weniger.",
        "Of the earlier edition in {folder} there is only the list of suppressed cells, not the figures that it "
        "shows ({file}): what it shows is taken as unchanged, and totals in which it hides something are "
        "missing too. With the file in the folder less is missing.",
    ),
    "error.previous_type": Phrase(
        "previous: {found} ist keine frühere Ausgabe. Erwartet wird ein Panel, eine Tabelle oder der Ordner eines "
        "Berichts.",
        "previous: {found} is no earlier edition. Expected a panel, a table or the folder of a report.",
    ),
    "error.previous_list_groups": Phrase(
        "{indicator}, {period}: Die frühere Ausgabe hatte „{gone}“, die neue hat stattdessen {new}. Mit der Liste "
        "der geheim gehaltenen Zellen allein lässt sich das nicht schützen. Zu previous gehört dann der ganze "
        "Ordner des alten Berichts, mit gezeigt.csv, oder die alte Tabelle, wie sie weitergegeben wurde.",
        "{indicator}, {period}: the earlier edition had “{gone}”, the new one has {new} instead. With the list of "
        "suppressed cells alone this cannot be protected. Give as previous the whole folder of the old report, "
        "with gezeigt.csv, or the old table as it was handed out.",
    ),
    "error.division_unknown": Phrase(
        "Aus welchen Stadtbezirken diese Regionen bestehen, ist nicht bekannt: {regions}. Ihre Summen könnten "
        "geheim gehaltene Zahlen verraten. Mit der Tabelle ihrer Einteilung (divisions=, mehrere als "
        'divisions=[eine, andere]) oder mit sums={{"Region": ["01", "02"]}} wird es gesagt.',
        "Nobody says which districts make up these regions: {regions}. Their sums could give suppressed figures "
        "away. Say it with the table of their division (divisions=, several as divisions=[one, other]) or with "
        'sums={{"region": ["01", "02"]}}.',
    ),
    "error.division_twice": Phrase(
        "Region {region} besteht in zwei Einteilungen aus verschiedenen Stadtbezirken; sie braucht zwei Namen.",
        "Region {region} is made of different districts in two divisions; it needs two names.",
    ),
    "note.protected_otherwise": Phrase(
        "Dieselben Zahlen wurden schon mit der Schwelle {first} geschützt, jetzt mit {second}: {shown} dort "
        "geheim gehaltene {shown:Zelle ist|Zellen sind} hier zu sehen, {hidden} hier geheim gehaltene dort. "
        "Zusammen weitergegeben verriete beides mehr als jedes für sich; dann gehört das erste zu previous=.",
        "The same figures were protected with threshold {first} before, and with {second} now: {shown} "
        "{shown:cell|cells} suppressed there {shown:is|are} shown here, {hidden} suppressed here {hidden:is|are} "
        "shown there. Handed out together, both would tell more than each alone: then the first belongs to "
        "previous=.",
    ),
    "error.division_second": Phrase(
        "Für dieselben Zahlen sind schon Summen einer anderen Einteilung gebildet worden; beide zusammen könnten "
        "geheim gehaltene Zahlen verraten. Beide zugleich: protect(panel, regions=True, divisions=[eine, "
        "andere]); nach einer Ausgabe mit der ersten: previous=. War die erste nur ein Versuch, wird die Tabelle "
        "neu gelesen.",
        "Sums of another division have been made of the same figures; together they could give suppressed "
        "figures away. Both at once: protect(panel, regions=True, divisions=[one, other]); after an edition "
        "with the first: previous=. If the first was a trial only, read the table again.",
    ),
    "label.audit.safe": Phrase(
        "Aus den Tabellen lässt sich keine kleine Fallzahl ablesen oder zurückrechnen "
        "({hidden} geheim gehaltene {hidden:Zelle|Zellen} geprüft).",
        "No small count can be read from the tables or recomputed from them "
        "({hidden} suppressed {hidden:cell|cells} audited).",
    ),
    "label.audit.undecided": Phrase(
        "Bei {n} von {hidden} geheim gehaltenen {hidden:Zelle|Zellen} reichte die Zeit nicht, um zu prüfen, ob "
        "sie geschützt {hidden:ist|sind}. Das gilt als nicht bestanden.",
        "Of {hidden} suppressed {hidden:cell|cells}, time was over for {n} before it was known whether "
        "{hidden:it is|they are} protected. That counts as not passed.",
    ),
    "label.audit.leaks": Phrase(
        "{n} {n:Fallzahl ist|Fallzahlen sind} nicht geschützt:",
        "{n} {n:count is|counts are} not protected:",
    ),
    "label.audit.line": Phrase(
        "{indicator} ({group}), {place}: {span} – {how}{through}",
        "{indicator} ({group}), {place}: {span} – {how}{through}",
    ),
    "label.audit.more": Phrase("… und {n} weitere", "… and {n} more"),
    "label.audit.span": Phrase("{low} bis {high}", "{low} to {high}"),
    "label.audit.what_count": Phrase("{name}, Gebiet {area}, {period}", "{name}, area {area}, {period}"),
    "label.audit.what_rest": Phrase(
        "Rest zum Ganzen von {name}, Gebiet {area}, {period}", "rest of the whole of {name}, area {area}, {period}"
    ),
    "label.audit.column_numerator": Phrase("Zähler", "numerator"),
    "label.audit.column_denominator": Phrase("Nenner", "denominator"),
    "label.audit.column_value": Phrase("Wert", "value"),
    "label.audit.column_base_1": Phrase("Basiswert 1", "Basiswert 1"),
    "label.audit.column_base_2": Phrase("Basiswert 2", "Basiswert 2"),
    "label.audit.column_base_3": Phrase("Basiswert 3", "Basiswert 3"),
    "label.audit.column_base_4": Phrase("Basiswert 4", "Basiswert 4"),
    "label.audit.column_base_5": Phrase("Basiswert 5", "Basiswert 5"),
    "label.audit.how_shown": Phrase("steht in der Tabelle", "is printed in the table"),
    "label.audit.how_edition": Phrase("durch eine andere Tabelle oder Ausgabe", "by another table or edition"),
    "label.audit.how_sum": Phrase("durch Abziehen von einer Summe", "by subtraction from a total"),
    "label.audit.how_groups": Phrase("über die anderen Ausprägungen", "by the other groups"),
    "label.audit.how_complement": Phrase("als Rest vom Ganzen", "as the rest of a whole"),
    "label.audit.how_rate": Phrase("aus Anteil mal Basis", "from rate times denominator"),
    "label.audit.how_rank": Phrase("aus dem Rang", "from the rank"),
    "label.audit.how_difference": Phrase("aus dem Abstand zur Stadt", "from the difference to the city"),
    "label.audit.how_ratio": Phrase("aus dem Verhältnis zur Stadt", "from the ratio to the city"),
    "label.audit.how_change": Phrase("aus der Veränderung", "from the change"),
    "label.audit.by_sum": Phrase("{whole} = Summe von {parts}", "{whole} = sum of {parts}"),
    "label.audit.by_groups": Phrase("{area}: {whole} = {parts}", "{area}: {whole} = {parts}"),
    "label.audit.by_complement": Phrase("{area}: Ganzes = Teil + Rest", "{area}: whole = part + rest"),
    "label.audit.by_rate": Phrase("{area}: Wert mal Basis", "{area}: value times denominator"),
    "label.audit.by_rank": Phrase("{area}: Rang", "{area}: rank"),
    "label.audit.by_difference": Phrase("{area}: Abstand zur Stadt", "{area}: difference to the city"),
    "label.audit.by_ratio": Phrase("{area}: Verhältnis zur Stadt", "{area}: ratio to the city"),
    "label.audit.by_change": Phrase("{area}: Veränderung", "{area}: change"),
    "error.audit_nothing_there": Phrase(
        "{path}: Dort liegt nichts, was sich prüfen ließe. Erwartet wird ein Ordner mit Dateien oder eine Datei.",
        "{path}: nothing to audit stands there. Expected a folder with files, or a file.",
    ),
    "error.audit_leaks": Phrase(
        "Nichts wurde übergeben: Aus den fertigen Dateien ließen sich kleine Fallzahlen ablesen oder "
        "zurückrechnen.\n{found}\nAbhilfe: den Indikator oder die Ebene weglassen, die Schwelle erhöhen "
        "(threshold=), Summen und frühere Ausgaben mit angeben – oder, wenn gar keine Personen gezählt werden, "
        'es sagen: counts={{"Name": False}} oder --counts "Name=no".',
        "Nothing was handed over: small counts could be read from the finished files or worked "
        "out.\n{found}\nWhat to do: leave out the indicator or the level, raise the threshold (threshold=), "
        "declare sums and earlier editions – or, where no persons are counted, say so: "
        'counts={{"Name": False}} or --counts "Name=no".',
    ),
    "error.audit_undecided": Phrase(
        "Nichts wurde übergeben: Ob die fertigen Dateien eine kleine Fallzahl verraten, ließ sich nicht "
        "entscheiden.\n{found}\nAbhilfe: weniger Indikatoren, Zeiträume oder Ebenen auf einmal, oder Angaben, "
        "die einander widersprechen, in der Tabelle klären.",
        "Nothing was handed over: whether the finished files give a small count away could not be "
        "decided.\n{found}\nWhat to do: fewer indicators, periods or levels at once, or clear up figures that "
        "contradict each other.",
    ),
    "label.finished.passed": Phrase(
        "Bestanden: Aus {files} {files:Datei|Dateien} lässt sich keine kleine Fallzahl ablesen oder "
        "zurückrechnen ({hidden} geheim gehaltene {hidden:Fallzahl|Fallzahlen} geprüft).",
        "Passed: no small count can be read from {files} {files:file|files} or worked out ({hidden} hidden "
        "{hidden:count|counts} examined).",
    ),
    "label.finished.leaks": Phrase(
        "Nicht bestanden: {n} {n:Fallzahl lässt|Fallzahlen lassen} sich ablesen oder zurückrechnen:",
        "Not passed: {n} {n:count|counts} can be read or worked out:",
    ),
    "label.finished.undecided": Phrase(
        "Nicht entschieden, also nicht bestanden ({files} {files:Datei|Dateien}):",
        "Undecided, and so not passed ({files} {files:file|files}):",
    ),
    "label.finished.line": Phrase(
        "{what} {indicator}, {place}, {period}: {span} – {how}{through} [{files}]",
        "{what} {indicator}, {place}, {period}: {span} – {how}{through} [{files}]",
    ),
    "label.finished.what_count": Phrase("Fallzahl", "Count"),
    "label.finished.what_whole": Phrase("Ganzes", "Whole"),
    "label.finished.what_rest": Phrase("Rest zum Ganzen", "Rest of the whole"),
    "label.finished.how_shown": Phrase("steht da", "is printed"),
    "label.finished.how_sum": Phrase("durch Abziehen von einer Summe", "by subtraction from a total"),
    "label.finished.how_groups": Phrase(
        "über andere Ausprägungen oder Indikatoren", "by other groups or indicators"
    ),
    "label.finished.how_rate": Phrase("aus einem Wert und seiner Basis", "from a value and its base"),
    "label.finished.how_part": Phrase("als Rest vom Ganzen", "as the rest of a whole"),
    "label.finished.by_rate": Phrase("{area}: Wert mal Basis ({files})", "{area}: value times base ({files})"),
    "label.finished.open": Phrase("nicht entschieden: {what}", "undecided: {what}"),
    "label.finished.time": Phrase("die Zeit reichte nicht", "time was over"),
    "label.finished.contradiction": Phrase(
        "Angaben widersprechen einander ({what})", "figures contradict each other ({what})"
    ),
    "label.finished.editions": Phrase(
        "was die Ausgaben zusammen verraten ({what}): Sie nennen verschiedene Zahlen, und welche der geheimen "
        "sich geändert haben, steht in keiner. Geschützt ist die neue, wenn sie mit der alten als previous "
        "gemacht wurde",
        "what the editions give away together ({what}): they tell different numbers, and none says which of the "
        "hidden ones changed. The new one is protected if it was made with the old one as previous",
    ),
    "label.finished.revised": Phrase(
        "Die Ausgaben nennen verschiedene Zahlen ({what}). Dort wurde jede für sich geprüft; was sie zusammen "
        "verraten, ist nicht geprüft.",
        "The editions tell different numbers ({what}). There each was checked for itself; what they give away "
        "together was not checked.",
    ),
    "label.finished.unread": Phrase(
        "{n} {n:Datei wurde|Dateien wurden} nicht gelesen: {files}.",
        "{n} {n:file was|files were} not read: {files}.",
    ),
    "label.finished.pictures": Phrase(
        "{n} {n:Bild wurde|Bilder wurden} nicht gelesen: Was nur in einem Bild steht, prüft niemand außer Ihnen.",
        "{n} {n:picture was|pictures were} not read: what stands in a picture alone nobody checks but you.",
    ),
    "label.audit.place_city": Phrase("Stadt München", "City of Munich"),
    "label.audit.place_region": Phrase("Region {area}", "region {area}"),
    "label.audit.place_district": Phrase("Stadtbezirk {area}", "district {area}"),
    "label.audit.place_subdistrict": Phrase("Bezirksteil {area}", "sub-district {area}"),
    "label.audit.place_quarter": Phrase("Viertel {area}", "quarter {area}"),
    "label.audit.place_own": Phrase("Gebiet {area}", "area {area}"),
}
