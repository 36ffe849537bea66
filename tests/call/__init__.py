"""Calls over real sockets: what came of each, whatever the server, hooks and users do."""
