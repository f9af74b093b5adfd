"""The screens of memos and of analytic themes."""
