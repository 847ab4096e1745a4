"""What can be wrong with a paper: its numbers, its list of answers, how it is set."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "no_questions_in_text": (
        "没有找到题目。题目要有题号（如“1.”），选项以“A.”开头，答案写成“答案：A”。",
        "No questions were found. Number them (1.), begin options with A. and write 答案：A.",
    ),
    "lines_left_out": (
        "有 {count} 行不属于任何题目，没有导入（如“{found}”）。请核对有没有漏掉题目。",
        "{count} lines belong to no question and were left out (like “{found}”). Check whether a"
        " question is among them.",
    ),
    "text_not_placed": (
        "“{found}”不知属于题目的哪一部分。请移到题干、选项或解析里。",
        "It is unclear which part of the question “{found}” is. Move it to where it belongs.",
    ),
    "numbering_unclear": (
        "编号 {found} 可能是下一题，也可能是本题里的一条。请改用别的编号区分。",
        "Number {found} may be the next question or an entry in this one. Number them differently.",
    ),
    "number_skipped": (
        "这道题后面缺第 {number} 题，它可能混进了这道题里。请核对题号。",
        "Question {number} is missing after this one and may stand in its text. Check the numbers.",
    ),
    "answers_differ": (
        "这道题还有另一个答案“{found}”。请核对哪个是对的。",
        "This question has another answer too, “{found}”. Check which is right.",
    ),
    "answer_list_unclear": (
        "答案表里有 {count} 个答案不知属于哪道题。请在题目下面写“答案：”，或让题号不重复。",
        "It is unclear which questions {count} answers of the list belong to. Write them below"
        " their questions, or give every question its own number.",
    ),
    "answers_left_over": (
        "答案表里有 {count} 个题号（{found}）没有对应的题目。请核对是否漏了题。",
        "{count} numbers in the list of answers ({found}) have no question. Check for lost ones.",
    ),
    "answer_in_bracket_unclear": (
        "题干括号里的“{found}”可能是答案，但同部分的其他题并不这样写。请写明“答案：”。",
        "The “{found}” in brackets may be the answer, but other questions of the section are not"
        " written so. State the answer.",
    ),
    "answer_by_format": (
        "没有写答案，只是选项 {found} 的字体与众不同。请核对并写明答案。",
        "No answer is written; only option {found} is set off. Check, and write the answer.",
    ),
    "formula_left_out": (
        "题目里有公式，没能读出来。请改成文字或图片。",
        "The question has a formula that could not be read. Write it as text or a picture.",
    ),
    "text_box_left_out": (
        "文档里有 {count} 个文本框，没有读。请把里面的文字移到正文。",
        "The document has {count} text boxes, which were not read. Move their text to the body.",
    ),
    "picture_not_read": (
        "题目里有读不出的图片（只能用 png、jpg、gif、webp）。请换一种格式。",
        "The question has a picture that cannot be read (only png, jpg, gif and webp). Convert it.",
    ),
    "hidden_text_left_out": (
        "文档里有 {count} 处隐藏文字，没有读。需要的话请取消隐藏。",
        "The document has {count} hidden texts, which were not read. Unhide them if needed.",
    ),
    "changes_tracked": (
        "文档里有未接受的修订（{count} 处），按接受后的样子读。请核对。",
        "The document has {count} tracked changes; it was read as if they were accepted. Check it.",
    ),
}
