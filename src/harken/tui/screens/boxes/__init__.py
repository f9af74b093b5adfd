"""Boxes that any screen may open: to choose, to read, to write, to confirm."""
