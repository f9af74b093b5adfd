"""Limits and standard errors of figures: from samples of participants, and in closed form."""
