"""Phrases on maps."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "label.map.north": Phrase("N", "N"),
    "label.map.city": Phrase("Stadt München: {value}", "City of Munich: {value}"),
    "label.map.regions": Phrase("Grenzen der REGSAM-Regionen", "Borders of the REGSAM regions"),
    "label.map.regions_named": Phrase(
        "Grenzen und Nummern der REGSAM-Regionen", "Borders and numbers of the REGSAM regions"
    ),
    "label.map.division": Phrase("Grenzen: {name}", "Borders: {name}"),
    "label.map.division_named": Phrase("Grenzen und Nummern: {name}", "Borders and numbers: {name}"),
    "label.map.own_regions": Phrase("Grenzen der eigenen Regionen", "Borders of the regions of your own"),
    "label.map.own_regions_named": Phrase(
        "Grenzen und Nummern der eigenen Regionen", "Borders and numbers of the regions of your own"
    ),
    "label.map.source": Phrase("Quelle: {source}.", "Source: {source}."),
    "label.map.boundaries": Phrase(
        "Gebietsgrenzen: {attribution}, Stand {vintage} ({license}).",
        "Boundaries: {attribution}, as of {vintage} ({license}).",
    ),
    "note.map.counts": Phrase(
        "Die Karte zeigt Anzahlen: Wo viele Menschen leben, sind es meist mehr.",
        "The map shows counts: where many people live there are mostly more.",
    ),
    "label.map.date": Phrase("Erstellt: {date}.", "Made: {date}."),
    "label.map.count.district": Phrase("Bezirke", "districts"),
    "label.map.count.subdistrict": Phrase("Bezirksteile", "sub-districts"),
    "label.map.count.quarter": Phrase("Viertel", "quarters"),
    "label.map.count.region": Phrase("Regionen", "regions"),
    "label.map.count.own": Phrase("Gebiete", "areas"),
    "label.map.method.apart": Phrase(
        "Klassen mit möglichst gleich vielen Gebieten, weit abliegende Werte für sich",
        "Classes with as equal numbers of areas as possible, values far off by themselves",
    ),
    "label.map.method.quantiles": Phrase(
        "Klassen mit möglichst gleich vielen Gebieten", "Classes with as equal numbers of areas as possible"
    ),
    "label.map.method.equal": Phrase("Gleich breite Klassen", "Classes of equal width"),
    "label.map.method.pretty": Phrase(
        "Gleich breite Klassen mit runden Grenzen", "Equal classes with round limits"
    ),
    "label.map.method.std": Phrase(
        "Klassen nach Standardabweichungen vom Mittel der Gebiete",
        "Classes by standard deviations from the mean of the areas",
    ),
    "label.map.method.natural": Phrase(
        "Klassen nach natürlichen Lücken (Fisher)", "Classes by natural breaks (Fisher)"
    ),
    "label.map.method.diverging": Phrase(
        "Gleich breite Klassen um den Bezugswert", "Classes of equal width around the reference value"
    ),
    "label.map.method.breaks": Phrase("Vorgegebene Klassengrenzen", "Class limits as given"),
    "label.map.method_in": Phrase("{method} (Zeitraum: {period})", "{method} (period: {period})"),
    "label.map.method_over": Phrase(
        "{method} (Zeiträume: {first} bis {last})", "{method} (periods: {first} to {last})"
    ),
    "label.map.left_out": Phrase(
        "{n} {n:Beschriftung|Beschriftungen} ohne Platz in der Karte: {found}.",
        "{n} {n:label|labels} without room on the map: {found}.",
    ),
    "label.map.points": Phrase("Prozentpunkte", "percentage points"),
    "label.map.span": Phrase("{first} bis {last}", "{first} to {last}"),
    "label.map.change": Phrase("Veränderung {first} bis {last}", "Change from {first} to {last}"),
    "label.map.series_head": Phrase("{period} · Stadt {value}", "{period} · city {value}"),
    "label.map.region": Phrase("REGSAM-Region {region}", "REGSAM region {region}"),
    "label.map.own_region": Phrase("Region {region}", "Region {region}"),
    "label.map.not_classed": Phrase("nicht eingestuft", "not classed"),
    "label.map.clusters": Phrase("Räumliche Häufungen", "Spatial clusters"),
    "label.map.quadrant.high-high": Phrase("hoher Wert in hoher Umgebung", "high value, high surroundings"),
    "label.map.quadrant.high-low": Phrase("hoher Wert in niedriger Umgebung", "high value, low surroundings"),
    "label.map.quadrant.low-high": Phrase("niedriger Wert in hoher Umgebung", "low value, high surroundings"),
    "label.map.quadrant.low-low": Phrase("niedriger Wert in niedriger Umgebung", "low value, low surroundings"),
    "label.map.quadrant.none": Phrase("Umgebung nicht auffällig", "surroundings not unusual"),
    "label.map.quadrant.test": Phrase(
        "Auffällig: Lokales Moran-I mit {limit}. Hoch und niedrig heißt über und unter dem Mittel der Gebiete.",
        "Unusual: local Moran's I with {limit}. High and low mean above and below the mean of the areas.",
    ),
    "label.map.situation": Phrase("Soziale Lage", "Social situation"),
    "label.map.situation.no_direction": Phrase("ohne Richtung", "no direction"),
    "label.map.situation.soft": Phrase("Einstufung unsicher", "class not firm"),
    "label.map.situation.direction": Phrase(
        "Richtung: seit {since:since}, verglichen mit den anderen Gebieten",
        "Direction: since {since}, compared with the other areas",
    ),
    "label.map.situation.indicators": Phrase("Aus: {indicators}", "From: {indicators}"),
    "label.map.direction.falling": Phrase("günstiger", "better"),
    "label.map.direction.stable": Phrase("gleich", "same"),
    "label.map.direction.rising": Phrase("ungünstiger", "worse"),
    "label.map.warnings": Phrase("Hinweise", "Warnings"),
    "label.map.urgency.priority": Phrase("Quadrat: vorrangig prüfen", "square: check first"),
    "label.map.urgency.check": Phrase("voller Kreis: prüfen", "full circle: check"),
    "label.map.urgency.watch": Phrase("offener Kreis: beobachten", "open circle: watch"),
    "label.map.warning_brief": Phrase("{number}: {places}", "{number}: {places}"),
    "label.map.warnings_brief": Phrase(
        "Ohne Platz für den Satz, der in der Tabelle der Hinweise steht: {places}",
        "Without room for the sentence, which stands in the table of warnings: {places}",
    ),
    "label.map.warnings_unnumbered": Phrase(
        "… und {n} {n:weiterer Hinweis|weitere Hinweise} ohne Nummer in der Karte, in der Tabelle der Hinweise",
        "… and {n} more without a number on the map, in the table of warnings",
    ),
    "label.map.warnings_away": Phrase(
        "{n} {n:Hinweis gilt einem Gebiet|Hinweise gelten Gebieten} außerhalb der Karte.",
        "{n} {n:warning concerns an area|warnings concern areas} outside the map.",
    ),
    "error.map_areas": Phrase(
        "Für eine Karte werden Gebiete gebraucht (GeoDataFrame mit Gebietsnummern als Index, zum Beispiel "
        'load_boundaries("district")); gefunden: {found}.',
        'A map needs areas (a GeoDataFrame with area ids as index, such as load_boundaries("district")); '
        "found: {found}.",
    ),
    "error.map_no_areas": Phrase("Die Gebiete sind leer: keine Zeile.", "The areas are empty: not a row."),
    "error.map_areas_twice": Phrase(
        "Die Gebietsnummer „{found}“ steht mehrfach im Index der Gebiete; jede darf nur einmal vorkommen.",
        "The area id “{found}” stands in the index of the areas more than once; each may stand only once.",
    ),
    "error.map_area_empty": Phrase("Gebiet „{found}“ hat keine Geometrie.", "Area “{found}” has no geometry."),
    "error.map_column": Phrase(
        "Die Gebiete haben keine Spalte „{found}“. Vorhanden: {expected}.{hint}",
        "The areas have no column “{found}”. Present: {expected}.{hint}",
    ),
    "error.map_result": Phrase(
        "Gezeigt wird das Ergebnis einer Rechnung, zum Beispiel von local_moran oder social_situation; gefunden: "
        "{found}. Den Zeitraum nennt period=; Werte zeigt plot_map.",
        "What is shown is a result, such as that of local_moran or social_situation; found: {found}. The period "
        "is named by period=; values are shown by plot_map.",
    ),
    "error.map_values": Phrase(
        "Erwartet wird ein Indikator (Name oder Titel), eine Reihe (Series) von Werten nach Gebietsnummer oder, "
        "wenn es nur Gebiete gibt, der Name einer ihrer Spalten; gefunden: {found}.",
        "Expected an indicator (name or title), a Series of values by area id or, where there are areas alone, "
        "the name of one of their columns; found: {found}.",
    ),
    "error.map_values_twice": Phrase(
        "Zu Gebiet „{found}“ gibt es mehrere Werte; eine Karte zeigt je Gebiet genau einen.",
        "Area “{found}” has several values; a map shows exactly one per area.",
    ),
    "error.map_change_period": Phrase(
        "Eine Karte der Veränderung braucht zwei Zeiträume; gefunden: zweimal {found}.",
        "A map of change needs two periods; found: {found} twice.",
    ),
    "error.map_series_number": Phrase(
        "{found} Zeiträume: Eine Kartenreihe zeigt 1 bis {most}. Bitte auswählen, zum Beispiel [{some}].",
        "{found} periods: a series of maps shows 1 to {most}. Please choose, for example [{some}].",
    ),
    "error.map_region": Phrase(
        "Die Karte kennt keine Region „{found}“. Vorhanden: {expected}.{hint}",
        "The map knows no region “{found}”. Present: {expected}.{hint}",
    ),
    "error.map_result_columns": Phrase(
        "Dem Ergebnis fehlt die Spalte {missing}. Gefunden: {found}.",
        "The result lacks the column {missing}. Found: {found}.",
    ),
    "error.map_word": Phrase(
        "Spalte {column}: unbekannter Eintrag „{found}“. Möglich sind: {expected}.",
        "Column {column}: unknown entry “{found}”. Possible: {expected}.",
    ),
    "error.map_labels": Phrase(
        "Unbekannte Beschriftung „{found}“. Möglich sind: {expected}; oder eine Reihe (Series) von Texten.{hint}",
        "Unknown labels “{found}”. Possible: {expected}; or a Series of texts.{hint}",
    ),
    "error.map_warnings": Phrase(
        "Der Warntabelle fehlt die Spalte {missing}; erwartet wird das Ergebnis von detect_warnings.",
        "The table of warnings lacks the column {missing}; expected is what detect_warnings returns.",
    ),
    "error.map_warnings_type": Phrase(
        "warnings= nimmt True, False oder das Ergebnis von detect_warnings; gefunden: {found}.",
        "warnings= takes True, False or what detect_warnings returns; found: {found}.",
    ),
    "error.map_logo": Phrase(
        "Das Logo kann nicht gelesen werden: {found}. Erwartet wird eine PNG-Datei.",
        "The logo cannot be read: {found}. Expected is a PNG file.",
    ),
}
