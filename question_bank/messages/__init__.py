"""The sentences of every problem code: Chinese, then English; each says what to do."""

from question_bank.messages import exchange, files, markup, papers, questions, tables, types

PARTS = (questions, types, tables, papers, markup, exchange, files)

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    code: sentences for part in PARTS for code, sentences in part.MESSAGES.items()
}
if len(MESSAGES) != sum(len(part.MESSAGES) for part in PARTS):
    raise RuntimeError("two problems share a code")
