"""Insights: metrics, messages, addresses, recommendations."""
