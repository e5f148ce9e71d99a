"""The one profile of all property tests, and the one study of the sample that tests only read."""

from __future__ import annotations

import gc
import os
import tempfile

import pytest
from hypothesis import HealthCheck, settings

# In CI the examples follow from the test alone, so that a red run is the fault of the change and can be repeated;
# at a desk they are drawn anew each time. How long an example takes says nothing here: the first one reads the
# shipped layers, and a busy machine is not a fault.
settings.register_profile(
    "regsam_geo",
    derandomize=bool(os.environ.get("CI")),
    max_examples=50,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("regsam_geo")

# what a run notes for the next one goes into a folder of the tests, not of whoever runs them
if "REGSAM_GEO_TESTS" not in os.environ:
    os.environ["REGSAM_GEO_TESTS"] = os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="regsam-geo-tests-")


def pytest_collection_finish(session):
    """Let the collector of garbage pass over packages and tests: they stay, and it took a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


@pytest.fixture(scope="session")
def sample_study():
    """The study of the shipped sample: what it has worked out for one test is there for the others."""
    import regsam_geo as rg

    return rg.load_study()
