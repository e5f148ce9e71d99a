"""Phrases about areas and their neighbors, and about areas and the city."""

from regsam_geo.text.phrases import Phrase

_NEAR_DE = "{n_neighbors:Das Nachbargebiet liegt|Die {n_neighbors} Nachbargebiete liegen im Mittel} bei"
_NEAR_EN = "{n_neighbors:The neighboring area stands|The {n_neighbors} neighboring areas stand on average} at"

_MIDDLE_DE = (
    "{n_neighbors:Das Nachbargebiet liegt|Der mittlere Wert (Median) der {n_neighbors} Nachbargebiete liegt} bei"
)
_MIDDLE_EN = (
    "{n_neighbors:The neighboring area stands|"
    "The middle value (median) of the {n_neighbors} neighboring areas stands} at"
)
_MEASURED_DE = "Gemessen daran, wie weit die übrigen Gebiete von ihren Nachbarn entfernt sind, ist das weit."
_MEASURED_EN = "Measured by how far the other areas stand from their neighbors, that is far."

_CHANGED_DE = (
    "Bei einer Veränderung wie in {n_neighbors:dem Nachbargebiet|der Mitte der {n_neighbors} Nachbargebiete} "
    "wären es nun {expected}"
)
_CHANGED_EN = (
    "With the change of {n_neighbors:the neighboring area|the middle one of the {n_neighbors} neighboring areas} "
    "it would now be {expected}"
)
_MEASURED_CHANGE_DE = (
    "Gemessen daran, wie anders sich die übrigen Gebiete als ihre Nachbarn verändert haben, ist das viel."
)
_MEASURED_CHANGE_EN = (
    "Measured by how differently the other areas have changed from their neighbors, that is much."
)

_AT_RANDOM_DE = "Wären die Werte zufällig verteilt, läge"
_AT_RANDOM_EN = "If the values were placed at random,"

PHRASES: dict[str, Phrase] = {
    "warning.cluster.high": Phrase(
        f"{_NEAR_DE} {{neighbors_mean}}, alle übrigen Gebiete bei {{expected}}. {_AT_RANDOM_DE} "
        "die Nachbarschaft selten so weit vom Mittel der übrigen entfernt; hier liegt sie darüber.",
        f"{_NEAR_EN} {{neighbors_mean}}, all other areas at {{expected}}. {_AT_RANDOM_EN} the "
        "neighborhood would seldom stand this far from the mean of the others; here it stands above it.",
    ),
    "warning.cluster.low": Phrase(
        f"{_NEAR_DE} {{neighbors_mean}}, alle übrigen Gebiete bei {{expected}}. {_AT_RANDOM_DE} "
        "die Nachbarschaft selten so weit vom Mittel der übrigen entfernt; hier liegt sie darunter.",
        f"{_NEAR_EN} {{neighbors_mean}}, all other areas at {{expected}}. {_AT_RANDOM_EN} the "
        "neighborhood would seldom stand this far from the mean of the others; here it stands below it.",
    ),
    "warning.spatial.high": Phrase(
        f"{_MIDDLE_DE} {{expected}}, also darunter. {_MEASURED_DE}",
        f"{_MIDDLE_EN} {{expected}}, that is lower. {_MEASURED_EN}",
    ),
    "warning.spatial.low": Phrase(
        f"{_MIDDLE_DE} {{expected}}, also darüber. {_MEASURED_DE}",
        f"{_MIDDLE_EN} {{expected}}, that is higher. {_MEASURED_EN}",
    ),
    "warning.level.high": Phrase(
        "Für ein Gebiet dieser Größe sind bei der üblichen Streuung der Gebiete {lower} bis {upper} zu "
        "erwarten. Alle Gebiete zusammen liegen bei {expected}; hier liegt der Wert darüber.",
        "For an area of this size {lower} to {upper} are to be expected, given the usual scatter of areas. "
        "All areas together stand at {expected}; here the value stands above.",
    ),
    "warning.level.low": Phrase(
        "Für ein Gebiet dieser Größe sind bei der üblichen Streuung der Gebiete {lower} bis {upper} zu "
        "erwarten. Alle Gebiete zusammen liegen bei {expected}; hier liegt der Wert darunter.",
        "For an area of this size {lower} to {upper} are to be expected, given the usual scatter of areas. "
        "All areas together stand at {expected}; here the value stands below.",
    ),
    "warning.cluster_change.high": Phrase(
        "In {n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} ist der Wert seit "
        "{before_period:since} "
        "stärker gestiegen (oder schwächer gefallen) als in den übrigen Gebieten; wären die Veränderungen "
        "zufällig "
        "verteilt, käme das selten vor.",
        "In {n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} the value has risen more "
        "(or "
        "fallen less) since {before_period} than in the other areas; if the changes were placed at random, "
        "this "
        "would seldom happen.",
    ),
    "warning.cluster_change.low": Phrase(
        "In {n_neighbors:dem Nachbargebiet|den {n_neighbors} Nachbargebieten} ist der Wert seit "
        "{before_period:since} "
        "schwächer gestiegen (oder stärker gefallen) als in den übrigen Gebieten; wären die Veränderungen "
        "zufällig "
        "verteilt, käme das selten vor.",
        "In {n_neighbors:the neighboring area|the {n_neighbors} neighboring areas} the value has risen less "
        "(or "
        "fallen more) since {before_period} than in the other areas; if the changes were placed at random, "
        "this "
        "would seldom happen.",
    ),
    "warning.spatial_change.high": Phrase(
        f"{{before_period:In}} waren es {{before}}. {_CHANGED_DE}, also weniger. {_MEASURED_CHANGE_DE}",
        f"In {{before_period}} it was {{before}}. {_CHANGED_EN}, that is less. {_MEASURED_CHANGE_EN}",
    ),
    "warning.spatial_change.low": Phrase(
        f"{{before_period:In}} waren es {{before}}. {_CHANGED_DE}, also mehr. {_MEASURED_CHANGE_DE}",
        f"In {{before_period}} it was {{before}}. {_CHANGED_EN}, that is more. {_MEASURED_CHANGE_EN}",
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
