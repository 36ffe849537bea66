"""The examples of the documentation, run as their users run them."""
