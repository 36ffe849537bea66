"""Tests of compose."""
