"""The generator is not part of the package: its tests import it from the checkout that they are in."""

import sys
from pathlib import Path

import pytest

# Last, so that an installed package is not hidden by the one beside the generator.
sys.path.append(str(Path(__file__).parents[2]))

from codegen.__main__ import read_spec
from codegen.ir import Spec


@pytest.fixture(scope="session")
def spec() -> Spec:
    """The specification of the whole API."""
    return read_spec()
