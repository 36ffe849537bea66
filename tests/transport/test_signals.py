"""Signal handlers that raise, between any two steps of the thread that sends: nothing of the pool is lost."""

import gc
import sys
import threading
from itertools import count
from pathlib import Path

import httpx
import pytest
from support.counting import counting_server
from support.interruption import Interrupted, Interruption, interrupt
from support.transport import no_tls

from sesv2kit import errors
from sesv2kit._core.http import SignedRequest
from sesv2kit._core.timeout import phases
from sesv2kit._transport import pool as pool_module
from sesv2kit._transport.connections import PoolSettings
from sesv2kit._transport.pool import Pool

FOLDER = Path(pool_module.__file__).parent


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
            interruption = Interruption(moment, interrupt, FOLDER)
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


def test_a_signal_handler_that_closes_the_client_finds_no_lock_taken() -> None:
    ends: list[str] = []

    def close_at(moment: int, url: str) -> bool:
        """Send two mails, and close the client in the midst; returns whether it was."""
        pool = Pool(PoolSettings(ssl_context=no_tls, max_connections=1))
        request = SignedRequest("GetAccount", "GET", url, {"host": "localhost"}, b"", phases(5))
        interruption = Interruption(moment, pool.close, FOLDER)
        sys.setprofile(interruption)
        try:
            ends.append(str(pool.send(request).status))
            ends.append(str(pool.send(request).status))
        except errors.SESv2Error as error:
            ends.append(type(error).__name__)
        finally:
            sys.setprofile(None)
        pool.close()
        return interruption.happened

    with counting_server() as server:
        thread = threading.Thread(target=lambda: all(close_at(moment, server.url) for moment in count()), daemon=True)
        thread.start()
        thread.join(60)
        assert not thread.is_alive()
    assert {"200", "ConfigurationError", "ConnectError", "ConnectionLostError"} == set(ends)
