"""The generator is not part of the package: its tests import it from the checkout that they are in."""

import shutil
import sys
from pathlib import Path

import pytest
from support.generator import GENERATED, ROOT, TINY

# Last, so that an installed package is not hidden by the one beside the generator.
sys.path.append(str(ROOT))

from codegen.__main__ import generate, read_spec, write
from codegen.ir import Spec


@pytest.fixture(scope="session")
def spec() -> Spec:
    """The specification of the whole API."""
    return read_spec()


@pytest.fixture(scope="session")
def generated() -> dict[str, str]:
    """The tiny specification's output."""
    return generate(read_spec(TINY / "spec", TINY / "overrides.toml"))


@pytest.fixture(scope="session")
def package(generated: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the tiny package: the hand-written files, and the generated ones from the tiny specification."""
    folder = tmp_path_factory.mktemp("tiny")
    ignore = shutil.ignore_patterns("__pycache__", "models", "_api", *GENERATED)
    shutil.copytree(ROOT / "sesv2kit", folder / "sesv2kit", ignore=ignore)
    write(generated, folder / "sesv2kit")
    shutil.copy(TINY / "_bulk_status.py", folder / "sesv2kit")
    shutil.copy(TINY / "use.py", folder)
    return folder
