"""Phrases of the room ``warning``."""

from regsam_geo.text.phrases import Phrase

PHRASES: dict[str, Phrase] = {}
