"""Store what the examples draw and print: ``python examples/pictures/make_pictures.py``.

``docs/examples.md`` shows it. Pictures get fewer colors, so that they stay small. The page of the report is taken
where ``chromium`` is installed.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SCRIPTS = sorted(HERE.parent.glob("*.py"))
WIDTH, HIGH = 1000, 1250


def main() -> None:
    """Run all examples in an empty folder, and store what they drew and printed."""
    environment = {**os.environ, "REGSAM_GEO_LANG": "de", "COLUMNS": "100"}
    with tempfile.TemporaryDirectory() as folder:
        for script in SCRIPTS:
            command = [sys.executable, str(script)]
            done = subprocess.run(command, cwd=folder, env=environment, check=True, stdout=subprocess.PIPE)
            (HERE / f"{script.stem}.txt").write_bytes(done.stdout)
        if shutil.which("chromium"):
            _open(Path(folder) / "sitzung" / "index.html", Path(folder) / "sitzung.png")
        for path in sorted(Path(folder).glob("*.png")):
            image = Image.open(path).convert("RGB")
            small = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
            small.quantize(128, dither=Image.Dither.NONE).save(HERE / path.name, optimize=True)


def _open(page: Path, picture: Path) -> None:
    """Take a picture of the top of a page."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as player:
        browser = player.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": WIDTH, "height": HIGH})
        tab.goto(page.as_uri())
        tab.screenshot(path=picture)
        browser.close()


if __name__ == "__main__":
    main()
