"""Sending: mails, bulk requests, verification mails."""
