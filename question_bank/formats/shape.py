"""Tables without a header: columns found by what their cells look like, on strong evidence."""

import re
from collections.abc import Sequence

from question_bank.formats.answers import is_strong_truth, read_choice
from question_bank.formats.cells import Value, plain
from question_bank.formats.headers import Columns
from question_bank.formats.kinds import kind_of

#: Fewest rows that can be evidence.
MIN_ROWS = 3
#: Shortest mean length of a column of questions, in characters.
MIN_LENGTH = 5
#: Smallest share of rows that must bear a finding out.
SHARE = 0.9


def find_columns(rows: Sequence[Sequence[Value]]) -> Columns | None:
    """Return the columns of a table of choices without header, or None without strong evidence.

    Wanted: one column of option letters, a block of at least three columns of options that the
    letters fall into, and left of the block a column of longer text.
    """
    texts = [[plain(value) for value in row] for row in rows]
    texts = [row for row in texts if sum(map(bool, row)) >= 4]
    width = max(map(len, texts), default=0)
    if len(texts) < MIN_ROWS or width < 5:
        return None
    table = [row + [""] * (width - len(row)) for row in texts]
    lettered = [c for c in range(width) if _share(table, c, _is_letters) >= SHARE]
    if len(lettered) != 1:
        return None
    answer = lettered[0]
    kinds = [c for c in range(width) if _share(table, c, lambda t: kind_of(t) is not None) >= SHARE]
    free = [c for c in range(width) if c != answer and c not in kinds and _filled(table, c) > 0.2]
    stem = max(free, key=lambda c: (_length(table, c), -c), default=None)
    if stem is None:
        return None
    block = [c for c in free if c > stem]
    while block and block[-1] - block[0] >= len(block) + 1:
        block.pop()
    if len(block) < 3 or _filled(table, block[0]) < SHARE or _filled(table, stem) < SHARE:
        return None
    if not _is_asked(table, stem, block, answer):
        return None
    fields = {"stem": stem, "answer": answer} | ({"type": kinds[0]} if kinds else {})
    found = Columns(fields, block[:10], width=width, guessed=[stem, *block[:10], answer])
    return found if fits(found, rows) else None


def _is_asked(table: Sequence[Sequence[str]], stem: int, block: Sequence[int], answer: int) -> bool:
    """Tell questions from other lists that have a column of letters: they differ row by row."""
    asked = {row[stem] for row in table}
    differing = sum(len(set(texts := _filled_in(row, block))) == len(texts) for row in table)
    sets = {tuple(_filled_in(row, block)) for row in table}
    return (
        _length(table, stem) >= MIN_LENGTH
        and len(asked) >= SHARE * len(table)
        and len(sets) >= len(table) / 2
        and differing >= SHARE * len(table)
        and len({row[answer] for row in table}) > 1
    )


def _filled_in(row: Sequence[str], block: Sequence[int]) -> list[str]:
    return [row[column] for column in block if row[column]]


def fits(columns: Columns, rows: Sequence[Sequence[Value]]) -> bool:
    """Tell whether *columns* make sense of nearly all *rows*."""
    good = total = 0
    for row in rows:
        texts = [plain(value) for value in row]
        stem, answer = _at(texts, columns.fields["stem"]), _at(texts, columns.fields.get("answer"))
        if not stem:
            continue
        total += 1
        options = [_at(texts, column) for column in columns.options]
        filled = [option for option in options if option]
        if filled:
            good += len(filled) > 1 and read_choice(answer, filled).indexes is not None
        else:
            good += is_strong_truth(answer)
    return total > 0 and good >= SHARE * total


def _at(texts: Sequence[str], column: int | None) -> str:
    return texts[column] if column is not None and column < len(texts) else ""


def _is_letters(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Ja-jＡ-Ｊ][A-Ja-jＡ-Ｊ,，、 ]{0,12}", text)) or is_strong_truth(
        text
    )


def _share(table: Sequence[Sequence[str]], column: int, test: object) -> float:
    assert callable(test)
    filled = [row[column] for row in table if row[column]]
    if len(filled) < SHARE * len(table):
        return 0.0
    return sum(bool(test(text)) for text in filled) / len(filled)


def _filled(table: Sequence[Sequence[str]], column: int) -> float:
    return sum(bool(row[column]) for row in table) / len(table)


def _length(table: Sequence[Sequence[str]], column: int) -> float:
    return sum(len(row[column]) for row in table) / len(table)
