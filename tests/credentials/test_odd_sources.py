"""Sources of credentials that behave in ways that botocore's own do not."""

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from support.credentials import SECRET, TOKEN, make_source

from sesv2kit import Credentials, errors

pytestmark = pytest.mark.anyio


class Unsteady:
    """Credentials that refresh themselves; later reads fail, with a secret in the error."""

    def __init__(self, reads: int) -> None:
        self.reads = reads

    def refresh_needed(self, _refresh_in: float | None = None) -> bool:
        return False

    def get_frozen_credentials(self) -> Credentials:
        self.reads -= 1
        if self.reads < 0:
            raise OSError(f"no {SECRET}")
        return Credentials("A", SECRET, TOKEN)


class Awaitable:
    """An awaitable that is not a coroutine."""

    def __await__(self) -> Any:
        yield


async def test_self_refreshing_credentials_that_can_t_be_read_again_are_reported_without_their_secret(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sesv2kit._aws.source._CHECK_AFTER", -1.0)
    source = make_source(Unsteady(reads=1))
    assert source.load().access_key == "A"
    assert source.ready() is None
    with pytest.raises(errors.CredentialsError) as caught:
        make_source(Unsteady(reads=0)).load()
    assert SECRET not in str(caught.value)


async def test_an_async_provider_may_return_credentials_that_refresh_themselves() -> None:
    class Provider:
        async def load(self) -> Unsteady:
            return Unsteady(reads=5)

    assert (await make_source(Provider()).aload()).access_key == "A"


@pytest.mark.parametrize("awaited", [Awaitable(), None], ids=["awaitable", "coroutine"])
async def test_credentials_that_must_be_awaited_name_the_way_out(awaited: Awaitable | None) -> None:
    frozen = SimpleNamespace(get_frozen_credentials=lambda: awaited or asyncio.sleep(0))
    with pytest.raises(errors.CredentialsError, match="AsyncSESv2Client"):
        make_source(frozen).load()
