"""The rules that an installation starts with."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

#: The first versions hold from here, so that imported history finds its rule.
BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class DefaultRule:
    """A rule's first version: ``text`` has name and sentence in Chinese and English."""

    rule: str
    kind: str
    config: dict[str, Any]
    text: dict[str, str]


DEFAULT_RULES = (
    DefaultRule(
        "lesson_complete",
        "fixed",
        {"points": 5, "cap": 15},
        {
            "zh_name": "网上党课",
            "en_name": "Lessons",
            "zh": "每学完一节网上党课得 5 分，同一节只计一次，每天最多 15 分。",
            "en": "5 points for each lesson completed, once a lesson, at most 15 a day.",
        },
    ),
    DefaultRule(
        "quiz_score",
        "score_share",
        {"points": 10, "cap": 30},
        {
            "zh_name": "答题得分",
            "en_name": "Quiz score",
            "zh": "答题按得分率折算，满分得 10 分；每场按最好的一次计，每天最多 30 分。",
            "en": "Up to 10 points in proportion to the quiz score; "
            "the best attempt counts, at most 30 a day.",
        },
    ),
    DefaultRule(
        "quiz_pass",
        "when",
        {"points": 10, "when": "passed", "cap": 20},
        {
            "zh_name": "答题及格",
            "en_name": "Quiz passed",
            "zh": "答题及格加 10 分；每场只计一次，每天最多 20 分。",
            "en": "10 points for passing a quiz; once a quiz, at most 20 a day.",
        },
    ),
    DefaultRule(
        "competition_advance",
        "fixed",
        {"points": 20},
        {
            "zh_name": "竞赛晋级",
            "en_name": "Competition",
            "zh": "竞赛中晋级下一轮得 20 分，每轮只计一次。",
            "en": "20 points for advancing to the next round of a competition, once a round.",
        },
    ),
    DefaultRule(
        "manual",
        "manual",
        {},
        {
            "zh_name": "人工记分",
            "en_name": "By hand",
            "zh": "由组织者人工记分，每一笔写明分值和理由。",
            "en": "Given by an organiser by hand; each entry states its points and the reason.",
        },
    ),
)
