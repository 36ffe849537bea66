"""How bytes travel: connection pools over HTTP/1.1, or an httpx client."""
