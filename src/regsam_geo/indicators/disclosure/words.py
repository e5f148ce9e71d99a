"""What names say about numbers: whether they are rates, measures, or things that are evidently no persons."""

from __future__ import annotations

import re

# words that end in these are rates; matched at the end of a word, because German puts the head noun there
_RATE_ENDS = re.compile(
    r"(?:quoten?|anteile?|haushaltsgrößen?|dichten?|ziffern?|quotient(?:en)?|index|indizes|prozent|prozente|promille"
    r"|(?:^|n|s|be)raten?|^rates?|^shares?|^ratios?|^percent(?:age)?s?|^density|^median|^score)$"
)
_RATE_SIGNS = re.compile(
    r"%|‰|€|\beuro\b|\beur\b|km²|\bkm2\b|m²|\bqm\b|\bhektar\b|\bha\b"
    r"|\b(?:je|pro|per)\s+(?:\d|einwohner|tausend|hundert|person|kopf|haushalt|frau|km|qm|capita|thousand|inhabitant|woman)",
    re.I,
)
_MEASURE_ENDS = re.compile(
    r"(?:alter|miete|mieten|einkommen|kaufkraft|preise?|größen?|flächen?|jahre|stunden|^age|^rent|^income|^size|^area)$"
)
# Basiswerte that measure and do not count persons
_MEASURE_NAMES = re.compile(
    r"km²|\bkm2\b|\bha\b|hektar|\bqm\b|m²|fläche|\beuro\b|€|prozent|^(?:wohn)?gebäude|^wohnungen|^betriebe|^fahrzeuge|^pkw",
    re.I,
)

# things that are evidently no persons; firms are left out on purpose: few of them are confidential too
_THINGS = re.compile(
    r"(?:kitas?|kindertagesstätten?|kindertageseinrichtung(?:en)?|kindergärten|kindergarten|kinderkrippen?|krippen?"
    r"|horte?|schulen?|einrichtungen?|(?<!arbeits)plätze|wohnungen?|gebäude|häuser|heime?|spielplätze|apotheken?"
    r"|büchereien?|bibliotheken?|fahrzeuge?|pkws?|kfz|autos?|fahrräder|haltestellen?|bäume|parkplätze|sportanlagen?"
    r"|^cent(?:er|re)s|^nurser(?:y|ies)|^kindergartens?|^schools?|^places|^facilit(?:y|ies)|^dwellings?|^flats|^apartments?"
    r"|^buildings?|^houses|^pharmac(?:y|ies)|^librar(?:y|ies)|^vehicles?|^cars?|^playgrounds?|^trees|^stops)$"
)
_BESIDE_THINGS = re.compile(
    r"^(?:anzahl|zahl|bestand|der|die|das|und|an|von|öffentlichen?|privaten?|städtischen?|kommunalen?|neuen?|number|of"
    r"|the|and|public|municipal|new|daycare|day|care|insgesamt|gesamt|zusammen|total|all)$"
)
_PERSONS = re.compile(
    r"fälle|person|einwohner|bewohner|bevölkerung|mensch|kinder|jugendlich|schüler|frau|männ|mann|weiblich"
    r"|divers|haushalt|famili|betreut|beschäftigt|arbeitslos|berechtigt|empfänger|alleinerzieh|geboren|gestorben"
    r"|people|cases|child|pupil|student|resident|household|women|men\b|male|client|patient|member",
    re.I,
)


def _words(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.lower())


def names_a_rate(name: str, unit: str) -> bool:
    """Return whether an indicator's name or unit says that its value is no count: a rate, an amount, a measure."""
    if _RATE_SIGNS.search(unit) or _RATE_SIGNS.search(name):
        return True
    words = _words(name)
    if any(_RATE_ENDS.search(word) for word in words):
        return True
    # ``Kinder im Schulalter`` ends like a measure and counts persons
    return not _PERSONS.search(name) and any(_MEASURE_ENDS.search(word) for word in words)


# the largest first, since 1000 is found within 100000
_SCALES = (
    (re.compile(r"100[. ,]?000|hunderttausend"), 100_000.0),
    (re.compile(r"10[. ,]?000|zehntausend"), 10_000.0),
    (re.compile(r"1[. ,]?000|‰|promille|tausend|thousand", re.I), 1000.0),
)


def named_scale(name: str, unit: str) -> float:
    """Return to how many a rate refers by its name or unit: ``je 1.000`` to 1000; to 100 where they do not say."""
    text = f"{name} {unit}"
    return next((scale for words, scale in _SCALES if words.search(text)), 100.0)


def names_a_measure(name: str) -> bool:
    """Return whether the name of a Basiswert speaks of a measure such as an area, or of things, not of persons."""
    return bool(_MEASURE_NAMES.search(name)) or names_things(name)


def names_things(name: str, group: str = "") -> bool:
    """Return whether a name speaks of things alone: ``Anzahl der Kitas``, but not ``Kinder in Kitas``.

    Every word has to be one of a thing or a filler; a word that is not known is taken for persons.
    """
    words = [word for word in _words(name) if not _BESIDE_THINGS.search(word)]
    # a group of persons shows that it is they who are counted, whatever the title says
    return bool(words) and all(_THINGS.search(word) for word in words) and not _PERSONS.search(group)
