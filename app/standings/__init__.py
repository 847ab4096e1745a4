"""Boards read from the ledger's totals; owns no points."""
