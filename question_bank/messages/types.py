"""What can be wrong with a question of one type: blanks, numbers, pairs, regions, parts."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "options_not_used": (
        "这种题型没有选项，却写了“{found}”。请删去选项或改题型。",
        "This type has no options, but there are “{found}”. Remove them or change the type.",
    ),
    "detail_wrong": (
        "“{name}”没有填写或写法不对（“{found}”）。请重新填写。",
        "“{name}” is missing or malformed (“{found}”). Fill it in again.",
    ),
    "list_too_short": (
        "只有 {count} 项，至少要有 {least} 项。请补上。",
        "There are only {count} entries; at least {least} are needed. Add the missing ones.",
    ),
    "list_too_long": (
        "有 {count} 项，最多 {limit} 项。请删减或拆成几题。",
        "There are {count} entries; at most {limit} are allowed. Remove some or split it.",
    ),
    "item_empty": (
        "第 {number} 项是空的。请补上或删去。",
        "Entry {number} is empty. Fill it in or remove it.",
    ),
    "items_identical": (
        "第 {first} 项与第 {second} 项相同（“{found}”）。请改正其中一个。",
        "Entries {first} and {second} are the same (“{found}”). Correct one of them.",
    ),
    "blanks_differ": (
        "题干里有 {count} 个空（____），答案却有 {number} 个。请让两者一样多。",
        "The text has {count} blanks (____) but {number} answers. Make them equal.",
    ),
    "blank_without_answer": (
        "第 {number} 个空没有答案。请至少写一个。",
        "Blank {number} has no answer. Write at least one.",
    ),
    "numbers_wrong": (
        "答案“{found}”不是数值加误差。请写数值（如 3.5）和不小于 0 的误差（如 0.1），最多 10 个。",
        "The answer “{found}” is not a number with a tolerance. Write a number (3.5) and a"
        " tolerance of 0 or more (0.1), at most 10 of them.",
    ),
    "order_wrong": (
        "答案“{found}”不是全部步骤的顺序。请让每一步恰好出现一次。",
        "The answer “{found}” is no order of all steps. Name every step exactly once.",
    ),
    "pairs_wrong": (
        "答案“{found}”没有给每一项恰好配一个对象。请逐项配好。",
        "The answer “{found}” does not give every entry exactly one partner. Pair each of them.",
    ),
    "hotspot_without_picture": (
        "没有图片。请选择要找隐患的图片。",
        "There is no picture. Choose the one in which something is to be found.",
    ),
    "regions_missing": (
        "没有标出区域。请在图片上至少标一处。",
        "No region is marked. Mark at least one in the picture.",
    ),
    "region_wrong": (
        "第 {number} 处区域不完整（“{found}”）。请重新标。",
        "Region {number} is incomplete (“{found}”). Mark it again.",
    ),
    "model_answers_wrong": (
        "参考答案“{found}”不是文字。请写成文字，或留空。",
        "The model answer “{found}” is no text. Write a text or leave it out.",
    ),
    "rubric_adds_up_wrong": (
        "评分要点合计 {count} 分，本题却是 {limit} 分。请让两者相等。",
        "The points of the rubric add up to {count} marks, the question has {limit}."
        " Make them equal.",
    ),
    "parts_missing": (
        "案例下面没有小题。请至少加一道。",
        "The case has no questions. Add at least one.",
    ),
    "part_wrong": (
        "第 {number} 小题读不出来（“{found}”）。请重新填写。",
        "Question {number} of the case cannot be read (“{found}”). Fill it in again.",
    ),
    "part_type_wrong": (
        "第 {number} 小题的题型“{found}”不能放在案例里。请换一种题型。",
        "Question {number} has the type “{found}”, which a case cannot hold. Choose another.",
    ),
    "card_without_back": (
        "卡片没有背面。请写上背面的内容。",
        "The card has no back. Write what stands there.",
    ),
}
