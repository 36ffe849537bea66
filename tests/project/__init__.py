"""Checks of the project itself: its layout and its documents."""
