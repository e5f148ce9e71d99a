"""Color arithmetic: CIELAB, distances, color vision deficiencies and grey, all on arrays of sRGB in 0..1."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Vision = Literal["normal", "protanopia", "deuteranopia", "tritanopia", "grey"]
VISIONS: tuple[Vision, ...] = ("normal", "protanopia", "deuteranopia", "tritanopia", "grey")

_XYZ_FROM_RGB = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
_WHITE_D65 = np.array([0.95047, 1.0, 1.08883])

# Machado, Oliveira and Fernandes (2009), IEEE TVCG 15(6), severity 1.0; for linear RGB
_DEFICIENCIES = {
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}


def rgb_from_hex(colors: Sequence[str]) -> Floats:
    """Return an (n, 3) array of sRGB values from ``#rrggbb`` strings."""
    return np.array([[int(color[i : i + 2], 16) for i in (1, 3, 5)] for color in colors], dtype=float) / 255.0


def hex_from_rgb(rgb: Floats) -> tuple[str, ...]:
    """Return ``#rrggbb`` strings; values outside the gamut are clipped."""
    # Clipped and not scaled: scaling one color would change its lightness, on which the palettes rest.
    levels = np.rint(np.clip(rgb, 0.0, 1.0) * 255.0).astype(int)
    return tuple("#{:02x}{:02x}{:02x}".format(*level) for level in levels)


def linear_from_srgb(rgb: Floats) -> Floats:
    """Undo the sRGB transfer curve."""
    return np.where(rgb <= 0.04045, rgb / 12.92, ((np.maximum(rgb, 0.0) + 0.055) / 1.055) ** 2.4)


def srgb_from_linear(rgb: Floats) -> Floats:
    """Apply the sRGB transfer curve."""
    safe = np.clip(rgb, 0.0, 1.0)
    return np.where(safe <= 0.0031308, safe * 12.92, 1.055 * safe ** (1 / 2.4) - 0.055)


def lab_from_rgb(rgb: Floats) -> Floats:
    """Return CIELAB (D65) of sRGB."""
    xyz = linear_from_srgb(rgb) @ _XYZ_FROM_RGB.T / _WHITE_D65
    cubed = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    x, y, z = cubed[..., 0], cubed[..., 1], cubed[..., 2]
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def rgb_from_lab(lab: Floats) -> Floats:
    """Return sRGB of CIELAB (D65), clipped to the gamut."""
    y = (lab[..., 0] + 16) / 116
    cubed = np.stack([y + lab[..., 1] / 500, y, y - lab[..., 2] / 200], axis=-1)
    xyz = np.where(cubed**3 > 216 / 24389, cubed**3, (116 * cubed - 16) * 27 / 24389) * _WHITE_D65
    return srgb_from_linear(xyz @ np.linalg.inv(_XYZ_FROM_RGB).T)


def luminance(color: str) -> float:
    """Return the relative luminance of WCAG 2: 0 for black, 1 for white."""
    return float(linear_from_srgb(rgb_from_hex([color]))[0] @ _XYZ_FROM_RGB[1])


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of WCAG 2, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def readable_on(background: str, dark: str = "#1c2126", light: str = "#ffffff") -> str:
    """Return the one of two ink colors that stands out more from a background."""
    return dark if contrast(dark, background) >= contrast(light, background) else light


def seen(rgb: Floats, vision: Vision) -> Floats:
    """Return what a reader sees: with a color vision deficiency, or on a grey copy."""
    if vision == "normal":
        return rgb
    # light adds up in linear values only
    linear = linear_from_srgb(rgb)
    if vision == "grey":
        return srgb_from_linear(np.repeat(linear @ _XYZ_FROM_RGB[1][:, None], 3, axis=-1))
    return srgb_from_linear(linear @ _DEFICIENCIES[vision].T)


def difference(one: Floats, other: Floats) -> Floats:
    """Return the CIEDE2000 difference of CIELAB colors (Sharma, Wu and Dalal 2005, equations 2-22)."""
    l1, a1, b1 = np.moveaxis(one, -1, 0)
    l2, a2, b2 = np.moveaxis(other, -1, 0)
    c_mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    g = 0.5 * (1 - np.sqrt(c_mean**7 / (c_mean**7 + 25.0**7)))
    a1, a2 = (1 + g) * a1, (1 + g) * a2
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    grey = c1 * c2 == 0
    # hue is an angle: the shorter way round counts, and grey has none
    turn = (h2 - h1 + 180) % 360 - 180
    # Colors opposite each other on the wheel: the sign that Sharma et al. (2005) set, as arithmetic leaves it
    # open.
    turn = np.where(grey, 0.0, np.where((turn == -180) & (h2 > h1), 180.0, turn))
    d_hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    l_mean, c_mean = (l1 + l2) / 2, (c1 + c2) / 2
    far = np.abs(h1 - h2) > 180
    h_mean = np.where(far, (h1 + h2 + np.where(h1 + h2 < 360, 360, -360)) / 2, (h1 + h2) / 2)
    h_mean = np.where(grey, h1 + h2, h_mean)
    t = (
        1
        - 0.17 * np.cos(np.radians(h_mean - 30))
        + 0.24 * np.cos(np.radians(2 * h_mean))
        + 0.32 * np.cos(np.radians(3 * h_mean + 6))
        - 0.20 * np.cos(np.radians(4 * h_mean - 63))
    )
    s_l = 1 + 0.015 * (l_mean - 50) ** 2 / np.sqrt(20 + (l_mean - 50) ** 2)
    s_c, s_h = 1 + 0.045 * c_mean, 1 + 0.015 * c_mean * t
    rotation = (
        -2
        * np.sqrt(c_mean**7 / (c_mean**7 + 25.0**7))
        * np.sin(np.radians(60 * np.exp(-(((h_mean - 275) / 25) ** 2))))
    )
    light, chroma, hue = (l2 - l1) / s_l, (c2 - c1) / s_c, d_hue / s_h
    result: Floats = np.sqrt(light**2 + chroma**2 + hue**2 + rotation * chroma * hue)
    return result


def smallest_step(colors: Sequence[str], vision: Vision = "normal") -> float:
    """Return the smallest CIEDE2000 difference between neighboring colors as a reader sees them."""
    if len(colors) < 2:
        return float("inf")
    lab = lab_from_rgb(seen(rgb_from_hex(colors), vision))
    return float(difference(lab[:-1], lab[1:]).min())
