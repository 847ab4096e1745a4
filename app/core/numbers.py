"""Whole numbers that come from outside: in bounds, or none."""

from werkzeug.routing import IntegerConverter, Map

#: The largest id of an INTEGER column; a larger one is nobody's.
LARGEST_ID = 2**31 - 1


def whole(text: str | None, most: int = LARGEST_ID) -> int | None:
    """Return the whole number in *text* from 0 to *most*, or None for anything else.

    The length is looked at first: Python refuses to read thousands of digits, by an exception.
    """
    digits = (text or "").strip()
    if not digits.isdecimal() or len(digits) > 18:
        return None
    number = int(digits)
    return number if number <= most else None


class IdConverter(IntegerConverter):
    """``<int:…>`` in an address: an id that a database can hold, else nothing is found."""

    def __init__(self, map: Map, *args: int, **given: int) -> None:
        super().__init__(map, *args, **({"max": LARGEST_ID} | given))  # type: ignore[arg-type]
