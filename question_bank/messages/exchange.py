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
}
