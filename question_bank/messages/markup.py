"""What is lost when a text of another system becomes Markdown."""

#: code -> (Chinese, English). Placeholders are a problem's params, and ``{found}``.
MESSAGES: dict[str, tuple[str, str]] = {
    "markup_removed": (
        "网页代码里的 {names} 已去掉，文字保留。请核对预览。",
        "{names} was removed from the web code, the text kept. Check the preview.",
    ),
    "markup_lost": (
        "网页代码里的 {names} 没能读出来，题目可能缺了内容。请核对，把缺的补上。",
        "{names} in the web code could not be read; the question may lack something. Check it and"
        " add what is missing.",
    ),
    "picture_not_fetched": (
        "图片“{found}”在别的网站上，不会去取。请下载后在题目里添加。",
        "The picture “{found}” is on another site and was not fetched. Download and add it.",
    ),
    "picture_absent": (
        "图片“{found}”没有随文件一起来。请核对没有图片能否作答，或补上图片。",
        "The picture “{found}” did not come with the file. Check whether the question can be"
        " asked without it, or add it.",
    ),
    "picture_kind": (
        "图片“{found}”不是 PNG、JPG、GIF 或 WebP（SVG 可含脚本），没有导入。请转换后添加。",
        "The picture “{found}” is no PNG, JPG, GIF or WebP (SVG can hold scripts) and was left"
        " out. Convert and add it.",
    ),
}
