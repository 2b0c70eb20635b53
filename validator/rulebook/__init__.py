"""The rules of a release as plain data: conditions, rules, courses and the vocabulary they use."""
