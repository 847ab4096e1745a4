"""Who may see boards: every member; a board shows names and branches only."""

from app.core.policy import SIGNED_IN

POLICY = {
    "standings.index": SIGNED_IN,
    "standings.board": SIGNED_IN,
    "standings.branch": SIGNED_IN,
    "standings_api.list_boards": SIGNED_IN,
    "standings_api.board": SIGNED_IN,
}
