"""Identities: domains and addresses, their verification, DKIM, MAIL FROM, policies and certificates."""
