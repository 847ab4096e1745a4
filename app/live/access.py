"""Who may open what: a wall by its token, the desk by the organiser's role."""

from app.core.policy import PUBLIC, role

POLICY = {
    # The token in the address is the right; loading checks it.
    "live.screen": PUBLIC,
    "live.lines": PUBLIC,
    "live.screens": role("organiser"),
    "live.create": role("organiser"),
    "live.end": role("organiser"),
}
