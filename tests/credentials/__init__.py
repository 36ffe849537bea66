"""Tests of the sources of credentials, and of how long credentials are kept."""
