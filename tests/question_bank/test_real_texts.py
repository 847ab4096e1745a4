"""Text files of other systems: as many questions as before, and what another reader found."""

import json
import os
import re
from pathlib import Path

import pytest

from question_bank.formats import read, report
from question_bank.types import by_key
from tests.question_bank.exchange import damaged, outcome

FORMATS = Path(os.environ.get("MINGDENG_SHARED_DATA", "/nowhere")) / "formats"
pytestmark = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="the files of others are not here (MINGDENG_SHARED_DATA)"
)

#: file -> format; ready, draft, duplicate, rejected.
EXPECTED = {
    "gift-peg/TFTwoFeedback.gift": ("gift", 0, 3, 0, 0),
    "gift-peg/categorySpecialCharacter.gift": ("gift", 0, 0, 0, 0),
    "gift-peg/descriptionTitleEscapedColon.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/escapeAll.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/escapeEquals.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/formatExamples.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/markdown.gift": ("gift", 0, 0, 0, 0),
    "gift-peg/mc1.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/mc4.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/mcHTMLComment.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/multipleAnswersFloat.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/numerical1.gift": ("gift", 6, 3, 1, 0),
    "gift-peg/shortAnswer1.gift": ("gift", 2, 0, 0, 0),
    "gift-peg/shortAnswerNotMatching.gift": ("gift", 2, 0, 0, 0),
    "gift-peg/shortFirstEmbeddedUnderline.gift": ("gift", 1, 0, 1, 0),
    "gift-peg/symbolsAll.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/tag_id_and_two_tags.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/tf1.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/tf1_markdown.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/totara_moodle_backslash.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/totara_moodle_match.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/totara_moodle_multichoice_multi.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/totara_moodle_pre_content.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/totara_moodle_shortanswer_general_feedback.gift": ("gift", 0, 1, 0, 0),
    "gift-peg/totara_moodle_truefalse_true_answer1.gift": ("gift", 1, 0, 0, 0),
    "gift-peg/type_inferred_multiline_markdown.gift": ("gift", 1, 0, 0, 0),
    "moodle/aiken_questions.aiken.txt": ("aiken", 2, 0, 0, 0),
    "moodle/gift_questions.gift.txt": ("gift", 7, 1, 1, 0),
    "moodle/gift_questions_encoding_windows-1252.gift.txt": ("gift", 2, 1, 0, 0),
    "moodle/multianswer_broken_multianswer_1.txt": ("cloze", 0, 1, 0, 0),
    "moodle/multianswer_broken_multianswer_3.txt": ("cloze", 0, 1, 0, 0),
    "moodle/multianswer_questions.multianswer.txt": ("cloze", 0, 1, 0, 0),
    "moodle/missingword_question.missingword1.txt": ("gift", 1, 0, 0, 0),
}
GIFT = [name for name in EXPECTED if name.startswith("gift-peg")]
KINDS = {
    "TF": "true_false", "Short": "fill_blank", "Numerical": "numeric", "Essay": "short_answer",
    "Matching": "matching",
}  # fmt: skip


def test_every_text_file_is_expected():
    found = {str(p.relative_to(FORMATS)) for p in FORMATS.glob("gift-peg/*.gift")}
    found |= {str(p.relative_to(FORMATS)) for p in FORMATS.glob("moodle/*.txt")}
    assert {name for name in found if "webct" not in name} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_a_file_is_read_as_before(name):
    reading = read((FORMATS / name).read_bytes(), name)
    assert (reading.format, *list(reading.counts.values())[1:]) == EXPECTED[name]
    assert report(reading, name, "", True, "en")["counts"] == reading.counts
    for draft in reading.drafts:
        if draft.status == "ready":
            assert by_key(draft.type).problems(draft.question()) == []
        elif draft.status == "draft":
            assert any(not problem.is_warning for problem in draft.problems)
    assert reading.drafts or reading.problems


@pytest.mark.parametrize("name", EXPECTED)
def test_damage_never_surprises(name):
    for broken in damaged((FORMATS / name).read_bytes(), turns=30):
        outcome(broken, None)
        outcome(broken, EXPECTED[name][0])


def words(text):
    """Return what two readers of one text agree on: no tags, marks of Markdown, or spaces."""
    return re.sub(r"<!--.*?-->|<[^>]*>|[\s\\*_`>-]|\[|\]\(.*?\)", "", text)


@pytest.mark.parametrize("name", GIFT)
def test_another_reader_found_the_same(name):
    theirs = json.loads((FORMATS / name).with_suffix(".json").read_text("utf-8"))
    asked = [one for one in theirs if one["type"] not in ("Category", "Description")]
    drafts = read((FORMATS / name).read_bytes(), name).drafts
    assert len(drafts) == len(asked)
    for one, draft in zip(asked, drafts, strict=True):
        assert words(draft.stem) == words(one["stem"]["text"])
        assert tuple(one.get("tags") or ()) == draft.tags
        feedback = one["globalFeedback"]
        assert words(draft.explanation) == words(feedback["text"] if feedback else "")
        if one["type"] == "MC":
            choices = one["choices"]
            assert draft.type in ("single_choice", "multiple_choice")
            texts = [choice["text"]["text"] for choice in choices]
            assert [words(option) for option in draft.options] == [words(text) for text in texts]
            right = [i for i, c in enumerate(choices) if c["isCorrect"] or (c["weight"] or 0) > 0]
            assert draft.answer == right
        else:
            assert draft.type == KINDS[one["type"]]
            if draft.status == "ready":
                assert right_of(one) == draft.answer


def right_of(one):
    """Return the answer of another reader's question in our shape."""
    if one["type"] == "TF":
        return [one["isTrue"]]
    if one["type"] == "Short":
        return [[choice["text"]["text"] for choice in one["choices"]]]
    if one["type"] == "Matching":
        filled = [pair for pair in one["matchPairs"] if pair["subquestion"]["text"]]
        return [[i, i] for i in range(len(filled))]
    if one["type"] == "Essay":
        return []
    given = one["choices"]
    listed = (
        [c["text"] for c in given if c["weight"] in (None, 100)]
        if isinstance(given, list)
        else [given]
    )
    return [value_of(number) for number in listed]


def value_of(number):
    low, high = number.get("numberLow"), number.get("numberHigh")
    if low is not None:
        return {
            "value": f"{round((low + high) / 2, 6):g}",
            "tolerance": f"{round((high - low) / 2, 6):g}",
        }
    return {"value": f"{number['number']:g}", "tolerance": f"{number.get('range', 0):g}"}
