"""The ground vocabulary: models, errors, operations, and the request and response of the wire."""
