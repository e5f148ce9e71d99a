"""Draw the pictures of ``examples/README.md`` again, with fewer colors, so that they stay small."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
SCRIPTS = ("maps_from_csv.py", "quarterly_series.py")
WIDTH = 1000


def main() -> None:
    """Run the examples that draw, and store what they drew."""
    with tempfile.TemporaryDirectory() as folder:
        for script in SCRIPTS:
            subprocess.run([sys.executable, str(HERE.parent / script)], cwd=folder, check=True)
        for path in sorted(Path(folder).glob("*.png")):
            image = Image.open(path).convert("RGB")
            small = image.resize((WIDTH, round(image.height * WIDTH / image.width)), Image.Resampling.LANCZOS)
            small.quantize(128, dither=Image.Dither.NONE).save(HERE / path.name, optimize=True)


if __name__ == "__main__":
    main()
