"""The generator is no part of the package: its tests find it in the checkout that they stand in."""

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
