"""From running texts to figures: sentences, alternative texts, tooltips, notes of the layers of a map."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping

from regsam_geo.audit.figures import Figure
from regsam_geo.audit.numbers import NUMBER, number_of, writes_comma
from regsam_geo.audit.places import CITY, Place
from regsam_geo.audit.sheets import Context

# a stop behind a digit may be that of a date or an ordinal number: there only a capital begins a sentence
_SENTENCE = re.compile(r"(?<=[^\d\W][.!?])\s+(?=[A-ZÄÖÜ0-9„])|(?<=\d[.!?])\s+(?=[A-ZÄÖÜ„])|[;\n•▪]\s*|\s·\s")
# ranks, ids and pages are numbers of something else; taken for counts they would fail reports that are safe
_BEFORE = re.compile(
    r"(?:\b(?:rang|rank|platz|seit|since|von|of|um|by|region|bezirk|stadtbezirk|viertel|fassung|version|seite|page)|[§#])\s*$",
    re.I,
)
_AFTER = re.compile(
    r"\s*(?:von \d|of \d|region|gebiet|area|stadtbezirk|district|hinweis|warning|indikator|indicator|jahr|year|"
    r"wert|value|"
    r"prozentpunkt|punkt|point|mal\b|times|datei|file|seite|page|km|m\b|mm\b|pt\b|px|uhr|"
    r"januar|februar|märz|april|mai|juni|"
    r"juli|august|september|oktober|november|dezember|quartal)",
    re.IGNORECASE,
)
_CITY_CLAUSE = re.compile(
    r"\([^()]*(?:stadt|city|münchen|munich)[^()]*\)|"
    r"(?:in der |of the |the )?(?:stadt|city)\b[^,;.]*?:?\s*[\d.,]+\s*%?",
    re.I,
)
# what was expected, or is told in round numbers, is no printed figure of the area
_EXPECTED = re.compile(
    r"(?:zuletzt erwartet|erwartet|expected|rund|about|zwischen|between|weniger als|less than|"
    r"mindestens|at least).*",
    re.I,
)


def figures_in_texts(
    texts: Iterable[tuple[str, str]],
    wanted: Mapping[str, Collection[tuple[Place, str]]],
    titles: Mapping[str, str],
    newest: str,
    context: Context,
) -> Iterator[Figure]:
    """Find what texts say of hidden cells.

    Parameters
    ----------
    texts
        Text and source.
    wanted
        The areas and periods of each series that are hidden; what is shown needs no second reading.
    titles
        Names in running text, by casefold, to series.
    newest
        The period of a sentence that names none.
    context
        Places and edition.
    """
    hidden_places = {place for cells in wanted.values() for place, _ in cells}
    for text, source in dict.fromkeys(texts):
        # no sentence is that long, and in packed data the patterns below would search for long
        if not re.search(r"\d", text) or len(text) > 20_000:
            continue
        for sentence in _SENTENCE.split(text):
            low = sentence.casefold()
            named = [name for name in titles if name in low and titles[name] in wanted]
            if not named:
                continue
            places = [one for one in context.places.mentions(sentence) if one[2] in hidden_places]
            # of names that lie within each other the longest is meant
            named = [one for one in named if not any(one != other and one in other for other in named)]
            for name in named:
                series = titles[name]
                for mention in places:
                    found = _numbers(sentence, low.find(name), name, mention, series, newest, source, context)
                    yield from (one for one in found if (one.place, one.period) in wanted[series])


def _numbers(
    sentence: str,
    at: int,
    name: str,
    mention: tuple[int, int, Place],
    series: str,
    newest: str,
    source: str,
    context: Context,
) -> Iterator[Figure]:
    others = [one for one in context.places.mentions(sentence) if one[2] != mention[2]]
    # a number is about the area named before it, until another one is named
    stop = min([one[0] for one in others if one[0] >= mention[1]], default=len(sentence))
    aside = [(one.start(), one.end()) for one in _CITY_CLAUSE.finditer(sentence)]
    aside += [(one.start(), one.end()) for one in _EXPECTED.finditer(sentence)]
    aside += [(start, end) for start, end, _ in context.places.mentions(sentence)] + [(at, at + len(name))]
    years = [(one.start(), one.group()) for one in re.finditer(r"\b(?:19|20)\d\d\b", sentence)]
    for one in NUMBER.finditer(sentence):
        if any(start <= one.start() < end for start, end in aside) or re.fullmatch(r"(?:19|20)\d\d", one.group()):
            continue
        if _BEFORE.search(sentence[: one.start()]) or _AFTER.match(sentence[one.end() :]):
            continue
        near_title = -3 <= at - one.end() <= 3 or 0 <= one.start() - (at + len(name)) <= 12
        if not (mention[1] <= one.start() < stop or near_title):
            continue
        span, decimals = number_of(
            one.group(1) if one.group(1) in "-−" else "", one.group(2), comma=writes_comma([one.group(2)])
        )
        after = sentence[one.end() : one.end() + 12].lstrip()
        percent = after.startswith(("%", "je ", "per "))
        column = "value" if percent or decimals else "numerator"
        unit = "%" if after.startswith("%") else ""
        # the year that was named last, else the only one
        before = [year for start, year in years if start < one.start()]
        period = before[-1] if before else years[0][1] if len({year for _, year in years}) == 1 else newest
        yield Figure(series, column, period, mention[2], span, unit, False, context.edition, source)


__all__ = ["CITY", "figures_in_texts"]
