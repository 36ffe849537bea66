"""Tests of paginators."""
