"""From when on an answer counts as like an example."""

LEAST_LIKENESS = 45.0
"""Chosen on real coded answers: below it, likenesses add more wrong codes than right ones."""
WORDS_OF_ONE_PERSON = 5
"""So many words and more are hardly written twice: an example in these very words came from the answer."""
