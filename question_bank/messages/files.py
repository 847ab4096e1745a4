"""Why a file cannot be read at all."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "cannot_carry_type": (
        "{format} 格式写不了{zh}，这道题没有写出。请改用 json 格式。",
        "{format} cannot carry a {en} question; it was left out. Use json instead.",
    ),
    "cannot_carry": (
        "{format} 格式带不走{zh}，写出时去掉了。请改用 json 格式。",
        "{format} cannot carry {en}; it was left out. Use json instead.",
    ),
    "empty_file": ("文件是空的。请选择有内容的文件。", "The file is empty. Choose another."),
    "file_too_large": (
        "文件有 {size} MB，超过 {limit} MB 的上限。请拆分后再导入。",
        "The file has {size} MB; the limit is {limit} MB. Split it.",
    ),
    "too_many_rows": (
        "超过 {limit} 行的上限。请拆成几个文件。",
        "There are more than {limit} rows. Split the file.",
    ),
    "too_many_columns": (
        "有 {count} 列，超过 {limit} 列的上限。请删去多余的列。",
        "There are {count} columns; the limit is {limit}. Delete those not needed.",
    ),
    "unpacked_too_large": (
        "压缩包解开后超过 {limit} MB 上限，已拒绝。请另存一份干净的表格。",
        "Unpacked, the file would exceed {limit} MB and was refused. Save a clean copy.",
    ),
    "too_much_inside": (
        "文件里的行、单元格或工作表太多（空的也算），读不下。请删去空行空列和多余的工作表，或拆成几个文件。",
        "There are too many rows, cells or sheets, empty ones included. Delete or split them.",
    ),
    "took_too_long": (
        "读这个文件用时太长，已经停下。请拆成几个小一些的文件再试。",
        "Reading the file took too long and was stopped. Split it into smaller ones.",
    ),
    "reader_busy": (
        "正在读别的文件，轮不到这个。请过一分钟再试。",
        "Other files are being read just now. Try again in a minute.",
    ),
    "too_many_parts": (
        "文件里有 {count} 个部件，超过 {limit} 个，已拒绝。请另存一份干净的表格。",
        "The file has {count} parts, more than {limit}, and was refused. Save a clean copy.",
    ),
    "damaged": (
        "文件已损坏，读不出来。请重新保存或重新下载后再试。",
        "The file is damaged and cannot be read. Save or download it again.",
    ),
    "old_xls": (
        "这是旧版 .xls 文件。请用 Excel 或 WPS 打开，另存为 .xlsx。",
        "This is an old .xls file. Open it in Excel or WPS and save it as .xlsx.",
    ),
    "password_protected": (
        "文件有密码保护。请去掉密码，另存为 .xlsx。",
        "The file is protected by a password. Remove it and save as .xlsx.",
    ),
    "has_macros": (
        "文件含有宏，出于安全不打开。请另存为不含宏的 .xlsx。",
        "The file contains macros and is not opened. Save it as .xlsx without macros.",
    ),
    "binary_workbook": (
        "这是 .xlsb 文件。请另存为 .xlsx。",
        "This is an .xlsb file. Save it as .xlsx.",
    ),
    "other_office_file": (
        "这是{kind}，不是题目表格。请把题目放进表格，另存为 .xlsx。",
        "This is {kind}, not a sheet of questions. Put them in a sheet and save it as .xlsx.",
    ),
    "archive": (
        "这是压缩包，不是表格。请先解压，再选择里面的表格。",
        "This is an archive, not a sheet. Unpack it and choose the sheet inside.",
    ),
    "html_file": (
        "这是网页，不是真正的 Excel 文件。请用 Excel 打开，另存为 .xlsx。",
        "This is a web page, not a real Excel file. Open it in Excel and save it as .xlsx.",
    ),
    "xml_doctype": (
        "文件含有不允许的 XML 声明（DOCTYPE），出于安全已拒绝。",
        "The file contains an XML declaration that is not allowed (DOCTYPE) and was refused.",
    ),
    "xml_broken": (
        "第 {line} 行起不是有效的 XML。请重新导出，或核对标签是否成对。",
        "From line {line} on the file is no valid XML. Export it again, or check that its tags"
        " pair up.",
    ),
    "xml_not_known": (
        "这是“{found}”的 XML，这里读不懂。请从原系统导出为 Moodle XML 或 QTI。",
        "This is XML of “{found}”, which is not understood here. Export the questions as Moodle"
        " XML or QTI.",
    ),
    "not_text": (
        "这不是表格，也不是文本文件。请选择 .xlsx 或 .csv 文件。",
        "This is neither a sheet nor text. Choose an .xlsx or .csv file.",
    ),
    "text_named_sheet": (
        "文件名是 {found}，里面却是文字，不是表格。请把题目放进表格，另存为 .xlsx。",
        "The file is called {found} but holds plain text, not a sheet. Put the questions into a"
        " sheet and save it as .xlsx.",
    ),
    "undecodable": (
        "第 {line} 行有读不出的字节，文件既不是 UTF-8 也不是 GB18030。请另存为 UTF-8 的 CSV。",
        "Line {line} has bytes that are neither UTF-8 nor GB18030. Save the file as UTF-8 CSV.",
    ),
    "mixed_encoding": (
        "第 {line} 行的编码与其他行不同（UTF-8 与 GBK 混在一起）。请另存为 UTF-8 的 CSV。",
        "Line {line} is encoded differently from the rest (UTF-8 and GBK mixed). Save it as UTF-8.",
    ),
    "encoding_unclear": (
        "看不出文件的编码，读出来会是乱码。请另存为 UTF-8 的 CSV。",
        "The file's encoding is unclear and would read as garbage. Save it as UTF-8 CSV.",
    ),
    "csv_quotes": (
        "从第 {line} 行起引号不成对。请检查双引号，或另存为 .xlsx。",
        "From line {line} on the double quotes do not pair up. Check them, or save as .xlsx.",
    ),
    "format_unknown": (
        "不认识格式“{found}”。可用的有：{formats}。",
        "The format “{found}” is not known. There are: {formats}.",
    ),
    "not_that_format": (
        "文件内容不是 {format} 格式。请核对文件，或让系统自动识别格式。",
        "The content is not {format}. Check the file, or let the format be found.",
    ),
}
