"""Phrases about indicator tables and panels."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.period_unknown": Phrase(
        "Unbekannter Zeitraum „{found}“: erwartet wird ein Jahr (2024), Schuljahr (2023/24), Halbjahr (2024-H1), "
        "Quartal (2024-Q1), Monat (2024-03) oder eine Woche (2024-W07).",
        "Unknown period “{found}”: expected a year (2024), school year (2023/24), half-year (2024-H1), "
        "quarter (2024-Q1), month (2024-03) or week (2024-W07).",
    ),
    "error.period_open": Phrase(
        "Der Zeitraum „{found}“ lässt sich verschieden lesen: {expected}. Bitte so schreiben, wie er gemeint ist.",
        "The period “{found}” can be read in different ways: {expected}. Please write it as it is meant.",
    ),
    "error.panel_type": Phrase(
        "Erwartet wird ein Panel oder eine Tabelle (DataFrame), gefunden: {found}.{hint}",
        "Expected a Panel or a DataFrame, found: {found}.{hint}",
    ),
    "hint.read": Phrase(
        ' Eine Datei wird zuerst gelesen: rg.read_indicators("{path}").',
        ' A file is read first: rg.read_indicators("{path}").',
    ),
    "hint.values_second": Phrase(
        " Werte nach Gebiet stehen an zweiter Stelle: rg.plot_map(areas, werte).",
        " Values by area stand in the second place: rg.plot_map(areas, values).",
    ),
    "error.panel_columns": Phrase(
        "Der Tabelle fehlt die Spalte {missing}. Gefunden: {found}.",
        "The table lacks the column {missing}. Found: {found}.",
    ),
    "error.panel_columns_twice": Phrase(
        "Die Tabelle hat mehrere Spalten mit demselben Titel: {found}. Bitte eine davon umbenennen oder löschen.",
        "The table has several columns of the same title: {found}. Please rename or delete one of them.",
    ),
    "error.panel_blanks": Phrase(
        "Spalte {column}: „{first}“ und „{second}“ unterscheiden sich nur in Leerzeichen. Bitte gleich schreiben.",
        "Column {column}: “{first}” and “{second}” differ in blanks alone. Please write them alike.",
    ),
    "error.panel_empty_key": Phrase(
        "Spalte {column}, Zeile {row}: Die Zelle ist leer, muss aber sagen, wozu der Wert gehört.",
        "Column {column}, row {row}: the cell is empty, but has to say what the value belongs to.",
    ),
    "error.panel_word": Phrase(
        "Spalte {column}, Zeile {row}: unbekannter Eintrag „{found}“. Möglich sind: {expected}.{hint}",
        "Column {column}, row {row}: unknown entry “{found}”. Possible: {expected}.{hint}",
    ),
    "error.panel_number": Phrase(
        "Spalte {column}, Zeile {row}: „{found}“ ist keine endliche Zahl.",
        "Column {column}, row {row}: “{found}” is no finite number.",
    ),
    "error.panel_duplicate": Phrase(
        "Die Zeile „{key}“ kommt mehrfach vor ({n} {n:überzählige Zeile|überzählige Zeilen} in der Tabelle). "
        "Jede Verbindung aus Indikator, Ausprägung, Zeitraum, Ebene und Gebiet darf nur einmal stehen.",
        "The row “{key}” stands more than once ({n} surplus {n:row|rows} in the table). "
        "Each combination of indicator, group, period, level and area may stand only once.",
    ),
    "error.not_in_panel": Phrase(
        "„{found}“ kommt in der Spalte {column} nicht vor.{hint} Vorhanden: {expected}.",
        "“{found}” does not occur in column {column}.{hint} Present: {expected}.",
    ),
    "error.indicator_open": Phrase(
        "„{found}“ heißen {n} Indikatoren: {expected}. Bitte einen davon nennen.",
        "{n} indicators are called “{found}”: {expected}. Please name one of them.",
    ),
    "error.study_areas_first": Phrase(
        "Zuerst kommen die Zahlen, dann die Gebiete: rg.Study(panel, areas); nur mit Gebieten: "
        "rg.Study(areas=areas). Gefunden: {found}.",
        "Figures come first, then areas: rg.Study(panel, areas); with areas alone: rg.Study(areas=areas). "
        "Found: {found}.",
    ),
    "error.study_of_warnings": Phrase(
        "Erwartet wird eine Studie (Study) oder ein Panel, gefunden: {found}. Eine Tabelle von Hinweisen ist das "
        "Ergebnis einer Studie, zum Beispiel study.city_themes().",
        "Expected a study (Study) or a panel, found: {found}. A table of warnings is what a study gives; write "
        "study.city_themes(), for example.",
    ),
    "error.layer_of_points": Phrase(
        "In der Ebene stehen Punkte und keine Flächen. Orte zeigt rg.plot_places(study, orte), gezählt werden sie "
        "mit rg.count_cases.",
        "The layer holds points and no areas. Places are shown by rg.plot_places(study, places), and counted by "
        "rg.count_cases.",
    ),
    "error.no_figures": Phrase(
        "Es gibt keine Zahlen dazu. Zahlen und Flächen kommen so zusammen: rg.Study(panel, areas). Zahlen, die in "
        "einer Spalte der Flächen stehen, zeigt die Ansicht, wenn sie genannt wird.",
        "There are no figures for this. Figures and areas come together like this: rg.Study(panel, areas).",
    ),
    "error.layer_column_unknown": Phrase(
        "In der Tabelle der Flächen gibt es keine Spalte „{found}“. Zahlen stehen in: {expected}.{hint}",
        "The areas have no column “{found}”. Columns with numbers: {expected}.{hint}",
    ),
    "error.layer_column_text": Phrase(
        "Die Spalte „{found}“ der Flächen enthält keine Zahlen. Zahlen stehen in: {expected}.{hint}",
        "The column “{found}” of the areas holds no numbers. Columns with numbers: {expected}.{hint}",
    ),
    "error.layer_period": Phrase(
        "Von wann sind die Zahlen in der Spalte „{column}“? Bitte den Zeitraum angeben, zum Beispiel period=2024.",
        "What period are the figures in the column “{column}” of? Please state it, for example period=2024.",
    ),
    "error.layer_one_period": Phrase(
        "Zahlen neben Flächen gelten für einen Zeitraum ({period}); diese Ansicht vergleicht mehrere. Dafür nimmt "
        "sie eine Studie: rg.Study(panel, areas).",
        "Figures beside areas are of one period ({period}); this view compares several. For that it takes a "
        "study: rg.Study(panel, areas).",
    ),
    "error.aggregate_to": Phrase(
        "to=„{found}“: Summiert wird zu „region“ oder zu eigenen Flächen (GeoDataFrame, siehe read_boundaries).",
        "to=“{found}”: figures are summed to “region” or to your own areas (a GeoDataFrame, see read_boundaries).",
    ),
    "error.catalogue_column": Phrase(
        "Der Katalog kennt keine Spalte „{found}“. Möglich sind: {expected}.{hint}",
        "The catalogue has no column “{found}”. Possible: {expected}.{hint}",
    ),
    "error.rates_per": Phrase(
        "Unbekannte Bezugsgröße „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown population “{found}”. Possible: {expected}.{hint}",
    ),
    "error.rates_scale": Phrase(
        "scale muss größer als 0 sein; angegeben: {found}.", "scale has to be above 0; given: {found}."
    ),
    "error.rates_areas": Phrase(
        "Einwohnerzahlen liegen für Stadtbezirke, Regionen und die Stadt vor; die Tabelle hat: {found}.",
        "There are populations of districts, regions and the city; the table has: {found}.",
    ),
    "error.rates_no_counts": Phrase(
        "Hier ist nichts gezählt, was sich auf Einwohner beziehen ließe (ganze Zahlen ab 0): {found}.",
        "Nothing is counted here that could be divided by a population (whole numbers from 0): {found}.",
    ),
    "note.rates.without": Phrase(
        "{n} {n:Wert|Werte} ohne Einwohnerzahl: {periods}",
        "{n} {n:value|values} without a population: {periods}",
    ),
    "label.rates.source": Phrase("{own}; Bevölkerung: {source}", "{own}; population: {source}"),
    "label.per.population": Phrase("je {n} Einwohner", "per {n} residents"),
    "label.per.population 0-14": Phrase("je {n} Einwohner bis 14 Jahre", "per {n} residents up to 14"),
    "label.per.population 15-64": Phrase(
        "je {n} Einwohner von 15 bis 64 Jahren", "per {n} residents aged 15 to 64"
    ),
    "label.per.population 65+": Phrase("je {n} Einwohner ab 65 Jahren", "per {n} residents aged 65 and over"),
    "label.per.population 75+": Phrase("je {n} Einwohner ab 75 Jahren", "per {n} residents aged 75 and over"),
    "label.per.households": Phrase("je {n} Haushalte", "per {n} households"),
    "error.combine_values": Phrase(
        "{key} steht in beiden Tabellen mit verschiedenen Werten ({first} und {second}; {n} solche "
        "{n:Zeile|Zeilen}). Welcher gilt, muss gesagt werden: den anderen vorher mit sel(...) weglassen.",
        "{key} stands in both tables with different values ({first} and {second}; {n} such {n:row|rows}). Which "
        "one holds has to be said: leave the other out with sel(...) before.",
    ),
    "error.combine_catalogue": Phrase(
        "{indicator}: Die beiden Tabellen verstehen darunter Verschiedenes ({column}: {first} und {second}). "
        "Bitte den eigenen Indikator anders nennen.",
        "{indicator}: the two tables mean different things by it ({column}: {first} and {second}). Please call "
        "your own indicator otherwise.",
    ),
    "error.area_twice": Phrase(
        "Die Gebiete {areas} stehen mehrfach in der Karte; jede Nummer darf nur einmal vorkommen. "
        "Teilflächen eines Gebiets bitte vorher vereinigen (areas.dissolve).",
        "The areas {areas} stand more than once in the layer; each id may occur only once. "
        "Unite the parts of an area first (areas.dissolve).",
    ),
    "error.column_taken": Phrase(
        "Die Gebiete haben schon eine Spalte {columns}. Bitte umbenennen, bevor Werte angefügt werden.",
        "The areas already have a column {columns}. Rename it before values are joined.",
    ),
    "error.level_open": Phrase(
        "Die Nummern der Gebiete passen zu mehreren Ebenen: {levels}. Bitte level= angeben.",
        "The ids of the areas fit several levels: {levels}. Please state level=.",
    ),
    "error.not_summable": Phrase(
        "„{indicator}“ lässt sich nicht über Gebiete summieren: {reason}.{advice}",
        "“{indicator}” cannot be summed over areas: {reason}.{advice}",
    ),
    "label.if_counts": Phrase(
        ' Sind es Anzahlen, sagt es der Katalog: panel.with_catalogue({{"{indicator}": {{"summable": True}}}}).',
        ' Counts say so in the catalogue: panel.with_catalogue({{"{indicator}": {{"summable": True}}}}).',
    ),
    "error.nothing_to_sum": Phrase(
        "Die Tabelle enthält keine Werte, die sich summieren ließen.",
        "The table holds no values that could be summed.",
    ),
    "error.no_areas_to_sum": Phrase(
        "Zum Summieren werden Werte nach Stadtbezirken, Bezirksteilen oder Vierteln gebraucht; vorhanden: "
        "{found}.",
        "Summing needs values by district, sub-district or quarter; present: {found}.",
    ),
    "error.steps": Phrase(
        "steps={found}: Gemeint ist, über wie viele Jahre verglichen wird, zum Beispiel steps=(1, 5). Alle "
        'Gebiete sind dabei; zwei von ihnen nebeneinander zeigt plot_comparison(studie, ["16", "14"]).',
        "steps={found}: expected are numbers of years to compare over, such as steps=(1, 5). All areas are in it; "
        'two of them side by side are drawn by plot_comparison(study, ["16", "14"]).',
    ),
    "error.no_whole_areas": Phrase(
        "Kein eigenes Gebiet besteht aus ganzen Stadtbezirken; durchschnitten werden {areas}. Werte nach "
        "Bezirksteilen "
        "oder Vierteln ließen sich summieren.",
        "No own area is made of whole districts; {areas} are cut. Values by sub-district or quarter could be "
        "summed.",
    ),
    "note.cut_areas": Phrase(
        "{n} {n:Gebiet liegt|Gebiete liegen} nicht zu mindestens 90 % in einem eigenen Gebiet ({areas}); ohne "
        "Werte "
        "bleiben deshalb: {targets}.",
        "{n} {n:area does|areas do} not lie in one own area with at least 90 % ({areas}); without values are "
        "therefore: "
        "{targets}.",
    ),
    "label.not_summable": Phrase(
        "{title}: nicht für Regionen berechnet; {reason}.",
        "{title}: not computed for regions; {reason}.",
    ),
    "label.not_summable_in": Phrase(
        "{title}, {periods}: nicht für Regionen berechnet; {reason}.",
        "{title}, {periods}: not computed for regions; {reason}.",
    ),
    "reason.not_summable.no_ratio": Phrase(
        "der Wert ist kein einfaches Verhältnis seiner Basiswerte",
        "the value is no simple ratio of its base values",
    ),
    "reason.not_summable.depends_on_area": Phrase(
        "die Fälle hängen vom Zuschnitt der Gebiete ab, die Summe der Gebiete erreicht die Stadt nicht",
        "the cases depend on how the areas are cut, the areas’ sum does not reach the city",
    ),
    "reason.not_summable.gap_to_city": Phrase(
        "die Summe der Gebiete weicht um mehr als 3 % von der Stadt ab",
        "the areas’ sum differs from the city by more than 3 %",
    ),
    "reason.not_summable.areas_missing": Phrase("für kein Gebiet liegen Zahlen vor", "no area has figures"),
    "reason.not_summable.not_checked": Phrase("ohne Zahl der Stadt nicht prüfbar", "not checked without the city"),
    "label.join.matched": Phrase(
        "{indicator}, {period}: {n} {n:Gebiet|Gebiete} zugeordnet.",
        "{indicator}, {period}: {n} {n:area|areas} joined.",
    ),
    "label.join.without_row": Phrase("Nicht in der Tabelle: {areas}.", "Not in the table: {areas}."),
    "label.join.missing": Phrase("Ohne Wert ({reason}): {areas}.", "Without value ({reason}): {areas}."),
    "label.panel.title": Phrase(
        "{n} {n:Indikator|Indikatoren} mit Ausprägung, {rows} Zeilen; Ebenen: {levels}",
        "{n} {n:indicator|indicators} with group, {rows} rows; levels: {levels}",
    ),
    "label.panel.indicator": Phrase("Indikator", "Indicator"),
    "label.panel.group": Phrase("Ausprägung", "Group"),
    "label.panel.periods": Phrase("Zeitraum", "Periods"),
    "label.panel.areas": Phrase("Gebiete", "Areas"),
    "label.panel.missing": Phrase("fehlende Werte", "Missing values"),
    "label.level.district": Phrase("Stadtbezirke", "districts"),
    "label.level.subdistrict": Phrase("Bezirksteile", "sub-districts"),
    "label.level.quarter": Phrase("Viertel", "quarters"),
    "label.level.region": Phrase("REGSAM-Regionen", "REGSAM regions"),
    "label.level.own_regions": Phrase("eigene Regionen", "own regions"),
    "label.level.city": Phrase("Stadt München", "City of Munich"),
    "label.level.own": Phrase("eigene Gebiete", "own areas"),
    "sign.not_available": Phrase("kein Wert", "no value"),
    "sign.secret": Phrase("geheim gehalten", "kept secret"),
    "sign.unknown_or_secret": Phrase("unbekannt oder geheim", "unknown or secret"),
    "sign.unreliable": Phrase("nicht verlässlich", "not reliable"),
    "sign.not_applicable": Phrase("nicht sinnvoll", "not applicable"),
    "sign.later": Phrase("folgt später", "to follow"),
    "sign.suppressed": Phrase("geheim gehalten", "suppressed"),
    "sign.incomplete": Phrase("unvollständig", "incomplete"),
    "sign.faulty": Phrase("Angabe fraglich", "value in question"),
    "group.insgesamt": Phrase("insgesamt", "all"),
    "group.männlich": Phrase("männlich", "men"),
    "group.weiblich": Phrase("weiblich", "women"),
    "group.Männer": Phrase("Männer", "men"),
    "group.Frauen": Phrase("Frauen", "women"),
    "group.deutsch": Phrase("deutsch", "German nationals"),
    "group.nichtdeutsch": Phrase("nichtdeutsch", "foreign nationals"),
    "group.Deutsche": Phrase("Deutsche", "German nationals"),
    "group.Nichtdeutsche": Phrase("Nichtdeutsche", "foreign nationals"),
    "group.Ausländer": Phrase("Ausländer", "foreign nationals"),
    "group.unter 3 Jahre": Phrase("unter 3 Jahre", "under 3"),
    "group.unter 6 Jahre": Phrase("unter 6 Jahre", "under 6"),
    "group.unter 18 Jahre": Phrase("unter 18 Jahre", "under 18"),
    "group.3 bis 5 Jahre": Phrase("3 bis 5 Jahre", "aged 3 to 5"),
    "group.6 bis 14 Jahre": Phrase("6 bis 14 Jahre", "aged 6 to 14"),
    "group.15 bis 24 Jahre": Phrase("15 bis 24 Jahre", "aged 15 to 24"),
    "group.25 bis 54 Jahre": Phrase("25 bis 54 Jahre", "aged 25 to 54"),
    "group.55 bis 64 Jahre": Phrase("55 bis 64 Jahre", "aged 55 to 64"),
    "group.55 Jahre und älter": Phrase("55 Jahre und älter", "55 and older"),
    "group.65 Jahre und älter": Phrase("65 Jahre und älter", "65 and older"),
    "group.75 Jahre und älter": Phrase("75 Jahre und älter", "75 and older"),
    "group.80 Jahre und älter": Phrase("80 Jahre und älter", "80 and older"),
}
