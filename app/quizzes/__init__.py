"""Quizzes, papers, attempts and responses: one member, one quiz, one paper, one clock."""
