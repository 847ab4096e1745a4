"""Every round format, in reading order."""

from app.competitions.formats.base import Format
from app.competitions.formats.best_per_branch import BestPerBranch
from app.competitions.formats.final import Final

FORMATS: tuple[Format, ...] = (BestPerBranch(), Final())

BY_KEY = {one.key: one for one in FORMATS}
