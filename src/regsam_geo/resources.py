"""Where the shipped data lie: inside the installed package, or in the repo for an editable install."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def data_folder() -> Path:
    """Return the folder that holds ``boundaries`` and ``indicators``."""
    package = Path(__file__).parent
    # An installed package brings its data along; in the repo they lie beside the code.
    packaged = package / "_data"
    return packaged if packaged.is_dir() else package.parents[1] / "data"
