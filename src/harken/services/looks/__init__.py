"""What looks beside theme tables share: shares of people, tests of a family, naming themes."""
