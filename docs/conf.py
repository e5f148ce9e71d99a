"""Makes the site: ``sphinx-build -W -n docs docs/_build``. Neither that nor its pages need a network."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Any

import regsam_geo

HERE = Path(__file__).parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE / "_ext"))

project = "regsam_geo"
author = "The regsam_geo authors"
version = release = regsam_geo.__version__
language = "de"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "mathml",
    "page_language",
    "public_names",
    "region_evidence",
]
exclude_patterns = ["_build", "_ext", "_templates"]
templates_path = ["_templates"]

# -- what stands outside this folder ------------------------------------------------------------------------------

TUTORIAL = HERE / "tutorial"
for old in TUTORIAL.glob("*.ipynb"):
    if not (ROOT / "notebooks" / old.name).exists():
        old.unlink()
for notebook in sorted((ROOT / "notebooks").glob("*.ipynb")):
    copy = TUTORIAL / notebook.name
    # an unchanged page is not built again
    if not copy.exists() or copy.read_bytes() != notebook.read_bytes():
        shutil.copyfile(notebook, copy)

# -- Markdown and notebooks ---------------------------------------------------------------------------------------

# the stored outputs are shown; the slow tests execute the notebooks
nb_execution_mode = "off"
# notebooks of the tutorial show no widgets; nothing is to be loaded from elsewhere for them
nb_ipywidgets_js: dict[str, Any] = {}
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
myst_update_mathjax = False
html_math_renderer = "mathml"

# -- the reference ------------------------------------------------------------------------------------------------

autosummary_generate = True
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
python_use_unqualified_type_names = True
add_module_names = False
maximum_signature_line_length = 90

# names of other projects cannot be looked up without a network, names of ours that are not public have no page
nitpick_ignore_regex = [
    ("py:.*", r"(?!regsam_geo\.).*"),
    ("py:.*", r"regsam_geo\.\w+\..*"),
]

# -- how it looks -------------------------------------------------------------------------------------------------

html_theme = "pydata_sphinx_theme"
html_title = "regsam_geo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_show_copyright = False
html_theme_options = {
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    "secondary_sidebar_items": ["page-toc"],
    "footer_start": ["data-source"],
    "footer_end": ["sphinx-version"],
    "show_nav_level": 1,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"**": ["sidebar-nav-bs"], "index": []}
