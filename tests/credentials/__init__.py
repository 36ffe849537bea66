"""Tests of where credentials come from, and how they are kept."""
