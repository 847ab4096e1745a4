"""Exam papers as text: numbered questions, lettered options, answers below or at the end."""

from question_bank.formats.paper.lines import Line, lines_of
from question_bank.formats.paper.reader import read_paper

__all__ = ["Line", "lines_of", "read_paper"]
