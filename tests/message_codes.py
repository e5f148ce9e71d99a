"""Which messages the code can raise, found in the code itself: a new one is among them by itself."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import regsam_geo
from regsam_geo.text.catalogue import PHRASES


def codes_in(*places: str) -> set[str]:
    """Return the codes of errors and notes that stand in files and folders of the package."""
    root = Path(regsam_geo.__file__).parent
    found: set[str] = set()
    for place in places:
        for file in sorted((root / place).rglob("*.py")) if (root / place).is_dir() else [root / place]:
            for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
                if isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
                    # a code that is put together, such as aside_... and number_...; name_1 is none
                    start = str(node.values[0].value)
                    if re.fullmatch(r"[a-z]+_", start) and start != "name_":
                        found |= {code for code in PHRASES if code.partition(".")[2].startswith(start)}
                elif isinstance(node, ast.Constant) and isinstance(node.value, str):
                    kinds = ("error", "note", "note.boundary")
                    found |= {f"{kind}.{node.value}" for kind in kinds} & PHRASES.keys()
    return found
