"""The first page of a report: headings, and one line for each place."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "first.title": Phrase("Lage {period:in} auf einen Blick", "The situation {period} at a glance"),
    "first.map": Phrase(
        "Karte der sozialen Lage {period:in}. {classes}", "Map of the social situation {period}. {classes}"
    ),
    "first.map.class": Phrase("Belastung {burden}: {areas}.", "Burden {burden}: {areas}."),
    "first.burdened": Phrase("Am stärksten belastet", "Most burdened"),
    "first.burdened.none": Phrase("Kein Gebiet ist hoch belastet.", "No area is highly burdened."),
    "first.burden": Phrase("{burden}: {areas}", "{burden}: {areas}"),
    "first.worsening": Phrase(
        "Belastet, und seit {since:since} ungünstiger als anderswo",
        "Burdened, and worse than elsewhere since {since}",
    ),
    "first.worsening.none": Phrase(
        "Keines der belasteten Gebiete entwickelt sich ungünstiger als die anderen.",
        "None of the burdened areas develops worse than the others.",
    ),
    "first.new": Phrase("Neue Hinweise", "New warnings"),
    "first.tests": Phrase("{done} von {all} Prüfungen waren möglich", "{done} of {all} tests were possible"),
    "first.new.untested": Phrase("Geprüft werden konnte nichts.", "Nothing could be tested."),
    "first.line.fell": Phrase("zuletzt gefallen", "fallen of late"),
    "first.line.rose": Phrase("zuletzt gestiegen", "risen of late"),
    "first.new.none": Phrase("Kein neuer Hinweis.", "No new warning."),
    "first.ended": Phrase("Beendet seit dem letzten Bericht", "Ended since the last report"),
    "first.ended.none": Phrase("Kein Hinweis ist beendet.", "No warning has ended."),
    "first.ended.returned": Phrase(
        "{area}: {title} – Wert ist zurückgekehrt", "{area}: {title} – the value has returned"
    ),
    "first.ended.run_out": Phrase(
        "{area}: {title} – seit {n} {n:Bericht|Berichten} offen, wird nicht mehr geführt",
        "{area}: {title} – open for {n} {n:report|reports}, no longer listed",
    ),
    "first.ended.judged": Phrase("{area}: {title} – bewertet", "{area}: {title} – judged"),
    "first.open": Phrase("Weiter offen", "Still open"),
    "first.open.none": Phrase("Nichts ist offen.", "Nothing is open."),
    "first.more": Phrase("und {n} {n:weiterer|weitere}", "and {n} more"),
    "first.line": Phrase("{area}: {title} {value}", "{area}: {title} {value}"),
    "first.line.expected": Phrase(
        "{area}: {title} {arrow}\N{NO-BREAK SPACE}{value}, erwartet rund\N{NO-BREAK SPACE}{expected}",
        "{area}: {title} {arrow}\N{NO-BREAK SPACE}{value}, expected about\N{NO-BREAK SPACE}{expected}",
    ),
    "first.line.city": Phrase(
        "{area}: {title} {value}, Stadt\N{NO-BREAK SPACE}{other}",
        "{area}: {title} {value}, city\N{NO-BREAK SPACE}{other}",
    ),
    "first.line.neighbors": Phrase(
        "{area}: {title} {value}, Umgebung rund\N{NO-BREAK SPACE}{other}",
        "{area}: {title} {value}, surroundings about\N{NO-BREAK SPACE}{other}",
    ),
    "first.next": Phrase("Wo als Nächstes hinsehen", "Where to look next"),
    "first.next_note": Phrase("Einem Hinweis am nächsten, aber keiner.", "Nearest to a warning, but none."),
    "first.print": Phrase("Diese Seite zum Ausdrucken (PDF)", "This page for printing (PDF)"),
}
