"""Fixtures: a migrated database of either kind, people and things in it, and a clock to set."""

pytest_plugins = ["tests.databases", "tests.builders"]
