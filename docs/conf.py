"""Makes the site: ``sphinx-build -W -n docs docs/_build/html``. Neither that nor its pages need a network."""

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
# one page is German and the next English: quotation marks stand as they are typed, dashes are drawn
smartquotes_action = "D"

extensions = [
    "myst_nb",
    "sphinx.ext.autodoc",
    "sphinx.ext.autosummary",
    "sphinx.ext.napoleon",
    "mathml",
    "page_language",
    "public_names",
    "region_evidence",
    "schema_table",
]
exclude_patterns = ["_build", "_ext", "_templates", "jupyter_execute"]
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
nb_merge_streams = True
# notebooks of the tutorial show no widgets; nothing is to be loaded from elsewhere for them
nb_ipywidgets_js: dict[str, Any] = {}
myst_enable_extensions = ["deflist", "dollarmath"]
myst_heading_anchors = 3
myst_update_mathjax = False
html_math_renderer = "mathml"

# -- the reference ------------------------------------------------------------------------------------------------

autosummary_generate = True
# what the examples draw; docs/images/make_images.py made them
PICTURES = {path.stem: f"/images/reference/{path.name}" for path in (HERE / "images" / "reference").glob("*.png")}
autosummary_context = {
    "pictures": {
        **PICTURES,
        "region_profile": "/images/profil.png",
        "explore_map": "/images/karte_zum_anklicken.png",
    }
}
autodoc_typehints = "description"
autodoc_typehints_description_target = "documented_params"
autodoc_typehints_format = "short"
autodoc_member_order = "bysource"
napoleon_google_docstring = False
# the attributes of a class as one list, like the parameters of a function
napoleon_use_ivar = True
toc_object_entries_show_parents = "hide"
python_use_unqualified_type_names = True
add_module_names = False
maximum_signature_line_length = 90

# names of other projects cannot be looked up without a network, names of ours that are not public have no page
nitpick_ignore_regex = [
    ("py:.*", r"(?!regsam_geo\.).*"),
    ("py:.*", r"regsam_geo\.\w+\..*"),
]

# -- how it looks -------------------------------------------------------------------------------------------------

FUNCTIONS = [name for name in regsam_geo.__all__ if name.islower() and not name.startswith("_")]
html_theme = "pydata_sphinx_theme"
html_title = "regsam_geo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_show_sourcelink = False
html_copy_source = False
html_domain_indices = False
html_show_copyright = False
html_theme_options = {
    "navbar_align": "left",
    "navbar_end": ["theme-switcher"],
    "header_links_before_dropdown": 6,
    # the page of a function has no parts
    "secondary_sidebar_items": {
        "**": ["page-toc"],
        **{f"api/generated/regsam_geo.{name}": [] for name in FUNCTIONS},
    },
    "footer_start": ["data-source"],
    "footer_end": ["sphinx-version"],
    "show_nav_level": 1,
    "pygments_light_style": "a11y-high-contrast-light",
    "pygments_dark_style": "a11y-high-contrast-dark",
}
html_sidebars = {"**": ["sidebar-nav-bs"], "examples": [], "index": []}
