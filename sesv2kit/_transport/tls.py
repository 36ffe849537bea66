"""TLS: the contexts that all clients of the process share, and TLS on connections that are not plain sockets."""

import os
import ssl
from functools import lru_cache

from .._core.exceptions import ConfigurationError
from .._core.forks import ForkGuard
from .http1 import WRITE_AT_ONCE, RequestBytes

_openssl = ForkGuard()
"""Guards the making of TLS contexts, and each step of a handshake: both take locks of OpenSSL."""


def ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    """Return the TLS context of a CA bundle. Reads files, so it may block.

    Args:
        ca_bundle: The path of a PEM file; None for SSL_CERT_FILE, SSL_CERT_DIR, or what certifi holds.

    Raises:
        ConfigurationError: The bundle can't be read.
    """
    with _openssl.lock:  # lru_cache alone would have many threads make one each
        return _new_ssl_context(ca_bundle)


@lru_cache(maxsize=8)
def _new_ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    file = ca_bundle or os.environ.get("SSL_CERT_FILE")
    folder = None if file else os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        import certifi  # only for TLS

        file = certifi.where()
    try:
        return ssl.create_default_context(cafile=file, capath=folder)
    except (OSError, ValueError) as error:  # ValueError: a path with a null character
        raise ConfigurationError(f"the CA bundle {file or folder} can't be read: {error}") from error


def continue_handshake(tls: ssl.SSLSocket | ssl.SSLObject) -> None:
    """Take a step of a TLS handshake, on a socket that does not block.

    Raises:
        ssl.SSLWantReadError, ssl.SSLWantWriteError: There are further steps, once the socket is ready.
        OSError: It failed.
    """
    with _openssl.lock:
        tls.do_handshake()


class TlsLayer:
    """Pure: the client's side of a TLS connection. It encrypts and decrypts bytes, and sends and receives none.

    Args:
        context: The TLS context.
        host: The host that the certificate has to name.
    """

    def __init__(self, context: ssl.SSLContext, host: str) -> None:
        self._incoming = ssl.MemoryBIO()
        self._outgoing = ssl.MemoryBIO()
        self.ended = False
        """Whether the other side has ended the stream."""
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=host)

    def handshake(self, data: bytes | None = None) -> tuple[RequestBytes, bool]:
        """Continue the handshake; returns the bytes to send, and whether it is complete.

        Args:
            data: The bytes received, none at the end of the stream; None at the beginning.

        Raises:
            ssl.SSLError: It failed.
        """
        self._take_in(data)
        try:
            continue_handshake(self._tls)
        except ssl.SSLWantReadError:
            return RequestBytes(self._outgoing.read()), False
        return RequestBytes(self._outgoing.read()), True

    def encrypt(self, data: RequestBytes) -> RequestBytes:
        """Return the bytes to send."""
        for start in range(0, len(data), WRITE_AT_ONCE):
            self._tls.write(data.piece(start))
        return RequestBytes(self._outgoing.read())

    def decrypt(self, data: bytes) -> bytes | None:
        """Return the decrypted bytes: None if no record is complete yet, no bytes at the end of the stream.

        Args:
            data: The encrypted bytes; none at the end of the stream.

        Raises:
            ssl.SSLError: They are not valid TLS.
        """
        self._take_in(data)
        found = bytearray()
        try:
            while part := self._tls.read(WRITE_AT_ONCE):
                found += part
            self.ended = True
        except ssl.SSLWantReadError:
            return bytes(found) or None
        except (ssl.SSLZeroReturnError, ssl.SSLEOFError):
            self.ended = True
        return bytes(found)

    def _take_in(self, data: bytes | None) -> None:
        if data:
            self._incoming.write(data)
        elif data is not None:
            self._incoming.write_eof()


if hasattr(os, "register_at_fork"):
    # A thread of the parent may have been using one of the contexts.
    os.register_at_fork(after_in_child=_new_ssl_context.cache_clear)
