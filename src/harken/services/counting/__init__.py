"""Counting people: who said what in which questions, from sets of people that follow the decisions."""
