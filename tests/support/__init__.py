"""Servers on loopback, clients and sample values that the tests share."""
