"""The bundled bank: every ``*.json`` in this folder."""

import json
from pathlib import Path
from typing import Any

from question_bank.question import Question

_FOLDER = Path(__file__).parent


def sample_files() -> list[Path]:
    """Return the bundled files, by name."""
    return sorted(_FOLDER.glob("*.json"))


def read_sample(path: Path) -> list[Question]:
    """Return the questions of one bundled file, in its order."""
    data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return [Question.from_json(one) for one in data["questions"]]


def load_samples() -> list[Question]:
    """Return every bundled question, file by file."""
    return [question for path in sample_files() for question in read_sample(path)]
