"""Classical item analysis: what the answers say about each question and about the paper.

Formulas as in Moodle's quiz statistics (docs.moodle.org/dev/Quiz_statistics_calculations), with the
item left out of its rest always, questions that were drawn at random included.
"""

from question_bank.statistics.items import ItemAnalysis, OptionAnalysis, analyse_item
from question_bank.statistics.papers import PaperAnalysis, analyse_paper
from question_bank.statistics.sheets import MIN_RESPONSES, Sheet
from question_bank.statistics.suspicion import Suspicion, suspicions

__all__ = [
    "MIN_RESPONSES",
    "ItemAnalysis",
    "OptionAnalysis",
    "PaperAnalysis",
    "Sheet",
    "Suspicion",
    "analyse_item",
    "analyse_paper",
    "suspicions",
]
