"""A file of codings compared, without a project."""
