"""How the synthetic survey is made up: people, what they mean, how they write it, how coders read it."""
