"""Calls over real sockets: their outcomes, whatever the server, hooks and users do."""
