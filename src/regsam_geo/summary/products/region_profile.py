"""``region_profile``: one region on two or three pages, in a notebook, as HTML and as PDF."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from regsam_geo.files import whole_file
from regsam_geo.indicators.periods import Period
from regsam_geo.study import Study, verb
from regsam_geo.summary.facts.profile_facts import ProfileFacts, gather_profile_facts
from regsam_geo.summary.words.profile_page import page_of
from regsam_geo.summary.words.region_content import Profile, make_profile
from regsam_geo.summary.writers.html import render_fragment, render_html
from regsam_geo.summary.writers.pdf import compile_pdf, page_count
from regsam_geo.summary.writers.region_map import region_map_svg
from regsam_geo.text import format_period, say, shows_progress, using_language

MOST_PAGES = 3


@dataclass(frozen=True, eq=False)
class RegionProfile:
    """The profile of one region.

    Attributes
    ----------
    content
        What it says, as data.
    map_svg
        The map of the region.
    date
        Date of issue as it is to be read, or ``None``.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> profile = rg.region_profile(rg.load_study().sel("Hochbetagte", period=range(2021, 2025)), "5")
    >>> profile.content.region, profile.to_pdf()[:5]
    ('5', b'%PDF-')
    """

    content: Profile
    map_svg: str
    date: str | None = None

    @cached_property
    def page(self) -> dict[str, Any]:
        """All texts and pictures of the page."""
        return self._page()

    def _page(self, most_warnings: int = 99) -> dict[str, Any]:
        with using_language(self.content.lang):
            return page_of(self.content, self.map_svg, date=self.date, most_warnings=most_warnings)

    def to_html(self) -> str:
        """Return the profile as one HTML file."""
        return render_html("profile.html", self.page)

    def to_pdf(self) -> bytes:
        """Return the profile as PDF/UA-1, on two or three pages: warnings that do not fit are counted."""
        # All of them first: most regions have few, and the first try fits.
        n = len(self.content.warnings)
        pdf = compile_pdf(self._page(most_warnings=n))
        # with many indicators three pages are too few for the tables alone, and no warning has to make room
        most = (
            MOST_PAGES if page_count(pdf) <= MOST_PAGES else page_count(compile_pdf(self._page(most_warnings=1)))
        )
        while n > 1 and page_count(pdf) > max(MOST_PAGES, most):
            # more than sixteen never fit: with forty warnings, twenty tries would be made in vain
            n = min(n - 1, 16)
            pdf = compile_pdf(self._page(most_warnings=n))
        return pdf

    def save_html(self, path: str | Path) -> Path:
        """Save the profile as one HTML file that opens without a network."""
        with whole_file(path) as temporary:
            temporary.write_text(self.to_html(), encoding="utf-8", newline="\n")
        return Path(path)

    def save_pdf(self, path: str | Path) -> Path:
        """Save the profile as an accessible PDF (PDF/UA-1)."""
        # Made before the file is opened: Typst may refuse, and then the old file stays.
        pdf = self.to_pdf()
        with whole_file(path) as temporary:
            temporary.write_bytes(pdf)
        return Path(path)

    def __repr__(self) -> str:
        period = format_period(self.content.period, self.content.lang)
        return say("profile.repr", self.content.lang, period=period, region=self.content.region)

    def _repr_html_(self) -> str:
        return render_fragment(self.page)


@verb
@shows_progress
def region_profile(
    study: Study, region: str, period: Period | None = None, *, date: str | None = None
) -> RegionProfile:
    """Make the profile of one region.

    Parameters
    ----------
    study
        Indicators by area with numerators and denominators, and the city; the regions are those of its division.
    region
        ``"17/18"``, ``"Region 17-18"``, or its name.
    period
        The period of the profile; the study's by default.
    date
        Date of issue as it is to be read; none by default, so that equal input gives equal bytes.

    Returns
    -------
    RegionProfile
        Shows itself in a notebook; ``save_html`` and ``save_pdf`` write it to a file.

    Raises
    ------
    OptionError
        If there is no such region, or no value of a district in the period.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> study = rg.load_study().sel(["Arbeitslose", "Nichtdeutsche"], period=range(2019, 2025))
    >>> profile = rg.region_profile(study, "17/18")
    >>> profile
    Regionenprofil 2024: Region 17/18
    >>> [f"{figure.naming.short()}: {figure.value:.2f}" for figure in profile.content.figures]
    ['Arbeitslose: 3.72', 'Nichtdeutsche: 29.28']
    """
    wanted = study.find_region(region)  # a misspelt name is told at once
    return profile_from(gather_profile_facts(study, period), wanted, date)


def profile_from(facts: ProfileFacts, region: str, date: str | None = None) -> RegionProfile:
    """Make the profile of one region from what all profiles share."""
    content = make_profile(facts, region)
    svg = region_map_svg(facts.report.areas, [district for district, _ in content.districts])
    return RegionProfile(content, svg, date)
