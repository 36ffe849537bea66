"""Signal handlers that raise, between any two steps of the thread that sends: nothing of the pool is lost."""

import gc
import sys
from itertools import count
from pathlib import Path
from types import FrameType
from typing import Any

import httpx
import pytest
from support.counting import counting_server
from support.transport import no_tls

from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import phases
from sesv2kit._transport import pool as pool_module
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.pool import Pool

FOLDER = str(Path(pool_module.__file__).parent)


class Interrupted(BaseException):
    """What a signal handler raises."""


class Interruption:
    """Raises at one of the moments at which Python runs signal handlers: as a function begins, or a call has ended."""

    def __init__(self, moment: int) -> None:
        self._left = moment
        self.happened = False

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        if event not in ("call", "c_return") or not frame.f_code.co_filename.startswith(FOLDER) or self.happened:
            return
        self._left -= 1
        if self._left < 0:
            self.happened = True
            raise Interrupted


# A connection that is lost on the way to its place is closed by the garbage collection, which warns.
@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.parametrize("reused", [True, False])
def test_no_slot_is_lost_wherever_a_signal_handler_raises(reused: bool) -> None:
    pool = Pool(PoolSettings(ssl_context=no_tls, max_connections=1))
    timeout = phases(httpx.Timeout(10, pool=3))
    with counting_server() as server:
        request = SignedRequest("GetAccount", "GET", server.url, {"host": "localhost"}, b"", timeout)
        for moment in count():
            if reused:
                pool.send(request)
            else:
                pool._connections._idle.clear()
            interruption = Interruption(moment)
            sys.setprofile(interruption)
            try:
                pool.send(request)
            except Interrupted:
                pass
            finally:
                sys.setprofile(None)
            assert pool._slots.free == 1, moment
            assert pool._connections.busy() == (), moment
            if not interruption.happened:
                break
        assert moment > 50
        pool.send(request)
    pool.close()
    gc.collect()
