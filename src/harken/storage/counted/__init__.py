"""Which people said what, as sets of people that are kept beside the decisions and follow them.

A person gives one answer to a question on one occasion, so what that answer counts as depends on nothing but
the decisions on it. For every question and occasion there is a set of people for each code and each state of
an answer, a bit a person, in blocks. Triggers note the answers whose decisions changed (`stale_responses`);
these are read anew before the next table is counted. The sets hold nothing that the other tables do not say.
"""
