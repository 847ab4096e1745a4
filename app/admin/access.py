"""Who may call the secretary's and the organiser's pages."""

from app.core.policy import role

POLICY = {
    "admin.branch": role("secretary", "organiser"),
    "admin.branch_one": role("secretary", "organiser"),
    "admin.organise": role("organiser"),
}
