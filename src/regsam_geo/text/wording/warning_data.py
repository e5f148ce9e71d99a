"""Phrases of the findings about the data and about the whole city."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "finding.data_code.bases": Phrase(
        "Der Wert {value} steht in {cells} Zellen{indicators:| von {indicators} Indikatoren} ohne Basiswerte da, "
        "zuerst: "
        "{place} – {title} {period}. Ist er ein Zeichen für einen fehlenden Wert?",
        "The value {value} stands without base values in {cells} cells{indicators:| of {indicators} indicators}, "
        "first: "
        "{place} – {title} {period}. Is it a sign for a missing value?",
    ),
    "finding.data_code.far": Phrase(
        "{title}: Der Wert {value} steht in {cells} Zellen (zuerst: {place} {period}) und liegt weit außerhalb "
        "aller "
        "übrigen Werte. Ist er ein Zeichen für einen fehlenden Wert?",
        "{title}: the value {value} stands in {cells} cells (first: {place} {period}) and lies far outside all "
        "other "
        "values. Is it a sign for a missing value?",
    ),
    "finding.data_empty": Phrase(
        "{title} {period}: Es gibt keinen einzigen Wert, obwohl die Basiswerte da sind. Sind die Werte beim "
        "Übertragen "
        "verloren gegangen?",
        "{title} {period}: there is not a single value although the base values are there. Were the values lost "
        "when "
        "the table was copied?",
    ),
    "finding.data_step": Phrase(
        "{place} – {title} {period}: Der Wert springt von {before} ({before_period}) auf {value}, das "
        "{factor}-Fache, "
        "und bleibt dort; die übrigen Gebiete springen nicht. Wird hier seitdem anders gezählt, oder ist ein "
        "Komma "
        "verrutscht?",
        "{place} – {title} {period}: the value jumps from {before} ({before_period}) to {value}, {factor} times "
        "as much, "
        "and stays there; the other areas do not jump. Is it counted differently here since then, or has a "
        "decimal "
        "point slipped?",
    ),
    "finding.data_without_bases": Phrase(
        "{place} – {title} {period}: Zum Wert {value} fehlen die Basiswerte, oder der Nenner ist 0. Wie ist "
        "er berechnet?",
        "{place} – {title} {period}: the base values of {value} are missing, or the denominator is 0. How was "
        "it calculated?",
    ),
    "finding.data_ratio": Phrase(
        "{place} – {title} {period}: Angegeben ist {value}, aus den Basiswerten ergibt sich {expected}. "
        "Welche Zahl gilt?",
        "{place} – {title} {period}: given is {value}, the base values yield {expected}. Which one holds?",
    ),
    "finding.data_formula": Phrase(
        "{title}: In {cells} {cells:Zelle|Zellen} ergeben die Basiswerte nicht den Wert (zuletzt {period}: "
        "{value}, berechnet {expected}). Stimmt die Formel im Katalog?",
        "{title}: in {cells} {cells:cell|cells} the base values do not yield the value (last in {period}: "
        "{value}, calculated {expected}). Is the formula in the catalogue right?",
    ),
    "finding.data_impossible": Phrase(
        "{place} – {title} {period}: Ein Anteil von {value} ist nicht möglich. Wie lautet der richtige Wert?",
        "{place} – {title} {period}: a share of {value} is not possible. What is the right value?",
    ),
    "finding.data_negative": Phrase(
        "{place} – {title} {period}: Ein Basiswert ist negativ, obwohl er Personen zählt. Wie lautet er richtig?",
        "{place} – {title} {period}: a base value is negative although it counts persons. What should it be?",
    ),
    "finding.data_parts.cell": Phrase(
        "{place} – {title} {period}: Insgesamt sind {value} angegeben, {parts} ergeben {sum}. Fehlt ein Teil "
        "(etwa „unbekannt“)?",
        "{place} – {title} {period}: {value} are given in total, {parts} sum to {sum}. Is a part missing "
        "(such as “unknown”)?",
    ),
    "finding.data_parts.cells": Phrase(
        "{title}: In {cells} einzelnen Zellen ({number:{first}|{first} bis {last}}) ergeben {parts} "
        "nicht ganz die Zahl insgesamt, am weitesten entfernt {place} {period}: "
        "{sum} statt {value}. Fehlt ein Teil (etwa „unbekannt“)?",
        "{title}: in {cells} single cells ({number:{first}|{first} to {last}}) {parts} do not quite "
        "sum to the total, farthest off {place} {period}: "
        "{sum} instead of {value}. Is a part missing (such as “unknown”)?",
    ),
    "finding.data_parts.period": Phrase(
        "{title} {period}: In {cells} {cells:Gebiet|Gebieten} ergeben {parts} nicht die Zahl insgesamt "
        "(Beispiel: {sum} statt {value}). Sind in diesem Zeitraum andere Personen gezählt?",
        "{title} {period}: in {cells} {cells:area|areas} {parts} do not sum to the total (example: {sum} "
        "instead of {value}). Were other persons counted in this period?",
    ),
    "finding.data_parts.periods": Phrase(
        "{title}: In {number} Zeiträumen ({first} bis {last}) ergeben {parts} nicht die Zahl insgesamt (Beispiel "
        "aus "
        "{period}: {sum} statt {value}). Sind in diesen Zeiträumen andere Personen gezählt?",
        "{title}: in {number} periods ({first} to {last}) {parts} do not sum to the total (example of {period}: "
        "{sum} "
        "instead of {value}). Were other persons counted in these periods?",
    ),
    "finding.data_parts.series": Phrase(
        "{title}: {parts} ergeben in den meisten Zeiträumen nicht die Zahl insgesamt (zuletzt {period}: {sum} "
        "statt {value}). Sind es nicht die Teile dieses Ganzen?",
        "{title}: in most periods {parts} do not sum to the total (last in {period}: {sum} instead of "
        "{value}). Are they not the parts of this whole?",
    ),
    "finding.data_unallocated": Phrase(
        "{title} {period}: {share} der Fälle sind keinem Stadtbezirk zugeordnet, sonst sind es {usual} "
        "(Stadt: {value}, Summe der Bezirke: {expected}). Fehlen Fälle in den Bezirken?",
        "{title} {period}: {share} of the cases are in no district, usually {usual} (city: {value}, sum of "
        "the districts: {expected}). Are cases missing in the districts?",
    ),
    "finding.data_break": Phrase(
        "{title} {period}: Der Wert verändert sich gegenüber {before_period} in {areas} von {of} Gebieten "
        "zugleich, im Mittel auf das {factor}-Fache, und bleibt dort; anderes bewegt sich nicht. Gilt eine "
        "neue Definition oder Quelle?",
        "{title} {period}: compared with {before_period} the value changes in {areas} of {of} areas at once, "
        "on average by a factor of {factor}, and stays there; nothing else moves. Is there a new definition "
        "or source?",
    ),
    "finding.data_magnitude": Phrase(
        "{place} – {title} {period}: Der Wert {value} liegt weit außerhalb seiner eigenen Reihe (sonst etwa "
        "{expected}). Ist er richtig erfasst?",
        "{place} – {title} {period}: the value {value} lies far outside its own series (otherwise about "
        "{expected}). Was it recorded correctly?",
    ),
    "finding.city_change.up": Phrase(
        "Ganze Stadt – {title} {period:in}: {value}, {before_period:in} waren es {before}. Bei der üblichen "
        "Veränderung wären rund {expected} zu erwarten; so weit vom Üblichen entfernt war die Veränderung der "
        "ganzen Stadt in {as_unusual} von {years} früheren Jahren. Der Anstieg ist bei den Hinweisen für "
        "einzelne Gebiete herausgerechnet.",
        "Whole city – {title} {period}: {value}, in {before_period} it was {before}. With the usual change "
        "about {expected} would be expected; the change of the whole city was as far from the usual one in "
        "{as_unusual} of {years} earlier years. The rise is taken out of the warnings for single areas.",
    ),
    "finding.city_change.down": Phrase(
        "Ganze Stadt – {title} {period:in}: {value}, {before_period:in} waren es {before}. Bei der üblichen "
        "Veränderung wären rund {expected} zu erwarten; so weit vom Üblichen entfernt war die Veränderung der "
        "ganzen Stadt in {as_unusual} von {years} früheren Jahren. Der Rückgang ist bei den Hinweisen für "
        "einzelne Gebiete herausgerechnet.",
        "Whole city – {title} {period}: {value}, in {before_period} it was {before}. With the usual change "
        "about {expected} would be expected; the change of the whole city was as far from the usual one in "
        "{as_unusual} of {years} earlier years. The fall is taken out of the warnings for single areas.",
    ),
    "finding.city_change.unknown": Phrase(
        "Ganze Stadt – {title} {period:in}: Alle Gebiete zusammen verändern sich stärker als üblich, so "
        "stark wie in {as_unusual} von {years} früheren Jahren. Es ist bei den Hinweisen für einzelne Gebiete "
        "herausgerechnet.",
        "Whole city – {title} {period}: all areas together change more than usual, as much as in "
        "{as_unusual} of {years} earlier years. It is taken out of the warnings for single areas.",
    ),
    "warning.drift.up": Phrase(
        "Seit {before_period:since} ({before}) hat sich der Wert nach oben von der Entwicklung aller "
        "Gebiete entfernt; mit ihnen wären es nach {years} Jahren rund {expected}.",
        "Since {before_period} ({before}) the value has moved upwards, away from the course of all areas; "
        "with them it would be about {expected} after {years} years.",
    ),
    "warning.drift.down": Phrase(
        "Seit {before_period:since} ({before}) hat sich der Wert nach unten von der Entwicklung aller "
        "Gebiete entfernt; mit ihnen wären es nach {years} Jahren rund {expected}.",
        "Since {before_period} ({before}) the value has moved downwards, away from the course of all areas; "
        "with them it would be about {expected} after {years} years.",
    ),
    "warning.change_two_periods.up": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten waren rund {expected} zu "
        "erwarten; der Wert weicht nach oben ab. Für einen Vergleich mit der eigenen Vergangenheit ist die "
        "Reihe zu kurz; gemessen ist an den anderen Gebieten.",
        "In {before_period} it was {before}; given the change in all areas, about {expected} was to be "
        "expected; the value deviates upwards. The series is too short to be compared with its own past; the "
        "other areas are the measure.",
    ),
    "warning.change_two_periods.down": Phrase(
        "{before_period:In} waren es {before}; nach der Veränderung in allen Gebieten waren rund {expected} zu "
        "erwarten; der Wert weicht nach unten ab. Für einen Vergleich mit der eigenen Vergangenheit ist die "
        "Reihe zu kurz; gemessen ist an den anderen Gebieten.",
        "In {before_period} it was {before}; given the change in all areas, about {expected} was to be "
        "expected; the value deviates downwards. The series is too short to be compared with its own past; the "
        "other areas are the measure.",
    ),
}
