"""What a user sees of calls: hooks, log lines, spans."""
