"""``protect``: small counts of persons, and all that would give them away, are taken out of a panel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Unpack

import numpy as np
import pandas as pd

from regsam_geo.errors import OptionError
from regsam_geo.indicators.catalogue import KEY as CATALOGUE_KEY
from regsam_geo.indicators.catalogue import name_of
from regsam_geo.indicators.disclosure.cells import Builder, System, blocks
from regsam_geo.indicators.disclosure.counts import Counts, Pair, collect_counts
from regsam_geo.indicators.disclosure.divisions import known_divisions
from regsam_geo.indicators.disclosure.editions import (
    SURE,
    Edition,
    Previous,
    absent_from,
    as_one_edition,
    beside_earlier,
    fill_from_groups,
    fill_from_sums,
    given_away,
    given_away_in,
    known_of,
    note_given_away,
    refuse_lists_of_other_groups,
)
from regsam_geo.indicators.disclosure.hidden_list import SUPPRESSED
from regsam_geo.indicators.disclosure.primary import small_cells
from regsam_geo.indicators.disclosure.reading import COLUMNS, declare_counts
from regsam_geo.indicators.disclosure.relations import Areas, AreaSums, Parts, subgroup_pairs
from regsam_geo.indicators.disclosure.revisions import systems_of_revisions
from regsam_geo.indicators.disclosure.rules import (
    Bools,
    Floats,
    Groups,
    Protection,
    Rule,
    Zeros,
    as_divisions,
)
from regsam_geo.indicators.disclosure.secondary import (
    ABSENT,
    DENOMINATOR_IMPORTANCE,
    HIDDEN_BEFORE,
    IMPORTANCE,
    SIZE_IMPORTANCE,
    WHOLE_IMPORTANCE,
    Prober,
    suppress,
)
from regsam_geo.indicators.disclosure.sums import find_parts
from regsam_geo.indicators.disclosure.taken import taken_as_persons
from regsam_geo.indicators.disclosure.whole import protect_as_whole, with_regions
from regsam_geo.indicators.disclosure.words import names_things
from regsam_geo.indicators.panel import KEY, NUMBERS, Panel
from regsam_geo.text import (
    check_options,
    did_you_mean,
    format_number,
    problem,
    say,
    shorten,
    shows_progress,
    tell,
    watched,
)


@shows_progress
def protect(
    panel: Panel | pd.DataFrame,
    threshold: float = 3,
    *,
    previous: Previous = None,
    **declared: Unpack[Protection],
) -> Panel:
    """Hide small counts of persons, and everything from which they could be recomputed.

    Parameters
    ----------
    panel
        Everything that is to be published together: districts, regions, city and finer areas, as far as they are
        handed out. A total that is published elsewhere belongs into the panel too.
    threshold
        Counts of persons from 1 to one below it are hidden; so are counts that leave such a rest of their whole.
    previous
        What was handed out before, one edition or several: a panel as ``protect`` returned it, or the list of
        hidden cells that a report writes where something is hidden, with the figures that it shows (the folder
        of the report, its ``geheim.csv``; with that table alone totals are hidden too). What is hidden there
        stays hidden, revised or not; a number that it shows is known to its readers, so hiding it now would
        protect nothing. What earlier editions give away already is told by name.
    **declared
        What the table itself does not say:

        - ``zeros``: ``"show"`` (the default): a count of zero describes nobody and stays; a *rest* of zero
          (everybody has the characteristic) is hidden. ``"hide"``: zeros are hidden like small counts.
        - ``divisions``: which area belongs to which region; the 16 REGSAM regions by default. Several where the
          readers know several divisions: they are protected together. Sums of a second division of figures
          whose sums were made before are refused unless they come with ``previous``.
        - ``counts``: which indicators count persons, where the catalogue does not say: ``{"Kitas": False}``.
        - ``sums``: areas of your own that add up: ``{"planning region A": ["01.1", "01.2"]}``.
        - ``groups``: groups of one indicator that make up another: ``{("Arbeitslose", "insgesamt"): ["männlich",
          "weiblich"]}``. Divisions that the numbers prove are found without being named.
        - ``regions``: add the region totals before anything is hidden, so that those that are safe stay. Without
          it, a region of which a district is hidden can have no total.

    Returns
    -------
    Panel
        The same rows. A hidden cell has no value, no numerator and none of the Basiswerte that gave it away;
        its ``sign`` is ``"suppressed"``. A panel without small counts is returned as it is.

    Raises
    ------
    OptionError
        If ``threshold`` or ``zeros`` is not possible, there is no such option, nobody says which districts make
        up a region of the table, sums of another division were made of the same figures, or of an edition with
        other groups there is only the list of what it hides.

    Notes
    -----
    Which indicators count persons stands in the catalogue (``counts_persons``); where it says nothing, they are
    taken to. Secondary cells are chosen for each period and each set of counts that hangs together, so that the
    interval a reader can derive for a hidden count (Fischetti and Salazar 2000,
    doi:10.1080/01621459.2000.10474282) reaches at least from the smallest possible count to the threshold. Rates,
    ranks, changes and warnings are computed from the protected panel and so are missing where it is.

    Examples
    --------
    The published figures are safe already:

    >>> import regsam_geo as rg
    >>> panel = rg.load_sample()
    >>> rg.protect(panel) is panel
    True

    A table with small counts loses them, and a second cell with each, or the city's total would give it away:

    >>> small = panel.sel("Nichtdeutsche", period=2024).data
    >>> rest = small.loc[small["area_id"] == "17", "numerator"].item() - 2
    >>> small.loc[small["area_id"].isin(["17", "munich"]), "numerator"] -= rest
    >>> small["value"] = 100 * small["numerator"] / small["denominator"]
    >>> safe = rg.protect(small.drop(columns="base_1"))
    >>> safe.data.loc[safe.data["sign"] == "suppressed", "area_id"].tolist()
    ['01', '17']
    """
    panel = Panel.from_frame(panel)
    check_options(declared, Protection)
    rule = Rule(threshold, declared.get("zeros", "show"))
    return protect_as_whole(panel, rule, previous, declared, _protect_whole)


def _protect_whole(panel: Panel, rule: Rule, editions: Sequence[Edition], declared: Protection) -> Panel:
    """Protect everything that is published together."""
    divisions, groups = as_divisions(declared.get("divisions")), declared.get("groups")
    panel = with_declared_counts(panel, declared.get("counts"))
    if declared.get("regions"):
        panel = with_regions(panel, divisions)
    refuse_lists_of_other_groups(panel, editions)
    table = beside_earlier(panel, editions)
    # groups of an earlier edition add up with those of the new one
    _check_groups(table, groups)
    counts = collect_counts(table.data, table.catalogue)
    absent = np.zeros_like(counts.stands)
    if table is panel:
        parts = find_parts(counts, groups)
    else:
        absent = absent_from(panel, table.data, counts)
        then = counts.numbers.copy()
        together = as_one_edition(counts, table.data, editions, absent)
        found = [*find_parts(together, groups, mixed=True), *find_parts(counts, groups)]
        parts = list(dict.fromkeys(found))
        fill_from_groups(counts, parts, absent)
        if (np.isnan(counts.numbers) & absent).any():
            known_to_readers = known_divisions(table, divisions, declared.get("sums"))
            before_now = AreaSums(counts, Areas(counts.areas, known_to_readers, declared.get("sums")))
            fill_from_sums(counts, parts, absent, then, before_now, rule)
    pairs = [*counts.pairs, *subgroup_pairs(counts, parts)]
    small = small_cells(counts, pairs, rule)
    known = known_of(table.data, counts, editions, absent, parts)
    must = small | known.hidden
    if not must.any():
        # the same object, by which callers know that nothing had to be hidden
        return panel
    # not before: what a region is made of matters only where something is to be hidden
    known_to_readers = known_divisions(table, divisions, declared.get("sums"))
    areas = AreaSums(counts, Areas(counts.areas, known_to_readers, declared.get("sums")))
    hidden, given = np.zeros_like(small), small & known.shown
    before = known.before
    # one part alone is the same count under a second name and makes no total
    wholes = {division.whole for division in parts if len(division.parts) > 1}
    denominators = {pair.whole for pair in pairs if pair.everybody}
    # sums over time are not reckoned with, so every period is a system of its own
    for period in watched(range(len(counts.periods)), say("progress.protect")):
        hidden[:, period] = must[:, period]
        if not must[:, period].any():
            before = np.zeros_like(before)
            continue
        active = np.flatnonzero(must[:, period].any(axis=1)).tolist()
        for members in blocks(active, parts, pairs, np.asarray(must[:, period].any(axis=1))):
            build = partial(_builder, counts, areas, rule, period, known.shown[:, period], members, parts, pairs)
            builder = build()
            known.add_sums(builder, members, areas, parts)
            system = builder.build()
            forced = np.array(
                [c >= 0 and must[c, period, a] for c, a in zip(system.count, system.area, strict=True)],
                dtype=bool,
            )
            cost = _cost(system, counts, before, absent[:, period], wholes, denominators)
            chosen = suppress(system, forced, cost, rule)
            # the base system holds the sums of old editions as if nothing hidden had been revised
            revisions = list(systems_of_revisions(build, known, members, areas, parts, rule))
            for both in revisions:
                chosen = _hide_beside(both.system, chosen, cost, rule)
            at = np.flatnonzero(chosen)
            hidden[system.count[at], period, system.area[at]] = True
            if known.guessed[members, period].any():
                # without its figures nobody can say what that edition gives away if it was revised
                for c, a in known.wholes_of_hidden(period, members, areas, parts):
                    hidden[c, period, a] = True
            if editions:
                for one, old in ((system, {}), *revisions):
                    for c, a in given_away_in(one, chosen, small[:, period], rule, old):
                        given[c, period, a] = True
        before = hidden[:, period].copy()
    safe = _without(table, counts, hidden)
    if table is not panel:
        # rows of earlier editions were to be reckoned with, not to be handed out again
        here, there = (pd.MultiIndex.from_frame(one.data[list(KEY)]) for one in (safe, panel))
        safe = Panel(safe.data[here.isin(there)], panel.catalogue)
    # what can be computed depends on which hidden figures were revised; a list does not even tell what was shown
    complete = table is panel and not known.told and all(edition.panel is not None for edition in editions)
    sure = given & (complete | (small & known.shown & ~known.guessed))
    _tell_given_away(safe, table, counts, given, sure)
    return safe


def _builder(
    counts: Counts,
    areas: AreaSums,
    rule: Rule,
    period: int,
    shown: Bools,
    members: Sequence[int],
    parts: Sequence[Parts],
    pairs: Sequence[Pair],
) -> Builder:
    """Put together what one edition says about some counts."""
    builder = Builder(counts, areas, rule, period, shown)
    for c in members:
        builder.add_count(c)
    inside = set(members)
    for c in members:
        builder.add_areas(c)
    for division in parts:
        if division.whole in inside and inside.issuperset(division.parts):
            builder.add_parts(division)
    for pair in pairs:
        if pair.part in inside or pair.whole in inside:
            builder.add_pair(pair)
    return builder


def _hide_beside(both: System, chosen: Bools, cost: Floats, rule: Rule) -> Bools:
    """Hide further cells of the new edition where both editions together give too much away."""
    more = len(both) - len(chosen)
    hidden = np.concatenate([chosen, np.zeros(more, dtype=bool)])
    if Prober(both, rule).weak(hidden)[0]:
        hidden = suppress(both, hidden, np.concatenate([cost, np.ones(more)]), rule)
    return np.asarray(hidden[: len(chosen)])


def _tell_given_away(safe: Panel, table: Panel, counts: Counts, given: Bools, sure: Bools) -> None:
    """Name the counts that are hidden now and that earlier editions give away, or may do."""
    cells = []
    # what is certain first: a count of several columns is named once
    for certain, where in ((True, given & sure), (False, given & ~sure)):
        for c, p, a in np.argwhere(where):
            level, area_id = counts.areas.iloc[a]
            label = counts.labels[c]
            cells.append((label.indicator, label.group, counts.periods[p], level, area_id, certain))
    found = pd.DataFrame(cells, columns=[*KEY, SURE]).drop_duplicates(list(KEY), ignore_index=True)
    found = found[_keys_of(found).isin(_keys_of(table.data))]
    if len(found):
        note_given_away(safe, found)
        tell(say_given_away(found))


def _keys_of(rows: pd.DataFrame) -> pd.MultiIndex:
    return pd.MultiIndex.from_frame(rows[list(KEY)])


def say_given_away(cells: pd.DataFrame, lang: str | None = None) -> str:
    """Name hidden counts that earlier editions give away, or may do; empty where there are none."""
    sentences = []
    for certain, code in ((True, "given_away"), (False, "perhaps_given_away")):
        names = [
            say(
                "label.disclosure.cell",
                lang,
                indicator=name_of(row["indicator"], row["group"]),
                place=say(f"label.audit.place_{row['level']}", lang, area=row["area_id"]),
                period=row["period"],
            )
            for row in cells[cells[SURE] == certain].to_dict("records")
        ]
        if names:
            sentences.append(say(f"label.disclosure.{code}", lang, n=len(names), cells=shorten(names, 8, lang)))
    return " ".join(sentences)


def publishable(
    panel: Panel | pd.DataFrame,
    threshold: float | None = 3,
    *,
    previous: Previous = None,
    **declared: Unpack[Protection],
) -> Panel:
    """Return what a page, a map or a summary may be made from.

    Everything that shows a panel to a reader begins here: counts of persons below the threshold are hidden, unless
    it is ``None``, by which the caller says that the figures may be shown as they are.
    """
    if threshold is None:
        return Panel.from_frame(panel)
    return protect(panel, threshold, previous=previous, **declared)


def with_declared_counts(panel: Panel, counts: Mapping[str, bool] | None) -> Panel:
    """Return the panel with what the caller says about which indicators count persons."""
    if not counts:
        return panel
    known = panel.catalogue["indicator"].unique().tolist()
    for name in counts:
        if name not in known:
            raise problem(
                OptionError,
                "disclosure_counts",
                found=str(name),
                expected=shorten(known, 12),
                hint=did_you_mean(str(name), known),
            )
    return Panel(panel.data, declare_counts(panel.catalogue, counts))


def _check_groups(panel: Panel, groups: Groups | None) -> None:
    """Say which declared group the catalogue does not know."""
    known = set(panel.catalogue[list(CATALOGUE_KEY)].itertuples(index=False, name=None))
    for (indicator, whole), parts in (groups or {}).items():
        for group in (whole, *parts):
            if (indicator, group) not in known:
                names = [f"{i} ({g})" for i, g in sorted(known)]
                found = f"{indicator} ({group})"
                raise problem(
                    OptionError,
                    "disclosure_group",
                    found=found,
                    expected=shorten(names, 12),
                    hint=did_you_mean(found, names),
                )


def _cost(
    system: System, counts: Counts, before: Bools, absent: Bools, wholes: set[int], denominators: set[int]
) -> Floats:
    """Return what it costs to hide each cell."""
    levels = counts.areas["level"].to_numpy()
    cost = np.ones(len(system))
    cells = np.flatnonzero(system.count >= 0)
    c, a = system.count[cells], system.area[cells]
    # by orders of magnitude, so that size decides between equals only
    size = np.log10(1 + np.maximum(np.nan_to_num(system.numbers[cells]), 0))
    importance = np.array([IMPORTANCE[level] for level in levels[a]])
    importance = importance * np.where(np.isin(c, list(wholes)), WHOLE_IMPORTANCE, 1.0)
    importance = importance * np.where(np.isin(c, list(denominators)), DENOMINATOR_IMPORTANCE, 1.0)
    cost[cells] = importance * (1 + SIZE_IMPORTANCE * size) * np.where(before[c, a], HIDDEN_BEFORE, 1.0)
    # what the new edition has not is printed in none: nothing is lost with it
    cost[cells] *= np.where(absent[c, a], ABSENT, 1.0)
    return cost


def _without(panel: Panel, counts: Counts, hidden: Bools) -> Panel:
    """Return the panel without the hidden counts and the values made of them."""
    data = panel.data.copy()
    numbers = data[list(NUMBERS)].to_numpy(dtype=np.float64, copy=True)
    gone = np.zeros(len(data), dtype=bool)
    for k, column in enumerate(COLUMNS):
        of_row = counts.of_column[counts.entry, k]
        hit = (of_row >= 0) & hidden[of_row, counts.period, counts.area]
        numbers[hit, NUMBERS.index(column)] = np.nan
        gone |= hit
    for entry, part, whole, _ in counts.ties:
        # whichever count is hidden, rate and other count would give it back
        gone |= (counts.entry == entry) & (hidden[part] | hidden[whole])[counts.period, counts.area]
    numbers[gone, NUMBERS.index("value")] = np.nan
    data[list(NUMBERS)] = numbers
    data.loc[gone, "sign"] = SUPPRESSED
    return panel.of_same_rows(data)


def suppressed_cells(panel: Panel) -> pd.DataFrame:
    """Return the keys of the rows that ``protect`` has hidden.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> len(suppressed_cells(rg.load_sample()))
    0
    """
    return panel.data.loc[panel.data["sign"] == SUPPRESSED, list(KEY)].reset_index(drop=True)


def protection_note(panel: Panel, lang: str | None = None, *, threshold: float = 3) -> str:
    """Write the statement that belongs on every page made from a protected panel; empty where nothing is hidden.

    Parameters
    ----------
    panel
        What the page shows, as ``protect`` returned it.
    lang
        ``"de"`` or ``"en"``; the language in force by default.
    threshold
        The threshold that ``protect`` was given.

    Returns
    -------
    str
        What is hidden, and what was taken as a count of persons although the catalogue does not say so. Also
        where nothing is hidden: the question whether things are persons after all.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> protection_note(rg.load_sample(), "en")
    ''
    """
    hidden = int((panel.data["sign"] == SUPPRESSED).sum())
    asks = any(names_things(indicator) for indicator in panel.catalogue["indicator"])
    taken = ""
    if hidden or asks:
        found = taken_as_persons(panel, threshold)
        found.tell(lang)
        taken = found.text(lang)
    if not hidden:
        return taken
    written = format_number(threshold, 0 if float(threshold).is_integer() else 1, lang=lang)
    told = (
        say("label.disclosure.note", lang, n=hidden, threshold=written),
        say_given_away(given_away(panel), lang),
        taken,
    )
    return " ".join(filter(None, told))


def needs_protection(panel: Panel, threshold: float = 3, *, zeros: Zeros = "show") -> bool:
    """Return whether a panel shows counts of persons that ``protect`` would hide.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> needs_protection(rg.load_sample())
    False
    """
    return protect(panel, threshold, zeros=zeros) is not panel
