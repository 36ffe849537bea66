"""How the fake service sends: checks, contents, messages, and what becomes of each mail."""
