"""Tests of waiters."""
