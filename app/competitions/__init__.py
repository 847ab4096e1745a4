"""Competitions: rounds in order, entrants, results and who advances."""
