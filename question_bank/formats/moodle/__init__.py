"""Moodle XML (.xml): a ``quiz`` of questions with their pictures inside."""

from collections.abc import Mapping, Sequence

from question_bank.formats.base import MAX_ROWS, Draft, FileUnreadable, Format, Reading
from question_bank.formats.duplicates import without_duplicates
from question_bank.formats.gift_blocks import category_path
from question_bank.formats.moodle import writing
from question_bank.formats.moodle.reading import draft_of
from question_bank.formats.moodle.texts import raw_text
from question_bank.formats.pictures import Pictures
from question_bank.formats.xml_tree import Element, children, first, parse, root_name
from question_bank.problems import Problem, excerpt
from question_bank.question import Question


class MoodleXml(Format):
    """What Moodle exports as “Moodle XML”; of each question the text, answers and pictures."""

    name = "moodle-xml"
    ending = "xml"

    def sniff(self, data: bytes, name: str) -> bool:
        """Tell whether the first element is a ``quiz``."""
        return root_name(data) == "quiz"

    def read(self, data: bytes) -> Reading:
        """Return the questions of the file.

        :raises FileUnreadable: for broken XML, a DOCTYPE, and too many questions.
        """
        quiz = parse(data)
        if quiz.tag != "quiz":
            raise FileUnreadable("not_that_format", format=self.name)
        questions = list(children(quiz, "question"))
        if len(questions) > MAX_ROWS:
            raise FileUnreadable("too_many_rows", limit=MAX_ROWS)
        pictures, drafts, problems = Pictures(), list[Draft](), list[Problem]()
        category = ""
        for number, question in enumerate(questions, 1):
            where = f"question {number}"
            if question.get("type") == "category":
                category = category_path(raw_text(first(question, "category")).strip())
            elif question.get("type") == "description":
                found = excerpt(raw_text(first(question, "questiontext")))
                problems.append(Problem(where, "description_left_out", {}, found))
            else:
                drafts.append(draft_of(question, where, category, pictures))
        if not drafts:
            problems.append(Problem("quiz", "text_without_questions"))
        problems += _settings(questions)
        return Reading(self.name, "utf-8", without_duplicates(drafts), problems, pictures.named)

    def losses(self, question: Question) -> list[Problem]:
        """Return what Moodle XML cannot carry: difficulty, source, model answers …"""
        return writing.losses(question)

    def write(self, questions: Sequence[Question], pictures: Mapping[str, bytes]) -> bytes:
        """Return the questions, texts as Markdown, pictures inside."""
        return writing.quiz(questions, pictures)


def _settings(questions: Sequence[Element]) -> list[Problem]:
    """Return a word about what nearly every question of Moodle has and no question here."""
    names = [
        name
        for name, path in (("name", "name/text"), ("penalty", "penalty"))
        if any((one.findtext(path) or "").strip(" 0.") for one in questions)
    ]
    params = {"names": "、".join(names)}
    return [Problem("quiz", "not_carried_over", params)] if names else []
