"""The built site of the documentation. `nox -s docs` and `nox -s docs-browser` build it and run these tests."""
