"""Phrases about cases and places with coordinates."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.records_type": Phrase(
        "Erwartet wird eine Datei (CSV, Parquet, GeoPackage), ein Ordner davon oder eine Tabelle (DataFrame), "
        "gefunden: {found}.",
        "Expected a file (CSV, Parquet, GeoPackage), a folder of them or a DataFrame, found: {found}.",
    ),
    "error.records_missing": Phrase(
        "Die Datei {file} gibt es nicht.{hint}",
        "There is no file {file}.{hint}",
    ),
    "error.records_kind": Phrase(
        "{file} ist {found}. Gelesen werden Punkte aus CSV, Parquet, GeoPackage, GeoJSON, Shapefile, FlatGeobuf "
        "und KML; eine Excel-Mappe bitte als CSV speichern.",
        "{file} is {found}. Points are read from CSV, Parquet, GeoPackage, GeoJSON, Shapefile, FlatGeobuf and "
        "KML; please save a workbook as CSV.",
    ),
    "error.records_empty": Phrase(
        "Im Ordner {file} liegt keine Datei.",
        "There is no file in the folder {file}.",
    ),
    "error.records_unreadable": Phrase(
        "{file} lässt sich nicht lesen ({detail}). Bitte neu speichern oder neu herunterladen.",
        "{file} cannot be read ({detail}). Please save or download it again.",
    ),
    "error.records_broken": Phrase(
        "{file}: Teil {piece}, ab Zeile {row}, lässt sich nicht lesen ({detail}). Gezählt wurde nichts: ein "
        "halbes "
        "Ergebnis gibt es nicht.",
        "{file}: piece {piece}, from row {row}, cannot be read ({detail}). Nothing was counted: there is no half "
        "result.",
    ),
    "error.records_piece": Phrase(
        "{piece} lässt sich nicht zählen ({detail}). Gezählt wurde nichts: ein halbes Ergebnis gibt es nicht.",
        "{piece} cannot be counted ({detail}). Nothing was counted: there is no half result.",
    ),
    "error.records_worker": Phrase(
        "{piece} ging verloren, weil der Rechner, der ihn zählte, mehrmals abbrach. Gezählt wurde "
        "nichts: ein "
        "halbes Ergebnis gibt es nicht. Oft reicht der Speicher nicht: die Tabelle in kleinere Teile teilen "
        "(repartition).",
        "{piece} was lost, as the worker that counted it died several times. Nothing was counted: "
        "there is "
        "no half result. Often memory runs out: divide the frame into smaller parts (repartition).",
    ),
    "error.records_cluster": Phrase(
        "Der Cluster hat nicht zu Ende gezählt ({cause}: {detail}). Gezählt wurde nichts: ein halbes Ergebnis "
        "gibt es "
        "nicht.",
        "The cluster did not finish counting ({cause}: {detail}). Nothing was counted: there is no half result.",
    ),
    "error.records_header": Phrase(
        "{file}: Die erste Zeile muss die Spalten nennen, jede einmal. Gefunden: {found}.",
        "{file}: the first row has to name the columns, each once. Found: {found}.",
    ),
    "error.records_column": Phrase(
        "{file}: Die Spalte „{found}“ gibt es nicht.{hint} Vorhanden: {expected}.",
        "{file}: there is no column “{found}”.{hint} Present: {expected}.",
    ),
    "error.records_column_kind": Phrase(
        "columns nennt „{found}“.{hint} Möglich sind: {expected}.",
        "columns names “{found}”.{hint} Possible: {expected}.",
    ),
    "error.records_no_place": Phrase(
        "{file}: Keine Spalte sagt, wo ein Fall liegt. Vorhanden: {found}. Bitte nennen, zum Beispiel "
        'columns={{"x": "Ost", "y": "Nord"}} oder columns={{"area": "Viertel"}}.',
        "{file}: no column says where a case lies. Present: {found}. Please name it, such as "
        'columns={{"x": "Ost", "y": "Nord"}} or columns={{"area": "Viertel"}}.',
    ),
    "error.records_no_date": Phrase(
        "{file}: Keine Spalte sagt, wann ein Fall war. Vorhanden: {found}. Bitte nennen "
        '(columns={{"date": "Eingang"}}) oder den Zeitraum aller Fälle angeben (period=2024).',
        "{file}: no column says when a case was. Present: {found}. Please name it "
        '(columns={{"date": "Eingang"}}) or give the period of all cases (period=2024).',
    ),
    "error.records_no_points": Phrase(
        "In der Spalte der Geometrie steht {found}. Erwartet werden Punkte.",
        "The column of geometries holds {found}. Expected points.",
    ),
    "error.records_elsewhere": Phrase(
        "{file}: Die Koordinaten ({found}) liegen in keinem üblichen System in den Gebieten. Stehen x und y "
        "richtig "
        "herum? Sonst bitte als Punkte mit ihrem System übergeben (geopandas.points_from_xy, set_crs).",
        "{file}: in no usual system do the coordinates ({found}) lie in the areas. Are x and y the right way "
        "round? "
        "Otherwise hand them over as points with their system (geopandas.points_from_xy, set_crs).",
    ),
    "error.records_no_area": Phrase(
        "Keine Angabe zum Gebiet passt ({found}). Erwartet werden Kennungen oder Namen der Ebene {level} oder "
        "feinerer.",
        "No entry names an area ({found}). Expected ids or names of level {level} or finer.",
    ),
    "error.records_groups": Phrase(
        "Aus {n} Gruppen, den Zeiträumen und Gebieten würden {found} Zellen; gezählt werden höchstens "
        "{expected}. Ist "
        "die Spalte in by eine von Namen oder Nummern?",
        "{n} groups, the periods and areas would be {found} cells; at most {expected} are counted. Is the "
        "column in "
        "by one of names or numbers?",
    ),
    "error.records_group_whole": Phrase(
        "Eine Gruppe heißt „{found}“ wie die Summe aller Fälle. Bitte umbenennen oder diese Zeilen weglassen.",
        "A group is called “{found}” as the sum of all cases. Please rename it or leave these rows out.",
    ),
    "error.records_nothing": Phrase(
        "Von {n} {n:Zeile|Zeilen} lässt sich keine zählen: nirgends steht, wann und wo der Fall war.",
        "Of {n} {n:row|rows} none can be counted: nothing says when and where the case was.",
    ),
    "error.points_layers": Phrase(
        "{file} hat {n} Ebenen ({found}); erwartet wird eine Ebene mit Punkten.",
        "{file} has {n} layers ({found}); expected one layer of points.",
    ),
    "error.places_areas": Phrase(
        "Als areas wird eine Ebene („district“, „quarter“ ...) oder ein GeoDataFrame erwartet, gefunden: {found}.",
        "Expected a level (“district”, “quarter” ...) or a GeoDataFrame as areas, found: {found}.",
    ),
    "error.places_ids_twice": Phrase(
        "Gebiete stehen mehrfach in der Ebene: {found}. Bitte ihre Teile vereinigen (read_boundaries tut es).",
        "Areas stand more than once in the layer: {found}. Please unite their parts (read_boundaries does).",
    ),
    "error.places_polygons": Phrase(
        "Gezählt wird in Flächen; die Ebene hat keine oder auch anderes.",
        "Counting needs polygons; the layer has none, or something else too.",
    ),
    "error.places_overlap": Phrase(
        "{n} {n:Paar|Paare} von Gebieten überlappen sich ({found}): ein Fall läge in beiden.",
        "{n} {n:pair|pairs} of areas overlap ({found}): a case would lie in both.",
    ),
    "label.records.rows": Phrase("Zeilen {first} bis {last}", "Rows {first} to {last}"),
    "label.records.piece": Phrase("Teil {n}", "Piece {n}"),
    "label.records.file_piece": Phrase("{file}, Teil {n}", "{file}, piece {n}"),
    "label.records.partition": Phrase("Teil {n} von {all}", "Partition {n} of {all}"),
    "label.records.unit": Phrase("Fälle", "cases"),
    "note.records.outside": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:liegt|liegen} außerhalb aller Gebiete und {n:ist|sind} "
        "nicht "
        "mitgezählt.",
        "{n} of {all} {all:record|records} {n:lies|lie} outside of all areas and {n:is|are} not counted.",
    ),
    "note.records.on_border": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:liegt|liegen} genau auf einer Grenze; jeder zählt einmal, "
        "im "
        "ersten der Gebiete.",
        "{n} of {all} {all:record|records} {n:lies|lie} exactly on a border; each counts once, in the first of "
        "its "
        "areas.",
    ),
    "note.records.without_place": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:hat|haben} keine Angabe zum Ort und {n:ist|sind} nicht "
        "mitgezählt.",
        "{n} of {all} {all:record|records} {n:says|say} nothing of the place and {n:is|are} not counted.",
    ),
    "note.records.without_period": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:hat|haben} kein Datum und {n:ist|sind} nicht "
        "mitgezählt.{found}",
        "{n} of {all} {all:record|records} {n:has|have} no date and {n:is|are} not counted.{found}",
    ),
    "note.records.without_period_read": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:hat|haben} kein lesbares Datum (zum Beispiel {found}) und "
        "{n:ist|sind} nicht mitgezählt.",
        "{n} of {all} {all:record|records} {n:has|have} no readable date (such as {found}) and {n:is|are} not "
        "counted.",
    ),
    "note.records.twice": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:trägt|tragen} eine Kennung, die schon vorkam; "
        "{n:er ist|sie sind} mitgezählt.",
        "{n} of {all} {all:record|records} {n:has|have} an id that stood before; {n:it is|they are} counted.",
    ),
    "note.records.strangers": Phrase(
        "{n} von {all} {all:Datensatz|Datensätzen} {n:nennt|nennen} ein Gebiet, das es hier nicht gibt "
        "({found}), und "
        "{n:ist|sind} nicht mitgezählt.",
        "{n} of {all} {all:record|records} {n:names|name} an area that is not here ({found}), and {n:is|are} not "
        "counted.",
    ),
    "note.places.without": Phrase(
        "{n} von {all} {all:Einrichtung|Einrichtungen} {n:hat|haben} keine Koordinaten.",
        "{n} of {all} {all:place|places} {n:has|have} no coordinates.",
    ),
    "error.supply_need": Phrase(
        "need „{found}“ gibt es nicht. Möglich sind {expected}, oder Personen nach Gebieten als Panel.",
        "There is no need “{found}”. Possible: {expected}, or persons by area as a panel.",
    ),
    "error.supply_own_need": Phrase(
        "Für eigene Gebiete ist keine Bevölkerung mitgeliefert. Bitte need= als Tabelle ihrer Personen angeben.",
        "No population of areas of one's own is shipped. Please give need= as a table of their persons.",
    ),
    "error.supply_series": Phrase(
        "need muss eine Reihe sein, gefunden: {n} ({found}). Mit panel.sel(...) eine auswählen.",
        "need has to be one series, found: {n} ({found}). Choose one by panel.sel(...).",
    ),
    "error.supply_missing": Phrase(
        "need hat in {n} {n:Gebiet|Gebieten} keinen Wert ({found}). Ohne ihn wäre das Angebot der Nachbarn zu "
        "hoch.",
        "need has no value in {n} {n:area|areas} ({found}). Without it the supply of neighbors would be too high.",
    ),
    "error.supply_number": Phrase(
        "Spalte {column}, Zeile {row}: „{found}“ ist keine Zahl ab 0.",
        "Column {column}, row {row}: “{found}” is no number from 0 on.",
    ),
    "error.supply_levels": Phrase(
        "need steht für Gebiete der Ebene {found}, areas sind {expected}. Bitte beide für dieselben Gebiete "
        "angeben.",
        "need is of areas of level {found}, areas are {expected}. Please give both for the same areas.",
    ),
    "error.supply_strangers": Phrase(
        "need nennt {n} {n:Gebiet|Gebiete}, {n:das|die} es hier nicht gibt: {found}.",
        "need names {n} {n:area|areas} that {n:is|are} not here: {found}.",
    ),
    "error.supply_reach": Phrase(
        "reach „{found}“: erwartet werden Meter über 0, Grenzen mit Gewichten ({{500: 1, 1500: 0.5}}) oder eine "
        "Tabelle "
        "der Wegezeiten.",
        "reach “{found}”: expected meters above 0, limits with weights ({{500: 1, 1500: 0.5}}) or a table of "
        "travel "
        "times.",
    ),
    "error.supply_places_twice": Phrase(
        "Die Kennung „{found}“ tragen mehrere Einrichtungen; die Wegezeiten wären nicht zuzuordnen.",
        "Several places have the id “{found}”; travel times could not be told apart.",
    ),
    "error.supply_times_twice": Phrase(
        "Der Weg {found} steht mehrfach in den Wegezeiten.",
        "The way {found} stands more than once in the travel times.",
    ),
    "error.supply_times": Phrase(
        "Keine Zeile der Wegezeiten passt zu Gebieten und Einrichtungen (origin zum Beispiel {found}).",
        "No row of the travel times fits areas and places (origin, such as {found}).",
    ),
    "label.need.population": Phrase("Einwohner", "inhabitants"),
    "label.need.population 0-14": Phrase("Kinder bis 14 Jahre", "children up to 14"),
    "label.need.population 15-64": Phrase("Einwohner von 15 bis 64", "inhabitants aged 15 to 64"),
    "label.need.population 65+": Phrase("Einwohner ab 65", "inhabitants from 65 on"),
    "label.need.population 75+": Phrase("Einwohner ab 75", "inhabitants from 75 on"),
    "label.need.households": Phrase("Haushalte", "households"),
    "label.supply.places": Phrase("Einrichtungen", "Places"),
    "label.supply.capacity": Phrase("Plätze", "Capacity"),
    "label.supply.need": Phrase("Bedarf ({need})", "Need ({need})"),
    "label.supply.per_100": Phrase("Plätze je 100 ({need})", "Capacity per 100 ({need})"),
    "label.supply.reached": Phrase(
        "Plätze in Reichweite je 100 ({need})", "Capacity within reach per 100 ({need})"
    ),
    "label.supply.without": Phrase("Ohne Einrichtung in Reichweite ({need})", "No place within reach ({need})"),
    "label.supply.unit.places": Phrase("Einrichtungen", "places"),
    "label.supply.unit.capacity": Phrase("Plätze", "capacity"),
    "label.supply.unit.need": Phrase("{need}", "{need}"),
    "label.supply.unit.per_100": Phrase("je 100", "per 100"),
    "label.supply.unit.reached": Phrase("je 100", "per 100"),
    "label.supply.unit.without": Phrase("%", "%"),
    "label.supply.none": Phrase("ohne Einrichtung in Reichweite", "no place within reach"),
    "label.supply.meters": Phrase("m", "m"),
    "label.supply.minutes": Phrase("Minuten", "minutes"),
    "label.supply.step": Phrase(
        "bis {far} {unit} mit Gewicht {weight}", "up to {far} {unit} with weight {weight}"
    ),
    "note.supply.air_line": Phrase(
        "Entfernung: Luftlinie, {steps}.",
        "Distance: air line, {steps}.",
    ),
    "note.supply.by_time": Phrase(
        "Entfernung: Wegezeiten der Tabelle, {steps}.",
        "Distance: travel times of the table, {steps}.",
    ),
    "note.supply.from.quarter": Phrase(
        "Bedarf: {need}, nach Vierteln bekannt; gemessen wird von der Mitte jedes Viertels aus.",
        "Need: {need}, known by quarters; measured from the middle of each quarter.",
    ),
    "note.supply.from.spread": Phrase(
        "Bedarf: {need}, nach Vierteln nicht bekannt; er ist nach Fläche auf die Viertel des Gebiets verteilt, "
        "und "
        "gemessen wird von deren Mitte aus. Wo Menschen wohnen, sagt die Fläche nur ungefähr.",
        "Need: {need}, not known by quarters; it is spread over the quarters of the area by surface, and "
        "measured from "
        "their middle. Surface says only roughly where people live.",
    ),
    "note.supply.from.area": Phrase(
        "Bedarf: {need}; gemessen wird von der Mitte jedes Gebiets aus.",
        "Need: {need}; measured from the middle of each area.",
    ),
    "note.supply.outside": Phrase(
        "{n} von {all} {all:Einrichtung|Einrichtungen} {n:liegt|liegen} außerhalb der Gebiete; was von dort "
        "erreichbar "
        "ist, zählt mit.",
        "{n} of {all} {all:place|places} {n:lies|lie} outside of the areas; what is within reach of them counts.",
    ),
    "note.supply.on_border": Phrase(
        "{n} von {all} {all:Einrichtung|Einrichtungen} {n:liegt|liegen} auf einer Grenze und {n:zählt|zählen} zum "
        "ersten der Gebiete.",
        "{n} of {all} {all:place|places} {n:lies|lie} on a border and {n:counts|count} to the first of its areas.",
    ),
    "note.supply.no_place": Phrase(
        "{n} von {all} {all:Einrichtung|Einrichtungen} {n:hat|haben} keine Koordinaten und {n:zählt|zählen} "
        "nirgends.",
        "{n} of {all} {all:place|places} {n:has|have} no coordinates and {n:counts|count} nowhere.",
    ),
    "note.supply.idle": Phrase(
        "{found} Plätze erreicht niemand, der sie braucht.",
        "Nobody in need reaches {found} of the capacity.",
    ),
    "note.supply.times": Phrase(
        "{n} von {all} {all:Zeile|Zeilen} der Wegezeiten {n:nennt|nennen} ein Gebiet oder eine Einrichtung, die "
        "es hier "
        "nicht gibt.",
        "{n} of {all} {all:row|rows} of the travel times {n:names|name} an area or a place that is not here.",
    ),
    "error.projection_rate": Phrase(
        "rate „{found}“: erwartet wird {expected}, eine Zahl ab 0 oder eine Zahl für jeden Zeitraum.",
        "rate “{found}”: expected {expected}, a number from 0 on, or one for each period.",
    ),
    "error.projection_coverage": Phrase(
        "coverage {found}: erwartet wird ein Anteil zwischen 0 und 1, etwa 0,8.",
        "coverage {found}: expected a share between 0 and 1, such as 0.8.",
    ),
    "error.projection_one": Phrase(
        "Vorausgerechnet wird ein Indikator einer Ebene, gefunden: {n} auf {levels} {levels:Ebene|Ebenen} "
        "({found}). Mit "
        "panel.sel(..., level=...) auswählen.",
        "One indicator of one level is projected, found: {n} on {levels} {levels:level|levels} ({found}). "
        "Choose by "
        "panel.sel(..., level=...).",
    ),
    "error.projection_years": Phrase(
        "Vorausgerechnet wird mit Jahren, gefunden: {found}.",
        "Projections need years, found: {found}.",
    ),
    "error.projection_counts": Phrase(
        "„{found}“ hat keine Fälle und Personen (Zähler und Nenner), aus denen sich eine Rate rechnen ließe. Aus "
        "Fallzahlen macht rates(...) Raten.",
        "“{found}” has no cases and people (numerator and denominator) to make a rate of. rates(...) makes "
        "rates of "
        "counts.",
    ),
    "error.projection_population": Phrase(
        "population braucht die Spalten area_id, period und value, gefunden: {found}.",
        "population needs the columns area_id, period and value, found: {found}.",
    ),
    "error.projection_people": Phrase(
        "population hat in {n} {n:Zeile|Zeilen} keine Zahl ab 0.",
        "population has no number from 0 on in {n} {n:row|rows}.",
    ),
    "error.projection_strangers": Phrase(
        "population nennt {n} {n:Gebiet|Gebiete}, {n:das|die} der Indikator nicht hat: {found}.",
        "population names {n} {n:area|areas} that the indicator does not have: {found}.",
    ),
    "error.projection_groups": Phrase(
        "Die Gruppen passen nicht zusammen: population hat {found}, der Indikator {expected}.",
        "The groups do not fit: population has {found}, the indicator {expected}.",
    ),
    "error.projection_rate_period": Phrase(
        "rate nennt keinen Wert für {found}, nur für {expected}.",
        "rate has no value for {found}, only for {expected}.",
    ),
    "error.projection_few_years": Phrase(
        'Für einen Trend reichen {n} {n:Jahr|Jahre} nicht; nötig sind {expected}. Mit rate="held" bleibt die '
        "Rate.",
        '{n} {n:year|years} are too few for a trend; it takes {expected}. rate="held" keeps the rate.',
    ),
    "error.projection_past": Phrase(
        "population beginnt mit {found}, die Zahlen reichen schon bis {newest}. Bitte nur spätere Jahre angeben.",
        "population begins with {found}, but the figures go on to {newest}. Please give later years alone.",
    ),
    "error.space_given": Phrase(
        "Erwartet wird das Ergebnis von supply und von project_need; statt {expected} gefunden: {found}.",
        "Expected what supply and project_need give; in place of {expected} found: {found}.",
    ),
    "error.space_target": Phrase(
        "target {found}: erwartet werden Plätze je 100, also eine Zahl über 0.",
        "target {found}: expected places per 100, a number above 0.",
    ),
    "error.space_areas": Phrase(
        "Angebot und Vorausberechnung gehören zu verschiedenen Gebieten (Ebene {expected} und {found}).",
        "Supply and projection are of different areas (level {expected} and {found}).",
    ),
    "label.projection.cases": Phrase("Fälle", "cases"),
    "label.projection.low": Phrase("Fälle, unteres Ende", "cases, lower end"),
    "label.projection.high": Phrase("Fälle, oberes Ende", "cases, upper end"),
    "label.projection.title.cases": Phrase("Vorausberechnete Fälle: {title}", "Projected cases: {title}"),
    "label.projection.title.low": Phrase(
        "Vorausberechnete Fälle, unteres Ende der Spanne: {title}",
        "Projected cases, lower end of the range: {title}",
    ),
    "label.projection.title.high": Phrase(
        "Vorausberechnete Fälle, oberes Ende der Spanne: {title}",
        "Projected cases, upper end of the range: {title}",
    ),
    "note.projection.held": Phrase(
        "Angenommen: Jedes Gebiet behält seine Rate von {year} ({title}); die Personen kommen aus dem angegebenen "
        "Szenario.",
        "Assumed: each area keeps its rate of {year} ({title}); the people come from the scenario given.",
    ),
    "note.projection.trend": Phrase(
        "Angenommen: In jedem Gebiet geht die Rate weiter wie in den zehn Jahren bis {year} ({title}); die "
        "Personen "
        "kommen aus dem angegebenen Szenario.",
        "Assumed: in each area the rate goes on as in the ten years up to {year} ({title}); the people come "
        "from the "
        "scenario given.",
    ),
    "note.projection.set": Phrase(
        "Angenommen: Alle Gebiete haben die angegebene Rate ({title}, zuletzt bekannt {year}); die Personen "
        "kommen aus "
        "dem angegebenen Szenario.",
        "Assumed: all areas have the rate given ({title}, last known {year}); the people come from the scenario "
        "given.",
    ),
    "note.projection.backtest": Phrase(
        "Dieselbe Regel vor {years} Jahren ({origin} für {target}, mit den Personen, die es gab): die Hälfte "
        "der Gebiete "
        "lag mehr als {off} % daneben, alle zusammen {sum} %.",
        "The same rule {years} years ago ({origin} for {target}, with the people that there were): half of the "
        "areas "
        "were more than {off} % off, all together {sum} %.",
    ),
    "note.projection.covered": Phrase(
        "In der Spanne lagen {found} % der Gebiete (gewünscht: {wished} %).",
        "{found} % of the areas lay in the range (wished: {wished} %).",
    ),
    "note.projection.set_backtest": Phrase(
        "Eine gesetzte Rate lässt sich nicht zurückprüfen; geprüft ist die Regel, Raten zu halten.",
        "A rate that is set cannot be tested on the past; what is tested is the rule to hold rates.",
    ),
    "note.projection.no_backtest": Phrase(
        "Die Zahlen beginnen erst {year}: Wie weit die Regel früher daneben lag, lässt sich nicht sagen.",
        "The figures begin in {year}: how far the rule was off before cannot be told.",
    ),
    "note.projection.range": Phrase(
        "Die Spanne sagt, wie weit dieselbe Regel früher daneben lag. Sie deckt nicht ab, dass das Szenario der "
        "Personen "
        "falsch sein kann, und nichts, was es so noch nicht gab, etwa ein neues Gesetz.",
        "The range says how far the same rule was off before. It does not cover that the scenario of people may "
        "be "
        "wrong, nor what has not been before, such as a new law.",
    ),
    "note.projection.no_range": Phrase(
        "Für eine Spanne reichen die Jahre nicht.",
        "There are too few years for a range.",
    ),
    "note.projection.people": Phrase(
        "Das Szenario hat für {year} {off} % andere Personen als die Zahlen selbst.",
        "The scenario's people of {year} differ by {off} % from those of the figures.",
    ),
    "note.projection.hidden": Phrase(
        "{n} {n:Reihe hat|Reihen haben} für {year} keinen Wert, der gezeigt werden darf, und darum keine "
        "Vorausberechnung.",
        "{n} series {n:has|have} no value of {year} that may be shown, and so no projection.",
    ),
    "label.space.title": Phrase("Fehlende Plätze", "Missing places"),
    "label.space.source": Phrase(
        "Ordnung nach Annahmen, keine Entscheidung",
        "an ordering by assumptions, not a decision",
    ),
    "label.space.given": Phrase("wie angegeben", "as given"),
    "label.space.mean": Phrase("so viele, wie es heute im Mittel gibt", "as many as there are on average now"),
    "label.space.sentence": Phrase(
        "Reihenfolge nach fehlenden Plätzen {period}: {target} Plätze je 100 ({wished}), weniger die Plätze, "
        "die heute in "
        "Reichweite sind. Das ist eine Ordnung nach diesen Annahmen und keine Entscheidung: Ob und wo Flächen "
        "gesichert "
        "werden, entscheiden die zuständigen Gremien.",
        "Ordered by missing places {period}: {target} places per 100 ({wished}), less the places that are "
        "within reach "
        "now. This is an ordering by these assumptions and not a decision: whether and where space is kept is "
        "decided by "
        "the bodies in charge.",
    ),
}
