"""The files that are written into a map: Leaflet from XStatic-Leaflet, and this library's own scripts."""

from __future__ import annotations

import base64
import importlib
import re
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "assets"

SCRIPTS = ("leaflet", "jquery")
"""Names of the scripts that can be inlined; folium links them under these names."""


@lru_cache(maxsize=32)
def read_asset(name: str) -> str:
    """Return one of this library's own files, as text."""
    return (FOLDER / name).read_text(encoding="utf-8")


def lean(code: str) -> str:
    r"""Leave out what only whoever changes a script or a style sheet reads: lines of comment, and indents.

    Examples
    --------
    >>> lean("/** Say a word. */\n// twice\nfunction say() {\n  return 1;\n}\n")
    'function say() {\nreturn 1;\n}\n'
    """
    code = re.sub(r"^ */\*.*?\*/\n", "", code, flags=re.M | re.S)
    return re.sub(r"^ *//.*\n|^ *\n|^ +", "", code, flags=re.M)


def lean_script(code: str) -> str:
    r"""Leave out the spaces beside signs too; no text of a script may hold such a sign between spaces.

    Examples
    --------
    >>> lean_script("const most = (a, b) => (a < b ? b : a);\n")
    'const most=(a, b)=>(a<b?b:a);\n'
    """
    return re.sub(r" (=>|[!=]==|&&|\|\||[<>+]=|[=?:*<]) ", r"\1", lean(code))


def lean_style(style: str) -> str:
    r"""Leave out what a browser does not need of a style sheet: spaces beside marks too.

    Examples
    --------
    >>> lean_style("/* a note */\n.rg p, .rg a { margin: 0 4px; }\n")
    '.rg p,.rg a{margin:0 4px;}\n'
    """
    return re.sub(r" ?([{};,]) ?|(?<=[a-z]): ", lambda found: found[1] or ":", lean(style).replace("\t", ""))


@lru_cache(maxsize=4)
def _xstatic(package: str) -> Path:
    return Path(importlib.import_module(f"xstatic.pkg.{package}").BASE_DIR)


@lru_cache(maxsize=2)
def library_script(name: str) -> str:
    """Return Leaflet or jQuery, ready to be inlined, with the license that whoever hands the page on must keep."""
    file = {"leaflet": "leaflet.js", "jquery": "jquery.min.js"}[name]
    code = (_xstatic(name) / file).read_text(encoding="utf-8")
    # the map of the source would only be asked for by a developer's tools
    code = re.sub(r"\n?//# sourceMappingURL=\S+\s*$", "\n", code)
    # With an exclamation mark: that is the comment which tools that shrink scripts leave in.
    code = f"/*!\n{read_asset(f'{name}-license.txt')}*/\n{code}"
    return code + _marker_images() if name == "leaflet" else code


@lru_cache(maxsize=1)
def leaflet_style() -> str:
    """Return Leaflet's style sheet with its images inlined."""
    style = (_xstatic("leaflet") / "leaflet.css").read_text(encoding="utf-8")
    style = style.replace("behavior: url(#default#VML);", "")  # Internet Explorer 8
    return re.sub(r"url\((images/[\w.-]+)\)", lambda found: f"url({_data_uri(found.group(1))})", lean_style(style))


def _data_uri(path: str) -> str:
    content = (_xstatic("leaflet") / path).read_bytes()
    return "data:image/png;base64," + base64.b64encode(content).decode("ascii")


def _marker_images() -> str:
    """Return the code that tells Leaflet its marker images, which it would look for beside leaflet.css."""
    images = {
        "iconUrl": "images/marker-icon.png",
        "iconRetinaUrl": "images/marker-icon-2x.png",
        "shadowUrl": "images/marker-shadow.png",
    }
    options = ",".join(f'{name}:"{_data_uri(path)}"' for name, path in images.items())
    return f'\nL.Icon.Default.imagePath="";L.Icon.Default.mergeOptions({{{options}}});\n'
