"""Reading the numbers of an interactive map: packed as source maps pack theirs, by their published rule."""

from __future__ import annotations

import json
import math
import re

DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
MARKS = "!#$%()*,-.:;=?@"


def payload_of(page):
    """The data of a page."""
    (data,) = re.findall(r'<script[^>]*type="application/json"[^>]*>(.*?)</script>', page, flags=re.DOTALL)
    return json.loads(data)


def unpack(text):
    """Read whole numbers: five bits per sign, the lowest first, bit 32 for more; the lowest bit is the sign."""
    values, bits, shift = [], 0, 0
    for sign in text:
        if sign in MARKS:
            values.append(None)
            continue
        digit = DIGITS.index(sign)
        bits += (digit % 32) << shift
        shift += 5
        if digit < 32:
            values.append(-(bits // 2) if bits % 2 else bits // 2)
            bits, shift = 0, 0
    return values


def added_up(steps):
    """Read numbers of which each but the first is written as its distance from the one before."""
    values, last = [], 0
    for step in steps:
        if step is not None:
            last += step
        values.append(None if step is None else last)
    return values


def cells_of(packed, areas, periods, decimals, extra):
    """What the page shows and what it computes with, by area and period."""
    printed, fine = {}, {}
    for area, row in zip(areas, packed["rows"], strict=True):
        for period, number in zip(periods, added_up(unpack(row)), strict=True):
            if number is not None:
                whole = number * 10 ** packed["zeros"]
                fine[area, period] = whole / 10 ** (decimals + extra)
                printed[area, period] = math.floor(abs(whole) / 10**extra + 0.5) / 10**decimals
    for area, at, number in packed.get("printed", []):
        printed[areas[area], periods[at]] = number / 10**decimals
    return printed, fine
