"""XML of other systems: as many questions as before, and nothing surprising in damaged files."""

import os
from pathlib import Path

import pytest

from question_bank.formats import FileUnreadable, read, report
from question_bank.types import by_key
from tests.question_bank.exchange import damaged, outcome

FORMATS = Path(os.environ.get("MINGDENG_SHARED_DATA", "/nowhere")) / "formats"
pytestmark = pytest.mark.skipif(
    not FORMATS.is_dir(), reason="the files of others are not here (MINGDENG_SHARED_DATA)"
)

#: file -> format; ready, draft, duplicate, rejected.
EXPECTED = {
    "moodle/xml_export_category.xml": ("moodle-xml", 1, 0, 0, 0),
    "moodle/xml_multianswer.xml": ("moodle-xml", 0, 1, 0, 0),
    "moodle/xml_multichoice.xml": ("moodle-xml", 0, 1, 0, 0),
    "moodle/xml_nested_categories.xml": ("moodle-xml", 1, 0, 0, 0),
    "moodle/xml_old_format_file.xml": ("moodle-xml", 2, 0, 0, 0),
}
#: file -> the code of its refusal.
REFUSED = {
    "moodle/blackboard_six_sample_blackboard_pool.dat": "xml_not_known",
    "moodle/examview_examview_sample.xml": "xml_not_known",
}


def test_every_file_is_expected():
    found = {str(p.relative_to(FORMATS)) for p in FORMATS.glob("moodle/*") if p.suffix != ".txt"}
    assert found == set(EXPECTED) | set(REFUSED)


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


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_of_another_program_is_refused(name):
    with pytest.raises(FileUnreadable) as refusal:
        read((FORMATS / name).read_bytes(), name)
    assert refusal.value.code == REFUSED[name]


@pytest.mark.parametrize("name", [*EXPECTED, *REFUSED])
def test_damage_never_surprises(name):
    for broken in damaged((FORMATS / name).read_bytes(), turns=20):
        outcome(broken, None)
