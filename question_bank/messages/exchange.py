"""What can be wrong in files that other programs exchange: JSON, GIFT, Aiken and the like."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "not_carried_over": (
        "{names} 没有采用。需要的话请手工补上。",
        "{names} was not taken over. Add it by hand if it is needed.",
    ),
    "json_wrong": (
        "第 {line} 行起不是有效的 JSON。请检查引号、逗号和括号，或重新导出。",
        "From line {line} on the file is no valid JSON. Check quotes, commas and brackets, or"
        " export it again.",
    ),
    "json_newer": (
        "文件的版本是“{found}”，这里只读得懂第 {version} 版。请先升级本平台。",
        "The file has the version “{found}”; this platform reads version {version}. Update it"
        " first.",
    ),
    "json_without_questions": (
        "JSON 里没有找到题目。请写成列表，每题有题干 question、选项 options 和答案 answer。",
        "There are no questions in the JSON. Write a list of objects with question, options and"
        " answer.",
    ),
    "json_empty": (
        "文件里一道题也没有。请选择有题目的文件。",
        "The file has not one question. Choose one that has.",
    ),
    "json_no_question": (
        "“{found}”不是题目，没有导入。每题要有题干（question）。",
        "“{found}” is no question and was left out. Each needs its text (question).",
    ),
    "json_name_twice": (
        "“{name}”写了两次，不知以哪个为准。请删去一个。",
        "“{name}” stands there twice and either may be meant. Remove one.",
    ),
    "weights_not_carried": (
        "各答案的得分比例（{weights}）这里表示不了。请改成一个全对，或几个均分 100 %。",
        "The answers' weights ({weights}) cannot be kept. Give one 100 %, or share it equally.",
    ),
    "no_right_marked": (
        "没有标出正确答案。请标出，例如写成 {{=对 ~错}}。",
        "No answer is marked right. Mark one, for instance {{=right ~wrong}}.",
    ),
    "encoding_assumed": (
        "文件不是 UTF-8，按 {encoding} 读出。请核对带重音的字母。",
        "The file is not UTF-8 and was read as {encoding}. Check the letters with accents.",
    ),
    "text_without_questions": (
        "没有找到题目。请核对文件的格式。",
        "No questions were found. Check the format of the file.",
    ),
    "aiken_stray_line": (
        "选项之间有别的文字“{found}”。选项要写成一行，如“A) 甲烷”，答案如“ANSWER: A”。",
        "Among the options stands “{found}”. Write each on one line, like “A) methane”, and the"
        " answer like “ANSWER: A”.",
    ),
    "gift_description": (
        "从“{found}”起的文字没有 {{…}}，当作说明，没有导入。若是题目，请补上 {{=对 ~错}}。",
        "The text from “{found}” on has no {{…}} and was left out as a description. If it is a"
        " question, add {{=right ~wrong}}.",
    ),
    "gift_no_end": (
        "题目“{found}”缺少“}}”。请补上，如 {{=对 ~错}}；文字里的括号写成 \\{{ 和 \\}}。",
        "The question “{found}” lacks its “}}”. Add it as in {{=right ~wrong}}; write braces of a"
        " text as \\{{ and \\}}.",
    ),
    "gift_no_start": (
        "题目“{found}”里有“}}”却没有“{{”。请补上，如 {{=对 ~错}}；文字里的括号写成 \\{{ 和 \\}}。",
        "The question “{found}” has “}}” without “{{”. Add it as in {{=right ~wrong}}; write braces"
        " of a text as \\{{ and \\}}.",
    ),
    "gift_two_answers": (
        "题目“{found}”里有两组 {{…}}。若是两题，请用空行隔开；文字里的括号写成 \\{{ 和 \\}}。",
        "The question “{found}” has {{…}} twice. Separate two questions by a blank line; write"
        " braces of a text as \\{{ and \\}}.",
    ),
    "gift_unescaped": (
        "题目“{found}”的答案里，文字中的 = 或 ~ 可能漏了反斜线。请写成 \\= 和 \\~。",
        "In the answers of “{found}” an = or ~ of a text may lack its backslash. Write \\="
        " and \\~.",
    ),
    "gift_unmarked": (
        "“{found}”前面没有 = 或 ~，不知是对是错。请写成 {{=对 ~错}}。",
        "“{found}” has neither = nor ~ before it. Write {{=right ~wrong}}.",
    ),
    "gift_pair_wrong": (
        "“{found}”不是“左边 -> 右边”。匹配题的每一行都要写成 =左边 -> 右边。",
        "“{found}” is no pair. Write each line of a matching question as =left -> right.",
    ),
    "gift_wildcard": (
        "答案“{found}”里的 * 表示任意文字，这里表示不了。请逐个写出，或把星号写成 \\\\*。",
        "The * in the answer “{found}” stands for any text, which cannot be kept. Write the answers"
        " one by one, or a plain asterisk as \\\\*.",
    ),
    "gift_number_wrong": (
        "“{found}”不是数值。请写成 {{#3.14:0.01}} 或 {{#1..5}}。",
        "“{found}” is no number. Write {{#3.14:0.01}} or {{#1..5}}.",
    ),
    "description_left_out": (
        "“{found}”是说明，不是题目，没有导入。需要的话请写进有关的题目。",
        "“{found}” is a description, no question, and was left out. Put it into the questions that"
        " need it.",
    ),
    "interaction_not_supported": (
        "“{found}”这种题型这里还没有，已保留为草稿。请改成有的题型。",
        "There is no question type for “{found}” yet; it is kept as a draft. Change its type.",
    ),
    "file_not_taken": (
        "附件“{found}”没有导入（只收图片）。请核对没有它能否作答。",
        "The attached “{found}” was not taken over (only pictures are). Check whether the question"
        " can be asked without it.",
    ),
    "number_wrong": (
        "“{found}”不是数值。请写成 3.14 这样的数，允许的误差另写。",
        "“{found}” is no number. Write one like 3.14, and the tolerance apart.",
    ),
    "units_not_carried": (
        "有几个单位或换算（{found}），这里只能有一个单位。请改成一个。",
        "There are several units or factors ({found}); only one unit can be kept. Choose one.",
    ),
    "gap_without_box": (
        "题目里的 [[…]] 没有对应的选项。请补上，或核对编号。",
        "The [[…]] of the text name no box. Add it, or check the numbers.",
    ),
    "pair_incomplete": (
        "“{found}”没有配对的答案。请补上，或删去这一项。",
        "“{found}” has no answer to go with it. Add one, or remove the entry.",
    ),
}
