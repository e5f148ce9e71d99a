"""The Content-Security-Policy of a map file: nothing is loaded, and only its own scripts may run."""

from __future__ import annotations

import base64
import hashlib
import re
from html import unescape
from html.parser import HTMLParser

_STYLE_ATTRIBUTE = re.compile(r"""\bstyle\s*=\s*(\\?["'])(.*?)\1""", re.S)


class _Inline(HTMLParser):
    """Collects the texts of scripts and styles, and what would be loaded from elsewhere."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.texts: dict[str, list[str]] = {"script": [], "style": []}
        self.style_attributes: list[str] = []
        self.sources: list[str] = []
        self._open = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("style"):
            self.style_attributes.append(given["style"] or "")
        source = given.get("src") or (given.get("href") if tag == "link" else None) or given.get("srcset")
        # Data inside the page loads nothing.
        if source and not source.startswith("data:"):
            self.sources.append(source)
        if tag == "style" or (tag == "script" and given.get("type", "") in ("", "text/javascript", None)):
            self.texts[tag].append("")
            self._open = tag

    def handle_data(self, data: str) -> None:
        if self._open:
            self.texts[self._open][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == self._open:
            self._open = ""


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _hashes(texts: list[str]) -> str:
    return " ".join(dict.fromkeys(_hash(text) for text in texts)) or "'none'"


def loaded_sources(html: str) -> list[str]:
    """Return what the page would load by ``src``, ``srcset`` or ``<link href>``."""
    page = _Inline()
    page.feed(html)
    return page.sources


def content_security_policy(html: str, script: str = "", image_host: str = "") -> str:
    """Return the policy for a finished page.

    Parameters
    ----------
    html
        The page; each inline script and style is allowed by the hash of its text.
    script
        Code that builds HTML with ``style`` attributes (folium's popups do); they are allowed one by one.
    image_host
        The one host that images may come from besides the file itself, such as ``"https://tiles.example"``.
    """
    page = _Inline()
    page.feed(html)
    # Popups write their styles by script; each is allowed by its hash, where a general permission would allow
    # any.
    attributes = page.style_attributes + [
        unescape(match.group(2)).replace('\\"', '"') for match in _STYLE_ATTRIBUTE.finditer(script)
    ]
    parts = {
        "default-src": "'none'",
        "script-src": _hashes(page.texts["script"]),
        "style-src": _hashes(page.texts["style"]),
        "img-src": f"data: {image_host}".strip(),
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    if attributes:
        parts["style-src-attr"] = f"'unsafe-hashes' {_hashes(attributes)}"
    return "; ".join(f"{name} {value}" for name, value in parts.items())
