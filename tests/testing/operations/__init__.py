"""What each of the operations of the fake does, domain by domain."""
