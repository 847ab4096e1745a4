"""Who may call the pages of quizzes and of their organisers."""

from app.core.policy import SIGNED_IN, role

PAGES = {
    "quizzes.index": SIGNED_IN,
    "quizzes.page": SIGNED_IN,
    "quizzes.start": SIGNED_IN,
    "quizzes.attempt": SIGNED_IN,
    "quizzes.save": SIGNED_IN,
    "quizzes.submit": SIGNED_IN,
    "organise_quizzes.index": role("organiser"),
    "organise_quizzes.new": role("organiser"),
    "organise_quizzes.create": role("organiser"),
    "organise_quizzes.rules": role("organiser"),
    "organise_quizzes.page": role("organiser"),
    "organise_quizzes.update": role("organiser"),
    "organise_quizzes.preview": role("organiser"),
    "publish_quizzes.sure": role("organiser"),
    "publish_quizzes.publish": role("organiser"),
    "bank_statistics.page": role("author", "organiser"),
    "organise_quizzes.copy": role("organiser"),
    "organise_quizzes.close": role("organiser"),
    "organise_quizzes.extend": role("organiser"),
    "organise_quizzes.take_back": role("organiser"),
    "organise_quizzes.delete": role("organiser"),
}
