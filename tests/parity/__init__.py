"""Proof against botocore: the same requests, the same answers."""
