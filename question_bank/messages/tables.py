"""What can be wrong with cells, rows and sheets, and questions that are there twice."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "cell_is_date": (
        "{field}是日期 {found}，可能是 Excel 自动改写的（如“1-2”）。请把该列设为文本后重填。",
        "{field} is the date {found}; Excel may have rewritten something like “1-2”. Make the"
        " column text and fill it in again.",
    ),
    "cell_formula_without_value": (
        "{field}是公式且没有保存结果。请在 Excel 中“粘贴为值”后再导入。",
        "{field} is a formula without a saved result. Paste it as a value in Excel.",
    ),
    "cell_error": (
        "{field}是 Excel 的错误值 {found}。请改正后再导入。",
        "{field} is the Excel error {found}. Correct it.",
    ),
    "cell_superscript": (
        "{field}“{found}”里有上标或下标，读出来会变样（10² 变成 102）。请改用 ²、₂ 这样的字符。",
        "{field} “{found}” has superscripts or subscripts that would be lost (10² would read 102)."
        " Write the characters ² or ₂ instead.",
    ),
    "picture_missing": (
        "这一行带有图片，现在还不能随表格导入。请核对没有图片能否作答。",
        "This row has a picture, which does not come along. Check whether it can be asked without.",
    ),
    "number_shown_differently": (
        "{field}是数字，按 Excel 显示的样子读作“{found}”。请核对。",
        "{field} is a number and was read as Excel shows it, “{found}”. Check it.",
    ),
    "invisible_removed": (
        "{field}里有看不见的字符 {characters}，已去掉。请核对文字。",
        "{field} had invisible characters ({characters}), which were removed. Check the text.",
    ),
    "markup_kept_as_text": (
        "{field}里有网页代码（“{found}”），会原样显示为文字，不会执行。请核对。",
        "{field} contains web code (“{found}”); it is shown as plain text and never run. Check it.",
    ),
    "lookalike_answer": (
        "答案里有外形像拉丁字母的别种字母，已按“{found}”理解。请核对。",
        "The answer had letters that only look Latin; it was read as “{found}”. Check it.",
    ),
    "answer_in_stem_blanked": (
        "题干括号里写着答案“{found}”，已改为空括号。请核对题干。",
        "The answer “{found}” stood in the brackets of the text; it was blanked. Check the text.",
    ),
    "answer_in_stem_differs": (
        "题干括号里的“{found}”与答案不同。请核对哪个是对的。",
        "The “{found}” in the brackets of the text differs from the answer. Check which is right.",
    ),
    "answer_text_moved": (
        "答案格里的其余文字“{found}”不作答案。请核对。",
        "The rest of the answer cell, “{found}”, was not taken as answer. Check it.",
    ),
    "row_too_long": (
        "这一行比表头多出内容（“{found}”），可能是文字里的逗号没有加引号。请核对。",
        "This row has more cells than the header (“{found}”); a comma may lack its quotes.",
    ),
    "group_broken": (
        "同一题号 {number} 的行写了不同的题干或题型。请核对题号。",
        "The rows numbered {number} differ in text or type. Check the numbers.",
    ),
    "duplicate_in_bank": (
        "题库“{bank}”里已经有这道题，不再写入。",
        "The bank “{bank}” has this question already; it is not written again.",
    ),
    "duplicate_in_file": (
        "与 {other} 的题目相同，不再导入。",
        "The same question stands at {other}; this one is not imported again.",
    ),
    "duplicate_other_answer": (
        "与 {other} 的题目相同，答案却不同。请核对哪个是对的。",
        "The same question stands at {other} with another answer. Check which is right.",
    ),
    "no_questions_found": (
        "没有找到可导入的题目（检查了 {count} 个工作表：{sheets}）。找到的表头是：{found}。"
        "需要有“题干”和“答案”列。",
        "No questions were found (looked at {count} sheets: {sheets}). The first cells are:"
        " {found}. Columns for question and answer are needed.",
    ),
    "only_header": (
        "找到了表头，但下面没有题目。请填好题目再导入。",
        "The header is there but no questions below it. Fill them in first.",
    ),
    "sheet_without_table": (
        "工作表“{sheet}”里没有找到题目表，已跳过。",
        "No question table was found on the sheet “{sheet}”; it was skipped.",
    ),
    "sheet_hidden": (
        "工作表“{sheet}”是隐藏的，没有读。需要的话请取消隐藏。",
        "The sheet “{sheet}” is hidden and was not read. Unhide it if it is needed.",
    ),
    "header_guessed": (
        "没有表头，按各列内容理解为：{zh}。请核对，或加上表头。",
        "There is no header; the columns were understood as {en}. Check, or add a header.",
    ),
    "answer_column_missing": (
        "表头里没有找到“答案”列（找到的是：{found}），所有题目都没有答案。请加上答案列。",
        "The header has no answer column (found: {found}), so no question has an answer. Add one.",
    ),
}
