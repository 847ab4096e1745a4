"""People: login, sessions, roles over branch subtrees, and who may pass. Owns no points."""
