"""Phrases about options that several verbs share."""

from regsam_geo.text.phrases import Phrase

PHRASES = {
    "hint.elsewhere": Phrase(
        " Was anderswo „{found}“ heißt, heißt hier „{ours}“.",
        " What is called “{found}” elsewhere is “{ours}” here.",
    ),
    "hint.whole_page": Phrase(
        " Jede Ansicht ist eine ganze Seite (Figure) und zeichnet in keine andere.",
        " Each view is a whole page (Figure) and draws into no other.",
    ),
    "hint.legend": Phrase(" Die Legende steht immer auf der Seite.", " The legend always stands on the page."),
    "hint.look": Phrase(" Farben und Linien folgen aus „theme“.", " Colors and lines follow from “theme”."),
    "hint.missing": Phrase(
        " Gebiete ohne Wert sind immer schraffiert.", " Areas without a value are always hatched."
    ),
    "hint.choose": Phrase(
        " Welche Indikatoren gezeigt werden, sagt die Studie: study.sel(…).",
        " Which indicators are shown is for the study to say: study.sel(…).",
    ),
    "hint.study": Phrase(
        " Das sagt die Studie, für alle Ansichten: rg.Study(panel, {found}=…), für Spalten einer Ebene "
        "rg.Study(areas=ebene, {found}=…).",
        " That is for the study to say, for all views: rg.Study(panel, {found}=…), of columns of a layer "
        "rg.Study(areas=layer, {found}=…).",
    ),
    "error.option_unknown": Phrase(
        "Die Angabe „{found}“ ist unbekannt. Möglich sind: {expected}.{hint}",
        "The option “{found}” is unknown. Possible: {expected}.{hint}",
    ),
}
