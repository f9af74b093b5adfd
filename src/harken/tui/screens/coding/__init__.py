"""The coding screen and the boxes that open on it."""
