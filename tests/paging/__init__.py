"""Tests of going through lists."""
