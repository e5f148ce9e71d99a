"""Phrases of the room ``maps``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
