"""Agreement on where in a text a code applies."""
