"""Phrases of the room ``look``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
