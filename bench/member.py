"""What a member does in a browser: starts, answers twenty questions, hands in, looks."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.world import Phone, World

_CHOICE = re.compile(r'name="slot-(\d+)" value="([^"]+)"')
BOARD = "/boards/members?window=all"


@dataclass
class Sitting:
    """An open attempt on a phone and, by slot, an answer to give."""

    phone: Phone
    key: str
    answers: dict[int, object]
    html: bytes

    def save(self, slot: int, seq: int = 1) -> bytes:
        """Save one answer as a tap does; fail unless it is stored."""
        message = {"slot": slot, "seq": seq, "mid": f"m{slot}-{seq}", "value": self.answers[slot]}
        path = f"/api/v1/attempts/{self.key}/answers"
        _, _, data = self.phone.ask("PUT", path, {"epoch": 1, "messages": [message]})
        assert b'"stored"' in data, data
        return data

    def hand_in(self) -> bytes:
        """Hand in with the manifest of everything saved once."""
        manifest = {str(slot): [1, 1] for slot in self.answers}
        path = f"/api/v1/attempts/{self.key}/submit"
        return self.phone.ask("POST", path, {"manifest": manifest})[2]


def sit_down(world: World, phone: Phone) -> Sitting:
    """Start the world's quiz and read its page: two requests."""
    _, headers, _ = phone.ask("POST", f"/quizzes/{world.quiz.key}/start")
    path = headers["Location"]
    _, _, html = phone.ask("GET", path)
    first: dict[int, object] = {}
    for slot, value in _CHOICE.findall(html.decode()):
        first.setdefault(int(slot), value)
    answers = {slot: _value(value) for slot, value in first.items()}
    return Sitting(phone, path.rsplit("/", 1)[1], answers, html)


def _value(shown: object) -> object:
    return shown == "true" if shown in ("true", "false") else [shown]


def attempt(world: World, phone: Phone) -> None:
    """Do a whole attempt: start, page, 20 saves, hand-in, result page, board: 25 requests."""
    sitting = sit_down(world, phone)
    assert len(sitting.answers) == 20, sitting.answers
    for slot in sitting.answers:
        sitting.save(slot)
    sitting.hand_in()
    phone.ask("GET", f"/attempts/{sitting.key}")
    phone.ask("GET", BOARD)


def taps(world: World, count: int) -> Iterator[tuple[Sitting, int]]:
    """Give *count* answers not yet saved, over as many attempts as it takes, each once warm."""
    needed = -(-count // 19)
    sittings = [sit_down(world, phone) for phone in world.phones(needed)]
    for sitting in sittings:
        sitting.save(min(sitting.answers))
    fresh = ((s, slot) for s in sittings for slot in sorted(s.answers)[1:])
    return itertools.islice(fresh, count)
