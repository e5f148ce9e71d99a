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
    "error.engine_unknown": Phrase(
        "Unbekanntes Rechenverfahren „{found}“. Möglich sind: {expected}.{hint}",
        "Unknown engine “{found}”. Possible: {expected}.{hint}",
    ),
}
