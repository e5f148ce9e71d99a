"""Phrases of region profiles, meeting packs and the city's overview."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "error.profile_level": Phrase(
        "Profile und Sitzungsmaterial gelten für Gruppen von Gebieten; die Einteilung der Studie nennt keine aus "
        "Gebieten der Ebene „{found}“. Eine eigene sagt division=, den Bericht gibt es ohne sie (write_report).",
        "Profiles and meeting packs are about groups of areas; the division of the study names none made of areas "
        "of the level “{found}”. Say one of your own with division=; there is the report without (write_report).",
    ),
    # notes of the region summary
    "summary.incomplete": Phrase(
        "{title}: Für {n} {n:Region|Regionen} fehlt der Wert, weil nicht alle Stadtbezirke "
        "Zahlen haben ({regions}).",
        "{title}: the value of {n} {n:region|regions} is missing, because not all districts "
        "have figures ({regions}).",
    ),
    "summary.incomplete.all": Phrase(
        "{title}: Für alle Regionen fehlt der Wert, weil Zahlen fehlen oder die Stadtbezirke "
        "zusammen den Wert der Stadt nicht erreichen.",
        "{title}: the value of every region is missing, because figures are missing or the "
        "districts together do not reach the city's value.",
    ),
    "summary.class": Phrase(
        "Belastung {burden}, Richtung {direction}",
        "burden {burden}, direction {direction}",
    ),
    "summary.class.note": Phrase(
        "Belastung und Richtung ordnen die Regionen untereinander ein, zu gleichen Teilen nach: {titles}. Die "
        "Richtung ist die Veränderung in {years} Jahren, verglichen mit den anderen Regionen. Die Einordnung ist "
        "relativ: Irgendeine Region steht immer oben oder unten.",
        "Burden and direction place the regions among each other, in equal parts by: {titles}. The direction is "
        "the change over {years} years, compared with the other regions. The classes are relative: some region is "
        "always at the top or at the bottom.",
    ),
    "column.class": Phrase(
        "Belastung und Richtung",
        "Burden and direction",
    ),
    "summary.vintage": Phrase(
        "Gebietsstand der Grenzen: {vintage}; frühere Zahlen gelten für die damaligen Grenzen, seit 1996 "
        "dieselben 25 Stadtbezirke.",
        "Boundaries as of {vintage}; earlier figures refer to the boundaries of their time, since 1996 the "
        "same 25 districts.",
    ),
    "summary.vintage_of_parts": Phrase(
        "Gebietsstand der Grenzen: {vintage}; frühere Zahlen gelten für die damaligen Grenzen.",
        "Boundaries as of {vintage}; earlier figures refer to the boundaries of their time.",
    ),
    "summary.division": Phrase("Einteilung: {said}.", "Division: {said}."),
    "summary.division.date": Phrase("Stand {date}", "as of {date}"),
    "summary.division.sources": Phrase("nach {sources}", "after {sources}"),
    "column.period": Phrase(
        "Zeitraum",
        "Period",
    ),
    # errors
    "error.region_unknown": Phrase(
        "Die Region „{found}“ gibt es nicht. Vorhanden: {expected}.{hint}",
        "There is no region “{found}”. Present: {expected}.{hint}",
    ),
    "error.region_ambiguous": Phrase(
        "„{found}“ kommt in mehreren Regionen vor: {expected}. Bitte eine davon angeben.",
        "“{found}” belongs to several regions: {expected}. Please name one of them.",
    ),
    # the page of a region
    "profile.kicker": Phrase(
        "Sozialmonitoring · Regionenprofil {period}",
        "Social monitoring · region profile {period}",
    ),
    "profile.document_title": Phrase(
        "Regionenprofil {period}: Region {region}, {name}",
        "Region profile {period}: region {region}, {name}",
    ),
    "profile.foot": Phrase(
        "{title} · Regionenprofil {period}",
        "{title} · region profile {period}",
    ),
    "profile.page": Phrase(
        "Seite {page} von {pages}",
        "Page {page} of {pages}",
    ),
    "profile.date": Phrase(
        "Stand: {date}",
        "Issued: {date}",
    ),
    "profile.map.caption": Phrase(
        "{districts}. Grenzen: Landeshauptstadt München, dl-de/by-2-0.",
        "{districts}. Boundaries: City of Munich, dl-de/by-2-0.",
    ),
    "profile.glance": Phrase(
        "Auf einen Blick",
        "At a glance",
    ),
    "profile.news.new": Phrase("Neu: {titles}.", "New: {titles}."),
    "profile.news.ended": Phrase("Beendet: {titles}.", "Ended: {titles}."),
    "profile.news.run_out": Phrase(
        "Lange offen und nicht mehr geführt: {titles}.", "Open for long and no longer listed: {titles}."
    ),
    "profile.news.nothing": Phrase("Kein neuer Hinweis.", "No new warning."),
    "profile.news.left": Phrase("Aus früheren Berichten: {parts}.", "From earlier reports: {parts}."),
    "profile.news.continuing": Phrase(
        "{n} {n:Hinweis besteht|Hinweise bestehen} fort",
        "{n} {n:warning continues|warnings continue}",
    ),
    "profile.news.open": Phrase(
        "{n} {n:Hinweis ist|Hinweise sind} noch offen",
        "{n} {n:warning is|warnings are} still open",
    ),
    "profile.news.long": Phrase(
        "{n} {n:Hinweis ist|Hinweise sind} seit mehr als drei Berichten offen",
        "{n} {n:warning has|warnings have} been open for more than three reports",
    ),
    "profile.sides": Phrase(
        "{n} Indikatoren im Vergleich mit der Stadt: {parts}.",
        "{n} indicators compared with the city: {parts}.",
    ),
    "profile.sides.above": Phrase("{n} mindestens 10 % höher", "{n} at least 10 % higher"),
    "profile.sides.below": Phrase("{n} mindestens 10 % niedriger", "{n} at least 10 % lower"),
    "profile.sides.near": Phrase("{n} ähnlich", "{n} similar"),
    "profile.glance.situation": Phrase(
        "Belastung {burden}: Rang {rank} von {n} (1 ist die höchste{interval}){direction}.",
        "Burden {burden}: rank {rank} of {n} (1 is the highest{interval}){direction}.",
    ),
    "profile.glance.direction": Phrase(", Entwicklung {direction}", ", development {direction}"),
    "profile.glance.interval": Phrase("; möglich: {low} bis {high}", "; possible: {low} to {high}"),
    "profile.glance.spread": Phrase(
        "Größter Unterschied zwischen den Stadtbezirken: {title}, von {low} ({low_area}) bis {high} "
        "({high_area}).",
        "Largest difference between the districts: {title}, from {low} ({low_area}) to {high} ({high_area}).",
    ),
    "profile.glance.spread.only": Phrase(
        "Unterschied zwischen den Stadtbezirken: {title}, von {low} ({low_area}) bis {high} ({high_area}).",
        "Difference between the districts: {title}, from {low} ({low_area}) to {high} ({high_area}).",
    ),
    "profile.glance.far.above": Phrase(
        "Am weitesten über dem Wert der Stadt: {title} mit {value} (Stadt: {city}{rank}).",
        "Farthest above the city's value: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.far.below": Phrase(
        "Am weitesten unter dem Wert der Stadt: {title} mit {value} (Stadt: {city}{rank}).",
        "Farthest below the city's value: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.only.above": Phrase(
        "Mindestens 10 % über dem Wert der Stadt nur: {title} mit {value} (Stadt: {city}{rank}).",
        "At least 10 % above the city's value only: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.only.below": Phrase(
        "Mindestens 10 % unter dem Wert der Stadt nur: {title} mit {value} (Stadt: {city}{rank}).",
        "At least 10 % below the city's value only: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.alone.above": Phrase(
        "Mindestens 10 % über dem Wert der Stadt: {title} mit {value} (Stadt: {city}{rank}).",
        "At least 10 % above the city's value: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.alone.below": Phrase(
        "Mindestens 10 % unter dem Wert der Stadt: {title} mit {value} (Stadt: {city}{rank}).",
        "At least 10 % below the city's value: {title} with {value} (city: {city}{rank}).",
    ),
    "profile.glance.moved.alone.up": Phrase(
        "Verändert seit {before}: {title}, gestiegen von {old} auf {new}{city}.",
        "Changed since {before}: {title}, up from {old} to {new}{city}.",
    ),
    "profile.glance.moved.alone.down": Phrase(
        "Verändert seit {before}: {title}, gesunken von {old} auf {new}{city}.",
        "Changed since {before}: {title}, down from {old} to {new}{city}.",
    ),
    "profile.glance.rank": Phrase("; Rang {rank}", "; rank {rank}"),
    "profile.glance.moved.up": Phrase(
        "Am stärksten verändert seit {before}: {title}, gestiegen von {old} auf {new}{city}.",
        "Most changed since {before}: {title}, up from {old} to {new}{city}.",
    ),
    "profile.glance.moved.down": Phrase(
        "Am stärksten verändert seit {before}: {title}, gesunken von {old} auf {new}{city}.",
        "Most changed since {before}: {title}, down from {old} to {new}{city}.",
    ),
    "profile.glance.turned.down": Phrase(
        "Zuletzt anders: {title}, höher als {before:in}, aber seit {last:since} gesunken von {old} auf "
        "{new}{still}.",
        "Lately different: {title}, higher than in {before}, but down since {last} from {old} to {new}{still}.",
    ),
    "profile.glance.turned.up": Phrase(
        "Zuletzt anders: {title}, niedriger als {before:in}, aber seit {last:since} gestiegen von {old} auf "
        "{new}{still}.",
        "Lately different: {title}, lower than in {before}, but up since {last} from {old} to {new}{still}.",
    ),
    "profile.glance.still.above": Phrase(
        ", weiterhin mindestens 10 % über der Stadt", ", still at least 10 % above the city"
    ),
    "profile.glance.still.below": Phrase(
        ", weiterhin mindestens 10 % unter der Stadt", ", still at least 10 % below the city"
    ),
    "profile.glance.now.above": Phrase(
        ", jetzt mindestens 10 % über der Stadt", ", now at least 10 % above the city"
    ),
    "profile.glance.now.below": Phrase(
        ", jetzt mindestens 10 % unter der Stadt", ", now at least 10 % below the city"
    ),
    "profile.glance.moved.city": Phrase(" (Stadt: von {old} auf {new})", " (city: from {old} to {new})"),
    "profile.figures": Phrase(
        "Kennzahlen im Vergleich mit der Stadt",
        "Key figures compared with the city",
    ),
    "profile.figures.caption": Phrase(
        "Wert der Region aus den summierten Zählern und Nennern ihrer Stadtbezirke. Rang 1 ist der höchste Wert. "
        "Gestiegen oder gesunken: in fünf Jahren um mindestens 5 % des Werts, wenn der Katalog nichts anderes "
        "sagt.",
        "Value of the region from the summed numerators and denominators of its districts. Rank 1 is the "
        "highest value. Risen or fallen: within five years by at least 5 % of the value, unless the catalogue "
        "says otherwise.",
    ),
    "profile.figures.legend": Phrase(
        "Senkrechte Linie: Stadt München. Heller Balken: vom niedrigsten zum höchsten Wert aller Regionen; "
        "dunkler: mittlere Hälfte. ▲ mindestens 10 % über, ▼ mindestens 10 % unter der Stadt, ● dazwischen. "
        "Jede Zeile hat ihren eigenen Maßstab.",
        "Vertical line: City of Munich. Light bar: from the lowest to the highest value of all regions; dark:"
        " middle half. ▲ at least 10 % above, ▼ at least 10 % below the city, ● between. Each row has its own"
        " scale.",
    ),
    "profile.head.indicator": Phrase(
        "Indikator",
        "Indicator",
    ),
    "profile.head.city": Phrase(
        "Stadt München",
        "City of Munich",
    ),
    "profile.head.rank": Phrase(
        "Rang",
        "Rank",
    ),
    "profile.head.spine": Phrase(
        "Lage unter den Regionen",
        "Place among the regions",
    ),
    "profile.head.under": Phrase(
        "unter der Stadt",
        "below the city",
    ),
    "profile.head.lower": Phrase("unter", "below"),
    "profile.head.higher": Phrase("über", "above"),
    "profile.head.over": Phrase(
        "über der Stadt",
        "above the city",
    ),
    "profile.head.change": Phrase(
        "Veränderung seit {before}",
        "Change since {before}",
    ),
    "profile.head.city_change": Phrase(
        "in der Stadt",
        "in the city",
    ),
    "profile.rank": Phrase(
        "{rank} von {n}",
        "{rank} of {n}",
    ),
    "profile.side.above": Phrase(
        "mindestens 10 % über der Stadt",
        "at least 10 % above the city",
    ),
    "profile.side.below": Phrase(
        "mindestens 10 % unter der Stadt",
        "at least 10 % below the city",
    ),
    "profile.side.near": Phrase(
        "nahe dem Wert der Stadt",
        "near the city's value",
    ),
    "profile.trend.up": Phrase(
        "gestiegen",
        "risen",
    ),
    "profile.trend.down": Phrase(
        "gesunken",
        "fallen",
    ),
    "profile.trend.level": Phrase(
        "kaum verändert",
        "hardly changed",
    ),
    "profile.turn.up": Phrase("zuletzt gestiegen", "lately risen"),
    "profile.turn.down": Phrase("zuletzt gesunken", "lately fallen"),
    "profile.alt.map": Phrase(
        "Karte: Die Region {region} mit {n:dem Stadtbezirk|den Stadtbezirken} {districts}; eine kleine Karte "
        "zeigt ihre Lage in München. Angrenzend: {neighbors}.",
        "Map: region {region} with the {n:district|districts} {districts}; a small map shows its place in "
        "Munich. Around it: {neighbors}.",
    ),
    "profile.alt.spine": Phrase(
        "{title}: Region {value}, {side} ({city}); alle Regionen von {low} bis {high}.",
        "{title}: region {value}, {side} ({city}); all regions from {low} to {high}.",
    ),
    "profile.alt.spine_empty": Phrase(
        "{title}: kein Vergleich möglich.",
        "{title}: no comparison possible.",
    ),
    "profile.alt.series": Phrase(
        "Zeitreihe {title} der Region: {first}; {last}; höchster Wert {highest}; niedrigster Wert {lowest}. "
        "Stadt zuletzt: {city}.",
        "Series {title} of the region: {first}; {last}; highest value {highest}; lowest value {lowest}. City "
        "at the end: {city}.",
    ),
    "profile.alt.expected": Phrase(
        "Zuletzt erwartet: {expected}.",
        "Expected at the end: {expected}.",
    ),
    "profile.alt.band": Phrase(
        "Zuletzt erwartet: {expected}, in 95 von 100 Fällen zwischen {low} und {high}.",
        "Expected at the end: {expected}, in 95 of 100 cases between {low} and {high}.",
    ),
    "profile.alt.series_empty": Phrase(
        "{title}: keine Werte der Region.",
        "{title}: no values of the region.",
    ),
    "profile.warnings": Phrase(
        "Hinweise",
        "Warnings",
    ),
    "profile.warnings.near": Phrase("Nahe an einem Hinweis: {sentence}", "Near a warning: {sentence}"),
    "profile.warnings.folded": Phrase(
        "{n} {n:weiterer Hinweis ist|weitere Hinweise sind} seit mehr als drei Berichten offen; {n:er steht|sie "
        "stehen} im "
        "Bericht.",
        "{n} more {n:warning has|warnings have} been open for more than three reports; {n:it stands|they stand} "
        "in the "
        "report.",
    ),
    "profile.warnings.folded_alone": Phrase(
        "{n} {n:Hinweis ist|Hinweise sind} seit mehr als drei Berichten offen; {n:er steht|sie stehen} im "
        "Bericht.",
        "{n} {n:warning has|warnings have} been open for more than three reports; {n:it stands|they stand} in the "
        "report.",
    ),
    "profile.warnings.since": Phrase("{status}, seit {since}", "{status}, since {since}"),
    "profile.warnings.untested": Phrase(
        "Nichts konnte geprüft werden; dass kein Hinweis dasteht, sagt hier nichts aus.",
        "Nothing could be tested; that there is no warning says nothing here.",
    ),
    "profile.warnings.none": Phrase(
        "Für diese Region liegt kein Hinweis vor.",
        "There is no warning for this region.",
    ),
    "profile.warnings.more": Phrase(
        "{n} {n:weiterer Hinweis steht|weitere Hinweise stehen} in der Tabelle der Hinweise.",
        "{n} more {n:warning stands|warnings stand} in the table of warnings.",
    ),
    "profile.questions.more": Phrase(
        "{n} {n:weitere Frage|weitere Fragen} an die Daten {n:steht|stehen} in der Tabelle.",
        "{n} more {n:question|questions} about the data {n:stands|stand} in the table.",
    ),
    "profile.untested": Phrase(
        "Nicht prüfbar ({kind}), {why}: {titles}.",
        "Could not be tested ({kind}), {why}: {titles}.",
    ),
    "profile.untested.missing": Phrase(
        "weil Werte fehlen",
        "because values are missing",
    ),
    "profile.untested.short_history": Phrase(
        "weil die Reihe zu kurz ist",
        "because the series is too short",
    ),
    "profile.untested.no_neighbors": Phrase(
        "weil Werte der Nachbarn fehlen",
        "because values of the neighbors are missing",
    ),
    "profile.untested.not_comparable": Phrase(
        "weil die Zahlen davon abhängen, wie groß ein Gebiet ist",
        "because the figures depend on how large an area is",
    ),
    "profile.untested.sizes_unknown": Phrase(
        "weil weder Basiswerte noch die Größe der Gebiete bekannt sind",
        "because neither Basiswerte nor the size of the areas are known",
    ),
    "profile.series": Phrase(
        "Entwicklung",
        "Development",
    ),
    "profile.series.caption": Phrase(
        "Dunkle Linie: Region; gestrichelt: Stadt München. Graues Band: 95 von 100 Werten wären hier zu erwarten, "
        "gemessen an der Veränderung aller Regionen und der eigenen Vergangenheit, jeweils nach dem damaligen "
        "Stand; Raute: für {period} erwartet. Die Achsen beginnen nicht immer bei null.",
        "Dark line: region; dashed: City of Munich. Grey band: 95 of 100 values were to be expected here, judging "
        "by the change in all regions and its own past, each period with what was known then; diamond: expected "
        "for {period}. Not all axes start at zero.",
    ),
    "profile.series.caption.districts": Phrase(
        "Dünne helle Linien: Stadtbezirke der Region.",
        "Thin light lines: districts of the region.",
    ),
    "profile.districts": Phrase(
        "Die Stadtbezirke im Vergleich",
        "The districts compared",
    ),
    "profile.districts.caption": Phrase(
        "Werte der Stadtbezirke wie veröffentlicht.",
        "Values of the districts as published.",
    ),
    "profile.districts.single": Phrase(
        "Die Region besteht aus einem Stadtbezirk; sein Wert wie veröffentlicht.",
        "The region is a single district; its value as published.",
    ),
    "profile.districts.incomparable": Phrase(
        "{title}: Die Zahlen hängen davon ab, wie groß ein Gebiet ist; ein Vergleich mit Region und Stadt ist"
        " nicht möglich.",
        "{title}: the figures depend on how large an area is; they cannot be compared with region and city.",
    ),
    "profile.districts.rounded": Phrase(
        "{titles}: Die Basiswerte sind gerundet veröffentlicht; der daraus gerechnete Wert der Region kann "
        "von veröffentlichten Werten um wenige Einheiten abweichen.",
        "{titles}: the base figures are published rounded; the value of the region computed from them may "
        "differ from published values by a few units.",
    ),
    "profile.notes": Phrase(
        "Quellen und Methode",
        "Sources and method",
    ),
    "profile.notes.figures": Phrase(
        "Abstände, Ränge und Veränderungen sind aus ungerundeten Werten berechnet; Hinweise beschreiben, wo "
        "genauer hinzusehen ist, und nennen keine Ursache.",
        "Differences, ranks and changes are computed from unrounded values; warnings describe where to look "
        "more closely and name no cause.",
    ),
    "profile.notes.expected": Phrase(
        "„Gestiegen“ und „gesunken“ heißt: in fünf Jahren um mindestens die kleinste bedeutsame Wirkung des "
        "Indikators (in der Regel 5 %) verändert.",
        "“Risen” and “fallen” mean: changed within five years by at least the smallest relevant effect of the"
        " indicator (usually 5 %).",
    ),
    "profile.repr": Phrase(
        "Regionenprofil {period}: Region {region}",
        "Region profile {period}: region {region}",
    ),
    # the maps of a region on two pages
    "regionmaps.title": Phrase(
        "{title}: Karten {period}",
        "{title}: maps {period}",
    ),
    "regionmaps.document_title": Phrase(
        "Karten {period}: Region {region}, {name}",
        "Maps {period}: region {region}, {name}",
    ),
    "regionmaps.caption": Phrase(
        "Werte der Stadtbezirke wie veröffentlicht. Dunkle Linie, kräftige Farben und fette Zahlen: die Region; "
        "umher blasser die angrenzenden Stadtbezirke. Die Klassen sind je Indikator dieselben wie auf den Karten "
        "der ganzen Stadt.",
        "Values of the districts as published. Dark line, strong colors and bold figures: the region; around it, "
        "paler, the neighboring districts. The classes of an indicator are those of the maps of the whole city.",
    ),
    "regionmaps.no_room": Phrase(
        "Wo für eine Zahl kein Platz ist, steht sie in der Tabelle.",
        "Where there is no room for a figure, the table has it.",
    ),
    "regionmaps.region": Phrase("{title}, {period}", "{title}, {period}"),
    "regionmaps.foot": Phrase(
        "Grenzen und Daten: Landeshauptstadt München, Statistisches Amt, dl-de/by-2-0.",
        "Boundaries and data: City of Munich, statistics office, dl-de/by-2-0.",
    ),
    "regionmaps.city": Phrase(
        "Region: {region}, Stadt: {city}",
        "region: {region}, city: {city}",
    ),
    "regionmaps.alt.key": Phrase(
        "Karte: Lage und Namen der Stadtbezirke der Region {region}.",
        "Map: place and names of the districts of region {region}.",
    ),
    "regionmaps.alt": Phrase(
        "Karte {title}: {districts}; alle Stadtbezirke von {low} bis {high}.",
        "Map {title}: {districts}; all districts from {low} to {high}.",
    ),
    # the slides of a pack
    "slides.title": Phrase("Region {region}: {name}", "Region {region}: {name}"),
    "slides.title_all": Phrase("{n} Regionen und die Stadt", "{n} regions and the city"),
    "slides.subtitle": Phrase("Karten und Hinweise {period}", "Maps and warnings {period}"),
    "slides.alt.map": Phrase(
        "Karte {title}, {period}. Die Werte reichen von {low} bis {high}.",
        "Map {title}, {period}. Values reach from {low} to {high}.",
    ),
    "slides.alt.empty": Phrase(
        "Karte {title}, {period}. Kein Gebiet hat einen Wert.", "Map {title}, {period}. No area has a value."
    ),
    "slides.alt.series": Phrase("Verlauf über die Zeit. {sentence}", "Course over time. {sentence}"),
    "error.pptx_missing": Phrase(
        'Für PowerPoint-Dateien fehlt das Paket python-pptx. Installieren: pip install "regsam-geo[pptx]".',
        'PowerPoint files need the package python-pptx. To install it: pip install "regsam-geo[pptx]".',
    ),
    "error.pptx_name": Phrase(
        "PowerPoint-Datei: Der Name muss mit .pptx enden, gefunden: {found}.",
        "PowerPoint file: the name has to end with .pptx, found: {found}.",
    ),
    "error.pack_region": Phrase(
        "Diese Mappe enthält die Region {found} nicht, sondern: {expected}.",
        "This pack does not hold region {found}, but: {expected}.",
    ),
    # tables of a pack
    "column.n_priority": Phrase(
        "davon vorrangig zu prüfen",
        "of these to check first",
    ),
    "column.n_check": Phrase(
        "davon zu prüfen",
        "of these to check",
    ),
    "column.n_watch": Phrase(
        "davon zu beobachten",
        "of these to watch",
    ),
    "column.district": Phrase(
        "Stadtbezirk",
        "District",
    ),
    "column.missing": Phrase(
        "Warum kein Wert",
        "Why there is no value",
    ),
    "column.rank_of": Phrase(
        "Rang (1 = höchster Wert)",
        "Rank (1 = highest value)",
    ),
    "column.n_ranked": Phrase(
        "Gebiete mit Rang",
        "Areas with a rank",
    ),
    "column.trend": Phrase(
        "Entwicklung in fünf Jahren",
        "Development in five years",
    ),
    "column.lowest": Phrase(
        "Niedrigster Wert der Stadtbezirke",
        "Lowest value of the districts",
    ),
    "column.highest": Phrase(
        "Höchster Wert der Stadtbezirke",
        "Highest value of the districts",
    ),
    "column.text": Phrase(
        "Was zu beachten ist",
        "What to bear in mind",
    ),
    "column.n_burdened": Phrase(
        "Regionen mit mindestens 10 % höherer Belastung als die Stadt",
        "Regions at least 10 % more burdened than the city",
    ),
    "column.share_cases": Phrase(
        "Anteil an allen Fällen der Stadt (%)",
        "Share of all cases of the city (%)",
    ),
    "column.share_people": Phrase(
        "Anteil nach ihrer Größe (%)",
        "Share by their size (%)",
    ),
    "column.theme_trend": Phrase(
        "Seit zwei Jahren",
        "In two years",
    ),
    "trend.rising": Phrase("gestiegen", "risen"),
    "trend.steady": Phrase("kaum verändert", "hardly changed"),
    "trend.falling": Phrase("gefallen", "fallen"),
    "column.warned_regions": Phrase(
        "In welchen Regionen Hinweise",
        "Warnings in which regions",
    ),
    "column.n_warned": Phrase(
        "Regionen mit Hinweisen",
        "Regions with warnings",
    ),
    "column.regions": Phrase(
        "Welche Regionen",
        "Which regions",
    ),
    "column.n_areas": Phrase(
        "Stadtbezirke",
        "Districts",
    ),
    "column.change_word": Phrase(
        "Gegenüber dem Vorbericht",
        "Compared with the report before",
    ),
    "pack.table.figures": Phrase(
        "Kennzahlen",
        "Key figures",
    ),
    "pack.table.development": Phrase(
        "Entwicklung",
        "Development",
    ),
    "pack.table.districts": Phrase(
        "Stadtbezirke",
        "Districts",
    ),
    "pack.table.warnings": Phrase(
        "Hinweise",
        "Warnings",
    ),
    "pack.table.reading": Phrase(
        "Lesehilfe",
        "How to read",
    ),
    "pack.title.figures": Phrase(
        "Region {region}: Kennzahlen {period}",
        "Region {region}: key figures {period}",
    ),
    "pack.title.development": Phrase(
        "Region {region}: Entwicklung",
        "Region {region}: development",
    ),
    "pack.title.districts": Phrase(
        "Region {region}: Stadtbezirke {period}",
        "Region {region}: districts {period}",
    ),
    "pack.title.warnings": Phrase(
        "Region {region}: Hinweise {period}",
        "Region {region}: warnings {period}",
    ),
    "pack.title.reading": Phrase(
        "Lesehilfe, Quellen und Methode",
        "How to read this, sources and method",
    ),
    # files of a pack
    "pack.folder.tables": Phrase(
        "tabellen",
        "tables",
    ),
    "pack.folder.maps": Phrase(
        "karten",
        "maps",
    ),
    "pack.folder.warnings": Phrase(
        "hinweise",
        "warnings",
    ),
    "pack.folder.city": Phrase(
        "stadt",
        "city",
    ),
    "pack.file.profile": Phrase(
        "profil",
        "profile",
    ),
    "pack.file.readme": Phrase(
        "LIESMICH",
        "README",
    ),
    "pack.file.geopackage": Phrase(
        "karten",
        "maps",
    ),
    "pack.file.overview": Phrase(
        "ueberblick",
        "overview",
    ),
    "pack.file.map": Phrase(
        "karte",
        "map",
    ),
    "pack.layer.district": Phrase(
        "stadtbezirke",
        "districts",
    ),
    "pack.layer.subdistrict": Phrase(
        "bezirksteile",
        "subdistricts",
    ),
    "pack.layer.quarter": Phrase(
        "viertel",
        "quarters",
    ),
    "pack.layer.own": Phrase(
        "gebiete",
        "areas",
    ),
    "pack.layer.region": Phrase(
        "regionen",
        "regions",
    ),
    # what is being done
    "pack.step": Phrase(
        "{region}: {what}",
        "{region}: {what}",
    ),
    "pack.what.profile": Phrase(
        "Profil",
        "Profile",
    ),
    "pack.what.region_maps": Phrase(
        "Karten der Region",
        "Maps of the region",
    ),
    "pack.what.region_map": Phrase("Karte: {title}", "Map: {title}"),
    "pack.what.tables": Phrase(
        "Tabellen",
        "Tables",
    ),
    "pack.what.geopackage": Phrase(
        "Karten für QGIS",
        "Maps for QGIS",
    ),
    "pack.what.warning": Phrase(
        "Schaubild zu einem Hinweis",
        "Chart of a warning",
    ),
    "pack.what.overview": Phrase(
        "Überblick über die Stadt",
        "Overview of the city",
    ),
    "pack.sentence": Phrase(
        "Sitzungsmaterial für {n} {n:Region|Regionen}, {period}: {warnings} {warnings:Hinweis|Hinweise}.",
        "Meeting material for {n} {n:region|regions}, {period}: {warnings} {warnings:warning|warnings}.",
    ),
    # LIESMICH
    "pack.readme.title": Phrase(
        "Sozialmonitoring München {period}: Material für die Region {region}\n{name}",
        "Social monitoring Munich {period}: material for the region {region}\n{name}",
    ),
    "pack.readme.files": Phrase(
        "profil.pdf: das Profil der Region auf zwei oder drei Seiten, barrierefrei, zum Drucken und Verschicken\n"
        "profil.html: dasselbe für den Bildschirm; öffnet im Browser ohne Netz\n"
        "{tables}/: alle Zahlen, als Excel-Mappe mit einem Blatt je Thema und dieselben Blätter als CSV\n"
        "{maps}/{root}.pdf: die Region und ihre Umgebung, alle Indikatoren auf zwei Seiten\n"
        "{maps}/{root}-*.png: dieselben Karten einzeln, als Bild\n"
        "{up}{maps}/: je Indikator eine Karte der ganzen Stadt als Bild (PNG) und zum Drucken (PDF)\n"
        "{up}{geopackage}.gpkg: alle Karten für QGIS; Datei öffnen, Ebenen wählen, sie erscheinen eingefärbt",
        "profile.pdf: the profile of the region on two or three pages, accessible, to print and send\n"
        "profile.html: the same for the screen; opens in a browser without a network\n"
        "{tables}/: all figures, as a workbook with a sheet per topic and the same sheets as CSV\n"
        "{maps}/{root}.pdf: the region and its surroundings, all indicators on two pages\n"
        "{maps}/{root}-*.png: the same maps, each as a picture\n"
        "{up}{maps}/: for each indicator a map of the whole city as a picture (PNG) and to print (PDF)\n"
        "{up}{geopackage}.gpkg: all maps for QGIS; open the file, choose layers, they appear colored",
    ),
    "pack.readme.warnings": Phrase(
        "{warnings}/: zu jedem Hinweis ein Schaubild mit dem Satz dazu",
        "{warnings}/: for each warning a chart with its sentence",
    ),
    # the overview of the city
    "overview.title": Phrase(
        "Überblick über die Stadt {period}",
        "Overview of the city {period}",
    ),
    "overview.subtitle": Phrase(
        "{n} REGSAM-Regionen, {indicators} {indicators:Indikator|Indikatoren}",
        "{n} REGSAM regions, {indicators} {indicators:indicator|indicators}",
    ),
    "overview.themes": Phrase(
        "Themen der Stadt",
        "Themes of the city",
    ),
    "overview.class": Phrase(
        "Belastung (▲ ungünstiger, ▼ günstiger als anderswo geworden)",
        "Burden (▲ grown worse, ▼ better than elsewhere)",
    ),
    "overview.no_themes": Phrase(
        "Kein Indikator belastet mehrere Regionen zugleich, keiner fällt in mehreren auf.",
        "No indicator burdens several regions at once, and none stands out in several.",
    ),
    "overview.regions": Phrase(
        "Alle Regionen",
        "All regions",
    ),
    "overview.matrix_caption": Phrase(
        "Wert je Region. ▲ mindestens 10 % über, ▼ mindestens 10 % unter der Stadt. Umrandet: Hinweis in "
        "mindestens einem Stadtbezirk, auch ein noch offener.",
        "Value by region. ▲ at least 10 % above, ▼ at least 10 % below the city. Framed: warning in at least "
        "one district, a still open one too.",
    ),
    "overview.development": Phrase(
        "Stadt: Verlauf",
        "City: course",
    ),
    "overview.sparkline_alt": Phrase(
        "{title} in der Stadt: zwischen {low} und {high}.",
        "{title} in the city: between {low} and {high}.",
    ),
    "overview.cell_warnings": Phrase(
        "{n} {n:Hinweis|Hinweise}",
        "{n} {n:warning|warnings}",
    ),
    "overview.news": Phrase(
        "Neu und beendet",
        "New and ended",
    ),
    "overview.news_since": Phrase(
        "Was sich gegenüber {period} geändert hat",
        "What has changed since {period}",
    ),
    "overview.no_news": Phrase(
        "Weder neue noch fortdauernde, offene oder beendete Hinweise.",
        "No new, continuing, open or ended warnings.",
    ),
}
