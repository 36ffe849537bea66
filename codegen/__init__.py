"""The generator: reads `codegen/spec`, writes the generated files of `sesv2kit` and the reference pages of `docs`."""
