"""The bundled bank: every file, every question."""

from collections import Counter

import pytest

from question_bank.question import fold
from question_bank.samples import load_samples, read_sample, sample_files
from question_bank.types import OFFERED, by_key


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.stem)
def test_every_bundled_question_can_be_asked_and_says_where_it_is_from(path):
    questions = read_sample(path)
    assert questions
    for question in questions:
        assert by_key(question.type).problems(question) == [], question.stem
        assert question.explanation.strip() and question.source.strip(), question.stem


def test_there_are_200_questions_of_every_type_and_none_twice():
    questions = load_samples()
    assert len(questions) >= 200
    assert {q.type for q in questions} == set(OFFERED)
    twice = [stem for stem, n in Counter(fold(q.stem) for q in questions).items() if n > 1]
    assert twice == []
