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
        "{file} ist {found}. Gelesen werden Punkte aus CSV, Parquet und GeoPackage; eine Excel-Mappe bitte als "
        "CSV "
        "speichern.",
        "{file} is {found}. Points are read from CSV, Parquet and GeoPackage; please save a workbook as CSV.",
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
}
