"""Hotspots: places in a picture that have to be found and tapped."""

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from question_bank.problems import Problem, excerpt
from question_bank.question import Question
from question_bank.types.base import BadValue, QuestionType
from question_bank.types.regions import is_point, is_region, is_within, point_within
from question_bank.types.texts import detail_wrong, no_options

#: Regions a question may have, and taps a member may make.
MAX_REGIONS, MAX_CLICKS = 20, 40


class Hotspot(QuestionType):
    """找隐患: ``answer`` lists the regions, as ``types.regions`` describes them.

    Details: ``picture``, the name of the medium, and ``clicks``, how many taps may be made; by
    default as many as there are regions.
    """

    key = "hotspot"
    label = "找隐患"
    has_options = False

    def own_problems(self, question: Question) -> list[Problem]:
        """Return what is wrong with the picture, the regions or the number of taps."""
        found = no_options(question)
        if not self.pictures(question):
            found.append(Problem("details.picture", "hotspot_without_picture"))
        answer = question.answer
        if not answer or not isinstance(answer, list | tuple):
            return [*found, Problem("answer", "regions_missing")]
        if len(answer) > MAX_REGIONS:
            params = {"count": len(answer), "limit": MAX_REGIONS}
            return [*found, Problem("answer", "list_too_long", params)]
        for index, region in enumerate(answer):
            if not is_region(region):
                params, text = {"number": index + 1}, excerpt(str(region))
                found.append(Problem(f"answer.{index}", "region_wrong", params, text))
        clicks = question.details.get("clicks", len(answer))
        if type(clicks) is not int or not len(answer) <= clicks <= MAX_CLICKS:
            found.append(detail_wrong(question, "clicks"))
        return found

    def clean(self, question: Question, raw: Any) -> list[list[int]] | None:
        """Return the taps as ``[x, y]``; None for none."""
        if raw is None or raw == []:
            return None
        if not isinstance(raw, list | tuple) or not all(is_point(one) for one in raw):
            raise BadValue("expected points of whole numbers from 0 to 10000")
        if len(raw) > most_clicks(question):
            raise BadValue(f"expected at most {most_clicks(question)} points")
        return [list(point) for point in raw]

    def right_answer(self, question: Question) -> list[list[int]]:
        """Return a point of each region."""
        return [point_within(region) for region in question.answer or ()]

    def share(self, question: Question, value: Any, rule: str) -> Fraction:
        """Return how many of the regions were hit; their edge belongs to them."""
        regions: Sequence[Any] = question.answer
        hit = sum(any(is_within(point, region) for point in value) for region in regions)
        return Fraction(hit, len(regions))

    def pictures(self, question: Question) -> tuple[str, ...]:
        """Return the name of the picture, if there is one."""
        name = question.details.get("picture")
        return (name,) if isinstance(name, str) and name.strip() else ()


def most_clicks(question: Question) -> int:
    """Return how many taps a member may make."""
    clicks: int = question.details.get("clicks", len(question.answer or ()))
    return clicks
