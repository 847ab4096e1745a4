"""What can be wrong with a question, whatever file it came from."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "type_unknown": (
        "题型“{found}”认不出来。请写成单选题、多选题或判断题。",
        "The type “{found}” is not known. Write single choice, multiple choice or true/false.",
    ),
    "type_not_supported": (
        "题型“{found}”还不能直接采用，已保留为草稿。请改成单选、多选或判断题，或留待以后使用。"
        "填空题的空请写成“____”，各空的答案用“|”分隔。",
        "The type “{found}” cannot be taken over as it is; it is kept as a draft. Make it a choice"
        " or true/false question, or leave it for later. Write blanks as “____” and separate"
        " their answers with “|”.",
    ),
    "type_unclear": (
        "看不出题型。请加一列“题型”，写明单选题、多选题或判断题。",
        "The type is unclear. Add a column “type” saying single, multiple or true/false.",
    ),
    "stem_missing": (
        "这一行没有题干，没有导入。请补上题干，或删去整行。",
        "This row has no question text and was left out. Add the text or delete the row.",
    ),
    "text_too_long": (
        "文字有 {length} 个字，超过 {limit} 个字的上限。请缩短或拆成几题。",
        "The text has {length} characters; the limit is {limit}. Shorten or split it.",
    ),
    "too_few_options": (
        "只有 {count} 个选项。选择题至少要有 2 个选项，请补上。",
        "There are only {count} options. A choice needs at least 2; add the missing ones.",
    ),
    "too_many_options": (
        "有 {count} 个选项，最多 {limit} 个。请删减或拆成几题。",
        "There are {count} options; at most {limit} are allowed. Remove some or split it.",
    ),
    "option_empty": (
        "选项 {letter} 是空的，后面却还有选项。请补上或把后面的选项前移。",
        "Option {letter} is empty but later ones are not. Fill it in or move the others up.",
    ),
    "options_identical": (
        "选项 {first} 与选项 {second} 相同（“{found}”）。请改正其中一个。",
        "Options {first} and {second} are the same (“{found}”). Correct one of them.",
    ),
    "options_not_split": (
        "选项“{found}”没能拆开。请每个选项占一列，或用“|”分隔。",
        "The options “{found}” could not be told apart. Use one column each, or “|” between.",
    ),
    "option_letter_mismatch": (
        "选项前的字母与所在列对不上（“{found}”）。请检查选项是否错位。",
        "The letter before an option does not match its column (“{found}”). Check for a shift.",
    ),
    "option_holds_another": (
        "选项 {letter} 里好像还有别的选项（“{found}”）。请拆开到各自的列。",
        "Option {letter} seems to hold another option (“{found}”). Give each its own column.",
    ),
    "true_false_with_options": (
        "判断题的选项应是“正确、错误”，找到的是“{found}”。请改选项或改题型。",
        "The options of a true/false question should be true and false; found “{found}”."
        " Change the options or the type.",
    ),
    "answer_missing": (
        "没有答案。请填写正确答案。",
        "There is no answer. Fill in the right one.",
    ),
    "answer_not_an_option": (
        "答案“{found}”没有对应的选项（只有 {letters}）。请改正答案或补上选项。",
        "The answer “{found}” names no option (there are only {letters}). Correct the answer"
        " or add the option.",
    ),
    "answer_not_understood": (
        "答案“{found}”看不懂。请写选项字母（如 A 或 ABD）；判断题写“对”或“错”。",
        "The answer “{found}” is not understood. Write option letters (A or ABD), or true/false.",
    ),
    "answer_ambiguous": (
        "答案“{found}”既像选项的字母或编号，又像另一个选项的文字。请写明字母。",
        "The answer “{found}” may be a letter or number, or another option's text. Write letters.",
    ),
    "answer_letter_and_text_differ": (
        "答案“{found}”里的字母与文字不是同一个选项。请核对。",
        "In the answer “{found}” letter and text are different options. Check it.",
    ),
    "answer_repeats": (
        "答案“{found}”里同一个选项写了两次。请核对是否写错。",
        "The answer “{found}” names an option twice. Check it.",
    ),
    "answer_has_more_text": (
        "答案格里除了答案还有别的文字（“{found}”）。请只留答案，其余移到“解析”列。",
        "The answer cell holds more than the answer (“{found}”). Leave only the answer there.",
    ),
    "single_with_many": (
        "单选题的答案却有 {count} 个（“{found}”）。请改答案，或把题型改成多选题。",
        "A single choice has {count} answers (“{found}”). Correct the answer or the type.",
    ),
    "multiple_with_one": (
        "多选题的答案只有 1 个（“{found}”）。请补全答案，或改成单选题、不定项选择题。",
        "A multiple choice has only 1 answer (“{found}”). Complete it or change the type.",
    ),
    "truth_letter_without_options": (
        "判断题的答案是字母“{found}”，又没有选项，不知是对是错。请写“对”或“错”。",
        "The answer of a true/false question is the letter “{found}” and there are no options."
        " Write true or false.",
    ),
    "right_count_wrong": (
        "判断题里标为正确的选项有 {count} 个。请核对“是否正确项”。",
        "{count} options of a true/false question are marked right. Check the marks.",
    ),
    "marks_out_of_range": (
        "分值“{found}”不在 0.5 到 100 之间（最多一位小数）。请改正。",
        "The marks “{found}” are not between 0.5 and 100 with one decimal. Correct them.",
    ),
    "difficulty_out_of_range": (
        "难度“{found}”不在 0 到 1 之间。请改正。",
        "The difficulty “{found}” is not between 0 and 1. Correct it.",
    ),
    "difficulty_not_understood": (
        "难度“{found}”看不懂，没有采用。请写易、中、难，或 0 到 1 的小数。",
        "The difficulty “{found}” is not understood and was left out. Write easy, medium, hard,"
        " or 0 to 1.",
    ),
}
