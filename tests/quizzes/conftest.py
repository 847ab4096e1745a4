"""Every test starts on an empty database, so what the process kept of the last one must go too."""

from collections.abc import Iterator

import pytest
from flask import Flask

from app.questions import queries as questions
from app.quizzes import papers, shapes


@pytest.fixture(autouse=True)
def nothing_kept(app: Flask) -> Iterator[None]:
    """Empty the caches of versions, pools and attempts: ids start again in the next test."""
    questions.forget_versions()
    papers._pools.clear()
    shapes._kept.clear()
    yield
