"""The service itself: routes, state and a function for every operation, without I/O."""
