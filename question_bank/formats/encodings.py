"""The encoding of a text file, found strictly: nothing is replaced, nothing is half right."""

import re
import unicodedata
from collections import Counter

from question_bank.formats.base import MAX_ROW_MARKS, MAX_ROWS, FileUnreadable

#: Characters that the guess between GB18030 and others is made from.
_SAMPLE = 1_000_000
#: What text has none of: control characters but \t \n \v \f \r.
_CONTROL = bytes(code for code in range(32) if code not in b"\t\n\x0b\x0c\r")
_LINE_END = re.compile(rb"\r\n|\r|\n")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_HAN = re.compile("[\u4e00-\u9fff]")


def decode(data: bytes) -> tuple[str, str]:
    """Return the text and the name of its encoding: utf-8, utf-16-le, utf-16-be or gb18030.

    :raises FileUnreadable: for bytes that are no text, naming the first bad line, and for more
        lines than can be understood.
    """
    wide = _utf16(data)
    _check_lines(data, wide or "ascii")
    if wide:
        return _wide_text(data, wide), wide
    body = data.removeprefix(b"\xef\xbb\xbf")
    if b"\x00" in body:
        raise FileUnreadable("not_text")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        if len(body) != len(data):
            raise FileUnreadable("undecodable", line=_line(body, error.start)) from error
        return _gb18030(body, error.start), "gb18030"
    _refuse_binary(text)
    return text, "utf-8"


def _check_lines(data: bytes, encoding: str) -> None:
    """Refuse a long file while it is still bytes: as text it would take five times the memory."""
    if max(data.count(end.encode(encoding)) for end in "\r\n") > MAX_ROW_MARKS:
        raise FileUnreadable("too_many_rows", limit=MAX_ROWS)


def _utf16(data: bytes) -> str | None:
    if data.startswith(b"\xff\xfe"):
        return "utf-16-le"
    if data.startswith(b"\xfe\xff"):
        return "utf-16-be"
    sample = data[:4000]
    if len(data) % 2 or len(sample) < 8:
        return None
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    # Separators, digits and line ends have a zero byte; few Chinese characters (一) do.
    if odd * 20 > len(sample) and odd > 3 * even:
        return "utf-16-le"
    return "utf-16-be" if even * 20 > len(sample) and even > 3 * odd else None


def _wide_text(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data[: error.start].decode(encoding, "replace").count("\n") + 1
        raise FileUnreadable("undecodable", line=line) from error
    _refuse_binary(text)
    return text.removeprefix("\ufeff")


def _gb18030(data: bytes, bad_utf8: int) -> str:
    """Return the text of a file that is not UTF-8, if it is GB18030 throughout."""
    _refuse_mixed(data, bad_utf8)
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError as error:
        raise FileUnreadable("undecodable", line=_line(data, error.start)) from error
    _refuse_binary(text)
    runs = [len(run[0]) for run in _HIGH_RUN.finditer(data, 0, 2 * _SAMPLE)]
    odd = sum(length % 2 for length in runs)
    sample = text[:_SAMPLE]
    counts = Counter(sample)
    foreign = sum(n for c, n in counts.items() if unicodedata.category(c) in ("Co", "Cn"))
    han = sum(n for c, n in counts.items() if _HAN.match(c))
    common = sum(n for c, n in counts.items() if _HAN.match(c) and _is_common(c))
    # Western and Big5 text decodes too, into odd runs or into characters that nobody writes.
    if odd * 3 > len(runs) or foreign * 200 > len(sample) or common * 10 < han * 8 or not han:
        raise FileUnreadable("encoding_unclear")
    return text


def _is_common(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _refuse_mixed(data: bytes, bad_utf8: int) -> None:
    """Refuse a file some lines of which are UTF-8: as GB18030 those would read as garbage."""
    first_utf8 = first_other = None
    for number, line in enumerate(_LINE_END.split(data), 1):
        if not _HIGH_RUN.search(line):
            continue
        try:
            chinese = len(_HAN.findall(line.decode("utf-8"))) >= 3
        except UnicodeDecodeError:
            first_other = first_other or number
            continue
        if chinese:
            first_utf8 = first_utf8 or number
    if first_utf8 and first_other:
        raise FileUnreadable("mixed_encoding", line=max(first_utf8, first_other))


def _refuse_binary(text: str) -> None:
    content = text.encode("utf-8", "surrogatepass")
    if (len(content) - len(content.translate(None, _CONTROL))) * 100 > len(text):
        raise FileUnreadable("not_text")


def _line(data: bytes, place: int) -> int:
    return len(_LINE_END.split(data[:place]))
