"""The settings of the warning function: one frozen object, versioned, written into every report."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import Any

from regsam_geo.errors import OptionError
from regsam_geo.text import format_number, html_table, problem, say

SETTINGS_VERSION = "3"


@dataclass(frozen=True)
class Settings:
    """Thresholds of the warning function.

    Attributes
    ----------
    q_watch
        False discovery rate within a kind at which an area is watched.
    q_check
        The stricter rate at which it is to be checked.
    relevant_effect
        Smallest relative difference or change that matters where the catalogue names none: 0.05 is 5 %.
    yearly_share
        Share of the relevant effect from which on a change within one year matters: 0.4 x 5 % = 2 %.
    min_history
        Earlier changes that a series needs before its newest change is compared with its own past.
    prior_df_max
        Most degrees of freedom that the scale of all areas lends to the scale of one area.
    spike
        Standardized change from which the period after it is tested against the level before it.
    lookback
        Reports before this one that are looked at to tell new, continuing and returning warnings apart; ``None``
        for all. With a number, ``since`` reaches back no further, and a warning that has been open for so many
        reports runs out, which its last report says.
    related
        Whether the newest change of an indicator is also measured by what related indicators of the area did.
    zones
        Whether adjacent areas that change together are tested as one, and stand in one row of a report.
    version
        Version of these settings; it stands in every report.

    Examples
    --------
    >>> import regsam_geo as rg
    >>> strict = rg.Settings(q_watch=0.05)
    >>> strict.as_dict()["q_watch"]
    0.05
    """

    # One in ten warnings may be false: a planner who looks at ten loses one look, and a stricter rate loses true
    # ones.
    q_watch: float = 0.10
    q_check: float = 0.01
    relevant_effect: float = 0.05
    yearly_share: float = 0.4
    # Of two changes no scale can be told: three give one, with the areas beside them.
    min_history: int = 3
    # The pool of all areas is no certainty: with more degrees of freedom than this, t is the normal distribution.
    prior_df_max: float = 60.0
    # The same four standard deviations that say everywhere what is another event.
    spike: float = 4.0
    # Ten years: earlier reports would be about another city, and each costs its tests.
    lookback: int | None = 10
    related: bool = True
    zones: bool = True
    version: str = SETTINGS_VERSION

    def __post_init__(self) -> None:
        for one in fields(self):
            value = getattr(self, one.name)
            if one.name == "version" or (one.name == "lookback" and value is None):
                continue
            if isinstance(one.default, bool):
                if not isinstance(value, bool):
                    expected = say("label.setting.switch")
                    raise problem(
                        OptionError, "setting_switch", name=one.name, found=str(value), expected=expected
                    )
                continue
            # A rate of 0 or 1 would warn of nothing or of everything, and look like a result.
            share = one.name in ("q_watch", "q_check")
            number = isinstance(value, int | float) and not isinstance(value, bool)
            if not number or not (0 < value < 1 if share else value >= 0):
                expected = say("label.setting.share" if share else "label.setting.positive")
                raise problem(OptionError, "setting_range", name=one.name, found=str(value), expected=expected)

    def as_dict(self) -> dict[str, Any]:
        """Return all settings for the report."""
        return asdict(self)

    def _repr_html_(self) -> str:
        """Show each threshold with its meaning, and what was changed."""
        head = [say(f"view.settings.{name}") for name in ("name", "value", "meaning")]
        rows = []
        for one in fields(self):
            if one.name == "version":
                continue
            value, meaning = getattr(self, one.name), say(f"view.settings.{one.name}")
            # What was changed is marked: a reader who knows the usual settings must see that these are others.
            if value != one.default:
                meaning += f" ({say('view.settings.changed', usual=_plain(one.default))})"
            rows.append((one.name, _plain(value), meaning))
        return html_table(head, rows, say("view.settings", version=self.version))


def _plain(value: object) -> str:
    """Write a number with as many digits as it has."""
    if value is None:
        return say("view.settings.all")
    if isinstance(value, bool):
        return say("view.settings.yes" if value else "view.settings.no")
    if not isinstance(value, int | float):
        return str(value)
    digits = f"{float(value):.6f}".rstrip("0").partition(".")[2]
    return format_number(float(value), len(digits))
