"""Tenants, their resources and their reputation."""
