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
    "hint.look": Phrase(
        " Farben, Linien und Größen folgen aus „theme“.", " Colors, lines and sizes follow from “theme”."
    ),
    "hint.kinds": Phrase(
        " Eingefärbt werden Zahlen; Arten von Orten zeigt plot_places, Stufen der Belastung plot_situation.",
        " Numbers are colored; kinds of places are shown by plot_places, classes of burden by plot_situation.",
    ),
    "hint.explore": Phrase(
        " Zum Anklicken, auch auf einer Hintergrundkarte, ist explore_map.",
        " For clicking, on a background map too, there is explore_map.",
    ),
    "hint.order": Phrase(
        " Geordnet wird vom höchsten Wert an; eine Auswahl von Gebieten nennt die Studie: study.sel(area=[…]).",
        " The order begins with the highest value; a choice of areas is for the study to say: "
        "study.sel(area=[…]).",
    ),
    "hint.part": Phrase(
        " Welcher Teil der Zahlen gezeigt wird, sagt die Studie: study.sel({found}=…); Regionen: "
        "study.aggregate().",
        " Which part of the figures is shown is for the study to say: study.sel({found}=…); regions: "
        "study.aggregate().",
    ),
    "label.call.missing": Phrase("es fehlt {names}", "{names} is missing"),
    "label.call.many": Phrase(
        "der Reihe nach sind es höchstens {n} Angaben", "at most {n} arguments go by their order"
    ),
    "label.call.unknown": Phrase("unbekannt ist {names}", "{names} is unknown"),
    "label.call.twice": Phrase("zweimal steht da {names}", "{names} stands there twice"),
    "error.call": Phrase(
        "So lässt sich {verb} nicht aufrufen: {reason}. Aufruf: {verb}({call}).",
        "{verb} cannot be called like this: {reason}. Call: {verb}({call}).",
    ),
    "hint.views": Phrase(
        " Ansichten sind Funktionen, in denen zuerst steht, was gezeigt wird: rg.plot_map({found}).",
        " Views are functions that take first what they show: rg.plot_map({found}).",
    ),
    "hint.save": Phrase(
        ' Gespeichert wird mit rg.save_figure(figure, "seite.png").',
        ' It is saved by rg.save_figure(figure, "page.png").',
    ),
    "error.no_window": Phrase(
        "Ein Fenster öffnet die Seite nicht: Im Notebook zeigt sie sich von selbst, sonst speichert sie "
        'rg.save_figure(figure, "seite.png").',
        "The page opens no window: in a notebook it shows itself, elsewhere it is saved by "
        'rg.save_figure(figure, "page.png").',
    ),
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
