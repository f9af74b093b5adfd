"""Agreement on whole sets of codes, at any size."""
