"""Reading small pictures as a reader does: where a shape stands, and what the axis beside it says there."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import numpy as np
import pytest

ROUNDED = 0.0051
"""Coordinates are written with two digits."""


class Picture:
    """The shapes of one SVG, as numbers."""

    def __init__(self, text):
        self.root = ElementTree.fromstring(text)
        self.width, self.height = (float(one) for one in self.root.get("viewBox").split()[2:])

    def all(self, kind):
        return list(self.root.iter("{http://www.w3.org/2000/svg}" + kind))

    def lines(self, kind="polyline"):
        return [(one, points(one.get("points"))) for one in self.all(kind)]

    def discs(self):
        return [(float(one.get("cx")), float(one.get("cy")), float(one.get("r"))) for one in self.all("circle")]

    def texts(self):
        return [
            (float(one.get("x")), float(one.get("y")), one.get("text-anchor"), one.text)
            for one in self.all("text")
        ]


def points(text):
    return [tuple(float(number) for number in pair.split(",")) for pair in text.split()]


class Scale:
    """From a position to a value, by two marks of an axis or more."""

    def __init__(self, marks):
        places, values = zip(*sorted(marks), strict=True)
        self.step, self.start = np.polyfit(places, values, 1)
        assert np.polyval((self.step, self.start), places) == pytest.approx(values, abs=self.slack)

    @property
    def slack(self):
        """What the rounding of coordinates may make of a value."""
        return 2.5 * ROUNDED * abs(self.step) + 1e-9

    def value(self, place):
        return self.start + self.step * place

    def values(self, many):
        return [self.value(one) for one in many]


def pictures(path_or_text, words):
    """The pictures of a page whose alternative text begins so, with that text."""
    found = re.findall(r'role="img" aria-label="([^"]*)"[^>]*>\s*(<svg.*?</svg>)', path_or_text, flags=re.DOTALL)
    return [(alt, Picture(svg)) for alt, svg in found if re.match(words, alt)]
