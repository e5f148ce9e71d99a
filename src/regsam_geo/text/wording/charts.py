"""Phrases of the room ``charts``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
