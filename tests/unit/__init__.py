"""The package on its own: no server, no account, no network."""
