"""Pictures that texts of one question name: found by their address, or why not."""

from collections.abc import Callable

from question_bank.formats.markup import picture_problems
from question_bank.formats.pictures import Pictures
from question_bank.problems import Problem, excerpt


class Attached:
    """From addresses to names in ``Reading.pictures``; what was not found is told at the end."""

    def __init__(self, pictures: Pictures, find: Callable[[str], bytes | str]) -> None:
        """*find* returns the bytes at an address, or the code of what is wrong, maybe ``""``."""
        self._pictures = pictures
        self._find = find
        #: Address → code; ``""`` where nothing more is known than that it is not there.
        self.missing: dict[str, str] = {}

    def name(self, address: str) -> str | None:
        """Return the name of the picture at *address*; None if there is none."""
        if address.lower().startswith("data:"):
            name, code = self._pictures.inline(address), "picture_kind"
        else:
            found = self._find(address)
            code = found if isinstance(found, str) else "picture_kind"
            name = self._pictures.add(found) if isinstance(found, bytes) else None
        if name is None:
            self.missing[address] = code
        return name

    def problems(self, where: str) -> list[Problem]:
        """Return a problem for each picture that was not found."""
        found: list[Problem] = []
        for address, code in self.missing.items():
            known = [Problem(where, code, {}, excerpt(address))]
            found += known if code else picture_problems(where, [address])
        return found
