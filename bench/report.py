"""The table: one line a goal, what was measured and what was asked."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One measured figure; ``ok`` is none where nothing is asked."""

    goal: int
    what: str
    measured: str
    target: str = ""
    ok: bool | None = None

    @property
    def verdict(self) -> str:
        """Return ok, MISSED, or a dash where nothing is asked."""
        return "-" if self.ok is None else "ok" if self.ok else "MISSED"


def show(lines: list[Line]) -> str:
    """Return the lines as a table with aligned columns."""
    rows = [("goal", "what", "measured", "target", "")]
    rows += [(str(x.goal), x.what, x.measured, x.target, x.verdict) for x in lines]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    shown = ["  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows]
    return "\n".join(line.rstrip() for line in shown)
