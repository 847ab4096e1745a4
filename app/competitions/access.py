"""Who may call the competition pages."""

from app.core.policy import SIGNED_IN, role

POLICY = {
    "competitions.index": SIGNED_IN,
    "competitions.page": SIGNED_IN,
    "competitions.results": SIGNED_IN,
    "organise_competitions.index": role("organiser"),
    "organise_competitions.new": role("organiser"),
    "organise_competitions.create": role("organiser"),
    "organise_competitions.settle": role("organiser"),
    "manage_competitions.page": role("organiser"),
    "manage_competitions.rename": role("organiser"),
    "manage_competitions.call_off": role("organiser"),
}
