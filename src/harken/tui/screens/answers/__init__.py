"""The answers screen: the list, its filter, and the pages of a person and a code."""
