"""Sweep a mailing twice a second, without a worker: `python -m support.fleet_sweeper MODULE`, where it is `july`."""

import sys
import time
from importlib import import_module


def main() -> None:
    """Sweep for ever."""
    july = import_module(sys.argv[1]).july
    while True:
        try:
            july.sweep()
        except Exception as error:  # the next one does the same
            print(type(error).__name__, error, file=sys.stderr)
        time.sleep(0.5)


if __name__ == "__main__":
    main()
