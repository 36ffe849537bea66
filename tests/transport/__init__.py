"""The transport on real sockets: pools, streams, TLS, proxies, leaks."""
