"""Tests of the local service and its pages."""
