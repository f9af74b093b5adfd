"""Shares of people, as theme tables and the looks beside them have them: n of N, compared and printed."""
