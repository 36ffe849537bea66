"""The TLS contexts that all clients of the process share."""

import os
import ssl
import threading
from functools import lru_cache

import certifi

from .._core.exceptions import ConfigurationError

_making = threading.Lock()


def ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    """Return the TLS context of a CA bundle. Reads files, so it may block.

    Args:
        ca_bundle: The path of a PEM file; None for SSL_CERT_FILE, SSL_CERT_DIR, or what certifi holds.

    Raises:
        ConfigurationError: The bundle can't be read.
    """
    with _making:  # lru_cache alone would have many threads make one each
        return _new_ssl_context(ca_bundle)


@lru_cache(maxsize=8)
def _new_ssl_context(ca_bundle: str | None) -> ssl.SSLContext:
    file = ca_bundle or os.environ.get("SSL_CERT_FILE")
    folder = None if file else os.environ.get("SSL_CERT_DIR")
    if not file and not folder:
        file = certifi.where()
    try:
        return ssl.create_default_context(cafile=file, capath=folder)
    except OSError as error:
        raise ConfigurationError(f"the CA bundle {file or folder} can't be read: {error}") from error
