"""What coders decided differently: the answers, the codes that they part on, those that they confuse."""
