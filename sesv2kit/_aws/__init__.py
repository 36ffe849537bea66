"""Everything that AWS decides: settings, credentials, endpoints, signatures. The door to botocore."""
