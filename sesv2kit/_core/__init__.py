"""What the other packages are built on: models, errors, operations, checks, and the HTTP request and response."""
