"""Keys: their names and order, keyboards, the user's own keymap, and the pace that a person can keep."""
