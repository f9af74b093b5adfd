"""The verbs: what a person can do with a project, each returning a result that outputs are drawn from."""
