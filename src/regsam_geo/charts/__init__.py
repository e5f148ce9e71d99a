"""SHOW: the charts behind a finding or a warning.

Each chart is loaded when it is first used, so that who needs none does not wait for matplotlib.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach_stub(__name__, __file__)
