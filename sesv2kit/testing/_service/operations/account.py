"""The account: quotas, sending, suppression and contact details."""
