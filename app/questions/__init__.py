"""Stored banks, questions and their immutable versions; import. Owns no attempt."""
