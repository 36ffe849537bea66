"""Compare the specification with the model of SESv2 that the installed botocore bundles."""

import sys

from .ir import Spec


def main(spec: Spec) -> int:
    """Print every difference that is not accepted; return 1 if there is one."""
    raise NotImplementedError((spec, sys.argv))
