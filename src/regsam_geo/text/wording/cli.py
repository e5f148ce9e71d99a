"""Phrases of the room ``cli``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
