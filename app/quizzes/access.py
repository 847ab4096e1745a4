"""Who may call the JSON interface of quizzes; the pages' own table is page_policy."""

from app.core.policy import LOADED, SIGNED_IN

POLICY = {
    "quizzes_api.quizzes": SIGNED_IN,
    "quizzes_api.start": SIGNED_IN,
    "quizzes_api.attempt": SIGNED_IN,
    "quizzes_api.save": LOADED,
    "quizzes_api.submit": SIGNED_IN,
}
