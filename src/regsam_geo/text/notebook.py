"""Whether somebody sits at a notebook, asked without loading IPython."""

from __future__ import annotations

import sys


def in_notebook() -> bool:
    """Tell whether this runs in the kernel of a notebook."""
    loaded = sys.modules.get("IPython")
    shell = None if loaded is None else loaded.get_ipython()
    # IPython in a terminal is a shell without a kernel
    return shell is not None and hasattr(shell, "kernel")
