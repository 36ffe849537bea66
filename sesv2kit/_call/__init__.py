"""One call: from arguments to a signed request, through retries, to a model or an error."""
