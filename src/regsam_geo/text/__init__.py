"""Words: German and English sentences, number and date formats. Nobody else writes prose."""

from regsam_geo.text.html import html_table
from regsam_geo.text.language import current_language, resolve_language, set_language, using_language
from regsam_geo.text.lookup import is_phrase, no_attribute, problem, say
from regsam_geo.text.notices import tell, tell_once
from regsam_geo.text.numbers import NOT_AVAILABLE, format_number, format_p, format_period, round_half_up
from regsam_geo.text.options import check_call, check_choice, check_options, using_arguments
from regsam_geo.text.phrases import (
    Phrase,
    did_you_mean,
    fill,
    join_words,
    shorten,
    where_it_was_sought,
)
from regsam_geo.text.progress import shows_progress, stages, watched
from regsam_geo.text.terms import Terms, using_terms, with_name

__all__ = [
    "NOT_AVAILABLE",
    "Phrase",
    "Terms",
    "check_call",
    "check_choice",
    "check_options",
    "current_language",
    "did_you_mean",
    "fill",
    "format_number",
    "format_p",
    "format_period",
    "html_table",
    "is_phrase",
    "join_words",
    "no_attribute",
    "problem",
    "resolve_language",
    "round_half_up",
    "say",
    "set_language",
    "shorten",
    "shows_progress",
    "stages",
    "tell",
    "tell_once",
    "using_arguments",
    "using_language",
    "using_terms",
    "watched",
    "where_it_was_sought",
    "with_name",
]
