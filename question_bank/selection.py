"""Draw a paper from a pool by rules and a seed, and tell what a pool lacks."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Rule:
    """So many questions of one kind, each worth so much; None means any."""

    type: str | None
    tag: str | None
    #: How many questions, from 0.
    count: int
    #: What each is worth, in marks.
    marks: int


@dataclass(frozen=True)
class Candidate:
    """A question that may be drawn."""

    id: int
    type: str
    tags: frozenset[str]
    #: Questions of one family never meet on one paper; empty for no family.
    family: str = ""


@dataclass(frozen=True)
class Drawn:
    """A question drawn for a paper, and what it is worth there."""

    candidate_id: int
    marks: int


@dataclass(frozen=True)
class Shortfall:
    """A rule that cannot be filled, counting what the other rules take."""

    #: Index into the rules, from 0.
    rule: int
    wanted: int
    #: How many were left for it in a best distribution.
    available: int


class CannotDraw(LookupError):
    """The pool has no paper for the rules; ``shortfalls`` says what is missing."""

    def __init__(self, shortfalls: Sequence[Shortfall]) -> None:
        self.shortfalls = list(shortfalls)
        super().__init__(f"cannot fill {len(self.shortfalls)} rules")


#: What one question takes up on a paper: its family, or itself.
Unit = str | int


def fits(rule: Rule, candidate: Candidate) -> bool:
    """Tell whether *rule* may draw *candidate*."""
    return _fits(rule, candidate.type, candidate.tags)


def _fits(rule: Rule, kind: str, tags: frozenset[str]) -> bool:
    return rule.type in (None, kind) and (rule.tag is None or rule.tag in tags)


class Pool:
    """Candidates made ready for many draws; building it costs more than drawing from it.

    The order in which *candidates* come makes no difference. Of two with one id the first counts.
    """

    def __init__(self, candidates: Sequence[Candidate]) -> None:
        ids = [c.id for c in candidates]
        ordered = all(a < b for a, b in zip(ids, ids[1:], strict=False))
        self._ordered = list(candidates) if ordered else _by_id(candidates)
        self._groups: dict[tuple[str, frozenset[str]], list[int]] = {}
        for place, one in enumerate(self._ordered):
            self._groups.setdefault((one.type, one.tags), []).append(place)

    def matching(self, rule: Rule) -> list[Candidate]:
        """Return the candidates that *rule* allows, by id."""
        places: list[int] = []
        for (kind, tags), members in self._groups.items():
            if _fits(rule, kind, tags):
                places += members
        places.sort()
        return [self._ordered[place] for place in places]


def _by_id(candidates: Sequence[Candidate]) -> list[Candidate]:
    unique: dict[int, Candidate] = {}
    for one in candidates:
        unique.setdefault(one.id, one)
    return [unique[id_] for id_ in sorted(unique)]


def draw(
    candidates: Sequence[Candidate] | Pool, rules: Sequence[Rule], seed: str | int
) -> list[Drawn]:
    """Return a paper: for each rule in order its questions, in drawn order.

    The same candidates, rules and seed give the same paper in every process; the order of the
    candidates makes no difference. No question, and no family, comes twice. Whenever a paper
    exists, one is found.

    :raises CannotDraw: if there is none.
    """
    rng = random.Random(str(seed))
    taken = _distribute(candidates, rules, rng)
    missing = _missing(taken, rules)
    if missing:
        raise CannotDraw(missing)
    paper: list[Drawn] = []
    for rule, held in zip(rules, taken, strict=True):
        ids = list(held.values())
        paper += [Drawn(ids[i], rule.marks) for i in _shuffled(len(ids), rng)]
    return paper


def shortfalls(candidates: Sequence[Candidate] | Pool, rules: Sequence[Rule]) -> list[Shortfall]:
    """Return the rules that cannot be filled, by index; empty when every draw finds a paper."""
    return _missing(_distribute(candidates, rules, random.Random("0")), rules)


def shuffle_options(count: int, seed: str | int) -> list[int]:
    """Return the indexes 0 … *count* - 1 in the order to show them in; *seed* decides it."""
    return _shuffled(count, random.Random(str(seed)))


def _shuffled(count: int, rng: random.Random) -> list[int]:
    # Built on random() alone: the one method whose sequence Python promises to keep.
    order = list(range(count))
    for last in range(count - 1, 0, -1):
        other = int(rng.random() * (last + 1))
        order[last], order[other] = order[other], order[last]
    return order


def _missing(taken: "list[dict[Unit, int]]", rules: Sequence[Rule]) -> list[Shortfall]:
    return [
        Shortfall(index, rule.count, len(taken[index]))
        for index, rule in enumerate(rules)
        if len(taken[index]) < rule.count
    ]


@dataclass
class _Desk:
    """A paper being put together: who may take what, and who holds what."""

    allowed: list[list[Candidate]]
    rng: random.Random
    #: Per rule: unit → id of the candidate it holds.
    held: list[dict[Unit, int]] = field(default_factory=list)
    used: set[Unit] = field(default_factory=set)
    #: Per rule: unit → one of its candidates; made only when rules compete.
    units: dict[int, dict[Unit, int]] = field(default_factory=dict)

    def take(self, rule: int, unit: Unit, candidate_id: int) -> None:
        """Give *unit* to *rule*."""
        self.held[rule][unit] = candidate_id
        self.used.add(unit)

    def units_of(self, rule: int) -> dict[Unit, int]:
        """Return what *rule* may take."""
        if rule not in self.units:
            found: dict[Unit, int] = {}
            for one in self.allowed[rule]:
                found.setdefault(one.family or one.id, one.id)
            self.units[rule] = found
        return self.units[rule]


def _distribute(
    candidates: Sequence[Candidate] | Pool, rules: Sequence[Rule], rng: random.Random
) -> list[dict[Unit, int]]:
    """Return per rule what it got: a largest possible distribution, drawn at random."""
    pool = candidates if isinstance(candidates, Pool) else Pool(candidates)
    desk = _Desk([pool.matching(rule) for rule in rules], rng, [{} for _ in rules])
    scarce_first = sorted(
        range(len(rules)), key=lambda i: (len(desk.allowed[i]) / max(rules[i].count, 1), i)
    )
    for index in scarce_first:
        _take_freely(desk, index, rules[index].count)
    for index in scarce_first:
        while len(desk.held[index]) < rules[index].count and _make_room(desk, index):
            pass
    return desk.held


def _take_freely(desk: _Desk, index: int, count: int) -> None:
    """Let rule *index* take *count* units that nobody holds, each as likely as any other."""
    allowed = desk.allowed[index]
    # A partial Fisher-Yates that remembers only the places it moved.
    moved: dict[int, int] = {}
    left = len(allowed)
    while left and len(desk.held[index]) < count:
        place = int(desk.rng.random() * left)
        left -= 1
        one = allowed[moved.get(place, place)]
        moved[place] = moved.get(left, left)
        unit: Unit = one.family or one.id
        if unit not in desk.used:
            desk.take(index, unit, one.id)


def _make_room(desk: _Desk, index: int) -> bool:
    """Get rule *index* one more unit by an augmenting path; False when there is none.

    A path runs over rules: the first takes a unit from the second, which takes one from the
    third, …, and the last takes a free one.
    """
    came_from: dict[int, tuple[int, Unit]] = {}
    queue = [index]
    for rule in queue:
        free = [unit for unit in desk.units_of(rule) if unit not in desk.used]
        if free:
            unit = free[int(desk.rng.random() * len(free))]
            _move_along(desk, came_from, rule, unit, index)
            return True
        for other, held in enumerate(desk.held):
            if other == index or other in came_from:
                continue
            wanted = [unit for unit in held if unit in desk.units_of(rule)]
            if wanted:
                came_from[other] = (rule, wanted[int(desk.rng.random() * len(wanted))])
                queue.append(other)
    return False


def _move_along(
    desk: _Desk, came_from: dict[int, tuple[int, Unit]], last: int, unit: Unit, first: int
) -> None:
    desk.take(last, unit, desk.units_of(last)[unit])
    while last != first:
        taker, passed = came_from[last]
        del desk.held[last][passed]
        desk.take(taker, passed, desk.units_of(taker)[passed])
        last = taker
