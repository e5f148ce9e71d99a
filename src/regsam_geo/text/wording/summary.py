"""Phrases of tables, summaries and the meeting report."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    # errors
    "error.no_district_values": Phrase(
        "Der Bericht braucht Werte nach Stadtbezirken, Bezirksteilen, Vierteln oder eigenen Gebieten; die Tabelle "
        "enthält nur: {found}. Zu eigenen Gebieten gehört eine Datei mit ihren Grenzen (areas=, in der "
        "Befehlszeile --areas).",
        "The report needs values by district, sub-district, quarter or areas of your own; the table only holds: "
        "{found}. Areas of your own need a file with their polygons (areas=, in a shell --areas).",
    ),
    "error.folder_is_file": Phrase(
        "{folder} ist eine Datei; hier wird der Name eines Ordners gebraucht, in den geschrieben wird.",
        "{folder} is a file; needed is the name of a folder to write into.",
    ),
    # files of the report
    "report.file.warnings": Phrase("hinweise", "warnings"),
    "report.file.regions": Phrase("regionen", "regions"),
    "report.file.maps": Phrase("karten", "maps"),
    "report.file.interactive": Phrase("interaktive-karte.html", "interactive-map.html"),
    "report.file.situation": Phrase("00-soziale-lage", "00-social-situation"),
    "report.file.print": Phrase("lage-auf-einen-blick", "situation-at-a-glance"),
    # what is being done
    "report.step.map": Phrase("Karte: {title}", "Map: {title}"),
    "report.step.interactive": Phrase("Interaktive Karte", "Interactive map"),
    "report.step.manifest": Phrase("Angaben zu Daten und Einstellungen", "Details of data and settings"),
    "report.step.hidden": Phrase(
        "Liste der geheim gehaltenen Zellen, ohne Zahlen", "List of the suppressed cells, without figures"
    ),
    "report.step.shown": Phrase("Liste der gezeigten Zahlen", "List of the figures shown"),
    "report.step.index": Phrase("Übersichtsseite", "Overview page"),
    # tables
    "report.title": Phrase("Bericht zum Sozialmonitoring {period:in}", "Social monitoring report {period}"),
    "report.warnings.title": Phrase("Hinweise {period:in}", "Warnings {period}"),
    "report.regions.title": Phrase("REGSAM-Regionen {period:in}", "REGSAM regions {period}"),
    "column.urgency": Phrase("Stufe", "Level"),
    "column.status": Phrase("Stand", "Status"),
    "column.since": Phrase("seit", "since"),
    "column.area": Phrase("Gebiet", "Area"),
    "column.region": Phrase("Region", "Region"),
    "column.indicator": Phrase("Indikator", "Indicator"),
    "column.group": Phrase("Ausprägung", "Group"),
    "column.value": Phrase("Wert", "Value"),
    "column.unit": Phrase("Einheit", "Unit"),
    "column.expected": Phrase("Erwartet", "Expected"),
    "column.city": Phrase("Stadt München", "City of Munich"),
    "column.difference": Phrase("Abstand zur Stadt", "Difference from the city"),
    "column.ratio": Phrase("Verhältnis zur Stadt", "Ratio to the city"),
    "column.rank": Phrase("Rang (1 = höchster Wert)", "Rank (1 = highest value)"),
    "column.change_1": Phrase("Veränderung zum Vorjahr", "Change over one year"),
    "column.change_5": Phrase("Veränderung in fünf Jahren", "Change over five years"),
    "column.city_change_1": Phrase("Stadt: Veränderung zum Vorjahr", "City: change over one year"),
    "column.city_change_5": Phrase("Stadt: Veränderung in fünf Jahren", "City: change over five years"),
    "column.numerator": Phrase("Zähler", "Numerator"),
    "column.denominator": Phrase("Nenner", "Denominator"),
    "column.warnings": Phrase("Gebiete mit Hinweis", "Areas with a warning"),
    "column.sentence": Phrase("Hinweis in Worten", "Warning in words"),
    "label.region": Phrase("Region {id}", "Region {id}"),
    "note.source": Phrase(
        "Datenquelle: {source}. Lizenz der Daten der Stadt: dl-de/by-2-0.",
        "Data source: {source}. Licence of the city's data: dl-de/by-2-0.",
    ),
    "note.change_unit": Phrase(
        "Abstand und Veränderung stehen in der Einheit des Indikators; bei Anteilen in Prozentpunkten.",
        "Differences and changes are in the unit of the indicator; for shares in percentage points.",
    ),
    "note.derived": Phrase(
        "Die Zuordnung von {n} {n:Stadtbezirk|Stadtbezirken} zu Regionen ist erschlossen und nicht von REGSAM "
        "veröffentlicht ({districts}); die Regionentabelle kann ersetzt werden.",
        "The region of {n} {n:district|districts} is inferred, not published by REGSAM ({districts}); the "
        "region table can be replaced.",
    ),
    "note.warning": Phrase(
        "Ein Hinweis sagt, wo genauer hingesehen werden sollte. Er ist kein Urteil und nennt keine Ursache.",
        "A warning says where to look more closely. It is no verdict and names no cause.",
    ),
    "column.area_name": Phrase("Name des Gebiets", "Name of the area"),
    "column.region_name": Phrase("Name der Region", "Name of the region"),
    # sentences of the report
    "report.sentence.scope": Phrase(
        "Bericht für {period:for}: {n_indicators} {n_indicators:Indikator|Indikatoren}, {areas}.",
        "Report for {period}: {n_indicators} {n_indicators:indicator|indicators}, {areas}.",
    ),
    "report.sentence.none": Phrase(
        "Kein Hinweis. {done} von {all} Prüfungen waren möglich; ein hoher oder niedriger Wert allein ist kein "
        "Hinweis.",
        "No warning. {done} of {all} tests were possible; a high or low value alone is no warning.",
    ),
    "report.sentence.none_in_time": Phrase(
        "Kein Hinweis. Mit früheren Zeiträumen konnte nichts verglichen werden. Von den Prüfungen gegen Stadt und "
        "Nachbarn waren {done} von {all} möglich.",
        "No warning. Nothing could be compared with earlier periods. Of the tests against city and neighbors "
        "{done} of {all} were possible.",
    ),
    "report.sentence.untested": Phrase(
        "Nichts konnte geprüft werden. Dass kein Hinweis dasteht, sagt hier nichts aus.",
        "Nothing could be tested. That there is no warning says nothing here.",
    ),
    "report.sentence.counts": Phrase(
        "{n} {n:Hinweis|Hinweise} ({levels}), davon {new} neu.",
        "{n} {n:warning|warnings} ({levels}), {new} of them new.",
    ),
    "report.sentence.counts_known": Phrase(
        "{n} {n:Hinweis|Hinweise} ({levels}), {n:schon bekannt|alle schon bekannt}.",
        "{n} {n:warning|warnings} ({levels}), {n:known before|all known before}.",
    ),
    "report.sentence.open": Phrase(
        "{n} {n:früherer Hinweis ist|frühere Hinweise sind} noch offen: Der Wert ist nicht zurückgekehrt, und "
        "er ist nicht abschließend bewertet.",
        "{n} earlier {n:warning is|warnings are} still open: the value has not returned, and it is not finally "
        "judged.",
    ),
    "report.page.why": Phrase("Begründung", "Reasons"),
    "report.page.long_open": Phrase(
        "{n} {n:Hinweis|Hinweise}, seit mehr als drei Berichten offen",
        "{n} {n:warning|warnings}, open for more than three reports",
    ),
    "report.sentence.priority": Phrase("{n} vorrangig zu prüfen", "{n} to check first"),
    "report.sentence.check": Phrase("{n} zu prüfen", "{n} to check"),
    "report.sentence.watch": Phrase("{n} zu beobachten", "{n} to watch"),
    "report.sentence.theme": Phrase(
        "Thema der Stadt: {sentence}",
        "Theme of the city: {sentence}",
    ),
    # the overview page
    # areas of one's own may lie in any city
    "report.page.subtitle_own": Phrase(
        "{areas} · {n_maps} {n_maps:Indikator|Indikatoren}", "{areas} · {n_maps} {n_maps:indicator|indicators}"
    ),
    "report.page.subtitle": Phrase(
        "Landeshauptstadt München · {areas} · {n_maps} {n_maps:Indikator|Indikatoren}",
        "City of Munich · {areas} · {n_maps} {n_maps:indicator|indicators}",
    ),
    "report.own.title": Phrase("Eigene Gebiete {period:in}", "Own areas {period}"),
    "count.district": Phrase("{n} {n:Stadtbezirk|Stadtbezirke}", "{n} {n:district|districts}"),
    "count.subdistrict": Phrase("{n} {n:Bezirksteil|Bezirksteile}", "{n} {n:sub-district|sub-districts}"),
    "count.quarter": Phrase("{n} Viertel", "{n} {n:quarter|quarters}"),
    "count.own": Phrase("{n} {n:eigenes Gebiet|eigene Gebiete}", "{n} own {n:area|areas}"),
    "note.not_testable": Phrase(
        "Ohne Ergebnis {n:blieb|blieben} {asked}, weil Werte, Nachbarn oder frühere Zeiträume fehlen. Kein "
        "Hinweis heißt dort nicht, dass nichts ist.",
        "{asked} gave no result because {n:a value, neighbor or earlier period is|values, neighbors or earlier "
        "periods are} missing. No warning does not mean there that all is well.",
    ),
    "note.not_testable.kind": Phrase(
        "{n} {n:Prüfung|Prüfungen} zur Frage „{kind}“", "{n} {n:test|tests} of the question “{kind}”"
    ),
    "note.not_in_time": Phrase(
        "Mit früheren Zeiträumen wurde nichts verglichen, weil Zahlen fehlen. Kein Hinweis heißt nicht, dass sich "
        "nichts verändert hat.",
        "Nothing was compared with earlier periods, because figures are missing. No warning does not mean that "
        "nothing has changed.",
    ),
    "note.sizes_unknown": Phrase(
        "Bei {n} {n:Prüfung|Prüfungen} ist nicht bekannt, wie groß die Gebiete sind; kleine Gebiete schwanken "
        "stärker, und ohne ihre Größe wären sie oft zu Unrecht auffällig. Eine Spalte mit den Nennern macht sie "
        "prüfbar.",
        "For {n} {n:test|tests} it is not known how large the areas are; small areas vary more, and without their "
        "size they would often be unusual for no reason. A column with the denominators makes the tests possible.",
    ),
    "report.themes.caption": Phrase(
        "Was in mindestens {n} Regionen mindestens 10 % ungünstiger ist als in der Stadt, oder in mehreren "
        "auffällt; das Ungünstigste zuerst.",
        "What is at least 10 % worse than in the city in {n} regions or more, or stands out in several; the worst "
        "first.",
    ),
    "report.themes.areas": Phrase("Stadtbezirke", "Districts"),
    "report.themes.regions": Phrase("Regionen", "Regions"),
    "report.themes.share": Phrase("Fälle der Stadt", "The city's cases"),
    "report.themes.since": Phrase("seit", "since"),
    "report.themes.course": Phrase("in {years} Jahren", "in {years} years"),
    "report.themes.warnings": Phrase("Hinweise", "Warnings"),
    "report.themes.judged": Phrase("Bedarf gesehen", "Need seen"),
    "report.themes.low": Phrase("{title} (wenig ist die Belastung)", "{title} (low is the burden)"),
    "report.themes.counted": Phrase("{n} von {of}: {names}", "{n} of {of}: {names}"),
    "report.themes.no_area": Phrase("keiner für sich allein", "none by itself"),
    "report.themes.shares": Phrase("{cases} (nach Größe {people})", "{cases} (by size {people})"),
    "report.themes.moved": Phrase("{word}, von {old} auf {new}", "{word}, from {old} to {new}"),
    "report.themes.stood": Phrase("{word}, {new}", "{word}, {new}"),
    "report.themes.warned": Phrase("{status}: {areas}", "{status}: {areas}"),
    "report.themes.quiet": Phrase("keine", "none"),
    "report.themes.more": Phrase(
        "{n} {n:weiteres Thema steht|weitere Themen stehen} im Bericht.",
        "{n} more {n:theme stands|themes stand} in the report.",
    ),
    "report.page.no_regions": Phrase(
        "Keiner der Indikatoren lässt sich zu Regionen summieren; die Gründe stehen in der Lesehilfe.",
        "None of the indicators can be summed to regions; the reasons stand under how to read this.",
    ),
    "report.page.own": Phrase("Eigene Gebiete", "Own areas"),
    "report.page.city_wide": Phrase("Was die ganze Stadt bewegt", "What moves the whole city"),
    "report.page.questions": Phrase("Fragen an die Daten", "Questions about the data"),
    "report.page.questions_why": Phrase(
        "Diese Angaben passen nicht zu den übrigen. Sie gehen in keine Prüfung ein; bitte nachfragen.",
        "These figures do not fit the others. They take no part in any test and should be asked about.",
    ),
    "report.page.more_questions": Phrase("Dazu {n} weitere.", "And {n} more."),
    "report.page.contents": Phrase("Inhalt", "Contents"),
    "report.page.warnings": Phrase("Hinweise", "Warnings"),
    "report.page.maps": Phrase("Karten", "Maps"),
    "report.page.regions": Phrase("Regionen", "Regions"),
    "report.page.files": Phrase("Tabellen und Dateien", "Tables and files"),
    "report.page.reading": Phrase("Lesehilfe und Grenzen", "How to read this, and its limits"),
    "report.page.open_interactive": Phrase(
        "Interaktive Karte öffnen (braucht kein Netz)", "Open the interactive map (needs no network)"
    ),
    "report.page.n_warnings": Phrase("{n} {n:Gebiet|Gebiete} mit Hinweis", "{n} {n:area|areas} with a warning"),
    "report.page.map_alt": Phrase(
        "Karte: {title} {period:in}; {n} {n:Gebiet|Gebiete} mit Hinweis. "
        "Alle Werte stehen in der interaktiven Karte und ihrer Tabelle.",
        "Map: {title}, {period}; {n} {n:area|areas} with a warning. "
        "All values stand in the interactive map and its table.",
    ),
    "report.page.matrix_caption": Phrase(
        "Wert je Region, aus den summierten Zählern und Nennern ihrer Stadtbezirke. ▲ mindestens 10 % über, "
        "▽ mindestens 10 % unter dem Wert der Stadt. Umrandet: Hinweis in mindestens einem Stadtbezirk, "
        "auch ein noch offener.",
        "Value by region, from the summed numerators and denominators of its districts. ▲ at least 10 % above, "
        "▽ at least 10 % below the city's value. Framed: warning in at least one district, a "
        "still open one too.",
    ),
    "report.page.own_caption": Phrase(
        "Wert je eigenem Gebiet, aus summierten Zählern und Nennern. ▲ mindestens 10 % über, ▽ mindestens 10 % "
        "unter dem Wert der Stadt. Umrandet: Hinweis für das Gebiet, auch ein noch offener.",
        "Value by area, from summed numerators and denominators. ▲ at least 10 % above, ▽ at least 10 % below the "
        "city's value. Framed: warning for the area, a still open one too.",
    ),
    "report.page.city": Phrase("Stadt", "City"),
    "report.page.above": Phrase("über der Stadt", "above the city"),
    "report.page.below": Phrase("unter der Stadt", "below the city"),
    "report.page.method": Phrase(
        "Geprüft werden je Indikator der Abstand von den Nachbarn und von der Stadt, die jüngste Veränderung im "
        "Vergleich mit allen Gebieten und die Entwicklung über drei und fünf Jahre; der Anteil falscher Hinweise "
        "wird je Fragestellung begrenzt.",
        "For each indicator the distance from the neighbors and from the city, the newest change against that of "
        "all areas and the development over three and five years are tested; the share of false warnings is "
        "limited within each question.",
    ),
    "report.page.found_rises": Phrase("Was aufgefallen wäre", "What would have been noticed"),
    "note.found_rises": Phrase(
        "Kein Hinweis heißt nicht, dass nichts geschehen ist. Ein Anstieg binnen eines Jahres, so groß wie hier "
        "genannt, gegenüber dem Wert, der zu erwarten war, wäre mit einer Wahrscheinlichkeit von mindestens "
        "80 % aufgefallen:",
        "No warning does not mean that nothing happened. A rise within a year as large as stated here, against "
        "the value that was to be expected, would have been noticed with a probability of at least 80 %:",
    ),
    "note.found_rise": Phrase(
        "{title}: Ein Anstieg um {percent} wäre in {found} von {n} Gebieten aufgefallen.",
        "{title}: a rise by {percent} would have been noticed in {found} of {n} areas.",
    ),
    "note.hidden_untested": Phrase(
        "{n} {n:Wert|Werte} dieses Zeitraums {n:wird|werden} geheim gehalten: Dort wird nichts geprüft, und kein "
        "Hinweis heißt nicht, dass nichts geschehen ist. Alle anderen Prüfungen und Zahlen sind ohne die geheimen "
        "Werte gerechnet.",
        "{n} {n:value|values} of this period {n:is|are} suppressed: nothing is tested there, and no warning does "
        "not mean that nothing happened. All other tests and figures are computed without the suppressed values.",
    ),
    "note.expected_false": Phrase(
        "In einem Bericht, in dem nicht mehr geschieht als in jedem Jahr, stünden im Mittel {number} Hinweise "
        "(simuliert an {reports} Berichten).",
        "A report in which no more happens than in any year would hold {number} warnings on average "
        "(simulated in {reports} reports).",
    ),
    "note.events": Phrase(
        "{titles} {n:zählt|zählen} Ereignisse und nicht Menschen: Dieselbe Person kann mehrmals darin stehen.",
        "{titles} {n:counts|count} events and not people: the same person may stand in it several times.",
    ),
    "note.settings": Phrase(
        "Einstellungen, Fassung {version}: Ein Hinweis heißt „beobachten“, wo der Anteil falscher Hinweise unter "
        "{watch} zu erwarten ist, und „prüfen“ unter {check}. Als bedeutsam gilt ein Unterschied von mehr als "
        "{effect}, innerhalb eines Jahres von mehr als {yearly}, sofern der Katalog nichts anderes sagt. Mit der "
        "eigenen Vergangenheit wird ab {history} früheren Veränderungen verglichen. Alle Einstellungen stehen in "
        "angaben.json.",
        "Settings, version {version}: a warning says “watch” where the share of false warnings to be expected is "
        "below {watch}, and “check” below {check}. A difference of more than {effect} matters, within one year of "
        "more than {yearly}, unless the catalogue says otherwise. An area is compared with its own past from "
        "{history} earlier changes on. All settings stand in angaben.json.",
    ),
    "note.checksum": Phrase("Prüfsumme der Werte (Anfang): {sum}.", "Checksum of the values (beginning): {sum}."),
    "note.inputs": Phrase(
        "Eingelesene Dateien: {files}.",
        "Files read: {files}.",
    ),
}
