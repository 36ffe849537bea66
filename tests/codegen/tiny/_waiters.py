"""Nothing of the post office takes long."""


class Waiters:
    """No methods."""


class AsyncWaiters:
    """No methods."""
