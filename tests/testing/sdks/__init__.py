"""Other SDKs over HTTP: the same inputs give the same results as sesv2kit in the process."""
