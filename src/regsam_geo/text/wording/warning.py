"""Phrases of the room ``warning``: labels and the sentences of warnings."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "error.no_direction": Phrase(
        "„{indicator}“ hat im Katalog keine Richtung. Sagen Sie mit directions, ob hohe Werte "
        "belasten (1) oder entlasten (-1).",
        "“{indicator}” has no direction in the catalogue. Say with directions whether high values "
        "are a burden (1) or a relief (-1).",
    ),
    "error.not_warnings": Phrase(
        "Erwartet wird die Tabelle der Hinweise aus detect_warnings, gefunden: {found}.",
        "Expected the table of warnings from detect_warnings, found: {found}.",
    ),
    "error.warning_row": Phrase(
        "Erwartet wird ein Hinweis, also eine Zeile von detect_warnings, zum Beispiel hinweise.iloc[0]; gefunden: "
        "{found}.",
        "Expected one warning, which is a row of detect_warnings, such as warnings.iloc[0]; found: {found}.",
    ),
    "error.warning_of_hidden": Phrase(
        "Der Hinweis gilt einem Wert, der hier geheim gehalten wird (Gebiet {area}, {period}); sein Satz verriete "
        "ihn.",
        "The warning is about a value that is suppressed here (area {area}, {period}); its sentence would tell "
        "it.",
    ),
    "error.warnings_of_all": Phrase(
        "Diese Hinweise sind aus Zahlen gerechnet, von denen hier einige geheim gehalten werden ({indicator}); "
        "ihre Sätze könnten sie verraten. Hinweise aus dem, was gezeigt werden darf: warnings=True oder "
        "detect_warnings(study).",
        "These warnings were computed from figures some of which are suppressed here ({indicator}); their "
        "sentences could tell them. Warnings from what may be shown: warnings=True, or detect_warnings(study).",
    ),
    "label.warning_row.empty": Phrase("eine Tabelle ohne Zeilen", "a table without rows"),
    "error.setting_range": Phrase(
        "Einstellung {name} = {found}: erwartet wird eine Zahl {expected}.",
        "Setting {name} = {found}: expected a number {expected}.",
    ),
    "error.setting_switch": Phrase(
        "Einstellung {name} = {found}: erwartet wird {expected}.",
        "Setting {name} = {found}: expected {expected}.",
    ),
    "label.setting.switch": Phrase("True oder False", "True or False"),
    "label.setting.share": Phrase("über 0 und unter 1 (0,1 heißt 10 %)", "above 0 and below 1 (0.1 means 10 %)"),
    "label.setting.positive": Phrase("ab 0", "from 0"),
    "error.outlier_kind": Phrase(
        "Die Frage „{found}“ gibt es nicht; möglich sind: {expected}.{hint}",
        "There is no question “{found}”; possible are: {expected}.{hint}",
    ),
    "error.outlier_changes": Phrase(
        'change_years gehört zum Vergleich mit den Nachbarn (kind="spatial"), gefragt ist „{found}“.',
        'change_years belongs to the comparison with the neighbors (kind="spatial"), asked is “{found}”.',
    ),
    "error.detector_columns": Phrase(
        "Der Detektor „{detector}“ gab keine vollständigen Befunde zurück: Es fehlt {missing}; gefunden: {found}. "
        "regsam_geo.warning.as_findings ergänzt leere Spalten.",
        "The detector “{detector}” returned no complete findings: missing {missing}; found: {found}. "
        "regsam_geo.warning.as_findings fills in empty columns.",
    ),
    "error.detector_record": Phrase(
        "Erwartet wird ein regsam_geo.warning.Detector, gefunden: {found}. Eine Funktion wird einer mit "
        "Detector(name, family, funktion).",
        "Expected a regsam_geo.warning.Detector, found: {found}. A function becomes one by "
        "Detector(name, family, function).",
    ),
    "error.detector_name": Phrase(
        "Der Name „{found}“ steht mehr als einmal in der Liste der Detektoren oder ist vergeben. Jede Frage "
        "braucht einen eigenen Namen.",
        "The name “{found}” stands more than once in the list of detectors, or is taken. Each question needs a "
        "name of its own.",
    ),
    "urgency.watch": Phrase("beobachten", "watch"),
    "urgency.check": Phrase("prüfen", "check"),
    "urgency.priority": Phrase("vorrangig prüfen", "check first"),
    "status.new": Phrase("neu", "new"),
    "status.continuing": Phrase("fortdauernd", "continuing"),
    "status.returning": Phrase("wiederkehrend", "returning"),
    "status.open": Phrase("noch offen", "still open"),
    "status.ended": Phrase("beendet", "ended"),
    "kind.data": Phrase("Frage an die Daten", "question about the data"),
    "kind.cluster": Phrase("auffällige Umgebung", "unusual surroundings"),
    "kind.spatial": Phrase("anders als die Nachbarn", "unlike its neighbors"),
    "kind.level": Phrase("anders als die Stadt", "unlike the city"),
    "kind.change": Phrase("ungewöhnliche Veränderung", "unusual change"),
    "kind.zone": Phrase("gemeinsame Veränderung von Nachbargebieten", "change shared by neighboring areas"),
    "kind.drift": Phrase("anhaltende Entwicklung", "sustained development"),
    "label.warning.title": Phrase(
        "{n} {n:Hinweis|Hinweise} für {period:for}. Ein Hinweis sagt, wo genauer hinzusehen ist; er nennt keine "
        "Ursache.",
        "{n} {n:warning|warnings} for {period}. A warning says where to look more closely; it names no cause.",
    ),
    "label.warning.urgency": Phrase("Stufe", "Urgency"),
    "label.warning.status": Phrase("Stand", "Status"),
    "label.warning.area": Phrase("Gebiet", "Area"),
    "label.warning.indicator": Phrase("Indikator", "Indicator"),
    "label.warning.direction": Phrase("Richtung", "Direction"),
    "label.warning.direction.high": Phrase("hoch", "high"),
    "label.warning.direction.low": Phrase("niedrig", "low"),
    "label.warning.direction.up": Phrase("gestiegen", "up"),
    "label.warning.direction.down": Phrase("gesunken", "down"),
    "label.warning.sentence": Phrase("Hinweis", "Warning"),
    "label.warning.more_areas": Phrase(
        "und {n} {n:Nachbargebiet|Nachbargebiete}", "and {n} {n:neighbor|neighbors}"
    ),
    "label.warning.since": Phrase("seit {period:since}", "since {period}"),
    "warning.place.district": Phrase("Stadtbezirk {name}", "District {name}"),
    "warning.place.subdistrict": Phrase("Bezirksteil {name}", "Sub-district {name}"),
    "warning.place.quarter": Phrase("Stadtbezirksviertel {name}", "Quarter {name}"),
    "warning.place.region": Phrase("Region {name}", "Region {name}"),
    "warning.place.own": Phrase("Gebiet {name}", "Area {name}"),
    "warning.place.city": Phrase("Stadt München", "City of Munich"),
    "warning.rarity": Phrase("in weniger als 1 von {n} Fällen", "in fewer than 1 in {n} cases"),
    "warning.opening": Phrase(
        "{place} – {title} {period:in}: {value} (Stadt: {city}).",
        "{place} – {title} {period}: {value} (city: {city}).",
    ),
    "warning.opening_without_city": Phrase(
        "{place} – {title} {period:in}: {value}.", "{place} – {title} {period}: {value}."
    ),
    "warning.without_words": Phrase("Das ist ungewöhnlich.", "That is unusual."),
    "warning.frequency": Phrase(
        "So ungewöhnlich war es seit {compared_since:since} in {as_unusual} von {comparisons} Vergleichen "
        "(dieselbe Frage, {compared_series} {compared_series:Indikator|Indikatoren}, {compared_areas} Gebiete).",
        "It was this unusual in {as_unusual} of {comparisons} comparisons since {compared_since} (the same "
        "question, {compared_series} {compared_series:indicator|indicators}, {compared_areas} areas).",
    ),
    "warning.against.fell": Phrase(
        "Zuletzt ist er gefallen: {last_period:in} waren es {last}.",
        "Of late it has fallen: in {last_period} it was {last}.",
    ),
    "warning.against.rose": Phrase(
        "Zuletzt ist er gestiegen: {last_period:in} waren es {last}.",
        "Of late it has risen: in {last_period} it was {last}.",
    ),
    "warning.frequency.none": Phrase(
        "So ungewöhnlich war es seit {compared_since:since} in keinem von {comparisons} Vergleichen (dieselbe "
        "Frage, {compared_series} {compared_series:Indikator|Indikatoren}, {compared_areas} Gebiete).",
        "It was this unusual in none of {comparisons} comparisons since {compared_since} (the same question, "
        "{compared_series} {compared_series:indicator|indicators}, {compared_areas} areas).",
    ),
    "warning.change.up": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten und der eigenen "
        "Entwicklung waren rund {expected} zu erwarten; der Wert weicht nach oben ab.",
        "In {before_period} it was {before}; given the change in all areas and its own past, about "
        "{expected} was to be expected; the value deviates upwards.",
    ),
    "warning.change.down": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten und der eigenen "
        "Entwicklung waren rund {expected} zu erwarten; der Wert weicht nach unten ab.",
        "In {before_period} it was {before}; given the change in all areas and its own past, about "
        "{expected} was to be expected; the value deviates downwards.",
    ),
    "warning.change_return.up": Phrase(
        "Auf den auffällig niedrigen Wert {before_period:in} ({before}) folgt ein Anstieg über das Niveau "
        "davor hinaus; zu erwarten waren rund {expected}.",
        "The unusually low value of {before_period} ({before}) is followed by a rise beyond the level "
        "before it; about {expected} was to be expected.",
    ),
    "warning.change_return.down": Phrase(
        "Auf den auffällig hohen Wert {before_period:in} ({before}) folgt ein Rückgang unter das Niveau davor; "
        "zu erwarten waren rund {expected}.",
        "The unusually high value of {before_period} ({before}) is followed by a fall below the level "
        "before it; about {expected} was to be expected.",
    ),
    "warning.change_gap": Phrase(
        "Dazwischen fehlen Werte: Die Veränderung reicht über {gap} Jahre.",
        "Values are missing in between: the change spans {gap} years.",
    ),
    "warning.change_larger_in": Phrase(
        "Zuletzt war eine Abweichung hier {larger_in:in} größer.",
        "The last larger deviation here was in {larger_in}.",
    ),
    "warning.change_record": Phrase(
        "Es ist hier die größte Abweichung seit Beginn der Vergleiche {first_change:in}.",
        "It is the largest deviation here since comparisons begin in {first_change}.",
    ),
    "warning.zone.up": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten und der eigenen "
        "Entwicklung waren rund {expected} zu erwarten. Der Wert weicht nach oben ab, ebenso die von "
        "Nachbargebieten: Zusammen ist das ungewöhnlicher als jede dieser Abweichungen für sich.",
        "In {before_period} it was {before}; given the change in all areas and its own past, about "
        "{expected} was to be expected. The value deviates upwards, and so do those of neighboring areas: "
        "together that is more unusual than each of these deviations alone.",
    ),
    "warning.zone.down": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten und der eigenen "
        "Entwicklung waren rund {expected} zu erwarten. Der Wert weicht nach unten ab, ebenso die von "
        "Nachbargebieten: Zusammen ist das ungewöhnlicher als jede dieser Abweichungen für sich.",
        "In {before_period} it was {before}; given the change in all areas and its own past, about "
        "{expected} was to be expected. The value deviates downwards, and so do those of neighboring areas: "
        "together that is more unusual than each of these deviations alone.",
    ),
    "warning.together": Phrase(
        "Gemeinsam mit Nachbargebieten: {others}.", "Together with neighboring areas: {others}."
    ),
    "warning.other": Phrase(
        "{place} ({value}, zu erwarten rund {expected})", "{place} ({value}, about {expected} to be expected)"
    ),
    "warning.together.open": Phrase("Das gilt auch für {others}.", "The same is true of {others}."),
    "warning.other.open": Phrase(
        "{place} ({value}, ohne die Abweichung rund {expected})",
        "{place} ({value}, about {expected} without the deviation)",
    ),
    "warning.related": Phrase(
        "In die Erwartung geht ein, was verwandte Indikatoren hier zeigen: {related}.",
        "The expectation takes in what related indicators show here: {related}.",
    ),
    "warning.related.up": Phrase("„{title}“ ist gestiegen", "“{title}” has risen"),
    "warning.related.down": Phrase("„{title}“ ist gesunken", "“{title}” has fallen"),
    "warning.related.above": Phrase(
        "„{title}“ liegt höher als zu erwarten war", "“{title}” lies higher than was to be expected"
    ),
    "warning.related.below": Phrase(
        "„{title}“ liegt niedriger als zu erwarten war", "“{title}” lies lower than was to be expected"
    ),
    "warning.related.usual": Phrase(
        "„{title}“ hat sich wie erwartet entwickelt", "“{title}” has developed as expected"
    ),
    "warning.related.too": Phrase("auch {words}", "{words} too"),
    "warning.status.new": Phrase("Neu im Bericht {period:of}.", "New in the report of {period}."),
    "warning.status.continuing": Phrase("Hinweis seit {period:since}.", "Warned since {period}."),
    "warning.open": Phrase(
        "Im Bericht {before_period:of} waren es {before}, zu erwarten waren rund {expected_then}. Ohne diese "
        "Abweichung "
        "wären es mit der Veränderung aller Gebiete jetzt rund {expected}; der Wert ist nicht dorthin "
        "zurückgekehrt.",
        "In the report of {before_period} it was {before}, about {expected_then} was to be expected. Without this "
        "deviation it would now be about {expected}, given the change in all areas; the value has not returned "
        "there.",
    ),
    "warning.open_without": Phrase(
        "Im Bericht {before_period:of} waren es {before}, zu erwarten waren rund {expected_then}. Was jetzt zu "
        "erwarten wäre, lässt sich nicht sagen, weil Werte fehlen.",
        "In the report of {before_period} it was {before}, about {expected_then} was to be expected. What would "
        "be expected now cannot be said, as values are missing.",
    ),
    "warning.near": Phrase("Zu erwarten waren rund {expected}.", "About {expected} was to be expected."),
    "warning.near.spatial": Phrase(
        "Der mittlere Wert der Nachbargebiete liegt bei {expected}.",
        "The middle value of the neighboring areas is {expected}.",
    ),
    "warning.near.level": Phrase(
        "Der Abstand zu allen Gebieten zusammen ist für ein Gebiet dieser Größe weit.",
        "The distance from all areas together is wide for an area of this size.",
    ),
    "warning.status.near": Phrase("Kein Hinweis.", "No warning."),
    "warning.status.open": Phrase(
        "Hinweis seit {period:since}, noch nicht abschließend bewertet.",
        "Warned since {period}, not finally judged yet.",
    ),
    "warning.status.returning": Phrase(
        "Wieder im Bericht seit {period:since}, nach früheren Hinweisen.",
        "Back in the report since {period}, after earlier warnings.",
    ),
}
