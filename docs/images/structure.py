"""What the package is built of, counted in its files: ``python docs/images/structure.py [ROOT] [--stops]``.

Public names and the arguments of public functions; of each room files, lines, parts (its files and folders, its
door ``__init__`` among them), floors (the longest way down from part to part) and arrows (parts that import
another). ``--stops`` follows one panel while a pack is written and counts the functions that are handed it. ROOT
is the folder of another checkout, to compare with.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

ROOT = Path(__file__).parents[2]


@cache
def tree_of(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def public_names(package: Path) -> dict[str, str]:
    """Return the public names and the module that each is taken from."""
    stub = tree_of(package / "__init__.pyi")
    imports = [node for node in stub.body if isinstance(node, ast.ImportFrom)]
    return {alias.asname or alias.name: str(node.module) for node in imports for alias in node.names}


def definition(package: Path, module: str, name: str) -> ast.AST | None:
    """Return where a name is defined, through the rooms that hand it on."""
    base = package.joinpath(*module.split(".")) if module else package
    candidates = [base / "__init__.pyi", base / "__init__.py", base.with_suffix(".py")]
    for path in [path for path in candidates if path.exists()]:
        for node in tree_of(path).body:
            if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.name == name:
                return node
            if isinstance(node, ast.ImportFrom) and name in {alias.asname or alias.name for alias in node.names}:
                inside = str(node.module or "").removeprefix("regsam_geo.")
                return definition(package, f"{module}.{inside}" if node.level else inside, name)
    return None


def arguments(function: ast.FunctionDef) -> int:
    """Count the arguments of a function; ``**look`` is one."""
    given = function.args
    single = [one for one in (given.vararg, given.kwarg) if one]
    return len([*given.posonlyargs, *given.args, *given.kwonlyargs, *single])


def public_functions(package: Path) -> dict[str, int]:
    """Return the number of arguments of each public function."""
    names = {name: module for name, module in public_names(package).items() if name != "__version__"}
    found = {name: definition(package, module, name) for name, module in names.items()}
    return {name: arguments(node) for name, node in found.items() if isinstance(node, ast.FunctionDef)}


def imported_modules(path: Path) -> Iterator[str]:
    """Name the modules that a file imports, and what it takes from them."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            # ``from regsam_geo.look import page`` names a module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def arrows(folder: Path) -> set[tuple[str, str]]:
    """Return which parts of a room (files and folders) import which other."""
    dotted = ".".join(folder.parts[folder.parts.index("regsam_geo") :])
    parts = {path.stem if path.suffix == ".py" else path.name for path in parts_of(folder)}
    found = set()
    for path in sorted(folder.rglob("*.py")):
        part = path.relative_to(folder).parts[0].removesuffix(".py")
        for module in imported_modules(path):
            if module.startswith(f"{dotted}."):
                other = module.removeprefix(f"{dotted}.").split(".")[0]
                if other in parts and other != part:
                    found.add((part, other))
    return found


def parts_of(folder: Path) -> list[Path]:
    """Return the files and folders that a room is made of."""
    return [path for path in sorted(folder.iterdir()) if path.suffix == ".py" or (path / "__init__.py").exists()]


def heights(pairs: set[tuple[str, str]]) -> dict[str, int]:
    """Return on which floor each part stands, from 1 at the bottom; parts in a circle stand on one."""
    below: dict[str, set[str]] = defaultdict(set)
    for part, other in pairs:
        below[part].add(other)

    def reached(part: str, seen: set[str]) -> set[str]:
        for other in below[part] - seen:
            seen.add(other)
            reached(other, seen)
        return seen

    reach = {part: reached(part, set()) for part in {part for pair in pairs for part in pair}}

    @cache
    def height(part: str) -> int:
        return 1 + max((height(other) for other in reach[part] if part not in reach[other]), default=0)

    return {part: height(part) for part in sorted(reach)}


def rooms(package: Path) -> list[tuple[str, int, int, int, int, int]]:
    """Return name, files, lines, parts, floors and arrows of each room."""
    rows = []
    for folder in [path for path in sorted(package.iterdir()) if (path / "__init__.py").exists()]:
        files = sorted(folder.rglob("*.py"))
        lines = sum(len(path.read_text(encoding="utf-8").splitlines()) for path in files)
        pairs = arrows(folder)
        rows.append(
            (
                folder.name,
                len(files),
                lines,
                len(parts_of(folder)),
                max(heights(pairs).values(), default=1),
                len(pairs),
            )
        )
    return rows


def stops(package: Path) -> list[str]:
    """Follow a panel from its file to the last file of a pack; return the functions that are handed it by name."""
    sys.path.insert(0, str(package.parent))
    import regsam_geo as rg

    met: dict[str, None] = {}

    def watch(frame: FrameType, event: str, _: Any) -> None:
        if event != "call" or str(package) not in frame.f_code.co_filename:
            return
        code = frame.f_code
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        if "panel" in names:
            met.setdefault(f"{Path(code.co_filename).relative_to(package)}:{code.co_name}")

    with tempfile.TemporaryDirectory() as folder:
        table = rg.write_indicators(rg.load_sample(), Path(folder) / "table.csv")
        sys.setprofile(watch)
        try:
            rg.write_meeting_pack(rg.read_indicators(table), "17/18", Path(folder) / "pack")
        finally:
            sys.setprofile(None)
    return list(met)


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("root", nargs="?", type=Path, default=ROOT)
    parser.add_argument("--stops", action="store_true", help="follow a panel through a pack, too")
    asked = parser.parse_args()
    package = asked.root.resolve() / "src" / "regsam_geo"
    counts = public_functions(package)
    print(f"public names: {len(public_names(package))}")
    print(
        f"arguments of public functions: {sum(counts.values())} of {len(counts)}, "
        f"{sum(counts.values()) / len(counts):.2f} each, {max(counts.values())} at most"
    )
    print("\n| room | files | lines | parts | floors | arrows |\n|---|--:|--:|--:|--:|--:|")
    table = rooms(package)
    for row in table:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print(f"| all rooms | {sum(row[1] for row in table)} | {sum(row[2] for row in table)} | | | |")
    if asked.stops:
        met = stops(package)
        print(f"\nstops of a panel from its file to the last file of a pack: {len(met)}", *met, sep="\n  ")


if __name__ == "__main__":
    main()
