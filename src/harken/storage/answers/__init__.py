"""Reading the answers: the index of their words, what a filter finds, what a page of them shows."""
