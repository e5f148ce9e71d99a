"""Phrases about areas, boundaries and divisions."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "hint.names_with": Phrase(
        " „{found}“ steht in den Namen von: {areas}.", " “{found}” stands in the names of: {areas}."
    ),
    "error.division_columns_without_file": Phrase(
        "Einteilung: Die Spalte „{found}“ ist angegeben, aber keine Datei, in der sie stehen soll.",
        "Division: the column “{found}” is given, but no file in which it should stand.",
    ),
    "error.rule_unknown": Phrase(
        "Unbekannte Regel für Nachbarschaften „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown rule for neighbors “{found}”. Possible: {expected}.{hint}",
    ),
    "error.rule_argument": Phrase(
        "Nachbarschaften: Regel „{rule}“ und Angabe {argument} = {found} passen nicht zusammen; k gehört zu "
        "„k_nearest“, distance zu „distance“.",
        "Neighbors: rule “{rule}” and argument {argument} = {found} do not fit; k belongs to “k_nearest”, "
        "distance to “distance”.",
    ),
    "error.rule_k": Phrase(
        "Nachbarschaften: k muss von 1 bis {expected} reichen (ein Gebiet weniger, als es gibt), "
        "angegeben: {found}.",
        "Neighbors: k has to be from 1 to {expected} (one less than there are areas), given: {found}.",
    ),
    "error.rule_distance": Phrase(
        "Nachbarschaften: distance muss eine Zahl über 0 sein, angegeben: {found}.",
        "Neighbors: distance has to be a number above 0, given: {found}.",
    ),
    "error.areas_twice": Phrase(
        "Gebiete: {found} kommt mehrfach vor; jedes Gebiet darf nur eine Zeile haben.",
        "Areas: {found} stands more than once; each area may have one row only.",
    ),
    "error.areas_empty": Phrase(
        "Gebiete ohne Fläche (leere Geometrie): {found}.",
        "Areas without polygon (empty geometry): {found}.",
    ),
    "error.areas_degrees": Phrase(
        "Gebiete: {found} misst in Grad. Längen und Entfernungen brauchen Meter, z. B. areas.to_crs(25832).",
        "Areas: {found} measures in degrees. Lengths and distances need meters, for example areas.to_crs(25832).",
    ),
    "error.neighbors_type": Phrase(
        "Nachbarschaften: erwartet wird das Ergebnis von neighbors(), ein Graph oder W von libpysal oder ein "
        "Verzeichnis {{Gebiet: [Nachbarn]}}, gefunden: {found}.",
        "Neighbors: expected the result of neighbors(), a Graph or W of libpysal or a mapping "
        "{{area: [neighbors]}}, found: {found}.",
    ),
    "error.neighbor_unknown": Phrase(
        "Nachbarschaften: als Nachbar ist ein Gebiet genannt, das selbst nicht in der Tabelle steht: {found}.",
        "Neighbors: an area is named as a neighbor that has no row of its own: {found}.",
    ),
    "error.values_neighbors": Phrase(
        "Werte und Nachbarschaften gehören nicht zu denselben Gebieten. Ohne Wert: {without_value}. "
        "Ohne Nachbarschaft: {without_neighbors}. Werte werden über ihre Gebietsnummer zugeordnet.",
        "Values and neighbors do not belong to the same areas. Without value: {without_value}. "
        "Without neighbors: {without_neighbors}. Values are matched by area id.",
    ),
    "error.values_twice": Phrase(
        "Werte: {found} kommt als Gebiet mehrfach vor.",
        "Values: {found} stands more than once as an area.",
    ),
    "error.values_shape": Phrase(
        "Werte ohne Gebietsnummern müssen so viele Zeilen haben wie die Nachbarschaften: "
        "{expected} erwartet, {found} gefunden.",
        "Values without area ids need as many rows as there are areas: expected {expected}, found {found}.",
    ),
    "error.area_value_infinite": Phrase(
        "Werte: {found} ist unendlich; erwartet werden Zahlen oder fehlende Werte (NaN).",
        "Values: {found} is infinite; expected are numbers or missing values (NaN).",
    ),
    "error.level_unknown": Phrase(
        "Unbekannte Ebene „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown level “{found}”. Possible: {expected}.{hint}",
    ),
    "error.division_columns": Phrase(
        "Einteilung {file}: Es fehlt die Spalte für {missing}; gefunden wurden: {found}. Andere Titel lassen sich "
        "mit area_column= und group_column= angeben.",
        "Division {file}: no column for {missing}; found: {found}. Other titles can be stated as area_column= and "
        "group_column=.",
    ),
    "label.division.area_id": Phrase("die Gebiete (area_id)", "the areas (area_id)"),
    "label.division.region_id": Phrase("die Gruppen (region_id)", "the groups (region_id)"),
    "error.division_type": Phrase(
        'Statt einer Einteilung kam: {found}. Eine Liste in einer Datei liest read_division("datei.csv").',
        'Instead of a division there came: {found}. read_division("file.csv") reads a list in a file.',
    ),
    "error.division_level": Phrase(
        "Eine Einteilung nach „{found}“ gibt es nicht. Möglich sind: {expected}.",
        "There is no division of “{found}”. Possible are: {expected}.",
    ),
    "error.division_area_twice": Phrase(
        "Einteilung {file}: In mehr als einer Gruppe liegt {twice}. Ist eine Zeile ein Versehen, sie streichen. "
        "Gruppen, die sich überschneiden, sind zwei Einteilungen oder mehr, hier zum Beispiel {n}: {divisions}.",
        "Division {file}: in more than one group lies {twice}. If a row is a slip, strike it out. Groups that "
        "overlap are two divisions or more, here for example {n}: {divisions}.",
    ),
    "error.division_unknown_areas": Phrase(
        'Einteilung {file}: Unbekannte Gebiete: {found}. Eigene Gebiete lassen sich mit level="own" angeben.',
        'Division {file}: unknown areas: {found}. Areas of your own can be stated as level="own".',
    ),
    "error.division_levels": Phrase(
        "Einteilung {file}: Die Gebiete gehören zu mehreren Ebenen ({found}); nötig ist eine.",
        "Division {file}: the areas are of several levels ({found}); one is needed.",
    ),
    "error.division_nowhere": Phrase(
        "Kein Gebiet liegt überwiegend in einem der Polygone.",
        "No area lies mostly in one of the polygons.",
    ),
    "note.division.no_area": Phrase(
        "{n} {n:Gruppe enthält|Gruppen enthalten} kein Gebiet überwiegend und {n:fehlt|fehlen}: {regions}.",
        "{n} {n:group holds|groups hold} no area mostly and {n:is|are} left out: {regions}.",
    ),
    "error.area_is_date": Phrase(
        "„{found}“ ist ein Datum: Ein Tabellenprogramm hat eine Gebietsnummer wie 4/12 oder 01.1 umgewandelt. "
        "Bitte die "
        "Spalte als Text einlesen.",
        "“{found}” is a date: a spreadsheet has converted an area number such as 4/12 or 01.1. Please import the "
        "column "
        "as text.",
    ),
    "error.area_wrong_level": Phrase(
        "„{found}“ ist ein Gebiet der Ebene {is_level}; erwartet wird {expected}.",
        "“{found}” is an area of level {is_level}; expected {expected}.",
    ),
    "error.area_ambiguous": Phrase(
        "„{found}“ kann mehreres bedeuten: {areas}. Bitte die Nummer oder die Ebene (level=) angeben.",
        "“{found}” can mean several areas: {areas}. Please state the number or the level (level=).",
    ),
    "error.area_name_differs": Phrase(
        "„{found}“: Nummer und Name passen nicht zusammen; {number} heißt {name}.",
        "“{found}”: number and name do not agree; {number} is called {name}.",
    ),
    "error.keys_contradict": Phrase(
        "{where}: Die Nummern ({ids}) und die Namen ({column}) gehören {n}-mal zu verschiedenen Gebieten: "
        "{examples}. Eine laufende Nummer ist keine Gebietsnummer.{mend}",
        "{where}: the numbers ({ids}) and the names ({column}) belong to different areas {n} times: {examples}. "
        "A running number is no number of an area.{mend}",
    ),
    "label.key.contradiction": Phrase(
        "{area} ({official}) neben „{name}“ ({named})", "{area} ({official}) beside “{name}” ({named})"
    ),
    "hint.area_is_name": Phrase(
        ' Welche Gebiete es sind, sagen die Namen: columns={{"area": "{column}", ...}}.',
        ' The names say which areas these are: columns={{"area": "{column}", ...}}.',
    ),
    "hint.index_is_no_id": Phrase(
        ' Welche Gebiete es sind, sagt der Index: areas.set_index("{column}") oder die Spalte mit den Nummern.',
        ' The index says which areas these are: areas.set_index("{column}") or the column of the numbers.',
    ),
    "hint.names_are_ids": Phrase(
        ' Welche Gebiete es sind, sagen die Namen: id_column="{column}".',
        ' The names say which areas these are: id_column="{column}".',
    ),
    "label.key.strangers": Phrase(
        "{n} {n:Wert gehört|Werte gehören} zu keinem Gebiet der Karte: {found}.",
        "{n} {n:value belongs|values belong} to no area of the map: {found}.",
    ),
    "error.map_no_match": Phrase(
        "Kein Wert gehört zu einem Gebiet der Karte. Die Werte haben Nummern wie {found}, "
        "die Gebiete wie {expected}.",
        "No value belongs to an area of the map. The values have ids such as {found}, "
        "the areas such as {expected}.",
    ),
    "error.keys_are_positions": Phrase(
        "Die Werte haben keine Gebietsnummern, sondern die laufenden Nummern einer Tabelle ({found}). Bitte die "
        'Spalte mit den Gebieten zum Index machen, z. B. tabelle.set_index("Bezirk")["Wert"].',
        "The values have no area ids but the running numbers of a table ({found}). Please make the column of "
        'areas the index, such as table.set_index("Bezirk")["Wert"].',
    ),
    "error.keys_unknown": Phrase(
        "{n} {n:Gebiet ist|Gebiete sind} unbekannt: {found}. {detail} "
        "Eigene Gebiete: eine Spalte level mit „own“.",
        "{n} {n:area is|areas are} unknown: {found}. {detail} Areas of your own: a column level with “own”.",
    ),
    "error.area_unknown": Phrase(
        "Unbekanntes Gebiet „{found}“: erwartet wird Nummer oder Name eines Gebiets (Ebene: {words}).{hint}",
        "Unknown area “{found}”: expected number or name of an area (level: {words}).{hint}",
    ),
    "error.area_outside": Phrase(
        "Die Gebiete {areas} liegen in keiner Region.", "The areas {areas} lie in no region."
    ),
    "error.division_column": Phrase(
        "Einteilung {file}: Es gibt keine Spalte „{column}“. Gefunden: {found}.{hint}",
        "Division {file}: there is no column “{column}”. Found: {found}.{hint}",
    ),
    "error.division_unreadable": Phrase(
        "Die Einteilung {file} lässt sich nicht lesen ({detail}). Erwartet wird CSV oder Excel.",
        "The division {file} cannot be read ({detail}). Expected CSV or Excel.",
    ),
    "note.division.derived": Phrase(
        "REGSAM hat keine einzelne Liste der Regionen veröffentlicht. {n} von {total} Zuordnungen sind abgeleitet "
        "(Stadtbezirke {districts}); eine eigene Tabelle lässt sich einlesen.",
        "REGSAM has published no single list of regions. {n} of {total} assignments are derived (districts "
        "{districts}); a table of your own can be read.",
    ),
    "note.assign.split": Phrase(
        "{n} {n:Gebiet liegt|Gebiete liegen} in mehreren Regionen und {n:wurde|wurden} der Region mit dem "
        "größten Anteil "
        "zugeordnet: {areas}.",
        "{n} {n:area lies|areas lie} in several regions and {n:was|were} assigned to the region with the largest "
        "share: {areas}.",
    ),
    # polygon layers
    "error.layer_missing_file": Phrase(
        "Die Datei {file} gibt es nicht.{hint}",
        "There is no file {file}.{hint}",
    ),
    "error.layer_unreadable": Phrase(
        "{file} lässt sich nicht als Karte lesen ({detail}). Erwartet wird GeoPackage, GeoJSON oder Shapefile.",
        "{file} cannot be read as a map layer ({detail}). Expected GeoPackage, GeoJSON or shapefile.",
    ),
    "error.layer_none": Phrase("{file} enthält keine Kartenebene.", "{file} holds no map layer."),
    "error.layer_empty": Phrase(
        "Die Kartenebene in {file} enthält kein Gebiet.", "The layer in {file} holds no area."
    ),
    "error.layer_unknown": Phrase(
        "{file}: Es gibt keine Ebene „{found}“. Vorhanden: {expected}.{hint}",
        "{file}: there is no layer “{found}”. Present: {expected}.{hint}",
    ),
    "error.layer_open": Phrase(
        "{file} enthält mehrere Ebenen: {expected}. Bitte layer= angeben.",
        "{file} holds several layers: {expected}. Please state layer=.",
    ),
    "error.id_open": Phrase(
        "{file}: Es ist offen, welche Spalte die Nummer der Gebiete enthält. Vorhanden: {found}. Bitte id_column= "
        "angeben.",
        "{file}: it is open which column holds the ids of the areas. Present: {found}. Please state id_column=.",
    ),
    "error.id_column_missing": Phrase(
        "{file}: Es gibt keine Spalte „{column}“. Vorhanden: {found}.{hint}",
        "{file}: there is no column “{column}”. Present: {found}.{hint}",
    ),
    "error.id_empty": Phrase(
        "{file}, Gebiet {feature}: Die Nummer in der Spalte {column} ist leer.",
        "{file}, feature {feature}: the id in column {column} is empty.",
    ),
    "error.id_unknown": Phrase(
        "{file}, Gebiet {feature}, Spalte {column}: {detail}",
        "{file}, feature {feature}, column {column}: {detail}",
    ),
    "error.id_twice": Phrase(
        "{file}: Die Nummer {area} tragen mehrere verschiedene Gebiete (Nr. {features}).",
        "{file}: several different areas carry the id {area} (features {features}).",
    ),
    "error.geometry_none": Phrase("{file}: Kein Gebiet hat eine Fläche.", "{file}: no area has a polygon."),
    "error.coordinates_broken": Phrase(
        "{file}: Die Koordinaten enthalten Unendlich oder sind leer.", "{file}: coordinates are infinite or empty."
    ),
    "error.crs_missing": Phrase(
        "{file}: Das Koordinatensystem fehlt, und die Koordinaten ({bounds}) lassen es nicht erkennen. Bitte crs= "
        "angeben.",
        "{file}: the coordinate system is missing, and the coordinates ({bounds}) do not tell it. Please state "
        "crs=.",
    ),
    "error.crs_wrong": Phrase(
        "{file}: Als Koordinatensystem ist {crs} angegeben, die Koordinaten ({bounds}) passen nicht dazu. Bitte "
        "das "
        "richtige mit crs= angeben.",
        "{file}: the stated coordinate system is {crs}, the coordinates ({bounds}) do not fit it. Please state "
        "the right "
        "one with crs=.",
    ),
    "error.crs_unknown": Phrase(
        "Unbekanntes Koordinatensystem „{found}“ ({detail}).", "Unknown coordinate system “{found}” ({detail})."
    ),
    "error.axes_swapped": Phrase(
        "{file}: Die Achsen sind vertauscht (Koordinaten: {bounds}); erwartet wird Ost vor Nord.",
        "{file}: the axes are swapped (coordinates: {bounds}); expected east before north.",
    ),
    "error.elsewhere": Phrase(
        "{file}: Die Gebiete liegen nicht in München (Koordinaten: {bounds}). Sind es die einer anderen Stadt, "
        "sagt es anywhere=True.",
        "{file}: the areas do not lie in Munich (coordinates: {bounds}). If they are another city's, say "
        "anywhere=True.",
    ),
    "error.no_polygon": Phrase(
        "{file}, Gebiet {feature} ({area}): keine Fläche, sondern {found}.",
        "{file}, feature {feature} ({area}): no polygon but {found}.",
    ),
    "error.geometry_invalid": Phrase(
        "{file}, Gebiet {feature} ({area}): Die Fläche ist fehlerhaft und lässt sich nicht eindeutig reparieren "
        "({detail}).",
        "{file}, feature {feature} ({area}): the polygon is invalid and cannot be repaired with certainty "
        "({detail}).",
    ),
    "error.areas_overlap": Phrase(
        "{file}: Die Gebiete {first} und {second} überlappen sich um {hectares} Hektar.",
        "{file}: the areas {first} and {second} overlap by {hectares} hectares.",
    ),
    "note.boundary.crs_taken": Phrase(
        "Koordinatensystem fehlte; aus den Koordinaten erkannt: {crs} ({name})",
        "coordinate system was missing; recognized from the coordinates: {crs} ({name})",
    ),
    "note.boundary.crs_replaced": Phrase(
        "Als Koordinatensystem ist {said} angegeben, darin lägen die Gebiete nicht in München; sie liegen dort in "
        "{crs}, das genommen wurde",
        "the stated coordinate system is {said}, in which the areas would not lie in Munich; they do in {crs}, "
        "which was taken",
    ),
    "note.boundary.encoding": Phrase(
        "die angegebene Zeichenkodierung macht Umlaute unlesbar; genommen wurde {encoding}",
        "the stated encoding garbles umlauts; {encoding} was taken",
    ),
    "note.boundary.labels": Phrase(
        "{n} {n:Punkt|Punkte} für Beschriftungen weggelassen", "{n} {n:point|points} for labels left out"
    ),
    "note.boundary.repaired": Phrase(
        "{n} fehlerhafte {n:Fläche|Flächen} repariert: {areas}",
        "{n} invalid {n:polygon|polygons} repaired: {areas}",
    ),
    "note.boundary.united": Phrase(
        "{n} Teilflächen zu Gebieten vereinigt: {areas}", "{n} parts united into areas: {areas}"
    ),
    "note.boundary.slivers": Phrase(
        "{n} schmale {n:Überlappung|Überlappungen} (unter 1 m) geschlossen",
        "{n} thin {n:overlap|overlaps} (under 1 m) closed",
    ),
    "note.boundary.gaps_thin": Phrase(
        "{n} schmale {n:Lücke|Lücken} (unter 1 m) zwischen den Gebieten; solche Gebiete gelten nicht als "
        "Nachbarn, wenn "
        "sie sich nirgends berühren",
        "{n} thin {n:gap|gaps} (under 1 m) between areas; such areas are no neighbors where they touch nowhere",
    ),
    "note.boundary.gaps_wide": Phrase(
        "{n} {n:Lücke|Lücken} zwischen den Gebieten ({hectares} Hektar)",
        "{n} {n:gap|gaps} between the areas ({hectares} hectares)",
    ),
    "note.boundary.areas_absent": Phrase(
        "{n} {n:Gebiet|Gebiete} der Stadt {n:fehlt|fehlen}: {areas}",
        "{n} {n:area|areas} of the city missing: {areas}",
    ),
    "note.boundary.areas_moved": Phrase(
        "{n} {n:Gebiet ist|Gebiete sind} um mehr als 1 % größer oder kleiner als im Stand 2025: {areas}",
        "{n} {n:area is|areas are} larger or smaller by more than 1 % than in 2025: {areas}",
    ),
}
