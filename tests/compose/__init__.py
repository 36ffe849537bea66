"""Tests of compose: mails out of what people have at hand."""
