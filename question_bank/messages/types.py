"""What can be wrong with a question of one type: blanks, numbers, pairs, groups, pictures, parts."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {}
