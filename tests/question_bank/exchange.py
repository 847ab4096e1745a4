"""What the tests of exchange formats share: any question of any type, and files gone bad."""

import random

from hypothesis import strategies as st

from question_bank.formats import FORMATS, FileUnreadable, read
from question_bank.question import Question
from question_bank.types import TYPES, by_key
from tests.question_bank.kinds import SAMPLES

#: What formats give a meaning to, Chinese, spaces and lines.
SPECIAL = "~=#{}:\\%*_<>&[]()/|$\"'`-. \n\ta1B甲，、？é\U0001f600"
TEXTS = st.text(st.sampled_from(SPECIAL), min_size=1, max_size=12)
PICTURE = "9f" * 32 + ".png"


@st.composite
def questions(draw, keys=tuple(kind.key for kind in TYPES), texts=TEXTS):
    """Return a question without problems, of one of the types."""
    data = SAMPLES[draw(st.sampled_from(keys))].to_json()

    def any_text(value, name=""):
        if name in ("type", "value", "tolerance", "scoring", "shape", "unit", "picture"):
            return value
        if isinstance(value, str):
            return draw(texts)
        if isinstance(value, list):
            return [any_text(one) for one in value]
        return {k: any_text(v, k) for k, v in value.items()} if isinstance(value, dict) else value

    changed = any_text({**data, "tags": ["x"], "source": "x", "explanation": "x"})
    changed["tags"] = changed["tags"][: draw(st.integers(0, 1))]
    for name in ("source", "explanation"):
        changed[name] = draw(st.sampled_from([changed[name], ""]))
    changed["difficulty"] = draw(st.sampled_from([None, 0.3]))
    question = Question.from_json(changed)
    return draw(st.just(question).filter(lambda q: by_key(q.type).problems(q) == []))


def by_name(name):
    return next(one for one in FORMATS if one.name == name)


def codes(draft):
    return [problem.code for problem in draft.problems]


def outcome(data, format):
    """Return each draft's status and codes, or the code of the refusal."""
    try:
        reading = read(data, "x", format)
    except FileUnreadable as error:
        return error.code
    assert all(p.message() and p.message("en") for p in reading.all_problems())
    return [(draft.status, codes(draft)) for draft in reading.drafts]


def damaged(data, turns=60, seed=7):
    """Yield *data* cut short and with bytes changed, the same ones every time."""
    rng = random.Random(seed)
    for turn in range(turns):
        broken = bytearray(data)
        for _ in range(rng.randint(1, 6)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        if turn % 3 == 0:
            del broken[rng.randrange(len(broken)) :]
        yield bytes(broken)
