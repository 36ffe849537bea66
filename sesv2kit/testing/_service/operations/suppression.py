"""The suppression list of the account."""
