"""Mailings: the flow of a run, real requests, the journal, reports."""
