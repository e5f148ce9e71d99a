"""Phrases of the interactive map."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.explore.unit": Phrase("Angaben {unit}", "Figures {unit}"),
    "error.map_element_needs_network": Phrase(
        "Die Karte muss sich ohne Netz öffnen lassen, aber „{element}“ würde etwas von außen laden: {needs}. "
        "Nehmen Sie das Element heraus oder ersetzen Sie es, etwa durch folium.Marker ohne Icon, folium.GeoJson, "
        "folium.CircleMarker oder folium.DivIcon.",
        "The map has to open without a network, but “{element}” would load something from elsewhere: {needs}. "
        "Remove the element or replace it, for instance by folium.Marker without an icon, folium.GeoJson, "
        "folium.CircleMarker or folium.DivIcon.",
    ),
    "error.explore_all_hidden": Phrase(
        "Auf dieser Karte wäre nichts zu sehen: Alle Werte der Gebiete werden geheim gehalten, weil sie kleine "
        "Fallzahlen sind oder solche verrieten ({indicators}; {n} Zellen). Werden gar keine Personen gezählt: "
        'counts={{"Name": False}} oder --counts "Name=no".',
        "Nothing could be seen on this map: all values of areas are suppressed, because they are small counts or "
        "would tell such ones ({indicators}; {n} cells). Where no persons are counted: "
        'counts={{"Name": False}} or --counts "Name=no".',
    ),
    "error.explore_what": Phrase(
        "Erwartet wird der Indikator, mit dem die Karte beginnt (Name oder Titel), gefunden: {found}. Eigene "
        "Gebiete gehören in die Studie: Study(..., areas=...).",
        "Expected the indicator that the map starts with (name or title), found: {found}. Areas of your own "
        "belong into the study: Study(..., areas=...).",
    ),
    "error.explore_no_area": Phrase(
        "Für die Karte fehlen Gebiete mit Werten: Die Tabelle enthält {found}, als Karte gibt es {expected}.",
        "There are no areas with values to draw: the table holds {found}, the map layers are {expected}.",
    ),
    "error.map_color": Phrase(
        "Farbe „{name}“ der Gestaltung: Erwartet wird eine Angabe wie #1c2126, gefunden: {found}.",
        "Color “{name}” of the theme: expected something like #1c2126, found: {found}.",
    ),
    "error.map_tiles": Phrase(
        "Hintergrundkarte „{found}“: Erwartet wird eine Adresse mit https:// und {{z}}, {{x}}, {{y}}, ohne {{s}}, "
        "damit genau ein Anbieter genannt ist.",
        "Background map “{found}”: expected an address with https:// and {{z}}, {{x}}, {{y}}, without {{s}}, "
        "so that exactly one host is named.",
    ),
    "explore.controls": Phrase("Auswahl", "Controls"),
    "explore.indicator": Phrase("Indikator", "Indicator"),
    "explore.group": Phrase("Ausprägung", "Group"),
    "explore.view": Phrase("Ansicht", "View"),
    "explore.view_map": Phrase("Karte", "Map"),
    "explore.view_ranking": Phrase("Rangfolge", "Ranking"),
    "explore.view_pair": Phrase("Zwei Indikatoren", "Two indicators"),
    "explore.view_comparison": Phrase("Zwei Gebiete", "Two areas"),
    "explore.beside": Phrase("Verglichen mit", "Compared with"),
    "explore.second": Phrase("Zweiter Indikator", "Second indicator"),
    "explore.points": Phrase("Punkte zeigen", "Show points"),
    "explore.points_label": Phrase(
        "Gebiete als Punkte. Pfeiltasten wechseln das Gebiet, die Eingabetaste hält es fest.",
        "Areas as points. Arrow keys change the area, Enter pins it.",
    ),
    "explore.without_value": Phrase("Ohne Farbe", "Without a color"),
    "explore.chart": Phrase("Diagramm neben der Karte", "Chart beside the map"),
    "explore.symbols_key": Phrase("Anzahl", "Number"),
    "explore.symbols_none": Phrase("ohne Kreis: Zahl 0", "without a circle: number 0"),
    "explore.symbols_scale": Phrase("Maßstab", "Scale"),
    "explore.symbols_pooled": Phrase(
        "Die Fläche eines Kreises entspricht der Zahl: doppelte Fläche, doppelt so viele. Ein Maßstab für alle "
        "Zeiträume ({first} bis {last}).",
        "The area of a circle stands for the number: twice the area, twice as many. One scale for all periods "
        "({first} to {last}).",
    ),
    "explore.symbols_own": Phrase(
        "Die Fläche eines Kreises entspricht der Zahl: doppelte Fläche, doppelt so viele.",
        "The area of a circle stands for the number: twice the area, twice as many.",
    ),
    "explore.period": Phrase("Zeitraum", "Period"),
    "explore.play": Phrase("Zeitraum für Zeitraum abspielen", "Play period by period"),
    "explore.pause": Phrase("Anhalten", "Pause"),
    "explore.level": Phrase("Ebene", "Level"),
    "explore.classes": Phrase("Klassen", "Classes"),
    "explore.classes_pooled": Phrase("alle Zeiträume", "all periods"),
    "explore.classes_own": Phrase("nur dieser", "this one only"),
    "explore.warnings": Phrase("Hinweise", "Warnings"),
    "explore.warnings_show": Phrase("Hinweise zeigen", "Show warnings"),
    "explore.search": Phrase("Gebiet suchen", "Find an area"),
    "explore.search_hint": Phrase("Name oder Nummer", "Name or number"),
    "explore.not_found": Phrase("kein Gebiet gefunden", "no area found"),
    "explore.table": Phrase("Tabelle", "Table"),
    "explore.table_label": Phrase("Alle Gebiete als Tabelle", "All areas as a table"),
    "explore.take": Phrase("Mitnehmen", "Save or share"),
    "explore.take_csv": Phrase("Tabelle als CSV", "Table as CSV"),
    "explore.take_png": Phrase("Bild speichern (PNG)", "Save picture (PNG)"),
    "explore.take_svg": Phrase("Bild speichern (SVG)", "Save picture (SVG)"),
    "explore.take_link": Phrase("Ansicht kopieren", "Copy this view"),
    "explore.address": Phrase("Adresse dieser Ansicht", "Address of this view"),
    "explore.saved": Phrase("Gespeichert als {file}.", "Saved as {file}."),
    "explore.copied": Phrase("Die Adresse dieser Ansicht ist kopiert.", "The address of this view is copied."),
    "explore.copied_file": Phrase(
        "Die Adresse dieser Ansicht ist kopiert. Wer die Datei an einem anderen Ort hat, hängt den Teil ab # an "
        "die eigene Adresse an.",
        "The address of this view is copied. Whoever has the file elsewhere puts the part from # after their own "
        "address.",
    ),
    "explore.copied_part": Phrase(
        "Der Teil der Adresse ab # ist kopiert. Er gehört hinter die Adresse der gespeicherten Karte.",
        "The part of the address from # is copied. It belongs after the address of the saved map.",
    ),
    "explore.copy_yourself": Phrase(
        "Der Browser lässt das Kopieren nicht zu. Die Adresse ist markiert: bitte mit Strg+C kopieren.",
        "The browser does not allow copying. The address is selected: please copy it with Ctrl+C.",
    ),
    "explore.remark": Phrase("Anmerkung", "Remark"),
    "explore.source": Phrase("Quelle", "Source"),
    "explore.more": Phrase("Suche, Ebene, Klassen", "Search, level, classes"),
    "explore.reset": Phrase("Zurücksetzen", "Reset"),
    "explore.skip": Phrase("Zur Legende", "Skip to the legend"),
    "explore.side": Phrase("Legende und Gebiet", "Legend and area"),
    "explore.noscript": Phrase(
        "Diese Karte braucht JavaScript; sie lädt nichts aus dem Netz.",
        "This map needs JavaScript; it loads nothing from the network.",
    ),
    "explore.map_label": Phrase(
        "Karte der Gebiete. Pfeiltasten wechseln das Gebiet, die Eingabetaste hält es fest.",
        "Map of the areas. Arrow keys change the area, Enter pins it.",
    ),
    "explore.zoom_in": Phrase("Vergrößern", "Zoom in"),
    "explore.zoom_out": Phrase("Verkleinern", "Zoom out"),
    "explore.city": Phrase("Stadt München", "City of Munich"),
    "explore.city_column": Phrase("Stadt", "City"),
    "explore.class_of": Phrase("Klasse {n} von {k}", "class {n} of {k}"),
    "explore.has_warning": Phrase("mit Hinweis", "with a warning"),
    "explore.legend": Phrase("Legende", "Legend"),
    "explore.range": Phrase("Klasse", "Class"),
    "explore.area": Phrase("Gebiet", "Area"),
    "explore.value": Phrase("Wert", "Value"),
    "explore.note_pooled": Phrase(
        "{method} (Zeiträume: {first} bis {last}, damit sie vergleichbar sind)",
        "{method} (periods: {first} to {last}, so that they can be compared)",
    ),
    "explore.note_own": Phrase("{method} (Zeitraum: {period})", "{method} (period: {period})"),
    "explore.panel_empty": Phrase(
        "Ein Gebiet anklicken, suchen oder mit der Eingabetaste wählen, um seine Werte zu sehen.",
        "Click, find or choose an area with Enter to see its values.",
    ),
    "explore.close": Phrase("Gebiet schließen", "Close the area"),
    "explore.all_facts": Phrase("Mehr", "More"),
    "explore.difference": Phrase("Unterschied zur Stadt", "Difference to the city"),
    "explore.rank": Phrase("Rang", "Rank"),
    "explore.rank_of": Phrase("{rank} von {of}", "{rank} of {of}"),
    "explore.change_since": Phrase("Veränderung seit {period:since}", "Change since {period}"),
    "explore.region": Phrase("REGSAM-Region", "REGSAM region"),
    "explore.no_warning": Phrase("Kein Hinweis in diesem Zeitraum.", "No warning in this period."),
    "explore.no_series": Phrase("Keine Werte.", "No values."),
    "explore.spark_label": Phrase(
        "Verlauf: {first} {from}, {last} {to}",
        "Course: {first} {from}, {last} {to}",
    ),
    "explore.region_lines": Phrase("Grenzen der REGSAM-Regionen", "Borders of the REGSAM regions"),
    "explore.no_warnings": Phrase("Keine Hinweise für diese Karte.", "No warnings for this map."),
    "explore.map_warnings": Phrase("Hinweise in dieser Karte", "Warnings on this map"),
    "explore.area_warnings": Phrase("Hinweise zu diesem Gebiet", "Warnings on this area"),
    "explore.cut": Phrase(
        "Hinweise, die nur in der Datei stehen, weil das Blatt zu klein ist: {n}.",
        "Warnings that stand in the file alone, as the sheet is too small: {n}.",
    ),
    "explore.other_warnings": Phrase("Hinweise zu anderen Indikatoren", "Warnings on other indicators"),
    "explore.form_priority": Phrase("mit Ring: vorrangig prüfen", "ringed: check first"),
    "explore.form_check": Phrase("gefüllt: prüfen", "full: check"),
    "explore.form_watch": Phrase("offen: beobachten", "open: watch"),
    "label.explore.ranking_label": Phrase(
        "Rangfolge der Gebiete. Pfeiltasten gehen von Gebiet zu Gebiet, die Eingabetaste wählt es aus.",
        "Ranking of the areas. Arrow keys go from area to area, Enter selects one.",
    ),
    "label.explore.ranking_best": Phrase("Rang frühestens", "Highest possible rank"),
    "label.explore.ranking_worst": Phrase("Rang spätestens", "Lowest possible rank"),
    "label.explore.ranking_standing": Phrase("Einordnung", "Standing"),
    "label.explore.ranking_order": Phrase("Nach der Höhe des Werts geordnet.", "In the order of their values."),
    "label.explore.ranking_order_compared": Phrase(
        "Die Reihenfolge allein sagt wenig: Blass gezeichnete Gebiete unterscheiden sich nicht klar.",
        "The order alone says little: areas drawn pale do not clearly differ.",
    ),
    "label.explore.ranking_newest": Phrase(
        "Von so vielen Gebieten enthält diese Datei die Rangfolge erst seit {period:since}.",
        "Of so many areas this file holds the ranking since {period} alone.",
    ),
    "error.map_folder": Phrase(
        "{path} ist ein Ordner. Die Karte ist eine Datei, zum Beispiel „karte.html“.",
        "{path} is a folder. The map is a file, such as “map.html”.",
    ),
    "label.explore.comparison_choose": Phrase(
        "Klicken Sie in der Karte zwei Gebiete an. Eines allein steht neben seiner Region oder der Stadt.",
        "Click on two areas in the map. One alone is set beside its region or the city.",
    ),
    "label.explore.comparison_label": Phrase(
        "Indikatoren der Gebiete nebeneinander. Pfeiltasten gehen von Zeile zu Zeile, die Eingabetaste zeigt den "
        "Indikator auf der Karte.",
        "Indicators of the areas side by side. Arrow keys go from row to row, Enter shows the indicator on the "
        "map.",
    ),
    "label.explore.comparison_map": Phrase("auf der Karte: {title}", "on the map: {title}"),
    "label.explore.comparison_alone": Phrase("kein zweites Gebiet", "no second area"),
    "label.explore.comparison_unit": Phrase("Einheit", "Unit"),
    "label.explore.comparison_more": Phrase("(und {n} weitere)", "(and {n} more)"),
    "label.explore.points": Phrase("Prozentpunkte", "percentage points"),
    "label.explore.region": Phrase("Region {region}", "Region {region}"),
}
