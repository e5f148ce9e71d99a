"""A browser without a network, and a page that fails a test for any request or console message."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

CHROMIUM = shutil.which("chromium") or "/usr/bin/chromium"
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

DESK = {"width": 1280, "height": 800}
PHONE = {"width": 390, "height": 844}


@contextmanager
def open_browser() -> Iterator[Any]:
    """Start Chromium; without it a test is skipped, but never in CI."""
    if not Path(CHROMIUM).exists():
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium: apt-get install chromium")
        pytest.skip("needs Chromium (apt-get install chromium)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        try:
            yield browser
        finally:
            browser.close()


class Quiet:
    """Collects what a page must not do: ask for anything but its own file, or write to the console."""

    def __init__(self, page: Any, own: str) -> None:
        self.noise: list[str] = []
        page.on("request", lambda request: self._heard("request", request.url, own))
        page.on("console", lambda message: self.noise.append(f"console: {message.text}"))
        page.on("pageerror", lambda error: self.noise.append(f"error: {error}"))

    def _heard(self, kind: str, url: str, own: str) -> None:
        if not url.startswith((own, "data:")):
            self.noise.append(f"{kind}: {url}")


@contextmanager
def open_page(
    browser: Any, path: Path, *, viewport: dict[str, int] | None = None, **options: Any
) -> Iterator[Any]:
    """Open a map file with the network off; state is given as keyword ``view`` (a dict)."""
    view = options.pop("view", {})
    context = browser.new_context(viewport=viewport or DESK, offline=True, **options)
    page = context.new_page()
    page.set_default_timeout(15_000)
    url = path.resolve().as_uri()
    quiet = Quiet(page, url)
    try:
        page.goto(url + ("#" + urlencode(view) if view else ""))
        page.wait_for_selector("html.rg-ready")
        yield page
    finally:
        context.close()
    assert not quiet.noise, quiet.noise
