"""The generator: reads `codegen/spec`, writes `sesv2kit/models`, `sesv2kit/_api` and `sesv2kit/errors.py`."""
