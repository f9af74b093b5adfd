"""What coders decided, as ratings: which decisions count, and what they say of which unit."""
