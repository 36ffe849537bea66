"""Deliverability: test reports, the dashboard, blocklists."""
