"""Every phrase code that the program names is one that exists."""

from __future__ import annotations

import ast
from pathlib import Path

import regsam_geo
from regsam_geo.text.catalogue import PHRASES

PACKAGE = Path(regsam_geo.__file__).parent


def named_codes():
    """Yield each code written out in a call of ``say`` or ``problem``, with where it stands."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name)):
                continue
            position = {"say": 0, "problem": 1}.get(node.func.id)
            if position is None or len(node.args) <= position:
                continue
            code = node.args[position]
            if isinstance(code, ast.Constant) and isinstance(code.value, str):
                prefix = "error." if node.func.id == "problem" else ""
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", prefix + code.value


def test_every_named_code_exists():
    missing = [f"{where}: {code}" for where, code in named_codes() if code not in PHRASES]
    assert not missing


def test_codes_are_found_at_all():
    assert len(list(named_codes())) > 100
