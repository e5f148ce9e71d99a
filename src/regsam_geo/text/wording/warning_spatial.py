"""Phrases about areas and their neighbors, and about areas and the city."""

from regsam_geo.text.phrases import Phrase

_NEAR_DE = "{n_neighbors:Das Nachbargebiet liegt|Die {n_neighbors} Nachbargebiete liegen im Mittel} bei"
_NEAR_EN = "{n_neighbors:The neighboring area stands|The {n_neighbors} neighboring areas stand on average} at"

_AT_RANDOM_DE = "Wären die Werte zufällig verteilt, läge"
_AT_RANDOM_EN = "If the values were placed at random,"

PHRASES: dict[str, Phrase] = {
    "warning.cluster.high": Phrase(
        f"{_NEAR_DE} {{neighbors_mean}}, alle übrigen Gebiete bei {{expected}}. {_AT_RANDOM_DE} "
        "die Nachbarschaft {rarity} so weit vom Mittel der übrigen entfernt; hier liegt sie darüber.",
        f"{_NEAR_EN} {{neighbors_mean}}, all other areas at {{expected}}. {_AT_RANDOM_EN} the "
        "neighborhood would stand this far from the mean of the others {rarity}; here it stands above it.",
    ),
    "warning.cluster.low": Phrase(
        f"{_NEAR_DE} {{neighbors_mean}}, alle übrigen Gebiete bei {{expected}}. {_AT_RANDOM_DE} "
        "die Nachbarschaft {rarity} so weit vom Mittel der übrigen entfernt; hier liegt sie darunter.",
        f"{_NEAR_EN} {{neighbors_mean}}, all other areas at {{expected}}. {_AT_RANDOM_EN} the "
        "neighborhood would stand this far from the mean of the others {rarity}; here it stands below it.",
    ),
    "warning.spatial.high": Phrase(
        f"{_NEAR_DE} {{expected}}, also darunter. {_AT_RANDOM_DE} ein Gebiet {{rarity}} so weit von seinen "
        "Nachbarn entfernt.",
        f"{_NEAR_EN} {{expected}}, that is lower. {_AT_RANDOM_EN} an area would stand this far from its "
        "neighbors {rarity}.",
    ),
    "warning.spatial.low": Phrase(
        f"{_NEAR_DE} {{expected}}, also darüber. {_AT_RANDOM_DE} ein Gebiet {{rarity}} so weit von seinen "
        "Nachbarn entfernt.",
        f"{_NEAR_EN} {{expected}}, that is higher. {_AT_RANDOM_EN} an area would stand this far from its "
        "neighbors {rarity}.",
    ),
    "warning.level.high": Phrase(
        "Für ein Gebiet dieser Größe sind bei der üblichen Streuung der Gebiete {lower} bis {upper} zu "
        "erwarten. So weit "
        "von allen Gebieten zusammen ({expected}) entfernt liegt ein Gebiet {rarity}; hier liegt es darüber.",
        "For an area of this size {lower} to {upper} are to be expected, given the usual scatter of areas. "
        "An area "
        "stands this far from all areas together ({expected}) {rarity}; here it stands above.",
    ),
    "warning.level.low": Phrase(
        "Für ein Gebiet dieser Größe sind bei der üblichen Streuung der Gebiete {lower} bis {upper} zu "
        "erwarten. So weit "
        "von allen Gebieten zusammen ({expected}) entfernt liegt ein Gebiet {rarity}; hier liegt es darunter.",
        "For an area of this size {lower} to {upper} are to be expected, given the usual scatter of areas. "
        "An area "
        "stands this far from all areas together ({expected}) {rarity}; here it stands below.",
    ),
    "warning.cluster_change.high": Phrase(
        "In {n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} ist der Wert seit "
        "{before_period} "
        "stärker gestiegen (oder schwächer gefallen) als in den übrigen Gebieten; wären die Veränderungen "
        "zufällig "
        "verteilt, käme das {rarity} vor.",
        "In {n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} the value has risen more "
        "(or "
        "fallen less) since {before_period} than in the other areas; if the changes were placed at random, "
        "this "
        "would happen {rarity}.",
    ),
    "warning.cluster_change.low": Phrase(
        "In {n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} ist der Wert seit "
        "{before_period} "
        "schwächer gestiegen (oder stärker gefallen) als in den übrigen Gebieten; wären die Veränderungen "
        "zufällig "
        "verteilt, käme das {rarity} vor.",
        "In {n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} the value has risen less "
        "(or "
        "fallen more) since {before_period} than in the other areas; if the changes were placed at random, "
        "this "
        "would happen {rarity}.",
    ),
    "warning.spatial_change.high": Phrase(
        "{before_period} waren es {before}. Bei einer Veränderung wie in "
        "{n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} wären es nun {expected}, also "
        "weniger. Wären "
        "die Veränderungen zufällig verteilt, läge ein Gebiet {rarity} so weit von seinen Nachbarn entfernt.",
        "In {before_period} it was {before}. With the change of "
        "{n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} it would now be {expected}, "
        "that is "
        "less. If the changes were placed at random, an area would stand this far from its neighbors {rarity}.",
    ),
    "warning.spatial_change.low": Phrase(
        "{before_period} waren es {before}. Bei einer Veränderung wie in "
        "{n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} wären es nun {expected}, also "
        "mehr. Wären "
        "die Veränderungen zufällig verteilt, läge ein Gebiet {rarity} so weit von seinen Nachbarn entfernt.",
        "In {before_period} it was {before}. With the change of "
        "{n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} it would now be {expected}, "
        "that is "
        "more. If the changes were placed at random, an area would stand this far from its neighbors {rarity}.",
    ),
    "error.funnel_kind": Phrase(
        "Trichtergrenzen: kind ist „proportion“ (Anteil) oder „ratio“ (Verhältnis), angegeben: {found}.",
        "Funnel limits: kind is “proportion” or “ratio”, given: {found}.",
    ),
    "error.rates_part": Phrase(
        "{found}: Der Zähler ist größer als der Nenner. Bei einem Anteil ist der Zähler ein Teil des "
        "Nenners; für "
        'andere Verhältnisse kind="ratio" angeben.',
        "{found}: the numerator exceeds the denominator. In a proportion the numerator is part of the "
        "denominator; "
        'for other quotients give kind="ratio".',
    ),
    "error.areas_level": Phrase(
        "Die Gebiete passen zu keiner Ebene der Tabelle: {found} kommt unter den Gebieten nicht vor.",
        "The areas fit no level of the table: {found} is not among the areas.",
    ),
    "error.rates_index": Phrase(
        "Zähler und Nenner gehören nicht zu denselben Gebieten.",
        "Numerator and denominator do not belong to the same areas.",
    ),
    "error.rates_negative": Phrase(
        "{column}: Die Zahl von {found} ist negativ; Zähler und Nenner sind Anzahlen.",
        "{column}: the number of {found} is negative; numerators and denominators are counts.",
    ),
    "error.engine_unknown": Phrase(
        "Unbekanntes Rechenverfahren „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown engine “{found}”. Possible: {expected}.{hint}",
    ),
}
