"""How many requests and recipients may leave per second."""
