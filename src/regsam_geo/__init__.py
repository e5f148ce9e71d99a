"""Indicators, warnings and meeting maps for the 16 REGSAM regions of Munich.

The public names stand in ``__init__.pyi``; each is loaded from its room when it is first used, so that
``import regsam_geo`` costs next to nothing.
"""

import lazy_loader

from regsam_geo._version import __version__ as __version__

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
