"""Phrases about options that several verbs share."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "hint.elsewhere": Phrase(
        " Was anderswo „{found}“ heißt, heißt hier „{ours}“.",
        " What is called “{found}” elsewhere is “{ours}” here.",
    ),
    "error.option_unknown": Phrase(
        "Die Angabe „{found}“ ist unbekannt. Möglich sind: {expected}.{hint}",
        "The option “{found}” is unknown. Possible: {expected}.{hint}",
    ),
}
