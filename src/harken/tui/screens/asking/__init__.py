"""The screens of questions to the lead and of the agenda of a meeting."""
