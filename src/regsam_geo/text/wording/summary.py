"""Phrases of the room ``summary``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
