"""Phrases of the detector ``surge``: more cases than the season of past years led to expect."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {
    "kind.surge": Phrase("ungewöhnlich viele Fälle", "unusually many cases"),
    "warning.surge.month": Phrase(
        "Erwartet waren nach denselben Monaten der Vorjahre höchstens {bound}, im Mittel rund {expected}; mehr "
        "werden es ohne besonderen Anlass nur in 5 von 100 Monaten.",
        "Judging by the same months of earlier years, at most {bound} was to be expected, about {expected} on "
        "average; without particular occasion it is more in only 5 of 100 months.",
    ),
    "warning.surge.quarter": Phrase(
        "Erwartet waren nach denselben Quartalen der Vorjahre höchstens {bound}, im Mittel rund {expected}; mehr "
        "werden es ohne besonderen Anlass nur in 5 von 100 Quartalen.",
        "Judging by the same quarters of earlier years, at most {bound} was to be expected, about {expected} on "
        "average; without particular occasion it is more in only 5 of 100 quarters.",
    ),
    "warning.surge.week": Phrase(
        "Erwartet waren nach denselben Wochen der Vorjahre höchstens {bound}, im Mittel rund {expected}; mehr "
        "werden es ohne besonderen Anlass nur in 5 von 100 Wochen.",
        "Judging by the same weeks of earlier years, at most {bound} was to be expected, about {expected} on "
        "average; without particular occasion it is more in only 5 of 100 weeks.",
    ),
    "warning.surge_before.month": Phrase(
        "Im {before_period} waren es {before}.", "In {before_period} it was {before}."
    ),
    "warning.surge_before.quarter": Phrase(
        "Im {before_period} waren es {before}.", "In {before_period} it was {before}."
    ),
    "warning.surge_before.week": Phrase(
        "In {before_period} waren es {before}.", "In {before_period} it was {before}."
    ),
    "warning.surge_shared": Phrase(
        "Was in den anderen Gebieten gemeinsam dazugekommen ist, ist in der Erwartung enthalten.",
        "What the other areas have gained together is part of the expectation.",
    ),
    "warning.near.surge": Phrase(
        "Erwartet waren höchstens {bound}, im Mittel rund {expected}.",
        "At most {bound} was to be expected, about {expected} on average.",
    ),
    "finding.city_surge.month": Phrase(
        "{place}, {title}: Im {period} waren es {value}, erwartet nach denselben Monaten der Vorjahre höchstens "
        "{bound}. Der Anstieg betrifft alle Gebiete gemeinsam.",
        "{place}, {title}: {value} in {period}; judging by the same months of earlier years, at most "
        "{bound} was to be expected. All areas rose together.",
    ),
    "finding.city_surge.quarter": Phrase(
        "{place}, {title}: Im {period} waren es {value}, erwartet nach denselben Quartalen der Vorjahre höchstens "
        "{bound}. Der Anstieg betrifft alle Gebiete gemeinsam.",
        "{place}, {title}: {value} in {period}; judging by the same quarters of earlier years, at most "
        "{bound} was to be expected. All areas rose together.",
    ),
    "finding.city_surge.week": Phrase(
        "{place}, {title}: In {period} waren es {value}, erwartet nach denselben Wochen der Vorjahre höchstens "
        "{bound}. Der Anstieg betrifft alle Gebiete gemeinsam.",
        "{place}, {title}: {value} in {period}; judging by the same weeks of earlier years, at most "
        "{bound} was to be expected. All areas rose together.",
    ),
    "label.series.bound": Phrase(
        "Strichpunktlinie: So viele sind nach derselben Jahreszeit der Vorjahre höchstens zu "
        "erwarten; darüber liegen ohne besonderen Anlass nur 5 von 100 Zeiträumen. Sie ist nur aus Werten "
        "gerechnet, die gezeigt werden.",
        "Line of dashes and dots: the most to be expected, judging by the same season of earlier years; without "
        "particular occasion only 5 of 100 periods lie above it. It is computed from shown values alone.",
    ),
}
