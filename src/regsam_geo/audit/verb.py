"""``audit_disclosure``: one verb for tables in memory and for finished files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeGuard, Unpack, overload

from regsam_geo.areas import as_division
from regsam_geo.audit.finished import FinishedAudit, audit_files, listed
from regsam_geo.indicators.disclosure.rules import Declared
from regsam_geo.text import shows_progress

if TYPE_CHECKING:
    from regsam_geo.indicators.disclosure.audit import DisclosureAudit
    from regsam_geo.indicators.disclosure.published import Tables

Paths = str | Path | Sequence[str | Path]


@overload
def audit_disclosure(
    tables: Paths, threshold: float = 3, *, seconds: float = 60.0, **declared: Unpack[Declared]
) -> FinishedAudit: ...
@overload
def audit_disclosure(
    tables: Tables, threshold: float = 3, *, seconds: float = 60.0, **declared: Unpack[Declared]
) -> DisclosureAudit: ...
@shows_progress
def audit_disclosure(
    tables: Paths | Tables, threshold: float = 3, *, seconds: float = 60.0, **declared: Unpack[Declared]
) -> FinishedAudit | DisclosureAudit:
    """Find out what published tables, or finished files, give away about small counts of persons.

    Parameters
    ----------
    tables
        A folder or file, or several of them: a report, a pack, an edition of last year, whatever a reader may lay
        side by side. They are read as a reader would (tables, workbooks, layers, pages, the data of offline maps,
        sentences, alternative texts, PDF), and nothing else is known of them. Or a panel or tidy table, several
        of them, or a mapping from names to them; besides the panel's columns, ``rank``, ``city``, ``difference``,
        ``ratio`` and ``change_1`` ... (as ``compare_areas`` makes them) are used as hints.
    threshold, **declared
        As for ``protect``: ``zeros``, ``divisions``, ``sums``, ``groups``, ``counts``.
    seconds
        After so many seconds the audit ends, and what is not decided then is not passed.

    Returns
    -------
    FinishedAudit or DisclosureAudit
        With the ``verdict`` (``passed``, ``leaks`` or ``undecided``), ``safe`` where it is passed, ``leaks`` and a
        readable ``text()``.

    Notes
    -----
    Of files all figures are written down as sums, rates and orders of whole numbers, and solved exactly. A hidden
    count leaks when only one number is left for it, or none that reaches the threshold.

    Of tables, linear programs give the smallest and the largest number that all sums leave open for every hidden
    count and for the rest that it leaves of its whole. A count leaks when that interval begins below the threshold
    and is narrower than from the smallest possible count to the threshold, or is a single number. What passes this
    is solved over whole numbers: a count is confined where none of them reaches the threshold. The sums named
    are an irreducible set: without any one of them the count would be safe.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> audit = rg.audit_disclosure(rg.load_sample())
    >>> audit.safe, len(audit.cells)
    (True, 0)
    >>> import tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     table = chr(10).join(["Stadtbezirk;Fälle", "01;12", "02;2", "03;9"])
    ...     _ = Path(folder, "faelle.csv").write_text(table, encoding="utf-8")
    ...     audit = rg.audit_disclosure(folder)
    >>> audit.verdict, audit.leaks.loc[0, "area_id"], float(audit.leaks.loc[0, "upper"])
    ('leaks', '02', 2.0)
    """
    if are_paths(tables):
        paths = [tables] if isinstance(tables, str | Path) else list(tables)
        given = declared.get("divisions")
        first, *beside = given if isinstance(given, list | tuple) and given else [given]
        return audit_files(
            listed(paths),
            threshold=threshold,
            zeros=declared.get("zeros", "show"),
            division=as_division(first),
            beside=[as_division(one) for one in beside],
            sums=declared.get("sums"),
            groups=[
                [f"{indicator} | {group}" for group in (whole, *parts)]
                for (indicator, whole), parts in (declared.get("groups") or {}).items()
            ],
            not_persons=[name for name, persons in (declared.get("counts") or {}).items() if not persons],
            seconds=seconds,
        )
    # loaded for tables alone: files are judged without a line of what protects
    from regsam_geo.indicators.disclosure.audit import audit_tables

    return audit_tables(tables, threshold, seconds=seconds, **declared)


def are_paths(given: Any) -> TypeGuard[Paths]:
    """Tell whether files are meant."""
    if isinstance(given, str | Path):
        return True
    many = isinstance(given, Sequence) and not isinstance(given, Mapping)
    return many and len(given) > 0 and all(isinstance(one, str | Path) for one in given)
